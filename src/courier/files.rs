//! Reading files that others may have prepared: regular ones only, no links, no pipes, bounded.
use std::fs;
use std::io;
use std::path::Path;

use crate::os::files;

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    Missing,
    /// A link, a directory, a pipe.
    NotRegular,
    TooLarge,
    Io(io::ErrorKind),
}

/// The whole file, when it is a regular one of at most `limit` bytes.
pub fn read_regular(path: &Path, limit: u64) -> Result<Vec<u8>, Unread> {
    // Looked at before it is opened: a link is told apart so, and a device may act when it is opened.
    let meta = fs::symlink_metadata(path).map_err(|error| unread(&error))?;
    if !meta.is_file() {
        return Err(Unread::NotRegular);
    }
    files::read_limited(path, limit).map_err(|error| unread(&error))
}

/// Whether anything has this name, be it a dangling link.
pub fn exists(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn unread(error: &io::Error) -> Unread {
    match error.kind() {
        io::ErrorKind::NotFound => Unread::Missing,
        io::ErrorKind::FileTooLarge => Unread::TooLarge,
        io::ErrorKind::InvalidInput => Unread::NotRegular,
        kind => Unread::Io(kind),
    }
}
