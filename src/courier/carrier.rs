//! The folder carrier: one folder per destination, one file per transmission, never replaced.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::destination::FolderAddress;
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::order::names;
use crate::os::files as os_files;

use super::files::{Unread, exists, read_regular};

/// The largest package: a report with its scanned attachments stays far below.
pub const PACKAGE_MAX: u64 = 64 << 20;

/// Why a package was not put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// A file of this name with other content lies there.
    Occupied,
    /// The folder, or the file in it, is a link or something else that it should not be.
    Unsafe,
    /// May be tried again.
    Io,
}

/// Puts the bytes down under the transmission's name. Doing it again changes nothing.
pub fn deliver(
    root: &Path,
    address: &FolderAddress,
    id: TransmissionId,
    bytes: &[u8],
) -> Result<(), Undelivered> {
    let folder = open_folder(root, address)?;
    let target = folder.join(names::of(id, names::PACKAGE));
    sweep(&folder, id).map_err(|_| Undelivered::Io)?;
    match read_regular(&target, PACKAGE_MAX) {
        Err(Unread::Missing) => os_files::write_atomically(&target, bytes).map_err(|_| Undelivered::Io),
        // Perhaps a round was interrupted between the rename and its being durable.
        Ok(found) if found == bytes => os_files::sync_dir(&folder).map_err(|_| Undelivered::Io),
        Ok(_) | Err(Unread::TooLarge) => Err(Undelivered::Occupied),
        Err(Unread::NotRegular) => Err(Undelivered::Unsafe),
        Err(Unread::Io(_)) => Err(Undelivered::Io),
    }
}

/// Whether the very bytes lie there already.
pub fn holds(root: &Path, address: &FolderAddress, id: TransmissionId, artefact: Digest) -> bool {
    let folder = root.join(address.as_str());
    let is_folder = fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir());
    let target = folder.join(names::of(id, names::PACKAGE));
    is_folder && read_regular(&target, PACKAGE_MAX).is_ok_and(|found| Digest::of(&found) == artefact)
}

fn open_folder(root: &Path, address: &FolderAddress) -> Result<PathBuf, Undelivered> {
    let folder = root.join(address.as_str());
    if !exists(&folder).map_err(|_| Undelivered::Io)? {
        let made = os_files::make_private_dir(&folder).and_then(|()| os_files::sync_dir(root));
        made.map_err(|_| Undelivered::Io)?;
    }
    let meta = fs::symlink_metadata(&folder).map_err(|_| Undelivered::Io)?;
    if meta.is_dir() { Ok(folder) } else { Err(Undelivered::Unsafe) }
}

/// Removes the half-written files of an interrupted round, so that nobody collects them.
fn sweep(folder: &Path, id: TransmissionId) -> io::Result<()> {
    let prefix = format!(".{}.", names::of(id, names::PACKAGE));
    for item in fs::read_dir(folder)? {
        let name = item?.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(&prefix) && name.ends_with(".tmp"));
        if ours {
            fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}
