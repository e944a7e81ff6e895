//! The only bytes leaving the office: sealed packages, signed orders, the list of frozen destinations; receipts coming
//! back. Everything here follows from the database and is written again after a crash.
use std::path::{Path, PathBuf};

use super::house::House;
use super::reason::Reason;
use super::session::Session;
use super::store::Tx;
use super::store::transmission::StateCode;
use crate::domain::destination::{Channel, FolderAddress};
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::order::confirmation::Confirmation;
use crate::order::dispatch::DispatchOrder;
use crate::order::receipt::{self, Receipt};
use crate::order::statement::{Destination, Manifest, Statement};
use crate::os::files::{self, Lock};

pub const LOCK_FILE: &str = "lock";
pub const FROZEN_FILE: &str = "frozen";

/// The files of one transmission.
pub struct Parcel {
    pub package: PathBuf,
    pub order: PathBuf,
    pub claimed: PathBuf,
    pub receipt: PathBuf,
}

impl Parcel {
    pub fn of(outbox: &Path, id: TransmissionId) -> Self {
        let file = |suffix: &str| outbox.join(format!("{id}.{suffix}"));
        Self {
            package: file("age"),
            order: file("order"),
            claimed: file("claimed"),
            receipt: file("receipt"),
        }
    }
}

/// Writes package and order of a queued transmission. The order comes last: it is what the courier acts on.
pub fn emit(session: &mut Session, id: TransmissionId) -> Result<(), Reason> {
    let outbox = session.house.outbox();
    let tx = session.store.begin()?;
    let Some(Outgoing { order, package }) = build_order(&tx, id)? else { return Ok(()) };
    let _lock = Lock::exclusive(&outbox.join(LOCK_FILE))?;
    let parcel = Parcel::of(&outbox, id);
    if parcel.claimed.exists() || parcel.receipt.exists() {
        return Ok(());
    }
    files::write_atomically(&parcel.package, &package)?;
    Ok(files::write_atomically(&parcel.order, &order)?)
}

/// Takes an order back before the courier has claimed it; `AlreadyLeft` when it is too late.
pub fn revoke(house: &House, id: TransmissionId) -> Result<(), Reason> {
    let outbox = house.outbox();
    let _lock = Lock::exclusive(&outbox.join(LOCK_FILE))?;
    let parcel = Parcel::of(&outbox, id);
    if parcel.claimed.exists() || parcel.receipt.exists() {
        return Err(Reason::AlreadyLeft);
    }
    for file in [&parcel.order, &parcel.package] {
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(files::sync_dir(&outbox)?)
}

/// The list that the courier reads before every delivery: one id a line.
pub fn write_frozen(house: &House, frozen: &[DestinationId]) -> Result<(), Reason> {
    let outbox = house.outbox();
    let _lock = Lock::exclusive(&outbox.join(LOCK_FILE))?;
    let lines: String = frozen.iter().map(|id| format!("{id}\n")).collect();
    Ok(files::write_atomically(&outbox.join(FROZEN_FILE), lines.as_bytes())?)
}

/// The receipt of a transmission, if the courier has written one that can be read.
pub fn read_receipt(house: &House, id: TransmissionId) -> Option<Receipt> {
    let parcel = Parcel::of(&house.outbox(), id);
    let bytes = files::read_limited(&parcel.receipt, receipt::SIZE_MAX).ok()?;
    Receipt::parse(&bytes).filter(|receipt| receipt.transmission == id)
}

/// Whether the courier has taken the order.
pub fn is_claimed(house: &House, id: TransmissionId) -> bool {
    Parcel::of(&house.outbox(), id).claimed.exists()
}

/// Removes what is left of a finished transmission. The receipt stays: it is the courier's own record.
pub fn tidy(house: &House, id: TransmissionId) -> Result<(), Reason> {
    let parcel = Parcel::of(&house.outbox(), id);
    match std::fs::remove_file(&parcel.package) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes again whatever a crash kept from being written.
pub fn emit_missing(session: &mut Session) -> Result<(), Reason> {
    let outbox = session.house.outbox();
    let queued: Vec<TransmissionId> = {
        let tx = session.store.begin()?;
        tx.transmissions_in(StateCode::Queued)?.into_iter().map(|row| row.id).collect()
    };
    for id in queued {
        if !Parcel::of(&outbox, id).order.exists() {
            emit(session, id)?;
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
    let order = DispatchOrder {
        statement: Statement::decode(&row.statement).ok_or(Reason::Damaged)?,
        statement_signature: row.statement_signature,
        confirmation: Confirmation::decode(row.confirmation.as_deref().ok_or(Reason::Impossible)?)
            .ok_or(Reason::Damaged)?,
        confirmation_signature: row.confirmation_signature.ok_or(Reason::Impossible)?,
        destination: Destination {
            id: entry.id,
            version: entry.version,
            channel: Channel::from_code(&entry.channel).ok_or(Reason::Impossible)?,
            address: FolderAddress::parse(&entry.address).map_err(|_| Reason::Impossible)?,
        },
        manifest: Manifest::decode(&row.manifest).ok_or(Reason::Damaged)?,
    };
    Ok(Some(Outgoing { order: order.encode(), package: tx.artefact(id)? }))
}
