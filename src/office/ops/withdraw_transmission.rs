//! Take a transmission back before it leaves.
use super::super::audit::{Action, RefKey};
use super::super::outbox;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, WithdrawTransmission as Permit};
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::store::transmission::StateCode;
use super::super::store::{self, Tx};
use crate::domain::ids::{RecordId, TransmissionId};
use crate::domain::staff::Party;

/// Withdraws what waits, what is queued, and what failed. What the courier has taken cannot be called back.
#[derive(Clone, Copy, Debug)]
pub struct WithdrawTransmission {
    pub transmission: TransmissionId,
}

impl sealed::Sealed for WithdrawTransmission {}
impl Operation for WithdrawTransmission {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::WithdrawTransmission;
    const ROOM: Room = Room::None;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Party>> {
        // A drill is refused to whoever did not prepare it, as a sending is: the refusal must not tell which it is.
        let author = match tx.transmission(self.transmission)? {
            Some(row) => Some(row.author),
            None => tx.drill(self.transmission)?.map(|drill| drill.shown_author),
        };
        let Some(author) = author else { return Ok(None) };
        Ok(tx.staff(author)?.map(|author| author.party))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = tx.transmission(permit.target())?.ok_or(Reason::NoSuchThing)?;
        match row.state {
            StateCode::Awaiting | StateCode::Failed => {}
            // The order is removed under the outbox lock before the state changes: the courier cannot be in between.
            StateCode::Queued => outbox::revoke(desk.house, row.id)?,
            StateCode::Confirmed | StateCode::Dispatching | StateCode::Sent | StateCode::Uncertain => {
                return Err(Reason::AlreadyLeft);
            }
            StateCode::Acknowledged | StateCode::Returned | StateCode::Withdrawn | StateCode::Void => {
                return Err(Reason::StateFinished);
            }
        }
        if !tx.move_transmission(row.id, row.state, StateCode::Withdrawn, None, desk.now)? {
            return Err(Reason::OutOfOrder);
        }
        Ok(Acted::done(()).with_ref_to(RefKey::Record, row.matter.record().as_ref().map(RecordId::as_bytes)))
    }
}
