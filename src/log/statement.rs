//! What two people sign before the log may lose something: an erasure, or the start of an epoch.
use crate::domain::pae;

/// What an erasure takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Erasure {
    /// 詳細: the free text beside events.
    Details = 1,
    /// 本文: the sealed records themselves; their hashes stay.
    Bodies = 2,
}

impl Erasure {
    pub const fn code(self) -> u16 {
        self as u16
    }
    pub fn from_code(code: u16) -> Option<Self> {
        [Self::Details, Self::Bodies].into_iter().find(|kind| kind.code() == code)
    }
}

/// Everything up to a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurgeStatement {
    pub log_id: [u8; 16],
    pub kind: u16,
    pub size: u64,
    pub root: [u8; 32],
}

impl PurgeStatement {
    pub fn to_bytes(&self) -> Vec<u8> {
        pae::encode(&[
            b"hcaudit/purge/1",
            &self.log_id,
            &self.kind.to_be_bytes(),
            &self.size.to_be_bytes(),
            &self.root,
        ])
    }
}

/// Why the log begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum EpochCause {
    /// バックアップから戻した
    Restored = 1,
    /// 封印の控えが失われた
    SealLost = 2,
    /// 記録が封印より短い
    LogShort = 3,
}

impl EpochCause {
    pub const fn code(self) -> u16 {
        self as u16
    }
}

/// A new beginning after the log went back or the seal was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochStatement {
    pub log_id: [u8; 16],
    pub epoch: u32,
    pub cause: u16,
    pub size: u64,
    pub root: [u8; 32],
    /// Highest size that the two people found on paper; 0 when there is no paper.
    pub paper_size: u64,
    pub paper_root: [u8; 32],
    pub seal_key_digest: [u8; 32],
    pub host_key: [u8; 32],
}

impl EpochStatement {
    pub fn to_bytes(&self) -> Vec<u8> {
        pae::encode(&[
            b"hcaudit/epoch/1",
            &self.log_id,
            &self.epoch.to_be_bytes(),
            &self.cause.to_be_bytes(),
            &self.size.to_be_bytes(),
            &self.root,
            &self.paper_size.to_be_bytes(),
            &self.paper_root,
            &self.seal_key_digest,
            &self.host_key,
        ])
    }
}
