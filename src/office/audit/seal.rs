//! The file of the seal: where `crate::log::seal` stands, and the lock that all writers of the log take first.
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

pub use crate::log::seal::SealState;
use crate::os::files::Lock;

/// Two slots, written together: a torn write leaves one of them valid.
const SLOT_SIZE: usize = 512;
const CONTENT_SIZE: usize = 4 + 8 + 32 + 32;

/// The locked seal file. While it is held, no other process can append to the log.
pub struct SealGuard {
    lock: Lock,
    pub state: SealState,
}

impl SealGuard {
    /// Waits for the lock and reads the state. `InvalidData` when neither slot is whole.
    pub fn acquire(path: &Path) -> io::Result<Self> {
        let lock = Lock::exclusive(path)?;
        let mut bytes = Zeroizing::new([0u8; 2 * SLOT_SIZE]);
        lock.file().read_exact_at(bytes.as_mut(), 0).map_err(|_| io::ErrorKind::InvalidData)?;
        let state = bytes
            .chunks(SLOT_SIZE)
            .filter_map(from_slot)
            .max_by_key(|state| (state.epoch, state.seq))
            .ok_or(io::ErrorKind::InvalidData)?;
        Ok(Self { lock, state })
    }

    /// Makes the file with its first state.
    pub fn create(path: &Path, state: SealState) -> io::Result<Self> {
        let guard = Self { lock: Lock::exclusive(path)?, state };
        guard.save()?;
        Ok(guard)
    }

    /// Takes the lock, whatever the file holds, and then makes a state that is not written yet: what it is made of stands
    /// still by then.
    pub fn hold<E: From<io::Error>>(
        path: &Path,
        state: impl FnOnce() -> Result<SealState, E>,
    ) -> Result<Self, E> {
        let lock = Lock::exclusive(path)?;
        Ok(Self { lock, state: state()? })
    }

    /// Overwrites both slots in one write: the key of the last event is gone when this returns.
    pub fn save(&self) -> io::Result<()> {
        let slot = to_slot(&self.state);
        let mut both = Zeroizing::new([0u8; 2 * SLOT_SIZE]);
        both[..SLOT_SIZE].copy_from_slice(slot.as_ref());
        both[SLOT_SIZE..].copy_from_slice(slot.as_ref());
        self.lock.file().write_all_at(both.as_ref(), 0)?;
        self.lock.file().sync_data()?;
        both.zeroize();
        Ok(())
    }
}

fn to_slot(state: &SealState) -> Zeroizing<[u8; SLOT_SIZE]> {
    let mut slot = Zeroizing::new([0u8; SLOT_SIZE]);
    let content = Zeroizing::new(
        [&state.epoch.to_be_bytes()[..], &state.seq.to_be_bytes(), &*state.key, &state.aggregate].concat(),
    );
    slot[..CONTENT_SIZE].copy_from_slice(&content);
    slot[CONTENT_SIZE..CONTENT_SIZE + 4].copy_from_slice(&checksum(&content));
    slot
}

fn from_slot(slot: &[u8]) -> Option<SealState> {
    let (content, rest) = slot.split_at_checked(CONTENT_SIZE)?;
    if rest.get(..4)? != checksum(content) {
        return None;
    }
    let (epoch, content) = content.split_first_chunk::<4>()?;
    let (seq, content) = content.split_first_chunk::<8>()?;
    let (key, content) = content.split_first_chunk::<32>()?;
    Some(SealState {
        epoch: u32::from_be_bytes(*epoch),
        seq: u64::from_be_bytes(*seq),
        key: Zeroizing::new(*key),
        aggregate: content.try_into().ok()?,
    })
}

/// Tells a torn write from a whole one; it protects against nothing else.
fn checksum(content: &[u8]) -> [u8; 4] {
    let digest: [u8; 32] = Sha256::digest(content).into();
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_a_torn_write() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state");
        let mut guard = SealGuard::create(&path, SealState::start(&[7; 16], 1, 0, &[1; 32])).unwrap();
        guard.state.fold(&[2; 32]);
        guard.save().unwrap();
        drop(guard);
        let whole = std::fs::read(&path).unwrap();
        for torn in [0..SLOT_SIZE, SLOT_SIZE..2 * SLOT_SIZE] {
            let mut bytes = whole.clone();
            bytes[torn.clone()].fill(0);
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(SealGuard::acquire(&path).unwrap().state.seq, 1);
        }
        std::fs::write(&path, [0; 2 * SLOT_SIZE]).unwrap();
        assert!(SealGuard::acquire(&path).is_err());
    }
}
