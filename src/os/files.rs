//! Private files: created for the owner alone, replaced in one step, locked between processes.
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FallocateFlags, FlockOperation, OFlags, fallocate, flock};
use rustix::io::Errno;

const OWNER_ONLY_FILE: u32 = 0o600;
const OWNER_ONLY_DIR: u32 = 0o700;
const ANY_OTHER_BITS: u32 = 0o077;
/// How often a lock that is held is tried again: soon for a person, seldom for the machine.
const LOCK_RETRY: Duration = Duration::from_millis(10);

/// Makes the directory and its parents for the owner alone; existing ones are left as they are.
pub fn make_private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(OWNER_ONLY_DIR).create(path)
}

/// Whether nobody but the owner of this process may enter or read `path`.
pub fn is_private(path: &Path) -> io::Result<bool> {
    let meta = std::fs::symlink_metadata(path)?;
    let own = meta.uid() == rustix::process::geteuid().as_raw();
    Ok(own && !meta.file_type().is_symlink() && meta.permissions().mode() & ANY_OTHER_BITS == 0)
}

/// Replaces `path` with `bytes` so that a crash leaves the old content or the new one, never a part.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let dir = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    replace(path, bytes)?;
    sync_dir(dir)
}

/// The same for those who have to tell what failed: until [`sync_dir`] has gone well, a crash may still leave the old content.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temp = temp_beside(path)?;
    let written = write_new(&temp, bytes).and_then(|()| std::fs::rename(&temp, path));
    if written.is_err() {
        // The rename did not happen: leave nothing behind. A failure here is the smaller of two problems.
        let _ = std::fs::remove_file(&temp);
    }
    written
}

/// Makes a file that was not there, for the owner alone.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The same for what is written piece by piece.
pub fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY_FILE).open(path)
}

/// Makes a file of `size` bytes for which the disk keeps room, in one step.
pub fn allocate(path: &Path, size: u64) -> io::Result<()> {
    let temp = temp_beside(path)?;
    let made = fill(&temp, size).and_then(|()| std::fs::rename(&temp, path));
    if made.is_err() {
        // What was got of a disk that has not enough is given back.
        let _ = std::fs::remove_file(&temp);
    }
    made
}

fn fill(path: &Path, size: u64) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY_FILE).open(path)?;
    match fallocate(&file, FallocateFlags::empty(), 0, size) {
        Err(Errno::OPNOTSUPP | Errno::NOSYS) => {}
        other => return Ok(other?),
    }
    // A file system that cannot set room aside is given bytes to keep.
    io::copy(&mut io::repeat(0xA5).take(size), &mut file)?;
    file.sync_all()
}

/// How many bytes the disk really keeps for a file, and how many it claims to have.
pub fn room_of(path: &Path) -> io::Result<(u64, u64)> {
    /// The unit of `st_blocks`, whatever the file system uses.
    const BLOCK: u64 = 512;
    let meta = std::fs::symlink_metadata(path)?;
    if !meta.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok((meta.blocks().saturating_mul(BLOCK), meta.len()))
}

/// Opens for reading without following a symbolic link in the last component, up to `limit` bytes.
pub fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    // A pipe that somebody has put there is opened at once and then found to be none of our files; without the second flag
    // opening it would wait for ever.
    let flags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK);
    let file = OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Makes renames and removals in `dir` durable.
pub fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Opens (creating it for the owner alone) a file to lock or to update in place.
pub fn open_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(OWNER_ONLY_FILE)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}

/// A lock between processes, released when dropped or when the process dies.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// Waits until no other process holds the lock.
    pub fn exclusive(path: &Path) -> io::Result<Self> {
        let file = open_private(path)?;
        flock(&file, FlockOperation::LockExclusive)?;
        Ok(Self(file))
    }

    /// Waits about `patience` and then gives up with `WouldBlock`.
    pub fn exclusive_within(path: &Path, patience: Duration) -> io::Result<Self> {
        let file = open_private(path)?;
        let mut left = patience;
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Self(file)),
                Err(Errno::WOULDBLOCK) if !left.is_zero() => {
                    std::thread::sleep(LOCK_RETRY);
                    left = left.saturating_sub(LOCK_RETRY);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The locked file itself, for state that is kept in it.
    pub const fn file(&self) -> &File {
        &self.0
    }
}

fn temp_beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut temp = std::ffi::OsString::from(".");
    temp.push(name);
    temp.push(format!(".{}.tmp", std::process::id()));
    let temp = path.with_file_name(temp);
    // A leftover of a dead process with our number would make create_new fail for ever.
    match std::fs::remove_file(&temp) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(temp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_in_one_step_and_keeps_it_private() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("roster.json");
        write_atomically(&path, b"one").unwrap();
        write_atomically(&path, b"two").unwrap();
        assert_eq!(read_limited(&path, 3).unwrap(), b"two");
        assert!(is_private(&path).unwrap());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no temporary file is left");
        assert_eq!(read_limited(&path, 2).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn a_lock_that_is_held_is_waited_for_but_not_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let held = Lock::exclusive(&path).unwrap();
        let patience = Duration::from_millis(30);
        let refused = Lock::exclusive_within(&path, patience).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::WouldBlock);
        drop(held);
        Lock::exclusive_within(&path, patience).unwrap();
    }

    /// Opening a pipe waits for somebody at its other end.
    #[test]
    fn a_pipe_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("receipt");
        let private = rustix::fs::Mode::from_raw_mode(OWNER_ONLY_FILE);
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, private, 0).unwrap();
        let (told, hears) = std::sync::mpsc::channel();
        std::thread::spawn(move || told.send(read_limited(&path, 10).map_err(|error| error.kind())));
        let read = hears.recv_timeout(Duration::from_secs(5)).expect("an answer");
        assert_eq!(read, Err(io::ErrorKind::InvalidInput));
    }

    #[test]
    fn room_is_really_set_aside() {
        const SIZE: u64 = 1 << 20;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("reserve");
        allocate(&path, SIZE).unwrap();
        let (kept, len) = room_of(&path).unwrap();
        assert!(kept >= SIZE && len == SIZE, "{kept} of {len}");
        assert!(is_private(&path).unwrap());
        // More than any disk has: nothing is left behind, and what was there stays.
        assert!(allocate(&path, 1 << 60).is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert_eq!(room_of(&path).unwrap().1, SIZE);
        File::create(dir.path().join("sparse")).unwrap().set_len(SIZE).unwrap();
        assert_eq!(room_of(&dir.path().join("sparse")).unwrap(), (0, SIZE));
    }

    #[test]
    fn does_not_follow_links() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real"), dir.path().join("link"));
        write_atomically(&real, b"x").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(read_limited(&link, 10).is_err());
        assert!(open_private(&link).is_err());
        assert!(!is_private(&link).unwrap());
    }
}
