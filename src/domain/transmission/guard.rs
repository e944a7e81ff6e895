//! The guards: who may agree to a submission, and when an agreement may be acted upon.
//!
//! They are total functions over facts that the caller has read inside its own transaction. Each of the sixteen
//! guards of the two-person protocol has its own [`Refusal`]; removing any of them makes the model in `world.rs`
//! find a violation.
use crate::domain::codes::coded;
use crate::domain::destination::Address;
use crate::domain::digest::Digest;
use crate::domain::ids::PersonId;
use crate::domain::staff::{Pair, Party};
use crate::domain::time::Timestamp;

use super::Submission;

/// A confirmation is worth four hours of one day: long enough for a busy counter, too short to be forgotten.
pub const CONFIRMATION_MAX_S: i64 = 4 * 3600;
/// Between the second person's password and code, and the agreement: long enough to key from paper in between (see
/// docs/decisions/0003-step-up-first.md).
pub const STEP_UP_MAX_S: i64 = 300;
/// Who has reset a colleague's credentials may know them; after a week the colleague has used them alone.
pub const RESET_COOLING_S: i64 = 7 * 24 * 3600;

coded! {
    /// Why a step, a confirmation or a claim is not possible. One variant per guard.
    pub enum Refusal {
    /// The step does not belong to this state.
    OutOfOrder = "out-of-order",
    /// Nothing happens any more to this transmission.
    Finished = "finished",
    /// It has left, or may have.
    AlreadyLeft = "already-left",
    /// The evidence is about another submission.
    OtherSubmission = "other-submission",
    /// Another dispatcher has it.
    InFlight = "in-flight",
    /// It may have left already: a person decides, not a retry.
    NotRetried = "not-retried",
    /// The second person is the submitter.
    OwnSubmission = "own-submission",
    /// Two accounts, one human being.
    SamePerson = "same-person",
    /// The second person has edited this content.
    Edited = "edited",
    ConfirmerInactive = "confirmer-inactive",
    SubmitterInactive = "submitter-inactive",
    ContentChanged = "content-changed",
    EntryChanged = "entry-changed",
    EntryUnconfirmed = "entry-unconfirmed",
    EntryExpired = "entry-expired",
    EntryFrozen = "entry-frozen",
    /// The re-keyed address is not the destination's.
    AddressDiffers = "address-differs",
    /// One party reset the other's credentials within the last week.
    CredentialReset = "credential-reset",
    /// After a reset the person has not yet chosen an own password.
    InitialPassword = "initial-password",
    /// The password and code were given for something else.
    EvidenceForeign = "evidence-foreign",
    /// The password and code were already used for an agreement.
    EvidenceUsed = "evidence-used",
    /// The password and code were given too long ago, or later than now.
    EvidenceStale = "evidence-stale",
    /// The one-time code was seen before.
    CodeReplayed = "code-replayed",
    /// Submission, confirmation and now are not in this order.
    TimeReversed = "time-reversed",
    ConfirmationExpired = "confirmation-expired",
    /// The confirmation is from another day.
    OtherDay = "other-day",
    /// The clock jumped and nobody has looked into it.
    ClockStepped = "clock-stepped",
    /// The sealed bytes are not the confirmed ones.
    ArtefactDiffers = "artefact-differs",
    /// The carrier was handed another address than the confirmed one.
    TransportDiffers = "transport-differs",
}}

/// The destination entry as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The current version; a change since the submission voids it.
    pub version: u32,
    /// Two people have confirmed this version.
    pub confirmed: bool,
    pub valid_until: Timestamp,
    pub frozen: bool,
}

/// The second person's password and code, given for one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepUp {
    /// SHA-256 of the statement they were asked for.
    pub statement: Digest,
    pub used: bool,
    pub at: Timestamp,
    pub totp_step: u64,
    /// The last step consumed by this person before.
    pub last_step: u64,
}

/// The last credential reset of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reset<'a> {
    /// Everybody who initiated or approved it.
    pub by: &'a [PersonId],
    pub at: Timestamp,
    pub own_password_since: bool,
}

/// All that decides whether this person may agree now.
#[derive(Clone, Copy, Debug)]
pub struct ConfirmFacts<'a> {
    pub now: Timestamp,
    pub submission: &'a Submission,
    pub confirmer: Party,
    pub confirmer_active: bool,
    /// Everybody who edited the submitted version of the content.
    pub editors: &'a [PersonId],
    /// The version of the content now.
    pub content_version: u32,
    pub entry: Entry,
    /// Whether the address that was typed blind is the entry's (compared by [`Address::matches`]).
    pub address_matches: bool,
    pub step_up: StepUp,
    pub confirmer_reset: Option<Reset<'a>>,
    pub submitter_reset: Option<Reset<'a>>,
    /// The clock jumped since the submission and nobody has acknowledged it.
    pub clock_stepped: bool,
}

/// All that decides whether an agreement may be acted upon now.
#[derive(Clone, Copy, Debug)]
pub struct ClaimFacts<'a> {
    pub now: Timestamp,
    pub agreement: &'a Agreement,
    pub submitter_active: bool,
    pub confirmer_active: bool,
    pub content_version: u32,
    pub entry: Entry,
    /// SHA-256 of the bytes that lie in the outbox.
    pub artefact: Digest,
    pub clock_stepped: bool,
}

/// What is about to be handed to a carrier.
#[derive(Clone, Copy, Debug)]
pub struct HandoverFacts<'a> {
    pub agreement: &'a Agreement,
    /// SHA-256 of the very bytes.
    pub artefact: Digest,
    /// The address in the agreed destination entry.
    pub agreed: &'a Address,
    /// The address that the carrier was given.
    pub used: &'a Address,
}

/// Two different people have agreed to one submission. Only [`check_confirm`] makes a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Agreement {
    submission: Submission,
    pair: Pair,
    at: Timestamp,
}

impl Agreement {
    /// An agreement read back from where it was stored; `None` when such a row is impossible.
    pub fn recall(submission: Submission, confirmer: Party, at: Timestamp) -> Option<Self> {
        let pair = Pair::new(submission.by, confirmer)?;
        (at >= submission.at).then_some(Self { submission, pair, at })
    }
    pub const fn submission(&self) -> &Submission {
        &self.submission
    }
    /// First the submitter, second the confirmer.
    pub const fn pair(&self) -> &Pair {
        &self.pair
    }
    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

/// An agreement was found good for sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clearance {
    statement: Digest,
}

impl Clearance {
    /// The courier's receipt says that it has verified and taken the order of this statement.
    ///
    /// It made the same checks from the signed order and roster; the office only writes down what has happened.
    pub const fn by_courier(statement: Digest) -> Self {
        Self { statement }
    }
    pub const fn statement(&self) -> Digest {
        self.statement
    }
}

/// May this person agree to this submission, now and with this evidence?
pub fn check_confirm(facts: &ConfirmFacts<'_>) -> Result<Agreement, Refusal> {
    let submission = facts.submission;
    check_people(facts)?;
    ensure(facts.confirmer_active, Refusal::ConfirmerInactive)?;
    ensure(!facts.clock_stepped, Refusal::ClockStepped)?;
    ensure(facts.now >= submission.at, Refusal::TimeReversed)?;
    ensure(facts.content_version == submission.version, Refusal::ContentChanged)?;
    check_entry(&facts.entry, submission, facts.now)?;
    check_resets(facts)?;
    check_step_up(&facts.step_up, submission, facts.now)?;
    // Last: the answer must not tell anything to somebody who may not confirm anyway.
    ensure(facts.address_matches, Refusal::AddressDiffers)?;
    Agreement::recall(*submission, facts.confirmer, facts.now).ok_or(Refusal::SamePerson)
}

/// May this agreement be acted upon now? The claim itself is a compare-and-set of [`super::State::step`].
pub fn check_claim(facts: &ClaimFacts<'_>) -> Result<Clearance, Refusal> {
    let submission = facts.agreement.submission();
    ensure(facts.submitter_active, Refusal::SubmitterInactive)?;
    ensure(facts.confirmer_active, Refusal::ConfirmerInactive)?;
    ensure(!facts.clock_stepped, Refusal::ClockStepped)?;
    check_timely(submission.at, facts.agreement.at(), facts.now)?;
    ensure(facts.content_version == submission.version, Refusal::ContentChanged)?;
    check_entry(&facts.entry, submission, facts.now)?;
    ensure(facts.artefact == submission.artefact, Refusal::ArtefactDiffers)?;
    Ok(Clearance { statement: submission.statement })
}

/// Are these the agreed bytes for the agreed address? Asked with the bytes in hand, before the first one leaves.
pub fn check_handover(facts: &HandoverFacts<'_>) -> Result<(), Refusal> {
    ensure(facts.artefact == facts.agreement.submission().artefact, Refusal::ArtefactDiffers)?;
    ensure(facts.agreed.matches(facts.used), Refusal::TransportDiffers)
}

/// Submission, confirmation, now: in this order, within four hours and one day in Japan.
pub fn check_timely(submitted: Timestamp, confirmed: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    ensure(submitted <= confirmed && confirmed <= now, Refusal::TimeReversed)?;
    let limit = confirmed.plus_seconds(CONFIRMATION_MAX_S);
    ensure(now <= limit, Refusal::ConfirmationExpired)?;
    ensure(confirmed.date_in_japan() == now.date_in_japan(), Refusal::OtherDay)
}

fn check_people(facts: &ConfirmFacts<'_>) -> Result<(), Refusal> {
    let (submitter, confirmer) = (facts.submission.by, facts.confirmer);
    ensure(confirmer.account != submitter.account, Refusal::OwnSubmission)?;
    ensure(Pair::new(submitter, confirmer).is_some(), Refusal::SamePerson)?;
    ensure(!facts.editors.contains(&confirmer.person), Refusal::Edited)
}

fn check_entry(entry: &Entry, submission: &Submission, now: Timestamp) -> Result<(), Refusal> {
    ensure(!entry.frozen, Refusal::EntryFrozen)?;
    ensure(entry.version == submission.entry_version, Refusal::EntryChanged)?;
    ensure(entry.confirmed, Refusal::EntryUnconfirmed)?;
    ensure(now <= entry.valid_until, Refusal::EntryExpired)
}

/// Neither party may hold the other's credentials.
fn check_resets(facts: &ConfirmFacts<'_>) -> Result<(), Refusal> {
    let (submitter, confirmer) = (facts.submission.by, facts.confirmer);
    for (reset, other) in [(facts.confirmer_reset, submitter), (facts.submitter_reset, confirmer)] {
        let Some(reset) = reset else { continue };
        let recent = facts.now < reset.at.plus_seconds(RESET_COOLING_S);
        ensure(!(recent && reset.by.contains(&other.person)), Refusal::CredentialReset)?;
        ensure(reset.own_password_since, Refusal::InitialPassword)?;
    }
    Ok(())
}

fn check_step_up(evidence: &StepUp, submission: &Submission, now: Timestamp) -> Result<(), Refusal> {
    ensure(evidence.statement == submission.statement, Refusal::EvidenceForeign)?;
    ensure(!evidence.used, Refusal::EvidenceUsed)?;
    let in_time = evidence.at <= now && now <= evidence.at.plus_seconds(STEP_UP_MAX_S);
    ensure(in_time && evidence.at >= submission.at, Refusal::EvidenceStale)?;
    ensure(evidence.totp_step > evidence.last_step, Refusal::CodeReplayed)
}

fn ensure(holds: bool, refusal: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(refusal) }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{NOON, agreement, party, submission};
    use super::*;
    use crate::domain::destination::Channel;

    const DAY_S: i64 = 24 * 3600;

    fn entry() -> Entry {
        Entry { version: 4, confirmed: true, valid_until: NOON.plus_seconds(DAY_S), frozen: false }
    }

    fn confirm_facts(submission: &Submission) -> ConfirmFacts<'_> {
        ConfirmFacts {
            now: NOON.plus_seconds(60),
            submission,
            confirmer: party(2),
            confirmer_active: true,
            editors: &[],
            content_version: submission.version,
            entry: entry(),
            address_matches: true,
            step_up: StepUp {
                statement: submission.statement,
                used: false,
                at: NOON.plus_seconds(50),
                totp_step: 100,
                last_step: 99,
            },
            confirmer_reset: None,
            submitter_reset: None,
            clock_stepped: false,
        }
    }

    /// Every guard alone, with a name, one change and the refusal it must give.
    #[test]
    fn each_guard_of_a_confirmation_refuses_alone() {
        type Change = fn(&mut ConfirmFacts<'_>);
        let submission = submission();
        assert!(check_confirm(&confirm_facts(&submission)).is_ok(), "the control");
        let cases: [(Change, Refusal); 21] = [
            (|f| f.confirmer = party(1), Refusal::OwnSubmission),
            (|f| f.confirmer.person = party(1).person, Refusal::SamePerson),
            (
                |f| f.editors = const { &[PersonId::from_bytes([9; 16]), PersonId::from_bytes([2; 16])] },
                Refusal::Edited,
            ),
            (|f| f.confirmer_active = false, Refusal::ConfirmerInactive),
            (|f| f.clock_stepped = true, Refusal::ClockStepped),
            (|f| f.now = NOON.plus_seconds(-1), Refusal::TimeReversed),
            (|f| f.content_version += 1, Refusal::ContentChanged),
            (|f| f.entry.frozen = true, Refusal::EntryFrozen),
            (|f| f.entry.version += 1, Refusal::EntryChanged),
            (|f| f.entry.confirmed = false, Refusal::EntryUnconfirmed),
            (|f| f.entry.valid_until = NOON.plus_seconds(59), Refusal::EntryExpired),
            (|f| f.confirmer_reset = Some(reset(1, 6, true)), Refusal::CredentialReset),
            (|f| f.submitter_reset = Some(reset(2, 6, true)), Refusal::CredentialReset),
            (|f| f.confirmer_reset = Some(reset(1, -1, true)), Refusal::CredentialReset),
            (|f| f.confirmer_reset = Some(reset(1, 8, false)), Refusal::InitialPassword),
            (|f| f.step_up.statement = Digest::of(b"another"), Refusal::EvidenceForeign),
            (|f| f.step_up.used = true, Refusal::EvidenceUsed),
            (|f| f.now = NOON.plus_seconds(50 + STEP_UP_MAX_S + 1), Refusal::EvidenceStale),
            (|f| f.step_up.at = NOON.plus_seconds(-1), Refusal::EvidenceStale),
            (|f| f.step_up.totp_step = 99, Refusal::CodeReplayed),
            (|f| f.address_matches = false, Refusal::AddressDiffers),
        ];
        for (change, refusal) in cases {
            let mut facts = confirm_facts(&submission);
            change(&mut facts);
            assert_eq!(check_confirm(&facts), Err(refusal));
            // Who may not confirm does not learn whether the address was right.
            facts.address_matches = false;
            assert_eq!(check_confirm(&facts), Err(refusal));
        }
    }

    fn reset(by: u8, days_ago: i64, own_password_since: bool) -> Reset<'static> {
        const ONE: &[PersonId] = &[PersonId::from_bytes([1; 16])];
        const TWO: &[PersonId] = &[PersonId::from_bytes([8; 16]), PersonId::from_bytes([2; 16])];
        let by = if by == 1 { ONE } else { TWO };
        Reset { by, at: NOON.plus_seconds(-days_ago * DAY_S), own_password_since }
    }

    #[test]
    fn what_is_allowed_stays_allowed() {
        type Change = fn(&mut ConfirmFacts<'_>);
        let submission = submission();
        let cases: [Change; 4] = [
            |f| f.confirmer_reset = Some(reset(1, 8, true)),
            |f| f.confirmer_reset = Some(reset(2, 1, true)),
            |f| f.entry.valid_until = f.now,
            |f| f.now = NOON.plus_seconds(50 + STEP_UP_MAX_S),
        ];
        for (i, change) in cases.into_iter().enumerate() {
            let mut facts = confirm_facts(&submission);
            change(&mut facts);
            let agreement = check_confirm(&facts).unwrap_or_else(|refusal| panic!("{i}: {refusal:?}"));
            assert_eq!((agreement.pair().first(), agreement.pair().second()), (party(1), party(2)));
            assert_eq!(agreement.at(), facts.now);
        }
    }

    fn claim_facts(agreement: &Agreement) -> ClaimFacts<'_> {
        ClaimFacts {
            now: agreement.at().plus_seconds(CONFIRMATION_MAX_S),
            agreement,
            submitter_active: true,
            confirmer_active: true,
            content_version: agreement.submission().version,
            entry: entry(),
            artefact: agreement.submission().artefact,
            clock_stepped: false,
        }
    }

    #[test]
    fn each_guard_of_a_claim_refuses_alone() {
        type Change = fn(&mut ClaimFacts<'_>);
        let agreement = agreement();
        let clearance = check_claim(&claim_facts(&agreement)).expect("the control");
        assert_eq!(clearance.statement(), agreement.submission().statement);
        let cases: [(Change, Refusal); 12] = [
            (|f| f.submitter_active = false, Refusal::SubmitterInactive),
            (|f| f.confirmer_active = false, Refusal::ConfirmerInactive),
            (|f| f.clock_stepped = true, Refusal::ClockStepped),
            (|f| f.now = f.agreement.at().plus_seconds(-1), Refusal::TimeReversed),
            (|f| f.now = Timestamp::from_micros(f.now.micros() + 1), Refusal::ConfirmationExpired),
            (|f| f.content_version += 1, Refusal::ContentChanged),
            (|f| f.content_version -= 1, Refusal::ContentChanged),
            (|f| f.entry.frozen = true, Refusal::EntryFrozen),
            (|f| f.entry.version += 1, Refusal::EntryChanged),
            (|f| f.entry.confirmed = false, Refusal::EntryUnconfirmed),
            (|f| f.entry.valid_until = f.now.plus_seconds(-1), Refusal::EntryExpired),
            (|f| f.artefact = Digest::of(b"swapped"), Refusal::ArtefactDiffers),
        ];
        for (change, refusal) in cases {
            let mut facts = claim_facts(&agreement);
            change(&mut facts);
            assert_eq!(check_claim(&facts), Err(refusal));
        }
    }

    #[test]
    fn a_confirmation_ends_with_the_day_in_japan() {
        // NOON is 12:00 in Japan.
        let late = NOON.plus_seconds(12 * 3600 - 60);
        assert_eq!(check_timely(NOON, late, late.plus_seconds(59)), Ok(()));
        assert_eq!(check_timely(NOON, late, late.plus_seconds(60)), Err(Refusal::OtherDay));
        assert_eq!(check_timely(late, NOON, late), Err(Refusal::TimeReversed));
    }

    #[test]
    fn other_bytes_or_another_address_are_not_handed_over() {
        let agreement = agreement();
        let address = |text| Address::from_canonical(Channel::Folder, text).expect("good");
        let (agreed, other) = (address("131016-0456"), address("131016-0457"));
        let good = HandoverFacts {
            agreement: &agreement,
            artefact: agreement.submission().artefact,
            agreed: &agreed,
            used: &agreed,
        };
        assert_eq!(check_handover(&good), Ok(()));
        assert_eq!(check_handover(&HandoverFacts { used: &other, ..good }), Err(Refusal::TransportDiffers));
        let swapped = HandoverFacts { artefact: Digest::of(b"x"), ..good };
        assert_eq!(check_handover(&swapped), Err(Refusal::ArtefactDiffers));
    }

    #[test]
    fn impossible_rows_are_not_agreements() {
        let submission = submission();
        assert!(Agreement::recall(submission, party(1), submission.at).is_none());
        assert!(Agreement::recall(submission, party(2), submission.at.plus_seconds(-1)).is_none());
        assert!(Agreement::recall(submission, party(2), submission.at).is_some());
    }

    #[test]
    fn codes_are_distinct() {
        let codes: std::collections::BTreeSet<_> = Refusal::ALL.iter().map(|r| r.code()).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
    }
}
