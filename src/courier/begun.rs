//! Orders that were begun and have no end yet, remembered where nobody but the dispatcher and the office writes.
//!
//! The outbox alone cannot be believed in this: a claim that somebody moves back would be an order again, and one that
//! somebody removes would be forgotten although it may have left.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::ids::TransmissionId;
use crate::order::DispatchOrder;
use crate::os::files as os_files;

use super::files::{Unread, exists, read_regular};
use super::{CourierError, Place};

const DIR: &str = "begun";

/// One file per order, with the order in it.
#[derive(Debug)]
pub struct Begun {
    dir: PathBuf,
}

impl Begun {
    pub fn open(state_dir: &Path) -> Result<Self, CourierError> {
        let dir = state_dir.join(DIR);
        os_files::make_private_dir(&dir).map_err(CourierError::io(Place::State))?;
        Ok(Self { dir })
    }

    /// Durable when it returns; from now on the carrier is asked before anything is handed over again.
    pub fn begin(&self, id: TransmissionId, order: &[u8]) -> Result<(), CourierError> {
        os_files::write_atomically(&self.path(id), order).map_err(CourierError::io(Place::State))
    }

    /// It has its receipt and stands in the ledger, or nothing has left.
    pub fn end(&self, id: TransmissionId) -> Result<(), CourierError> {
        let removed = match fs::remove_file(self.path(id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other,
        };
        let ended = removed.and_then(|()| os_files::sync_dir(&self.dir));
        ended.map_err(CourierError::io(Place::State))
    }

    pub fn contains(&self, id: TransmissionId) -> Result<bool, CourierError> {
        exists(&self.path(id)).map_err(CourierError::io(Place::State))
    }

    /// The order as it was when it was begun.
    pub fn order(&self, id: TransmissionId) -> Result<Vec<u8>, CourierError> {
        let limit = u64::try_from(DispatchOrder::MAX_BYTES).unwrap_or(u64::MAX);
        read_regular(&self.path(id), limit).map_err(|unread| {
            let kind = match unread {
                Unread::Io(kind) => kind,
                Unread::Missing => io::ErrorKind::NotFound,
                Unread::NotRegular | Unread::TooLarge => io::ErrorKind::InvalidData,
            };
            CourierError::Io { place: Place::State, kind }
        })
    }

    pub fn all(&self) -> Result<Vec<TransmissionId>, CourierError> {
        let io = CourierError::io(Place::State);
        let mut ids = Vec::new();
        for item in fs::read_dir(&self.dir).map_err(&io)? {
            // Half-written files have a longer name.
            ids.extend(item.map_err(&io)?.file_name().to_str().and_then(TransmissionId::parse));
        }
        ids.sort();
        Ok(ids)
    }

    fn path(&self, id: TransmissionId) -> PathBuf {
        self.dir.join(id.to_string())
    }
}

/// For the office: what was begun may have left. A directory that cannot be read is no reason to say so of anything.
pub fn is_begun(state_dir: &Path, id: TransmissionId) -> bool {
    exists(&state_dir.join(DIR).join(id.to_string())).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_until_the_end() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (TransmissionId::from_bytes([1; 16]), TransmissionId::from_bytes([2; 16]));
        let begun = Begun::open(dir.path()).unwrap();
        begun.begin(two, b"second").unwrap();
        begun.begin(one, b"first").unwrap();
        begun.begin(one, b"first").unwrap();
        let begun = Begun::open(dir.path()).unwrap();
        assert_eq!((begun.all(), begun.order(one)), (Ok(vec![one, two]), Ok(b"first".to_vec())));
        begun.end(one).unwrap();
        begun.end(one).unwrap();
        assert_eq!((begun.contains(one), begun.contains(two)), (Ok(false), Ok(true)));
    }
}
