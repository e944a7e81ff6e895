//! The number of a case (症例番号): year and reception number with a check digit, `26-00231-1`.
//!
//! It is read aloud on the telephone and copied by hand: a slip has to be noticed before somebody else's case is opened.
use std::fmt;

use super::check_digit::luhn_check_digit;

/// Year and reception number of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseNumber {
    pub year: i32,
    pub number: u32,
}

/// Why a text is no case number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseNumberProblem {
    /// Other than eight digits with lines between them.
    Malformed,
    /// The last digit does not fit: one of the others is wrong.
    CheckDigit,
}

/// The program is used in one century; reception numbers begin at 1 every year.
const CENTURY: i32 = 2000;
const NUMBER_DIGITS: u32 = 5;
const DIGITS: usize = 8;

impl CaseNumber {
    /// Reads `26-00231-1` and `26002311`; the caller has folded full-width digits.
    pub fn parse(text: &str) -> Result<Self, CaseNumberProblem> {
        let digits: Vec<u8> = text
            .trim()
            .chars()
            .filter(|c| *c != '-')
            .map(|c| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()
            .ok_or(CaseNumberProblem::Malformed)?;
        let (check, body) = digits.split_last().ok_or(CaseNumberProblem::Malformed)?;
        if digits.len() != DIGITS {
            return Err(CaseNumberProblem::Malformed);
        }
        if luhn_check_digit(body) != *check {
            return Err(CaseNumberProblem::CheckDigit);
        }
        let value = body.iter().fold(0_u32, |value, digit| value * 10 + u32::from(*digit));
        let unit = 10_u32.pow(NUMBER_DIGITS);
        let year = i32::try_from(value / unit).map_err(|_| CaseNumberProblem::Malformed)?;
        Ok(Self { year: CENTURY + year, number: value % unit })
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = format!("{:02}{:05}", self.year.rem_euclid(100), self.number);
        let digits: Vec<u8> = body.bytes().map(|byte| byte - b'0').collect();
        let (year, number) = body.split_at(2);
        write!(f, "{year}-{number}-{}", luhn_check_digit(&digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn examples() {
        let case = CaseNumber { year: 2026, number: 231 };
        assert_eq!(case.to_string(), "26-00231-1");
        for text in ["26-00231-1", "26002311", " 26-00231-1 "] {
            assert_eq!(CaseNumber::parse(text), Ok(case), "{text}");
        }
        for text in ["", "2600231", "260023119", "26-0023x-1", "二六"] {
            assert_eq!(CaseNumber::parse(text), Err(CaseNumberProblem::Malformed), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again(year in 2000..2100_i32, number in 1..100_000_u32) {
            let case = CaseNumber { year, number };
            prop_assert_eq!(CaseNumber::parse(&case.to_string()), Ok(case));
        }

        #[test]
        fn one_wrong_digit_is_noticed(number in 1..100_000_u32, at in 0..8_usize, slip in 1..10_u8) {
            let text = CaseNumber { year: 2026, number }.to_string().replace('-', "");
            let wrong: String = text
                .bytes()
                .enumerate()
                .map(|(place, byte)| if place == at { (byte - b'0' + slip) % 10 + b'0' } else { byte })
                .map(char::from)
                .collect();
            prop_assert_eq!(CaseNumber::parse(&wrong), Err(CaseNumberProblem::CheckDigit));
        }
    }
}
