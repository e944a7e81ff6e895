//! The only bytes leaving the office: sealed packages, signed orders, the list of frozen destinations; receipts coming
//! back. Everything here follows from the database and is written again after a crash.
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::audit::clock;
use super::house::House;
use super::reason::Reason;
use super::session::Session;
use super::store::Tx;
use super::store::transmission::StateCode;
use crate::courier;
use crate::domain::ids::{AccountId, DestinationId, TransmissionId};
use crate::order::{
    Approval, Approved, Confirmation, Destination, DispatchOrder, FrozenList, Manifest, Receipt, Signature,
    Statement, SuspendedList, names,
};
use crate::os::files::{self, Lock};

const RECEIPT_MAX: u64 = 4096;
/// The courier holds the lock until it has claimed an order. Whoever holds it longer must not stop the house, which waits
/// behind whoever waits here.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// The files of one transmission.
struct Parcel {
    id: TransmissionId,
    package: PathBuf,
    order: PathBuf,
    claimed: PathBuf,
    refused: PathBuf,
    receipt: PathBuf,
    courier_dir: PathBuf,
}

impl Parcel {
    fn of(house: &House, id: TransmissionId) -> Self {
        let outbox = house.outbox();
        let file = |extension: &str| outbox.join(names::of(id, extension));
        Self {
            id,
            package: file(names::PACKAGE),
            order: file(names::ORDER),
            claimed: file(names::CLAIMED),
            refused: file(names::REFUSED),
            receipt: file(names::RECEIPT),
            courier_dir: house.courier_dir(),
        }
    }

    /// The courier has begun it: its own word counts also where the outbox says something else by now.
    fn is_claimed(&self) -> bool {
        courier::is_begun(&self.courier_dir, self.id) || self.claimed.exists()
    }

    /// Asked in the order in which the courier goes on: what has just left one place is found in the next.
    fn is_with_the_courier(&self) -> bool {
        self.is_claimed()
            || match self.answer() {
                Answer::None => false,
                Answer::Receipt(_) => true,
                // Something lies where the receipt belongs. It may have replaced one, unless the order still waits.
                Answer::Unreadable => !self.order.exists(),
            }
    }

    fn answer(&self) -> Answer {
        // A link, a directory or a pipe is never a receipt.
        match std::fs::symlink_metadata(&self.receipt) {
            Ok(meta) if !meta.is_file() => return Answer::Unreadable,
            Err(_) => return Answer::None,
            Ok(_) => {}
        }
        let bytes = match files::read_limited(&self.receipt, RECEIPT_MAX) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Answer::Unreadable,
            // A disk that may do better next time.
            Err(_) => return Answer::None,
        };
        let receipt = Receipt::parse(&bytes).ok().filter(|receipt| receipt.transmission == self.id);
        receipt.map_or(Answer::Unreadable, Answer::Receipt)
    }
}

/// Writes package and order of a queued transmission. The order comes last: it is what the courier acts on.
pub fn emit(session: &mut Session, id: TransmissionId) -> Result<(), Reason> {
    let outbox = session.house.outbox();
    // Open until the order lies there: a withdrawal in between would leave an order that nobody takes back.
    let now = session.house.clock.read();
    let tx = session.store.begin()?;
    if clock::is_blocked(&tx, now)? {
        // It stays queued, and is written once two people have looked into it.
        return Ok(());
    }
    let Some(Outgoing { order, package }) = build_order(&tx, id)? else { return Ok(()) };
    let _lock = lock(&outbox)?;
    let parcel = Parcel::of(&session.house, id);
    if parcel.is_with_the_courier() {
        return Ok(());
    }
    files::write_atomically(&parcel.package, &package)?;
    Ok(files::write_atomically(&parcel.order, &order)?)
}

/// Takes an order back before the courier has claimed it; `AlreadyLeft` when it is too late.
pub fn revoke(house: &House, id: TransmissionId) -> Result<(), Reason> {
    let outbox = house.outbox();
    let _lock = lock(&outbox)?;
    let parcel = Parcel::of(house, id);
    if parcel.is_with_the_courier() {
        return Err(Reason::AlreadyLeft);
    }
    // Before it goes: whoever has a copy of it and puts that back shall have put back nothing.
    courier::note_withdrawn(&house.courier_dir(), id)?;
    remove(&[&parcel.order, &parcel.package])?;
    Ok(files::sync_dir(&outbox)?)
}

/// The list of destinations that the courier reads before every delivery.
pub fn write_frozen(house: &House, frozen: &[DestinationId]) -> Result<(), Reason> {
    write_list(house, names::FROZEN, &FrozenList::of(frozen.iter().copied()).to_bytes())
}

/// The list of suspended accounts, for the time until the next signed roster names them.
pub fn write_suspended(house: &House, suspended: &[AccountId]) -> Result<(), Reason> {
    write_list(house, names::SUSPENDED, &SuspendedList::of(suspended.iter().copied()).to_bytes())
}

/// What lies there as the courier's answer.
pub enum Answer {
    None,
    /// Something that is no receipt of this transmission: people have to find out.
    Unreadable,
    Receipt(Receipt),
}

/// The answer to a transmission, if the courier has finished with it.
pub fn read_answer(house: &House, id: TransmissionId) -> Answer {
    let parcel = Parcel::of(house, id);
    if parcel.order.exists() || parcel.is_claimed() {
        // Only afterwards is a receipt final.
        return Answer::None;
    }
    parcel.answer()
}

/// Where an order without an answer is.
pub enum Whereabouts {
    /// It waits for the courier, or waits again: nothing has left.
    Waiting,
    /// The courier has taken it.
    Claimed,
    /// Nowhere: not written yet, or lost. It is written again.
    Nowhere,
}

pub fn whereabouts(house: &House, id: TransmissionId) -> Whereabouts {
    let parcel = Parcel::of(house, id);
    if parcel.is_claimed() {
        Whereabouts::Claimed
    } else if parcel.order.exists() {
        Whereabouts::Waiting
    } else {
        Whereabouts::Nowhere
    }
}

/// Removes what is left of a finished transmission. The receipt stays: it is the courier's own record.
pub fn tidy(house: &House, id: TransmissionId) -> Result<(), Reason> {
    let outbox = house.outbox();
    let _lock = lock(&outbox)?;
    let parcel = Parcel::of(house, id);
    remove(&[&parcel.package, &parcel.refused])?;
    Ok(files::sync_dir(&outbox)?)
}

/// Writes again whatever a crash kept from being written. One that cannot be written keeps no other back; the first
/// such reason is given.
pub fn emit_missing(session: &mut Session) -> Result<(), Reason> {
    let queued = session.store.begin()?.ids_in(StateCode::Queued)?;
    let is_missing = |id: &TransmissionId| {
        let parcel = Parcel::of(&session.house, *id);
        !parcel.order.exists() && !parcel.is_with_the_courier()
    };
    let missing: Vec<TransmissionId> = queued.into_iter().filter(is_missing).collect();
    let emitted: Vec<Result<(), Reason>> = missing.into_iter().map(|id| emit(session, id)).collect();
    emitted.into_iter().collect()
}

/// Writes the two lists again where they are not what the database says.
pub fn write_lists_again(session: &mut Session) -> Result<(), Reason> {
    let outbox = session.house.outbox();
    let tx = session.store.begin()?;
    let lists = [
        (names::FROZEN, FrozenList::of(tx.frozen_destinations()?).to_bytes()),
        (names::SUSPENDED, SuspendedList::of(tx.suspended_accounts()?).to_bytes()),
    ];
    for (name, wanted) in lists {
        let limit = u64::try_from(wanted.len()).unwrap_or(u64::MAX);
        let present = match files::read_limited(&outbox.join(name), limit) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(Vec::new()),
            other => other.ok(),
        };
        if present.as_ref() != Some(&wanted) {
            write_list(&session.house, name, &wanted)?;
        }
    }
    Ok(())
}

/// The bytes of one transmission.
struct Outgoing {
    order: Vec<u8>,
    package: Vec<u8>,
}

fn build_order(tx: &Tx<'_>, id: TransmissionId) -> Result<Option<Outgoing>, Reason> {
    let Some(row) = tx.transmission(id)?.filter(|row| row.state == StateCode::Queued) else {
        return Ok(None);
    };
    let entry =
        tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    let statement = Statement::parse(&row.statement).ok_or(Reason::Damaged)?;
    let confirmation = Confirmation::parse(row.confirmation.as_deref().ok_or(Reason::Impossible)?);
    let approval = match tx.medium_loan(id)? {
        Some(loan) => Some(Approved {
            approval: Approval::parse(&loan.approval).ok_or(Reason::Damaged)?,
            signature: Signature::from_bytes(loan.signature),
        }),
        None => None,
    };
    let order = DispatchOrder {
        approval,
        package: DispatchOrder::package_name(&statement),
        statement,
        submitter_signature: Signature::from_bytes(row.statement_signature),
        confirmation: confirmation.ok_or(Reason::Damaged)?,
        confirmer_signature: Signature::from_bytes(row.confirmation_signature.ok_or(Reason::Impossible)?),
        destination: Destination { id: entry.id, version: entry.version, address: entry.address },
        manifest: Manifest::parse(&row.manifest).ok_or(Reason::Damaged)?,
    };
    Ok(Some(Outgoing { order: order.to_bytes(), package: tx.artefact(id)? }))
}

fn write_list(house: &House, name: &str, bytes: &[u8]) -> Result<(), Reason> {
    let outbox = house.outbox();
    // A claim under way is waited for; whoever hangs must not keep the list from stopping the next.
    let _lock = lock(&outbox).ok();
    Ok(files::write_atomically(&outbox.join(name), bytes)?)
}

fn lock(outbox: &Path) -> io::Result<Lock> {
    Lock::exclusive_within(&outbox.join(names::LOCK), LOCK_PATIENCE)
}

fn remove(paths: &[&Path]) -> io::Result<()> {
    for path in paths {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
