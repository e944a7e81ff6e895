//! Remember that two records are not about one person.
use super::super::audit::{Action, ObjectKind, RefKey};
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
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Record, *self.record.as_bytes())
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

/// `None` unless all exist and none of the others is the record itself.
pub(super) fn with_others(tx: &Tx<'_>, record: RecordId, others: &[RecordId]) -> store::Result<Option<()>> {
    if others.is_empty() || others.contains(&record) {
        return Ok(None);
    }
    for known in others.iter().chain([&record]) {
        if tx.record(*known)?.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(()))
}

/// One row in the log for one decision, with every record that it names.
pub(super) fn decide_all(
    tx: &mut Tx<'_>,
    (record, others): (RecordId, &[RecordId]),
    decision: Decision,
    by: AccountId,
    now: Timestamp,
) -> Result<Acted<()>, Reason> {
    for other in others {
        tx.decide_likeness((record, *other), decision, by, now)?;
    }
    let named: Vec<u8> = others.iter().flat_map(|other| *other.as_bytes()).collect();
    Ok(Acted::done(()).with_ref(RefKey::OtherRecord, &named))
}
