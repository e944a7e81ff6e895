//! Agree to exactly these bytes for exactly this destination.
use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, AfterCommit, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmTransmission as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::sending::second_person::facts;
use super::super::sending::waiting::{awaiting, lacks_approval};
use super::super::store::destination::DestinationRow;
use super::super::store::staff::{StaffRow, StaffStatus};
use super::super::store::transmission::{Matter, TransmissionRow};
use super::super::store::{self, Tx};
use crate::domain::digest::Digest;
use crate::domain::ids::{PersonId, RecordId, TransmissionId};
use crate::domain::staff::Party;
use crate::domain::time::Timestamp;
use crate::domain::transmission::{
    Agreement, ConfirmFacts, Entry, Refusal, Reset, STEP_UP_MAX_S, StepUp, Submission, check_confirm,
};
use crate::order::{Confirmation, Destination, PublicKey, Signature, Statement};

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
    const CLOCK: WallClock = WallClock::Trusted;

    fn target(&self) -> TransmissionId {
        self.transmission
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
        let row = awaiting(tx, permit.target())?;
        let agreement = agree(tx, &row, &self.evidence, permit.actor().party, desk)?;
        if !tx.use_step_up(&self.evidence)? {
            return Err(Reason::StepUpStale);
        }
        let totp_step = tx.step_up(&self.evidence)?.ok_or(Reason::StepUpStale)?.totp_step;
        let statement = agreement.submission().statement;
        let confirmation =
            Confirmation { statement, confirmer: permit.account(), totp_step, at: agreement.at() }.to_bytes();
        let signature = desk.keys.sign(&confirmation);
        tx.set_confirmation(row.id, permit.account(), &confirmation, &signature, desk.now)?;
        Ok(Acted::done(Confirmed { transmission: row.id, number: row.number, at: desk.now })
            .with_ref_to(RefKey::Record, row.matter.record().as_ref().map(RecordId::as_bytes))
            .with_ref(RefKey::Statement, statement.as_bytes())
            .with_ref(RefKey::ConfirmSignature, &signature)
            .with_ref(RefKey::OtherAccount, row.author.as_bytes())
            .with_ref(RefKey::TotpStep, &totp_step.to_be_bytes())
            .then(AfterCommit::EmitOrder(row.id)))
    }
}

/// Reads every fact again, in this transaction, and asks the guards.
fn agree(
    tx: &Tx<'_>,
    row: &TransmissionRow,
    evidence: &[u8; 16],
    confirmer: Party,
    desk: &Desk<'_>,
) -> Result<Agreement, Reason> {
    let submission = submission_of(tx, row)?;
    let (content_version, editor) = match row.matter {
        Matter::Record { id, version } => {
            let record = tx.record(id)?.ok_or(Reason::NoSuchThing)?;
            (record.version, tx.version(id, version)?.map(|version| version.editor))
        }
        Matter::TestPage => (row.matter.version(), None),
    };
    let entry = tx.destination(row.destination)?.ok_or(Reason::Impossible)?;
    let author = tx.staff(row.author)?.ok_or(Reason::Impossible)?;
    let me = tx.staff(confirmer.account)?.ok_or(Reason::SessionEnded)?;
    let editor =
        editor.map(|editor| tx.staff(editor)).transpose()?.flatten().map(|editor| editor.party.person);
    // The author's own edits are covered by the rule that the author does not confirm.
    let editors: Vec<PersonId> = editor.into_iter().filter(|person| *person != author.party.person).collect();
    let step_up = tx.step_up(evidence)?.filter(|found| found.account == confirmer.account);
    let step_up = step_up.ok_or(Reason::NotMatched)?;
    let matched = row.matched_by == Some(confirmer.account)
        && row.matched_at.is_some_and(|at| (0..=STEP_UP_MAX_S).contains(&desk.now.seconds_since(at)));
    check_untouched(tx, row, &author, &submission, desk)?;
    let (my_issuers, their_issuers) = (issuers(tx, &me)?, issuers(tx, &author)?);
    let facts = ConfirmFacts {
        now: desk.now,
        submission: &submission,
        confirmer,
        confirmer_active: me.status == StaffStatus::Active,
        editors: &editors,
        content_version,
        entry: Entry {
            version: entry.version,
            confirmed: entry.confirmation.is_some(),
            valid_until: good_until(row.matter, &entry),
            frozen: entry.frozen_at.is_some(),
        },
        address_matches: matched,
        step_up: StepUp {
            statement: Digest::from_bytes(step_up.statement),
            used: step_up.used,
            at: step_up.at,
            totp_step: step_up.totp_step,
            last_step: step_up.previous,
        },
        confirmer_reset: reset(&me, &my_issuers),
        submitter_reset: reset(&author, &their_issuers),
        clock_stepped: tx.clock_stepped_after(row.id)?,
    };
    check_confirm(&facts).map_err(Reason::from)
}

/// What the sender signed still stands there, and on the same day.
fn check_untouched(
    tx: &Tx<'_>,
    row: &TransmissionRow,
    author: &StaffRow,
    submission: &Submission,
    desk: &Desk<'_>,
) -> Result<(), Reason> {
    if author.status != StaffStatus::Active {
        return Err(Reason::PartySuspended);
    }
    if !is_as_signed(tx, row, author)? {
        return Err(Reason::ArtefactAltered);
    }
    // Bytes that nobody has looked at since the submission must still be the submitted ones.
    if Digest::of(&tx.artefact(row.id)?) != submission.artefact {
        return Err(Reason::ArtefactAltered);
    }
    if lacks_approval(tx, row)? {
        return Err(Reason::NotApproved);
    }
    // The agreement is made on the day of the submission: an order is not older than its day.
    if desk.now.date_in_japan() != submission.at.date_in_japan() {
        return Err(Reason::AgreementExpired);
    }
    Ok(())
}

/// The people who made or approved somebody's credentials.
fn issuers(tx: &Tx<'_>, row: &StaffRow) -> Result<Vec<PersonId>, Reason> {
    let mut people = Vec::new();
    for account in [row.issued_by, row.approved_by].into_iter().flatten() {
        people.extend(tx.staff(account)?.map(|staff| staff.party.person));
    }
    Ok(people)
}

/// Until somebody has called there, a version is good for its test page and for nothing else.
fn good_until(matter: Matter, entry: &DestinationRow) -> Timestamp {
    match (matter, &entry.call) {
        (Matter::Record { .. }, None) => entry.entered_at,
        _ => entry.valid_until.unwrap_or(entry.entered_at),
    }
}

/// Whether the columns, which the second person was asked about, say what the sender signed.
fn is_as_signed(tx: &Tx<'_>, row: &TransmissionRow, author: &StaffRow) -> Result<bool, Reason> {
    let statement = Statement::parse(&row.statement).ok_or(Reason::Damaged)?;
    let entry =
        tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    let destination = Destination { id: entry.id, version: entry.version, address: entry.address };
    let key = PublicKey::from_bytes(&author.public_key).ok_or(Reason::Impossible)?;
    Ok(statement.transmission == row.id
        && statement.submitter == row.author
        && statement.content_version == row.matter.version()
        && statement.at == row.submitted_at
        && statement.manifest == Digest::of(&row.manifest)
        && statement.destination == destination.digest()
        && key.verifies(&row.statement, &Signature::from_bytes(row.statement_signature)))
}

/// What was frozen and signed at the submission, as the state machine knows it.
fn submission_of(tx: &Tx<'_>, row: &TransmissionRow) -> Result<Submission, Reason> {
    let statement = Statement::parse(&row.statement).ok_or(Reason::Damaged)?;
    let author = tx.staff(row.author)?.ok_or(Reason::Impossible)?;
    Ok(Submission {
        by: author.party,
        version: row.matter.version(),
        statement: statement.digest(),
        artefact: statement.artefact,
        destination: statement.destination,
        entry_version: row.destination_version,
        at: row.submitted_at,
    })
}

fn reset<'a>(row: &StaffRow, issuers: &'a [PersonId]) -> Option<Reset<'a>> {
    (!issuers.is_empty()).then_some(Reset {
        by: issuers,
        at: row.issued_at,
        own_password_since: row.status == StaffStatus::Active,
    })
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::OutOfOrder | Refusal::InFlight | Refusal::NotRetried => Self::OutOfOrder,
            Refusal::Finished => Self::StateFinished,
            Refusal::AlreadyLeft => Self::AlreadyLeft,
            Refusal::OwnSubmission => Self::OwnWork,
            Refusal::SamePerson => Self::SamePerson,
            Refusal::Edited => Self::EditedIt,
            Refusal::ConfirmerInactive => Self::SessionEnded,
            Refusal::SubmitterInactive => Self::PartySuspended,
            Refusal::ContentChanged | Refusal::OtherSubmission => Self::ContentChanged,
            Refusal::EntryChanged => Self::DestinationChanged,
            Refusal::EntryUnconfirmed => Self::DestinationUnconfirmed,
            Refusal::EntryExpired => Self::DestinationExpired,
            Refusal::EntryFrozen => Self::DestinationFrozen,
            Refusal::AddressDiffers => Self::NotMatched,
            Refusal::CredentialReset | Refusal::InitialPassword => Self::CredentialTies,
            Refusal::EvidenceForeign
            | Refusal::EvidenceUsed
            | Refusal::EvidenceStale
            | Refusal::CodeReplayed => Self::StepUpStale,
            Refusal::TimeReversed | Refusal::ConfirmationExpired | Refusal::OtherDay => {
                Self::AgreementExpired
            }
            Refusal::ClockStepped => Self::ClockMoved,
            Refusal::ArtefactDiffers | Refusal::TransportDiffers => Self::ArtefactAltered,
        }
    }
}
