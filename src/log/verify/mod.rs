//! The check, in three tiers: what this machine can see, what only the auditor's key can, what paper outside can.
mod conclude;
mod two_people;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use zeroize::Zeroizing;

use super::finding::Finding;
use super::slip::PaperRoot;
use super::source::{EventRow, Head, Source};
use walk::Walk;

/// How many rows pass between two looks at the observer; it is asked at the first.
const OBSERVE_EVERY: u64 = 4096;

/// The first seal key of each epoch, as far as the auditor has brought them.
pub type SealKeys = BTreeMap<u32, Zeroizing<[u8; 32]>>;

/// Whether a tier was checked. Skipped is never "ok".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tier {
    Checked,
    /// No key, or no paper.
    Skipped,
    /// The keys of these epochs were not there.
    Without(Vec<u32>),
}

/// What was checked and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub events: u64,
    pub epoch: u32,
    /// Hash of the last event.
    pub head: [u8; 32],
    /// Tree hash over all events.
    pub root: [u8; 32],
    pub details: Tier,
    pub auditor: Tier,
    pub paper: Tier,
    /// Sorted; alarms and remarks.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Nothing that would be an alarm. What was skipped is another question.
    pub fn is_sound(&self) -> bool {
        self.alarms() == 0
    }
    pub fn alarms(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_alarm()).count()
    }
}

/// Why there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop<E> {
    /// The rows could not be read.
    Source(E),
    /// The observer broke off.
    Cancelled,
}

/// Checks a log. `observe` hears how many rows are done, and may break off.
pub fn verify<S: Source>(
    source: &mut S,
    keys: &SealKeys,
    paper: &[PaperRoot],
    observe: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Report, Stop<S::Error>> {
    let head = source.head().map_err(Stop::Source)?;
    let mut walk = Walk::new(&head, keys, paper);
    let mut cancelled = false;
    source
        .each_event(&mut |row| {
            walk.event(&row);
            if row.seq % OBSERVE_EVERY == 1 && observe(row.seq).is_break() {
                cancelled = true;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
        .map_err(Stop::Source)?;
    if cancelled {
        return Err(Stop::Cancelled);
    }
    if head.with_details {
        source.each_detail(&mut |seq, nonce, text| walk.detail(seq, nonce, text)).map_err(Stop::Source)?;
    }
    Ok(walk.conclude(paper))
}

/// Checks the rows of `rows`, whose first is the last one that a checkpoint covers and is taken as it is. Links, columns,
/// clock and days only: what a start of the program has time for.
pub fn verify_tail<E>(
    head: &Head,
    each_event: impl FnOnce(&mut dyn FnMut(EventRow<'_>) -> ControlFlow<()>) -> Result<(), E>,
) -> Result<Vec<Finding>, E> {
    let keys = SealKeys::new();
    let mut walk: Option<Walk<'_>> = None;
    each_event(&mut |row| {
        match &mut walk {
            Some(walk) => walk.event(&row),
            None => walk = Some(Walk::resumed(head, &keys, &row)),
        }
        ControlFlow::Continue(())
    })?;
    Ok(walk.map(Walk::links).unwrap_or_default())
}

/// For those who need neither progress nor a way to break off.
pub fn unobserved(_rows: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
