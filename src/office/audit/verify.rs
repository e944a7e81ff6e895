//! Verification of this installation's own log: its rows, its keys and its people, handed to `crate::log::verify`.
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use zeroize::Zeroizing;

use super::agreement::Said;
use super::event::LogName;
use super::seal::SealState;
use crate::domain::sensitive::Secret;
use crate::log::finding::{Finding, What};
use crate::log::slip::PaperRoot;
use crate::log::source::{EventRow, Head, Signer, Source};
use crate::log::verify::{self, Report, SealKeys, Stop};
use crate::office::House;
use crate::office::reason::Reason;
use crate::office::store::meta::Fact;
use crate::office::store::page_check::{Breaker, PageCheck};
use crate::office::store::snapshot::Snapshot;
use crate::office::store::{self, Store, StoreError, Tx};
use crate::office::vault::identity::Identity;
use crate::order::{RosterChain, RosterLimits};
use crate::os::files;

const ESCROW_MAX: u64 = 4096;
/// Epochs are rare; a directory full of escrow files is none of ours.
const EPOCHS_MAX: u32 = 1000;

/// The first keys of the seal, out of the auditor's envelopes. `AuditorKeyWrong` when one does not open.
pub fn open_escrow(house: &House, auditor: &Secret) -> Result<SealKeys, Reason> {
    let generation = house.generation()?;
    let identity = Identity::parse(auditor).map_err(|_| Reason::AuditorKeyWrong)?;
    let mut keys = SealKeys::new();
    for epoch in 1..=EPOCHS_MAX {
        let sealed = match files::read_limited(&generation.escrowed_seal_key(epoch), ESCROW_MAX) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && epoch > 1 => break,
            other => other?,
        };
        let plain = identity.open(&sealed).map_err(|_| Reason::AuditorKeyWrong)?;
        let key: [u8; 32] = plain.as_slice().try_into().map_err(|_| Reason::AuditorKeyWrong)?;
        keys.insert(epoch, Zeroizing::new(key));
    }
    Ok(keys)
}

/// The log of a snapshot as the verifier reads it.
pub struct LogSource<'a> {
    snapshot: &'a Snapshot<'a>,
    log_id: [u8; 16],
    host_key: [u8; 32],
    signers: Vec<Signer>,
    with_details: bool,
    said: Said,
}

impl<'a> LogSource<'a> {
    /// `None` beside it: the roster of the people cannot be believed.
    pub fn open(
        snapshot: &'a Snapshot<'a>,
        host_key: [u8; 32],
        with_details: bool,
    ) -> store::Result<(Self, Option<Finding>)> {
        let log_id = snapshot.fact(Fact::LogId)?.try_into().map_err(|_| StoreError::Impossible)?;
        let roster = RosterChain::parse(&snapshot.fact(Fact::Roster)?, &RosterLimits::DEFAULT);
        let finding = roster.is_err().then_some(Finding::new(What::PeopleRoster, 0));
        let signers = roster.map(|chain| signers(&chain)).unwrap_or_default();
        Ok((Self { snapshot, log_id, host_key, signers, with_details, said: Said::default() }, finding))
    }
}

fn signers(chain: &RosterChain) -> Vec<Signer> {
    let entries = chain.latest().entries();
    entries
        .iter()
        .map(|entry| Signer { account: entry.party.account, person: entry.party.person, key: entry.key })
        .collect()
}

impl Source for LogSource<'_> {
    type Error = StoreError;

    fn head(&mut self) -> Result<Head, StoreError> {
        Ok(Head {
            log_id: self.log_id,
            host_key: self.host_key,
            seal: self.snapshot.seal,
            with_details: self.with_details,
            signers: self.signers.clone(),
            checkpoints: self.snapshot.checkpoints()?,
            cosignatures: self.snapshot.cosignatures()?,
        })
    }
    fn each_event(&mut self, f: &mut dyn FnMut(EventRow<'_>) -> ControlFlow<()>) -> Result<(), StoreError> {
        let said = &mut self.said;
        self.snapshot.each_event(1, &mut |row| {
            said.note(&row);
            f(row)
        })
    }
    fn each_detail(&mut self, f: &mut dyn FnMut(u64, &[u8], &str)) -> Result<(), StoreError> {
        self.snapshot.each_detail(f)
    }
}

/// The rows since the last checkpoint: what a start of the program has time for. Their own faults do not stop it.
pub fn tail(tx: &Tx<'_>, log: LogName) -> Vec<Finding> {
    let head = Head {
        log_id: log.log_id,
        host_key: [0; 32],
        seal: Some(SealState::position(tx.seal_state())),
        with_details: false,
        signers: Vec::new(),
        checkpoints: Vec::new(),
        cosignatures: Vec::new(),
    };
    let from = tx.last_checkpoint_size().ok().flatten().unwrap_or(1);
    let found = verify::verify_tail(&head, |row| tx.each_event_from(from, row));
    found.unwrap_or_else(|_: StoreError| vec![Finding::new(What::ChainUnreadable, from)])
}

/// Where the pages of the database are, and what opens them.
#[derive(Clone, Copy)]
pub struct Pages<'a> {
    pub file: &'a Path,
    pub key: &'a [u8; 32],
}

/// Everything that can be checked here: rows and pages, side by side. A break of `observe` gives `Cancelled`.
pub fn verify_all(
    store: &mut Store,
    pages: Pages<'_>,
    host_key: [u8; 32],
    keys: &SealKeys,
    paper: &[PaperRoot],
    observe: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Report, Reason> {
    let check = Running::start(PageCheck::open(pages.file, pages.key)?);
    let snapshot = store.snapshot()?;
    let mut report = verify(&snapshot, host_key, keys, paper, observe)?;
    if !check.wait(|| observe(report.events))? {
        report.findings.push(Finding::new(What::DatabaseIntegrity, 0));
    }
    Ok(report)
}

/// How often somebody who waits for the pages is asked whether to go on.
const ASK_EVERY: Duration = Duration::from_millis(100);

/// A check of pages on a thread of its own. Nobody waits for one that is not wanted any more.
struct Running {
    breaker: Breaker,
    result: Receiver<store::Result<bool>>,
}

impl Running {
    fn start(check: PageCheck) -> Self {
        let (tell, result) = mpsc::sync_channel(1);
        let breaker = check.breaker();
        std::thread::spawn(move || {
            // Nobody listens any more when it was broken off.
            let _ = tell.send(check.is_whole());
        });
        Self { breaker, result }
    }

    fn wait(&self, mut go_on: impl FnMut() -> ControlFlow<()>) -> Result<bool, Reason> {
        loop {
            match self.result.recv_timeout(ASK_EVERY) {
                Ok(whole) => return Ok(whole?),
                Err(RecvTimeoutError::Disconnected) => return Err(Reason::Impossible),
                Err(RecvTimeoutError::Timeout) if go_on().is_break() => return Err(Reason::Cancelled),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.breaker.break_off();
    }
}

/// Everything that the rows and keys show. A break of `observe` from `observe` gives `Cancelled`.
fn verify(
    snapshot: &Snapshot<'_>,
    host_key: [u8; 32],
    keys: &SealKeys,
    paper: &[PaperRoot],
    observe: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Report, Reason> {
    let (mut source, people) = LogSource::open(snapshot, host_key, true)?;
    let mut report = verify::verify(&mut source, keys, paper, observe).map_err(|stop| match stop {
        Stop::Source(error) => Reason::from(error),
        Stop::Cancelled => Reason::Cancelled,
    })?;
    report.findings.extend(people);
    report.findings.extend(source.said.compare(snapshot)?);
    report.findings.sort_unstable();
    Ok(report)
}
