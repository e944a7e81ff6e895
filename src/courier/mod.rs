//! The dispatcher: reads signed orders from the outbox, verifies them by itself, delivers, writes receipts.
//!
//! It holds no database key and no secret of any person. What it believes rests on the pinned digest of the first roster
//! version, on the newest roster it has ever seen, and on two signatures per order. It takes the outbox lock for one
//! order at a time and reads then what was stopped; every step leaves the directories so that the next round can go on after a crash:
//!
//! ```text
//! <id>.order --verify--> <id>.claimed --deliver--> <id>.receipt --> ledger --> (claimed removed)
//!            --refuse--> <id>.receipt --> ledger --> <id>.refused
//! ```
//! A folder may be retried after a crash (same name, same bytes), a fax server can be asked what became of a job; where
//! nobody can say whether it has left, and what cannot be verified any more, is UNCERTAIN.
mod begun;
mod carrier;
mod copies;
mod files;
mod identity;
mod ledger;
mod obstacle;
mod round;
mod stops;
#[cfg(test)]
mod tests;
mod trust;
mod watch;

use std::io;
use std::path::PathBuf;

use crate::domain::ids::TransmissionId;
use crate::domain::time::Clock;
use crate::order::{Outcome, ReasonCode, RosterError};

pub use begun::is_begun;
pub use carrier::{
    Body, Carriers, Command, Encryption, FaxCarrier, FolderCarrier, Foreign, HostName, Login, MailCarrier,
    MediaCarrier, NoteWords, PrintCarrier, Relay, Subject, Surroundings, Wording,
};
pub use copies::{
    Alarm, Copies, CopyAnswer, CopyMade, CopyTrouble, Hindrance, MailCopies, Place as CopyPlace,
};
pub use identity::{introduce, public_key};
pub use obstacle::Obstacle;
pub use stops::note_withdrawn;
pub use trust::{pin, pinned};
pub use watch::watch;

/// Where the courier works.
#[derive(Clone, Debug)]
pub struct CourierConfig {
    /// Orders and packages in, receipts out.
    pub outbox: PathBuf,
    /// The courier's own memory: its trust and the ledger of what it has answered.
    pub state_dir: PathBuf,
    /// `roster.json`
    pub roster: PathBuf,
    /// The ways out that the site has configured.
    pub carriers: Carriers,
    /// Where copies of the log's checkpoints go.
    pub copies: Copies,
}

/// What a round did with one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub transmission: TransmissionId,
    pub answer: Answer,
    /// It was left behind by an interrupted round.
    pub resumed: bool,
}

/// How far one order came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is a receipt that says so.
    Receipt(Outcome),
    /// A disk, a folder or a relay did not do its part and nothing has left; the next round tries again. A carrier says why.
    Deferred(Option<Obstacle>),
    /// The carrier works on it; the next round asks again.
    UnderWay,
    /// It had its receipt already and was put aside.
    AlreadyAnswered,
}

impl Delivery {
    /// For JSON: the receipt's outcome, `deferred`, `under-way` or `already-answered`.
    pub const fn code(&self) -> &'static str {
        match &self.answer {
            Answer::Receipt(outcome) => outcome.code(),
            Answer::Deferred(_) => "deferred",
            Answer::UnderWay => "under-way",
            Answer::AlreadyAnswered => "already-answered",
        }
    }
    /// For JSON: the reason in the receipt, or what is waited for.
    pub fn reason(&self) -> Option<&str> {
        match &self.answer {
            Answer::Receipt(outcome) => outcome.reason().map(ReasonCode::as_str),
            Answer::Deferred(obstacle) => obstacle.map(Obstacle::code),
            Answer::UnderWay | Answer::AlreadyAnswered => None,
        }
    }
}

/// What a failed call to the operating system was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Outbox,
    State,
    Roster,
}

impl Place {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::State => "courier-state",
            Self::Roster => "roster",
        }
    }
}

/// Why a whole round could not be made. Nothing is sent then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourierError {
    #[error("the {} cannot be used ({kind})", .place.code())]
    Io { place: Place, kind: io::ErrorKind },
    #[error("no roster is pinned yet")]
    NotPinned,
    #[error("another roster is pinned already")]
    AlreadyPinned,
    #[error("the courier's trust file is damaged")]
    TrustDamaged,
    #[error(transparent)]
    Roster(#[from] RosterError),
    #[error("the roster does not begin with the pinned version")]
    RosterReplaced,
    #[error("the roster is older than one seen before")]
    RosterRolledBack,
    #[error("the roster differs from one of the same version seen before")]
    RosterForked,
    #[error("the list of frozen destinations cannot be read")]
    FrozenUnreadable,
    #[error("the list of suspended accounts cannot be read")]
    SuspendedUnreadable,
    #[error("the courier's ledger is damaged")]
    LedgerDamaged,
    #[error("the courier's ledger is too long to be read")]
    LedgerFull,
    #[error("the courier has no key of its own yet")]
    NoIdentity,
    #[error("the courier's key is damaged")]
    IdentityDamaged,
    #[cfg(test)]
    #[error("the test pulled the plug")]
    Unplugged,
}

impl CourierError {
    /// For JSON.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "io",
            Self::NotPinned => "not-pinned",
            Self::AlreadyPinned => "already-pinned",
            Self::TrustDamaged => "trust-damaged",
            Self::Roster(error) => error.code(),
            Self::RosterReplaced => "roster-replaced",
            Self::RosterRolledBack => "roster-rolled-back",
            Self::RosterForked => "roster-forked",
            Self::FrozenUnreadable => "frozen-unreadable",
            Self::SuspendedUnreadable => "suspended-unreadable",
            Self::LedgerDamaged => "ledger-damaged",
            Self::LedgerFull => "ledger-full",
            Self::NoIdentity => "no-courier-key",
            Self::IdentityDamaged => "courier-key-damaged",
            #[cfg(test)]
            Self::Unplugged => "unplugged",
        }
    }

    pub(crate) fn io(place: Place) -> impl Fn(io::Error) -> Self {
        move |error| Self::Io { place, kind: error.kind() }
    }
}

/// What one round gives.
pub type Summary = Result<Vec<Delivery>, CourierError>;

/// What a whole round gives: orders and copies, neither in the way of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundMade {
    /// `None` where no way out for packages is set: orders wait for one.
    pub orders: Option<Summary>,
    pub copies: Vec<CopyMade>,
}

/// Orders, then copies of checkpoints.
pub fn run_round(config: &CourierConfig, clock: &dyn Clock) -> RoundMade {
    let orders = config.carriers.is_any().then(|| run_once(config, clock));
    RoundMade { orders, copies: copies::send(&config.copies, &config.state_dir, clock) }
}

/// One round over the outbox: first what an interrupted round left, then every order, each once.
pub fn run_once(config: &CourierConfig, clock: &dyn Clock) -> Summary {
    round::run(config, clock, &mut |_| Ok(()))
}
