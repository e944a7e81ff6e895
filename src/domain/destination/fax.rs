//! The number of a fax line.
use std::fmt;

/// Digits only, beginning with 0: ten of a line with an area code, or eleven of an IP line (050).
///
/// Whether the area code exists is asked where numbers are typed (`japanese::phone`). This is the second wall, which needs
/// no table: nothing but digits, and no mobile, free, shared-cost, billed or international number, ever reaches a dialler.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaxNumber(String);

impl FaxNumber {
    const FIXED: usize = 10;
    const IP: usize = 11;
    const IP_PREFIX: &'static str = "050";
    /// International, machines, IP, mobile; then free dial, shared cost, services that are billed.
    const NO_FIXED_LINE: [&'static str; 13] =
        ["00", "010", "020", "050", "060", "070", "080", "090", "0120", "0170", "0180", "0570", "0990"];

    /// Accepts only what [`Self::as_str`] gives.
    pub fn from_canonical(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) || !text.starts_with('0') {
            return None;
        }
        let is_line = match text.len() {
            Self::FIXED => !Self::NO_FIXED_LINE.iter().any(|prefix| text.starts_with(prefix)),
            Self::IP => text.starts_with(Self::IP_PREFIX),
            _ => false,
        };
        is_line.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

masked!(FaxNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_a_fax_can_stand_on() {
        for good in ["0300000456", "0612345678", "0112345678", "0977123456", "05012345678"] {
            assert_eq!(FaxNumber::from_canonical(good).expect(good).as_str(), good);
        }
        for bad in [
            "",
            "0",
            "030000045",
            "03000004567",
            "3000004560",
            "09012345678",
            "0901234567",
            "08012345678",
            "0120123456",
            "0570123456",
            "0990123456",
            "0103000000",
            "0011234567",
            "0501234567",
            "02012345678",
            "03-0000-0456",
            "０３００００４５６",
            "0300000456 ",
            "0300000456\n",
            "+81300000456",
            "0300000456#1",
            "0300000456,1",
            "-300000456",
            "030000045x",
        ] {
            assert!(FaxNumber::from_canonical(bad).is_none(), "{bad:?}");
        }
    }
}
