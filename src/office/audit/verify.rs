//! Verification: recompute everything from the sealed bytes.
use std::collections::HashMap;

use zeroize::Zeroizing;

use super::event::{Event, LogName, commit_detail, leaf_hash};
use super::seal::SealState;
use crate::domain::sensitive::Secret;
use crate::domain::time::Timestamp;
use crate::office::House;
use crate::office::ops::LogReport;
use crate::office::reason::Reason;
use crate::office::store::Tx;
use crate::office::store::log::StoredEvent;
use crate::office::vault::identity::Identity;
use crate::os::files;

/// An idle log gets at least one event a day; a longer silence is worth a question.
const SILENCE_S: i64 = 26 * 3600;
const CLOCK_STEP_US: i64 = 5_000_000;
const ESCROW_MAX: u64 = 4096;

/// One thing that is not as it should be. `Display` gives one line with class and sequence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Gap {
        seq: u64,
    },
    Unreadable {
        seq: u64,
    },
    Hash {
        seq: u64,
    },
    Previous {
        seq: u64,
    },
    Misplaced {
        seq: u64,
    },
    /// A query column says something else than the sealed record.
    Column {
        seq: u64,
    },
    Detail {
        seq: u64,
    },
    OrphanDetail {
        seq: u64,
    },
    MissingDetail {
        seq: u64,
    },
    /// The clock was moved and no step was recorded.
    Clock {
        seq: u64,
    },
    SealAhead {
        sealed: u64,
        events: u64,
    },
    SealBehind {
        sealed: u64,
        events: u64,
    },
    /// The replayed key or aggregate is not the stored one: the past was rewritten.
    SealBroken,
    /// The escrowed first key is not the one named in the genesis event.
    SealKey,
    Silence {
        hours: i64,
    },
    Database,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gap { seq } => write!(f, "CHAIN {seq}: an event is missing before it"),
            Self::Unreadable { seq } => write!(f, "CHAIN {seq}: the sealed record cannot be read"),
            Self::Hash { seq } => write!(f, "CHAIN {seq}: the record does not have the stored hash"),
            Self::Previous { seq } => write!(f, "CHAIN {seq}: it does not continue the event before it"),
            Self::Misplaced { seq } => write!(f, "CHAIN {seq}: the record belongs to another place or log"),
            Self::Column { seq } => write!(f, "COLUMN {seq}: a query column differs from the sealed record"),
            Self::Detail { seq } => write!(f, "DETAIL {seq}: the text is not the one that was sealed"),
            Self::OrphanDetail { seq } => write!(f, "DETAIL {seq}: a text without an event that has one"),
            Self::MissingDetail { seq } => write!(f, "DETAIL {seq}: the text is gone"),
            Self::Clock { seq } => write!(f, "CLOCK {seq}: the clock was moved without a record of it"),
            Self::SealAhead { sealed, events } => {
                write!(
                    f,
                    "SEAL: it covers {sealed} events, the log has {events}: the log was cut or rolled back"
                )
            }
            Self::SealBehind { sealed, events } => {
                write!(f, "SEAL: it covers {sealed} events, the log has {events}")
            }
            Self::SealBroken => write!(f, "SEAL: the past was rewritten (key or aggregate differ)"),
            Self::SealKey => write!(f, "SEAL: the escrowed key is not the one of this log"),
            Self::Silence { hours } => write!(f, "HEARTBEAT: no event for {hours} hours"),
            Self::Database => write!(f, "DATABASE: an integrity check failed"),
        }
    }
}

/// The first key of the seal, out of the auditor's envelope.
pub fn open_escrow(house: &House, auditor: &Secret) -> Result<Zeroizing<[u8; 32]>, Reason> {
    let generation = house.generation()?;
    let sealed = files::read_limited(&generation.escrowed_seal_key(1), ESCROW_MAX)?;
    let identity = Identity::parse(auditor).map_err(|_| Reason::AuditorKeyWrong)?;
    let plain = identity.open(&sealed).map_err(|_| Reason::AuditorKeyWrong)?;
    let key: [u8; 32] = plain.as_slice().try_into().map_err(|_| Reason::AuditorKeyWrong)?;
    Ok(Zeroizing::new(key))
}

/// Checks the log inside one transaction. Without `seal_key` the report says that the seal was not checked.
pub fn verify(tx: &Tx<'_>, seal_key: Option<&[u8; 32]>, now: Timestamp) -> Result<LogReport, Reason> {
    let mut walk = Walk::new(seal_key);
    tx.each_event(|row| walk.event(&row))?;
    let mut details = walk.details.clone();
    let mut findings = std::mem::take(&mut walk.findings);
    tx.each_detail(|seq, nonce, text| match (details.remove(&seq), <[u8; 32]>::try_from(nonce)) {
        (None, _) => findings.push(Finding::OrphanDetail { seq }),
        (Some(commit), Ok(nonce)) if commit_detail(&nonce, text.as_bytes()) == commit => {}
        (Some(_), _) => findings.push(Finding::Detail { seq }),
    })?;
    let mut missing: Vec<u64> = details.into_keys().collect();
    missing.sort_unstable();
    findings.extend(missing.into_iter().map(|seq| Finding::MissingDetail { seq }));

    let state = tx.seal_state();
    match state.seq.cmp(&walk.last) {
        std::cmp::Ordering::Greater => {
            findings.push(Finding::SealAhead { sealed: state.seq, events: walk.last });
        }
        std::cmp::Ordering::Less => {
            findings.push(Finding::SealBehind { sealed: state.seq, events: walk.last });
        }
        std::cmp::Ordering::Equal => {}
    }
    if let Some(replayed) = &walk.seal {
        if *replayed != *state {
            findings.push(Finding::SealBroken);
        }
        if !walk.seal_key_fits {
            findings.push(Finding::SealKey);
        }
    }
    let quiet = now.seconds_since(walk.last_wall);
    if walk.last > 0 && quiet > SILENCE_S {
        findings.push(Finding::Silence { hours: quiet / 3600 });
    }
    if !tx.check_integrity()? {
        findings.push(Finding::Database);
    }
    Ok(LogReport {
        events: walk.last,
        head: data_encoding::HEXLOWER.encode(&walk.prev),
        seal_checked: seal_key.is_some(),
        findings,
    })
}

struct Walk<'a> {
    seal_key: Option<&'a [u8; 32]>,
    seal: Option<SealState>,
    seal_key_fits: bool,
    log: Option<LogName>,
    last: u64,
    prev: [u8; 32],
    last_wall: Timestamp,
    last_boot: Option<([u8; 16], u64)>,
    details: HashMap<u64, [u8; 32]>,
    findings: Vec<Finding>,
}

impl<'a> Walk<'a> {
    fn new(seal_key: Option<&'a [u8; 32]>) -> Self {
        Self {
            seal_key,
            seal: None,
            seal_key_fits: false,
            log: None,
            last: 0,
            prev: [0; 32],
            last_wall: Timestamp::from_micros(0),
            last_boot: None,
            details: HashMap::new(),
            findings: Vec::new(),
        }
    }

    fn event(&mut self, row: &StoredEvent) {
        let seq = row.seq;
        if seq != self.last + 1 {
            self.findings.push(Finding::Gap { seq });
        }
        let hash = leaf_hash(&row.body);
        if row.hash != hash {
            self.findings.push(Finding::Hash { seq });
        }
        match Event::decode(&row.body) {
            None => self.findings.push(Finding::Unreadable { seq }),
            Some(event) => self.decoded(row, &event),
        }
        // The seal and the links run over the stored hashes, as they did when the rows were written.
        let stored: [u8; 32] = row.hash.as_slice().try_into().unwrap_or([0; 32]);
        if let Some(seal) = &mut self.seal {
            seal.fold(&stored);
        }
        self.prev = stored;
        self.last = seq;
    }

    fn decoded(&mut self, row: &StoredEvent, event: &Event) {
        let seq = row.seq;
        if self.log.is_none() {
            self.begin(event);
        }
        if event.seq != seq || self.log != Some(event.log) {
            self.findings.push(Finding::Misplaced { seq });
        }
        if event.prev != self.prev {
            self.findings.push(Finding::Previous { seq });
        }
        if !columns_agree(row, event) {
            self.findings.push(Finding::Column { seq });
        }
        if let Some(commit) = event.detail_commit {
            self.details.insert(seq, commit);
        }
        self.check_clock(seq, event);
    }

    /// Takes the name of the log from its first event and starts the replay of the seal.
    fn begin(&mut self, event: &Event) {
        use super::action::RefKey;
        self.log = Some(event.log);
        if let Some(key) = self.seal_key {
            let digest = crate::domain::digest::Digest::of(key);
            self.seal_key_fits = event.reference(RefKey::SealKeyDigest) == Some(&digest.as_bytes()[..]);
            self.seal = Some(SealState::start(event.log, 0, key));
        }
    }

    fn check_clock(&mut self, seq: u64, event: &Event) {
        use super::event::ClockFlags;
        let clock = event.clock;
        if let Some((boot_id, boottime)) = self.last_boot
            && boot_id == clock.boot_id
            && clock.boottime_us >= boottime
        {
            let wall = clock.wall.micros().saturating_sub(self.last_wall.micros());
            let boot = i64::try_from(clock.boottime_us - boottime).unwrap_or(i64::MAX);
            let moved = wall.saturating_sub(boot).saturating_abs() > CLOCK_STEP_US;
            if moved && !clock.flags.contains(ClockFlags::STEP) {
                self.findings.push(Finding::Clock { seq });
            }
        }
        self.last_wall = clock.wall;
        self.last_boot = Some((clock.boot_id, clock.boottime_us));
    }
}

fn columns_agree(row: &StoredEvent, event: &Event) -> bool {
    let first = event
        .reference(super::action::RefKey::TransactionFirst)
        .and_then(|bytes| <[u8; 8]>::try_from(bytes).ok())
        .map(u64::from_be_bytes);
    row.wall_us == event.clock.wall.micros()
        && row.actor == event.actor.map_or([0; 16], |actor| *actor.as_bytes())
        && row.action == event.action.code()
        && row.object_kind == event.object.0.code()
        && row.object == event.object.1
        && row.outcome == event.outcome.code()
        && first == Some(row.first_of_transaction)
}
