//! The blind check: key from paper what the sender chose, without seeing it.
use subtle::ConstantTimeEq as _;

use super::super::audit::clock::WallClock;
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmTransmission as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::sending::person::{PersonCheck, keyed_person, number, person_check, person_of};
use super::super::sending::second_person::facts;
use super::super::sending::waiting::{MISSES_BEFORE_CALL, MISSES_MAX, Waiting, needs_supervisor};
pub use super::super::store::drill::DrillResult;
use super::super::store::drill::DrillRow;
use super::super::store::transmission::{Matter, StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use crate::domain::destination::Address;
use crate::domain::ids::{AccountId, RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::transmission::STEP_UP_MAX_S;
use crate::japanese::destination::parse;

/// What the second person keyed. Full-width forms are folded.
#[derive(Clone, Debug)]
pub struct BlindAnswers {
    /// Birth date, or the reception number for a report without name; nothing for a test page.
    pub person: Personal<String>,
    /// The full address, as it stands in the paper register.
    pub address: String,
    /// The sheets on the desk.
    pub pages: String,
}

#[derive(Clone, Debug)]
pub struct MatchTransmission {
    pub transmission: TransmissionId,
    pub evidence: [u8; 16],
    pub answers: BlindAnswers,
}

#[derive(Clone, Debug)]
pub enum MatchOutcome {
    /// Everything matches; this is read aloud before the letter is pressed.
    Match(Reveal),
    /// Nothing was sent. Which answer differs is not said. Before the last attempt a supervisor is called.
    Mismatch { left: u32, call_supervisor: bool },
    /// The third miss: the transmission is void.
    Void,
    /// It was a drill. Nothing would have been sent.
    Drill(DrillResult),
}

#[derive(Clone, Debug)]
pub struct Reveal {
    pub code: String,
    pub organisation: String,
    pub address: Address,
    pub subject: Option<Personal<String>>,
    pub what: Revealed,
    pub pages: u32,
    /// Why somebody else is named in it, in the sender's words.
    pub mention: Option<Personal<String>>,
    pub author: String,
}

/// What goes there.
#[derive(Clone, Debug)]
pub enum Revealed {
    Record { title: String },
    TestPage,
}

impl sealed::Sealed for MatchTransmission {}
impl Operation for MatchTransmission {
    type Needs = Permit;
    type Outcome = MatchOutcome;
    const ACTION: Action = Action::MatchTransmission;
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
    ) -> Result<Acted<MatchOutcome>, Reason> {
        let waiting = Waiting::of(tx, permit.target(), desk.now)?;
        check_evidence(tx, &self.evidence, permit.account(), &waiting.bound_to(), desk)?;
        let row = match waiting {
            Waiting::Sending(row) => row,
            Waiting::Drill(drill) => return self.end_drill(tx, &drill, permit.account(), desk),
        };
        if needs_supervisor(&row) {
            return Err(Reason::SupervisorNeeded);
        }
        let attempt = row.misses + 1;
        if !matches(tx, &row, &self.answers, desk)? {
            tx.count_transmission_miss(row.id)?;
            let outcome = if attempt >= MISSES_MAX {
                tx.move_transmission(row.id, StateCode::Awaiting, StateCode::Void, None, desk.now)?;
                Acted::done(MatchOutcome::Void).but_failed(Reason::TooManyMisses)
            } else {
                let call_supervisor = attempt >= MISSES_BEFORE_CALL;
                Acted::done(MatchOutcome::Mismatch { left: MISSES_MAX - attempt, call_supervisor })
                    .but_failed(Reason::BlindMismatch)
            };
            return Ok(outcome
                .with_ref_to(RefKey::Record, row.matter.record().as_ref().map(RecordId::as_bytes))
                .with_ref(RefKey::Attempts, &attempt.to_be_bytes()));
        }
        tx.note_match(row.id, permit.account(), desk.now)?;
        let reveal = reveal(tx, &row, desk)?;
        Ok(Acted::done(MatchOutcome::Match(reveal))
            .with_ref_to(RefKey::Record, row.matter.record().as_ref().map(RecordId::as_bytes))
            .with_ref(RefKey::Attempts, &attempt.to_be_bytes()))
    }
}

impl MatchTransmission {
    /// Whoever keys from the papers finds it: the papers are right, and what waits is wrong. Whoever keys anything else has
    /// found nothing, also where it differs from what waits.
    fn end_drill(
        &self,
        tx: &mut Tx<'_>,
        drill: &DrillRow,
        me: AccountId,
        desk: &Desk<'_>,
    ) -> Result<Acted<MatchOutcome>, Reason> {
        let entry = tx
            .destination_version(drill.destination, drill.destination_version)?
            .ok_or(Reason::Impossible)?;
        let own = match person_of(tx, drill.record, drill.record) {
            Ok(own) => Some(own),
            // The record was corrected meanwhile, and has no such answer any more.
            Err(Reason::NoFlaw) => None,
            Err(other) => return Err(other),
        };
        let matter = Matter::Record { id: drill.record, version: drill.record_version };
        let keyed = keyed_person(person_check(tx, matter)?, &self.answers.person, desk);
        let is_of = |person: &Personal<String>| {
            keyed.as_ref().is_some_and(|keyed| same(keyed.as_bytes(), person.expose().as_bytes()))
        };
        let typed = parse(drill.address.channel(), &self.answers.address);
        let goes_to = |address: &Address| typed.as_ref().is_some_and(|typed| typed.matches(address));
        let pages = same(&number(&self.answers.pages).to_be_bytes(), &drill.pages.to_be_bytes());
        let planted = is_of(&drill.person) & goes_to(&drill.address) & pages;
        let right = own.as_ref().is_some_and(is_of) & goes_to(&entry.address) & pages;
        let result = match (planted, right) {
            (true, _) => DrillResult::Missed,
            (false, true) => DrillResult::Caught,
            (false, false) => DrillResult::Neither,
        };
        tx.end_drill(drill.id, result, me, desk.now)?;
        Ok(Acted::done(MatchOutcome::Drill(result)).about(ObjectKind::Drill, *drill.id.as_bytes()))
    }
}

/// Evidence counts for one account, one statement, a short time, and once.
pub(super) fn check_evidence(
    tx: &Tx<'_>,
    evidence: &[u8; 16],
    me: AccountId,
    bound_to: &[u8; 32],
    desk: &Desk<'_>,
) -> Result<u64, Reason> {
    let step_up = tx.step_up(evidence)?.ok_or(Reason::StepUpStale)?;
    let bound = step_up.account == me && step_up.statement == *bound_to;
    let in_time = (0..=STEP_UP_MAX_S).contains(&desk.now.seconds_since(step_up.at));
    if bound && in_time && !step_up.used { Ok(step_up.totp_step) } else { Err(Reason::StepUpStale) }
}

/// All answers are compared, always: the time says nothing about which of them differs.
fn matches(
    tx: &Tx<'_>,
    row: &TransmissionRow,
    answers: &BlindAnswers,
    desk: &Desk<'_>,
) -> Result<bool, Reason> {
    let entry =
        tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    let person = is_person(tx, row, &answers.person, desk)?;
    let typed = parse(entry.address.channel(), &answers.address);
    let address = typed.is_some_and(|typed| typed.matches(&entry.address));
    let pages = same(&number(&answers.pages).to_be_bytes(), &row.pages.to_be_bytes());
    Ok(person & address & pages)
}

fn is_person(
    tx: &Tx<'_>,
    row: &TransmissionRow,
    typed: &Personal<String>,
    desk: &Desk<'_>,
) -> Result<bool, Reason> {
    let Some(record) = row.matter.record() else { return Ok(true) };
    if person_check(tx, row.matter)? == PersonCheck::RecordNumber {
        let record = tx.record(record)?.ok_or(Reason::NoSuchThing)?;
        return Ok(same(&number(typed.expose()).to_be_bytes(), &record.number.to_be_bytes()));
    }
    let subject = tx.subject(record)?.ok_or(Reason::Impossible)?;
    let typed = keyed_person(PersonCheck::BirthDate, typed, desk).unwrap_or_default();
    let known = subject.expose().birth_date.clone().unwrap_or_default();
    Ok(!known.is_empty() && same(typed.as_bytes(), known.as_bytes()))
}

fn reveal(tx: &Tx<'_>, row: &TransmissionRow, desk: &Desk<'_>) -> Result<Reveal, Reason> {
    let entry =
        tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    let author =
        tx.staff(row.author)?.map(|staff| format!("{} {}", staff.number, staff.name)).unwrap_or_default();
    let (subject, what) = match row.matter.record() {
        None => (None, Revealed::TestPage),
        Some(id) => {
            let record = tx.record(id)?.ok_or(Reason::NoSuchThing)?;
            let catalog = desk.house.catalog();
            let form = catalog.form(&record.form, record.form_version).ok_or(Reason::FormUnknown)?;
            let subject = tx.subject(id)?.map(|subject| Personal::new(subject.into_inner().name));
            (subject, Revealed::Record { title: form.head.title.ja.clone() })
        }
    };
    Ok(Reveal {
        code: entry.code,
        organisation: entry.organisation,
        address: entry.address,
        subject: subject.filter(|name| !name.expose().is_empty()),
        what,
        pages: row.pages,
        mention: row.mention.clone(),
        author,
    })
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
