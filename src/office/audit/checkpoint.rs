//! Writing checkpoints: each says what the log was before the transaction that writes it.
use super::action::{Action, Outcome, RefKey};
use super::append::{Note, Scribe};
use super::event::Event;
use crate::domain::digest::Digest;
use crate::domain::ids::AccountId;
use crate::domain::time::Timestamp;
use crate::log::checkpoint::Checkpoint;
use crate::log::merkle::Frontier;
use crate::log::source::{CheckpointRow, CosignatureRow};
use crate::office::session::SessionKeys;
use crate::office::store::{self, StoreError, Tx};

/// Events after which a checkpoint is written whatever the day.
const EVERY: u64 = 1000;

/// A checkpoint that is not written yet.
pub struct Pending {
    pub checkpoint: Checkpoint,
    frontier: Frontier,
}

/// The checkpoint over everything before this transaction. `LogBroken` when the log is shorter than one that was signed before:
/// a host never signs a smaller size than its last.
pub fn pending(tx: &Tx<'_>, log_id: [u8; 16]) -> store::Result<Pending> {
    let size = tx.seal_state().seq;
    let mut frontier = match tx.last_checkpoint()? {
        None => Frontier::default(),
        Some(row) => Frontier::from_peaks(row.size, row.frontier).ok_or(StoreError::LogBroken)?,
    };
    if frontier.size() > size {
        return Err(StoreError::LogBroken);
    }
    tx.each_hash_between(frontier.size(), size, |hash| frontier.push(hash))?;
    if frontier.size() != size {
        return Err(StoreError::LogBroken);
    }
    let checkpoint = Checkpoint { log_id, size, root: frontier.root() };
    Ok(Pending { checkpoint, frontier })
}

/// Signs the checkpoint that this transaction writes (its log row has to ask for one) with a person's own key. Gives the
/// size, and the digest of the line for the row.
pub fn cosign(
    tx: &mut Tx<'_>,
    log_id: [u8; 16],
    account: AccountId,
    keys: &SessionKeys,
    now: Timestamp,
) -> store::Result<(u64, Digest)> {
    let checkpoint = pending(tx, log_id)?.checkpoint;
    let time = u64::try_from(now.seconds()).map_err(|_| StoreError::Impossible)?;
    let line = checkpoint.cosign(account, &keys.public(), time, |text| keys.sign(text));
    let digest = Digest::of(line.as_bytes());
    tx.insert_cosignature(&CosignatureRow { size: checkpoint.size, account, line })?;
    Ok((checkpoint.size, digest))
}

/// Whether this transaction has to begin with a checkpoint, and which kind of event names it.
pub fn due(tx: &Tx<'_>, last: Option<&Event>, now: Timestamp) -> store::Result<Option<Action>> {
    let size = tx.seal_state().seq;
    if size == 0 {
        return Ok(None);
    }
    // Of an unreadable event nobody knows the day: a heartbeat too many does no harm.
    let new_day = last.is_none_or(|last| last.clock.wall.date_in_japan() != now.date_in_japan());
    if new_day {
        return Ok(Some(Action::Heartbeat));
    }
    let covered = tx.last_checkpoint_size()?.unwrap_or(0);
    Ok((size.saturating_sub(covered) >= EVERY).then_some(Action::Checkpoint))
}

/// Stores the checkpoint, and gives the event that names it.
pub fn write(tx: &mut Tx<'_>, scribe: &Scribe<'_>, action: Action) -> store::Result<Note> {
    let Pending { checkpoint, frontier } = pending(tx, scribe.log.log_id)?;
    let aggregate = tx.seal_state().aggregate;
    let note = checkpoint.note(&scribe.host.public(), |text| scribe.host.sign(text));
    tx.insert_checkpoint(&CheckpointRow {
        size: checkpoint.size,
        aggregate,
        frontier: frontier.peaks().to_vec(),
        note: note.to_string(),
    })?;
    let mut event = Note::new(action, Outcome::Done);
    event.refs = vec![
        (RefKey::CheckpointSize, checkpoint.size.to_be_bytes().to_vec()),
        (RefKey::CheckpointRoot, checkpoint.root.to_vec()),
        (RefKey::Aggregate, aggregate.to_vec()),
    ];
    Ok(event)
}
