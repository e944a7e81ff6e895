//! Enter a new account: the first of two administrators.
use super::super::audit::{Action, ObjectKind};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ProposeStaff as Permit};
use super::super::reason::Reason;
use super::super::roster;
use super::super::store::staff::{StaffRow, StaffStatus};
use super::super::store::{self, Tx};
use super::super::vault::password;
use super::super::vault::slot::{PersonalKeys, Slot};
use crate::domain::ids::{AccountId, PersonId, StaffNumber};
use crate::domain::sensitive::Secret;
use crate::domain::staff::{Party, Roles};
use crate::os::files;

/// An initial password is for one use within this time.
const INITIAL_VALID_S: i64 = 24 * 3600;

/// What an administrator enters.
#[derive(Clone, Debug)]
pub struct StaffProposal {
    pub number: String,
    pub name: String,
    pub section: String,
    pub roles: Roles,
    /// A further account of somebody who works here already: the two never count as two people.
    pub same_person_as: Option<AccountId>,
}

/// Enters an account that another administrator has to approve.
#[derive(Clone, Debug)]
pub struct ProposeStaff {
    pub proposal: StaffProposal,
}

/// The initial password, shown once to the administrator who hands it over.
#[derive(Clone, Debug)]
pub struct ProposedStaff {
    pub account: AccountId,
    pub initial_password: Secret,
}

impl sealed::Sealed for ProposeStaff {}
impl Operation for ProposeStaff {
    type Needs = Permit;
    type Outcome = ProposedStaff;
    const ACTION: Action = Action::ProposeStaff;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Account, [0; 16])
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<ProposedStaff>, Reason> {
        let proposal = self.proposal;
        let number = StaffNumber::parse(&proposal.number).ok_or(Reason::NumberInvalid)?;
        if proposal.name.trim().is_empty() || proposal.roles.is_empty() {
            return Err(Reason::NameMissing);
        }
        match tx.staff_by_number(&number)? {
            None => {}
            // A proposal that was never approved may be made again.
            Some(row) if row.status == StaffStatus::Proposed => {
                tx.delete_proposed_staff(row.party.account)?;
            }
            Some(_) => return Err(Reason::NumberTaken),
        }
        let person = match proposal.same_person_as {
            None => PersonId::make(desk.now, desk.entropy),
            Some(other) => tx.staff(other)?.ok_or(Reason::NoSuchThing)?.party.person,
        };
        let account = AccountId::make(desk.now, desk.entropy);
        let initial_password = password::make_initial(desk.entropy);
        let keys = PersonalKeys::make(desk.entropy);
        let vault = desk.keys.vault_name().vault;
        let slot = Slot::close(vault, account, &number, &keys, &initial_password, desk.entropy)
            .map_err(|_| Reason::StoreRefused)?;
        let row = StaffRow {
            party: Party { account, person },
            number: number.clone(),
            name: proposal.name.trim().to_owned(),
            section: proposal.section.trim().to_owned(),
            roles: proposal.roles,
            status: StaffStatus::Proposed,
            public_key: slot.public_key,
            recipient: slot.recipient.text(),
            totp: None,
            totp_step: None,
            issued_by: Some(permit.account()),
            approved_by: None,
            issued_at: desk.now,
            initial_until: Some(desk.now.plus_seconds(INITIAL_VALID_S)),
            last_sign_in_at: None,
            last_terminal: None,
            failures: 0,
        };
        // The proposer signs the roster as it will be; a change of the roster in between voids the proposal.
        let roster = roster::with_account(tx, &row, desk.now)?.to_bytes();
        let signature = desk.keys.sign(&roster);
        tx.insert_staff(&row)?;
        tx.set_staff_proposal(account, &signature)?;
        // Useless until approval puts its key into the vault file; left over by a crash it is overwritten next time.
        files::write_atomically(&desk.house.generation()?.slot(&number), &slot.to_bytes())?;
        Ok(Acted::done(ProposedStaff { account, initial_password })
            .about(ObjectKind::Account, *account.as_bytes()))
    }
}
