//! Register numbers.
use std::fmt;

use super::fold;

/// The number of a destination in the register (送り先番号): `D001` to `D9999`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DestinationCode(u16);

impl DestinationCode {
    pub const MAX: u16 = 9999;

    pub const fn new(number: u16) -> Option<Self> {
        if number >= 1 && number <= Self::MAX { Some(Self(number)) } else { None }
    }

    /// Reads `D012`, also in full width or small letters. One number has one spelling: `D12` and `D0012` are refused.
    pub fn parse(typed: &str) -> Option<Self> {
        let folded: String = fold(typed.trim()).collect();
        let digits = folded.strip_prefix(['D', 'd'])?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let code = Self::new(digits.parse().ok()?)?;
        code.to_string().strip_prefix('D').is_some_and(|canonical| canonical == digits).then_some(code)
    }

    pub const fn number(self) -> u16 {
        self.0
    }
}

impl fmt::Display for DestinationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "D{:03}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn register_numbers_have_one_spelling() {
        for (typed, number) in
            [("D001", 1), ("d012", 12), ("Ｄ１２３", 123), ("D1000", 1000), ("D9999", 9999)]
        {
            let code = DestinationCode::parse(typed).expect(typed);
            assert_eq!(code.number(), number);
            assert_eq!(DestinationCode::parse(&code.to_string()), Some(code));
        }
        for bad in ["D000", "D12", "D0012", "D10000", "001", "D", "D+12", "D-12", "E001", "D00１x"] {
            assert!(DestinationCode::parse(bad).is_none(), "{bad}");
        }
    }
}
