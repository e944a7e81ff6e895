//! Table `likeness_decision`: which records people said are, or are not, about one person.
use rusqlite::{OptionalExtension as _, params};

use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::likeness::Decision;
use crate::domain::time::Timestamp;

impl Tx<'_> {
    /// Replaces what was decided before; the log keeps that.
    pub fn decide_likeness(
        &mut self,
        (one, other): (RecordId, RecordId),
        decision: Decision,
        by: AccountId,
        now: Timestamp,
    ) -> Result<()> {
        let (lower, higher) = in_order(one, other);
        self.one_row(
            "INSERT INTO likeness_decision (lower, higher, decision, decided_by, decided_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (lower, higher) DO UPDATE SET decision = ?3, decided_by = ?4, decided_at = ?5",
            params![lower.as_bytes(), higher.as_bytes(), decision.code(), by.as_bytes(), now.micros()],
        )
    }

    /// The records that somebody said are about the same person as this one.
    pub fn declared_same(&self, record: RecordId) -> Result<Vec<RecordId>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT higher FROM likeness_decision WHERE lower = ?1 AND decision = ?2
             UNION ALL SELECT lower FROM likeness_decision WHERE higher = ?1 AND decision = ?2",
        )?;
        let same = params![record.as_bytes(), Decision::Same.code()];
        let rows = statement.query_map(same, |row| Ok(RecordId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// What was decided about two records; `None` for the same one twice.
    pub fn likeness_decision(&self, one: RecordId, other: RecordId) -> Result<Option<Decision>> {
        let (lower, higher) = in_order(one, other);
        let code: Option<String> = self
            .inner
            .prepare_cached("SELECT decision FROM likeness_decision WHERE lower = ?1 AND higher = ?2")?
            .query_row(params![lower.as_bytes(), higher.as_bytes()], |row| row.get(0))
            .optional()?;
        code.map(|code| Decision::from_code(&code).ok_or(StoreError::Impossible)).transpose()
    }

    /// Everything that was decided about this record and another one.
    pub fn decisions_of(&self, record: RecordId) -> Result<Vec<(RecordId, Decision)>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT higher, decision FROM likeness_decision WHERE lower = ?1
             UNION ALL SELECT lower, decision FROM likeness_decision WHERE higher = ?1",
        )?;
        let rows = statement.query_map([record.as_bytes()], |row| {
            Ok((RecordId::from_bytes(row.get(0)?), row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (other, code) = row?;
            Ok((other, Decision::from_code(&code).ok_or(StoreError::Impossible)?))
        })
        .collect()
    }
}

fn in_order(one: RecordId, other: RecordId) -> (RecordId, RecordId) {
    if one < other { (one, other) } else { (other, one) }
}
