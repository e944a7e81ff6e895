//! Where things may be sent: channels, canonical addresses, recipient keys, register numbers.
use std::fmt;

use subtle::ConstantTimeEq as _;
use unicode_normalization::UnicodeNormalization as _;

/// The way a package leaves the house.
///
/// Fax and mail get a variant on the day that their carrier works, not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A folder per destination, which the file transfer of the closed network empties.
    Folder,
}

impl Channel {
    pub const ALL: [Self; 1] = [Self::Folder];

    /// The code in signatures, in the database and in JSON. Never reused.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Folder => "folder",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

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

    /// Whether both are the same address, in a time that depends on neither.
    pub fn matches(&self, other: &Self) -> bool {
        self.padded().ct_eq(&other.padded()).into()
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

    /// Zero-padded; a zero byte occurs in no address, so equal padded forms mean equal addresses.
    fn padded(&self) -> [u8; Self::MAX] {
        let mut bytes = [0u8; Self::MAX];
        for (to, from) in bytes.iter_mut().zip(self.0.bytes()) {
            *to = from;
        }
        bytes
    }
}

/// An address stays masked on screen while a blind check is open, so that `Debug` must not give it away either.
impl fmt::Debug for FolderAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FolderAddress(masked)")
    }
}

/// A recipient's `age` X25519 public key, `age1...`; its bech32 checksum holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RecipientKey(String);

impl RecipientKey {
    /// `age1`, 52 characters for 32 bytes, 6 of checksum.
    const LENGTH: usize = 62;
    const PREFIX: &'static str = "age1";
    /// The human-readable part `age`, expanded as BIP 173 says.
    const PREFIX_VALUES: [u8; 7] = [3, 3, 3, 0, 1, 7, 5];
    const ALPHABET: &'static str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /// Reads a key as copied from a letter: surrounding space is dropped, nothing else is forgiven.
    pub fn parse(typed: &str) -> Option<Self> {
        let text = typed.trim();
        if text.len() != Self::LENGTH {
            return None;
        }
        let mut values = Self::PREFIX_VALUES.to_vec();
        for c in text.strip_prefix(Self::PREFIX)?.chars() {
            values.push(u8::try_from(Self::ALPHABET.find(c)?).ok()?);
        }
        (bech32_checksum(&values) == 1).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

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

/// NFKC, with the dashes that an IME offers for the hyphen key made one.
fn fold(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' => '-',
        other => other,
    })
}

/// BIP 173: 1 for the values of a valid string, human-readable part included.
fn bech32_checksum(values: &[u8]) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.iter().fold(1, |sum: u32, value| {
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ u32::from(*value);
        GENERATOR.iter().enumerate().fold(shifted, |acc, (bit, generator)| {
            if (sum >> 25 >> bit) & 1 == 1 { acc ^ generator } else { acc }
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

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
    fn equality_tells_every_difference() {
        let one = FolderAddress::parse("131016-0456").expect("good");
        assert!(one.matches(&one.clone()));
        for other in ["131016-0457", "131016-045", "131016-04567", "231016-0456"] {
            assert!(!one.matches(&FolderAddress::parse(other).expect("good")), "{other}");
        }
    }

    #[test]
    fn addresses_are_read_in_groups_and_never_printed_by_debug() {
        let address = |text| FolderAddress::parse(text).expect("good");
        assert_eq!(address("131016-0456").grouped(), "131 016 - 0456");
        assert_eq!(address("1234567").grouped(), "123 456 7");
        assert_eq!(format!("{:?}", address("131016-0456")), "FolderAddress(masked)");
    }

    #[test]
    fn one_wrong_character_spoils_a_key() {
        assert_eq!(RecipientKey::parse(&format!(" {KEY}\n")).expect("good").as_str(), KEY);
        for (i, c) in KEY.chars().enumerate() {
            let slip: String = KEY
                .chars()
                .enumerate()
                .map(|(j, k)| {
                    if i != j {
                        k
                    } else if c == 'q' {
                        'p'
                    } else {
                        'q'
                    }
                })
                .collect();
            assert!(RecipientKey::parse(&slip).is_none(), "{i}");
        }
        assert!(RecipientKey::parse(&KEY.to_uppercase()).is_none());
        assert!(RecipientKey::parse("").is_none());
    }

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

    proptest! {
        #[test]
        fn reading_never_panics_and_is_idempotent(text in any::<String>()) {
            if let Some(address) = FolderAddress::parse(&text) {
                prop_assert_eq!(FolderAddress::parse(address.as_str()), Some(address.clone()));
                prop_assert_eq!(FolderAddress::from_canonical(address.as_str()), Some(address.clone()));
                prop_assert_eq!(FolderAddress::parse(&address.grouped()), Some(address));
            }
            let _ = (RecipientKey::parse(&text), DestinationCode::parse(&text));
        }
    }
}
