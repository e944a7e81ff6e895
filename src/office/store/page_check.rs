//! Whether the pages of the database are whole, on a connection of its own: it takes as long as reading the whole log, and
//! the two go on side by side.
use std::path::Path;

use rusqlite::{Connection, InterruptHandle, OpenFlags};

use super::connection::connect;
use super::{Result, StoreError};

/// A check that has not begun.
pub struct PageCheck {
    connection: Connection,
}

/// Breaks a check off from another thread.
pub struct Breaker(InterruptHandle);

impl Breaker {
    pub fn break_off(&self) {
        self.0.interrupt();
    }
}

impl PageCheck {
    pub fn open(file: &Path, key: &[u8; 32]) -> Result<Self> {
        Ok(Self { connection: connect(file, key, OpenFlags::empty())? })
    }

    pub fn breaker(&self) -> Breaker {
        Breaker(self.connection.get_interrupt_handle())
    }

    /// Whether the pages fit together, every page in use is one that our key wrote, and rows refer to rows that are there.
    ///
    /// SQLite's check reads every page in use, and SQLCipher authenticates each page that is read. SQLCipher's own check
    /// would add the pages that hold nothing (decision 0019). Old pages that somebody puts back pass for whole.
    pub fn is_whole(&self) -> Result<bool> {
        match self.find() {
            // A page that cannot be read ends the check before it can say so itself.
            Err(StoreError::Damaged) => Ok(false),
            other => other,
        }
    }

    fn find(&self) -> Result<bool> {
        let verdict = self.first_line("PRAGMA integrity_check(1)")?;
        let orphan = self.first_line("PRAGMA foreign_key_check")?;
        Ok(verdict.as_deref() == Some("ok") && orphan.is_none())
    }

    fn first_line(&self, pragma: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare(pragma)?;
        let mut rows = statement.query([])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }
}
