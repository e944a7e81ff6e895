//! The log as it stood at one moment, read while others go on writing.
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::checkpoint::{checkpoints, cosignatures};
use super::meta::Fact;
use super::number::{signed, unsigned};
use super::staff::StaffRow;
use super::{Result, Store, StoreError};
use crate::domain::ids::AccountId;
use crate::log::seal::SealPosition;
use crate::log::source::{CheckpointRow, Columns, CosignatureRow, EventRow};
use crate::office::audit::event::LogName;
use crate::office::audit::seal::SealGuard;

/// A read transaction and where the seal stood when it began.
pub struct Snapshot<'a> {
    inner: Transaction<'a>,
    /// `None` when neither slot can be read.
    pub seal: Option<SealPosition>,
}

/// One row of `record_version`.
pub struct RegisteredVersion {
    pub id: [u8; 16],
    pub version: u32,
    pub is_undone: bool,
    /// Which version counts for its record; 0 for none.
    pub present: u32,
}

/// One row of `destination`.
pub struct EntryVersion {
    pub id: [u8; 16],
    pub version: u32,
    pub is_confirmed: bool,
    pub is_frozen: bool,
}

impl Store {
    /// Waits for the writer of the moment, and for nobody after that.
    pub fn snapshot(&mut self) -> Result<Snapshot<'_>> {
        let guard = seal_if_readable(&self.seal_file)?;
        let inner = self.connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        // The first read fixes what is seen; until then the seal keeps writers out.
        let _: i64 = inner.query_row("SELECT count(*) FROM meta", [], |row| row.get(0))?;
        let seal = guard.map(|guard| guard.state.position());
        Ok(Snapshot { inner, seal })
    }
}

impl Store {
    /// How many events there are, whatever the seal says.
    pub fn log_size(&self) -> Result<u64> {
        let size: Option<i64> =
            self.connection.query_row("SELECT max(seq) FROM audit_event", [], |row| row.get(0))?;
        unsigned(size.unwrap_or(0))
    }

    /// Which log it is, and which part of its life, whatever the seal says.
    pub fn log_name(&self) -> Result<LogName> {
        let fact = |fact| super::meta::read(&self.connection, fact)?.ok_or(StoreError::Impossible);
        let array = |bytes: Vec<u8>| bytes.try_into().map_err(|_| StoreError::Impossible);
        let epoch: [u8; 4] = fact(Fact::Epoch)?.try_into().map_err(|_| StoreError::Impossible)?;
        Ok(LogName { log_id: array(fact(Fact::LogId)?)?, epoch: u32::from_be_bytes(epoch) })
    }
}

fn seal_if_readable(file: &Path) -> Result<Option<SealGuard>> {
    if !file.exists() {
        return Ok(None);
    }
    match SealGuard::acquire(file) {
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Ok(None),
        other => Ok(Some(other?)),
    }
}

impl Snapshot<'_> {
    pub fn fact(&self, fact: Fact) -> Result<Vec<u8>> {
        super::meta::read(&self.inner, fact)?.ok_or(StoreError::Impossible)
    }
    pub fn checkpoints(&self) -> Result<Vec<CheckpointRow>> {
        checkpoints(&self.inner, u64::MAX)
    }
    pub fn cosignatures(&self) -> Result<Vec<CosignatureRow>> {
        cosignatures(&self.inner, u64::MAX)
    }
    pub fn staff(&self, account: AccountId) -> Result<Option<StaffRow>> {
        super::staff::staff_where(&self.inner, "account = ?1", account.as_bytes())
    }

    pub fn staff_numbers(&self) -> Result<HashMap<AccountId, String>> {
        let mut statement = self.inner.prepare_cached("SELECT account, number FROM staff")?;
        let rows = statement.query_map([], |row| Ok((AccountId::from_bytes(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Every event from `from` on, in order, without holding them all in memory.
    pub fn each_event(&self, from: u64, f: &mut dyn FnMut(EventRow<'_>) -> ControlFlow<()>) -> Result<()> {
        each_event(&self.inner, from, f)
    }

    pub fn each_detail(&self, f: &mut dyn FnMut(u64, &[u8], &str)) -> Result<()> {
        let mut statement =
            self.inner.prepare_cached("SELECT seq, nonce, text FROM audit_detail ORDER BY seq")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (nonce, text) = (row.get_ref(1)?, row.get_ref(2)?);
            f(
                unsigned(row.get(0)?)?,
                nonce.as_blob().map_err(|_| StoreError::Impossible)?,
                text.as_str().map_err(|_| StoreError::Impossible)?,
            );
        }
        Ok(())
    }

    /// In the order in which they were written.
    pub fn each_registered_version(&self, f: &mut dyn FnMut(RegisteredVersion)) -> Result<()> {
        let mut statement = self.inner.prepare_cached(
            "SELECT v.record, v.version, v.undone_at IS NOT NULL, r.version
             FROM record_version v NOT INDEXED JOIN record r ON r.id = v.record ORDER BY v.rowid",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            f(RegisteredVersion {
                id: row.get(0)?,
                version: row.get(1)?,
                is_undone: row.get(2)?,
                present: row.get(3)?,
            });
        }
        Ok(())
    }

    pub fn each_entry_version(&self, f: &mut dyn FnMut(EntryVersion)) -> Result<()> {
        let mut statement = self.inner.prepare_cached(
            "SELECT id, version, confirmed_by IS NOT NULL, frozen_at IS NOT NULL FROM destination NOT INDEXED",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            f(EntryVersion {
                id: row.get(0)?,
                version: row.get(1)?,
                is_confirmed: row.get(2)?,
                is_frozen: row.get(3)?,
            });
        }
        Ok(())
    }
}

pub(super) fn each_event(
    connection: &Connection,
    from: u64,
    f: &mut dyn FnMut(EventRow<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, first_of_transaction, body, hash, wall_us, actor, action, object_kind, object, outcome
         FROM audit_event WHERE seq >= ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([signed(from)])?;
    let blob = |value: rusqlite::types::ValueRef<'_>| value.as_blob().is_ok();
    while let Some(row) = rows.next()? {
        let (body, hash) = (row.get_ref(2)?, row.get_ref(3)?);
        let (actor, object) = (row.get_ref(5)?, row.get_ref(8)?);
        if ![hash, actor, object].into_iter().all(blob) {
            return Err(StoreError::Impossible);
        }
        let event = EventRow {
            seq: unsigned(row.get(0)?)?,
            first_of_transaction: unsigned(row.get(1)?)?,
            body: body.as_blob_or_null().map_err(|_| StoreError::Impossible)?,
            hash: hash.as_blob().unwrap_or_default(),
            columns: Columns {
                wall_us: row.get(4)?,
                actor: actor.as_blob().unwrap_or_default(),
                action: row.get(6)?,
                object_kind: row.get(7)?,
                object: object.as_blob().unwrap_or_default(),
                outcome: row.get(9)?,
            },
        };
        if f(event).is_break() {
            break;
        }
    }
    Ok(())
}
