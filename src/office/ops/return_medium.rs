//! A medium is back in the house.
use super::super::audit::Action;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReturnMedium as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::ids::TransmissionId;

/// Records that it was taken back and that what was on it is erased (媒体管理簿の返却欄).
#[derive(Clone, Copy, Debug)]
pub struct ReturnMedium {
    pub transmission: TransmissionId,
}

impl sealed::Sealed for ReturnMedium {}
impl Operation for ReturnMedium {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::ReturnMedium;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.medium_loan(self.transmission)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let loan = tx.medium_loan(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let sending = tx.transmission(permit.target())?.ok_or(Reason::Impossible)?;
        // While it may still be written it is not back.
        if loan.returned.is_some() || sending.state.is_open() {
            return Err(Reason::OutOfOrder);
        }
        tx.return_medium(loan.transmission, permit.account(), desk.now)?;
        Ok(Acted::done(()))
    }
}
