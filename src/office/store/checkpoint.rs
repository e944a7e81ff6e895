//! Tables `audit_checkpoint` and `audit_cosignature`.
use rusqlite::{Connection, OptionalExtension as _, params};

use super::number::{signed, unsigned};
use super::{Result, StoreError, Tx};
use crate::domain::ids::AccountId;
use crate::log::source::{CheckpointRow, CosignatureRow};

const HASH: usize = 32;

impl Tx<'_> {
    pub fn last_checkpoint_size(&self) -> Result<Option<u64>> {
        let size: Option<i64> = self
            .inner
            .prepare_cached("SELECT max(size) FROM audit_checkpoint")?
            .query_row([], |row| row.get(0))?;
        size.map(unsigned).transpose()
    }

    pub fn last_checkpoint(&self) -> Result<Option<CheckpointRow>> {
        match self.last_checkpoint_size()? {
            None => Ok(None),
            Some(size) => self.checkpoint(size),
        }
    }

    pub fn checkpoint(&self, size: u64) -> Result<Option<CheckpointRow>> {
        let row = self
            .inner
            .prepare_cached("SELECT size, aggregate, frontier, note FROM audit_checkpoint WHERE size = ?1")?
            .query_row([signed(size)], columns)
            .optional()?;
        row.map(checkpoint_of).transpose()
    }

    /// Only `audit::checkpoint` calls this.
    pub fn insert_checkpoint(&mut self, row: &CheckpointRow) -> Result<()> {
        self.one_row(
            "INSERT INTO audit_checkpoint (size, aggregate, frontier, note) VALUES (?1, ?2, ?3, ?4)",
            params![signed(row.size), row.aggregate, row.frontier.concat(), row.note],
        )
    }

    pub fn insert_cosignature(&mut self, row: &CosignatureRow) -> Result<()> {
        self.one_row(
            "INSERT INTO audit_cosignature (size, account, line) VALUES (?1, ?2, ?3)",
            params![signed(row.size), row.account.as_bytes(), row.line],
        )
    }

    /// Only the start of an epoch calls this: what lies beyond the log belongs to events that are declared lost.
    pub fn drop_checkpoints_beyond(&mut self, size: u64) -> Result<()> {
        self.inner.execute("DELETE FROM audit_cosignature WHERE size > ?1", [signed(size)])?;
        self.inner.execute("DELETE FROM audit_checkpoint WHERE size > ?1", [signed(size)])?;
        Ok(())
    }

    /// The stored hashes of events `after + 1` to `up_to`, in order.
    pub fn each_hash_between(&self, after: u64, up_to: u64, mut f: impl FnMut([u8; HASH])) -> Result<()> {
        let mut statement = self
            .inner
            .prepare_cached("SELECT hash FROM audit_event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq")?;
        let mut rows = statement.query(params![signed(after), signed(up_to)])?;
        while let Some(row) = rows.next()? {
            f(row.get::<_, [u8; HASH]>(0)?);
        }
        Ok(())
    }
}

type Columns = (i64, [u8; HASH], Vec<u8>, String);

fn columns(row: &rusqlite::Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn checkpoint_of((size, aggregate, frontier, note): Columns) -> Result<CheckpointRow> {
    let (frontier, rest) = frontier.as_chunks::<HASH>();
    if !rest.is_empty() {
        return Err(StoreError::Impossible);
    }
    Ok(CheckpointRow { size: unsigned(size)?, aggregate, frontier: frontier.to_vec(), note })
}

/// All checkpoints up to a size, ascending.
pub(super) fn checkpoints(connection: &Connection, up_to: u64) -> Result<Vec<CheckpointRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT size, aggregate, frontier, note FROM audit_checkpoint WHERE size <= ?1 ORDER BY size",
    )?;
    let rows = statement.query_map([signed(up_to)], columns)?;
    rows.map(|row| checkpoint_of(row?)).collect()
}

/// All cosignatures up to a size, ascending.
pub(super) fn cosignatures(connection: &Connection, up_to: u64) -> Result<Vec<CosignatureRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT size, account, line FROM audit_cosignature WHERE size <= ?1 ORDER BY size, account",
    )?;
    let rows = statement.query_map([signed(up_to)], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 16]>(1)?, row.get::<_, String>(2)?))
    })?;
    rows.map(|row| {
        let (size, account, line) = row?;
        Ok(CosignatureRow { size: unsigned(size)?, account: AccountId::from_bytes(account), line })
    })
    .collect()
}
