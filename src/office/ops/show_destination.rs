//! The address of one destination, on purpose.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ShowDestination as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::destination::Address;
use crate::domain::ids::DestinationId;

/// Lists hide every address, because a blind check from a screen is none. Who looks at one here cannot confirm what is
/// waiting to go there: the look is on record, and the confirmation asks for it.
#[derive(Clone, Copy, Debug)]
pub struct ShowDestination {
    pub id: DestinationId,
}

/// What the register knows of the way there.
#[derive(Clone, Debug)]
pub struct DestinationShown {
    pub address: Address,
    pub short_dial: String,
    pub phone: String,
    pub recipient: String,
}

impl sealed::Sealed for ShowDestination {}
impl Operation for ShowDestination {
    type Needs = Permit;
    type Outcome = DestinationShown;
    const ACTION: Action = Action::ShowDestination;

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
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<DestinationShown>, Reason> {
        let row = tx.destination(permit.target())?.ok_or(Reason::NoSuchThing)?;
        // Before the second keying nobody sees it, not even who entered it.
        if row.confirmation.is_none() {
            return Err(Reason::DestinationUnconfirmed);
        }
        let shown = DestinationShown {
            address: row.address,
            short_dial: row.short_dial,
            phone: row.phone,
            recipient: row.recipient,
        };
        Ok(Acted::done(shown).with_ref(RefKey::Version, &row.version.to_be_bytes()))
    }
}
