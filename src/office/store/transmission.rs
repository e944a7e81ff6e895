//! Table `transmission`.

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, DestinationId, RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// The state as it stands in the column. The life itself is `domain::transmission::State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateCode {
    Awaiting,
    Confirmed,
    Queued,
    Dispatching,
    Sent,
    Acknowledged,
    Failed,
    Uncertain,
    Returned,
    Withdrawn,
    Void,
}

impl StateCode {
    pub const ALL: [Self; 11] = [
        Self::Awaiting,
        Self::Confirmed,
        Self::Queued,
        Self::Dispatching,
        Self::Sent,
        Self::Acknowledged,
        Self::Failed,
        Self::Uncertain,
        Self::Returned,
        Self::Withdrawn,
        Self::Void,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Awaiting => "awaiting",
            Self::Confirmed => "confirmed",
            Self::Queued => "queued",
            Self::Dispatching => "dispatching",
            Self::Sent => "sent",
            Self::Acknowledged => "acknowledged",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
            Self::Void => "void",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
    /// Whether the record must not be edited meanwhile.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Awaiting | Self::Confirmed | Self::Queued | Self::Dispatching | Self::Uncertain)
    }
}

/// One row without the artefact's bytes.
#[derive(Clone, Debug)]
pub struct TransmissionRow {
    pub id: TransmissionId,
    pub number: u32,
    pub record: RecordId,
    pub record_version: u32,
    pub destination: DestinationId,
    pub destination_version: u32,
    pub state: StateCode,
    pub author: AccountId,
    pub submitted_at: Timestamp,
    pub statement: Vec<u8>,
    pub statement_signature: [u8; 64],
    pub manifest: Vec<u8>,
    pub pages: u32,
    pub misses: u32,
    pub second: Option<AccountId>,
    pub confirmation: Option<Vec<u8>>,
    pub confirmation_signature: Option<[u8; 64]>,
    pub confirmed_at: Option<Timestamp>,
    pub matched_by: Option<AccountId>,
    pub matched_at: Option<Timestamp>,
    pub receipt_reason: Option<u16>,
    pub closed_at: Option<Timestamp>,
}

/// The newest transmission of a record.
#[derive(Clone, Copy, Debug)]
pub struct LatestState {
    pub version: u32,
    pub code: StateCode,
}

const COLUMNS: &str = "id, number, record, record_version, destination, destination_version, state, author, submitted_at, \
                       statement, statement_signature, manifest, pages, misses, second, confirmation, \
                       confirmation_signature, confirmed_at, matched_by, matched_at, receipt_reason, closed_at";

pub(in crate::office) const LATEST_STATE: &str =
    "SELECT record_version, state FROM transmission WHERE record = ?1 ORDER BY number DESC LIMIT 1";

impl Tx<'_> {
    pub fn next_transmission_number(&self) -> Result<u32> {
        let last: Option<u32> =
            self.inner.query_row("SELECT max(number) FROM transmission", [], |row| row.get(0))?;
        Ok(last.unwrap_or(0) + 1)
    }

    pub fn insert_transmission(&mut self, row: &TransmissionRow, artefact: &[u8]) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO transmission (id, number, record, record_version, destination, destination_version, state,
                                           author, submitted_at, statement, statement_signature, manifest, artefact, pages)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.number,
                row.record.as_bytes(),
                row.record_version,
                row.destination.as_bytes(),
                row.destination_version,
                row.state.code(),
                row.author.as_bytes(),
                row.submitted_at.micros(),
                row.statement,
                row.statement_signature,
                row.manifest,
                artefact,
                row.pages,
            ])?;
        Ok(())
    }

    pub fn transmission(&self, id: TransmissionId) -> Result<Option<TransmissionRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM transmission WHERE id = ?1"))?
            .query_row([id.as_bytes()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// The sealed package.
    pub fn artefact(&self, id: TransmissionId) -> Result<Vec<u8>> {
        Ok(self
            .inner
            .prepare_cached("SELECT artefact FROM transmission WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| row.get(0))?)
    }

    /// The newest first.
    pub fn transmissions(&self, limit: u32) -> Result<Vec<(TransmissionRow, Option<Personal<String>>)>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {}, s.name FROM transmission t LEFT JOIN subject s ON s.record = t.record
             ORDER BY t.number DESC LIMIT ?1",
            COLUMNS.split(", ").map(|column| format!("t.{}", column.trim())).collect::<Vec<_>>().join(", ")
        ))?;
        let rows = statement.query_map([limit], |row| {
            let name: Option<String> = row.get(22)?;
            Ok(read(row).map(|transmission| (transmission, name.map(Personal::new))))
        })?;
        rows.map(|row| row?).collect()
    }

    pub fn transmissions_in(&self, state: StateCode) -> Result<Vec<TransmissionRow>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM transmission WHERE state = ?1 ORDER BY number"
        ))?;
        let rows = statement.query_map([state.code()], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    pub fn ids_in(&self, state: StateCode) -> Result<Vec<TransmissionId>> {
        let mut statement =
            self.inner.prepare_cached("SELECT id FROM transmission WHERE state = ?1 ORDER BY number")?;
        let rows = statement.query_map([state.code()], |row| Ok(TransmissionId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Everything that was done to send a record, the oldest first.
    pub fn transmissions_of(&self, record: RecordId) -> Result<Vec<TransmissionRow>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM transmission WHERE record = ?1 ORDER BY number"
        ))?;
        let rows = statement.query_map([record.as_bytes()], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The state of the record's newest transmission.
    pub fn latest_state(&self, record: RecordId) -> Result<Option<LatestState>> {
        let found = self
            .inner
            .prepare_cached(LATEST_STATE)?
            .query_row([record.as_bytes()], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        found
            .map(|(version, state)| {
                let code = StateCode::from_code(&state).ok_or(StoreError::Impossible)?;
                Ok(LatestState { version, code })
            })
            .transpose()
    }

    /// Whether a transmission of the record is under way.
    pub fn has_open_transmission(&self, record: RecordId) -> Result<bool> {
        let states: Vec<String> = {
            let mut statement =
                self.inner.prepare_cached("SELECT state FROM transmission WHERE record = ?1")?;
            let rows = statement.query_map([record.as_bytes()], |row| row.get(0))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        Ok(states.iter().any(|state| StateCode::from_code(state).is_some_and(StateCode::is_open)))
    }

    /// Moves a transmission from one state to another; false when it was not in that state (somebody was faster).
    pub fn move_transmission(
        &mut self,
        id: TransmissionId,
        from: StateCode,
        to: StateCode,
        reason: Option<u16>,
        now: Timestamp,
    ) -> Result<bool> {
        let moved = self
            .inner
            .prepare_cached(
                "UPDATE transmission SET state = ?3, receipt_reason = coalesce(?4, receipt_reason), closed_at = ?5
                 WHERE id = ?1 AND state = ?2",
            )?
            .execute(params![id.as_bytes(), from.code(), to.code(), reason, now.micros()])?;
        Ok(moved == 1)
    }

    /// Counts a blind entry that did not match, and forgets an earlier match.
    pub fn count_transmission_miss(&mut self, id: TransmissionId) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET misses = misses + 1, matched_by = NULL, matched_at = NULL WHERE id = ?1",
            [id.as_bytes()],
        )
    }

    pub fn note_match(&mut self, id: TransmissionId, by: AccountId, now: Timestamp) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET matched_by = ?2, matched_at = ?3 WHERE id = ?1 AND state = 'awaiting'",
            params![id.as_bytes(), by.as_bytes(), now.micros()],
        )
    }

    pub fn set_confirmation(
        &mut self,
        id: TransmissionId,
        second: AccountId,
        confirmation: &[u8],
        signature: &[u8; 64],
        now: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET state = 'queued', second = ?2, confirmation = ?3, confirmation_signature = ?4,
                                     confirmed_at = ?5, matched_by = NULL, matched_at = NULL
             WHERE id = ?1 AND state = 'awaiting'",
            params![id.as_bytes(), second.as_bytes(), confirmation, signature, now.micros()],
        )
    }
}

fn read(row: &Row<'_>) -> Result<TransmissionRow> {
    let account = |at: usize| -> rusqlite::Result<Option<AccountId>> {
        Ok(row.get::<_, Option<[u8; 16]>>(at)?.map(AccountId::from_bytes))
    };
    let time = |at: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(at)?.map(Timestamp::from_micros))
    };
    Ok(TransmissionRow {
        id: TransmissionId::from_bytes(row.get(0)?),
        number: row.get(1)?,
        record: RecordId::from_bytes(row.get(2)?),
        record_version: row.get(3)?,
        destination: DestinationId::from_bytes(row.get(4)?),
        destination_version: row.get(5)?,
        state: StateCode::from_code(&row.get::<_, String>(6)?).ok_or(StoreError::Impossible)?,
        author: AccountId::from_bytes(row.get(7)?),
        submitted_at: Timestamp::from_micros(row.get(8)?),
        statement: row.get(9)?,
        statement_signature: row.get(10)?,
        manifest: row.get(11)?,
        pages: row.get(12)?,
        misses: row.get(13)?,
        second: account(14)?,
        confirmation: row.get(15)?,
        confirmation_signature: row.get(16)?,
        confirmed_at: time(17)?,
        matched_by: account(18)?,
        matched_at: time(19)?,
        receipt_reason: row.get(20)?,
        closed_at: time(21)?,
    })
}
