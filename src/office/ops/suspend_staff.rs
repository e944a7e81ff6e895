//! Suspend an account.
use super::super::audit::Action;
use super::super::outbox;
use super::super::perform::{Acted, AfterCommit, Desk, Operation, sealed};
use super::super::policy::{Authorized, SuspendStaff as Permit};
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::store::staff::StaffStatus;
use super::super::store::{self, Tx};
use crate::domain::ids::AccountId;
use crate::domain::staff::Role;

/// Ends the account's sessions at their next act, and its part in every agreement that has not left.
#[derive(Clone, Copy, Debug)]
pub struct SuspendStaff {
    pub account: AccountId,
}

impl sealed::Sealed for SuspendStaff {}
impl Operation for SuspendStaff {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::SuspendStaff;
    const ROOM: Room = Room::None;

    fn target(&self) -> AccountId {
        self.account
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.staff(self.account)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = tx.staff(permit.target())?.ok_or(Reason::NoSuchThing)?;
        // Two administrators and two supervisors must stay: roles and the roster need two people.
        let others = tx.all_staff()?;
        for role in [Role::Administrator, Role::Supervisor] {
            let remaining = others
                .iter()
                .filter(|other| other.status == StaffStatus::Active && other.roles.contains(role))
                .filter(|other| other.party.account != row.party.account)
                .count();
            if row.roles.contains(role) && remaining < 2 {
                return Err(Reason::LastOfRole);
            }
        }
        tx.set_staff_status(row.party.account, StaffStatus::Suspended)?;
        // The courier is told at once; the signed roster follows with its next version, which takes two people.
        outbox::write_suspended(desk.house, &tx.suspended_accounts()?)?;
        // Only after the commit: the key must not be taken from somebody who then stays active.
        Ok(Acted::done(()).then(AfterCommit::SealVault))
    }
}
