//! The folder of a destination, which the file transfer of the closed network empties.
use std::fmt;

use super::fold;

/// The canonical address of a destination folder, typically municipality code and section: `131016-0456`.
///
/// `[a-z0-9][a-z0-9-]{2,31}`: it is a directory name on every platform and can be read over the telephone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolderAddress(String);

impl FolderAddress {
    /// Shorter ones could be typed by accident.
    pub const MIN: usize = 3;
    /// Longer ones nobody keys without a slip.
    pub const MAX: usize = 32;
    /// Pieces longer than this are read aloud in groups of [`Self::GROUP`].
    const PIECE_MAX: usize = 4;
    const GROUP: usize = 3;

    /// Reads what a person typed: full-width and capital letters are folded, spaces dropped, every dash is a hyphen.
    pub fn parse(typed: &str) -> Option<Self> {
        let folded: String =
            fold(typed).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
        Self::from_canonical(&folded)
    }

    /// Accepts only what [`Self::as_str`] gives; for bytes that were signed.
    pub fn from_canonical(text: &str) -> Option<Self> {
        let fits = (Self::MIN..=Self::MAX).contains(&text.len())
            && !text.starts_with('-')
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For reading aloud and comparing by eye: `131 016 - 0456`.
    pub fn grouped(&self) -> String {
        let mut text = String::new();
        for (i, piece) in self.0.split('-').enumerate() {
            if i > 0 {
                text.push_str(" - ");
            }
            for (at, c) in piece.chars().enumerate() {
                if piece.len() > Self::PIECE_MAX && at > 0 && at % Self::GROUP == 0 {
                    text.push(' ');
                }
                text.push(c);
            }
        }
        text
    }
}

masked!(FolderAddress);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folded_to_one_form() {
        for typed in [
            "131016-0456",
            " 131016-0456 ",
            "１３１０１６－０４５６",
            "131016ー0456",
            "131016−0456",
            "131 016 - 0456",
        ] {
            assert_eq!(FolderAddress::parse(typed).expect(typed).as_str(), "131016-0456");
        }
        assert_eq!(FolderAddress::parse("Kansen-Ｂ1").expect("letters").as_str(), "kansen-b1");
        for bad in [
            "",
            "ab",
            "-abc",
            "a/b",
            "..",
            "a.b",
            "каб",
            "住所",
            &"a".repeat(33),
            "131016_0456",
            "131016\u{200b}0456",
        ] {
            assert!(FolderAddress::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn signed_addresses_are_not_folded() {
        assert!(FolderAddress::from_canonical("131016-0456").is_some());
        for bad in ["131016-0456 ", "１３１０１６", "ABC", "131016ー0456"] {
            assert!(FolderAddress::from_canonical(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn addresses_are_read_in_groups() {
        let grouped = |text| FolderAddress::parse(text).expect("good").grouped();
        assert_eq!(grouped("131016-0456"), "131 016 - 0456");
        assert_eq!(grouped("1234567"), "123 456 7");
    }
}
