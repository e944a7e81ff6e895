//! Putting a package down under its name: once, never over another file, and the same again changes nothing.
use std::fs;
use std::io;
use std::path::Path;

use crate::os::files as os_files;

use super::super::files::{Unread, read_regular};
use super::PACKAGE_MAX;

/// Why a package was not put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplaced {
    /// A file of this name with other content lies there.
    Occupied,
    /// The folder, or the file in it, is a link or something else that it should not be.
    Unsafe,
    /// May be tried again.
    Io(io::ErrorKind),
}

/// Puts the bytes down under the name. Doing it again changes nothing.
pub fn put_down(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Unplaced> {
    let io = |error: io::Error| Unplaced::Io(error.kind());
    let target = folder.join(name);
    sweep(folder, name).map_err(io)?;
    match read_regular(&target, PACKAGE_MAX) {
        Err(Unread::Missing) => os_files::write_atomically(&target, bytes).map_err(io),
        // Perhaps a round was interrupted between the rename and its being durable.
        Ok(found) if found == bytes => os_files::sync_dir(folder).map_err(io),
        Ok(_) | Err(Unread::TooLarge) => Err(Unplaced::Occupied),
        Err(Unread::NotRegular) => Err(Unplaced::Unsafe),
        Err(Unread::Io(kind)) => Err(Unplaced::Io(kind)),
    }
}

/// Removes the half-written files of an interrupted round, so that nobody collects them.
fn sweep(folder: &Path, name: &str) -> io::Result<()> {
    let prefix = format!(".{name}.");
    for item in fs::read_dir(folder)? {
        let name = item?.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(&prefix) && name.ends_with(".tmp"));
        if ours {
            fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}
