//! One record of the log: eighteen fields in canonical bytes.
use sha2::{Digest as _, Sha256};

use super::action::{Action, ObjectKind, Outcome, RefKey};
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::pae;
use crate::domain::time::Timestamp;

pub const MAGIC: &[u8] = b"hcaudit/1";
/// Terminal and peer names longer than this are cut: they help a reviewer, they prove nothing.
const NAME_MAX: usize = 64;
/// An id field that names nobody.
const NOBODY: [u8; 16] = [0; 16];

/// Which log, and which part of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogName {
    pub log_id: [u8; 16],
    pub epoch: u32,
}

/// From where somebody acted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub os_user: u32,
    pub login_user: u32,
    pub terminal: String,
    pub peer: String,
}

/// What the log's own clock fields say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockStamp {
    pub wall: Timestamp,
    pub boot_id: [u8; 16],
    pub boottime_us: u64,
    pub flags: ClockFlags,
}

/// Bits of the clock field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockFlags(u8);

impl ClockFlags {
    pub const SYNCHRONISED: u8 = 1;
    pub const STEP: u8 = 2;

    #[must_use]
    pub const fn with(self, bit: u8) -> Self {
        Self(self.0 | bit)
    }
    pub const fn contains(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
    pub const fn bits(self) -> u8 {
        self.0
    }
}

/// One sealed record, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub log: LogName,
    pub seq: u64,
    pub prev: [u8; 32],
    pub clock: ClockStamp,
    /// `None` for the system itself and for people who could not be identified.
    pub actor: Option<AccountId>,
    pub session: Option<SessionId>,
    pub origin: Origin,
    pub action: Action,
    pub object: (ObjectKind, [u8; 16]),
    pub outcome: Outcome,
    /// Code of a `Reason`; 0 when there is none.
    pub reason: u16,
    /// Strictly ascending by key.
    pub refs: Vec<(RefKey, Vec<u8>)>,
    pub detail_commit: Option<[u8; 32]>,
}

impl Event {
    pub fn encode(&self) -> Vec<u8> {
        let refs: Vec<Vec<u8>> = self
            .refs
            .iter()
            .flat_map(|(key, value)| [key.code().to_be_bytes().to_vec(), value.clone()])
            .collect();
        let refs: Vec<&[u8]> = refs.iter().map(Vec::as_slice).collect();
        let origin = pae::encode(&[
            &self.origin.os_user.to_be_bytes(),
            &self.origin.login_user.to_be_bytes(),
            cut(&self.origin.terminal).as_bytes(),
            cut(&self.origin.peer).as_bytes(),
        ]);
        let object = [&self.object.0.code().to_be_bytes()[..], &self.object.1].concat();
        pae::encode(&[
            MAGIC,
            &self.log.log_id,
            &self.log.epoch.to_be_bytes(),
            &self.seq.to_be_bytes(),
            &self.prev,
            &self.clock.wall.micros().to_be_bytes(),
            &self.clock.boot_id,
            &self.clock.boottime_us.to_be_bytes(),
            &[self.clock.flags.bits()],
            self.actor.as_ref().map_or(NOBODY.as_slice(), |id| id.as_bytes().as_slice()),
            self.session.as_ref().map_or(NOBODY.as_slice(), |id| id.as_bytes().as_slice()),
            &origin,
            &self.action.code().to_be_bytes(),
            &object,
            &[u8::try_from(self.outcome.code()).expect("outcomes are small")],
            &self.reason.to_be_bytes(),
            &pae::encode(&refs),
            self.detail_commit.as_ref().map_or(&[][..], |commit| commit),
        ])
    }

    /// `None` unless the bytes are exactly what [`Event::encode`] gives for some event.
    pub fn decode(body: &[u8]) -> Option<Self> {
        let fields: [&[u8]; 18] = pae::decode(body)?.try_into().ok()?;
        let [
            magic,
            log_id,
            epoch,
            seq,
            prev,
            wall,
            boot_id,
            boottime,
            flags,
            actor,
            session,
            origin,
            action,
            object,
            outcome,
            reason,
            refs,
            commit,
        ] = fields;
        if magic != MAGIC {
            return None;
        }
        let (object_kind, object_id) = object.split_first_chunk::<2>()?;
        let [flags] = flags else { return None };
        let [outcome] = outcome else { return None };
        let event = Self {
            log: LogName {
                log_id: log_id.try_into().ok()?,
                epoch: u32::from_be_bytes(epoch.try_into().ok()?),
            },
            seq: u64::from_be_bytes(seq.try_into().ok()?),
            prev: prev.try_into().ok()?,
            clock: ClockStamp {
                wall: Timestamp::from_micros(i64::from_be_bytes(wall.try_into().ok()?)),
                boot_id: boot_id.try_into().ok()?,
                boottime_us: u64::from_be_bytes(boottime.try_into().ok()?),
                flags: ClockFlags(*flags),
            },
            actor: optional(actor)?.map(AccountId::from_bytes),
            session: optional(session)?.map(SessionId::from_bytes),
            origin: decode_origin(origin)?,
            action: Action::from_code(u16::from_be_bytes(action.try_into().ok()?))?,
            object: (ObjectKind::from_code(u16::from_be_bytes(*object_kind))?, object_id.try_into().ok()?),
            outcome: Outcome::from_code(u16::from(*outcome))?,
            reason: u16::from_be_bytes(reason.try_into().ok()?),
            refs: decode_refs(refs)?,
            detail_commit: if commit.is_empty() { None } else { Some(commit.try_into().ok()?) },
        };
        // One meaning, one encoding: a second form of the same event would be room to hide something.
        (event.encode() == body).then_some(event)
    }

    /// The value of a reference, if the event has it.
    pub fn reference(&self, key: RefKey) -> Option<&[u8]> {
        self.refs.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_slice())
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

fn cut(name: &str) -> String {
    name.chars().filter(char::is_ascii_graphic).take(NAME_MAX).collect()
}

/// An id field: zeros mean "nobody".
fn optional(bytes: &[u8]) -> Option<Option<[u8; 16]>> {
    let bytes: [u8; 16] = bytes.try_into().ok()?;
    Some((bytes != [0; 16]).then_some(bytes))
}

fn decode_origin(bytes: &[u8]) -> Option<Origin> {
    let [os_user, login_user, terminal, peer] = pae::decode(bytes)?.try_into().ok()?;
    Some(Origin {
        os_user: u32::from_be_bytes(os_user.try_into().ok()?),
        login_user: u32::from_be_bytes(login_user.try_into().ok()?),
        terminal: String::from_utf8(terminal.to_vec()).ok()?,
        peer: String::from_utf8(peer.to_vec()).ok()?,
    })
}

fn decode_refs(bytes: &[u8]) -> Option<Vec<(RefKey, Vec<u8>)>> {
    let fields = pae::decode(bytes)?;
    let mut refs: Vec<(RefKey, Vec<u8>)> = Vec::with_capacity(fields.len() / 2);
    for pair in fields.chunks(2) {
        let [key, value] = pair else { return None };
        let key = RefKey::from_code(u16::from_be_bytes((*key).try_into().ok()?))?;
        if refs.last().is_some_and(|(last, _)| *last >= key) {
            return None;
        }
        refs.push((key, value.to_vec()));
    }
    Some(refs)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn sample() -> Event {
        Event {
            log: LogName { log_id: [7; 16], epoch: 1 },
            seq: 42,
            prev: [3; 32],
            clock: ClockStamp {
                wall: Timestamp::from_seconds(1_783_987_920),
                boot_id: [5; 16],
                boottime_us: 99,
                flags: ClockFlags::default().with(ClockFlags::SYNCHRONISED),
            },
            actor: Some(AccountId::from_bytes([1; 16])),
            session: None,
            origin: Origin {
                os_user: 1000,
                login_user: u32::MAX,
                terminal: "pts/3".into(),
                peer: String::new(),
            },
            action: Action::ShowRecord,
            object: (ObjectKind::Record, [9; 16]),
            outcome: Outcome::Done,
            reason: 0,
            refs: vec![
                (RefKey::TransactionFirst, 42u64.to_be_bytes().to_vec()),
                (RefKey::Version, vec![0, 0, 0, 2]),
            ],
            detail_commit: Some(commit_detail(&[8; 32], b"term")),
        }
    }

    #[test]
    fn round_trip() {
        let event = sample();
        assert_eq!(Event::decode(&event.encode()), Some(event));
    }

    #[test]
    fn pinned_vector() {
        // Computed with Python from the description in docs/audit-log.md. The format is final: a change here makes every log in the field unreadable.
        let digest = data_encoding::HEXLOWER.encode(&leaf_hash(&sample().encode()));
        assert_eq!(digest, "1f1d746adeae322f22944ef35161e5acfb4d96c4c871f3600ce056db0c13f0c8");
    }

    #[test]
    fn any_other_bytes_are_refused_or_another_event() {
        let body = sample().encode();
        for at in 0..body.len() {
            for bit in [1u8, 0x80] {
                let mut altered = body.clone();
                altered[at] ^= bit;
                assert_ne!(Event::decode(&altered), Some(sample()), "byte {at}");
            }
        }
        assert_eq!(Event::decode(&[body.as_slice(), b"x"].concat()), None);
    }

    #[test]
    fn references_must_ascend() {
        let mut event = sample();
        event.refs.swap(0, 1);
        assert_eq!(Event::decode(&event.encode()), None);
    }
}
