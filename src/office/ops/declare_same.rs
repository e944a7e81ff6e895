//! Remember that two records are about one person.
use super::super::audit::Action;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, DecideLikeness};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::declare_different::{decide_all, with_others};
use crate::domain::ids::RecordId;
use crate::domain::likeness::Decision;

/// The same person; taken back by [`super::DeclareDifferent`].
#[derive(Clone, Debug)]
pub struct DeclareSame {
    pub record: RecordId,
    /// All records of the person who is meant: what holds for the newest holds for every one.
    pub others: Vec<RecordId>,
}

impl sealed::Sealed for DeclareSame {}
impl Operation for DeclareSame {
    type Needs = DecideLikeness;
    type Outcome = ();
    const ACTION: Action = Action::DeclareSame;

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
        decide_all(tx, (permit.target(), &self.others), Decision::Same, permit.account(), desk.now)
    }
}
