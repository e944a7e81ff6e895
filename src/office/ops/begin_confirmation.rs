//! Start a confirmation: the second person proves to be there, for exactly this statement.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmTransmission as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::session::FreshCode;
use super::super::store::staff::{StaffRow, StepUp};
use super::super::store::transmission::{Matter, TransmissionRow};
use super::super::store::{self, Tx};
use super::match_transmission::MISSES_BEFORE_CALL;
use super::waiting::{Waiting, facts};
use crate::domain::destination::Channel;
use crate::domain::ids::{AccountId, PersonId, RecordId, TransmissionId};
use crate::domain::sensitive::Secret;
use crate::domain::time::Timestamp;
use crate::domain::transmission::{MISMATCHES_MAX, RESET_COOLING_S, STEP_UP_MAX_S};

/// A sign-in counts as evidence only when the confirmation is begun at once.
const FRESH_VALID_S: i64 = 120;

/// How the second person proves to be at the keyboard.
#[derive(Clone, Debug)]
pub enum Proof {
    /// Signed in on the spot, a moment ago, for this purpose.
    JustSignedIn,
    /// Password and a fresh code, from within an own session.
    Again { password: Secret, code: Secret },
}

#[derive(Clone, Debug)]
pub struct BeginConfirmation {
    pub transmission: TransmissionId,
    pub proof: Proof,
}

/// What the second person has to key, blind.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmationTask {
    pub transmission: TransmissionId,
    pub evidence: [u8; 16],
    pub person: PersonCheck,
    pub attempts_left: u32,
    pub valid_until: Timestamp,
}

/// How the person on the paper is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonCheck {
    /// The record has a birth date.
    BirthDate,
    /// A record without one, or without a name: the reception number stamped on the paper.
    RecordNumber,
    /// A test page is about nobody.
    Nobody,
}

impl sealed::Sealed for BeginConfirmation {}
impl Operation for BeginConfirmation {
    type Needs = Permit;
    type Outcome = ConfirmationTask;
    const ACTION: Action = Action::BeginConfirmation;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
        facts(tx, self.transmission, desk)
    }

    fn password(&self) -> Option<&Secret> {
        match &self.proof {
            Proof::JustSignedIn => None,
            Proof::Again { password, .. } => Some(password),
        }
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<ConfirmationTask>, Reason> {
        let waiting = Waiting::of(tx, permit.target(), desk.now)?;
        waiting.check_still_good(tx, desk.now)?;
        if let Waiting::Sending(row) = &waiting {
            if row.misses >= MISSES_BEFORE_CALL && row.called.is_none() {
                return Err(Reason::SupervisorNeeded);
            }
            if lacks_approval(tx, row)? {
                return Err(Reason::NotApproved);
            }
        }
        let person = person_check(tx, waiting.matter())?;
        let FreshCode { totp_step, previous, at } = match &self.proof {
            Proof::JustSignedIn => spend_fresh(desk)?,
            Proof::Again { code, .. } => check_again(tx, permit.account(), code, desk)?,
        };
        let evidence: [u8; 16] = desk.entropy.bytes();
        let statement = waiting.bound_to();
        let step_up = StepUp { account: permit.account(), statement, totp_step, previous, at, used: false };
        tx.insert_step_up(&evidence, &step_up)?;
        let task = ConfirmationTask {
            transmission: waiting.id(),
            evidence,
            person,
            attempts_left: u32::from(MISMATCHES_MAX).saturating_sub(waiting.misses()),
            valid_until: at.plus_seconds(STEP_UP_MAX_S),
        };
        Ok(Acted::done(task)
            .with_ref_to(RefKey::Record, waiting.matter().record().as_ref().map(RecordId::as_bytes))
            .with_ref(RefKey::Statement, &statement)
            .with_ref(RefKey::TotpStep, &totp_step.to_be_bytes()))
    }
}

/// What goes out on a medium waits for a supervisor before it waits for anybody else.
pub(super) fn lacks_approval(tx: &Tx<'_>, row: &TransmissionRow) -> Result<bool, Reason> {
    let entry =
        tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    Ok(entry.address.channel() == Channel::Media && tx.medium_loan(row.id)?.is_none())
}

/// What there is to key about the person: what the record does not say stands on no paper either.
pub(super) fn person_check(tx: &Tx<'_>, matter: Matter) -> Result<PersonCheck, Reason> {
    let Some(record) = matter.record() else { return Ok(PersonCheck::Nobody) };
    let subject = tx.subject(record)?;
    let born = subject.as_ref().is_some_and(|subject| subject.expose().birth_date.is_some());
    Ok(if born { PersonCheck::BirthDate } else { PersonCheck::RecordNumber })
}

/// Whether the person at the keyboard and `other` issued each other's credentials a short time ago.
pub(super) fn credential_ties(tx: &Tx<'_>, other: AccountId, desk: &Desk<'_>) -> store::Result<bool> {
    let (Some(me), Some(other)) = (tx.staff(desk.account)?, tx.staff(other)?) else { return Ok(false) };
    // By person, not by account: whoever issues with one account is tied with every other one.
    let tied = |of: &StaffRow, by: PersonId| -> store::Result<bool> {
        let recent = desk.now.seconds_since(of.issued_at) < RESET_COOLING_S;
        for issuer in [of.issued_by, of.approved_by].into_iter().flatten() {
            if recent && tx.staff(issuer)?.is_some_and(|row| row.party.person == by) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    Ok(tied(&me, other.party.person)? || tied(&other, me.party.person)?)
}

fn spend_fresh(desk: &mut Desk<'_>) -> Result<FreshCode, Reason> {
    // Taken out: a second confirmation needs a second proof.
    let fresh = desk.fresh.take().ok_or(Reason::StepUpStale)?;
    if (0..=FRESH_VALID_S).contains(&desk.now.seconds_since(fresh.at)) {
        Ok(fresh)
    } else {
        Err(Reason::StepUpStale)
    }
}

fn check_again(tx: &mut Tx<'_>, me: AccountId, code: &Secret, desk: &Desk<'_>) -> Result<FreshCode, Reason> {
    use super::super::lockout::Lockout;
    let row = tx.staff(me)?.ok_or(Reason::SessionEnded)?;
    let generation = desk.house.generation()?;
    desk.password.ok_or(Reason::Impossible)??;
    let secret = desk.keys.open_totp(me, row.totp.as_deref().ok_or(Reason::Impossible)?)?;
    let step = secret.match_step(code.expose(), desk.now, row.totp_step).ok_or(Reason::StepUpWrong)?;
    if !tx.consume_totp_step(me, step)? {
        return Err(Reason::StepUpWrong);
    }
    Lockout::of(&generation, &row.number, true).clear()?;
    Ok(FreshCode { totp_step: step, previous: row.totp_step.unwrap_or(0), at: desk.now })
}
