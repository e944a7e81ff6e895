//! One file for each rule, or for each family of them.
pub mod hours;
pub mod misses;
pub mod people;
pub mod register;
pub mod searches;
pub mod section;
pub mod sending;
pub mod volume;

use super::mark::Marks;

/// What a rule found that is not about one look at one record: a day of searches, a change of the register.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The events it is about, in order; never empty.
    pub seqs: Vec<u64>,
    pub marks: Marks,
    /// Added to the weight of the marks: how far beyond the usual it is.
    pub extra: u32,
}

/// The middle of some counts; 0 of none.
pub fn median(mut counts: Vec<usize>) -> usize {
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}
