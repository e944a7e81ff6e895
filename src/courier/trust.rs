//! What the courier believes before it reads anything: the first roster version, and the newest one it has seen.
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::domain::digest::Digest;
use crate::order::RosterChain;
use crate::os::files as os_files;

use super::files::{Unread, read_regular};
use super::{CourierError, Place};

const FILE: &str = "trust";
const MAX_BYTES: u64 = 1024;
const FIRST: u32 = 1;

/// Pins the first roster version, once, at set-up. Pinning the same again changes nothing.
pub fn pin(state_dir: &Path, anchor: Digest) -> Result<(), CourierError> {
    os_files::make_private_dir(state_dir).map_err(CourierError::io(Place::State))?;
    match Trust::load(state_dir) {
        Ok(trust) if trust.anchor == anchor => Ok(()),
        Ok(_) => Err(CourierError::AlreadyPinned),
        Err(CourierError::NotPinned) => Trust { anchor, version: FIRST, newest: anchor }.store(state_dir),
        Err(error) => Err(error),
    }
}

/// The digest of the first roster version, as it was pinned.
pub fn pinned(state_dir: &Path) -> Result<Digest, CourierError> {
    Ok(Trust::load(state_dir)?.anchor)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trust {
    anchor: Digest,
    /// The newest version seen, and its digest: neither an older nor a second roster of that number is believed.
    version: u32,
    newest: Digest,
}

impl Trust {
    pub fn load(state_dir: &Path) -> Result<Self, CourierError> {
        let bytes = match read_regular(&path(state_dir), MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => return Err(CourierError::NotPinned),
            Err(Unread::Io(kind)) => return Err(CourierError::Io { place: Place::State, kind }),
            Err(Unread::NotRegular | Unread::TooLarge) => return Err(CourierError::TrustDamaged),
        };
        let stored: Stored = serde_json::from_slice(&bytes).map_err(|_| CourierError::TrustDamaged)?;
        stored.read().ok_or(CourierError::TrustDamaged)
    }

    /// Believes the chain or not; remembers its newest version before anything is sent under it. Whether it is a newer one.
    pub fn advance(self, chain: &RosterChain, state_dir: &Path) -> Result<bool, CourierError> {
        if chain.anchor() != self.anchor {
            return Err(CourierError::RosterReplaced);
        }
        match chain.digest_of(self.version) {
            None => return Err(CourierError::RosterRolledBack),
            Some(digest) if digest != self.newest => return Err(CourierError::RosterForked),
            Some(_) => {}
        }
        let latest = chain.latest();
        let next = Self { version: latest.version(), newest: latest.digest(), ..self };
        if next == self {
            return Ok(false);
        }
        next.store(state_dir)?;
        Ok(true)
    }

    fn store(&self, state_dir: &Path) -> Result<(), CourierError> {
        let stored =
            Stored { first: self.anchor.to_string(), version: self.version, newest: self.newest.to_string() };
        let bytes = serde_json::to_vec(&stored).expect("strings and numbers always serialise");
        os_files::write_atomically(&path(state_dir), &bytes).map_err(CourierError::io(Place::State))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    first: String,
    version: u32,
    newest: String,
}

impl Stored {
    fn read(&self) -> Option<Trust> {
        let trust =
            Trust { anchor: digest(&self.first)?, version: self.version, newest: digest(&self.newest)? };
        let possible = trust.version > FIRST || (trust.version == FIRST && trust.newest == trust.anchor);
        possible.then_some(trust)
    }
}

fn path(state_dir: &Path) -> PathBuf {
    state_dir.join(FILE)
}

fn digest(hex: &str) -> Option<Digest> {
    Some(Digest::from_bytes(HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()?))
}
