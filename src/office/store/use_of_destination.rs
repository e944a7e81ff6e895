//! How often something was sent to a destination, and when last.
use chrono::{Datelike as _, NaiveTime};
use rusqlite::{OptionalExtension as _, params};

use super::transmission::StateCode;
use super::{Result, StoreError, Tx};
use crate::domain::ids::DestinationId;
use crate::domain::time::Timestamp;

/// How often something was sent to a destination.
#[derive(Clone, Copy, Debug, Default)]
pub struct UseOfIt {
    pub last: Option<(Timestamp, StateCode)>,
    /// Since the first of the month, test pages not counted.
    pub this_month: u32,
}

impl Tx<'_> {
    /// The last number of the month before this one; zero when there is none. What is numbered higher is of this month.
    pub fn last_number_of_last_month(&self, now: Timestamp) -> Result<u32> {
        let today = now.date_in_japan();
        let first = today.with_day(1).unwrap_or(today).and_time(NaiveTime::MIN);
        let number = self
            .inner
            .prepare_cached(
                "SELECT number FROM transmission WHERE submitted_at < ?1 ORDER BY number DESC LIMIT 1",
            )?
            .query_row([Timestamp::from_japan(first).micros()], |row| row.get(0))
            .optional()?;
        Ok(number.unwrap_or(0))
    }

    /// How often something was sent to a destination. What it costs depends on this month, not on the years before.
    pub fn use_of_destination(&self, id: DestinationId, last_month: u32) -> Result<UseOfIt> {
        let this_month: u32 = self
            .inner
            .prepare_cached(
                "SELECT count(*) FROM transmission
                 WHERE destination = ?1 AND number > ?2 AND state IN ('sent', 'acknowledged') AND record IS NOT NULL",
            )?
            .query_row(params![id.as_bytes(), last_month], |row| row.get(0))?;
        let last = self
            .inner
            .prepare_cached(
                "SELECT closed_at, state FROM transmission
                 WHERE destination = ?1 AND closed_at IS NOT NULL AND state IN ('sent', 'acknowledged', 'failed', 'uncertain')
                 ORDER BY number DESC LIMIT 1",
            )?
            .query_row([id.as_bytes()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        let last = last.map(|(at, state)| {
            let state = StateCode::from_code(&state).ok_or(StoreError::Impossible)?;
            Ok::<_, StoreError>((Timestamp::from_micros(at), state))
        });
        Ok(UseOfIt { last: last.transpose()?, this_month })
    }
}
