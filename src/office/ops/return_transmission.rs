//! Hand a transmission back to its sender without confirming it.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmTransmission as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::sending::second_person::facts;
use super::super::sending::waiting::Waiting;
use super::super::store::drill::DrillResult;
use super::super::store::transmission::StateCode;
use super::super::store::{self, Tx};
use crate::domain::ids::{RecordId, TransmissionId};

/// The second person does not confirm; the sender starts again.
#[derive(Clone, Copy, Debug)]
pub struct ReturnTransmission {
    pub transmission: TransmissionId,
}

/// What was sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returned {
    Sending,
    /// It was a drill, and noticed.
    Drill,
}

impl sealed::Sealed for ReturnTransmission {}
impl Operation for ReturnTransmission {
    type Needs = Permit;
    type Outcome = Returned;
    const ACTION: Action = Action::ReturnTransmission;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
        facts(tx, self.transmission, desk)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Returned>, Reason> {
        let row = match Waiting::of(tx, permit.target(), desk.now)? {
            Waiting::Sending(row) => row,
            Waiting::Drill(drill) => {
                tx.end_drill(drill.id, DrillResult::Caught, permit.account(), desk.now)?;
                return Ok(Acted::done(Returned::Drill).about(ObjectKind::Drill, *drill.id.as_bytes()));
            }
        };
        if !tx.move_transmission(row.id, StateCode::Awaiting, StateCode::Returned, None, desk.now)? {
            return Err(Reason::OutOfOrder);
        }
        Ok(Acted::done(Returned::Sending)
            .with_ref_to(RefKey::Record, row.matter.record().as_ref().map(RecordId::as_bytes)))
    }
}
