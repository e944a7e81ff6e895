//! One agreement between two people, for tests.
use super::*;
use crate::domain::ids::{AccountId, PersonId};

/// 2026-07-14 12:00 in Japan.
pub const NOON: Timestamp = Timestamp::from_seconds(1_783_998_000);

pub fn party(n: u8) -> Party {
    Party { account: AccountId::from_bytes([n; 16]), person: PersonId::from_bytes([n; 16]) }
}
pub fn submission() -> Submission {
    Submission {
        by: party(1),
        version: 3,
        statement: Digest::of(b"statement"),
        artefact: Digest::of(b"artefact"),
        destination: Digest::of(b"destination"),
        entry_version: 4,
        at: NOON,
    }
}
pub fn agreement() -> Agreement {
    Agreement::recall(submission(), party(2), NOON.plus_seconds(60)).expect("two people")
}
pub fn clearance() -> Clearance {
    Clearance::by_courier(submission().statement)
}
