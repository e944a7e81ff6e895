//! Approve an account that another administrator entered.
use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, AfterCommit, Desk, Operation, sealed};
use super::super::policy::{ApproveStaff as Permit, Authorized};
use super::super::reason::Reason;
use super::super::roster;
use super::super::store::staff::StaffStatus;
use super::super::store::{self, Tx};
use super::super::vault_file;
use crate::domain::ids::AccountId;
use crate::domain::staff::Party;
use crate::order::{Endorsement, Signature};

/// Lets the person in for the first time: the vault key is sealed to them, and the roster names them.
///
/// The roster needs the signatures of both administrators: the proposer's was made with the proposal, over the very
/// version that this approval signs too.
#[derive(Clone, Debug)]
pub struct ApproveStaff {
    pub account: AccountId,
}

impl sealed::Sealed for ApproveStaff {}
impl Operation for ApproveStaff {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::ApproveStaff;
    const CLOCK: WallClock = WallClock::Trusted;

    fn target(&self) -> AccountId {
        self.account
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Party>> {
        let Some(row) = tx.staff(self.account)?.filter(|row| row.status == StaffStatus::Proposed) else {
            return Ok(None);
        };
        let Some(proposer) = row.issued_by else { return Ok(None) };
        Ok(tx.staff(proposer)?.map(|row| row.party))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = tx.staff(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let proposer = row.issued_by.ok_or(Reason::Impossible)?;
        let signature = tx.staff_proposal(row.party.account)?.ok_or(Reason::Impossible)?;
        let signed = Endorsement { account: proposer, signature: Signature::from_bytes(signature) };
        let version = roster::approve(tx, &row, signed, permit.account(), desk)?;
        tx.approve_staff(row.party.account, permit.account())?;
        // Written before the commit: a recipient too many cannot sign in, because the database does not know them.
        vault_file::write(tx, desk.keys, desk.house)?;
        Ok(Acted::done(())
            .with_ref(RefKey::OtherAccount, proposer.as_bytes())
            .with_ref(RefKey::RosterVersion, &version.to_be_bytes())
            .then(AfterCommit::EmitRoster))
    }
}
