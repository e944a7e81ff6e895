//! The dates that clerks type: `14`, `714`, `080714`, `3500304`, `S50.3.4`, `昭和50年3月4日`, `1975-03-04`, `t`.
use chrono::{Datelike, Days, Months, NaiveDate};

use super::era::{Era, EraDate, EraProblem, last_day_of_month};
use super::width::fold_ascii_char;
use crate::domain::sensitive::Personal;

/// Digits of `YYMMDD` in one era.
const ERA_YEAR_DIGITS: usize = 6;
/// Digits of an era code and `YYMMDD`.
const ERA_CODE_DIGITS: usize = 7;
/// Digits of `YYYYMMDD`.
const GREGORIAN_DIGITS: usize = 8;
/// Eras whose seven digits cannot be the beginning of a Gregorian date: no year begins with 3, 4 or 5.
const UNAMBIGUOUS_ERA_DIGITS: [char; 3] = ['3', '4', '5'];

/// What an incomplete date stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// Something that happened lately: `14` is the last 14th, two-digit years are of the current era.
    Recent,
    /// Something planned that may be written down late: `14` is the 14th nearest to today.
    Near,
    /// A birth date: always in full, with era or four-digit year, because a guess would be off by a lifetime.
    Birth,
}

/// What a field knows about the date to be typed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateContext {
    pub today: NaiveDate,
    pub style: DateStyle,
    pub latest: Option<NaiveDate>,
    /// The date in the field above, which `=` repeats.
    pub above: Option<NaiveDate>,
}

impl DateContext {
    /// A recent event, today at the latest.
    pub const fn recent(today: NaiveDate) -> Self {
        Self { today, style: DateStyle::Recent, latest: Some(today), above: None }
    }
    /// A plan, or what became of it.
    pub const fn near(today: NaiveDate) -> Self {
        Self { today, style: DateStyle::Near, latest: None, above: None }
    }
    /// A birth date, today at the latest.
    pub const fn birth(today: NaiveDate) -> Self {
        Self { today, style: DateStyle::Birth, latest: Some(today), above: None }
    }
}

/// Why what was typed is not a date for this field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateProblem {
    Empty,
    /// None of the forms a date can be typed in.
    Unreadable,
    /// A year or a month without the rest.
    Incomplete,
    /// A day without a year, where the year cannot be guessed.
    YearNeeded,
    /// A two-digit year without an era, where the era cannot be guessed.
    EraNeeded,
    /// `=` with no date above.
    NothingAbove,
    /// 30 February, month 13, year 0; with the last day of that month where the month exists.
    NoSuchDay {
        suggestion: Option<Personal<NaiveDate>>,
    },
    /// A day after the end or before the beginning of its era; with the day that was probably meant.
    OutsideEra {
        suggestion: Option<Personal<NaiveDate>>,
    },
    /// Before 1868-01-25 or after 2100.
    OutOfCalendar,
    /// After today, in a field for what has happened.
    Future,
}

impl DateProblem {
    /// The date to offer instead. It never leaves the bounds of the field.
    pub fn suggestion(&self) -> Option<NaiveDate> {
        match self {
            Self::NoSuchDay { suggestion } | Self::OutsideEra { suggestion } => {
                suggestion.as_ref().map(|date| *date.expose())
            }
            _ => None,
        }
    }
}

impl From<EraProblem> for DateProblem {
    fn from(problem: EraProblem) -> Self {
        match problem {
            EraProblem::NoSuchDay { suggestion } => Self::NoSuchDay { suggestion },
            EraProblem::OutsideEra { suggestion } => Self::OutsideEra { suggestion: Some(suggestion) },
            EraProblem::OutOfCalendar => Self::OutOfCalendar,
        }
    }
}

/// Reads a date in any of the forms above, full-width or not.
pub fn parse_date(text: &str, context: &DateContext) -> Result<NaiveDate, DateProblem> {
    let typed: Vec<char> = fold(text);
    let date = match typed.as_slice() {
        [] => return Err(DateProblem::Empty),
        ['T'] => context.today,
        ['Y'] => context.today.checked_sub_days(Days::new(1)).ok_or(DateProblem::OutOfCalendar)?,
        ['='] => context.above.ok_or(DateProblem::NothingAbove)?,
        written => Written::read(written)
            .and_then(|written| written.resolve(context))
            .map_err(|problem| drop_wild_suggestion(problem, context))?,
    };
    match bounds_problem(date, context) {
        Some(problem) => Err(problem),
        None => Ok(date),
    }
}

/// Whether nothing more can follow, so that the caret may move on by itself.
///
/// True for seven digits that begin with era 3, 4 or 5. Those that begin with 1 or 2 may still become a Gregorian
/// year and wait for Enter.
pub fn completes(text: &str) -> bool {
    let typed = fold(text);
    typed.len() == ERA_CODE_DIGITS
        && typed.iter().all(char::is_ascii_digit)
        && typed.first().is_some_and(|first| UNAMBIGUOUS_ERA_DIGITS.contains(first))
}

/// Plain upper-case ASCII without the spaces around it.
fn fold(text: &str) -> Vec<char> {
    let folded: String = text.chars().map(|c| fold_ascii_char(c).to_ascii_uppercase()).collect();
    folded.trim().chars().collect()
}

fn bounds_problem(date: NaiveDate, context: &DateContext) -> Option<DateProblem> {
    if EraDate::from_date(date).is_none() {
        return Some(DateProblem::OutOfCalendar);
    }
    context.latest.is_some_and(|latest| date > latest).then_some(DateProblem::Future)
}

/// An answer that the field would refuse is no help.
fn drop_wild_suggestion(problem: DateProblem, context: &DateContext) -> DateProblem {
    let fits = problem.suggestion().is_some_and(|date| bounds_problem(date, context).is_none());
    match problem {
        DateProblem::NoSuchDay { .. } if !fits => DateProblem::NoSuchDay { suggestion: None },
        DateProblem::OutsideEra { .. } if !fits => DateProblem::OutsideEra { suggestion: None },
        other => other,
    }
}

/// A number and how many digits it was written with.
#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
}

/// What follows a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    End,
    Separator,
    Year,
    Month,
    Day,
}

/// A date as written, before the context says what is missing.
enum Written {
    Day(u32),
    MonthDay { month: u32, day: u32 },
    OfCurrentEra { year: u32, month: u32, day: u32 },
    OfEra { era: Era, year: u32, month: u32, day: u32 },
    Gregorian { year: u32, month: u32, day: u32 },
}

impl Written {
    fn read(typed: &[char]) -> Result<Self, DateProblem> {
        let (era, rest) = read_era(typed);
        let parts = read_parts(rest, era)?;
        let (first, mark) = *parts.first().ok_or(DateProblem::Unreadable)?;
        match (era, parts.as_slice()) {
            (era, [_, (month, after_month), (day, after_day)])
                if matches!(mark, Mark::Separator | Mark::Year)
                    && matches!(after_month, Mark::Separator | Mark::Month)
                    && matches!(after_day, Mark::End | Mark::Day) =>
            {
                Self::with_year(era, first, month.value, day.value)
            }
            (None, [_, (day, Mark::End | Mark::Day)]) if matches!(mark, Mark::Separator | Mark::Month) => {
                Ok(Self::MonthDay { month: first.value, day: day.value })
            }
            (None, [_]) if mark == Mark::Day => Ok(Self::Day(first.value)),
            (era, [_]) if mark == Mark::End => Self::from_digits(era, first),
            (Some(_), [_] | [_, _]) => Err(DateProblem::Incomplete),
            (None, [(_, Mark::Year | Mark::Month)] | [(_, Mark::Year), (_, Mark::Month)]) => {
                Err(DateProblem::Incomplete)
            }
            _ => Err(DateProblem::Unreadable),
        }
    }

    fn with_year(era: Option<Era>, year: Number, month: u32, day: u32) -> Result<Self, DateProblem> {
        match (era, year.digits) {
            (Some(era), _) => Ok(Self::OfEra { era, year: year.value, month, day }),
            (None, 4) => Ok(Self::Gregorian { year: year.value, month, day }),
            (None, 1 | 2) => Ok(Self::OfCurrentEra { year: year.value, month, day }),
            _ => Err(DateProblem::Unreadable),
        }
    }

    fn from_digits(era: Option<Era>, number: Number) -> Result<Self, DateProblem> {
        let value = number.value;
        let (high, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        match (era, number.digits) {
            (None, 1 | 2) => Ok(Self::Day(day)),
            (None, 3 | 4) => Ok(Self::MonthDay { month, day }),
            (None, ERA_YEAR_DIGITS) => Ok(Self::OfCurrentEra { year: high, month, day }),
            (Some(era), ERA_YEAR_DIGITS) => Ok(Self::OfEra { era, year: high, month, day }),
            (None, ERA_CODE_DIGITS) => match Era::from_digit(high / 100) {
                Some(era) => Ok(Self::OfEra { era, year: high % 100, month, day }),
                None => Err(DateProblem::Unreadable),
            },
            (None, GREGORIAN_DIGITS) => Ok(Self::Gregorian { year: high, month, day }),
            (Some(_), 1 | 2) => Err(DateProblem::Incomplete),
            _ => Err(DateProblem::Unreadable),
        }
    }

    fn resolve(self, context: &DateContext) -> Result<NaiveDate, DateProblem> {
        match (self, context.style) {
            (Self::Day(_) | Self::MonthDay { .. }, DateStyle::Birth) => Err(DateProblem::YearNeeded),
            (Self::OfCurrentEra { .. }, DateStyle::Birth) => Err(DateProblem::EraNeeded),
            (Self::Day(day), style) => nearest_day(day, context.today, style),
            (Self::MonthDay { month, day }, style) => nearest_month_day(month, day, context.today, style),
            (Self::OfCurrentEra { year, month, day }, _) => {
                let era = EraDate::from_date(context.today).ok_or(DateProblem::OutOfCalendar)?.era();
                Ok(EraDate::new(era, year, month, day)?.to_date())
            }
            (Self::OfEra { era, year, month, day }, _) => Ok(EraDate::new(era, year, month, day)?.to_date()),
            (Self::Gregorian { year, month, day }, _) => {
                let years = Era::Meiji.first_day().year()..=Era::Reiwa.last_day().year();
                let year = i32::try_from(year).ok().filter(|year| years.contains(year));
                existing(year.ok_or(DateProblem::OutOfCalendar)?, month, day)
            }
        }
    }
}

/// Takes an era off the front: its letter, its name, the first kanji of its name, or the squared character.
fn read_era(typed: &[char]) -> (Option<Era>, &[char]) {
    let Some((first, rest)) = typed.split_first() else { return (None, typed) };
    let squared = match first {
        '\u{337E}' => Some(Era::Meiji),
        '\u{337D}' => Some(Era::Taisho),
        '\u{337C}' => Some(Era::Showa),
        '\u{337B}' => Some(Era::Heisei),
        '\u{32FF}' => Some(Era::Reiwa),
        _ => None,
    };
    if let Some(era) = squared.or_else(|| Era::from_letter(*first)) {
        return (Some(era), rest);
    }
    for era in Era::ALL {
        let mut kanji = era.kanji().chars();
        if kanji.next() == Some(*first) {
            let rest = match rest.split_first() {
                Some((second, rest)) if kanji.next() == Some(*second) => rest,
                _ => rest,
            };
            return (Some(era), rest);
        }
    }
    (None, typed)
}

/// Numbers and what follows each; at most three.
fn read_parts(typed: &[char], era: Option<Era>) -> Result<Vec<(Number, Mark)>, DateProblem> {
    let mut parts = Vec::with_capacity(3);
    let mut rest = typed;
    while !skip_spaces(rest).is_empty() {
        if parts.len() == 3 {
            return Err(DateProblem::Unreadable);
        }
        let (number, after_number) = read_number(skip_spaces(rest), parts.is_empty() && era.is_some())?;
        let after_spaces = skip_spaces(after_number);
        let (mark, after_mark) = match after_spaces.split_first() {
            None => (Mark::End, after_spaces),
            Some(('年', after)) => (Mark::Year, after),
            Some(('月', after)) => (Mark::Month, after),
            Some(('日', after)) => (Mark::Day, after),
            Some(('.' | '/' | '-' | ',', after)) => (Mark::Separator, after),
            Some(_) if after_spaces.len() < after_number.len() => (Mark::Separator, after_spaces),
            Some(_) => return Err(DateProblem::Unreadable),
        };
        parts.push((number, mark));
        rest = after_mark;
    }
    Ok(parts)
}

fn read_number(typed: &[char], first_year_kanji: bool) -> Result<(Number, &[char]), DateProblem> {
    if first_year_kanji && let Some(('元' | '一', rest)) = typed.split_first() {
        return Ok((Number { value: 1, digits: 1 }, rest));
    }
    let digits = typed.iter().take_while(|c| c.is_ascii_digit()).count();
    if digits == 0 || digits > GREGORIAN_DIGITS {
        return Err(DateProblem::Unreadable);
    }
    let (number, rest) = typed.split_at(digits);
    // Eight digits stay below 10^8, well inside a u32.
    let value = number.iter().filter_map(|c| c.to_digit(10)).fold(0, |value, digit| value * 10 + digit);
    Ok((Number { value, digits }, rest))
}

fn skip_spaces(typed: &[char]) -> &[char] {
    let spaces = typed.iter().take_while(|c| c.is_whitespace()).count();
    typed.split_at(spaces).1
}

/// The last or the nearest day of this number, today included; months that are too short are passed over.
fn nearest_day(day: u32, today: NaiveDate, style: DateStyle) -> Result<NaiveDate, DateProblem> {
    let this_month = today.with_day(1).ok_or(DateProblem::OutOfCalendar)?;
    // Two months in a row always include one of 31 days.
    let months = || (0..=2).map(Months::new);
    let in_month = |month: Option<NaiveDate>| month.and_then(|month| month.with_day(day));
    let before = months().filter_map(|count| in_month(this_month.checked_sub_months(count)));
    let after = months().filter_map(|count| in_month(this_month.checked_add_months(count)));
    choose(before.chain(after), today, style).ok_or(DateProblem::NoSuchDay { suggestion: None })
}

/// The day of this year, or of one beside it when that fits better.
fn nearest_month_day(
    month: u32,
    day: u32,
    today: NaiveDate,
    style: DateStyle,
) -> Result<NaiveDate, DateProblem> {
    // A day that a year lacks is weighed as the end of its month, and refused in the year that was meant.
    let weighed = [-1, 0, 1].into_iter().filter_map(|shift| {
        let date = existing(today.year().saturating_add(shift), month, day);
        date.map_or_else(|problem| problem.suggestion(), Some)
    });
    let year = choose(weighed, today, style).map_or(today.year(), |date| date.year());
    existing(year, month, day)
}

/// Of what may be meant, the latest that has been, or the nearest; a day to come wins over one as far back.
fn choose(dates: impl Iterator<Item = NaiveDate>, today: NaiveDate, style: DateStyle) -> Option<NaiveDate> {
    let days_off = |date: &NaiveDate| (*date - today).num_days();
    match style {
        DateStyle::Near => dates.min_by_key(|date| (days_off(date).abs(), days_off(date) < 0)),
        DateStyle::Recent | DateStyle::Birth => dates.filter(|date| days_off(date) <= 0).max(),
    }
}

fn existing(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateProblem> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| DateProblem::NoSuchDay {
        suggestion: last_day_of_month(year, month).filter(|_| day > 0).map(Personal::new),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-07-14")
    }

    /// The same text as an IME in full-width mode would make it.
    fn full_width(text: &str) -> String {
        text.chars()
            .map(|c| match c {
                ' ' => '\u{3000}',
                '-' => 'ー',
                '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
                _ => c,
            })
            .collect()
    }

    fn check(context: &DateContext, rows: &[(&str, &str)]) {
        for (typed, date) in rows {
            assert_eq!(parse_date(typed, context), Ok(day(date)), "{typed}");
            assert_eq!(parse_date(&full_width(typed), context), Ok(day(date)), "{typed} full-width");
        }
    }

    #[test]
    fn recent_dates() {
        check(
            &DateContext::recent(today()),
            &[
                ("14", "2026-07-14"),
                ("15", "2026-06-15"),
                ("31", "2026-05-31"),
                ("6", "2026-07-06"),
                ("06", "2026-07-06"),
                ("6日", "2026-07-06"),
                ("714", "2026-07-14"),
                ("0714", "2026-07-14"),
                ("715", "2025-07-15"),
                ("1231", "2025-12-31"),
                ("7/14", "2026-07-14"),
                ("7.9", "2026-07-09"),
                ("7月9日", "2026-07-09"),
                ("7 9", "2026-07-09"),
                ("080714", "2026-07-14"),
                ("8.7.14", "2026-07-14"),
                ("8/7/14", "2026-07-14"),
                ("R8.7.14", "2026-07-14"),
                ("r080714", "2026-07-14"),
                ("5080714", "2026-07-14"),
                ("20260714", "2026-07-14"),
                ("t", "2026-07-14"),
                ("T", "2026-07-14"),
                ("y", "2026-07-13"),
                (" 14 ", "2026-07-14"),
            ],
        );
    }

    #[test]
    fn near_dates() {
        check(
            &DateContext::near(today()),
            &[
                ("14", "2026-07-14"),
                ("21", "2026-07-21"),
                ("13", "2026-07-13"),
                ("30", "2026-06-30"),
                ("29", "2026-07-29"),
                ("714", "2026-07-14"),
                ("713", "2026-07-13"),
                ("112", "2027-01-12"),
                ("113", "2026-01-13"),
                ("1231", "2026-12-31"),
                ("080801", "2026-08-01"),
            ],
        );
        let new_year = DateContext::near(day("2027-01-05"));
        check(&new_year, &[("1228", "2026-12-28"), ("28", "2026-12-28"), ("20", "2027-01-20")]);
    }

    #[test]
    fn a_day_that_only_leap_years_have_is_refused_in_the_year_that_was_meant() {
        for (today, context) in [
            ("2026-02-20", DateContext::near as fn(NaiveDate) -> DateContext),
            ("2026-02-28", DateContext::recent),
        ] {
            let suggestion = Some(Personal::new(day("2026-02-28")));
            assert_eq!(parse_date("229", &context(day(today))), Err(DateProblem::NoSuchDay { suggestion }));
        }
        check(&DateContext::near(day("2028-02-20")), &[("229", "2028-02-29")]);
    }

    #[test]
    fn birth_dates() {
        check(
            &DateContext::birth(today()),
            &[
                ("3500304", "1975-03-04"),
                ("S50.3.4", "1975-03-04"),
                ("s50/3/4", "1975-03-04"),
                ("S500304", "1975-03-04"),
                ("s50-3-4", "1975-03-04"),
                ("S 50 3 4", "1975-03-04"),
                ("昭和50年3月4日", "1975-03-04"),
                ("昭和50年 3月 4日", "1975-03-04"),
                ("昭和 50 年 3 月 4 日", "1975-03-04"),
                ("昭50.3.4", "1975-03-04"),
                ("\u{337C}50年3月4日", "1975-03-04"),
                ("19750304", "1975-03-04"),
                ("1975-03-04", "1975-03-04"),
                ("1975/3/4", "1975-03-04"),
                ("1975.3.4", "1975-03-04"),
                ("1975年3月4日", "1975-03-04"),
                ("令和元年5月1日", "2019-05-01"),
                ("平成元.1.8", "1989-01-08"),
                ("令和一年5月1日", "2019-05-01"),
                ("R01.05.01", "2019-05-01"),
                ("1450730", "1912-07-30"),
                ("2010730", "1912-07-30"),
                ("m45.7.30", "1912-07-30"),
                ("T15.12.25", "1926-12-25"),
                ("t1.7.30", "1912-07-30"),
                ("t", "2026-07-14"),
            ],
        );
        assert_eq!(parse_date("Ｓ５０。３。４", &DateContext::birth(today())), Ok(day("1975-03-04")));
        assert_eq!(parse_date("Ｓ５０・３・４", &DateContext::birth(today())), Ok(day("1975-03-04")));
    }

    #[test]
    fn a_birth_date_is_never_guessed() {
        let context = DateContext::birth(today());
        for typed in ["14", "714", "0714", "7/14", "14日"] {
            assert_eq!(parse_date(typed, &context), Err(DateProblem::YearNeeded), "{typed}");
        }
        for typed in ["080714", "8.7.14", "75/3/4"] {
            assert_eq!(parse_date(typed, &context), Err(DateProblem::EraNeeded), "{typed}");
        }
    }

    #[test]
    fn wrong_dates_come_with_the_right_one() {
        for (typed, right) in [
            ("S64.1.8", Some("1989-01-08")),
            ("昭和64年1月8日", Some("1989-01-08")),
            ("3640108", Some("1989-01-08")),
            ("H31.5.1", Some("2019-05-01")),
            ("H32.11.20", Some("2020-11-20")),
            ("20260230", Some("2026-02-28")),
            ("2026-2-30", Some("2026-02-28")),
            ("230", Some("2026-02-28")),
            ("S50.2.29", Some("1975-02-28")),
            ("S150.3.4", None),
            ("20261301", None),
            ("R8.13.1", None),
            ("R8.7.0", None),
            ("R0.7.1", None),
            ("32", None),
            ("0", None),
            ("00", None),
            ("20261131", None),
        ] {
            let problem = parse_date(typed, &DateContext::recent(today())).unwrap_err();
            assert!(
                matches!(problem, DateProblem::NoSuchDay { .. } | DateProblem::OutsideEra { .. }),
                "{typed} {problem:?}"
            );
            assert_eq!(problem.suggestion(), right.map(day), "{typed}");
        }
    }

    #[test]
    fn bounds() {
        let recent = DateContext::recent(today());
        for (typed, problem) in [
            ("R8.7.15", DateProblem::Future),
            ("20260715", DateProblem::Future),
            ("750304", DateProblem::Future),
            ("18680124", DateProblem::OutOfCalendar),
            ("21010101", DateProblem::OutOfCalendar),
            ("昭和1975年3月4日", DateProblem::OutOfCalendar),
            ("=", DateProblem::NothingAbove),
            ("", DateProblem::Empty),
            (" 　", DateProblem::Empty),
        ] {
            assert_eq!(parse_date(typed, &recent), Err(problem), "{typed}");
        }
        let above = DateContext { above: Some(day("2026-07-11")), ..recent.clone() };
        assert_eq!(parse_date("＝", &above), Ok(day("2026-07-11")));
    }

    #[test]
    fn leftovers_are_refused() {
        for typed in [
            "S50",
            "昭和50年",
            "昭和50年3月",
            "2026年",
            "2026年7月",
            "7月",
            "S50.3",
            "令8", //
        ] {
            assert_eq!(
                parse_date(typed, &DateContext::recent(today())),
                Err(DateProblem::Incomplete),
                "{typed}"
            );
        }
        for typed in [
            "12345",
            "123456789",
            "0080714",
            "6080714",
            "s50.3.4.5",
            "x",
            "S",
            "昭和",
            "1975年3日4月",
            "7//14",
            "十四",
            "14a",
            "a14",
            "-14",
            "S50.3.4x",
            "4日7月",
            "198.3.4",
            "S5003041",
            "99999999999999999999",
        ] {
            assert_eq!(
                parse_date(typed, &DateContext::recent(today())),
                Err(DateProblem::Unreadable),
                "{typed}"
            );
        }
    }

    #[test]
    fn only_unmistakable_digits_are_complete() {
        for typed in ["3500304", "4010108", "5080714", "３５００３０４"] {
            assert!(completes(typed), "{typed}");
        }
        for typed in ["350030", "35003041", "1450730", "2010730", "6010101", "S500304", "", "350030a"] {
            assert!(!completes(typed), "{typed}");
        }
    }

    #[test]
    fn a_problem_prints_no_date() {
        let printed = format!("{:?}", parse_date("S64.1.8", &DateContext::birth(today())).unwrap_err());
        assert!(!printed.contains("1989") && printed.contains("[personal]"), "{printed}");
    }

    /// A field that takes every day of the calendar.
    fn anything() -> DateContext {
        DateContext { latest: None, ..DateContext::birth(today()) }
    }

    fn calendar() -> impl Iterator<Item = NaiveDate> {
        Era::Meiji.first_day().iter_days().take_while(|date| *date <= Era::Reiwa.last_day())
    }

    /// Every way to write this day in this era.
    fn of_era(era: Era, date: NaiveDate) -> Vec<String> {
        let (year, month, day) = (date.year() - era.first_day().year() + 1, date.month(), date.day());
        let (letter, kanji) = (era.letter(), era.kanji());
        let first = era.kanji().chars().next().unwrap();
        let mut ways = vec![
            format!("{kanji}{year}年{month}月{day}日"),
            format!("{kanji}{year:>2}年{month:>2}月{day:>2}日"),
            format!("{first}{year}.{month}.{day}"),
            format!("{letter}{year}.{month}.{day}"),
            format!("{letter}{year}/{month}/{day}"),
            format!("{letter}{year:02}-{month:02}-{day:02}"),
            format!("{}{year} {month} {day}", letter.to_ascii_lowercase()),
            format!("{letter}{year:02}{month:02}{day:02}"),
            format!("{}{year:02}{month:02}{day:02}", era.digit()),
        ];
        if year == 1 {
            ways.extend(["元", "一"].map(|year| format!("{kanji}{year}年{month}月{day}日")));
            ways.push(format!("{first}元.{month}.{day}"));
        }
        ways
    }

    #[test]
    fn every_day_is_read_in_every_spelling() {
        for date in calendar() {
            let named = EraDate::from_date(date).unwrap();
            let mut ways = of_era(named.era(), date);
            ways.extend([named.to_string(), named.padded(), named.compact(), named.claims_digits()]);
            ways.extend(
                ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%-m.%-d", "%Y年%-m月%-d日"]
                    .map(|way| date.format(way).to_string()),
            );
            for way in ways {
                assert_eq!(parse_date(&way, &anything()), Ok(date), "{way}");
                // The width of the letters is another matter: one day of each month is enough.
                if date.day() == 31 || date.day() == 4 {
                    assert_eq!(parse_date(&full_width(&way), &anything()), Ok(date), "{way} full-width");
                }
            }
        }
    }

    #[test]
    fn a_shared_day_is_read_under_both_names() {
        for (date, eras) in
            [("1912-07-30", [Era::Meiji, Era::Taisho]), ("1926-12-25", [Era::Taisho, Era::Showa])]
        {
            for way in eras.into_iter().flat_map(|era| of_era(era, day(date))) {
                assert_eq!(parse_date(&way, &anything()), Ok(day(date)), "{way}");
                assert_eq!(parse_date(&full_width(&way), &anything()), Ok(day(date)), "{way}");
            }
        }
    }

    /// 昭和65年 and 平成元年1月7日: whatever two digits of a year can say in the wrong era.
    #[test]
    fn every_day_outside_its_era_comes_with_the_right_one() {
        let mut tried = 0;
        for date in calendar() {
            for era in Era::ALL.into_iter().filter(|era| !(era.first_day()..=era.last_day()).contains(&date))
            {
                if !(1..=99).contains(&(date.year() - era.first_day().year() + 1)) {
                    continue;
                }
                let way = of_era(era, date).swap_remove(3);
                let problem = parse_date(&way, &anything()).unwrap_err();
                assert!(matches!(problem, DateProblem::OutsideEra { .. }), "{way} {problem:?}");
                assert_eq!(problem.suggestion(), Some(date), "{way}");
                tried += 1;
            }
        }
        assert!(tried > 80_000, "{tried}");
    }

    #[test]
    fn every_impossible_day_comes_with_the_last_of_its_month() {
        for last in calendar().filter(|date| date.succ_opt().unwrap().day() == 1) {
            let era = EraDate::from_date(last).unwrap().era();
            let year = last.year() - era.first_day().year() + 1;
            for day in last.day() + 1..=99 {
                let month = last.month();
                let ways = [
                    format!("{}.{month}.{day}", last.year()),
                    format!("{}{month:02}{day}", last.year()),
                    format!("{}{year}.{month}.{day}", era.letter()),
                    format!("{}{year:02}{month:02}{day}", era.digit()),
                ];
                for way in ways {
                    let problem = parse_date(&way, &anything()).unwrap_err();
                    assert!(matches!(problem, DateProblem::NoSuchDay { .. }), "{way} {problem:?}");
                    assert_eq!(problem.suggestion(), Some(last), "{way}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*", notes in "[0-9０-９MTSHRmtshr元年月日昭令和平成./ー -]{0,14}") {
            for context in
                [DateContext::recent(today()), DateContext::birth(today()), DateContext::near(today())]
            {
                for typed in [&text, &notes] {
                    if let Ok(date) = parse_date(typed, &context) {
                        prop_assert_eq!(bounds_problem(date, &context), None);
                    }
                }
            }
            completes(&text);
        }

        #[test]
        fn extreme_days_do_not_panic(text in "[0-9]{1,8}|[ty]") {
            for today in [NaiveDate::MIN, NaiveDate::MAX] {
                for style in [DateStyle::Recent, DateStyle::Near, DateStyle::Birth] {
                    let context = DateContext { style, latest: None, ..DateContext::recent(today) };
                    let _ = parse_date(&text, &context);
                }
            }
        }
    }
}
