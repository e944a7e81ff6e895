//! Table `review`, and the labels that the review screen shows.
use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, params};

use super::number::{signed, unsigned};
use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::office::ops::Verdict;

impl Tx<'_> {
    pub fn reviews(&self) -> Result<HashMap<u64, (Verdict, String)>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT r.seq, r.verdict, s.name FROM review r JOIN staff s ON s.account = r.reviewer",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, u16>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.map(|row| {
            let (seq, verdict, reviewer) = row?;
            Ok((unsigned(seq)?, (Verdict::from_code(verdict).ok_or(StoreError::Impossible)?, reviewer)))
        })
        .collect()
    }

    pub fn set_review(
        &mut self,
        seq: u64,
        verdict: Verdict,
        reason: &str,
        reviewer: AccountId,
        now: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "INSERT INTO review (seq, verdict, reason, reviewer, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (seq) DO UPDATE SET verdict = ?2, reason = ?3, reviewer = ?4, at = ?5",
            params![signed(seq), verdict.code(), reason, reviewer.as_bytes(), now.micros()],
        )
    }

    /// Reception number and whose record it is.
    pub fn record_label(&self, id: RecordId) -> Result<Option<(u32, Personal<String>)>> {
        Ok(self
            .inner
            .prepare_cached(
                "SELECT r.number, coalesce(s.name, '') FROM record r LEFT JOIN subject s ON s.record = r.id
                 WHERE r.id = ?1",
            )?
            .query_row([id.as_bytes()], |row| Ok((row.get(0)?, Personal::new(row.get(1)?))))
            .optional()?)
    }
}
