//! One event as bytes: eighteen fields, read without copying and without knowing what their codes mean.
//!
//! A verifier must not depend on the registry of codes: a log written by a newer program can still be checked.
use sha2::{Digest as _, Sha256};

use crate::domain::pae::Fields;

pub const MAGIC: &[u8] = b"hcaudit/1";
/// Terminal and peer names longer than this are cut: they help a reviewer, they prove nothing.
pub const NAME_MAX: usize = 64;
const FIELDS: u32 = 18;

/// A set bit says: the wall clock was moved before this event.
pub const CLOCK_MOVED: u8 = 2;
/// Clocks of one boot that drift apart by more than this were moved.
pub const CLOCK_STEP_US: i64 = 5_000_000;
/// Across boots: a machine's own clock may lag this much until it is set by the network.
pub const SET_BACK_US: i64 = 60_000_000;
/// No office is left alone for longer: a clock that is further ahead was set by somebody.
pub const SET_AHEAD_US: i64 = 35 * 24 * 3600 * 1_000_000;
/// The outcome of what was done, as against denied or failed.
pub const DONE: u8 = 1;

/// Actions that the verifier itself has to understand.
pub mod action {
    pub const GENESIS: u16 = 1;
    pub const CHECKPOINT: u16 = 2;
    pub const HEARTBEAT: u16 = 3;
    pub const EPOCH_START: u16 = 4;
    pub const SIGN_OFF: u16 = 74;
    pub const PURGE: u16 = 87;
    pub const CLOCK_STEP: u16 = 90;
}

/// References that the verifier itself has to understand.
pub mod reference {
    pub const TRANSACTION_FIRST: u16 = 1;
    pub const STATEMENT: u16 = 6;
    pub const FIRST_SIGNATURE: u16 = 7;
    pub const SECOND_SIGNATURE: u16 = 8;
    pub const OTHER_ACCOUNT: u16 = 9;
    pub const SEAL_KEY_DIGEST: u16 = 10;
    pub const SIZE: u16 = 21;
    pub const ROOT: u16 = 22;
    pub const ERASURE: u16 = 26;
    pub const CAUSE: u16 = 27;
    pub const AGGREGATE: u16 = 28;
    pub const HOST_KEY: u16 = 29;
    pub const PAPER_SIZE: u16 = 60;
    pub const PAPER_ROOT: u16 = 61;

    /// What the value must have, where the format says so.
    pub const fn size(key: u16) -> Option<usize> {
        match key {
            ERASURE | CAUSE => Some(2),
            TRANSACTION_FIRST | SIZE | PAPER_SIZE => Some(8),
            OTHER_ACCOUNT => Some(16),
            STATEMENT | SEAL_KEY_DIGEST | ROOT | AGGREGATE | HOST_KEY | PAPER_ROOT => Some(32),
            FIRST_SIGNATURE | SECOND_SIGNATURE => Some(64),
            _ => None,
        }
    }
}

/// The fields of one sealed body, by reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    pub log_id: &'a [u8; 16],
    pub epoch: u32,
    pub seq: u64,
    pub prev: &'a [u8; 32],
    pub wall_us: i64,
    pub boot_id: &'a [u8; 16],
    pub boottime_us: u64,
    pub clock_flags: u8,
    pub actor: &'a [u8; 16],
    pub session: &'a [u8; 16],
    pub origin: Origin<'a>,
    pub action: u16,
    pub object_kind: u16,
    pub object: &'a [u8; 16],
    pub outcome: u8,
    pub reason: u16,
    pub refs: Refs<'a>,
    pub detail_commit: Option<&'a [u8; 32]>,
}

/// From where somebody acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    pub os_user: u32,
    pub login_user: u32,
    pub terminal: &'a str,
    pub peer: &'a str,
}

/// Numbered values, strictly ascending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refs<'a>(&'a [u8]);

impl<'a> Record<'a> {
    /// `None` unless the bytes are the one encoding of some event.
    pub fn parse(body: &'a [u8]) -> Option<Self> {
        let mut fields = Fields::of(body, FIELDS)?;
        if fields.bytes()? != MAGIC {
            return None;
        }
        let record = Self {
            log_id: fields.array()?,
            epoch: u32::from_be_bytes(*fields.array()?),
            seq: u64::from_be_bytes(*fields.array()?),
            prev: fields.array()?,
            wall_us: i64::from_be_bytes(*fields.array()?),
            boot_id: fields.array()?,
            boottime_us: u64::from_be_bytes(*fields.array()?),
            clock_flags: u8::from_be_bytes(*fields.array()?),
            actor: fields.array()?,
            session: fields.array()?,
            origin: Origin::parse(fields.bytes()?)?,
            action: u16::from_be_bytes(*fields.array()?),
            object_kind: 0,
            object: &[0; 16],
            outcome: 0,
            reason: 0,
            refs: Refs(&[]),
            detail_commit: None,
        };
        let (kind, object) = fields.array::<18>()?.split_first_chunk::<2>()?;
        let outcome = u8::from_be_bytes(*fields.array()?);
        let reason = u16::from_be_bytes(*fields.array()?);
        let refs = Refs::parse(fields.bytes()?)?;
        let commit = fields.bytes()?;
        let detail_commit = if commit.is_empty() { None } else { Some(commit.try_into().ok()?) };
        fields.end()?;
        Some(Self {
            object_kind: u16::from_be_bytes(*kind),
            object: object.try_into().ok()?,
            outcome,
            reason,
            refs,
            detail_commit,
            ..record
        })
    }

    /// First sequence number of the same database transaction.
    pub fn transaction_first(&self) -> Option<u64> {
        self.refs.u64(reference::TRANSACTION_FIRST)
    }
}

impl<'a> Origin<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let mut fields = Fields::of(bytes, 4)?;
        let origin = Self {
            os_user: u32::from_be_bytes(*fields.array()?),
            login_user: u32::from_be_bytes(*fields.array()?),
            terminal: plain(fields.bytes()?)?,
            peer: plain(fields.bytes()?)?,
        };
        fields.end().map(|()| origin)
    }
}

/// A name with nothing in it that could move a cursor.
fn plain(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    (text.len() <= NAME_MAX && text.bytes().all(|byte| byte.is_ascii_graphic())).then_some(text)
}

impl<'a> Refs<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (count, _) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_be_bytes(*count);
        if count % 2 != 0 {
            return None;
        }
        let mut fields = Fields::of(bytes, count)?;
        let mut last: Option<u16> = None;
        for _ in 0..count / 2 {
            let key = u16::from_be_bytes(*fields.array()?);
            if last.is_some_and(|last| last >= key) {
                return None;
            }
            last = Some(key);
            let value = fields.bytes()?;
            if reference::size(key).is_some_and(|size| size != value.len()) {
                return None;
            }
        }
        fields.end().map(|()| Self(bytes))
    }

    /// All pairs in order.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &'a [u8])> + use<'a> {
        let count = self.0.split_first_chunk::<4>().map_or(0, |(count, _)| u32::from_be_bytes(*count));
        let mut fields = Fields::of(self.0, count);
        (0..count / 2).map_while(move |_| {
            let fields = fields.as_mut()?;
            Some((u16::from_be_bytes(*fields.array()?), fields.bytes()?))
        })
    }
    pub fn value(&self, key: u16) -> Option<&'a [u8]> {
        self.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }
    pub fn array<const N: usize>(&self, key: u16) -> Option<[u8; N]> {
        self.value(key)?.try_into().ok()
    }
    pub fn u64(&self, key: u16) -> Option<u64> {
        self.array(key).map(u64::from_be_bytes)
    }
    pub fn u16(&self, key: u16) -> Option<u16> {
        self.array(key).map(u16::from_be_bytes)
    }
}

/// `SHA-256(0x00 || body)`: leaf hash of RFC 6962 and link of the chain.
pub fn leaf_hash(body: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update([0]).chain_update(body).finalize().into()
}

/// What the sealed record keeps of an erasable detail. The nonce keeps short details from being guessed.
pub fn commit_detail(nonce: &[u8; 32], detail: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"hcaudit/detail").chain_update(nonce).chain_update(detail).finalize().into()
}
