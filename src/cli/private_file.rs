//! Files that hold passwords or answers: the owner's alone, read strictly.
use std::path::Path;

use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::failure::Failure;
use crate::config::{FaultKind, FileFault, read_toml};
use crate::os::files;
use crate::text::cli as say;

const SIZE_MAX: u64 = 256 * 1024;

/// Reads a TOML file that nobody but its owner may read.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    Ok(read_toml(path, &bytes(path)?)?)
}

/// The bytes of such a file.
pub fn bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let unreadable = || FileFault { file: path.to_owned(), line: 0, kind: FaultKind::Unreadable };
    if !files::is_private(path).map_err(|_| unreadable())? {
        return Err(Failure::refused("file-not-private", say::FILE_NOT_PRIVATE, &[&path.display()]));
    }
    Ok(files::read_limited(path, SIZE_MAX).map(Zeroizing::new).map_err(|_| unreadable())?)
}
