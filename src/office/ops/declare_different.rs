//! Remember that two records are not about one person.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, DecideLikeness};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::ids::RecordId;
use crate::domain::likeness::Decision;

/// Not the same person; taken back by [`super::DeclareSame`].
#[derive(Clone, Copy, Debug)]
pub struct DeclareDifferent {
    pub record: RecordId,
    pub other: RecordId,
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
        two_records(tx, self.record, self.other)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, DecideLikeness>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let pair = (permit.target(), self.other);
        tx.decide_likeness(pair, Decision::Different, permit.account(), desk.now)?;
        Ok(Acted::done(()).with_ref(RefKey::OtherRecord, self.other.as_bytes()))
    }
}

/// `None` unless both exist and are two.
pub(super) fn two_records(tx: &Tx<'_>, one: RecordId, other: RecordId) -> store::Result<Option<()>> {
    let both = tx.record(one)?.is_some() && tx.record(other)?.is_some();
    Ok((both && one != other).then_some(()))
}
