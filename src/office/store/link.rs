//! Table `record_link`.
use rusqlite::{OptionalExtension as _, params};

use super::record::{COLUMNS, RecordRow, read};
use super::{Result, StoreError, Tx};
use crate::domain::ids::RecordId;
use crate::domain::link::{Link, Relation};

/// The cross join keeps the order: to save the sort of a few rows, the planner would walk through every record there is.
pub fn children_query() -> String {
    format!(
        "SELECT {COLUMNS}, l.relation FROM record_link l CROSS JOIN record r ON r.id = l.child
         WHERE l.parent = ?1 AND r.discarded = 0 ORDER BY r.received_at, r.number"
    )
}

impl Tx<'_> {
    pub fn insert_link(&mut self, child: RecordId, link: Link<RecordId>) -> Result<()> {
        self.one_row(
            "INSERT INTO record_link (child, parent, relation) VALUES (?1, ?2, ?3)",
            params![child.as_bytes(), link.parent.as_bytes(), link.relation.code()],
        )
    }

    /// What a record comes from.
    pub fn link(&self, child: RecordId) -> Result<Option<Link<RecordId>>> {
        let found: Option<([u8; 16], String)> = self
            .inner
            .prepare_cached("SELECT parent, relation FROM record_link WHERE child = ?1")?
            .query_row([child.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found
            .map(|(parent, relation)| {
                let relation = Relation::from_code(&relation).ok_or(StoreError::Impossible)?;
                Ok(Link { parent: RecordId::from_bytes(parent), relation })
            })
            .transpose()
    }

    /// Whether a registered answer leaves its request open.
    pub fn set_open_answer(&mut self, record: RecordId, open: bool) -> Result<()> {
        let sql = match open {
            true => "INSERT INTO open_answer (record) VALUES (?1) ON CONFLICT DO NOTHING",
            false => "DELETE FROM open_answer WHERE record = ?1",
        };
        self.inner.prepare_cached(sql)?.execute([record.as_bytes()])?;
        Ok(())
    }

    /// What comes from a record, in the order of arrival; registered or still a draft.
    pub fn children(&self, parent: RecordId) -> Result<Vec<(RecordRow, Relation)>> {
        let mut statement = self.inner.prepare_cached(&children_query())?;
        let rows = statement.query_map([parent.as_bytes()], |row| {
            Ok((read(row), Relation::from_code(&row.get::<_, String>(9)?)))
        })?;
        rows.map(|row| {
            let (record, relation) = row?;
            Ok((record?, relation.ok_or(StoreError::Impossible)?))
        })
        .collect()
    }
}
