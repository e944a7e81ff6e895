//! After two misses a supervisor is called: only then a third attempt is made.
use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{AllowThirdAttempt as Permit, Authorized};
use super::super::reason::Reason;
use super::super::sending::waiting::{awaiting, needs_supervisor};
use super::super::store::{self, Tx};
use crate::domain::ids::TransmissionId;
use crate::domain::staff::Party;

/// The supervisor has looked at the papers with both people.
#[derive(Clone, Copy, Debug)]
pub struct AllowThirdAttempt {
    pub transmission: TransmissionId,
}

impl sealed::Sealed for AllowThirdAttempt {}
impl Operation for AllowThirdAttempt {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::AllowThirdAttempt;
    const CLOCK: WallClock = WallClock::Trusted;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Party>> {
        let Some(row) = tx.transmission(self.transmission)? else { return Ok(None) };
        Ok(tx.staff(row.author)?.map(|author| author.party))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = awaiting(tx, permit.target())?;
        if !needs_supervisor(&row) {
            return Err(Reason::OutOfOrder);
        }
        if tx.has_missed(row.id, permit.actor().party.person)? {
            return Err(Reason::MissedIt);
        }
        tx.allow_third_attempt(row.id, permit.account(), desk.now)?;
        Ok(Acted::done(()).with_ref(RefKey::Attempts, &row.misses.to_be_bytes()))
    }
}
