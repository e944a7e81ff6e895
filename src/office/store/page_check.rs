//! Whether the file of the database is whole, page by page, on a connection of its own: it takes as long as reading the
//! whole log, and the two go on side by side.
use std::path::Path;

use rusqlite::{Connection, InterruptHandle, OpenFlags};

use super::Result;
use super::connection::connect;

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

    /// Both checks: SQLCipher's (every page genuine) and SQLite's (the pages fit together). Each finds damage that the
    /// other does not, and neither finds old pages that somebody put back.
    pub fn is_whole(&self) -> Result<bool> {
        let bad_pages = self.first_line("PRAGMA cipher_integrity_check")?;
        let verdict = self.first_line("PRAGMA integrity_check(1)")?;
        let orphans = self.first_line("PRAGMA foreign_key_check")?;
        Ok(bad_pages.is_none() && verdict.as_deref() == Some("ok") && orphans.is_none())
    }

    fn first_line(&self, pragma: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare(pragma)?;
        let mut rows = statement.query([])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }
}
