//! Codes with a check digit: municipalities (全国地方公共団体コード) and medical institutions (医療機関コード).
use crate::domain::check_digit::luhn_check_digit;
use std::fmt;

use super::width::fold_ascii_char;

const MUNICIPALITY_DIGITS: usize = 6;
const MUNICIPALITY_WEIGHTS: [u32; 5] = [6, 5, 4, 3, 2];
const MUNICIPALITY_MODULUS: u32 = 11;
const INSTITUTION_DIGITS: usize = 10;
const PREFECTURES: std::ops::RangeInclusive<u32> = 1..=47;

/// Why a text is not the code asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    Empty,
    /// Something other than digits, lines and spaces.
    NotDigits,
    MissingDigits(usize),
    ExtraDigits(usize),
    /// The first two digits are not 01 to 47.
    NoSuchPrefecture,
    /// The third digit of an institution code is none of [`PointTable`].
    NoSuchPointTable,
    /// The last digit does not agree with the others: one was mistyped.
    CheckDigit,
}

/// A prefecture, city, ward, town or village: two digits of prefecture, three of municipality, a check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode([u8; MUNICIPALITY_DIGITS]);

impl MunicipalityCode {
    pub fn parse(text: &str) -> Result<Self, CodeProblem> {
        let digits = read_digits::<MUNICIPALITY_DIGITS>(text)?;
        let [body @ .., check] = digits;
        check_prefecture(&digits)?;
        if municipality_check_digit(body) == check { Ok(Self(digits)) } else { Err(CodeProblem::CheckDigit) }
    }

    /// Completes the five-digit form of statistics and maps, which has no check digit.
    pub fn from_five_digits(text: &str) -> Result<Self, CodeProblem> {
        let [a, b, c, d, e] = read_digits::<{ MUNICIPALITY_DIGITS - 1 }>(text)?;
        check_prefecture(&[a, b])?;
        Ok(Self([a, b, c, d, e, municipality_check_digit([a, b, c, d, e])]))
    }

    /// 1 (北海道) to 47 (沖縄県).
    pub fn prefecture(self) -> u32 {
        prefecture(&self.0)
    }
}

/// Who bills with an institution code; each kind has its table of points (点数表).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PointTable {
    Medical,
    Dental,
    Pharmacy,
    /// 6 is in use for home-visit nursing stations; secondary sources only, so it is accepted and never required.
    VisitingNurse,
}

/// A hospital, clinic or pharmacy: prefecture 2, point table 1, district 2, number 4, check digit 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstitutionCode([u8; INSTITUTION_DIGITS]);

impl InstitutionCode {
    pub fn parse(text: &str) -> Result<Self, CodeProblem> {
        let digits = read_digits::<INSTITUTION_DIGITS>(text)?;
        let [body @ .., check] = digits;
        check_prefecture(&digits)?;
        point_table(&digits).ok_or(CodeProblem::NoSuchPointTable)?;
        if luhn_check_digit(&body) == check { Ok(Self(digits)) } else { Err(CodeProblem::CheckDigit) }
    }

    /// As long as an official number and none of them. An office's own numbers are shorter.
    pub fn is_mistyped(text: &str) -> bool {
        text.len() == INSTITUTION_DIGITS && Self::parse(text).is_err()
    }

    /// With zeros before it, it is an official number: a spreadsheet took it for a quantity.
    pub fn has_lost_zeros(text: &str) -> bool {
        text.len() < INSTITUTION_DIGITS && Self::parse(&format!("{text:0>INSTITUTION_DIGITS$}")).is_ok()
    }

    /// 1 (北海道) to 47 (沖縄県).
    pub fn prefecture(self) -> u32 {
        prefecture(&self.0)
    }
    pub fn point_table(self) -> PointTable {
        point_table(&self.0).expect("parse accepts known tables only")
    }
}

/// The six digits.
impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

/// The ten digits.
impl fmt::Display for InstitutionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

fn municipality_check_digit(body: [u8; MUNICIPALITY_DIGITS - 1]) -> u8 {
    let sum: u32 =
        body.iter().zip(MUNICIPALITY_WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    last_digit(MUNICIPALITY_MODULUS - sum % MUNICIPALITY_MODULUS)
}

fn last_digit(number: u32) -> u8 {
    u8::try_from(number % 10).expect("a remainder of ten fits")
}

fn check_prefecture(digits: &[u8]) -> Result<(), CodeProblem> {
    if PREFECTURES.contains(&prefecture(digits)) { Ok(()) } else { Err(CodeProblem::NoSuchPrefecture) }
}

fn prefecture(digits: &[u8]) -> u32 {
    digits.iter().take(2).fold(0, |number, digit| number * 10 + u32::from(*digit))
}

fn point_table(digits: &[u8; INSTITUTION_DIGITS]) -> Option<PointTable> {
    match digits[2] {
        1 => Some(PointTable::Medical),
        3 => Some(PointTable::Dental),
        4 => Some(PointTable::Pharmacy),
        6 => Some(PointTable::VisitingNurse),
        _ => None,
    }
}

fn read_digits<const N: usize>(text: &str) -> Result<[u8; N], CodeProblem> {
    let mut digits = [0; N];
    let mut count = 0;
    for c in text.chars().map(fold_ascii_char) {
        match c.to_digit(10) {
            Some(digit) => {
                // Surplus digits have no place and are only counted.
                if let Some(place) = digits.get_mut(count) {
                    *place = last_digit(digit);
                }
                count += 1;
            }
            None if c == '-' || c.is_whitespace() => {}
            None => return Err(CodeProblem::NotDigits),
        }
    }
    match count {
        0 => Err(CodeProblem::Empty),
        _ if count < N => Err(CodeProblem::MissingDigits(N - count)),
        _ if count > N => Err(CodeProblem::ExtraDigits(count - N)),
        _ => Ok(digits),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn real_municipalities_pass() {
        for code in ["131105", "131041", "281000", "282171", "131016", "011002", "130001", "472018"] {
            let parsed = MunicipalityCode::parse(code).unwrap();
            assert_eq!(parsed.to_string(), code);
            let five: String = code.chars().take(5).collect();
            assert_eq!(MunicipalityCode::from_five_digits(&five), Ok(parsed));
        }
        assert_eq!(MunicipalityCode::parse("１３１０１－６").unwrap().prefecture(), 13);
    }

    #[test]
    fn worked_institution_examples_pass() {
        for (code, prefecture) in [("3410712362", 34), ("0110113719", 1)] {
            let parsed = InstitutionCode::parse(code).unwrap();
            assert_eq!((parsed.to_string().as_str(), parsed.prefecture()), (code, prefecture));
            assert_eq!(parsed.point_table(), PointTable::Medical);
        }
        assert_eq!(luhn_check_digit(&[0, 6, 1, 3, 0, 4, 8]), 8);
        assert_eq!(InstitutionCode::parse("３４１０７１２３６２").unwrap().to_string(), "3410712362");
    }

    #[test]
    fn problems() {
        for (typed, problem) in [
            ("", CodeProblem::Empty),
            ("13101", CodeProblem::MissingDigits(1)),
            ("1310166", CodeProblem::ExtraDigits(1)),
            ("13101x", CodeProblem::NotDigits),
            ("131017", CodeProblem::CheckDigit),
            ("001016", CodeProblem::NoSuchPrefecture),
            ("481016", CodeProblem::NoSuchPrefecture),
        ] {
            assert_eq!(MunicipalityCode::parse(typed), Err(problem), "{typed}");
        }
        for (typed, problem) in [
            ("3410712363", CodeProblem::CheckDigit),
            ("3420712362", CodeProblem::NoSuchPointTable),
            ("4810712362", CodeProblem::NoSuchPrefecture),
            ("341071236", CodeProblem::MissingDigits(1)),
        ] {
            assert_eq!(InstitutionCode::parse(typed), Err(problem), "{typed}");
        }
        assert_eq!(MunicipalityCode::from_five_digits("00101"), Err(CodeProblem::NoSuchPrefecture));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = (MunicipalityCode::parse(&text), MunicipalityCode::from_five_digits(&text));
            let _ = InstitutionCode::parse(&text);
        }

        #[test]
        fn one_wrong_digit_is_caught(
            body in (1_u32..=47, 0_u32..10, 0_u32..1_000_000), place in 0_usize..10, slip in 1_u8..10,
        ) {
            // Only the four tables are valid, so the third digit is chosen among them.
            let table = [1, 3, 4, 6][body.1 as usize % 4];
            let text = format!("{:02}{table}{:06}", body.0, body.2);
            let digits: Vec<u8> = text.bytes().map(|b| b - b'0').collect();
            let mut code = digits.clone();
            code.push(luhn_check_digit(&digits));
            let print = |code: &[u8]| code.iter().map(u8::to_string).collect::<String>();
            prop_assert!(InstitutionCode::parse(&print(&code)).is_ok());
            code[place] = (code[place] + slip) % 10;
            prop_assert!(InstitutionCode::parse(&print(&code)).is_err());
        }

        #[test]
        fn one_check_digit_of_ten_is_right(number in 1_000_u32..48_000) {
            let five = format!("{number:05}");
            let right: Vec<_> = (0..10).filter_map(|d| MunicipalityCode::parse(&format!("{five}{d}")).ok()).collect();
            prop_assert_eq!(right, vec![MunicipalityCode::from_five_digits(&five).unwrap()]);
        }
    }
}
