//! The register of media (媒体管理簿).
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListTransmissions as Permit};
use super::super::reason::Reason;
use super::super::sending::waiting::check_waits_for;
use super::super::store::{self, Tx};
use crate::domain::ids::{AccountId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

const LINES_MAX: u32 = 300;

/// Which media are out of the house, who allowed it and why; the newest first.
#[derive(Clone, Copy, Debug)]
pub struct ListMedia;

#[derive(Clone, Debug)]
pub struct MediumLine {
    pub transmission: TransmissionId,
    pub number: u32,
    /// Hidden from whoever could make a blind check, as long as one waits for them: an office has few media, and the one
    /// that went out last week may be the answer today.
    pub medium: Option<String>,
    pub reason: Personal<String>,
    pub approved_by_name: String,
    pub approved_at: Timestamp,
    /// Who took it back, and when.
    pub returned: Option<(String, Timestamp)>,
}

impl sealed::Sealed for ListMedia {}
impl Operation for ListMedia {
    type Needs = Permit;
    type Outcome = Vec<MediumLine>;
    const ACTION: Action = Action::ListMedia;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<MediumLine>>, Reason> {
        let waits = check_waits_for(tx, permit.actor(), desk.now)?;
        let mut lines = Vec::new();
        for loan in tx.medium_loans(LINES_MAX)? {
            let name = |account: AccountId| -> Result<String, Reason> {
                Ok(tx.staff(account)?.map(|staff| staff.name).unwrap_or_default())
            };
            let sending = tx.transmission(loan.transmission)?.ok_or(Reason::Impossible)?;
            let blind = waits && sending.author != permit.account();
            lines.push(MediumLine {
                transmission: loan.transmission,
                number: sending.number,
                medium: (!blind).then_some(loan.medium),
                reason: loan.reason,
                approved_by_name: name(loan.approved_by)?,
                approved_at: loan.approved_at,
                returned: match loan.returned {
                    Some((to, at)) => Some((name(to)?, at)),
                    None => None,
                },
            });
        }
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}
