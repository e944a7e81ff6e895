//! Stop a destination for everybody, at once, when nothing has gone wrong yet: a number that is about to change, a
//! contract that has ended. What did go wrong is reported, see `report_misdelivery`.
use super::super::audit::Action;
use super::super::outbox;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, FreezeDestination as Permit};
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::sending::halting::give_back_waiting;
use super::super::store::{self, Tx};
use crate::domain::ids::DestinationId;

/// Freezes an entry. What waits for a second person goes back to its sender; orders to it that have not left are stopped
/// by the courier, which reads the list of frozen destinations before every delivery.
#[derive(Clone, Copy, Debug)]
pub struct FreezeDestination {
    pub id: DestinationId,
}

impl sealed::Sealed for FreezeDestination {}
impl Operation for FreezeDestination {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::FreezeDestination;
    const ROOM: Room = Room::None;

    fn target(&self) -> DestinationId {
        self.id
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.destination(self.id)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        freeze(tx, permit.target(), desk)?;
        give_back_waiting(tx, permit.target(), Reason::DestinationFrozen, desk)?;
        Ok(Acted::done(()))
    }
}

/// Nothing goes there any more, neither out of this office nor out of the courier's hands.
pub(super) fn freeze(tx: &mut Tx<'_>, id: DestinationId, desk: &Desk<'_>) -> Result<(), Reason> {
    tx.freeze_destination(id, desk.now)?;
    // Written before the commit: a list that freezes too much is safe, one that freezes too little is not.
    outbox::write_frozen(desk.house, &tx.frozen_destinations()?)
}
