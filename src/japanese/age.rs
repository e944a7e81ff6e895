//! Ages under the Age Calculation Act (年齢計算ニ関スル法律) and article 143 of the Civil Code.
//!
//! A year of age is complete at the end of the day *before* the birthday. A form asks for 満年齢, which changes on
//! the birthday; limits in law speak of the day on which an age is reached (達する日), which is the day before.
use chrono::{Datelike, Months, NaiveDate};

use super::era::last_day_of_month;

const MONTHS_PER_YEAR: u32 = 12;

/// An age as notification forms want it: in months (月齢) during the first year of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Months(u32),
    Years(u32),
}

impl Age {
    /// `None` when `date` is before the birth.
    pub fn on(birth: NaiveDate, date: NaiveDate) -> Option<Self> {
        match months_on(birth, date) {
            Some(months) => Some(Self::Months(months)),
            None => age_on(birth, date).map(Self::Years),
        }
    }
}

/// Completed years (満年齢) on `date`; `None` when that is before the birth.
///
/// Somebody born on 29 February turns a year older on 1 March in common years.
pub fn age_on(birth: NaiveDate, date: NaiveDate) -> Option<u32> {
    completed_months(birth, date).map(|months| months / MONTHS_PER_YEAR)
}

/// Completed months (月齢) on `date`, during the first year of life only.
///
/// A month is complete on the day of the same number, or on the first of the following month where there is none.
pub fn months_on(birth: NaiveDate, date: NaiveDate) -> Option<u32> {
    completed_months(birth, date).filter(|months| *months < MONTHS_PER_YEAR)
}

/// The day on which somebody reaches an age in the sense of the law (達する日): the day before the birthday,
/// 28 February for those born on the 29th. `None` for years beyond the calendar.
pub fn reaches_age_on(birth: NaiveDate, age: u32) -> Option<NaiveDate> {
    if age == 0 {
        return Some(birth);
    }
    let month_of_birthday =
        birth.with_day(1)?.checked_add_months(Months::new(age.checked_mul(MONTHS_PER_YEAR)?))?;
    match month_of_birthday.with_day(birth.day()) {
        Some(birthday) => birthday.pred_opt(),
        None => last_day_of_month(month_of_birthday.year(), month_of_birthday.month()),
    }
}

fn completed_months(birth: NaiveDate, date: NaiveDate) -> Option<u32> {
    if date < birth {
        return None;
    }
    let year_months = (date.year() - birth.year()).checked_mul(MONTHS_PER_YEAR.cast_signed())?;
    let months = year_months + date.month().cast_signed() - birth.month().cast_signed();
    let unfinished = i32::from(date.day() < birth.day());
    u32::try_from(months - unfinished).ok()
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn years() {
        for (birth, date, age) in [
            ("1975-03-04", "2026-07-14", Some(51)),
            ("1975-03-04", "2026-03-03", Some(50)),
            ("1975-03-04", "2026-03-04", Some(51)),
            ("2000-02-29", "2001-02-28", Some(0)),
            ("2000-02-29", "2001-03-01", Some(1)),
            ("2000-02-29", "2004-02-28", Some(3)),
            ("2000-02-29", "2004-02-29", Some(4)),
            ("2026-07-14", "2026-07-14", Some(0)),
            ("2026-07-15", "2026-07-14", None),
        ] {
            assert_eq!(age_on(day(birth), day(date)), age, "{birth} {date}");
        }
    }

    #[test]
    fn months() {
        for (birth, date, months) in [
            ("2026-06-14", "2026-07-13", Some(0)),
            ("2026-06-14", "2026-07-14", Some(1)),
            ("2026-01-31", "2026-02-28", Some(0)),
            ("2026-01-31", "2026-03-01", Some(1)),
            ("2026-01-31", "2026-03-30", Some(1)),
            ("2026-01-31", "2026-03-31", Some(2)),
            ("2025-07-15", "2026-07-14", Some(11)),
            ("2025-07-14", "2026-07-14", None),
            ("2026-07-15", "2026-07-14", None),
        ] {
            assert_eq!(months_on(day(birth), day(date)), months, "{birth} {date}");
        }
        assert_eq!(Age::on(day("2025-07-15"), day("2026-07-14")), Some(Age::Months(11)));
        assert_eq!(Age::on(day("2025-07-14"), day("2026-07-14")), Some(Age::Years(1)));
        assert_eq!(Age::on(day("2026-07-15"), day("2026-07-14")), None);
    }

    #[test]
    fn ages_are_reached_the_day_before() {
        for (birth, age, reached) in [
            ("2008-04-02", 18, "2026-04-01"),
            ("2008-04-01", 18, "2026-03-31"),
            ("2008-02-29", 18, "2026-02-28"),
            ("2008-02-29", 20, "2028-02-28"),
            ("2008-03-01", 18, "2026-02-28"),
            ("2008-01-01", 18, "2025-12-31"),
            ("2008-01-01", 0, "2008-01-01"),
        ] {
            assert_eq!(reaches_age_on(day(birth), age), Some(day(reached)), "{birth} {age}");
        }
        assert_eq!(reaches_age_on(day("2008-01-01"), u32::MAX), None);
    }

    proptest! {
        #[test]
        fn the_form_changes_on_the_day_after_the_law(offset in 0_u64..80_000, age in 1_u32..120) {
            let birth = day("1868-01-25") + Days::new(offset);
            let reached = reaches_age_on(birth, age).unwrap();
            prop_assert_eq!(age_on(birth, reached), Some(age - 1));
            prop_assert_eq!(age_on(birth, reached + Days::new(1)), Some(age));
        }

        #[test]
        fn age_never_falls(offset in 0_u64..80_000, later in 0_u64..40_000) {
            let birth = day("1868-01-25") + Days::new(offset);
            let date = birth + Days::new(later);
            let (today, tomorrow) = (age_on(birth, date).unwrap(), age_on(birth, date + Days::new(1)).unwrap());
            prop_assert!(tomorrow == today || tomorrow == today + 1);
            prop_assert_eq!(months_on(birth, date).is_some(), today == 0);
        }

        #[test]
        fn extremes_do_not_panic(age: u32) {
            for birth in [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::default()] {
                let _ = reaches_age_on(birth, age);
                for date in [NaiveDate::MIN, NaiveDate::MAX] {
                    let _ = (age_on(birth, date), months_on(birth, date));
                }
            }
        }
    }
}
