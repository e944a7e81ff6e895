//! Table `draft`.
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, Tx};
use crate::domain::ids::{AccountId, DraftId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// Proof that an account holds an open draft. Autosaves rest on it: the row that opened the draft is in the log, and
/// the row that closes it counts the saves.
pub struct Lease {
    draft: DraftId,
}

/// One row.
#[derive(Clone, Debug)]
pub struct DraftRow {
    pub id: DraftId,
    pub record: RecordId,
    pub holder: AccountId,
    pub base_version: u32,
    /// JSON of the form's values.
    pub content: Personal<String>,
    /// Key of the item that the caret stood on.
    pub position: String,
    pub saves: u32,
    pub opened_at: Timestamp,
    pub saved_at: Timestamp,
}

/// Who holds a draft.
#[derive(Clone, Copy, Debug)]
pub struct DraftHolder {
    pub id: DraftId,
    pub record: RecordId,
    pub holder: AccountId,
}

const COLUMNS: &str = "id, record, holder, base_version, content, position, saves, opened_at, saved_at";

impl Tx<'_> {
    pub fn insert_draft(&mut self, row: &DraftRow) -> Result<()> {
        self.inner
            .prepare_cached(&format!("INSERT INTO draft ({COLUMNS}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)"))?
            .execute(params![
                row.id.as_bytes(),
                row.record.as_bytes(),
                row.holder.as_bytes(),
                row.base_version,
                row.content.expose(),
                row.position,
                row.saves,
                row.opened_at.micros(),
                row.saved_at.micros(),
            ])?;
        Ok(())
    }

    pub fn draft(&self, id: DraftId) -> Result<Option<DraftRow>> {
        Ok(self
            .inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM draft WHERE id = ?1"))?
            .query_row([id.as_bytes()], read)
            .optional()?)
    }

    pub fn draft_of(&self, record: RecordId, holder: AccountId) -> Result<Option<DraftRow>> {
        Ok(self
            .inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM draft WHERE record = ?1 AND holder = ?2"))?
            .query_row([record.as_bytes(), holder.as_bytes()], read)
            .optional()?)
    }

    /// Who holds which draft. Without the contents: a list has no use for them, and they are most of the table.
    pub fn draft_holders(&self) -> Result<Vec<DraftHolder>> {
        let mut statement =
            self.inner.prepare_cached("SELECT id, record, holder FROM draft ORDER BY saved_at DESC")?;
        let rows = statement.query_map([], |row| {
            Ok(DraftHolder {
                id: DraftId::from_bytes(row.get(0)?),
                record: RecordId::from_bytes(row.get(1)?),
                holder: AccountId::from_bytes(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// `Some` when `holder` holds the draft.
    pub fn lease(&self, draft: DraftId, holder: AccountId) -> Result<Option<Lease>> {
        let held: Option<i64> = self
            .inner
            .prepare_cached("SELECT 1 FROM draft WHERE id = ?1 AND holder = ?2")?
            .query_row(params![draft.as_bytes(), holder.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(held.map(|_| Lease { draft }))
    }

    /// Stores what was typed so far.
    pub fn save_draft(
        &mut self,
        lease: &Lease,
        content: &Personal<String>,
        position: &str,
        now: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE draft SET content = ?2, position = ?3, saves = saves + 1, saved_at = ?4 WHERE id = ?1",
            params![lease.draft.as_bytes(), content.expose(), position, now.micros()],
        )
    }

    pub fn delete_draft(&mut self, id: DraftId) -> Result<()> {
        self.one_row("DELETE FROM draft WHERE id = ?1", [id.as_bytes()])
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok(DraftRow {
        id: DraftId::from_bytes(row.get(0)?),
        record: RecordId::from_bytes(row.get(1)?),
        holder: AccountId::from_bytes(row.get(2)?),
        base_version: row.get(3)?,
        content: Personal::new(row.get(4)?),
        position: row.get(5)?,
        saves: row.get(6)?,
        opened_at: Timestamp::from_micros(row.get(7)?),
        saved_at: Timestamp::from_micros(row.get(8)?),
    })
}
