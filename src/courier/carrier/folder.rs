//! The folder carrier: one folder per destination, one file per transmission, never replaced.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::destination::{Address, FolderAddress};
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::order::{Report, names};
use crate::os::files as os_files;

use super::super::files::{Unread, exists, read_regular};
use super::super::round::Obstacle;
use super::{Carrier, Content, CourierError, Handed, PACKAGE_MAX, Parcel, Sealed, check_dir};

/// A folder that another system picks packages up from (LGWAN のファイル転送).
#[derive(Clone, Debug)]
pub struct FolderCarrier {
    /// Must exist; one folder per destination is made inside it.
    pub drop_root: PathBuf,
}

impl FolderCarrier {
    pub(super) fn check(&self) -> Result<(), CourierError> {
        check_dir(&self.drop_root)
    }
}

impl Carrier for FolderCarrier {
    fn hand_over(&self, parcel: &Parcel<'_>) -> Handed {
        let (Address::Folder(address), Content::Sealed(sealed)) = (parcel.address, parcel.content) else {
            return Handed::Refused(Obstacle::NotEncrypted);
        };
        let name = names::of(parcel.transmission, sealed.extension());
        match put_down(&self.drop_root, address, &name, sealed.bytes()) {
            Ok(()) => Handed::Sent(Report::default()),
            Err(Undelivered::Occupied) => Handed::Refused(Obstacle::Occupied),
            Err(Undelivered::Unsafe) => Handed::Refused(Obstacle::FolderUnsafe),
            Err(Undelivered::Io) => Handed::NotNow,
        }
    }

    /// A folder can be tried again: the same name and the same bytes.
    fn follow_up(&self, parcel: &Parcel<'_>) -> Handed {
        self.hand_over(parcel)
    }

    fn has(&self, address: &Address, id: TransmissionId, artefact: Digest) -> bool {
        let folder = self.drop_root.join(address.as_str());
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir());
        let lies_as = |extension| {
            let target = folder.join(names::of(id, extension));
            read_regular(&target, PACKAGE_MAX).is_ok_and(|found| Digest::of(&found) == artefact)
        };
        is_folder && Sealed::EXTENSIONS.into_iter().any(lies_as)
    }
}

/// Why a package was not put down.
enum Undelivered {
    /// A file of this name with other content lies there.
    Occupied,
    /// The folder, or the file in it, is a link or something else that it should not be.
    Unsafe,
    /// May be tried again.
    Io,
}

/// Puts the bytes down under the name. Doing it again changes nothing.
fn put_down(root: &Path, address: &FolderAddress, name: &str, bytes: &[u8]) -> Result<(), Undelivered> {
    let folder = open_folder(root, address)?;
    let target = folder.join(name);
    sweep(&folder, name).map_err(|_| Undelivered::Io)?;
    match read_regular(&target, PACKAGE_MAX) {
        Err(Unread::Missing) => os_files::write_atomically(&target, bytes).map_err(|_| Undelivered::Io),
        // Perhaps a round was interrupted between the rename and its being durable.
        Ok(found) if found == bytes => os_files::sync_dir(&folder).map_err(|_| Undelivered::Io),
        Ok(_) | Err(Unread::TooLarge) => Err(Undelivered::Occupied),
        Err(Unread::NotRegular) => Err(Undelivered::Unsafe),
        Err(Unread::Io(_)) => Err(Undelivered::Io),
    }
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
