//! Remember that two records are not about one person.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, DecideLikeness};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::likeness::Decision;
use crate::domain::time::Timestamp;

/// Not the same person; taken back by [`super::DeclareSame`].
#[derive(Clone, Debug)]
pub struct DeclareDifferent {
    pub record: RecordId,
    /// All records of the person who is meant: what holds for the newest holds for every one.
    pub others: Vec<RecordId>,
}

impl sealed::Sealed for DeclareDifferent {}
impl Operation for DeclareDifferent {
    type Needs = DecideLikeness;
    type Outcome = ();
    const ACTION: Action = Action::DeclareDifferent;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        with_others(tx, self.record, &self.others)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, DecideLikeness>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        decide_all(tx, (permit.target(), &self.others), Decision::Different, permit.account(), desk.now)
    }
}

/// `None` unless the record and some of the others exist and none of them is the record itself.
pub(super) fn with_others(tx: &Tx<'_>, record: RecordId, others: &[RecordId]) -> store::Result<Option<()>> {
    if others.contains(&record) || tx.record(record)?.is_none() {
        return Ok(None);
    }
    Ok((!existing(tx, others)?.is_empty()).then_some(()))
}

/// A draft among them may have been discarded since they were shown.
fn existing(tx: &Tx<'_>, others: &[RecordId]) -> store::Result<Vec<RecordId>> {
    let mut existing = Vec::with_capacity(others.len());
    for other in others {
        if tx.record(*other)?.is_some() {
            existing.push(*other);
        }
    }
    Ok(existing)
}

/// One row in the log for one decision, with every record that it names.
pub(super) fn decide_all(
    tx: &mut Tx<'_>,
    (record, others): (RecordId, &[RecordId]),
    decision: Decision,
    by: AccountId,
    now: Timestamp,
) -> Result<Acted<()>, Reason> {
    let others = existing(tx, others)?;
    for other in &others {
        tx.decide_likeness((record, *other), decision, by, now)?;
    }
    let named: Vec<u8> = others.iter().flat_map(|other| *other.as_bytes()).collect();
    Ok(Acted::done(()).with_ref(RefKey::OtherRecord, &named))
}
