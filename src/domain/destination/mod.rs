//! Where things may be sent: channels, canonical addresses, recipient keys, register numbers.
//!
//! An address exists in one spelling only. What people type in other spellings is read by `japanese::destination`; what
//! was signed is read by [`Address::from_canonical`], which forgives nothing.
use subtle::ConstantTimeEq as _;
use unicode_normalization::UnicodeNormalization as _;

/// An address stays masked on screen while a blind check is open, so that `Debug` must not give it away either.
macro_rules! masked {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(masked)"))
            }
        }
    };
}

mod code;
mod fax;
mod folder;
mod mail;
mod medium;
mod recipient_key;

pub use code::DestinationCode;
pub use fax::FaxNumber;
pub use folder::FolderAddress;
pub use mail::MailAddress;
pub use medium::MediumNumber;
pub use recipient_key::RecipientKey;

/// The way a package leaves the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A folder per destination, which the file transfer of the closed network empties (庁内送信).
    Folder,
    /// A fax that a fax server dials (FAX).
    Fax,
    /// A mail through the relay of the site (メール).
    Mail,
    /// A fax that a person dials at the machine (FAX 手送り).
    ManualFax,
    /// A registered removable medium (記録媒体).
    Media,
}

impl Channel {
    pub const ALL: [Self; 5] = [Self::Fax, Self::Mail, Self::Folder, Self::ManualFax, Self::Media];

    /// The code in signatures, in the database and in JSON. Never reused.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Fax => "fax",
            Self::Mail => "mail",
            Self::ManualFax => "manual-fax",
            Self::Media => "media",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// What may keep a package on this way unreadable, the usual one first.
    pub const fn protections(self) -> &'static [Protection] {
        match self {
            Self::Folder => &[Protection::RecipientKey],
            Self::Mail => &[Protection::Password, Protection::RecipientKey],
            Self::Media => &[Protection::RecipientKey, Protection::Password],
            Self::Fax | Self::ManualFax => &[Protection::UntilItLeaves],
        }
    }
}

/// What keeps a package unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protection {
    /// An `age` file that the recipient's key opens.
    RecipientKey,
    /// An AES-256 ZIP that the agreed password opens.
    Password,
    /// Paper cannot be encrypted: the pages are, until the dispatcher hands them to the telephone line or the printer.
    UntilItLeaves,
}

impl Protection {
    const ALL: [Self; 3] = [Self::RecipientKey, Self::Password, Self::UntilItLeaves];

    /// The code in the database and in JSON. Never reused.
    pub const fn code(self) -> &'static str {
        match self {
            Self::RecipientKey => "age",
            Self::Password => "zip",
            Self::UntilItLeaves => "courier",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protection| protection.code() == code)
    }
}

/// One address in its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    Folder(FolderAddress),
    Fax(FaxNumber),
    Mail(MailAddress),
    ManualFax(FaxNumber),
    Media(MediumNumber),
}

impl Address {
    /// More than the longest of them.
    const PADDED: usize = 256;

    /// Accepts only what [`Self::as_str`] gives; for bytes that were signed or stored.
    pub fn from_canonical(channel: Channel, text: &str) -> Option<Self> {
        Some(match channel {
            Channel::Folder => Self::Folder(FolderAddress::from_canonical(text)?),
            Channel::Fax => Self::Fax(FaxNumber::from_canonical(text)?),
            Channel::Mail => Self::Mail(MailAddress::from_canonical(text)?),
            Channel::ManualFax => Self::ManualFax(FaxNumber::from_canonical(text)?),
            Channel::Media => Self::Media(MediumNumber::from_canonical(text)?),
        })
    }

    pub const fn channel(&self) -> Channel {
        match self {
            Self::Folder(_) => Channel::Folder,
            Self::Fax(_) => Channel::Fax,
            Self::Mail(_) => Channel::Mail,
            Self::ManualFax(_) => Channel::ManualFax,
            Self::Media(_) => Channel::Media,
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Folder(folder) => folder.as_str(),
            Self::Fax(number) | Self::ManualFax(number) => number.as_str(),
            Self::Mail(mail) => mail.as_str(),
            Self::Media(medium) => medium.as_str(),
        }
    }

    /// Whether both are the same address, in a time that depends on neither.
    pub fn matches(&self, other: &Self) -> bool {
        let same: bool = self.padded().ct_eq(&other.padded()).into();
        same & (self.channel() == other.channel())
    }

    /// Zero-padded; a zero byte occurs in no address, so equal padded forms mean equal addresses.
    fn padded(&self) -> [u8; Self::PADDED] {
        let mut bytes = [0u8; Self::PADDED];
        for (to, from) in bytes.iter_mut().zip(self.as_str().bytes()) {
            *to = from;
        }
        bytes
    }
}

/// NFKC, with the dashes that an IME offers for the hyphen key made one.
fn fold(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' => '-',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical(channel: Channel, text: &str) -> Address {
        Address::from_canonical(channel, text).expect("a good address")
    }

    #[test]
    fn equality_tells_every_difference() {
        let one = canonical(Channel::Folder, "131016-0456");
        assert!(one.matches(&one.clone()));
        for other in ["131016-0457", "131016-045", "131016-04567", "231016-0456"] {
            assert!(!one.matches(&canonical(Channel::Folder, other)), "{other}");
        }
        let number = "0300000456";
        let (dialled, by_hand) = (canonical(Channel::Fax, number), canonical(Channel::ManualFax, number));
        assert!(!dialled.matches(&by_hand), "the same number on another way is another address");
    }

    #[test]
    fn debug_gives_no_address_away() {
        let all = [
            canonical(Channel::Folder, "131016-0456"),
            canonical(Channel::Fax, "0300000456"),
            canonical(Channel::Mail, "kansen@city.example.lg.jp"),
            canonical(Channel::Media, "USB-0456"),
        ];
        for address in all {
            let printed = format!("{address:?}");
            assert!(printed.contains("masked") && !printed.contains(address.as_str()), "{printed}");
        }
    }

    #[test]
    fn codes_are_distinct_and_known() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_code(channel.code()), Some(channel));
            assert!(!channel.protections().is_empty());
        }
        for protection in Protection::ALL {
            assert_eq!(Protection::from_code(protection.code()), Some(protection));
        }
        assert_eq!(Channel::from_code("post"), None);
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_canonical(text in any::<String>()) {
            for channel in Channel::ALL {
                if let Some(address) = Address::from_canonical(channel, &text) {
                    prop_assert_eq!(address.as_str(), text.as_str());
                    prop_assert!(text.len() < Address::PADDED);
                }
            }
            if let Some(address) = FolderAddress::parse(&text) {
                prop_assert_eq!(FolderAddress::parse(address.as_str()), Some(address.clone()));
                prop_assert_eq!(FolderAddress::parse(&address.grouped()), Some(address));
            }
            let _ = (RecipientKey::parse(&text), DestinationCode::parse(&text));
        }
    }
}
