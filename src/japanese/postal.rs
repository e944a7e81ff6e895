//! Postal codes (郵便番号): seven digits, printed `100-0014`.
use std::fmt;

use super::width::fold_ascii_char;
use crate::domain::sensitive::Personal;

const DIGITS: usize = 7;
/// The last four digits stand after the line.
const AFTER_LINE: u32 = 10_000;

/// Why a text is not a postal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostalProblem {
    Empty,
    /// Something other than digits, the postal mark, lines and spaces.
    NotDigits,
    MissingDigits(usize),
    ExtraDigits(usize),
}

/// Seven digits. Whether that code exists is for an address table to say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostalCode(Personal<u32>);

impl PostalCode {
    /// Reads `1000014`, `100-0014` or `〒１００－００１４`. Surplus digits are a problem, never dropped.
    pub fn parse(text: &str) -> Result<Self, PostalProblem> {
        let mut value = 0_u32;
        let mut count = 0_usize;
        let typed = text.trim_start().strip_prefix(['〒', '〶']).unwrap_or(text);
        for c in typed.chars().map(fold_ascii_char) {
            match c.to_digit(10) {
                // Digits past the seventh are only counted.
                Some(digit) => {
                    count += 1;
                    if count <= DIGITS {
                        value = value * 10 + digit;
                    }
                }
                None if c == '-' || c.is_whitespace() => {}
                None => return Err(PostalProblem::NotDigits),
            }
        }
        match count {
            0 => Err(PostalProblem::Empty),
            DIGITS => Ok(Self(Personal::new(value))),
            short if short < DIGITS => Err(PostalProblem::MissingDigits(DIGITS - short)),
            long => Err(PostalProblem::ExtraDigits(long - DIGITS)),
        }
    }

    /// For looking it up.
    pub const fn number(&self) -> u32 {
        *self.0.expose()
    }

    /// The stored form, seven digits.
    pub fn digits(&self) -> String {
        format!("{:07}", self.0.expose())
    }
}

/// `100-0014`
impl fmt::Display for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0.expose();
        write!(f, "{:03}-{:04}", value / AFTER_LINE, value % AFTER_LINE)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_are_read_in_any_width() {
        for typed in
            ["1000014", "100-0014", "〒100-0014", "１００－００１４", " 〒１００ー００１４　", "100 0014"]
        {
            let code = PostalCode::parse(typed).unwrap();
            assert_eq!(
                (code.digits().as_str(), code.to_string().as_str()),
                ("1000014", "100-0014"),
                "{typed}"
            );
        }
        assert_eq!(PostalCode::parse("0010000").unwrap().to_string(), "001-0000");
    }

    #[test]
    fn problems() {
        for (typed, problem) in [
            ("", PostalProblem::Empty),
            ("〒 -", PostalProblem::Empty),
            ("100-001", PostalProblem::MissingDigits(1)),
            ("100", PostalProblem::MissingDigits(4)),
            ("100-00145", PostalProblem::ExtraDigits(1)),
            ("99999999999999999999", PostalProblem::ExtraDigits(13)),
            ("100-001a", PostalProblem::NotDigits),
            ("〒〒1000014", PostalProblem::NotDigits),
            ("１００．００１４", PostalProblem::NotDigits),
        ] {
            assert_eq!(PostalCode::parse(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn debug_hides_the_code() {
        assert_eq!(format!("{:?}", PostalCode::parse("1000014")), "Ok(PostalCode([personal]))");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*", number in 0_u32..10_000_000) {
            let _ = PostalCode::parse(&text);
            let code = PostalCode::parse(&format!("{number:07}")).unwrap();
            prop_assert_eq!(PostalCode::parse(&code.to_string()), Ok(code.clone()));
            prop_assert_eq!(PostalCode::parse(&code.digits()), Ok(code));
        }
    }
}
