//! Putting a package down under its name: once, never over another file, and the same again changes nothing.
use std::fs;
use std::io;
use std::path::Path;

use crate::os::files as os_files;

use super::super::files::{Unread, exists, read_regular};
use super::super::obstacle::Obstacle;
use super::{Handed, PACKAGE_MAX};

/// Why a package was not put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplaced {
    /// A file of this name with other content lies there.
    Occupied,
    /// The folder, or the file in it, is a link or something else that it should not be.
    Unsafe,
    /// It may lie there under its name, or come back there after a crash.
    Doubtful,
    /// It does not lie there; may be tried again.
    Io(io::ErrorKind),
}

impl Unplaced {
    /// What a carrier says of it, with its own word for a place that cannot be written.
    pub const fn handed(self, unavailable: Obstacle) -> Handed {
        match self {
            Self::Occupied => Handed::Refused(Obstacle::Occupied),
            Self::Unsafe => Handed::Refused(Obstacle::FolderUnsafe),
            Self::Doubtful => Handed::Unclear,
            Self::Io(_) => Handed::NotNow(unavailable),
        }
    }
}

/// Puts the bytes down under the name. Doing it again changes nothing.
pub fn put_down(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Unplaced> {
    put_down_with(os_files::sync_dir, folder, name, bytes)
}

/// What makes names in a folder durable; only a test gives another one than the system's.
type Sync = fn(&Path) -> io::Result<()>;

fn put_down_with(sync: Sync, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Unplaced> {
    let target = folder.join(name);
    // Nothing has been written by now; what an earlier round may have written is claimed, and stays so.
    sweep(folder, name).map_err(|error| Unplaced::Io(error.kind()))?;
    // Asked for when the name is in sight of whoever collects: a failure does not mean any more that nothing has left.
    let make_durable = || sync(folder).map_err(|_| Unplaced::Doubtful);
    match read_regular(&target, PACKAGE_MAX) {
        Err(Unread::Missing) => {
            os_files::replace(&target, bytes).map_err(|error| unless_there(&target, error.kind()))?;
            make_durable()
        }
        // Perhaps a round was interrupted between the rename and its being durable.
        Ok(found) if found == bytes => make_durable(),
        Ok(_) | Err(Unread::TooLarge) => Err(Unplaced::Occupied),
        Err(Unread::NotRegular) => Err(Unplaced::Unsafe),
        Err(Unread::Io(kind)) => Err(unless_there(&target, kind)),
    }
}

/// A disk that has failed is believed only when it shows that nothing lies there.
fn unless_there(target: &Path, kind: io::ErrorKind) -> Unplaced {
    match exists(target) {
        Ok(false) => Unplaced::Io(kind),
        Ok(true) | Err(_) => Unplaced::Doubtful,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// As a stick that was pulled out, or a disk that is failing.
    const FAILING: Sync = |_| Err(io::ErrorKind::Other.into());

    #[test]
    fn what_lies_under_its_name_is_not_said_to_be_elsewhere() {
        let dir = tempfile::tempdir().unwrap();
        let put = |sync| put_down_with(sync, dir.path(), "1e.age", b"sealed");
        assert_eq!(put(FAILING), Err(Unplaced::Doubtful), "in sight, and perhaps not durable");
        assert_eq!(fs::read(dir.path().join("1e.age")).unwrap(), b"sealed");
        assert_eq!(put(FAILING), Err(Unplaced::Doubtful), "nor is it when it was found there");
        assert_eq!(put(os_files::sync_dir), Ok(()));
        assert_eq!(Unplaced::Doubtful.handed(Obstacle::MediumReadOnly), Handed::Unclear);
    }

    #[test]
    fn what_never_got_its_name_may_be_tried_again() {
        let dir = tempfile::tempdir().unwrap();
        // Fits as a name; the half-written file beside it, whose name is longer, does not.
        let name = "1".repeat(255);
        let error = put_down(dir.path(), &name, b"sealed").unwrap_err();
        assert!(matches!(error, Unplaced::Io(_)), "{error:?}");
        assert_eq!(error.handed(Obstacle::MediumReadOnly), Handed::NotNow(Obstacle::MediumReadOnly));
        let missing = put_down(&dir.path().join("nowhere"), "1e.age", b"sealed");
        assert_eq!(missing, Err(Unplaced::Io(io::ErrorKind::NotFound)));
    }
}
