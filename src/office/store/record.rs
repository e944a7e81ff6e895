//! Tables `record` and `record_version`.
use crate::form::FormVersion;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::intake::{Channel, Intake};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// One reception.
#[derive(Clone, Debug)]
pub struct RecordRow {
    pub id: RecordId,
    pub year: i32,
    pub number: u32,
    pub form: String,
    pub form_version: FormVersion,
    pub intake: Intake,
    /// 0 until it is registered.
    pub version: u32,
}

/// One registered version.
#[derive(Clone, Debug)]
pub struct VersionRow {
    pub version: u32,
    /// JSON of the form's values.
    pub content: Personal<String>,
    pub digest: Digest,
    pub editor: AccountId,
    pub registered_at: Timestamp,
}

/// What a record says now, and what is needed to read it as it was registered.
pub struct Registered {
    pub content: Personal<String>,
    pub form_version: FormVersion,
    pub received_at: Timestamp,
    pub registered_at: Timestamp,
}

pub(super) const COLUMNS: &str =
    "r.id, r.year, r.number, r.form, r.form_version, r.channel, r.received_at, r.pages, r.version";

pub(in crate::office) const COUNT_RECORDS: &str = "SELECT count(*) FROM record WHERE discarded = 0";

impl Tx<'_> {
    /// Gives the next reception number (受付番号) of the year.
    pub fn next_record_number(&self, year: i32) -> Result<u32> {
        let last: Option<u32> = self
            .inner
            .prepare_cached("SELECT max(number) FROM record WHERE year = ?1")?
            .query_row([year], |row| row.get(0))?;
        Ok(last.unwrap_or(0) + 1)
    }

    pub fn insert_record(&mut self, row: &RecordRow) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO record (id, year, number, form, form_version, channel, received_at, pages, version)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.year,
                row.number,
                row.form,
                row.form_version.number(),
                row.intake.channel.code(),
                row.intake.received_at.micros(),
                row.intake.pages,
            ])?;
        Ok(())
    }

    pub fn record(&self, id: RecordId) -> Result<Option<RecordRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM record r WHERE r.id = ?1 AND r.discarded = 0"))?
            .query_row([id.as_bytes()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    pub fn record_by_number(&self, year: i32, number: u32) -> Result<Option<RecordRow>> {
        self.inner
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM record r WHERE r.year = ?1 AND r.number = ?2 AND r.discarded = 0"
            ))?
            .query_row([year, i32::try_from(number).unwrap_or(i32::MAX)], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// Appends a version. The expected base is checked in the same statement: of two people, one gets a conflict.
    pub fn append_version(&mut self, record: RecordId, base: u32, version: &VersionRow) -> Result<bool> {
        let moved = self
            .inner
            .prepare_cached(
                "UPDATE record SET version = ?3 WHERE id = ?1 AND version = ?2 AND discarded = 0",
            )?
            .execute(params![record.as_bytes(), base, version.version])?;
        if moved == 0 {
            return Ok(false);
        }
        self.inner
            .prepare_cached(
                "INSERT INTO record_version (record, version, content, digest, editor, registered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                record.as_bytes(),
                version.version,
                version.content.expose(),
                version.digest.as_bytes(),
                version.editor.as_bytes(),
                version.registered_at.micros(),
            ])?;
        Ok(true)
    }

    /// What the present versions of all registered records of a form say.
    pub fn contents_of_form(&self, form: &str) -> Result<Vec<Registered>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT v.content, r.form_version, r.received_at, v.registered_at
             FROM record r JOIN record_version v ON v.record = r.id AND v.version = r.version
             WHERE r.form = ?1 AND r.discarded = 0 AND r.version > 0",
        )?;
        let rows = statement.query_map([form], |row| {
            Ok(Registered {
                content: Personal::new(row.get(0)?),
                form_version: FormVersion::from_number(row.get(1)?),
                received_at: Timestamp::from_micros(row.get(2)?),
                registered_at: Timestamp::from_micros(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Every registration that was not undone: version, who, when.
    pub fn registrations(&self, record: RecordId) -> Result<Vec<(u32, AccountId, Timestamp)>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT version, editor, registered_at FROM record_version
             WHERE record = ?1 AND undone_at IS NULL ORDER BY version",
        )?;
        let rows = statement.query_map([record.as_bytes()], |row| {
            Ok((row.get(0)?, AccountId::from_bytes(row.get(1)?), Timestamp::from_micros(row.get(2)?)))
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The highest version number ever given: undone registrations keep theirs.
    pub fn last_version_number(&self, record: RecordId) -> Result<u32> {
        let last: Option<u32> = self
            .inner
            .prepare_cached("SELECT max(version) FROM record_version WHERE record = ?1")?
            .query_row([record.as_bytes()], |row| row.get(0))?;
        Ok(last.unwrap_or(0))
    }

    pub fn version(&self, record: RecordId, version: u32) -> Result<Option<VersionRow>> {
        Ok(self
            .inner
            .prepare_cached(
                "SELECT version, content, digest, editor, registered_at FROM record_version
                 WHERE record = ?1 AND version = ?2 AND undone_at IS NULL",
            )?
            .query_row(params![record.as_bytes(), version], |row| {
                Ok(VersionRow {
                    version: row.get(0)?,
                    content: Personal::new(row.get(1)?),
                    digest: Digest::from_bytes(row.get(2)?),
                    editor: AccountId::from_bytes(row.get(3)?),
                    registered_at: Timestamp::from_micros(row.get(4)?),
                })
            })
            .optional()?)
    }

    /// Takes the newest registration back. `previous` is the version before it (0 for none).
    pub fn undo_version(
        &mut self,
        record: RecordId,
        version: u32,
        previous: u32,
        now: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE record_version SET undone_at = ?3 WHERE record = ?1 AND version = ?2 AND undone_at IS NULL",
            params![record.as_bytes(), version, now.micros()],
        )?;
        self.one_row(
            "UPDATE record SET version = ?3 WHERE id = ?1 AND version = ?2",
            params![record.as_bytes(), version, previous],
        )
    }

    /// The newest version below `version` that still stands; 0 for none.
    pub fn version_before(&self, record: RecordId, version: u32) -> Result<u32> {
        let found: Option<u32> = self
            .inner
            .prepare_cached(
                "SELECT max(version) FROM record_version WHERE record = ?1 AND version < ?2 AND undone_at IS NULL",
            )?
            .query_row(params![record.as_bytes(), version], |row| row.get(0))?;
        Ok(found.unwrap_or(0))
    }

    /// Nobody is looked for under a record that was thrown away.
    pub fn discard_record(&mut self, record: RecordId) -> Result<()> {
        self.inner.prepare_cached("DELETE FROM subject WHERE record = ?1")?.execute([record.as_bytes()])?;
        self.one_row("UPDATE record SET discarded = 1 WHERE id = ?1 AND version = 0", [record.as_bytes()])
    }

    /// How many receptions there are.
    pub fn count_records(&self) -> Result<u64> {
        let count: i64 = self.inner.prepare_cached(COUNT_RECORDS)?.query_row([], |row| row.get(0))?;
        super::number::unsigned(count)
    }
}

pub(super) fn read(row: &Row<'_>) -> Result<RecordRow> {
    Ok(RecordRow {
        id: RecordId::from_bytes(row.get(0)?),
        year: row.get(1)?,
        number: row.get(2)?,
        form: row.get(3)?,
        form_version: FormVersion::from_number(row.get(4)?),
        intake: Intake {
            channel: Channel::from_code(&row.get::<_, String>(5)?).ok_or(StoreError::Impossible)?,
            received_at: Timestamp::from_micros(row.get(6)?),
            pages: row.get(7)?,
        },
        version: row.get(8)?,
    })
}
