//! Time, by argument: instants, the clock trait and Japanese civil time (JST, +09:00, no daylight saving).
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta};

const MICROS_PER_SECOND: i64 = 1_000_000;
const JST_OFFSET_S: i32 = 9 * 3600;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS_PER_SECOND))
    }
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// Whole seconds since 1970, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(MICROS_PER_SECOND)))
    }
    /// Seconds from `earlier` to here; negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0.saturating_sub(earlier.0)).div_euclid(MICROS_PER_SECOND)
    }
    /// The wall clock in Japan. Instants outside chrono's years (about ±262,000) show as 1970.
    pub fn in_japan(self) -> NaiveDateTime {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default().with_timezone(&jst()).naive_local()
    }
    pub fn date_in_japan(self) -> NaiveDate {
        self.in_japan().date()
    }
    /// The instant at which a clock in Japan shows `local`.
    pub fn from_japan(local: NaiveDateTime) -> Self {
        Self((local - TimeDelta::seconds(i64::from(JST_OFFSET_S))).and_utc().timestamp_micros())
    }
    /// `2026-07-14T09:12:00+09:00`
    pub fn rfc3339_japan(self) -> String {
        DateTime::from_timestamp_micros(self.0)
            .unwrap_or_default()
            .with_timezone(&jst())
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }
}

fn jst() -> FixedOffset {
    FixedOffset::east_opt(JST_OFFSET_S).expect("nine hours is a valid offset")
}

/// What the clocks of the machine say at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The wall clock, which people and attackers can set.
    pub wall: Timestamp,
    /// Identifies one boot of the machine.
    pub boot_id: [u8; 16],
    /// Microseconds since that boot, suspended time included; nobody can set it.
    pub boottime_us: u64,
    /// Whether the kernel believes its wall clock to be synchronised.
    pub synchronised: bool,
}

/// The only way to learn the time.
pub trait Clock: Send + Sync {
    fn read(&self) -> Reading;

    fn now(&self) -> Timestamp {
        self.read().wall
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japan_is_nine_hours_ahead() {
        let t = Timestamp::from_seconds(1_783_987_920);
        assert_eq!(t.rfc3339_japan(), "2026-07-14T09:12:00+09:00");
        assert_eq!(Timestamp::from_japan(t.in_japan()), t);
        assert_eq!(Timestamp::from_seconds(1_783_954_799).date_in_japan().to_string(), "2026-07-13");
        assert_eq!(Timestamp::from_seconds(1_783_954_800).date_in_japan().to_string(), "2026-07-14");
    }
}
