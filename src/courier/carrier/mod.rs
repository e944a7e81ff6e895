//! The ways out of the house. Each is off until the site has configured it.
//!
//! A carrier is handed a [`Parcel`], which only a verified order makes. It says what became of it in one of six words, and
//! whenever it cannot be sure that nothing has left it says [`Handed::Unclear`]: a person then looks, and nothing is
//! sent again by itself.
mod command;
mod fax;
mod folder;
mod mail;
mod media;
mod placing;
mod print;

use crate::domain::destination::{Address, Channel};
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::time::Timestamp;
use crate::order::Report;

use super::obstacle::Obstacle;

pub use command::{Command, Foreign, Surroundings};
pub use fax::FaxCarrier;
pub use folder::FolderCarrier;
pub use mail::{
    Body, Encryption, HostName, Login, MailCarrier, MailedNote, NoteWords, Relay, Subject, Wording,
};
pub use media::MediaCarrier;
pub use print::PrintCarrier;

/// The largest package: a report with its scanned attachments stays far below.
pub const PACKAGE_MAX: u64 = 64 << 20;

/// What may leave now, and where to.
pub struct Parcel<'a> {
    /// Names the parcel for ever: the tag of a fax job, the id of a mail, the name of a file.
    pub transmission: TransmissionId,
    pub address: &'a Address,
    pub content: Content<'a>,
    pub at: Timestamp,
}

/// The bytes that leave.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    /// Only the recipient can open them.
    Sealed(Sealed<'a>),
    /// Pages for paper, in the clear: they go into a pipe and nowhere else.
    Pages(&'a [u8]),
}

/// A package, by what opens it.
#[derive(Clone, Copy)]
pub enum Sealed<'a> {
    /// An `age` file.
    Age(&'a [u8]),
    /// An AES-256 ZIP.
    Zip(&'a [u8]),
}

impl<'a> Sealed<'a> {
    pub const EXTENSIONS: [&'static str; 2] = ["age", "zip"];

    pub const fn bytes(self) -> &'a [u8] {
        match self {
            Self::Age(bytes) | Self::Zip(bytes) => bytes,
        }
    }
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Age(_) => "age",
            Self::Zip(_) => "zip",
        }
    }
}

/// What a carrier says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// It has arrived where this carrier ends: in the folder, at the relay, at the other fax.
    Sent(Report),
    /// The papers lie in front of a person, who sends them by hand.
    ToAPerson,
    /// The carrier works on it; it is asked again in the next round.
    UnderWay,
    /// It was not taken and nothing has left.
    Refused(Obstacle),
    /// Nothing has left, and the next round may try again as if for the first time.
    NotNow(Obstacle),
    /// It may have left.
    Unclear,
}

/// How it stands with what was handed over, or perhaps was, and may not be any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It lies at the other end.
    Delivered,
    /// The carrier works on it still, whatever the house thinks of it by now.
    UnderWay,
    /// A person finds out.
    Unknown,
}

impl Standing {
    /// For carriers that only see what has arrived.
    const fn of_arrival(arrived: bool) -> Self {
        if arrived { Self::Delivered } else { Self::Unknown }
    }
}

/// One way out.
pub trait Carrier {
    /// Hands a parcel over, for the first time.
    fn hand_over(&self, parcel: &Parcel<'_>) -> Handed;

    /// What became of a parcel that was handed over, or perhaps was: a round was interrupted, or it was under way.
    fn follow_up(&self, parcel: &Parcel<'_>) -> Handed;

    /// How it stands with exactly this; asked of what may not be sent any more. Most carriers cannot know.
    fn standing(&self, _address: &Address, _id: TransmissionId, _artefact: Digest) -> Standing {
        Standing::Unknown
    }
}

/// The carriers that the site has configured.
#[derive(Clone, Debug, Default)]
pub struct Carriers {
    pub folder: Option<FolderCarrier>,
    pub mail: Option<MailCarrier>,
    pub fax: Option<FaxCarrier>,
    pub print: Option<PrintCarrier>,
    pub media: Option<MediaCarrier>,
}

impl Carriers {
    pub fn of(&self, channel: Channel) -> Option<&dyn Carrier> {
        fn dynamic<C: Carrier>(carrier: Option<&C>) -> Option<&dyn Carrier> {
            carrier.map(|carrier| carrier as &dyn Carrier)
        }
        match channel {
            Channel::Folder => dynamic(self.folder.as_ref()),
            Channel::Mail => dynamic(self.mail.as_ref()),
            Channel::Fax => dynamic(self.fax.as_ref()),
            Channel::ManualFax => dynamic(self.print.as_ref()),
            Channel::Media => dynamic(self.media.as_ref()),
        }
    }

    /// Whether anything can leave at all.
    pub fn is_any(&self) -> bool {
        Channel::ALL.into_iter().any(|channel| self.of(channel).is_some())
    }
}
