//! What the machine itself has to say: clocks, sign-ins, what the rules refused.
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::access::{Access, Deed};
use super::mark::{Mark, Marks};
use super::rules::Finding;
use crate::domain::ids::AccountId;
use crate::office::audit::{Action, Outcome};
use crate::office::reason::Reason;

/// A slip of the finger once or twice a day is nobody's attempt to get in.
const SLIPS: usize = 2;

/// Rows of the group `Device`.
pub fn findings(period: &[&Access]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut failed: BTreeMap<(Option<AccountId>, NaiveDate), Vec<&Access>> = BTreeMap::new();
    let mut denied: BTreeMap<(Option<AccountId>, Action, NaiveDate), Vec<u64>> = BTreeMap::new();
    let one = |seqs: Vec<u64>, mark| Finding { seqs, marks: Marks::of(&[mark]), extra: 0 };
    for access in period {
        let day = access.at.date_in_japan();
        match (access.deed(), access.outcome) {
            (Deed::ClockStep, _) => found.push(one(vec![access.seq], Mark::ClockStep)),
            (Deed::PreLoginAltered, _) => found.push(one(vec![access.seq], Mark::PreLoginAltered)),
            (Deed::LogItself, Outcome::Done | Outcome::Failed) => {
                found.push(one(vec![access.seq], Mark::LogItself));
            }
            (Deed::SignIn, Outcome::Done) => {}
            (Deed::SignIn, _) => failed.entry((access.actor, day)).or_default().push(access),
            (_, Outcome::Denied) => {
                denied.entry((access.actor, access.action, day)).or_default().push(access.seq);
            }
            _ => {}
        }
    }
    let mut slips = Vec::new();
    for attempts in failed.into_values() {
        let seqs: Vec<u64> = attempts.iter().map(|access| access.seq).collect();
        let locked = attempts.iter().any(|access| access.reason == Some(Reason::LockedOut));
        if locked {
            found.push(Finding { seqs, marks: Marks::of(&[Mark::LockedOut, Mark::FailedSignIn]), extra: 0 });
        } else if attempts.len() > SLIPS {
            found.push(Finding { seqs, marks: Marks::of(&[Mark::FailedSignIn]), extra: 10 });
        } else {
            slips.extend(seqs);
        }
    }
    // All slips of the period together: they are shown, and cost one row.
    slips.sort_unstable();
    if !slips.is_empty() {
        found.push(one(slips, Mark::FailedSignIn));
    }
    found.extend(denied.into_values().map(|seqs| one(seqs, Mark::Denied)));
    found
}
