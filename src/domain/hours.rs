//! When people of an office are expected to work. Public holidays are days like others: a look on one of them is no less
//! worth asking about, and nobody keeps the list of them up to date on a closed network.
use chrono::{Datelike as _, Timelike as _};

use super::time::Timestamp;

const DAY_MINUTES: u32 = 24 * 60;

/// Monday to Friday between these minutes of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeHours {
    from_minute: u32,
    until_minute: u32,
}

impl Default for OfficeHours {
    /// 7:30 to 19:00: the ordinary day and what is usual around it.
    fn default() -> Self {
        Self { from_minute: 7 * 60 + 30, until_minute: 19 * 60 }
    }
}

impl OfficeHours {
    /// `8:30-17:15`; the end may be 24:00.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once('-')?;
        let (from_minute, until_minute) = (minute(from)?, minute(until)?);
        (from_minute < until_minute).then_some(Self { from_minute, until_minute })
    }

    pub fn contains(self, at: Timestamp) -> bool {
        let local = at.in_japan();
        let minute = local.hour() * 60 + local.minute();
        let is_weekday = local.weekday().number_from_monday() <= 5;
        is_weekday && (self.from_minute..self.until_minute).contains(&minute)
    }
}

fn minute(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY_MINUTES).then_some(minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_two_times_in_order() {
        let hours = |from_minute, until_minute| Some(OfficeHours { from_minute, until_minute });
        for (text, expected) in [
            ("8:30-17:15", hours(510, 1035)),
            ("07:30 - 19:00", Some(OfficeHours::default())),
            ("0:00-24:00", hours(0, 1440)),
            ("17:15-8:30", None),
            ("8:30-8:30", None),
            ("8:30", None),
            ("8-17", None),
            ("8:5-17:15", None),
            ("8:60-17:15", None),
            ("+8:30-17:15", None),
            ("0:00-24:01", None),
            ("", None),
        ] {
            assert_eq!(OfficeHours::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn weekends_are_outside() {
        // 2026-07-13 is a Monday; 00:00 UTC is 9:00 in Japan.
        let monday = Timestamp::from_micros(1_783_900_800_000_000);
        let hours = OfficeHours::default();
        assert!(hours.contains(monday), "{}", monday.rfc3339_japan());
        assert!(!hours.contains(monday.plus_seconds(-24 * 3600)));
        assert!(!hours.contains(monday.plus_seconds(10 * 3600)), "19:00 is the end");
    }
}
