//! Take a verdict back, as if it had not been given. The log keeps both.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReviewEvent as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::review_event::person_behind;
use crate::domain::ids::PersonId;

/// Takes back one's own verdict about one event.
#[derive(Clone, Copy, Debug)]
pub struct TakeBackReview {
    pub seq: u64,
}

impl sealed::Sealed for TakeBackReview {}
impl Operation for TakeBackReview {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::TakeBackReview;

    fn target(&self) -> u64 {
        self.seq
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Option<PersonId>>> {
        person_behind(tx, self.seq)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        if tx.week_of_row(permit.target())?.is_some_and(|week| week.signed.is_some()) {
            return Err(Reason::ReviewSigned);
        }
        if !tx.delete_review(permit.target(), permit.account())? {
            return Err(Reason::NothingToTakeBack);
        }
        Ok(Acted::done(()).with_ref(RefKey::ReviewedEvent, &self.seq.to_be_bytes()))
    }
}
