//! Hand a transmission back to its sender without confirming it.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmTransmission as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::store::transmission::StateCode;
use super::super::store::{self, Tx};
use super::begin_confirmation::facts;
use crate::domain::ids::{RecordId, TransmissionId};

/// The second person does not confirm; the sender starts again.
#[derive(Clone, Copy, Debug)]
pub struct ReturnTransmission {
    pub transmission: TransmissionId,
}

impl sealed::Sealed for ReturnTransmission {}
impl Operation for ReturnTransmission {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::ReturnTransmission;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Transmission, *self.transmission.as_bytes())
    }
    fn facts(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
        facts(tx, self.transmission, desk)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = tx.transmission(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if !tx.move_transmission(row.id, StateCode::Awaiting, StateCode::Returned, None, desk.now)? {
            return Err(Reason::OutOfOrder);
        }
        Ok(Acted::done(()).with_ref_to(RefKey::Record, row.matter.record().as_ref().map(RecordId::as_bytes)))
    }
}
