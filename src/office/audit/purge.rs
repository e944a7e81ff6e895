//! Erasing in the log without breaking it: what may be erased, and what two people sign for it.
use crate::domain::time::Timestamp;
use crate::log::checkpoint::Note;
use crate::log::statement::{Erasure, PurgeStatement};
use crate::office::reason::Reason;
use crate::office::store::Tx;
use crate::office::store::meta::Fact;

const DAY_S: i64 = 86_400;
/// Search terms and reasons are needed for the reviews of the year (an assumption of ours, see `docs/audit-log.md`).
const DETAILS_KEPT_S: i64 = 365 * DAY_S;
/// As long as records are kept at most (an assumption of ours).
const BODIES_KEPT_S: i64 = 5 * 366 * DAY_S;

/// Refuses while anything that it would take still has to be kept.
pub fn check_age(tx: &Tx<'_>, kind: Erasure, size: u64, now: Timestamp) -> Result<(), Reason> {
    let kept = match kind {
        Erasure::Details => DETAILS_KEPT_S,
        Erasure::Bodies => BODIES_KEPT_S,
    };
    let newest = tx.event(size)?.ok_or(Reason::NoSuchThing)?;
    if now.seconds_since(newest.clock.wall) < kept { Err(Reason::StillKept) } else { Ok(()) }
}

/// What both people sign: it names the checkpoint up to which everything goes.
pub fn statement(tx: &Tx<'_>, kind: Erasure, size: u64) -> Result<PurgeStatement, Reason> {
    let row = tx.checkpoint(size)?.ok_or(Reason::NoSuchThing)?;
    let note = Note::parse(&row.note).filter(|note| note.checkpoint.size == size).ok_or(Reason::LogBroken)?;
    let log_id: [u8; 16] = tx.fact_array(Fact::LogId)?;
    Ok(PurgeStatement { log_id, kind: kind.code(), size, root: note.checkpoint.root })
}
