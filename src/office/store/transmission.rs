//! Table `transmission`.

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, DestinationId, RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::order::{Receipt, RemoteId, Report};

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

/// What is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// One version of a record.
    Record { id: RecordId, version: u32 },
    /// A sheet that says nothing about anybody, to see that the right machine stands there.
    TestPage,
}

impl Matter {
    pub const fn record(self) -> Option<RecordId> {
        match self {
            Self::Record { id, .. } => Some(id),
            Self::TestPage => None,
        }
    }

    /// As the signed statement has it.
    pub const fn version(self) -> u32 {
        match self {
            Self::Record { version, .. } => version,
            Self::TestPage => 0,
        }
    }
}

/// Somebody at the other end said that it is there.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub by: AccountId,
    pub at: Timestamp,
    pub whom: String,
}

/// One row without the artefact's bytes.
#[derive(Clone, Debug)]
pub struct TransmissionRow {
    pub id: TransmissionId,
    pub number: u32,
    pub matter: Matter,
    pub destination: DestinationId,
    pub destination_version: u32,
    pub state: StateCode,
    pub author: AccountId,
    pub submitted_at: Timestamp,
    pub statement: Vec<u8>,
    pub statement_signature: [u8; 64],
    pub manifest: Vec<u8>,
    pub pages: u32,
    /// The number on the papers, which the recipient reads out.
    pub control: String,
    /// Why the name or number of somebody else may stand in it, in the sender's words.
    pub mention: Option<Personal<String>>,
    pub misses: u32,
    /// The supervisor who let a third attempt be made.
    pub called: Option<(AccountId, Timestamp)>,
    pub second: Option<AccountId>,
    pub confirmation: Option<Vec<u8>>,
    pub confirmation_signature: Option<[u8; 64]>,
    pub confirmed_at: Option<Timestamp>,
    pub matched_by: Option<AccountId>,
    pub matched_at: Option<Timestamp>,
    pub receipt_reason: Option<u16>,
    pub closed_at: Option<Timestamp>,
    /// When the papers were put out for a person to send by hand.
    pub handed_at: Option<Timestamp>,
    /// When the dispatcher wrote what became of it, by its own clock.
    pub reported_at: Option<Timestamp>,
    /// What the other machine said of itself.
    pub report: Report,
    pub arrival: Option<Arrival>,
}

impl TransmissionRow {
    /// Whether somebody can have received it, wherever. What the courier has answered for may have left, also where it
    /// was withdrawn after it had failed.
    pub fn may_have_left(&self) -> bool {
        let is_held = matches!(
            self.state,
            StateCode::Awaiting
                | StateCode::Confirmed
                | StateCode::Returned
                | StateCode::Withdrawn
                | StateCode::Void
        );
        !is_held || self.reported_at.is_some()
    }
}

/// The newest transmission of a record.
#[derive(Clone, Copy, Debug)]
pub struct LatestState {
    pub number: u32,
    pub version: u32,
    pub code: StateCode,
}

const COLUMNS: &str = "t.id, t.number, t.record, t.record_version, t.destination, t.destination_version, t.state, t.author, \
                       t.submitted_at, t.statement, t.statement_signature, t.manifest, t.pages, t.control, t.mention, t.misses, \
                       t.called, t.called_at, t.second, t.confirmation, t.confirmation_signature, t.confirmed_at, \
                       t.matched_by, t.matched_at, t.receipt_reason, t.closed_at, t.handed_at, t.reported_at, t.remote_id, t.remote_pages, \
                       t.duration_s, t.arrived_by, t.arrived_at, t.arrived_whom";

pub(in crate::office) const LATEST_STATE: &str =
    "SELECT number, record_version, state FROM transmission WHERE record = ?1 ORDER BY number DESC LIMIT 1";

impl Tx<'_> {
    /// Drills are counted with them: a number must not tell which it is.
    pub fn next_transmission_number(&self) -> Result<u32> {
        let last: u32 = self.inner.query_row(
            "SELECT max(coalesce((SELECT max(number) FROM transmission), 0), coalesce((SELECT max(number) FROM drill), 0))",
            [],
            |row| row.get(0),
        )?;
        Ok(last + 1)
    }

    pub fn insert_transmission(&mut self, row: &TransmissionRow, artefact: &[u8]) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO transmission (id, number, record, record_version, destination, destination_version, state,
                                           author, submitted_at, statement, statement_signature, manifest, artefact, pages,
                                           control, mention)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.number,
                row.matter.record().map(|record| *record.as_bytes()),
                row.matter.record().map(|_| row.matter.version()),
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
                row.control,
                row.mention.as_ref().map(Personal::expose),
            ])?;
        Ok(())
    }

    pub fn transmission(&self, id: TransmissionId) -> Result<Option<TransmissionRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM transmission t WHERE id = ?1"))?
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
    /// The newest ones, and of the older ones whatever is not done with: nothing that somebody has to see to is lost
    /// behind what came later. Of those that nobody has acknowledged only `unanswered`, for offices that never call.
    pub fn transmissions(
        &self,
        newest: u32,
        unanswered: u32,
    ) -> Result<Vec<(TransmissionRow, Option<Personal<String>>)>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS}, s.name AS subject FROM transmission t LEFT JOIN subject s ON s.record = t.record
             WHERE t.number > (SELECT coalesce(max(number), 0) FROM transmission) - ?1
                OR t.state IN ('awaiting', 'confirmed', 'queued', 'dispatching', 'uncertain')
                OR t.id IN (SELECT id FROM transmission WHERE state = 'sent' ORDER BY number DESC LIMIT ?2)
             ORDER BY t.number DESC"
        ))?;
        let rows = statement.query_map([newest, unanswered], |row| {
            let name: Option<String> = row.get("subject")?;
            Ok(read(row).map(|transmission| (transmission, name.map(Personal::new))))
        })?;
        rows.map(|row| row?).collect()
    }

    pub fn transmissions_in(&self, state: StateCode) -> Result<Vec<TransmissionRow>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM transmission t WHERE state = ?1 ORDER BY number"
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
            "SELECT {COLUMNS} FROM transmission t WHERE record = ?1 ORDER BY number"
        ))?;
        let rows = statement.query_map([record.as_bytes()], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The state of the record's newest transmission.
    pub fn latest_state(&self, record: RecordId) -> Result<Option<LatestState>> {
        let found = self
            .inner
            .prepare_cached(LATEST_STATE)?
            .query_row([record.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))
            .optional()?;
        found
            .map(|(number, version, state)| {
                let code = StateCode::from_code(&state).ok_or(StoreError::Impossible)?;
                Ok(LatestState { number, version, code })
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

    /// A supervisor lets a third attempt be made.
    pub fn allow_third_attempt(&mut self, id: TransmissionId, by: AccountId, now: Timestamp) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET called = ?2, called_at = ?3 WHERE id = ?1 AND state = 'awaiting'",
            params![id.as_bytes(), by.as_bytes(), now.micros()],
        )
    }

    /// What a receipt says besides the outcome.
    pub fn note_receipt(&mut self, receipt: &Receipt) -> Result<()> {
        let (id, at) = (receipt.transmission, receipt.at);
        self.one_row(
            "UPDATE transmission SET reported_at = ?2 WHERE id = ?1",
            params![id.as_bytes(), at.micros()],
        )?;
        self.note_report(id, &receipt.report)
    }

    pub fn note_report(&mut self, id: TransmissionId, report: &Report) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET remote_id = coalesce(?2, remote_id), remote_pages = coalesce(?3, remote_pages),
                                     duration_s = coalesce(?4, duration_s) WHERE id = ?1",
            params![
                id.as_bytes(),
                report.remote.as_ref().map(RemoteId::as_str),
                report.pages,
                report.duration_s
            ],
        )
    }

    /// The papers lie in front of a person.
    pub fn note_handed(&mut self, id: TransmissionId, now: Timestamp) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET handed_at = ?2 WHERE id = ?1 AND handed_at IS NULL",
            params![id.as_bytes(), now.micros()],
        )
    }

    pub fn note_arrival(&mut self, id: TransmissionId, arrival: &Arrival) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET arrived_by = ?2, arrived_at = ?3, arrived_whom = ?4 WHERE id = ?1",
            params![id.as_bytes(), arrival.by.as_bytes(), arrival.at.micros(), arrival.whom],
        )
    }

    /// Whether anything waits for a second person who could be this one.
    /// Drills are counted: what is hidden because of them must not tell which they are.
    pub fn waits_for(&self, account: AccountId, now: Timestamp) -> Result<bool> {
        let query = "SELECT 1 FROM transmission WHERE state = 'awaiting' AND author <> ?1 LIMIT 1";
        let sending = self.inner.prepare_cached(query)?.exists([account.as_bytes()])?;
        Ok(sending || !self.drills_for(account, now)?.is_empty())
    }

    /// The newest test page to this version of an entry.
    pub fn test_page(&self, id: DestinationId, version: u32) -> Result<Option<TransmissionRow>> {
        self.inner
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM transmission t
                 WHERE t.destination = ?1 AND t.destination_version = ?2 AND t.record IS NULL ORDER BY t.number DESC LIMIT 1"
            ))?
            .query_row(params![id.as_bytes(), version], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// A match ends a row of misses, and with it what a supervisor allowed because of them.
    pub fn note_match(&mut self, id: TransmissionId, by: AccountId, now: Timestamp) -> Result<()> {
        self.one_row(
            "UPDATE transmission SET matched_by = ?2, matched_at = ?3, misses = 0, called = NULL, called_at = NULL
             WHERE id = ?1 AND state = 'awaiting'",
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
    let account = |name: &str| -> rusqlite::Result<Option<AccountId>> {
        Ok(row.get::<_, Option<[u8; 16]>>(name)?.map(AccountId::from_bytes))
    };
    let time = |name: &str| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(name)?.map(Timestamp::from_micros))
    };
    let record = row.get::<_, Option<[u8; 16]>>("record")?.map(RecordId::from_bytes);
    let version: Option<u32> = row.get("record_version")?;
    let remote: Option<String> = row.get("remote_id")?;
    let whom: Option<String> = row.get("arrived_whom")?;
    Ok(TransmissionRow {
        id: TransmissionId::from_bytes(row.get("id")?),
        number: row.get("number")?,
        matter: match record.zip(version) {
            Some((id, version)) => Matter::Record { id, version },
            None => Matter::TestPage,
        },
        destination: DestinationId::from_bytes(row.get("destination")?),
        destination_version: row.get("destination_version")?,
        state: StateCode::from_code(&row.get::<_, String>("state")?).ok_or(StoreError::Impossible)?,
        author: AccountId::from_bytes(row.get("author")?),
        submitted_at: Timestamp::from_micros(row.get("submitted_at")?),
        statement: row.get("statement")?,
        statement_signature: row.get("statement_signature")?,
        manifest: row.get("manifest")?,
        pages: row.get("pages")?,
        control: row.get("control")?,
        mention: row.get::<_, Option<String>>("mention")?.map(Personal::new),
        misses: row.get("misses")?,
        called: account("called")?.zip(time("called_at")?),
        second: account("second")?,
        confirmation: row.get("confirmation")?,
        confirmation_signature: row.get("confirmation_signature")?,
        confirmed_at: time("confirmed_at")?,
        matched_by: account("matched_by")?,
        matched_at: time("matched_at")?,
        receipt_reason: row.get("receipt_reason")?,
        closed_at: time("closed_at")?,
        handed_at: time("handed_at")?,
        reported_at: time("reported_at")?,
        report: Report {
            remote: remote.as_deref().and_then(RemoteId::parse),
            pages: row.get("remote_pages")?,
            duration_s: row.get("duration_s")?,
        },
        arrival: account("arrived_by")?.zip(time("arrived_at")?).map(|(by, at)| Arrival {
            by,
            at,
            whom: whom.unwrap_or_default(),
        }),
    })
}
