//! Tables `incident` and `incident_step`.
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, DestinationId, IncidentId, TransmissionId};
use crate::domain::incident::{Conclusion, Course, Noted, StepKind, Warning, counting};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// One misdelivery as it was reported, and how it was closed.
#[derive(Clone, Debug)]
pub struct IncidentRow {
    pub id: IncidentId,
    pub number: u32,
    pub destination: DestinationId,
    pub destination_version: u32,
    pub transmission: Option<TransmissionId>,
    pub found_at: Timestamp,
    pub people: u32,
    /// Typed in a hurry: a name may be in it.
    pub words: Personal<String>,
    pub stopped: u32,
    pub gone: u32,
    pub reported_by: AccountId,
    pub reported_at: Timestamp,
    pub closing: Option<Closing>,
}

#[derive(Clone, Copy, Debug)]
pub struct Closing {
    pub by: AccountId,
    pub at: Timestamp,
    pub conclusion: Conclusion,
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub struct StepRow {
    pub noted: Noted,
    pub done_at: Timestamp,
    /// With whom; of the person concerned it is the name.
    pub whom: Personal<String>,
    pub words: Personal<String>,
    pub people: Option<u32>,
    pub noted_by: AccountId,
    pub noted_at: Timestamp,
}

const COLUMNS: &str = "id, number, destination, destination_version, transmission, found_at, people, words, stopped, gone, \
                       reported_by, reported_at, closed_by, closed_at, conclusion";

impl Tx<'_> {
    pub fn next_incident_number(&self) -> Result<u32> {
        let last: u32 =
            self.inner.query_row("SELECT coalesce(max(number), 0) FROM incident", [], |row| row.get(0))?;
        Ok(last + 1)
    }

    pub fn insert_incident(&mut self, row: &IncidentRow) -> Result<()> {
        self.one_row(
            "INSERT INTO incident (id, number, destination, destination_version, transmission, found_at, people, words,
                                   stopped, gone, reported_by, reported_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                row.id.as_bytes(),
                row.number,
                row.destination.as_bytes(),
                row.destination_version,
                row.transmission.as_ref().map(TransmissionId::as_bytes),
                row.found_at.micros(),
                row.people,
                row.words.expose(),
                row.stopped,
                row.gone,
                row.reported_by.as_bytes(),
                row.reported_at.micros(),
            ],
        )
    }

    pub fn incident(&self, id: IncidentId) -> Result<Option<IncidentRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM incident WHERE id = ?1"))?
            .query_row([id.as_bytes()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// Open ones first, then the newest first.
    pub fn incidents(&self, limit: u32) -> Result<Vec<IncidentRow>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM incident ORDER BY closed_by IS NOT NULL, number DESC LIMIT ?1"
        ))?;
        let rows = statement.query_map([limit], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Whether the same thing is being looked into already.
    pub fn is_reported(&self, destination: DestinationId, of: Option<TransmissionId>) -> Result<bool> {
        let query =
            "SELECT 1 FROM incident WHERE closed_by IS NULL AND destination = ?1 AND transmission IS ?2";
        let of = of.as_ref().map(TransmissionId::as_bytes);
        Ok(self.inner.prepare_cached(query)?.exists(params![destination.as_bytes(), of])?)
    }

    pub fn close_incident(&mut self, id: IncidentId, closing: &Closing) -> Result<()> {
        self.one_row(
            "UPDATE incident SET closed_by = ?2, closed_at = ?3, conclusion = ?4 WHERE id = ?1 AND closed_by IS NULL",
            params![
                id.as_bytes(),
                closing.by.as_bytes(),
                closing.at.micros(),
                closing.conclusion.code()
            ],
        )
    }

    pub fn insert_incident_step(&mut self, id: IncidentId, step: &StepRow) -> Result<()> {
        self.one_row(
            "INSERT INTO incident_step (incident, place, kind, said, done_at, whom, words, people, noted_by, noted_at)
             VALUES (?1, (SELECT count(*) + 1 FROM incident_step WHERE incident = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                id.as_bytes(),
                step.noted.kind().code(),
                said_code(step.noted),
                step.done_at.micros(),
                step.whom.expose(),
                step.words.expose(),
                step.people,
                step.noted_by.as_bytes(),
                step.noted_at.micros(),
            ],
        )
    }

    /// In the order in which they were noted.
    pub fn incident_steps(&self, id: IncidentId) -> Result<Vec<StepRow>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT kind, said, done_at, whom, words, people, noted_by, noted_at FROM incident_step
             WHERE incident = ?1 ORDER BY place",
        )?;
        let rows = statement.query_map([id.as_bytes()], |row| Ok(read_step(row)))?;
        rows.map(|row| row?).collect()
    }

    /// What everybody is told of misdeliveries; `None` while nothing is open. Codes only, see [`Warning`].
    pub(super) fn incident_warning(&self) -> Result<Option<Warning>> {
        const OPEN: &str = "SELECT count(*) FROM incident WHERE closed_by IS NULL";
        let open: u32 = self.inner.prepare_cached(OPEN)?.query_row([], |row| row.get(0))?;
        if open == 0 {
            return Ok(None);
        }
        let mut statement = self.inner.prepare_cached(
            "SELECT DISTINCT d.code FROM incident i JOIN destination d ON d.id = i.destination
             WHERE i.closed_by IS NULL AND d.frozen_at IS NOT NULL
               AND d.version = (SELECT max(version) FROM destination WHERE id = d.id) ORDER BY d.code",
        )?;
        let codes = statement.query_map([], |row| row.get(0))?;
        Ok(Some(Warning { open, frozen: codes.collect::<std::result::Result<_, _>>()?, clock_steps: 0 }))
    }
}

/// The steps that were not noted by mistake.
pub fn counting_of(steps: &[StepRow]) -> Vec<&StepRow> {
    counting(steps, |step| step.noted)
}

/// Their kinds, for the rules.
pub fn course_of(steps: &[StepRow]) -> Course {
    Course::of(counting_of(steps).iter().map(|step| step.noted.kind()))
}

const fn said_code(noted: Noted) -> &'static str {
    match noted {
        Noted::Done(_) => "done",
        Noted::Mistaken(_) => "mistaken",
    }
}

fn read(row: &Row<'_>) -> Result<IncidentRow> {
    let closed_by = row.get::<_, Option<[u8; 16]>>("closed_by")?;
    let closed_at = row.get::<_, Option<i64>>("closed_at")?;
    let conclusion = row.get::<_, Option<String>>("conclusion")?;
    let closing = match (closed_by, closed_at, conclusion) {
        (Some(by), Some(at), Some(conclusion)) => Some(Closing {
            by: AccountId::from_bytes(by),
            at: Timestamp::from_micros(at),
            conclusion: Conclusion::from_code(&conclusion).ok_or(StoreError::Impossible)?,
        }),
        (None, None, None) => None,
        _ => return Err(StoreError::Impossible),
    };
    Ok(IncidentRow {
        id: IncidentId::from_bytes(row.get("id")?),
        number: row.get("number")?,
        destination: DestinationId::from_bytes(row.get("destination")?),
        destination_version: row.get("destination_version")?,
        transmission: row.get::<_, Option<[u8; 16]>>("transmission")?.map(TransmissionId::from_bytes),
        found_at: Timestamp::from_micros(row.get("found_at")?),
        people: row.get("people")?,
        words: Personal::new(row.get("words")?),
        stopped: row.get("stopped")?,
        gone: row.get("gone")?,
        reported_by: AccountId::from_bytes(row.get("reported_by")?),
        reported_at: Timestamp::from_micros(row.get("reported_at")?),
        closing,
    })
}

fn read_step(row: &Row<'_>) -> Result<StepRow> {
    let kind = StepKind::from_code(&row.get::<_, String>("kind")?).ok_or(StoreError::Impossible)?;
    let noted = [Noted::Done(kind), Noted::Mistaken(kind)];
    let said: String = row.get("said")?;
    let noted = noted.into_iter().find(|noted| said_code(*noted) == said);
    Ok(StepRow {
        noted: noted.ok_or(StoreError::Impossible)?,
        done_at: Timestamp::from_micros(row.get("done_at")?),
        whom: Personal::new(row.get("whom")?),
        words: Personal::new(row.get("words")?),
        people: row.get("people")?,
        noted_by: AccountId::from_bytes(row.get("noted_by")?),
        noted_at: Timestamp::from_micros(row.get("noted_at")?),
    })
}
