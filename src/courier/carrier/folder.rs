//! The folder carrier: one folder per destination, one file per transmission, never replaced.
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::destination::{Address, FolderAddress};
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::order::{Report, names};
use crate::os::files as os_files;

use super::super::files::{exists, read_regular};
use super::super::obstacle::Obstacle;
use super::placing::{Unplaced, put_down};
use super::{Carrier, Content, Handed, PACKAGE_MAX, Parcel, Sealed, Standing};

/// A folder that another system picks packages up from (LGWAN のファイル転送).
#[derive(Clone, Debug)]
pub struct FolderCarrier {
    /// Must exist; one folder per destination is made inside it.
    pub drop_root: PathBuf,
}

impl FolderCarrier {
    /// A directory of its own, not a link to one. A share that is not mounted may be there the next time.
    fn check(&self) -> Result<(), Obstacle> {
        let meta = fs::symlink_metadata(&self.drop_root).map_err(|_| Obstacle::FolderUnavailable)?;
        if meta.is_dir() { Ok(()) } else { Err(Obstacle::FolderUnsafe) }
    }
}

impl Carrier for FolderCarrier {
    fn hand_over(&self, parcel: &Parcel<'_>) -> Handed {
        let (Address::Folder(address), Content::Sealed(sealed)) = (parcel.address, parcel.content) else {
            return Handed::Refused(Obstacle::NotEncrypted);
        };
        if let Err(obstacle) = self.check() {
            return Handed::NotNow(obstacle);
        }
        let name = names::of(parcel.transmission, sealed.extension());
        let placed =
            open_folder(&self.drop_root, address).and_then(|folder| put_down(&folder, &name, sealed.bytes()));
        match placed {
            Ok(()) => Handed::Sent(Report::default()),
            Err(unplaced) => unplaced.handed(Obstacle::FolderUnavailable),
        }
    }

    /// A folder can be tried again: the same name and the same bytes.
    fn follow_up(&self, parcel: &Parcel<'_>) -> Handed {
        self.hand_over(parcel)
    }

    fn standing(&self, address: &Address, id: TransmissionId, artefact: Digest) -> Standing {
        let folder = self.drop_root.join(address.as_str());
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir());
        let lies_as = |extension| {
            let target = folder.join(names::of(id, extension));
            read_regular(&target, PACKAGE_MAX).is_ok_and(|found| Digest::of(&found) == artefact)
        };
        Standing::of_arrival(is_folder && Sealed::EXTENSIONS.into_iter().any(lies_as))
    }
}

fn open_folder(root: &Path, address: &FolderAddress) -> Result<PathBuf, Unplaced> {
    let folder = root.join(address.as_str());
    if !exists(&folder).map_err(|error| Unplaced::Io(error.kind()))? {
        let made = os_files::make_private_dir(&folder).and_then(|()| os_files::sync_dir(root));
        made.map_err(|error| Unplaced::Io(error.kind()))?;
    }
    let meta = fs::symlink_metadata(&folder).map_err(|error| Unplaced::Io(error.kind()))?;
    if meta.is_dir() { Ok(folder) } else { Err(Unplaced::Unsafe) }
}
