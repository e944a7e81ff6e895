//! Table `log_purge`, and the erasures that two people agreed to.
use rusqlite::{OptionalExtension as _, params};

use super::number::{signed, unsigned};
use super::{Result, Tx};
use crate::domain::ids::AccountId;
use crate::domain::time::Timestamp;
use crate::log::record::action;
use crate::log::statement::Erasure;

/// An erasure that waits for its second person.
#[derive(Clone, Copy, Debug)]
pub struct PurgeProposal {
    pub size: u64,
    pub proposer: AccountId,
    pub signature: [u8; 64],
}

impl Tx<'_> {
    /// At most one of a kind waits: a newer one takes its place.
    pub fn propose_purge(
        &mut self,
        kind: Erasure,
        size: u64,
        proposer: AccountId,
        signature: &[u8; 64],
        now: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "INSERT INTO log_purge (kind, size, proposer, signature, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (kind) DO UPDATE SET size = ?2, proposer = ?3, signature = ?4, at = ?5",
            params![kind.code(), signed(size), proposer.as_bytes(), signature, now.micros()],
        )
    }

    pub fn purge_proposal(&self, kind: Erasure) -> Result<Option<PurgeProposal>> {
        let row = self
            .inner
            .prepare_cached("SELECT size, proposer, signature FROM log_purge WHERE kind = ?1")?
            .query_row([kind.code()], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        row.map(|(size, proposer, signature)| {
            Ok(PurgeProposal { size: unsigned(size)?, proposer: AccountId::from_bytes(proposer), signature })
        })
        .transpose()
    }

    /// Only `ops::approve_log_purge` calls this. Says how many rows lost something.
    pub fn carry_out_purge(&mut self, kind: Erasure, size: u64) -> Result<u64> {
        let size = signed(size);
        let mut erased = self.inner.execute("DELETE FROM audit_detail WHERE seq <= ?1", [size])?;
        // What supervisors wrote about them is a detail like any other; that they decided stays.
        self.inner.execute("UPDATE review SET reason = '' WHERE seq <= ?1", [size])?;
        if kind == Erasure::Bodies {
            erased = self.inner.execute(
                "UPDATE audit_event SET body = NULL, wall_us = 0, actor = zeroblob(16), action = 0, object_kind = 0,
                   object = zeroblob(16), outcome = 0
                 WHERE seq BETWEEN 2 AND ?1 AND body IS NOT NULL AND action <> ?2",
                params![size, action::EPOCH_START],
            )?;
        }
        self.inner.execute("DELETE FROM log_purge WHERE kind = ?1", [kind.code()])?;
        Ok(u64::try_from(erased).unwrap_or(u64::MAX))
    }
}
