//! A supervisor lets one sending out of the house on a removable medium (所属長決裁).
use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{ApproveMedium as Permit, Authorized};
use super::super::reason::Reason;
use super::super::sending::short_text::short_text;
use super::super::sending::waiting::awaiting;
use super::super::store::medium_loan::MediumLoanRow;
use super::super::store::{self, Tx};
use crate::domain::destination::Address;
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::sensitive::Personal;
use crate::domain::staff::Party;
use crate::order::Approval;

/// Signs for exactly this statement. Without it nobody can confirm the sending, and the dispatcher would refuse it.
#[derive(Clone, Debug)]
pub struct ApproveMedium {
    pub transmission: TransmissionId,
    /// Why it has to be a medium.
    pub reason: Personal<String>,
}

impl sealed::Sealed for ApproveMedium {}
impl Operation for ApproveMedium {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::ApproveMedium;
    const CLOCK: WallClock = WallClock::Trusted;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Party>> {
        let Some(row) = tx.transmission(self.transmission)? else { return Ok(None) };
        Ok(tx.staff(row.author)?.map(|author| author.party))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = awaiting(tx, permit.target())?;
        let entry =
            tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
        let Address::Media(medium) = &entry.address else { return Err(Reason::NoMedium) };
        if tx.medium_loan(row.id)?.is_some() {
            return Err(Reason::OutOfOrder);
        }
        let reason = short_text(self.reason.expose(), Reason::ReviewReasonMissing)?;
        let statement = Digest::of(&row.statement);
        let approval = Approval { statement, supervisor: permit.account(), at: desk.now }.to_bytes();
        let signature = desk.keys.sign(&approval);
        tx.insert_medium_loan(&MediumLoanRow {
            transmission: row.id,
            medium: medium.as_str().to_owned(),
            reason: Personal::new(reason),
            approval,
            signature,
            approved_by: permit.account(),
            approved_at: desk.now,
            returned: None,
        })?;
        Ok(Acted::done(())
            .with_ref(RefKey::Statement, statement.as_bytes())
            .with_ref(RefKey::ConfirmSignature, &signature))
    }
}
