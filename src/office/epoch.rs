//! A new epoch of the log: two supervisors, together, after the log went back or its seal was lost.
//!
//! The house stands still when log and seal disagree, and nobody can sign in. This is the one way on, and the log says for
//! ever that it was taken, by whom, why, and what was lost.
use ed25519_dalek::Signer as _;
use zeroize::Zeroizing;

use super::Office;
use super::audit::append::Scribe;
use super::audit::event::LogName;
use super::audit::preauth::{Attempt, PreLogin};
use super::audit::seal::{SealGuard, SealState};
use super::audit::{self, Action, Note, Outcome, RefKey};
use super::house::{Generation, House};
use super::reason::Reason;
use super::session::open_totp;
use super::sign_in::{Credentials, Identified, Verdict, check_second_factor, identify};
use super::store::Tx;
use super::store::meta::Fact;
use super::store::staff::StaffRow;
use super::vault::identity::{self, Recipient};
use super::vault::keys::HostKey;
use crate::domain::digest::Digest;
use crate::domain::staff::{Pair, Role};
use crate::domain::time::Reading;
use crate::log::merkle::Frontier;
use crate::log::slip;
use crate::log::statement::{EpochCause, EpochStatement};
use crate::os::files;

const SEAL_STATE_MAX: u64 = 4096;

/// What the two people say.
#[derive(Clone, Debug)]
pub struct EpochRequest {
    pub cause: EpochCause,
    /// The highest slip that both have found; `None` when there is none.
    pub paper: Option<Slip>,
}

/// A slip as it is typed from paper.
#[derive(Clone, Debug)]
pub struct Slip {
    pub size: u64,
    pub groups: String,
}

/// What has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochBegun {
    pub epoch: u32,
    /// How many events there were.
    pub size: u64,
    /// How many more there had been at least, as the slip says.
    pub lost: u64,
}

impl Office {
    /// Begins a new epoch. Both people give password and code; both sign.
    pub fn begin_epoch(
        &self,
        first: &Credentials,
        second: &Credentials,
        request: &EpochRequest,
    ) -> Result<EpochBegun, Reason> {
        let house = self.house();
        let generation = house.generation()?;
        let reading = house.clock.read();
        let mut first_in = identify(&generation, first, reading)?;
        let second_in = identify(&generation, second, reading)?;
        if request.cause != EpochCause::Restored && first_in.opened.store.begin().is_ok() {
            return Err(Reason::LogNotStopped);
        }
        let pair = [(first, &first_in), (second, &second_in)].map(|(credentials, who)| Signatory {
            credentials,
            slot_account: who.slot.account,
            key: who.opened.personal.signing.clone(),
        });
        let begun = begin(house, &generation, &mut first_in, &pair, request, reading);
        let begun = begun.map_err(|reason| {
            let attempt =
                Attempt { at: reading.wall, account: Some(pair[0].slot_account), reason: reason.code() };
            // An attempt that cannot be written down must not fail silently.
            PreLogin::new(&generation.seal_dir()).record(&attempt).map_or_else(Reason::from, |()| reason)
        })?;
        first_in.lockout.clear()?;
        second_in.lockout.clear()?;
        Ok(begun)
    }
}

/// One of the two, with the key that this person's password opened.
struct Signatory<'a> {
    credentials: &'a Credentials,
    slot_account: crate::domain::ids::AccountId,
    key: ed25519_dalek::SigningKey,
}

fn begin(
    house: &House,
    generation: &Generation,
    who: &mut Identified,
    pair: &[Signatory<'_>; 2],
    request: &EpochRequest,
    reading: Reading,
) -> Result<EpochBegun, Reason> {
    let mut entropy = house.entropy();
    let opened = &mut who.opened;
    let host = HostKey::of(&opened.vault_key, opened.name.vault, opened.name.generation);
    let k0 = Zeroizing::new(entropy.bytes::<32>());
    // A colleague whose act is about to be committed counts: nothing is read before all writers wait.
    let mut begins = None;
    let seal = SealGuard::hold(&generation.seal_state(), || {
        let last = opened.store.log_size()?;
        let before = opened.store.log_name()?;
        let log = LogName { epoch: before.epoch.checked_add(1).ok_or(Reason::Impossible)?, ..before };
        begins = Some((last, before, log));
        Ok::<_, Reason>(SealState::start(&log.log_id, log.epoch, last, &k0))
    })?;
    let (last, before, log) = begins.ok_or(Reason::Impossible)?;

    let mut tx = opened.store.begin_sealed_with(seal)?;
    let paper = read_slip(log, request)?;
    let open =
        |row: &StaffRow, sealed: &[u8]| open_totp(&opened.vault_key, opened.name, row.party.account, sealed);
    check_pair(&mut tx, pair, reading, open)?;
    escrow(&tx, generation, log, &k0)?;
    put_aside(house, generation, before)?;
    // Until the first event is there, the epochs of seal and log differ and the house stays shut: this can be done again.
    tx.save_seal()?;

    tx.drop_checkpoints_beyond(last)?;
    let mut tree = Frontier::default();
    tx.each_hash_between(0, last, |hash| tree.push(hash))?;
    let statement = EpochStatement {
        log_id: log.log_id,
        epoch: log.epoch,
        cause: request.cause.code(),
        size: last,
        root: tree.root(),
        paper_size: paper.map_or(0, |(size, _)| size),
        paper_root: paper.map_or([0; 32], |(_, root)| root),
        seal_key_digest: *Digest::of(k0.as_ref()).as_bytes(),
        host_key: host.public(),
    };
    tx.set_fact(Fact::Epoch, &log.epoch.to_be_bytes())?;
    let scribe = Scribe {
        log,
        reading,
        actor: Some(pair[0].slot_account),
        session: None,
        origin: &house.origin,
        host: &host,
    };
    let entry = audit::append(&mut tx, &scribe, note_of(&statement, pair), entropy.as_mut())?;
    tx.commit(entry)?;
    Ok(EpochBegun { epoch: log.epoch, size: last, lost: statement.paper_size.saturating_sub(last) })
}

fn note_of(statement: &EpochStatement, [first, second]: &[Signatory<'_>; 2]) -> Note {
    let bytes = statement.to_bytes();
    let mut note = Note::new(Action::EpochStart, Outcome::Done);
    note.refs = vec![
        (RefKey::SubmitSignature, first.key.sign(&bytes).to_bytes().to_vec()),
        (RefKey::ConfirmSignature, second.key.sign(&bytes).to_bytes().to_vec()),
        (RefKey::OtherAccount, second.slot_account.as_bytes().to_vec()),
        (RefKey::SealKeyDigest, statement.seal_key_digest.to_vec()),
        (RefKey::CheckpointSize, statement.size.to_be_bytes().to_vec()),
        (RefKey::CheckpointRoot, statement.root.to_vec()),
        (RefKey::EpochCause, statement.cause.to_be_bytes().to_vec()),
        (RefKey::HostKey, statement.host_key.to_vec()),
        (RefKey::PaperSize, statement.paper_size.to_be_bytes().to_vec()),
        (RefKey::PaperRoot, statement.paper_root.to_vec()),
    ];
    note
}

/// What is left of the old seal: the auditor may still learn from it where the lost events ended.
fn put_aside(house: &House, generation: &Generation, before: LogName) -> Result<(), Reason> {
    let path = generation.seal_state();
    let Ok(old) = files::read_limited(&path, SEAL_STATE_MAX) else { return Ok(()) };
    let aside = path.with_extension(format!("{}-{}", before.epoch, house.clock.now().micros()));
    Ok(files::write_atomically(&aside, &old)?)
}

/// The new first key goes to the auditor, as at set-up.
fn escrow(tx: &Tx<'_>, generation: &Generation, log: LogName, k0: &[u8; 32]) -> Result<(), Reason> {
    let auditor = String::from_utf8(tx.fact(Fact::AuditorRecipient)?).map_err(|_| Reason::Damaged)?;
    let auditor = Recipient::parse(&auditor).map_err(|_| Reason::Damaged)?;
    let sealed = identity::seal_to(&[auditor], k0).map_err(|_| Reason::StoreRefused)?;
    Ok(files::write_atomically(&generation.escrowed_seal_key(log.epoch), &sealed)?)
}

fn read_slip(log: LogName, request: &EpochRequest) -> Result<Option<(u64, [u8; 32])>, Reason> {
    let Some(slip) = &request.paper else { return Ok(None) };
    let root = slip::read_groups(&log.log_id, slip.size, &slip.groups).ok_or(Reason::SlipWrong)?;
    Ok(Some((slip.size, root)))
}

/// Two active supervisors, two people, each with a fresh code.
fn check_pair(
    tx: &mut Tx<'_>,
    pair: &[Signatory<'_>; 2],
    reading: Reading,
    open: impl Fn(&StaffRow, &[u8]) -> Result<super::vault::totp::TotpSecret, Reason>,
) -> Result<(), Reason> {
    let mut parties = Vec::with_capacity(pair.len());
    for one in pair {
        let row = tx.staff(one.slot_account)?.ok_or(Reason::SignInWrong)?;
        if row.public_key != one.key.verifying_key().to_bytes() {
            return Err(Reason::SlotForeign);
        }
        let verdict = check_second_factor(&row, one.credentials, reading, |sealed| open(&row, sealed))?;
        let Verdict::Step(step) = verdict else { return Err(Reason::SignInWrong) };
        if !tx.consume_totp_step(one.slot_account, step)? {
            return Err(Reason::SignInWrong);
        }
        if !row.roles.contains(Role::Supervisor) {
            return Err(Reason::TwoSupervisors);
        }
        parties.push(row.party);
    }
    match parties.as_slice() {
        [first, second] if Pair::new(*first, *second).is_some() => Ok(()),
        _ => Err(Reason::TwoSupervisors),
    }
}
