//! Japanese eras (元号): which era a day belongs to, and how a date is printed.
use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::domain::sensitive::Personal;

/// The last year this program reckons in; a later year on a form is a slip of the pen.
const LAST_YEAR: i32 = 2100;

/// The first year of an era is 元年, "the origin year".
const FIRST_YEAR_KANJI: &str = "元";

/// The eras since 1868, one per reign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    Meiji,
    Taisho,
    Showa,
    Heisei,
    Reiwa,
}

impl Era {
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    pub const fn kanji(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    pub const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// The code of JIS X 0301 and of medical claims, 1 to 5.
    pub const fn digit(self) -> u8 {
        match self {
            Self::Meiji => 1,
            Self::Taisho => 2,
            Self::Showa => 3,
            Self::Heisei => 4,
            Self::Reiwa => 5,
        }
    }

    pub fn from_digit(digit: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|era| u32::from(era.digit()) == digit)
    }

    /// Reads M, T, S, H or R in either case.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|era| era.letter() == letter.to_ascii_uppercase())
    }

    /// The first day. Days are Gregorian throughout, also before 1873 when Japan still counted by the moon.
    pub fn first_day(self) -> NaiveDate {
        let (year, month, day) = match self {
            Self::Meiji => (1868, 1, 25),
            Self::Taisho => (1912, 7, 30),
            Self::Showa => (1926, 12, 25),
            Self::Heisei => (1989, 1, 8),
            Self::Reiwa => (2019, 5, 1),
        };
        NaiveDate::from_ymd_opt(year, month, day).expect("the first days of the eras exist")
    }

    /// The last day. 1912-07-30 and 1926-12-25 are also the first day of the next era.
    pub fn last_day(self) -> NaiveDate {
        let (year, month, day) = match self {
            Self::Meiji => (1912, 7, 30),
            Self::Taisho => (1926, 12, 25),
            Self::Showa => (1989, 1, 7),
            Self::Heisei => (2019, 4, 30),
            Self::Reiwa => (LAST_YEAR, 12, 31),
        };
        NaiveDate::from_ymd_opt(year, month, day).expect("the last days of the eras exist")
    }

    /// The Gregorian year before year 1 of the era.
    const fn year_zero(self) -> i32 {
        match self {
            Self::Meiji => 1867,
            Self::Taisho => 1911,
            Self::Showa => 1925,
            Self::Heisei => 1988,
            Self::Reiwa => 2018,
        }
    }
}

/// Why a date cannot be written in the era it was given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EraProblem {
    /// Year 0, a month after 12, 30 February; with the last day of that month where the month exists.
    NoSuchDay { suggestion: Option<Personal<NaiveDate>> },
    /// The day exists, in another era: 昭和64年1月8日 is 平成元年1月8日.
    OutsideEra { suggestion: Personal<NaiveDate> },
    /// Before 1868-01-25 or after 2100.
    OutOfCalendar,
}

/// A day in its era. Of the two names of a shared day it is always the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EraDate {
    date: NaiveDate,
    era: Era,
}

impl EraDate {
    /// Checks a date as written. Both names of a shared day are accepted.
    pub fn new(era: Era, year: u32, month: u32, day: u32) -> Result<Self, EraProblem> {
        if year == 0 {
            return Err(EraProblem::NoSuchDay { suggestion: None });
        }
        let gregorian = i32::try_from(year)
            .ok()
            .and_then(|year| year.checked_add(era.year_zero()))
            .filter(|year| *year <= LAST_YEAR)
            .ok_or(EraProblem::OutOfCalendar)?;
        let Some(date) = NaiveDate::from_ymd_opt(gregorian, month, day) else {
            let suggestion = last_day_of_month(gregorian, month).filter(|_| day > 0).map(Personal::new);
            return Err(EraProblem::NoSuchDay { suggestion });
        };
        let named = Self::from_date(date).ok_or(EraProblem::OutOfCalendar)?;
        if (era.first_day()..=era.last_day()).contains(&date) {
            Ok(named)
        } else {
            Err(EraProblem::OutsideEra { suggestion: Personal::new(date) })
        }
    }

    /// The day in its era; `None` before 1868-01-25 and after 2100.
    pub fn from_date(date: NaiveDate) -> Option<Self> {
        let era = Era::ALL.into_iter().rev().find(|era| date >= era.first_day())?;
        (date <= Era::Reiwa.last_day()).then_some(Self { date, era })
    }

    pub const fn to_date(self) -> NaiveDate {
        self.date
    }
    pub const fn era(self) -> Era {
        self.era
    }
    pub fn year(self) -> u32 {
        u32::try_from(self.date.year() - self.era.year_zero()).expect("no day is before year 1 of its era")
    }
    pub fn month(self) -> u32 {
        self.date.month()
    }
    pub fn day(self) -> u32 {
        self.date.day()
    }

    /// `昭和50年 3月 4日`: one- and two-digit numbers take the same room, for lists and forms on the screen.
    pub fn padded(self) -> String {
        let year = match self.year() {
            1 => FIRST_YEAR_KANJI.to_owned(),
            year => format!("{year:>2}"),
        };
        format!("{}{year}年{:>2}月{:>2}日", self.era.kanji(), self.month(), self.day())
    }

    /// `S50.3.4`
    pub fn compact(self) -> String {
        format!("{}{}.{}.{}", self.era.letter(), self.year(), self.month(), self.day())
    }

    /// `3500304`: the era digit of medical claims, then two digits each.
    pub fn claims_digits(self) -> String {
        format!("{}{:02}{:02}{:02}", self.era.digit(), self.year(), self.month(), self.day())
    }
}

/// `昭和50年3月4日`, `令和元年5月1日`
impl fmt::Display for EraDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.era.kanji())?;
        match self.year() {
            1 => f.write_str(FIRST_YEAR_KANJI)?,
            year => write!(f, "{year}")?,
        }
        write!(f, "年{}月{}日", self.month(), self.day())
    }
}

/// The day of the week as forms print it, one kanji.
pub fn weekday_kanji(date: NaiveDate) -> &'static str {
    match date.weekday() {
        chrono::Weekday::Mon => "月",
        chrono::Weekday::Tue => "火",
        chrono::Weekday::Wed => "水",
        chrono::Weekday::Thu => "木",
        chrono::Weekday::Fri => "金",
        chrono::Weekday::Sat => "土",
        chrono::Weekday::Sun => "日",
    }
}

/// The last day of a month, `None` when there is no such month.
pub(super) fn last_day_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn eras_begin_and_end_where_they_should() {
        for (date, long) in [
            ("1868-01-25", "明治元年1月25日"),
            ("1873-01-01", "明治6年1月1日"),
            ("1912-07-29", "明治45年7月29日"),
            ("1912-07-30", "大正元年7月30日"),
            ("1926-12-24", "大正15年12月24日"),
            ("1926-12-25", "昭和元年12月25日"),
            ("1989-01-07", "昭和64年1月7日"),
            ("1989-01-08", "平成元年1月8日"),
            ("2019-04-30", "平成31年4月30日"),
            ("2019-05-01", "令和元年5月1日"),
            ("2026-07-14", "令和8年7月14日"),
            ("2100-12-31", "令和82年12月31日"),
        ] {
            assert_eq!(EraDate::from_date(day(date)).unwrap().to_string(), long);
        }
        assert_eq!(EraDate::from_date(day("1868-01-24")), None);
        assert_eq!(EraDate::from_date(day("2101-01-01")), None);
    }

    #[test]
    fn three_ways_to_print() {
        let born = EraDate::new(Era::Showa, 50, 3, 4).unwrap();
        assert_eq!(born.padded(), "昭和50年 3月 4日");
        assert_eq!(born.compact(), "S50.3.4");
        assert_eq!(born.claims_digits(), "3500304");
        assert_eq!(EraDate::new(Era::Reiwa, 8, 7, 14).unwrap().padded(), "令和 8年 7月14日");
        assert_eq!(EraDate::new(Era::Reiwa, 1, 5, 1).unwrap().padded(), "令和元年 5月 1日");
        assert_eq!(EraDate::new(Era::Reiwa, 1, 5, 1).unwrap().compact(), "R1.5.1");
        assert_eq!(weekday_kanji(day("2026-07-14")), "火");
    }

    #[test]
    fn shared_days_have_two_names_and_print_the_later() {
        for ((era, year, month, dom), later) in [
            ((Era::Meiji, 45, 7, 30), "大正元年7月30日"),
            ((Era::Taisho, 1, 7, 30), "大正元年7月30日"),
            ((Era::Taisho, 15, 12, 25), "昭和元年12月25日"),
            ((Era::Showa, 1, 12, 25), "昭和元年12月25日"),
        ] {
            assert_eq!(EraDate::new(era, year, month, dom).unwrap().to_string(), later);
        }
    }

    #[test]
    fn days_outside_the_era_come_with_the_right_answer() {
        for ((era, year, month, dom), right) in [
            ((Era::Showa, 64, 1, 8), "平成元年1月8日"),
            ((Era::Showa, 65, 3, 4), "平成2年3月4日"),
            ((Era::Heisei, 31, 5, 1), "令和元年5月1日"),
            ((Era::Heisei, 32, 11, 20), "令和2年11月20日"),
            ((Era::Heisei, 1, 1, 7), "昭和64年1月7日"),
            ((Era::Reiwa, 1, 4, 30), "平成31年4月30日"),
            ((Era::Taisho, 1, 7, 29), "明治45年7月29日"),
            ((Era::Meiji, 45, 7, 31), "大正元年7月31日"),
        ] {
            let problem = EraDate::new(era, year, month, dom).unwrap_err();
            let EraProblem::OutsideEra { suggestion } = problem else { panic!("{problem:?}") };
            assert_eq!(EraDate::from_date(*suggestion.expose()).unwrap().to_string(), right);
        }
    }

    #[test]
    fn impossible_days_are_refused() {
        let suggested = |era, year, month, dom| match EraDate::new(era, year, month, dom) {
            Err(EraProblem::NoSuchDay { suggestion }) => suggestion.map(|s| s.expose().to_string()),
            other => panic!("{other:?}"),
        };
        assert_eq!(suggested(Era::Reiwa, 8, 2, 30).as_deref(), Some("2026-02-28"));
        assert_eq!(suggested(Era::Reiwa, 10, 2, 31).as_deref(), Some("2028-02-29"));
        assert_eq!(suggested(Era::Reiwa, 8, 13, 1), None);
        assert_eq!(suggested(Era::Reiwa, 8, 1, 0), None);
        assert_eq!(suggested(Era::Reiwa, 0, 1, 1), None);
        for (era, year) in [(Era::Reiwa, 83), (Era::Meiji, u32::MAX), (Era::Reiwa, i32::MAX as u32)] {
            assert_eq!(EraDate::new(era, year, 1, 1), Err(EraProblem::OutOfCalendar));
        }
        assert_eq!(EraDate::new(Era::Meiji, 1, 1, 24), Err(EraProblem::OutOfCalendar));
    }

    #[test]
    fn every_day_makes_the_round_trip() {
        let mut date = Era::Meiji.first_day();
        while date <= Era::Reiwa.last_day() {
            let named = EraDate::from_date(date).unwrap();
            assert_eq!(named.to_date(), date);
            assert_eq!(EraDate::new(named.era(), named.year(), named.month(), named.day()), Ok(named));
            date = date.succ_opt().unwrap();
        }
    }

    #[test]
    fn a_problem_prints_no_date() {
        let printed = format!("{:?}", EraDate::new(Era::Showa, 64, 1, 8).unwrap_err());
        assert_eq!(printed, "OutsideEra { suggestion: [personal] }");
    }

    proptest! {
        #[test]
        fn no_numbers_panic(index in 0_usize..5, year: u32, month: u32, day: u32) {
            let _ = EraDate::new(Era::ALL[index], year, month, day);
            if let Ok(date) = EraDate::new(Era::ALL[index], year % 120, month % 14, day % 33) {
                prop_assert!(date.to_date() >= date.era().first_day());
                prop_assert!(date.to_date() <= date.era().last_day());
            }
        }
    }
}
