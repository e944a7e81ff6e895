//! One transaction: rolls back when dropped, commits only with proof of a log row.
use std::collections::VecDeque;

use rusqlite::Transaction;

use super::{Result, StoreError};
use crate::office::audit::Entry;
use crate::office::audit::seal::SealGuard;

/// A write transaction that holds the seal. Every read of personal data happens inside one, too.
pub struct Tx<'tx> {
    pub(super) inner: Transaction<'tx>,
    seal: SealGuard,
    /// Hashes of the events appended by this transaction, in order.
    pub(super) appended: VecDeque<(u64, [u8; 32])>,
}

impl<'tx> Tx<'tx> {
    pub(super) fn start(inner: Transaction<'tx>, seal: SealGuard) -> Result<Self> {
        let mut tx = Self { inner, seal, appended: VecDeque::new() };
        tx.settle_seal()?;
        Ok(tx)
    }

    /// Makes everything durable: first the database, then the seal.
    pub fn commit(self, _proof: Entry<'tx>) -> Result<()> {
        let Self { inner, mut seal, appended } = self;
        inner.commit()?;
        for (_, hash) in &appended {
            seal.state.fold(hash);
        }
        // A crash before this line is repaired by the next transaction from the rows themselves.
        seal.save()?;
        Ok(())
    }

    /// Commits the autosave of a draft, which rests on the row that opened it (see `store::draft::Lease`).
    pub(in crate::office) fn commit_under_lease(self, _lease: &super::draft::Lease) -> Result<()> {
        debug_assert!(self.appended.is_empty(), "an autosave appends nothing");
        Ok(self.inner.commit()?)
    }

    /// Runs `f`; if it fails, undoes what it wrote but keeps the transaction open for the log row.
    pub fn attempt<T, E>(
        &mut self,
        f: impl FnOnce(&mut Self) -> std::result::Result<T, E>,
    ) -> Result<std::result::Result<T, E>> {
        self.inner.execute_batch("SAVEPOINT act")?;
        let result = f(self);
        match &result {
            Ok(_) => self.inner.execute_batch("RELEASE act")?,
            Err(_) => self.inner.execute_batch("ROLLBACK TO act; RELEASE act")?,
        }
        Ok(result)
    }

    /// Sequence number of the first event this transaction appended.
    pub fn first_seq_of_transaction(&self) -> Option<u64> {
        self.appended.front().map(|(seq, _)| *seq)
    }

    /// Brings the seal up to the log after a crash between commit and seal, or refuses to go on.
    fn settle_seal(&mut self) -> Result<()> {
        let (last, _) = self.log_tail()?;
        let sealed = self.seal.state.seq;
        if last == sealed {
            return Ok(());
        }
        if last < sealed {
            return Err(StoreError::LogBroken);
        }
        // Only the last transaction can be missing: all rows after the seal must belong to it.
        for (seq, first, hash) in self.log_after(sealed)? {
            if first != sealed + 1 || seq != self.seal.state.seq + 1 {
                return Err(StoreError::LogBroken);
            }
            self.seal.state.fold(&hash);
        }
        self.seal.save()?;
        Ok(())
    }

    /// Where the seal stands, for verification.
    pub fn seal_state(&self) -> &crate::office::audit::seal::SealState {
        &self.seal.state
    }

    /// Both integrity checks: SQLCipher's (every page genuine) and SQLite's (the pages fit together). Each finds damage
    /// that the other does not.
    pub fn check_integrity(&self) -> Result<bool> {
        let bad_pages: Option<String> = {
            let mut statement = self.inner.prepare("PRAGMA cipher_integrity_check")?;
            let mut rows = statement.query([])?;
            rows.next()?.map(|row| row.get(0)).transpose()?
        };
        let verdict: String = self.inner.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        let orphans: Option<String> = {
            let mut statement = self.inner.prepare("PRAGMA foreign_key_check")?;
            let mut rows = statement.query([])?;
            rows.next()?.map(|row| row.get(0)).transpose()?
        };
        Ok(bad_pages.is_none() && verdict == "ok" && orphans.is_none())
    }
}
