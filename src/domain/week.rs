//! A week as it is reviewed: Monday to Sunday in Japan.
use std::fmt;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Weekday};

use super::time::Timestamp;

/// Two weeks to finish the review of one.
const DUE_AFTER_DAYS: u64 = 14;

/// One ISO week. Printed and read as `2026-W28`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    monday: NaiveDate,
}

impl Week {
    pub fn of(date: NaiveDate) -> Self {
        Self { monday: date - Days::new(u64::from(date.weekday().num_days_from_monday())) }
    }
    /// `None` unless it is a week of the calendar, spelled `2026-W28`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        let is_number = |text: &str, digits| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(year, 4) || !is_number(week, 2) {
            return None;
        }
        let monday = NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)?;
        Some(Self { monday })
    }
    pub const fn monday(self) -> NaiveDate {
        self.monday
    }
    pub fn sunday(self) -> NaiveDate {
        self.monday + Days::new(6)
    }
    /// Last day on which its review is in time.
    pub fn due(self) -> NaiveDate {
        self.sunday() + Days::new(DUE_AFTER_DAYS)
    }
    pub fn begins(self) -> Timestamp {
        Timestamp::from_japan(self.monday.and_time(NaiveTime::MIN))
    }
    /// The first moment after it.
    pub fn ends(self) -> Timestamp {
        self.next().begins()
    }
    #[must_use]
    pub fn next(self) -> Self {
        Self { monday: self.monday + Days::new(7) }
    }
    #[must_use]
    pub fn previous(self) -> Self {
        Self { monday: self.monday - Days::new(7) }
    }
    /// Year and week in one number, as the log has it: 202628.
    pub fn code(self) -> u32 {
        let week = self.monday.iso_week();
        u32::try_from(week.year()).unwrap_or(0) * 100 + week.week()
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.monday.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

impl fmt::Debug for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Week({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_read_and_printed() {
        for text in ["2026-W28", "2026-W53", "2027-W01"] {
            assert_eq!(Week::parse(text).expect("a week").to_string(), text);
        }
        for wrong in ["2026-28", "2026-W8", "2025-W53", "2026-W00", "", "2026-W281", "+026-W28"] {
            assert_eq!(Week::parse(wrong), None, "{wrong}");
        }
        let week = Week::of(NaiveDate::from_ymd_opt(2026, 7, 12).expect("a day"));
        assert_eq!((week.to_string().as_str(), week.code()), ("2026-W28", 202_628));
        assert_eq!(week.monday().to_string(), "2026-07-06");
        assert_eq!(week.due().to_string(), "2026-07-26");
        assert_eq!(week.begins().rfc3339_japan(), "2026-07-06T00:00:00+09:00");
        assert_eq!((week.ends(), week.next().previous()), (week.next().begins(), week));
    }
}
