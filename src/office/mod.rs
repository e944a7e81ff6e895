//! The wall. Everything that touches records, keys or the access log lives behind it.
//!
//! `store`, `vault`, `audit` and `outbox` are private to this module tree, so no screen can name a table, a key or a
//! transaction. What screens get is [`Office::sign_in`] and [`Session::perform`].
mod audit;
mod checkpoint_file;
mod content;
mod door;
mod enrol;
mod epoch;
mod house;
mod inspect;
mod lockout;
mod names;
mod outbox;
mod paper_slip;
mod perform;
mod policy;
mod reason;
mod reconcile;
mod refold;
mod review;
mod room;
mod roster;
mod sending;
mod session;
mod set_up;
mod sign_in;
mod stopped;
mod store;
mod subject;
mod trail;
mod vault;
mod vault_file;
mod weekly;

#[cfg(test)]
mod tests;

pub mod log_words;
pub mod ops;

use std::path::Path;

pub use audit::event::Origin;
pub use audit::glance::Damage;
pub use audit::{Action, ObjectKind, Outcome};
pub use door::Entrance;
pub use enrol::{Enrolment, TokenOffer};
pub use epoch::{EpochBegun, EpochRequest, Slip};
pub use house::{EntropySource, House, Site, Surroundings, latest_note};
pub use inspect::Inspection;
pub use paper_slip::PaperSlip;
pub use reason::Reason;
pub use review::{Group, Mark, Marks, Relation};
pub use session::{Face, Session};
pub use set_up::{Envelope, Founder, SetUp, envelope_groups};
pub use sign_in::{Credentials, SignedIn};
pub use stopped::StoppedLog;
pub use store::institution::InstitutionRow;
pub use store::log_scan::Detail;
pub use store::staff::StaffStatus;
pub use store::subject::Subject;
pub use store::transcription::TranscriptionRow;
pub use store::transmission::StateCode;
pub use subject::ComesFrom;

/// An installation with nobody signed in: it holds no key and shows nothing.
#[derive(Clone)]
pub struct Office {
    house: House,
}

impl Office {
    /// Costs nothing: no file is opened before somebody signs in.
    pub fn new(home: &Path, surroundings: Surroundings) -> Self {
        Self { house: House::new(home, surroundings) }
    }

    pub const fn house(&self) -> &House {
        &self.house
    }

    /// Whether there is an installation to sign in to.
    pub fn is_set_up(&self) -> Result<bool, Reason> {
        match self.house.generation() {
            Ok(_) => Ok(true),
            Err(Reason::NotSetUp) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
