//! A sealed record looked at where it lies: what a scan of the whole log asks, and nothing is allocated.
use super::action::{Action, ObjectKind, Outcome, RefKey};
use super::event;
#[cfg(test)]
use super::event::Event;
use crate::domain::ids::AccountId;
use crate::domain::time::Timestamp;
use crate::log::record::{Record, Refs};

/// The fields of one record that views and figures ask for.
#[derive(Clone, Copy, Debug)]
pub struct Glance<'a> {
    pub seq: u64,
    pub at: Timestamp,
    pub actor: Option<AccountId>,
    pub action: Action,
    pub object: (ObjectKind, [u8; 16]),
    pub outcome: Outcome,
    pub reason: u16,
    pub terminal: &'a str,
    refs: Refs<'a>,
}

/// What a stored row turns out to be.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    Sound(Glance<'a>),
    /// Its body was erased, by a purge or by somebody else: the verification knows which.
    Erased,
    Damaged(Damage),
}

/// Why a row cannot be believed. Such rows stand in every view, whatever is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Not the bytes of any event.
    Unreadable,
    /// The event of another row.
    Misplaced,
    /// Not what its hash was made from.
    Altered,
}

/// Looks at one stored row.
pub fn look<'a>(seq: u64, body: Option<&'a [u8]>, hash: &[u8]) -> Seen<'a> {
    let Some(body) = body else { return Seen::Erased };
    match Glance::of(body) {
        None => Seen::Damaged(Damage::Unreadable),
        Some(glance) if glance.seq != seq => Seen::Damaged(Damage::Misplaced),
        Some(_) if event::leaf_hash(body) != *hash => Seen::Damaged(Damage::Altered),
        Some(glance) => Seen::Sound(glance),
    }
}

impl<'a> Glance<'a> {
    /// `None` for exactly the bytes that `Event::decode` refuses.
    pub fn of(body: &'a [u8]) -> Option<Self> {
        let record = Record::parse(body)?;
        let glance = Self {
            seq: record.seq,
            at: Timestamp::from_micros(record.wall_us),
            actor: (*record.actor != [0; 16]).then(|| AccountId::from_bytes(*record.actor)),
            action: Action::from_code(record.action)?,
            object: (ObjectKind::from_code(record.object_kind)?, *record.object),
            outcome: Outcome::from_code(record.outcome.into())?,
            reason: record.reason,
            terminal: record.origin.terminal,
            refs: record.refs,
        };
        record.refs.iter().all(|(key, _)| RefKey::from_code(key).is_some()).then_some(glance)
    }

    /// The references in their order.
    pub fn references(&self) -> impl Iterator<Item = (RefKey, &'a [u8])> + use<'a> {
        self.refs.iter().filter_map(|(key, value)| Some((RefKey::from_code(key)?, value)))
    }

    pub fn reference(&self, key: RefKey) -> Option<&'a [u8]> {
        self.refs.value(key.code())
    }

    /// The account that the event belongs to: whoever acted, or whoever came in or failed to.
    pub fn account(&self) -> Option<AccountId> {
        account_of(self.actor, self.object)
    }

    /// Every thing that the event names by its id: what it is about, and the records and sendings beside it.
    pub fn named(&self) -> impl Iterator<Item = [u8; 16]> + use<'a> {
        let about = (self.object.0 != ObjectKind::Nothing).then_some(self.object.1);
        about.into_iter().chain(self.references().flat_map(|(key, value)| ids_in(key, value)))
    }
}

/// A sign-in has no actor yet: it is about the account that came in.
pub fn account_of(actor: Option<AccountId>, object: (ObjectKind, [u8; 16])) -> Option<AccountId> {
    actor.or_else(|| (object.0 == ObjectKind::Account).then(|| AccountId::from_bytes(object.1)))
}

/// The ids of records and sendings in one reference; some hold several.
pub fn ids_in(key: RefKey, value: &[u8]) -> impl Iterator<Item = [u8; 16]> + use<'_> {
    let holds = matches!(key, RefKey::Record | RefKey::OtherRecord | RefKey::Transmission | RefKey::Stopped);
    let ids = if holds { value } else { &[] };
    ids.as_chunks::<16>().0.iter().copied()
}

/// The same of a decoded event.
#[cfg(test)]
pub fn named_by(event: &Event) -> impl Iterator<Item = [u8; 16]> + use<'_> {
    let about = (event.object.0 != ObjectKind::Nothing).then_some(event.object.1);
    about.into_iter().chain(event.refs.iter().flat_map(|(key, value)| ids_in(*key, value)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::event::tests::sample;
    use super::*;

    fn agrees(body: &[u8]) -> Result<(), TestCaseError> {
        match (Glance::of(body), Event::decode(body)) {
            (None, None) => {}
            (Some(glance), Some(event)) => {
                prop_assert_eq!(glance.seq, event.seq);
                prop_assert_eq!((glance.at, glance.actor), (event.clock.wall, event.actor));
                prop_assert_eq!((glance.action, glance.object), (event.action, event.object));
                prop_assert_eq!((glance.outcome, glance.reason), (event.outcome, event.reason));
                prop_assert_eq!(glance.terminal, &event.origin.terminal);
                let refs: Vec<_> = glance.references().map(|(key, value)| (key, value.to_vec())).collect();
                prop_assert_eq!(refs, event.refs.clone());
                prop_assert_eq!(glance.named().collect::<Vec<_>>(), named_by(&event).collect::<Vec<_>>());
            }
            (glance, event) => prop_assert!(false, "{glance:?} against {event:?}"),
        }
        Ok(())
    }

    fn with_references() -> Event {
        let mut event = sample();
        event.refs.push((RefKey::Record, vec![5; 16]));
        event.refs.push((RefKey::OtherRecord, [[6; 16], [7; 16]].concat()));
        event
    }

    #[test]
    fn a_glance_sees_what_decoding_sees() {
        for event in [sample(), with_references()] {
            assert!(Glance::of(&event.encode()).is_some());
            agrees(&event.encode()).unwrap();
        }
        let named: Vec<_> = named_by(&with_references()).collect();
        assert_eq!(named, [[9; 16], [5; 16], [6; 16], [7; 16]]);
    }

    #[test]
    fn every_byte_of_a_record_counts_for_both() {
        for body in [sample().encode(), with_references().encode()] {
            for at in 0..body.len() {
                for bit in 0..8 {
                    let mut altered = body.clone();
                    altered[at] ^= 1 << bit;
                    agrees(&altered).unwrap();
                }
                agrees(&body[..at]).unwrap();
            }
        }
    }

    #[test]
    fn a_row_that_is_not_what_was_sealed_is_damaged() {
        let body = sample().encode();
        let hash = event::leaf_hash(&body);
        assert!(matches!(look(42, Some(&body), &hash), Seen::Sound(_)));
        assert!(matches!(look(42, None, &hash), Seen::Erased));
        for (seq, body, hash, damage) in [
            (42, &b"x"[..], &hash[..], Damage::Unreadable),
            (41, &body, &hash, Damage::Misplaced),
            (42, &body, &[0; 32], Damage::Altered),
        ] {
            assert!(matches!(look(seq, Some(body), hash), Seen::Damaged(found) if found == damage));
        }
    }

    proptest! {
        /// Also where more than one byte is another one.
        #[test]
        fn no_bytes_are_seen_by_one_alone(
            changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
            cut in any::<proptest::sample::Index>(),
        ) {
            let mut body = with_references().encode();
            for (at, byte) in changes {
                let at = at.index(body.len());
                body[at] = byte;
            }
            agrees(&body)?;
            body.truncate(cut.index(body.len()));
            agrees(&body)?;
        }
    }
}
