//! Start a confirmation: the second person proves to be there, for exactly this statement.
use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmTransmission as Permit, OtherPerson};
use super::super::reason::Reason;
pub use super::super::sending::person::PersonCheck;
use super::super::sending::person::person_check;
use super::super::sending::second_person::facts;
use super::super::sending::waiting::{MISSES_MAX, Waiting, lacks_approval, needs_supervisor};
use super::super::session::FreshCode;
use super::super::store::staff::StepUp;
use super::super::store::{self, Tx};
use crate::domain::ids::{AccountId, RecordId, TransmissionId};
use crate::domain::sensitive::Secret;
use crate::domain::time::Timestamp;
use crate::domain::transmission::STEP_UP_MAX_S;

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

impl sealed::Sealed for BeginConfirmation {}
impl Operation for BeginConfirmation {
    type Needs = Permit;
    type Outcome = ConfirmationTask;
    const ACTION: Action = Action::BeginConfirmation;
    const CLOCK: WallClock = WallClock::Trusted;

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
            if needs_supervisor(row) {
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
            attempts_left: MISSES_MAX.saturating_sub(waiting.misses()),
            valid_until: at.plus_seconds(STEP_UP_MAX_S),
        };
        Ok(Acted::done(task)
            .with_ref_to(RefKey::Record, waiting.matter().record().as_ref().map(RecordId::as_bytes))
            .with_ref(RefKey::Statement, &statement)
            .with_ref(RefKey::TotpStep, &totp_step.to_be_bytes()))
    }
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
