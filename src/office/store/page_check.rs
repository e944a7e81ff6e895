//! Whether the file of the database is whole, page by page. Each check has a connection of its own: either takes as long as
//! reading the whole log, and all go on side by side.
use std::path::Path;

use rusqlite::{Connection, InterruptHandle, OpenFlags};

use super::connection::connect;
use super::{Result, StoreError};

/// What is looked for. Each finds damage that the other does not, and neither finds old pages that somebody put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wholeness {
    /// SQLCipher's: every page was written with our key, those that nothing uses included.
    Genuine,
    /// SQLite's: the pages fit together, and rows refer to rows that are there.
    Fitting,
}

impl Wholeness {
    pub const ALL: [Self; 2] = [Self::Genuine, Self::Fitting];
}

/// A check that has not begun.
pub struct PageCheck {
    connection: Connection,
    what: Wholeness,
}

/// Breaks a check off from another thread.
pub struct Breaker(InterruptHandle);

impl Breaker {
    pub fn break_off(&self) {
        self.0.interrupt();
    }
}

impl PageCheck {
    pub fn open(what: Wholeness, file: &Path, key: &[u8; 32]) -> Result<Self> {
        Ok(Self { connection: connect(file, key, OpenFlags::empty())?, what })
    }

    pub fn breaker(&self) -> Breaker {
        Breaker(self.connection.get_interrupt_handle())
    }

    pub fn is_whole(&self) -> Result<bool> {
        match self.find() {
            // A page that cannot be read ends a check before it can say so itself.
            Err(StoreError::Damaged) => Ok(false),
            other => other,
        }
    }

    fn find(&self) -> Result<bool> {
        Ok(match self.what {
            // It reads the file past all locks: what another process writes back meanwhile can look torn once.
            Wholeness::Genuine => {
                let pragma = "PRAGMA cipher_integrity_check";
                self.first_line(pragma)?.is_none() || self.first_line(pragma)?.is_none()
            }
            Wholeness::Fitting => {
                let verdict = self.first_line("PRAGMA integrity_check(1)")?;
                let orphan = self.first_line("PRAGMA foreign_key_check")?;
                verdict.as_deref() == Some("ok") && orphan.is_none()
            }
        })
    }

    fn first_line(&self, pragma: &str) -> Result<Option<String>> {
        let mut statement = self.connection.prepare(pragma)?;
        let mut rows = statement.query([])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }
}
