//! The forward-secure seal: after a break-in nobody can forge what was written before it.
//!
//! Each event is tagged under a key that is erased at once; only the folded aggregate of all tags is kept. The first
//! key `k0` leaves the machine at set-up to the offline auditor, who alone can replay the whole chain.
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Where the seal stands after event `seq`.
#[derive(Clone, PartialEq, Eq)]
pub struct SealState {
    pub epoch: u32,
    pub seq: u64,
    /// Key of the next event.
    pub key: Zeroizing<[u8; 32]>,
    pub aggregate: [u8; 32],
}

/// The same without the key: what may leave the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealPosition {
    pub epoch: u32,
    pub seq: u64,
    pub key_digest: [u8; 32],
    pub aggregate: [u8; 32],
}

impl SealState {
    /// The state before the first event of an epoch, which comes after event `seq`.
    pub fn start(log_id: &[u8; 16], epoch: u32, seq: u64, k0: &[u8; 32]) -> Self {
        let aggregate = Sha256::new()
            .chain_update(b"hcaudit/v1/agg0")
            .chain_update(log_id)
            .chain_update(epoch.to_be_bytes())
            .finalize()
            .into();
        Self { epoch, seq, key: evolve(k0, seq), aggregate }
    }

    /// Folds the next event in and forgets its key.
    pub fn fold(&mut self, hash: &[u8; 32]) {
        self.seq += 1;
        let tag = Zeroizing::new(mac(&self.key, &[b"hcaudit/v1/tag", &self.seq.to_be_bytes(), hash]));
        self.aggregate =
            Sha256::new().chain_update([2]).chain_update(self.aggregate).chain_update(*tag).finalize().into();
        self.key = evolve(&self.key, self.seq);
    }

    pub fn position(&self) -> SealPosition {
        SealPosition {
            epoch: self.epoch,
            seq: self.seq,
            key_digest: Sha256::digest(*self.key).into(),
            aggregate: self.aggregate,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_different_past_gives_a_different_aggregate() {
        let fold = |hashes: &[[u8; 32]]| {
            let mut state = SealState::start(&[7; 16], 1, 0, &[1; 32]);
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
