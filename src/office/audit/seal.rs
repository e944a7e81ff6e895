//! The forward-secure seal: after a break-in nobody can forge what was written before it.
//!
//! Each event is tagged under a key that is erased at once; only the folded aggregate of all tags is kept. The first
//! key `k0` leaves the machine at set-up to the offline auditor, who alone can replay the whole chain.
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use super::event::LogName;
use crate::os::files::Lock;

/// Two slots, written together: a torn write leaves one of them valid.
const SLOT_SIZE: usize = 512;
const CONTENT_SIZE: usize = 4 + 8 + 32 + 32;

/// Where the seal stands after event `seq`.
#[derive(Clone, PartialEq, Eq)]
pub struct SealState {
    pub epoch: u32,
    pub seq: u64,
    /// Key of the next event.
    pub key: Zeroizing<[u8; 32]>,
    pub aggregate: [u8; 32],
}

impl SealState {
    /// The state before the first event of an epoch.
    pub fn start(log: LogName, seq: u64, k0: &[u8; 32]) -> Self {
        let aggregate = Sha256::new()
            .chain_update(b"hcaudit/v1/agg0")
            .chain_update(log.log_id)
            .chain_update(log.epoch.to_be_bytes())
            .finalize()
            .into();
        Self { epoch: log.epoch, seq, key: evolve(k0, seq), aggregate }
    }

    /// Folds the next event in and forgets its key.
    pub fn fold(&mut self, hash: &[u8; 32]) {
        self.seq += 1;
        let tag = Zeroizing::new(mac(&self.key, &[b"hcaudit/v1/tag", &self.seq.to_be_bytes(), hash]));
        self.aggregate =
            Sha256::new().chain_update([2]).chain_update(self.aggregate).chain_update(*tag).finalize().into();
        self.key = evolve(&self.key, self.seq);
    }

    fn to_slot(&self) -> Zeroizing<[u8; SLOT_SIZE]> {
        let mut slot = Zeroizing::new([0u8; SLOT_SIZE]);
        let content = Zeroizing::new(
            [&self.epoch.to_be_bytes()[..], &self.seq.to_be_bytes(), &*self.key, &self.aggregate].concat(),
        );
        slot[..CONTENT_SIZE].copy_from_slice(&content);
        slot[CONTENT_SIZE..CONTENT_SIZE + 4].copy_from_slice(&checksum(&content));
        slot
    }

    fn from_slot(slot: &[u8]) -> Option<Self> {
        let (content, rest) = slot.split_at_checked(CONTENT_SIZE)?;
        if rest.get(..4)? != checksum(content) {
            return None;
        }
        let (epoch, content) = content.split_first_chunk::<4>()?;
        let (seq, content) = content.split_first_chunk::<8>()?;
        let (key, content) = content.split_first_chunk::<32>()?;
        Some(Self {
            epoch: u32::from_be_bytes(*epoch),
            seq: u64::from_be_bytes(*seq),
            key: Zeroizing::new(*key),
            aggregate: content.try_into().ok()?,
        })
    }
}

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
            .filter_map(SealState::from_slot)
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

    /// Overwrites both slots in one write: the key of the last event is gone when this returns.
    pub fn save(&self) -> io::Result<()> {
        let slot = self.state.to_slot();
        let mut both = Zeroizing::new([0u8; 2 * SLOT_SIZE]);
        both[..SLOT_SIZE].copy_from_slice(slot.as_ref());
        both[SLOT_SIZE..].copy_from_slice(slot.as_ref());
        self.lock.file().write_all_at(both.as_ref(), 0)?;
        self.lock.file().sync_data()?;
        both.zeroize();
        Ok(())
    }
}

fn evolve(key: &[u8; 32], seq: u64) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(mac(key, &[b"hcaudit/v1/evolve", &seq.to_be_bytes()]))
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Tells a torn write from a whole one; it protects against nothing else.
fn checksum(content: &[u8]) -> [u8; 4] {
    let digest: [u8; 32] = Sha256::digest(content).into();
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: LogName = LogName { log_id: [7; 16], epoch: 1 };

    #[test]
    fn survives_a_torn_write() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state");
        let mut guard = SealGuard::create(&path, SealState::start(LOG, 0, &[1; 32])).unwrap();
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

    #[test]
    fn a_different_past_gives_a_different_aggregate() {
        let fold = |hashes: &[[u8; 32]]| {
            let mut state = SealState::start(LOG, 0, &[1; 32]);
            hashes.iter().for_each(|hash| state.fold(hash));
            state.aggregate
        };
        assert_ne!(fold(&[[1; 32], [2; 32]]), fold(&[[2; 32], [1; 32]]));
        // Computed with Python's hmac and hashlib from the description in docs/audit-log.md.
        assert_eq!(
            data_encoding::HEXLOWER.encode(&fold(&[[1; 32], [2; 32]])),
            "29e8cda2657d82aa4ae233bfb63831265de694d25639b68f9e0ce617b8fab932"
        );
    }
}
