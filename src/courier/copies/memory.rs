//! What was sent to whom last. Addresses stand in the settings anyway; nothing else about anybody is kept.
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::domain::time::Timestamp;
use crate::log::Note;
use crate::log::checkpoint::origin;
use crate::os::files as os_files;

use super::super::files::{Unread, read_regular};

const FILE: &str = "checkpoints";
/// Hundreds of addresses fit.
const MAX_BYTES: u64 = 256 * 1024;

/// A checkpoint that has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    pub origin: String,
    pub size: u64,
    /// Hexadecimal.
    root: String,
}

impl Sent {
    pub fn of(note: &Note) -> Self {
        let point = &note.checkpoint;
        Self { origin: origin(&point.log_id), size: point.size, root: HEXLOWER.encode(&point.root) }
    }
}

/// One file in the courier's own directory, written after each copy.
pub struct Memory {
    path: PathBuf,
    places: BTreeMap<String, Known>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    sent: Option<Sent>,
    /// Seconds since 1970.
    pause_until: Option<i64>,
}

impl Memory {
    /// `None` for a file that is none of ours: whoever has spoiled it may have wanted what was sent to be forgotten.
    pub fn open(state_dir: &Path) -> Option<Self> {
        let path = state_dir.join(FILE);
        let places = match read_regular(&path, MAX_BYTES) {
            Ok(bytes) => serde_json::from_slice(&bytes).ok()?,
            Err(Unread::Missing) => BTreeMap::new(),
            Err(_) => return None,
        };
        Some(Self { path, places })
    }

    pub fn sent(&self, place: &str) -> Option<Sent> {
        self.places.get(place)?.sent.clone()
    }

    /// Whether a try is too soon. A pause that no clock of ours can have set is over.
    pub fn pauses(&self, place: &str, now: Timestamp) -> bool {
        let until = self.places.get(place).and_then(|known| known.pause_until);
        until.is_some_and(|until| (0..=super::DOUBT_PAUSE_S).contains(&(until - now.seconds() - 1)))
    }

    pub fn note_sent(&mut self, place: &str, sent: Sent) -> io::Result<()> {
        self.places.insert(place.to_owned(), Known { sent: Some(sent), pause_until: None });
        self.store()
    }

    pub fn note_pause(&mut self, place: &str, until: Timestamp) -> io::Result<()> {
        self.places.entry(place.to_owned()).or_default().pause_until = Some(until.seconds());
        self.store()
    }

    fn store(&self) -> io::Result<()> {
        let bytes = serde_json::to_vec(&self.places).expect("strings and numbers always serialise");
        os_files::write_atomically(&self.path, &bytes)
    }
}
