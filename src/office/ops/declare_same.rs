//! Remember that two records are about one person.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, DecideLikeness};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::declare_different::two_records;
use crate::domain::ids::RecordId;
use crate::domain::likeness::Decision;

/// The same person; taken back by [`super::DeclareDifferent`].
#[derive(Clone, Copy, Debug)]
pub struct DeclareSame {
    pub record: RecordId,
    pub other: RecordId,
}

impl sealed::Sealed for DeclareSame {}
impl Operation for DeclareSame {
    type Needs = DecideLikeness;
    type Outcome = ();
    const ACTION: Action = Action::DeclareSame;

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
        tx.decide_likeness(pair, Decision::Same, permit.account(), desk.now)?;
        Ok(Acted::done(()).with_ref(RefKey::OtherRecord, self.other.as_bytes()))
    }
}
