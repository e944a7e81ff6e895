//! Table `meta`: one row for each fact about the installation.
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Result, StoreError, Tx};

/// The facts that `meta` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    LogId,
    Epoch,
    OfficeName,
    PreLoginLines,
    PreLoginKey,
    /// The signed chain of rosters, as `roster.json` holds it.
    Roster,
    BackupRecipient,
    RecoveryRecipient,
    /// Whom the first seal key of a new epoch is sealed to.
    AuditorRecipient,
    /// The dispatcher's public key.
    CourierRecipient,
}

impl Fact {
    const fn name(self) -> &'static str {
        match self {
            Self::LogId => "log-id",
            Self::Epoch => "epoch",
            Self::OfficeName => "office-name",
            Self::PreLoginLines => "pre-login-lines",
            Self::PreLoginKey => "pre-login-key",
            Self::Roster => "roster",
            Self::BackupRecipient => "backup-recipient",
            Self::RecoveryRecipient => "recovery-recipient",
            Self::AuditorRecipient => "auditor-recipient",
            Self::CourierRecipient => "courier-recipient",
        }
    }
}

impl Tx<'_> {
    pub fn fact(&self, fact: Fact) -> Result<Vec<u8>> {
        self.fact_if_any(fact)?.ok_or(StoreError::Impossible)
    }

    /// For facts that older installations do not have.
    pub fn fact_if_any(&self, fact: Fact) -> Result<Option<Vec<u8>>> {
        read(&self.inner, fact)
    }

    pub fn fact_array<const N: usize>(&self, fact: Fact) -> Result<[u8; N]> {
        self.fact(fact)?.try_into().map_err(|_| StoreError::Impossible)
    }

    pub fn set_fact(&mut self, fact: Fact, value: &[u8]) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            )?
            .execute(params![fact.name(), value])?;
        Ok(())
    }
}

pub(super) fn read(connection: &Connection, fact: Fact) -> Result<Option<Vec<u8>>> {
    Ok(connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([fact.name()], |row| row.get(0))
        .optional()?)
}
