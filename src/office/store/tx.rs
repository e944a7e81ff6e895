//! One transaction: rolls back when dropped, commits only with proof of a log row.
use std::collections::VecDeque;

use rusqlite::Transaction;

use super::reserve::Reserve;
use super::{Result, StoreError};
use crate::office::audit::Entry;
use crate::office::audit::seal::SealGuard;

/// A write transaction that holds the seal. Every read of personal data happens inside one, too.
pub struct Tx<'tx> {
    pub(super) inner: Transaction<'tx>,
    seal: SealGuard,
    reserve: Reserve,
    /// Hashes of the events appended by this transaction, in order.
    pub(super) appended: VecDeque<(u64, [u8; 32])>,
}

impl<'tx> Tx<'tx> {
    pub(super) fn start(inner: Transaction<'tx>, seal: SealGuard, reserve: Reserve) -> Result<Self> {
        let mut tx = Self { inner, seal, reserve, appended: VecDeque::new() };
        tx.settle_seal()?;
        Ok(tx)
    }

    /// With a seal that begins where the log ends; there is nothing to settle.
    pub(super) fn start_sealed_with(
        inner: Transaction<'tx>,
        seal: SealGuard,
        reserve: Reserve,
    ) -> Result<Self> {
        let tx = Self { inner, seal, reserve, appended: VecDeque::new() };
        if tx.log_tail()?.0 == tx.seal.state.seq { Ok(tx) } else { Err(StoreError::LogBroken) }
    }

    /// Makes everything durable: first the database, then the seal. `Unsealed` when only the first came about.
    pub fn commit(self, _proof: Entry<'tx>) -> Result<()> {
        let Self { inner, mut seal, reserve, appended } = self;
        finish(inner)?;
        for (_, hash) in &appended {
            seal.state.fold(hash);
        }
        // A crash before this line is repaired by the next transaction from the rows themselves.
        save(&seal, &reserve).map_err(|_| StoreError::Unsealed)
    }

    /// Commits the autosave of a draft, which rests on the row that opened it (see `store::draft::Lease`).
    pub(in crate::office) fn commit_under_lease(self, _lease: &super::draft::Lease) -> Result<()> {
        debug_assert!(self.appended.is_empty(), "an autosave appends nothing");
        finish(self.inner)
    }

    /// Runs `f`; if it fails, undoes what it wrote but keeps the transaction open for the log row. Where the failure took
    /// the whole transaction with it (a full disk does), the error outside is that failure itself.
    pub fn attempt<T, E: From<StoreError>>(
        &mut self,
        f: impl FnOnce(&mut Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<std::result::Result<T, E>, E> {
        let batch = |tx: &Self, sql| tx.inner.execute_batch(sql).map_err(StoreError::from);
        batch(self, "SAVEPOINT act")?;
        match f(self) {
            Ok(done) => {
                batch(self, "RELEASE act")?;
                Ok(Ok(done))
            }
            Err(error) if self.inner.is_autocommit() => Err(error),
            Err(error) => {
                batch(self, "ROLLBACK TO act; RELEASE act")?;
                Ok(Err(error))
            }
        }
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
        Ok(save(&self.seal, &self.reserve)?)
    }

    /// Writes a seal that was held and not written. Only the start of an epoch calls this.
    pub fn save_seal(&self) -> Result<()> {
        Ok(self.seal.save()?)
    }

    /// Where the seal stood when this transaction began.
    pub fn seal_state(&self) -> &crate::office::audit::seal::SealState {
        &self.seal.state
    }
}

/// A full disk refuses to write, and then nothing is there. One that has taken the writing and cannot flush it may have kept
/// all of it: the log of changes then has a whole transaction that nobody was told of.
fn finish(inner: Transaction<'_>) -> Result<()> {
    inner.commit().map_err(|error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::SystemIoFailure) => StoreError::Unsure,
        _ => error.into(),
    })
}

/// The seal is overwritten in its place. Where even that takes room that is not there, the reserve is for it.
fn save(seal: &SealGuard, reserve: &Reserve) -> std::io::Result<()> {
    seal.save().or_else(|_| {
        reserve.release();
        seal.save()
    })
}
