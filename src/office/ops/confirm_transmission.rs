//! Agree to exactly these bytes for exactly this destination.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, AfterCommit, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmTransmission as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::store::staff::StaffStatus;
use super::super::store::transmission::{StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use super::begin_confirmation::{EVIDENCE_VALID_S, facts};
use super::list_destinations::DestinationStatus;
use super::match_transmission::check_evidence;
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::time::Timestamp;
use crate::order::confirmation::Confirmation;
use crate::order::statement::Statement;

/// The deliberate letter after the blind check: signs, and puts package and order into the outbox.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmTransmission {
    pub transmission: TransmissionId,
    pub evidence: [u8; 16],
}

#[derive(Clone, Copy, Debug)]
pub struct Confirmed {
    pub transmission: TransmissionId,
    pub number: u32,
    pub at: Timestamp,
}

impl sealed::Sealed for ConfirmTransmission {}
impl Operation for ConfirmTransmission {
    type Needs = Permit;
    type Outcome = Confirmed;
    const ACTION: Action = Action::ConfirmTransmission;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Transmission, *self.transmission.as_bytes())
    }
    fn facts(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
        facts(tx, self.transmission, desk)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Confirmed>, Reason> {
        let row = tx.transmission(permit.target())?.ok_or(Reason::NoSuchThing)?;
        check_still_true(tx, &row, desk)?;
        let matched = row.matched_by == Some(permit.account())
            && row.matched_at.is_some_and(|at| (0..=EVIDENCE_VALID_S).contains(&desk.now.seconds_since(at)));
        if !matched {
            return Err(Reason::NotMatched);
        }
        let totp_step = check_evidence(tx, &self.evidence, permit.account(), &row, desk)?;
        if !tx.use_step_up(&self.evidence)? {
            return Err(Reason::StepUpStale);
        }
        let statement = Digest::of(&row.statement);
        let confirmation =
            Confirmation { statement, confirmer: permit.account(), totp_step, confirmed_at: desk.now }
                .encode();
        let signature = desk.keys.sign(&confirmation);
        tx.set_confirmation(row.id, permit.account(), &confirmation, &signature, desk.now)?;
        Ok(Acted::done(Confirmed { transmission: row.id, number: row.number, at: desk.now })
            .with_ref(RefKey::Record, row.record.as_bytes())
            .with_ref(RefKey::Statement, statement.as_bytes())
            .with_ref(RefKey::ConfirmSignature, &signature)
            .with_ref(RefKey::OtherAccount, row.author.as_bytes())
            .with_ref(RefKey::TotpStep, &totp_step.to_be_bytes())
            .then(AfterCommit::EmitOrder(row.id)))
    }
}

/// Everything that could have changed since the submission is read again, in this transaction.
fn check_still_true(tx: &Tx<'_>, row: &TransmissionRow, desk: &Desk<'_>) -> Result<(), Reason> {
    if row.state != StateCode::Awaiting {
        return Err(Reason::OutOfOrder);
    }
    let record = tx.record(row.record)?.ok_or(Reason::NoSuchThing)?;
    if record.version != row.record_version {
        return Err(Reason::ContentChanged);
    }
    let entry = tx.destination(row.destination)?.ok_or(Reason::Impossible)?;
    if entry.version != row.destination_version {
        return Err(Reason::DestinationChanged);
    }
    DestinationStatus::of(&entry, desk.now).check_usable()?;
    let author = tx.staff(row.author)?.ok_or(Reason::Impossible)?;
    if author.status != StaffStatus::Active {
        return Err(Reason::PartySuspended);
    }
    let statement = Statement::decode(&row.statement).ok_or(Reason::Damaged)?;
    if Digest::of(&tx.artefact(row.id)?) != statement.sealed {
        return Err(Reason::ArtefactAltered);
    }
    let same_day = desk.now.date_in_japan() == row.submitted_at.date_in_japan();
    if !same_day || desk.now < row.submitted_at {
        return Err(Reason::AgreementExpired);
    }
    Ok(())
}
