//! How a report came into the house.
use super::time::Timestamp;

/// The way a report arrived (受付方法).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    Fax,
    Phone,
    Paper,
    File,
    /// Written by this office itself, as a home-care request is.
    OwnOffice,
}

impl Channel {
    pub const ALL: [Self; 5] = [Self::Fax, Self::Phone, Self::Paper, Self::File, Self::OwnOffice];

    /// The code in the database and in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fax => "fax",
            Self::Phone => "phone",
            Self::Paper => "paper",
            Self::File => "file",
            Self::OwnOffice => "own",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// The facts of arrival, which deadlines are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intake {
    pub channel: Channel,
    pub received_at: Timestamp,
    /// Sheets of paper; `None` for a call or a file.
    pub pages: Option<u16>,
}
