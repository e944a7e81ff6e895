//! Who works here.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListStaff as Permit};
use super::super::reason::Reason;
use super::super::store::staff::StaffStatus;
use super::super::store::{self, Tx};
use crate::domain::ids::{AccountId, StaffNumber};
use crate::domain::staff::Roles;
use crate::domain::time::Timestamp;

/// All accounts, by number.
#[derive(Clone, Copy, Debug)]
pub struct ListStaff;

#[derive(Clone, Debug)]
pub struct StaffLine {
    pub account: AccountId,
    pub number: StaffNumber,
    pub name: String,
    pub section: String,
    pub roles: Roles,
    pub status: StaffStatus,
    pub last_sign_in_at: Option<Timestamp>,
    /// Who entered it, while it waits for approval.
    pub proposed_by: Option<AccountId>,
}

impl sealed::Sealed for ListStaff {}
impl Operation for ListStaff {
    type Needs = Permit;
    type Outcome = Vec<StaffLine>;
    const ACTION: Action = Action::ListStaff;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<StaffLine>>, Reason> {
        let lines: Vec<StaffLine> = tx
            .all_staff()?
            .into_iter()
            .map(|row| StaffLine {
                account: row.party.account,
                number: row.number,
                name: row.name,
                section: row.section,
                roles: row.roles,
                status: row.status,
                last_sign_in_at: row.last_sign_in_at,
                proposed_by: row.issued_by.filter(|_| row.status == StaffStatus::Proposed),
            })
            .collect();
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}
