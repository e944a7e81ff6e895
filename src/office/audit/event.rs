//! One record of the log: eighteen fields in canonical bytes.
use super::action::{Action, ObjectKind, Outcome, RefKey};
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::pae;
use crate::domain::time::Timestamp;
use crate::log::record::{MAGIC, NAME_MAX, Record};
pub use crate::log::record::{commit_detail, leaf_hash};

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

    /// `None` unless the bytes are exactly what [`Event::encode`] gives for some event that this program knows.
    pub fn decode(body: &[u8]) -> Option<Self> {
        let record = Record::parse(body)?;
        let someone = |bytes: &[u8; 16]| (*bytes != NOBODY).then_some(*bytes);
        Some(Self {
            log: LogName { log_id: *record.log_id, epoch: record.epoch },
            seq: record.seq,
            prev: *record.prev,
            clock: ClockStamp {
                wall: Timestamp::from_micros(record.wall_us),
                boot_id: *record.boot_id,
                boottime_us: record.boottime_us,
                flags: ClockFlags(record.clock_flags),
            },
            actor: someone(record.actor).map(AccountId::from_bytes),
            session: someone(record.session).map(SessionId::from_bytes),
            origin: Origin {
                os_user: record.origin.os_user,
                login_user: record.origin.login_user,
                terminal: record.origin.terminal.to_owned(),
                peer: record.origin.peer.to_owned(),
            },
            action: Action::from_code(record.action)?,
            object: (ObjectKind::from_code(record.object_kind)?, *record.object),
            outcome: Outcome::from_code(record.outcome.into())?,
            reason: record.reason,
            refs: record
                .refs
                .iter()
                .map(|(key, value)| Some((RefKey::from_code(key)?, value.to_vec())))
                .collect::<Option<_>>()?,
            detail_commit: record.detail_commit.copied(),
        })
    }

    /// The value of a reference, if the event has it.
    pub fn reference(&self, key: RefKey) -> Option<&[u8]> {
        self.refs.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_slice())
    }
}

fn cut(name: &str) -> String {
    name.chars().filter(char::is_ascii_graphic).take(NAME_MAX).collect()
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

    /// Found by the second verifier: five references said, four there.
    #[test]
    fn references_are_pairs_and_all_there() {
        let mut event = sample();
        event.refs.truncate(2);
        let body = event.encode();
        let fields = pae::decode(&body).unwrap();
        let lying = [&5u32.to_be_bytes()[..], &fields[16][4..]].concat();
        let fields: Vec<&[u8]> =
            fields.iter().enumerate().map(|(at, field)| if at == 16 { &lying[..] } else { field }).collect();
        assert_eq!(Event::decode(&pae::encode(&fields)), None);
    }

    #[test]
    fn references_must_ascend() {
        let mut event = sample();
        event.refs.swap(0, 1);
        assert_eq!(Event::decode(&event.encode()), None);
    }
}
