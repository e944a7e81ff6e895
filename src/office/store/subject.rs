//! Table `subject`: whom the newest version of a record is about. Derived from its content, for lists and searches.
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, TransactionBehavior, params};

use super::record::{COLUMNS as RECORD_COLUMNS, RecordRow, read as read_record};
use super::{Result, Store, Tx};
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::form::FormVersion;
use crate::japanese::kana::{Voicing, search_key, sound_key};
use crate::japanese::names::match_key;

/// Whom a record is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    pub name: String,
    pub reading: String,
    pub birth_date: Option<String>,
    pub sex: String,
    /// Digits; empty when unknown.
    pub phone: String,
    /// See `japanese::person::address_key`.
    pub address_key: String,
    pub institution: String,
    /// Last day on which the report is in time, where it is counted in days.
    pub due_on: Option<String>,
}

/// A record and whom it is about; nobody as long as nothing was typed.
pub type RecordAndSubject = (RecordRow, Option<Personal<Subject>>);

/// What somebody looks for.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// A reception number, of any year.
    Number(u32),
    /// The beginning of a telephone number.
    Phone(Personal<String>),
    Born(Personal<String>),
    /// The beginning of a reading or of a name, both folded; an empty one finds nothing.
    Called {
        reading: Personal<String>,
        name: Personal<String>,
    },
    /// The same within one birth date.
    CalledAndBorn {
        reading: Personal<String>,
        name: Personal<String>,
        born: Personal<String>,
    },
    /// The beginning of how a reading sounds.
    Sounds(Personal<String>),
}

/// What was found, the newest first.
#[derive(Debug)]
pub struct Found {
    pub rows: Vec<RecordAndSubject>,
    /// There are more than these.
    pub more: bool,
}

/// What another record must have in common to be looked at: any of these.
#[derive(Clone, Debug, Default)]
pub struct Likely {
    pub sound: String,
    pub name: String,
    pub born: Option<String>,
    /// Birth dates a slip away; looked at only together with the sound.
    pub near: Vec<String>,
    pub phone: String,
}

/// A record that has something in common.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub record: RecordId,
    pub arrived_at: Timestamp,
    pub subject: Personal<Subject>,
}

/// A row whose keys are of an older program.
pub struct Unfolded {
    pub form: String,
    pub form_version: FormVersion,
    /// The newest version, or the draft of a record that has none.
    pub content: Option<Personal<String>>,
    pub subject: Personal<Subject>,
}

const COLUMNS: &str =
    "s.name, s.reading, s.birth_date, s.sex, s.phone, s.address_key, s.institution, s.due_on";
/// Columns of a record come first.
const AFTER_RECORD: usize = 9;

/// So many rows are sorted by arrival; where more begin alike, the newest are taken out of the newest of all. At a
/// million records both ways then read about as much.
const SORTED_MAX: u32 = 5000;
const NEWEST_MAX: i64 = 50_000;
/// Of one kind of likeness the newest are enough: more of one name are told apart by the other fields anyway.
const ALIKE_MAX: i64 = 60;
/// All people born on one day, even of ten million.
const BORN_MAX: i64 = 400;

/// What belongs to a record and can only belong is part of it; what comes from it (?2: forms that also stand alone, as a
/// request or a letter does) is work of the day.
pub(in crate::office) fn newest_records() -> String {
    format!(
        "SELECT {RECORD_COLUMNS}, {COLUMNS} FROM record r LEFT JOIN subject s ON s.record = r.id
         WHERE r.discarded = 0 AND (r.version = 0 OR NOT EXISTS (
           SELECT 1 FROM record_link l WHERE l.child = r.id AND l.relation = 'belongs')
           OR instr(?2, ' ' || r.form || ' ') > 0)
         ORDER BY r.received_at DESC, r.number DESC LIMIT ?1"
    )
}

/// The queries that must never read more rows than they may, for the test that looks at their plans.
#[cfg(test)]
pub(in crate::office) fn bounded_queries() -> Vec<String> {
    let mut queries: Vec<String> = [SEARCH_KEY, NAME_KEY, SOUND_KEY].map(in_order_of_key).to_vec();
    queries.extend([SEARCH_KEY, NAME_KEY, SOUND_KEY].map(among_the_newest));
    queries.extend([SAME_SOUND, SAME_NAME, SAME_BIRTH, SAME_SOUND_AND_BIRTH, SAME_PHONE].map(str::to_owned));
    queries.extend([PHONE_BEGINS.to_owned(), by_number()]);
    queries
}

const SEARCH_KEY: &str = "search_key";
const NAME_KEY: &str = "name_key";
const SOUND_KEY: &str = "sound_key";
const SAME_SOUND: &str =
    "SELECT arrived_at, rowid FROM subject WHERE sound_key = ?1 ORDER BY arrived_at DESC LIMIT ?2";
const SAME_NAME: &str =
    "SELECT arrived_at, rowid FROM subject WHERE name_key = ?1 ORDER BY arrived_at DESC LIMIT ?2";
const SAME_BIRTH: &str = "SELECT arrived_at, rowid FROM subject WHERE birth_date = ?1 LIMIT ?2";
const SAME_SOUND_AND_BIRTH: &str =
    "SELECT arrived_at, rowid FROM subject WHERE birth_date = ?1 AND sound_key = ?2
     ORDER BY arrived_at DESC LIMIT ?3";
const SAME_PHONE: &str = "SELECT arrived_at, rowid FROM subject WHERE phone = ?1 AND phone <> ''
     ORDER BY arrived_at DESC LIMIT ?2";
const PHONE_BEGINS: &str =
    "SELECT arrived_at, rowid FROM subject WHERE phone >= ?1 AND phone < ?2 AND phone <> '' LIMIT ?3";

fn in_order_of_key(column: &str) -> String {
    format!("SELECT arrived_at, rowid FROM subject WHERE {column} >= ?1 AND {column} < ?2 LIMIT ?3")
}

fn among_the_newest(column: &str) -> String {
    format!(
        "SELECT arrived_at, at FROM
           (SELECT arrived_at, rowid AS at, {column} AS key FROM subject INDEXED BY subject_by_arrival
            ORDER BY arrived_at DESC LIMIT ?3)
         WHERE key >= ?1 AND key < ?2 LIMIT ?4"
    )
}

fn by_number() -> String {
    format!(
        "SELECT {RECORD_COLUMNS}, {COLUMNS} FROM record r LEFT JOIN subject s ON s.record = r.id
         WHERE r.number = ?1 AND r.discarded = 0 ORDER BY r.year DESC LIMIT ?2"
    )
}

/// Arrival and row of a hit: what it takes to sort them without reading them.
type Hit = (i64, i64);

impl Tx<'_> {
    pub fn set_subject(&mut self, record: RecordId, subject: &Personal<Subject>) -> Result<()> {
        set(&self.inner, record, subject.expose())
    }

    pub fn subject(&self, record: RecordId) -> Result<Option<Personal<Subject>>> {
        Ok(self
            .inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM subject s WHERE s.record = ?1"))?
            .query_row([record.as_bytes()], |row| read(row, 0))
            .optional()?
            .flatten())
    }

    /// The newest arrivals first, with their subjects.
    /// `alone`: the forms whose records stand in the list also when they belong to another one.
    pub fn newest_records(&self, alone: &[&str], limit: u32) -> Result<Vec<RecordAndSubject>> {
        // The names of forms have no spaces.
        let alone = format!(" {} ", alone.join(" "));
        self.rows_with_subject(&newest_records(), params![limit, alone])
    }

    /// Registered records of `form` to which no registered record of the form `child` belongs that settles them.
    pub fn without_child(&self, form: &str, child: &str, limit: u32) -> Result<Vec<RecordAndSubject>> {
        self.rows_with_subject(
            &format!(
                "SELECT {RECORD_COLUMNS}, {COLUMNS}
                 FROM record r LEFT JOIN subject s ON s.record = r.id
                 WHERE r.form = ?1 AND r.discarded = 0 AND r.version > 0 AND NOT EXISTS (
                   SELECT 1 FROM record_link l JOIN record c ON c.id = l.child
                   WHERE l.parent = r.id AND c.form = ?2 AND c.version > 0 AND c.discarded = 0
                   AND NOT EXISTS (SELECT 1 FROM open_answer o WHERE o.record = c.id))
                 ORDER BY r.received_at LIMIT ?3"
            ),
            params![form, child, limit],
        )
    }

    pub fn find_records(&self, wanted: &Wanted, limit: u32) -> Result<Found> {
        let enough = limit.saturating_add(1);
        let mut rows = match wanted {
            Wanted::Number(number) => self.rows_with_subject(&by_number(), params![number, enough])?,
            _ => self.read_hits(self.hits(wanted, enough)?)?,
        };
        let more = reaches(&rows, enough);
        rows.truncate(length(limit));
        Ok(Found { rows, more })
    }

    /// Records that have something in common with somebody; never more than a few hundred.
    pub fn candidates(&self, likely: &Likely) -> Result<Vec<Candidate>> {
        let mut hits = Vec::new();
        if !likely.sound.is_empty() {
            hits.extend(self.query_hits(SAME_SOUND, params![likely.sound, ALIKE_MAX])?);
            for born in likely.born.iter().chain(&likely.near) {
                let same = params![born, likely.sound, ALIKE_MAX];
                hits.extend(self.query_hits(SAME_SOUND_AND_BIRTH, same)?);
            }
        }
        if !likely.name.is_empty() {
            hits.extend(self.query_hits(SAME_NAME, params![likely.name, ALIKE_MAX])?);
        }
        if let Some(born) = &likely.born {
            hits.extend(self.query_hits(SAME_BIRTH, params![born, BORN_MAX])?);
        }
        if !likely.phone.is_empty() {
            hits.extend(self.query_hits(SAME_PHONE, params![likely.phone, ALIKE_MAX])?);
        }
        hits.sort_unstable();
        hits.dedup();
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT s.record, s.arrived_at, {COLUMNS} FROM subject s WHERE s.rowid = ?1"
        ))?;
        let candidate = |(_, at): Hit| {
            Ok(statement.query_row([at], |row| {
                Ok(Candidate {
                    record: RecordId::from_bytes(row.get(0)?),
                    arrived_at: Timestamp::from_micros(row.get(1)?),
                    subject: read(row, 2)?.unwrap_or_default(),
                })
            })?)
        };
        hits.into_iter().map(candidate).collect()
    }

    fn hits(&self, wanted: &Wanted, enough: u32) -> Result<Vec<Hit>> {
        let mut hits = match wanted {
            Wanted::Number(_) => Vec::new(),
            Wanted::Phone(digits) => {
                let (from, to) = prefix_range(digits.expose());
                self.query_hits(PHONE_BEGINS, params![from, to, SORTED_MAX])?
            }
            Wanted::Born(day) => self.query_hits(SAME_BIRTH, params![day.expose(), SORTED_MAX])?,
            Wanted::Called { reading, name } => {
                let mut hits = self.beginning_with(SEARCH_KEY, reading.expose(), enough)?;
                hits.extend(self.beginning_with(NAME_KEY, name.expose(), enough)?);
                hits
            }
            Wanted::Sounds(sound) => self.beginning_with(SOUND_KEY, sound.expose(), enough)?,
            Wanted::CalledAndBorn { reading, name, born } => {
                let (from, to) = prefix_range(reading.expose());
                let (name_from, name_to) = prefix_range(name.expose());
                self.query_hits(
                    "SELECT arrived_at, rowid FROM subject WHERE birth_date = ?1
                       AND ((?2 <> '' AND search_key >= ?2 AND search_key < ?3)
                            OR (?4 <> '' AND name_key >= ?4 AND name_key < ?5)) LIMIT ?6",
                    params![born.expose(), from, to, name_from, name_to, SORTED_MAX],
                )?
            }
        };
        hits.sort_unstable_by(|a, b| b.cmp(a));
        hits.dedup();
        hits.truncate(length(enough));
        Ok(hits)
    }

    /// The newest rows whose key begins so, whether there are three of them or half of all.
    fn beginning_with(&self, column: &str, prefix: &str, enough: u32) -> Result<Vec<Hit>> {
        if prefix.is_empty() {
            return Ok(Vec::new());
        }
        let (from, to) = prefix_range(prefix);
        let hits = self.query_hits(&in_order_of_key(column), params![from, to, SORTED_MAX])?;
        if !reaches(&hits, SORTED_MAX) {
            return Ok(hits);
        }
        let newest = params![from, to, NEWEST_MAX, enough];
        let newest = self.query_hits(&among_the_newest(column), newest)?;
        // Fewer only when they are all old: then some of them, and the remark that there are more.
        if reaches(&newest, enough) { Ok(newest) } else { Ok(newest.into_iter().chain(hits).collect()) }
    }

    fn query_hits(&self, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<Hit>> {
        let mut statement = self.inner.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    fn read_hits(&self, hits: Vec<Hit>) -> Result<Vec<RecordAndSubject>> {
        let sql = format!(
            "SELECT {RECORD_COLUMNS}, {COLUMNS} FROM subject s JOIN record r ON r.id = s.record WHERE s.rowid = ?1"
        );
        let rows = hits.into_iter().map(|(_, at)| self.rows_with_subject(&sql, params![at]));
        Ok(rows.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    fn rows_with_subject(&self, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<RecordAndSubject>> {
        let mut statement = self.inner.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| {
            let subject = read(row, AFTER_RECORD)?;
            Ok(read_record(row).map(|record| (record, subject)))
        })?;
        rows.map(|row| row?).collect()
    }
}

fn set(connection: &Connection, record: RecordId, subject: &Subject) -> Result<()> {
    connection.prepare_cached(SET)?.execute(params![
        record.as_bytes(),
        subject.name,
        subject.reading,
        search_key(&subject.reading, Voicing::Ignored),
        subject.birth_date,
        subject.sex,
        subject.institution,
        subject.due_on,
        sound_key(&subject.reading),
        match_key(&subject.name),
        subject.phone,
        subject.address_key,
    ])?;
    Ok(())
}

const SET: &str = "INSERT INTO subject (record, name, reading, search_key, birth_date, sex, institution, due_on,
                                        sound_key, name_key, phone, address_key, arrived_at, folded)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, (SELECT received_at FROM record WHERE id = ?1), 1)
     ON CONFLICT (record) DO UPDATE SET name = ?2, reading = ?3, search_key = ?4, birth_date = ?5, sex = ?6,
       institution = ?7, due_on = ?8, sound_key = ?9, name_key = ?10, phone = ?11, address_key = ?12, folded = 1";

impl Tx<'_> {
    /// Whether another record is about somebody of this (folded) name.
    pub fn is_somebody_called(&self, name_key: &str, but: RecordId) -> Result<bool> {
        self.is_anybody("SELECT 1 FROM subject WHERE name_key = ?1 AND record <> ?2 LIMIT 1", name_key, but)
    }

    /// Whether another record is about somebody with this telephone number.
    pub fn is_somebody_called_at(&self, digits: &str, but: RecordId) -> Result<bool> {
        let query = "SELECT 1 FROM subject WHERE phone = ?1 AND phone <> '' AND record <> ?2 LIMIT 1";
        self.is_anybody(query, digits, but)
    }

    fn is_anybody(&self, query: &str, key: &str, but: RecordId) -> Result<bool> {
        Ok(self.inner.prepare_cached(query)?.exists(params![key, but.as_bytes()])?)
    }
}

impl Store {
    /// Brings so many rows of an older program up to date; false when there are none (any more).
    ///
    /// Derived from what is stored already, so nothing is disclosed or changed: like a migration, it has no log row.
    pub fn refold(&mut self, at_once: u32, fold: impl Fn(&Unfolded) -> Personal<Subject>) -> Result<bool> {
        let inner = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let old = {
            let mut statement = inner.prepare_cached(&format!(
                "SELECT s.record, r.form, r.form_version,
                        coalesce((SELECT v.content FROM record_version v WHERE v.record = r.id AND v.version = r.version),
                                 (SELECT d.content FROM draft d WHERE d.record = r.id ORDER BY d.saved_at DESC LIMIT 1)),
                        {COLUMNS}
                 FROM subject s JOIN record r ON r.id = s.record WHERE s.folded = 0 LIMIT ?1"
            ))?;
            let rows = statement.query_map([at_once], |row| {
                let unfolded = Unfolded {
                    form: row.get(1)?,
                    form_version: FormVersion::from_number(row.get(2)?),
                    content: row.get::<_, Option<String>>(3)?.map(Personal::new),
                    subject: read(row, 4)?.unwrap_or_default(),
                };
                Ok((RecordId::from_bytes(row.get(0)?), unfolded))
            })?;
            rows.collect::<std::result::Result<Vec<_>, _>>()?
        };
        for (record, unfolded) in &old {
            set(&inner, *record, fold(unfolded).expose())?;
        }
        inner.commit()?;
        Ok(!old.is_empty())
    }
}

fn reaches<T>(rows: &[T], limit: u32) -> bool {
    rows.len() >= length(limit)
}

fn length(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// The half-open range of strings that begin with `prefix`: an index can walk it, LIKE cannot.
fn prefix_range(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}{}", char::MAX))
}

/// `None` where there is no row of this table.
fn read(row: &Row<'_>, from: usize) -> rusqlite::Result<Option<Personal<Subject>>> {
    let Some(name) = row.get::<_, Option<String>>(from)? else { return Ok(None) };
    Ok(Some(Personal::new(Subject {
        name,
        reading: row.get(from + 1)?,
        birth_date: row.get(from + 2)?,
        sex: row.get(from + 3)?,
        phone: row.get(from + 4)?,
        address_key: row.get(from + 5)?,
        institution: row.get(from + 6)?,
        due_on: row.get(from + 7)?,
    })))
}
