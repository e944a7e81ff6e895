//! The append protocol: no act without its row, no row without its act.
use std::marker::PhantomData;

use super::action::{Action, ObjectKind, Outcome, RefKey};
use super::checkpoint;
use super::clock;
use super::event::{self, ClockFlags, ClockStamp, Event, LogName, Origin};
use crate::domain::entropy::Entropy;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::time::Reading;
use crate::office::store::{self, StoreError, Tx};
use crate::office::vault::keys::HostKey;

/// What an operation reports of itself.
#[derive(Clone, Debug)]
pub struct Note {
    pub action: Action,
    pub object: (ObjectKind, [u8; 16]),
    pub outcome: Outcome,
    pub reason: u16,
    pub refs: Vec<(RefKey, Vec<u8>)>,
    /// Free text that a reviewer needs and that must be erasable: a search term, a reason.
    pub detail: Option<String>,
    /// Whether the transaction has to begin with a checkpoint, although none is due.
    pub with_checkpoint: bool,
}

impl Note {
    pub const fn new(action: Action, outcome: Outcome) -> Self {
        Self {
            action,
            object: (ObjectKind::Nothing, [0; 16]),
            outcome,
            reason: 0,
            refs: Vec::new(),
            detail: None,
            with_checkpoint: false,
        }
    }
}

/// Who writes, from where and when: the same for all rows of one transaction.
#[derive(Clone, Debug)]
pub struct Scribe<'a> {
    pub log: LogName,
    pub reading: Reading,
    pub actor: Option<AccountId>,
    pub session: Option<SessionId>,
    pub origin: &'a Origin,
    /// What checkpoints are signed with.
    pub host: &'a HostKey,
}

/// Proof that this transaction has appended its row. `Tx::commit` demands one; only [`append`] makes it.
#[must_use]
pub struct Entry<'tx>(PhantomData<&'tx mut ()>);

/// Appends one row; before it, as the first of the transaction, a checkpoint that is due, and a clock-step row when the
/// wall clock was moved (after it where an epoch begins).
pub fn append<'tx>(
    tx: &mut Tx<'tx>,
    scribe: &Scribe<'_>,
    note: Note,
    entropy: &mut dyn Entropy,
) -> store::Result<Entry<'tx>> {
    let last = match tx.last_event() {
        // An unreadable record is a finding of the verification. It must not keep those out who would run it, and the
        // chain goes on from its stored hash.
        Err(StoreError::LogBroken) => None,
        other => other?,
    };
    let moved = clock::moved(last.as_ref(), scribe.reading);
    let flags = ClockFlags::default();
    let flags = if moved.is_some() { flags.with(ClockFlags::STEP) } else { flags };
    // The start of an epoch comes before everything else of it.
    let begins_epoch = note.action == Action::EpochStart;
    if tx.first_seq_of_transaction().is_none() && !begins_epoch {
        let due = checkpoint::due(tx, last.as_ref(), scribe.reading.wall)?;
        if let Some(action) = due.or_else(|| note.with_checkpoint.then_some(Action::Checkpoint)) {
            let system = Scribe { actor: None, ..scribe.clone() };
            match checkpoint::write(tx, scribe, action) {
                Ok(named) => insert(tx, &system, named, flags, entropy)?,
                // A log with a hole gets no checkpoint any more, and the verification says so. Whoever has to look into it
                // must be able to come in; who asked for one is refused.
                Err(StoreError::LogBroken) if !note.with_checkpoint => {}
                Err(other) => return Err(other),
            }
        }
    }
    // Nobody's act: whoever comes first after it only finds it.
    let step = moved.map(|moved| (Scribe { actor: None, ..scribe.clone() }, moved.note()));
    let (before, after) = if begins_epoch { (None, step) } else { (step, None) };
    if let Some((system, step)) = before {
        insert(tx, &system, step, flags, entropy)?;
    }
    insert(tx, scribe, note, flags, entropy)?;
    if let Some((system, step)) = after {
        insert(tx, &system, step, flags, entropy)?;
    }
    Ok(Entry(PhantomData))
}

fn insert(
    tx: &mut Tx<'_>,
    scribe: &Scribe<'_>,
    note: Note,
    flags: ClockFlags,
    entropy: &mut dyn Entropy,
) -> store::Result<()> {
    let (last, prev) = tx.log_tail()?;
    let seq = last + 1;
    let detail = note.detail.map(|text| (entropy.bytes::<32>(), text));
    let mut refs = note.refs;
    refs.push((
        RefKey::TransactionFirst,
        tx.first_seq_of_transaction().unwrap_or(seq).to_be_bytes().to_vec(),
    ));
    refs.sort_by_key(|(key, _)| *key);
    let flags = if scribe.reading.synchronised { flags.with(ClockFlags::SYNCHRONISED) } else { flags };
    let event = Event {
        log: scribe.log,
        seq,
        prev,
        clock: ClockStamp {
            wall: scribe.reading.wall,
            boot_id: scribe.reading.boot_id,
            boottime_us: scribe.reading.boottime_us,
            flags,
        },
        actor: scribe.actor,
        session: scribe.session,
        origin: scribe.origin.clone(),
        action: note.action,
        object: note.object,
        outcome: note.outcome,
        reason: note.reason,
        refs,
        detail_commit: detail.as_ref().map(|(nonce, text)| event::commit_detail(nonce, text.as_bytes())),
    };
    let body = event.encode();
    tx.insert_event(&event, &body, &event::leaf_hash(&body))?;
    if let Some((nonce, text)) = detail {
        tx.insert_detail(seq, &nonce, &text)?;
    }
    Ok(())
}
