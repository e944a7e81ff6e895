//! What the machine is like, as far as `uketsuke doctor` asks.
use std::io;
use std::path::Path;

use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

/// Whether SQLite's shared memory and locks work on a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSystem {
    Local,
    /// NFS, SMB and the like: locks between machines are not reliable there.
    Network,
    /// User-space file systems may be either.
    Unsure,
}

// From the kernel's magic.h.
const NETWORK_MAGICS: [u64; 8] =
    [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x564C, 0x5346_414F, 0x0102_1997, 0x00C3_6400];
const FUSE_MAGIC: u64 = 0x6573_5546;
const MAGIC_BITS: u64 = 0xFFFF_FFFF;

pub fn file_system(path: &Path) -> io::Result<FileSystem> {
    // The kernel's number is 32 bits wide; the C type is signed and its width differs between machines.
    let magic = (rustix::fs::statfs(path)?.f_type as u64) & MAGIC_BITS;
    Ok(match magic {
        FUSE_MAGIC => FileSystem::Unsure,
        magic if NETWORK_MAGICS.contains(&magic) => FileSystem::Network,
        _ => FileSystem::Local,
    })
}

/// Bytes that this user may still write on the file system of `path`.
pub fn free_bytes(path: &Path) -> io::Result<u64> {
    let found = rustix::fs::statvfs(path)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Whether something is mounted at `path`: it lies on another device than the directory that it is in.
pub fn is_mount_point(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (here, above) = (std::fs::symlink_metadata(path)?, std::fs::metadata(path.join(".."))?);
    Ok(here.is_dir() && (here.dev() != above.dev() || here.ino() == above.ino()))
}

/// Whether memory may be written to a swap area. `None` where the system does not tell.
pub fn swap_in_use() -> Option<bool> {
    let text = std::fs::read_to_string("/proc/swaps").ok()?;
    Some(text.lines().skip(1).any(|line| !line.trim().is_empty() && !line.starts_with("/dev/zram")))
}

/// Whether this process would leave no core dump and lets nobody of the same user trace it.
pub fn is_hardened() -> bool {
    let dumpable = dumpable_behavior().is_ok_and(|behavior| behavior == DumpableBehavior::NotDumpable);
    dumpable && getrlimit(Resource::Core).current == Some(0)
}
