//! The life of one transmission: `(State, Step) -> Result<State, Refusal>`, and nothing else.
//!
//! Who may confirm and what may be claimed is decided by the guards in [`guard`]; the evidence they give
//! ([`Agreement`], [`Clearance`]) is what the steps ask for, so that no step can be taken without its guards.
//! The whole table state x step is the reviewed file `tests/it/output/transmission.txt`.
#[cfg(test)]
mod fixtures;
mod guard;
#[cfg(test)]
mod walks;
#[cfg(test)]
mod world;

pub use guard::{
    Agreement, CONFIRMATION_MAX_S, ClaimFacts, Clearance, ConfirmFacts, Entry, HandoverFacts,
    RESET_COOLING_S, Refusal, Reset, STEP_UP_MAX_S, StepUp, check_claim, check_confirm, check_handover,
    check_timely,
};

use super::digest::Digest;
use super::staff::Party;
use super::time::Timestamp;

/// Three wrong addresses void the transmission: guessing must not pay.
pub const MISMATCHES_MAX: u8 = 3;
/// Two in a row are no slip any more: a supervisor looks before the last attempt.
pub const MISMATCHES_BEFORE_CALL: u8 = 2;

/// What was frozen and signed when the transmission was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Submission {
    pub by: Party,
    /// The version of the content that the package was made from.
    pub version: u32,
    /// SHA-256 of the signed statement; it covers everything below and a nonce.
    pub statement: Digest,
    /// SHA-256 of the sealed bytes.
    pub artefact: Digest,
    /// SHA-256 of the destination entry: id, version, channel, address.
    pub destination: Digest,
    pub entry_version: u32,
    pub at: Timestamp,
}

/// Where a transmission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Draft,
    Awaiting {
        submission: Submission,
        mismatches: u8,
    },
    Confirmed(Agreement),
    Queued(Agreement),
    Dispatching(Agreement),
    Sent(Agreement),
    Acknowledged(Agreement),
    Failed(Agreement),
    /// It may have left. A person compares the carrier's own log; nothing is retried by itself.
    Uncertain(Agreement),
    Withdrawn {
        by: Party,
    },
    Void,
}

/// What can happen to a transmission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The content or the chosen destination changed.
    Edit,
    Submit(Submission),
    /// The second person sends it back.
    Return,
    /// It waited too long, or a party or the destination entry changed.
    Expire,
    /// The re-keyed address differs.
    Mismatch,
    /// The second person agreed; only [`check_confirm`] gives the evidence.
    Confirm(Agreement),
    /// Package and order were put into the outbox.
    Seal,
    /// A dispatcher takes it; [`check_claim`] or the courier's receipt gives the evidence.
    Claim(Clearance),
    /// The carrier could not be reached, nothing has left, and the dispatcher has put the order back.
    PutBack,
    Accepted,
    Refused,
    /// Crash, timeout or lost reply after the claim.
    Unclear,
    Reconcile(Finding),
    Acknowledge,
    Withdraw {
        by: Party,
    },
    /// A failed one goes back to its author.
    Resubmit,
}

/// What a person read in the carrier's own log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Sent,
    NotSent,
}

impl State {
    /// The state after the step, or why the step is not possible here.
    pub fn step(self, step: Step) -> Result<Self, Refusal> {
        match (self, step) {
            (Self::Withdrawn { .. } | Self::Void | Self::Acknowledged(_), _) => Err(Refusal::Finished),

            (Self::Draft, Step::Edit) => Ok(Self::Draft),
            (Self::Draft, Step::Submit(submission)) => Ok(Self::Awaiting { submission, mismatches: 0 }),

            // Any change forgets the agreement: nobody's signature covers what they did not see.
            (Self::Awaiting { .. } | Self::Confirmed(_), Step::Edit | Step::Return | Step::Expire) => {
                Ok(Self::Draft)
            }
            (Self::Awaiting { submission, mismatches }, Step::Mismatch) => {
                Ok(mismatch(submission, mismatches))
            }
            (Self::Awaiting { submission, .. }, Step::Confirm(agreement)) => confirm(&submission, agreement),

            (Self::Confirmed(agreement), Step::Seal) => Ok(Self::Queued(agreement)),

            (Self::Queued(agreement), Step::Claim(clearance)) => claim(agreement, clearance),
            // The courier refuses an order without ever claiming it.
            (Self::Queued(agreement) | Self::Dispatching(agreement), Step::Refused) => {
                Ok(Self::Failed(agreement))
            }
            (Self::Dispatching(agreement), Step::PutBack) => Ok(Self::Queued(agreement)),
            (Self::Dispatching(agreement), Step::Accepted) => Ok(Self::Sent(agreement)),
            (Self::Dispatching(agreement), Step::Unclear) => Ok(Self::Uncertain(agreement)),
            (Self::Dispatching(_), Step::Claim(_)) => Err(Refusal::InFlight),
            (Self::Uncertain(_), Step::Claim(_)) => Err(Refusal::NotRetried),

            (Self::Uncertain(agreement), Step::Reconcile(Finding::Sent)) => Ok(Self::Sent(agreement)),
            (Self::Uncertain(agreement), Step::Reconcile(Finding::NotSent)) => Ok(Self::Failed(agreement)),
            (Self::Sent(agreement), Step::Acknowledge) => Ok(Self::Acknowledged(agreement)),
            (Self::Failed(_), Step::Resubmit) => Ok(Self::Draft),

            (
                Self::Draft | Self::Awaiting { .. } | Self::Confirmed(_) | Self::Queued(_) | Self::Failed(_),
                Step::Withdraw { by },
            ) => Ok(Self::Withdrawn { by }),
            (
                Self::Dispatching(_) | Self::Sent(_) | Self::Uncertain(_),
                Step::Withdraw { .. } | Step::Edit,
            ) => Err(Refusal::AlreadyLeft),

            (
                Self::Draft
                | Self::Awaiting { .. }
                | Self::Confirmed(_)
                | Self::Queued(_)
                | Self::Dispatching(_)
                | Self::Sent(_)
                | Self::Failed(_)
                | Self::Uncertain(_),
                _,
            ) => Err(Refusal::OutOfOrder),
        }
    }

    /// The code in the database and in JSON.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Awaiting { .. } => "awaiting",
            Self::Confirmed(_) => "confirmed",
            Self::Queued(_) => "queued",
            Self::Dispatching(_) => "dispatching",
            Self::Sent(_) => "sent",
            Self::Acknowledged(_) => "acknowledged",
            Self::Failed(_) => "failed",
            Self::Uncertain(_) => "uncertain",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Void => "void",
        }
    }

    /// The agreement of two people that this state rests on.
    pub const fn agreement(&self) -> Option<&Agreement> {
        match self {
            Self::Confirmed(agreement)
            | Self::Queued(agreement)
            | Self::Dispatching(agreement)
            | Self::Sent(agreement)
            | Self::Acknowledged(agreement)
            | Self::Failed(agreement)
            | Self::Uncertain(agreement) => Some(agreement),
            Self::Draft | Self::Awaiting { .. } | Self::Withdrawn { .. } | Self::Void => None,
        }
    }
}

fn mismatch(submission: Submission, before: u8) -> State {
    let mismatches = before.saturating_add(1);
    if mismatches >= MISMATCHES_MAX { State::Void } else { State::Awaiting { submission, mismatches } }
}

/// The evidence must be about the very submission that waits.
fn confirm(submission: &Submission, agreement: Agreement) -> Result<State, Refusal> {
    if agreement.submission() == submission {
        Ok(State::Confirmed(agreement))
    } else {
        Err(Refusal::OtherSubmission)
    }
}

fn claim(agreement: Agreement, clearance: Clearance) -> Result<State, Refusal> {
    if clearance.statement() == agreement.submission().statement {
        Ok(State::Dispatching(agreement))
    } else {
        Err(Refusal::OtherSubmission)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::fixtures::{agreement, clearance, party, submission};
    use super::*;

    fn states() -> Vec<(&'static str, State)> {
        let agreed = agreement();
        vec![
            ("Draft", State::Draft),
            ("Awaiting", State::Awaiting { submission: submission(), mismatches: 0 }),
            ("Awaiting(2 misses)", State::Awaiting { submission: submission(), mismatches: 2 }),
            ("Confirmed", State::Confirmed(agreed)),
            ("Queued", State::Queued(agreed)),
            ("Dispatching", State::Dispatching(agreed)),
            ("Sent", State::Sent(agreed)),
            ("Acknowledged", State::Acknowledged(agreed)),
            ("Failed", State::Failed(agreed)),
            ("Uncertain", State::Uncertain(agreed)),
            ("Withdrawn", State::Withdrawn { by: party(1) }),
            ("Void", State::Void),
        ]
    }

    fn steps() -> Vec<(&'static str, Step)> {
        let other = Submission { statement: Digest::of(b"another"), ..submission() };
        let foreign = Agreement::recall(other, party(2), other.at).expect("two people");
        vec![
            ("Edit", Step::Edit),
            ("Submit", Step::Submit(submission())),
            ("Return", Step::Return),
            ("Expire", Step::Expire),
            ("Mismatch", Step::Mismatch),
            ("Confirm", Step::Confirm(agreement())),
            ("Confirm(another)", Step::Confirm(foreign)),
            ("Seal", Step::Seal),
            ("Claim", Step::Claim(clearance())),
            ("Claim(another)", Step::Claim(Clearance::by_courier(other.statement))),
            ("PutBack", Step::PutBack),
            ("Accepted", Step::Accepted),
            ("Refused", Step::Refused),
            ("Unclear", Step::Unclear),
            ("Reconcile(sent)", Step::Reconcile(Finding::Sent)),
            ("Reconcile(not sent)", Step::Reconcile(Finding::NotSent)),
            ("Acknowledge", Step::Acknowledge),
            ("Withdraw", Step::Withdraw { by: party(2) }),
            ("Resubmit", Step::Resubmit),
        ]
    }

    fn matrix() -> String {
        let mut table = String::from("# Every state x every step of a transmission. `!` marks a refusal.\n");
        for (state_name, state) in states() {
            table.push('\n');
            for (step_name, step) in steps() {
                let outcome = match state.step(step) {
                    Ok(State::Awaiting { mismatches, .. }) => format!("awaiting ({mismatches} misses)"),
                    Ok(next) => next.code().to_owned(),
                    Err(refusal) => format!("! {}", refusal.code()),
                };
                writeln!(table, "{state_name:<19} {step_name:<20} {outcome}").expect("a string takes all");
            }
        }
        table
    }

    /// The table is reviewed by people; a change shows as a difference here and is copied by hand.
    #[test]
    fn matrix_is_as_reviewed() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/output/transmission.txt");
        let reviewed = std::fs::read_to_string(path).unwrap_or_default();
        let actual = matrix();
        if reviewed == actual {
            return;
        }
        let kept = std::env::temp_dir().join("uketsuke-transmission-actual.txt");
        std::fs::write(&kept, &actual).expect("the temporary directory is writable");
        for line in reviewed.lines().filter(|line| !actual.lines().any(|a| a == *line)) {
            println!("- {line}");
        }
        for line in actual.lines().filter(|line| !reviewed.lines().any(|r| r == *line)) {
            println!("+ {line}");
        }
        panic!("{path} differs from {}", kept.display());
    }

    #[test]
    fn the_third_mismatch_voids() {
        let mut state = State::Awaiting { submission: submission(), mismatches: 0 };
        for _ in 1..MISMATCHES_MAX {
            state = state.step(Step::Mismatch).expect("still allowed");
            assert_eq!(state.code(), "awaiting");
        }
        assert_eq!(state.step(Step::Mismatch), Ok(State::Void));
    }

    #[test]
    fn misses_are_forgotten_only_with_the_submission() {
        let state = State::Awaiting { submission: submission(), mismatches: 2 };
        assert_eq!(state.step(Step::Confirm(agreement())), Ok(State::Confirmed(agreement())));
        let again = state.step(Step::Return).and_then(|s| s.step(Step::Submit(submission())));
        assert_eq!(again, Ok(State::Awaiting { submission: submission(), mismatches: 0 }));
    }

    #[test]
    fn codes_are_distinct() {
        let codes: std::collections::BTreeSet<_> = states().iter().map(|(_, state)| state.code()).collect();
        assert_eq!(codes.len(), 11);
    }
}
