//! Room set aside for the day on which the disk is full: so that even then a refusal can be written down.
use std::io;
use std::path::{Path, PathBuf};

use crate::os::files;

/// Enough for thousands of rows of the log.
const SIZE: u64 = 16 * 1024 * 1024;

/// The file beside the seal that holds the room.
#[derive(Clone, Debug)]
pub struct Reserve(PathBuf);

impl Reserve {
    pub fn beside(seal_file: &Path) -> Self {
        Self(seal_file.with_file_name("reserve"))
    }

    /// Makes it where it is missing.
    pub fn keep(&self) -> io::Result<()> {
        match files::room_of(&self.0) {
            Ok((_, len)) if len == SIZE => Ok(()),
            // Something of that name that is no reserve: replaced in one step.
            Ok(_) => self.make(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.make(),
            Err(error) => Err(error),
        }
    }

    /// Gives the room back to the disk. It is no help when that fails, and nothing else can be done then.
    pub fn release(&self) {
        let _ = std::fs::remove_file(&self.0);
    }

    /// Whether the disk really keeps all of it: a copy of a directory may have turned it into a hole.
    pub fn is_whole(&self) -> bool {
        files::room_of(&self.0).is_ok_and(|(kept, len)| kept >= SIZE && len == SIZE)
    }

    fn make(&self) -> io::Result<()> {
        files::allocate(&self.0, SIZE)
    }
}
