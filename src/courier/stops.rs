//! What was stopped: lists in the outbox, which anybody who reaches it can shorten, and what was seen of them before,
//! which nobody can.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::ids::{AccountId, DestinationId, TransmissionId};
use crate::order::{FrozenList, SuspendedList, names};
use crate::os::files as os_files;

use super::files::{Unread, exists, read_regular};
use super::{CourierError, Place};

/// One empty file for each order that the office has taken back.
const WITHDRAWN: &str = "withdrawn";

/// The lists as they stand, and all that ever stood in them.
#[derive(Debug)]
pub struct Stops {
    state_dir: PathBuf,
    frozen: FrozenList,
    suspended: SuspendedList,
}

impl Stops {
    /// What was seen before. `newer_roster`: it says itself who is suspended, so the list of before it is done with.
    pub fn open(state_dir: &Path, newer_roster: bool) -> Result<Self, CourierError> {
        let suspended = state_dir.join(names::SUSPENDED);
        if newer_roster {
            match fs::remove_file(&suspended) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(CourierError::io(Place::State)(error));
                }
                _ => {}
            }
        }
        Ok(Self {
            frozen: read_frozen(state_dir)?,
            suspended: read_suspended(state_dir)?,
            state_dir: state_dir.to_owned(),
        })
    }

    /// Adds what the outbox says by now. Remembered before anything is sent under it.
    pub fn read_again(&mut self, outbox: &Path) -> Result<(), CourierError> {
        let keep = |name: &str, bytes: &[u8]| {
            os_files::write_atomically(&self.state_dir.join(name), bytes)
                .map_err(CourierError::io(Place::State))
        };
        if self.frozen.join(&read_frozen(outbox)?) {
            keep(names::FROZEN, &self.frozen.to_bytes())?;
        }
        if self.suspended.join(&read_suspended(outbox)?) {
            keep(names::SUSPENDED, &self.suspended.to_bytes())?;
        }
        Ok(())
    }

    pub fn is_frozen(&self, destination: DestinationId) -> bool {
        self.frozen.contains(destination)
    }

    pub fn is_suspended(&self, account: AccountId) -> bool {
        self.suspended.contains(account)
    }

    pub fn is_withdrawn(&self, id: TransmissionId) -> io::Result<bool> {
        exists(&self.state_dir.join(WITHDRAWN).join(id.to_string()))
    }
}

/// For the office, when it takes an order back: whoever puts the order back into the outbox puts back nothing.
pub fn note_withdrawn(state_dir: &Path, id: TransmissionId) -> io::Result<()> {
    let dir = state_dir.join(WITHDRAWN);
    os_files::make_private_dir(&dir)?;
    os_files::write_atomically(&dir.join(id.to_string()), b"")
}

fn read_frozen(dir: &Path) -> Result<FrozenList, CourierError> {
    let bytes = read_list(&dir.join(names::FROZEN), FrozenList::MAX_BYTES);
    bytes.and_then(|bytes| FrozenList::parse(&bytes)).ok_or(CourierError::FrozenUnreadable)
}

fn read_suspended(dir: &Path) -> Result<SuspendedList, CourierError> {
    let bytes = read_list(&dir.join(names::SUSPENDED), SuspendedList::MAX_BYTES);
    bytes.and_then(|bytes| SuspendedList::parse(&bytes)).ok_or(CourierError::SuspendedUnreadable)
}

/// A list that is not there is an empty one.
fn read_list(path: &Path, limit: u64) -> Option<Vec<u8>> {
    match read_regular(path, limit) {
        Ok(bytes) => Some(bytes),
        Err(Unread::Missing) => Some(Vec::new()),
        Err(_) => None,
    }
}
