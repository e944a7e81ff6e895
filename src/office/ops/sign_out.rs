//! Leave, and say so in the log.
use super::super::audit::Action;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, EndSession};
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::store::{self, Tx};

/// Ends the session; the caller drops it afterwards. Locking the screen is the same.
#[derive(Clone, Copy, Debug)]
pub struct SignOut;

impl sealed::Sealed for SignOut {}
impl Operation for SignOut {
    type Needs = EndSession;
    type Outcome = ();
    const ACTION: Action = Action::SignOut;
    const ROOM: Room = Room::None;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }
    fn act<'tx>(
        self,
        _tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, EndSession>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        Ok(Acted::done(()))
    }
}
