//! Blind checks that miss far too often: somebody tries numbers.
use std::collections::BTreeMap;

use super::{Finding, median};
use crate::domain::ids::PersonId;
use crate::office::reason::Reason;
use crate::office::review::access::{Access, Deed};
use crate::office::review::facts::Facts;
use crate::office::review::mark::{Mark, Marks};

const TIMES: usize = 3;
const FLOOR: usize = 5;

/// One row for each person who missed more than that in the period.
pub fn findings(period: &[&Access], facts: &Facts) -> Vec<Finding> {
    let mut missed: BTreeMap<PersonId, Vec<u64>> = BTreeMap::new();
    for access in period.iter().filter(|access| access.deed() == Deed::Check) {
        let Some(worker) = facts.worker(access.actor) else { continue };
        let seqs = missed.entry(worker.person).or_default();
        if matches!(access.reason, Some(Reason::BlindMismatch | Reason::TooManyMisses)) {
            seqs.push(access.seq);
        }
    }
    let many = missed.iter().filter(|(person, seqs)| {
        let others = missed.iter().filter(|(who, _)| who != person).map(|(_, seqs)| seqs.len());
        seqs.len() > FLOOR.max(median(others.collect()) * TIMES)
    });
    many.map(|(_, seqs)| Finding { seqs: seqs.clone(), marks: Marks::of(&[Mark::Misses]), extra: 0 })
        .collect()
}
