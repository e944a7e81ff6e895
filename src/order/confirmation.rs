//! What the confirmer signs.
use crate::domain::digest::Digest;
use crate::domain::ids::AccountId;
use crate::domain::pae;
use crate::domain::time::Timestamp;

const MAGIC: &[u8] = b"hcconf/1";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    pub statement: Digest,
    pub confirmer: AccountId,
    pub totp_step: u64,
    pub confirmed_at: Timestamp,
}

impl Confirmation {
    pub fn encode(&self) -> Vec<u8> {
        pae::encode(&[
            MAGIC,
            self.statement.as_bytes(),
            self.confirmer.as_bytes(),
            &self.totp_step.to_be_bytes(),
            &self.confirmed_at.micros().to_be_bytes(),
        ])
    }
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let [magic, statement, confirmer, step, at] = pae::decode(bytes)?.try_into().ok()?;
        if magic != MAGIC {
            return None;
        }
        Some(Self {
            statement: Digest::from_bytes(statement.try_into().ok()?),
            confirmer: AccountId::from_bytes(confirmer.try_into().ok()?),
            totp_step: u64::from_be_bytes(step.try_into().ok()?),
            confirmed_at: Timestamp::from_micros(i64::from_be_bytes(at.try_into().ok()?)),
        })
    }
}
