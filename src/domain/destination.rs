//! Where something may be sent.

/// How a destination is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A folder of the file transfer inside LGWAN (庁内ファイル転送).
    Folder,
}

impl Channel {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Folder => "folder",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        (code == Self::Folder.code()).then_some(Self::Folder)
    }
}

/// The text is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

/// The address of a folder destination: `131016-0456`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderAddress(String);

impl FolderAddress {
    pub fn parse(typed: &str) -> Result<Self, NotAnAddress> {
        use unicode_normalization::UnicodeNormalization as _;
        let text: String = typed
            .nfkc()
            .filter(|c| !c.is_whitespace())
            .map(|c| {
                if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}') {
                    '-'
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let fits = (3..=32).contains(&text.len()) && text.chars().all(allowed) && !text.starts_with('-');
        if fits { Ok(Self(text)) } else { Err(NotAnAddress) }
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn same_as(&self, other: &Self) -> bool {
        subtle::ConstantTimeEq::ct_eq(self.0.as_bytes(), other.0.as_bytes()).into()
    }
}

/// `D014`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestinationCode(String);

impl DestinationCode {
    pub fn parse(typed: &str) -> Result<Self, NotAnAddress> {
        use unicode_normalization::UnicodeNormalization as _;
        let text: String =
            typed.nfkc().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let digits = text.strip_prefix('D').ok_or(NotAnAddress)?;
        let fits = (3..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if fits { Ok(Self(text)) } else { Err(NotAnAddress) }
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
