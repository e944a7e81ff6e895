//! Agree to an erasure in the log, and carry it out.
use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey, purge};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{ApproveLogPurge as Permit, Authorized};
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::store::{self, Tx};
use crate::domain::staff::Party;
use crate::log::statement::Erasure;

/// The second supervisor signs the same, and it is done: what was erased cannot be brought back, its hashes stay.
#[derive(Clone, Copy, Debug)]
pub struct ApproveLogPurge {
    pub kind: Erasure,
    /// As the first supervisor asked.
    pub size: u64,
}

impl sealed::Sealed for ApproveLogPurge {}
impl Operation for ApproveLogPurge {
    type Needs = Permit;
    /// How many rows lost what was to be erased.
    type Outcome = u64;
    const ACTION: Action = Action::ApproveLogPurge;
    const CLOCK: WallClock = WallClock::Trusted;
    const ROOM: Room = Room::None;

    fn target(&self) {}
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Party>> {
        let Some(proposal) = tx.purge_proposal(self.kind)?.filter(|proposal| proposal.size == self.size)
        else {
            return Ok(None);
        };
        Ok(tx.staff(proposal.proposer)?.map(|row| row.party))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<u64>, Reason> {
        let proposal = tx.purge_proposal(self.kind)?.ok_or(Reason::NoSuchThing)?;
        purge::check_age(tx, self.kind, self.size, desk.now)?;
        let statement = purge::statement(tx, self.kind, self.size)?;
        let signature = desk.keys.sign(&statement.to_bytes());
        let erased = tx.carry_out_purge(self.kind, self.size)?;
        // In the log the account that acts is the first of the two: each signature stands beside its account.
        Ok(Acted::done(erased)
            .with_ref(RefKey::SubmitSignature, &signature)
            .with_ref(RefKey::ConfirmSignature, &proposal.signature)
            .with_ref(RefKey::OtherAccount, proposal.proposer.as_bytes())
            .with_ref(RefKey::CheckpointSize, &statement.size.to_be_bytes())
            .with_ref(RefKey::CheckpointRoot, &statement.root)
            .with_ref(RefKey::Erasure, &statement.kind.to_be_bytes()))
    }
}
