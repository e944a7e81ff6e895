//! Tables `review_week`, `review_row` and `review_row_event`: the queues as they were made, and what the log says of a
//! span of time.
use rusqlite::{OptionalExtension as _, Row, params};

use super::log_scan::Detail;
use super::number::{signed, unsigned};
use super::{Result, StoreError, Tx};
use crate::domain::ids::AccountId;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::domain::week::Week;
use crate::office::audit::event::Event;
use crate::office::audit::glance::{Seen, look};
use crate::office::review::{Group, Marks, QueueRow};

/// One week that was opened.
#[derive(Clone, Copy, Debug)]
pub struct WeekRow {
    pub week: Week,
    pub first_seq: u64,
    /// One less than the first where nothing happened.
    pub last_seq: u64,
    pub seed: [u8; 32],
    pub signed: Option<(AccountId, Timestamp)>,
}

/// One row of a queue as it stands.
#[derive(Clone, Debug)]
pub struct FrozenRow {
    pub place: u32,
    pub seq: u64,
    pub group: Group,
    pub marks: Marks,
    pub work: Option<u64>,
    pub seqs: Vec<u64>,
}

const COLUMNS: &str = "monday, first_seq, last_seq, seed, signed_by, signed_at";

impl Tx<'_> {
    pub fn review_week(&self, week: Week) -> Result<Option<WeekRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM review_week WHERE monday = ?1"))?
            .query_row([week.monday().to_string()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    pub fn insert_review_week(
        &mut self,
        row: &WeekRow,
        queue: &[QueueRow],
        by: AccountId,
        now: Timestamp,
    ) -> Result<()> {
        let monday = row.week.monday().to_string();
        self.one_row(
            "INSERT INTO review_week (monday, first_seq, last_seq, seed, opened_by, opened_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                monday,
                signed(row.first_seq),
                signed(row.last_seq),
                row.seed,
                by.as_bytes(),
                now.micros()
            ],
        )?;
        for (place, row) in (1u32..).zip(queue) {
            self.one_row(
                "INSERT INTO review_row (monday, place, seq, part, marks, work) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    monday,
                    place,
                    signed(row.seq),
                    row.group.code(),
                    row.marks.bits(),
                    row.work.map(signed)
                ],
            )?;
            for seq in &row.seqs {
                self.one_row(
                    "INSERT INTO review_row_event (monday, place, seq) VALUES (?1, ?2, ?3)",
                    params![monday, place, signed(*seq)],
                )?;
            }
        }
        Ok(())
    }

    /// The queue in its order.
    pub fn review_rows(&self, week: Week) -> Result<Vec<FrozenRow>> {
        let monday = week.monday().to_string();
        let mut statement = self.inner.prepare_cached(
            "SELECT place, seq, part, marks, work FROM review_row WHERE monday = ?1 ORDER BY place",
        )?;
        let rows = statement.query_map([&monday], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (place, seq, part, marks, work): (u32, i64, u16, u32, Option<i64>) = row?;
            found.push(FrozenRow {
                place,
                seq: unsigned(seq)?,
                group: Group::from_code(part).ok_or(StoreError::Impossible)?,
                marks: Marks::from_bits(marks).ok_or(StoreError::Impossible)?,
                work: work.map(unsigned).transpose()?,
                seqs: self.events_of_row(&monday, place)?,
            });
        }
        Ok(found)
    }

    fn events_of_row(&self, monday: &str, place: u32) -> Result<Vec<u64>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT seq FROM review_row_event WHERE monday = ?1 AND place = ?2 ORDER BY seq",
        )?;
        let rows = statement.query_map(params![monday, place], |row| row.get::<_, i64>(0))?;
        rows.map(|seq| unsigned(seq?)).collect()
    }

    /// The week that an event stands for a row of, if it does.
    pub fn week_of_row(&self, seq: u64) -> Result<Option<WeekRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM review_week WHERE monday = (SELECT monday FROM review_row WHERE seq = ?1)"
        );
        self.inner.prepare_cached(&sql)?.query_row([signed(seq)], |row| Ok(read(row))).optional()?.transpose()
    }

    /// Only an unsigned week can be signed; a trigger says the same.
    pub fn sign_review_week(&mut self, week: Week, by: AccountId, now: Timestamp) -> Result<()> {
        self.one_row(
            "UPDATE review_week SET signed_by = ?2, signed_at = ?3 WHERE monday = ?1 AND signed_by IS NULL",
            params![week.monday().to_string(), by.as_bytes(), now.micros()],
        )
    }

    /// Whether there was a verdict of this person on the event to remove.
    pub fn delete_review(&mut self, seq: u64, reviewer: AccountId) -> Result<bool> {
        let removed = self
            .inner
            .prepare_cached("DELETE FROM review WHERE seq = ?1 AND reviewer = ?2")?
            .execute(params![signed(seq), reviewer.as_bytes()])?;
        Ok(removed == 1)
    }

    /// Who decided about an event.
    pub fn reviewer(&self, seq: u64) -> Result<Option<AccountId>> {
        Ok(self
            .inner
            .prepare_cached("SELECT reviewer FROM review WHERE seq = ?1")?
            .query_row([signed(seq)], |row| Ok(AccountId::from_bytes(row.get(0)?)))
            .optional()?)
    }

    /// The events of a span with their details, decoded from the sealed records. What was erased is left out; what is not as
    /// it was sealed is nothing to judge people by.
    pub fn events_between(&self, first: u64, last: u64) -> Result<Vec<(Event, Option<Personal<String>>)>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT seq, body, hash FROM audit_event
             WHERE seq BETWEEN ?1 AND ?2 AND body IS NOT NULL ORDER BY seq",
        )?;
        let rows = statement.query_map([signed(first), signed(last)], |row| {
            Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?;
        let mut events = Vec::new();
        for row in rows {
            let (seq, body, hash) = row?;
            let Seen::Sound(_) = look(unsigned(seq)?, Some(&body), &hash) else {
                return Err(StoreError::LogBroken);
            };
            let event = Event::decode(&body).ok_or(StoreError::LogBroken)?;
            let detail = match self.sealed_detail(event.seq, event.detail_commit)? {
                Detail::Sealed(text) => Some(text),
                Detail::None | Detail::Erased => None,
                Detail::Altered => return Err(StoreError::LogBroken),
            };
            events.push((event, detail));
        }
        Ok(events)
    }

    /// When an event was written, by its sealed record: the columns beside it could be changed unseen. `None` for one
    /// that was erased.
    pub fn sealed_time(&self, seq: u64) -> Result<Option<Timestamp>> {
        let body: Option<Option<Vec<u8>>> = self
            .inner
            .prepare_cached("SELECT body FROM audit_event WHERE seq = ?1")?
            .query_row([signed(seq)], |row| row.get(0))
            .optional()?;
        let Some(body) = body.flatten() else { return Ok(None) };
        Ok(Some(Event::decode(&body).ok_or(StoreError::LogBroken)?.clock.wall))
    }

    pub fn event_hash(&self, seq: u64) -> Result<Option<[u8; 32]>> {
        Ok(self
            .inner
            .prepare_cached("SELECT hash FROM audit_event WHERE seq = ?1")?
            .query_row([signed(seq)], |row| row.get(0))
            .optional()?)
    }
}

fn read(row: &Row<'_>) -> Result<WeekRow> {
    let monday: String = row.get(0)?;
    let monday: chrono::NaiveDate = monday.parse().map_err(|_| StoreError::Impossible)?;
    let week = Week::of(monday);
    let by: Option<[u8; 16]> = row.get(4)?;
    let at: Option<i64> = row.get(5)?;
    if week.monday() != monday {
        return Err(StoreError::Impossible);
    }
    Ok(WeekRow {
        week,
        first_seq: unsigned(row.get(1)?)?,
        last_seq: unsigned(row.get(2)?)?,
        seed: row.get(3)?,
        signed: by.zip(at).map(|(by, at)| (AccountId::from_bytes(by), Timestamp::from_micros(at))),
    })
}
