//! The append protocol: no act without its row, no row without its act.
use std::marker::PhantomData;

use super::action::{Action, ObjectKind, Outcome, RefKey};
use super::event::{self, ClockFlags, ClockStamp, Event, LogName, Origin};
use crate::domain::entropy::Entropy;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::time::Reading;
use crate::office::store::{self, StoreError, Tx};

/// A jump of the wall clock against the boot clock larger than this is an event of its own.
const CLOCK_STEP_US: i64 = 5_000_000;

/// A machine's own clock may lag this much after a restart, until it is set by the network.
const SET_BACK_US: i64 = 60_000_000;

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
}

/// Proof that this transaction has appended its row. `Tx::commit` demands one; only [`append`] makes it.
#[must_use]
pub struct Entry<'tx>(PhantomData<&'tx mut ()>);

/// Appends one row (and a clock-step row before it, when the wall clock was moved).
pub fn append<'tx>(
    tx: &mut Tx<'tx>,
    scribe: &Scribe<'_>,
    note: Note,
    entropy: &mut dyn Entropy,
) -> store::Result<Entry<'tx>> {
    let step = clock_step(tx, scribe)?;
    let flags =
        if step.is_some() { ClockFlags::default().with(ClockFlags::STEP) } else { ClockFlags::default() };
    if let Some(size) = step {
        let mut row = Note::new(Action::ClockStep, Outcome::Done);
        row.refs.push((RefKey::StepSize, size.to_be_bytes().to_vec()));
        let system = Scribe { actor: None, ..scribe.clone() };
        insert(tx, &system, row, flags, entropy)?;
    }
    insert(tx, scribe, note, flags, entropy)?;
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

/// How far the wall clock moved against the boot clock since the last event of the same boot.
fn clock_step(tx: &Tx<'_>, scribe: &Scribe<'_>) -> store::Result<Option<i64>> {
    let last = match tx.last_event() {
        Ok(Some(last)) => last,
        // An unreadable record is a finding of the verification. It must not keep those out who would run it, and the
        // chain goes on from its stored hash.
        Ok(None) | Err(StoreError::LogBroken) => return Ok(None),
        Err(other) => return Err(other),
    };
    let now = scribe.reading;
    let wall = now.wall.micros().saturating_sub(last.clock.wall.micros());
    if last.clock.boot_id != now.boot_id || now.boottime_us < last.clock.boottime_us {
        // How long it was off nobody knows, but time does not run backwards meanwhile.
        return Ok((wall < -SET_BACK_US).then_some(wall));
    }
    let boot = i64::try_from(now.boottime_us - last.clock.boottime_us).unwrap_or(i64::MAX);
    let step = wall.saturating_sub(boot);
    Ok((step.saturating_abs() > CLOCK_STEP_US).then_some(step))
}
