//! Tables `record`, `record_version` and `subject`.
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

/// Whom a record is about, for lists and searches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    pub name: String,
    pub reading: String,
    /// The reading, folded for searching.
    pub search_key: String,
    pub birth_date: Option<String>,
    pub sex: String,
    pub institution: String,
    /// Last day on which the report is in time, where it is counted in days.
    pub due_on: Option<String>,
}

pub(super) const COLUMNS: &str =
    "r.id, r.year, r.number, r.form, r.form_version, r.channel, r.received_at, r.pages, r.version";

pub(in crate::office) const COUNT_RECORDS: &str = "SELECT count(*) FROM record WHERE discarded = 0";

pub(in crate::office) fn newest_records() -> String {
    format!(
        "SELECT {COLUMNS}, s.name, s.reading, s.search_key, s.birth_date, s.sex, s.institution, s.due_on
         FROM record r LEFT JOIN subject s ON s.record = r.id
         WHERE r.discarded = 0 AND (r.version = 0 OR NOT EXISTS (
           SELECT 1 FROM record_link l WHERE l.child = r.id AND l.relation = 'belongs'))
         ORDER BY r.received_at DESC, r.number DESC LIMIT ?1"
    )
}

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

    /// The newest arrivals first, with their subjects.
    pub fn newest_records(&self, limit: u32) -> Result<Vec<(RecordRow, Option<Personal<Subject>>)>> {
        self.rows_with_subject(&newest_records(), params![limit])
    }

    /// Records whose subject's reading or name begins with the folded term.
    pub fn find_records(
        &self,
        key: &str,
        name: &str,
        limit: u32,
    ) -> Result<Vec<(RecordRow, Option<Personal<Subject>>)>> {
        let (key_from, key_to) = prefix_range(key);
        let (name_from, name_to) = prefix_range(name);
        self.rows_with_subject(
            &format!(
                "SELECT {COLUMNS}, s.name, s.reading, s.search_key, s.birth_date, s.sex, s.institution, s.due_on
                 FROM subject s JOIN record r ON r.id = s.record
                 WHERE r.discarded = 0
                   AND ((?1 <> '' AND s.search_key >= ?1 AND s.search_key < ?2)
                        OR (?3 <> '' AND s.name >= ?3 AND s.name < ?4))
                 ORDER BY r.received_at DESC LIMIT ?5"
            ),
            params![key_from, key_to, name_from, name_to, limit],
        )
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

    /// Registered records of `form` to which no registered record of the form `child` belongs.
    pub fn without_child(
        &self,
        form: &str,
        child: &str,
        limit: u32,
    ) -> Result<Vec<(RecordRow, Option<Personal<Subject>>)>> {
        self.rows_with_subject(
            &format!(
                "SELECT {COLUMNS}, s.name, s.reading, s.search_key, s.birth_date, s.sex, s.institution, s.due_on
                 FROM record r LEFT JOIN subject s ON s.record = r.id
                 WHERE r.form = ?1 AND r.discarded = 0 AND r.version > 0 AND NOT EXISTS (
                   SELECT 1 FROM record_link l JOIN record c ON c.id = l.child
                   WHERE l.parent = r.id AND c.form = ?2 AND c.version > 0 AND c.discarded = 0)
                 ORDER BY r.received_at LIMIT ?3"
            ),
            params![form, child, limit],
        )
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

    pub fn set_subject(&mut self, record: RecordId, subject: &Personal<Subject>) -> Result<()> {
        let subject = subject.expose();
        self.inner
            .prepare_cached(
                "INSERT INTO subject (record, name, reading, search_key, birth_date, sex, institution, due_on)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (record) DO UPDATE SET name = ?2, reading = ?3, search_key = ?4, birth_date = ?5,
                                                    sex = ?6, institution = ?7, due_on = ?8",
            )?
            .execute(params![
                record.as_bytes(),
                subject.name,
                subject.reading,
                subject.search_key,
                subject.birth_date,
                subject.sex,
                subject.institution,
                subject.due_on,
            ])?;
        Ok(())
    }

    pub fn subject(&self, record: RecordId) -> Result<Option<Personal<Subject>>> {
        Ok(self
            .inner
            .prepare_cached(
                "SELECT name, reading, search_key, birth_date, sex, institution, due_on FROM subject WHERE record = ?1",
            )?
            .query_row([record.as_bytes()], |row| {
                Ok(Personal::new(Subject {
                    name: row.get(0)?,
                    reading: row.get(1)?,
                    search_key: row.get(2)?,
                    birth_date: row.get(3)?,
                    sex: row.get(4)?,
                    institution: row.get(5)?,
                    due_on: row.get(6)?,
                }))
            })
            .optional()?)
    }

    pub fn discard_record(&mut self, record: RecordId) -> Result<()> {
        self.one_row("UPDATE record SET discarded = 1 WHERE id = ?1 AND version = 0", [record.as_bytes()])
    }

    /// How many receptions there are.
    pub fn count_records(&self) -> Result<u64> {
        let count: i64 = self.inner.prepare_cached(COUNT_RECORDS)?.query_row([], |row| row.get(0))?;
        super::log::unsigned(count)
    }

    fn rows_with_subject(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<(RecordRow, Option<Personal<Subject>>)>> {
        let mut statement = self.inner.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| {
            let name: Option<String> = row.get(9)?;
            let subject = match name {
                None => None,
                Some(name) => Some(Personal::new(Subject {
                    name,
                    reading: row.get(10)?,
                    search_key: row.get(11)?,
                    birth_date: row.get(12)?,
                    sex: row.get(13)?,
                    institution: row.get(14)?,
                    due_on: row.get(15)?,
                })),
            };
            Ok(read(row).map(|record| (record, subject)))
        })?;
        rows.map(|row| row?).collect()
    }
}

/// The half-open range of strings that begin with `prefix`: an index can walk it, LIKE cannot.
fn prefix_range(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}{}", char::MAX))
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
