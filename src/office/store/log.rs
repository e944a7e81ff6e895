//! Tables `audit_event` and `audit_detail`.
use std::ops::ControlFlow;

use rusqlite::{OptionalExtension as _, params};

use super::number::{signed, unsigned};
use super::{Result, StoreError, Tx};
use crate::domain::ids::{PersonId, TransmissionId};
use crate::domain::time::Timestamp;
use crate::log::source::EventRow;
use crate::office::audit::Outcome;
use crate::office::audit::event::Event;
use crate::office::reason::Reason;

/// What was keyed was compared, and was wrong.
const MISSES: [Reason; 2] = [Reason::BlindMismatch, Reason::TooManyMisses];

impl Tx<'_> {
    /// Sequence number and hash of the last event; zeros for an empty log.
    pub fn log_tail(&self) -> Result<(u64, [u8; 32])> {
        let row: Option<(i64, Vec<u8>)> = self
            .inner
            .prepare_cached("SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match row {
            None => Ok((0, [0; 32])),
            Some((seq, hash)) => Ok((unsigned(seq)?, hash.try_into().map_err(|_| StoreError::Impossible)?)),
        }
    }

    /// The last event; `LogBroken` when its sealed record cannot be read.
    pub fn last_event(&self) -> Result<Option<Event>> {
        let body: Option<Option<Vec<u8>>> = self
            .inner
            .prepare_cached("SELECT body FROM audit_event ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        body.map(readable).transpose()
    }

    // Actions stand as numbers in what follows, because an index on part of the rows serves only a query that repeats its
    // condition.

    /// Whether this person has looked at the address of a destination since then, with whatever account.
    pub fn has_looked_at(&self, destination: &[u8; 16], who: PersonId, since: Timestamp) -> Result<bool> {
        Ok(self
            .inner
            .prepare_cached(
                "SELECT 1 FROM audit_event INDEXED BY audit_by_object
                 WHERE object = ?1 AND action = 44 AND wall_us >= ?3
                 AND actor IN (SELECT account FROM staff WHERE person = ?2) LIMIT 1",
            )?
            .exists(params![destination, who.as_bytes(), since.micros()])?)
    }

    /// Whether this person has missed in a blind check of a transmission, with whatever account. Whoever was turned away
    /// before anything was compared has not.
    pub fn has_missed(&self, transmission: TransmissionId, person: PersonId) -> Result<bool> {
        let mut statement = self.inner.prepare_cached(
            "SELECT body FROM audit_event INDEXED BY audit_by_object
             WHERE object = ?1 AND action = 53 AND outcome = ?2
             AND actor IN (SELECT account FROM staff WHERE person = ?3)",
        )?;
        let of_person = params![transmission.as_bytes(), Outcome::Failed.code(), person.as_bytes()];
        let bodies = statement.query_map(of_person, |row| row.get::<_, Vec<u8>>(0))?;
        for body in bodies {
            let event = Event::decode(&body?).ok_or(StoreError::LogBroken)?;
            if MISSES.iter().any(|miss| miss.code() == event.reason) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Hashes after `seq`, with the first sequence number of the transaction that each belongs to.
    pub fn log_after(&self, seq: u64) -> Result<Vec<(u64, u64, [u8; 32])>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT seq, first_of_transaction, hash FROM audit_event WHERE seq > ?1 ORDER BY seq",
        )?;
        let rows = statement.query_map([signed(seq)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        rows.map(|row| {
            let (seq, first, hash) = row?;
            Ok((unsigned(seq)?, unsigned(first)?, hash.try_into().map_err(|_| StoreError::Impossible)?))
        })
        .collect()
    }

    /// Only `audit::append` calls this.
    pub fn insert_event(&mut self, event: &Event, body: &[u8], hash: &[u8; 32]) -> Result<()> {
        let first = self.first_seq_of_transaction().unwrap_or(event.seq);
        self.inner
            .prepare_cached(
                "INSERT INTO audit_event
                   (seq, first_of_transaction, body, hash, wall_us, actor, action, object_kind, object, outcome)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                signed(event.seq),
                signed(first),
                body,
                hash,
                event.clock.wall.micros(),
                event.actor.map_or([0; 16], |actor| *actor.as_bytes()),
                event.action.code(),
                event.object.0.code(),
                event.object.1,
                event.outcome.code(),
            ])?;
        self.appended.push_back((event.seq, *hash));
        Ok(())
    }

    /// Only `audit::append` calls this.
    pub fn insert_detail(&mut self, seq: u64, nonce: &[u8; 32], text: &str) -> Result<()> {
        self.inner
            .prepare_cached("INSERT INTO audit_detail (seq, nonce, text) VALUES (?1, ?2, ?3)")?
            .execute(params![signed(seq), nonce, text])?;
        Ok(())
    }

    /// Every event from `from` on, in order, as the verifier reads them.
    pub fn each_event_from(
        &self,
        from: u64,
        f: &mut dyn FnMut(EventRow<'_>) -> ControlFlow<()>,
    ) -> Result<()> {
        super::snapshot::each_event(&self.inner, from, f)
    }

    /// The newest events first, decoded from their sealed bodies.
    #[cfg(test)]
    pub fn newest_events(&self, before: Option<u64>, limit: u32) -> Result<Vec<(Event, Option<String>)>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT e.body, d.text FROM audit_event e LEFT JOIN audit_detail d ON d.seq = e.seq
             WHERE e.seq < ?1 ORDER BY e.seq DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![before.map_or(i64::MAX, signed), limit], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?))
        })?;
        rows.map(|row| {
            let (body, detail) = row?;
            Ok((Event::decode(&body).ok_or(StoreError::LogBroken)?, detail))
        })
        .collect()
    }

    /// Whether the wall clock was moved after a transmission, or a test page, was prepared.
    pub fn clock_stepped_after(&self, transmission: TransmissionId) -> Result<bool> {
        let found: bool = self
            .inner
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM audit_event INDEXED BY audit_clock WHERE action = 90 AND seq > (
                   SELECT min(seq) FROM (
                     SELECT seq FROM audit_event INDEXED BY audit_by_object WHERE object = ?1 AND action = 51
                     UNION ALL
                     SELECT seq FROM audit_event INDEXED BY audit_by_object WHERE object = ?1 AND action = 45)))",
            )?
            .query_row([transmission.as_bytes()], |row| row.get(0))?;
        Ok(found)
    }

    pub fn event(&self, seq: u64) -> Result<Option<Event>> {
        let body: Option<Option<Vec<u8>>> = self
            .inner
            .prepare_cached("SELECT body FROM audit_event WHERE seq = ?1")?
            .query_row([signed(seq)], |row| row.get(0))
            .optional()?;
        body.map(readable).transpose()
    }
}

/// An erased body cannot be read any more than a damaged one.
fn readable(body: Option<Vec<u8>>) -> Result<Event> {
    body.and_then(|body| Event::decode(&body)).ok_or(StoreError::LogBroken)
}

#[cfg(test)]
mod tests {
    use crate::office::audit::Action;

    /// They stand in the statements above and in the tables.
    #[test]
    fn the_numbers_of_the_statements_are_these() {
        let known = [
            (Action::ShowDestination, 44),
            (Action::PrepareTestPage, 45),
            (Action::PrepareTransmission, 51),
            (Action::MatchTransmission, 53),
            (Action::ClockStep, 90),
            (Action::AcknowledgeClock, 91),
        ];
        for (action, number) in known {
            assert_eq!(action.code(), number, "{}", action.label());
        }
    }
}
