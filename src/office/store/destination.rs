//! Table `destination`: the register (送り先台帳).
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, Tx};
use crate::domain::ids::{AccountId, DestinationId};
use crate::domain::time::Timestamp;

/// One version of one entry.
#[derive(Clone, Debug)]
pub struct DestinationRow {
    pub id: DestinationId,
    pub version: u32,
    pub code: String,
    pub organisation: String,
    pub reading: String,
    pub channel: String,
    pub address: String,
    /// The recipient's `age` key.
    pub recipient: String,
    /// Number of the document that the address was taken from.
    pub source: String,
    pub entered_by: AccountId,
    pub entered_at: Timestamp,
    pub confirmed_by: Option<AccountId>,
    pub confirmed_at: Option<Timestamp>,
    pub valid_until: Option<Timestamp>,
    pub misses: u32,
    pub frozen_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, version, code, organisation, reading, channel, address, recipient, source, entered_by, \
                       entered_at, confirmed_by, confirmed_at, valid_until, misses, frozen_at";

impl Tx<'_> {
    /// The newest version of every entry.
    pub fn destinations(&self) -> Result<Vec<DestinationRow>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM destination d
             WHERE version = (SELECT max(version) FROM destination WHERE id = d.id) ORDER BY code"
        ))?;
        let rows = statement.query_map([], read)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The newest version of an entry: the only one that counts.
    pub fn destination(&self, id: DestinationId) -> Result<Option<DestinationRow>> {
        Ok(self
            .inner
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM destination WHERE id = ?1 ORDER BY version DESC LIMIT 1"
            ))?
            .query_row([id.as_bytes()], read)
            .optional()?)
    }

    pub fn destination_version(&self, id: DestinationId, version: u32) -> Result<Option<DestinationRow>> {
        Ok(self
            .inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM destination WHERE id = ?1 AND version = ?2"))?
            .query_row(params![id.as_bytes(), version], read)
            .optional()?)
    }

    pub fn destination_by_code(&self, code: &str) -> Result<Option<DestinationRow>> {
        Ok(self
            .inner
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM destination d
                 WHERE code = ?1 AND version = (SELECT max(version) FROM destination WHERE id = d.id)"
            ))?
            .query_row([code], read)
            .optional()?)
    }

    pub fn insert_destination(&mut self, row: &DestinationRow) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO destination (id, version, code, organisation, reading, channel, address, recipient, source,
                                          entered_by, entered_at, frozen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.version,
                row.code,
                row.organisation,
                row.reading,
                row.channel,
                row.address,
                row.recipient,
                row.source,
                row.entered_by.as_bytes(),
                row.entered_at.micros(),
                row.frozen_at.map(Timestamp::micros),
            ])?;
        Ok(())
    }

    pub fn confirm_destination(
        &mut self,
        id: DestinationId,
        version: u32,
        by: AccountId,
        now: Timestamp,
        valid_until: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE destination SET confirmed_by = ?3, confirmed_at = ?4, valid_until = ?5
             WHERE id = ?1 AND version = ?2 AND confirmed_by IS NULL",
            params![id.as_bytes(), version, by.as_bytes(), now.micros(), valid_until.micros()],
        )
    }

    pub fn count_destination_miss(&mut self, id: DestinationId, version: u32) -> Result<()> {
        self.one_row(
            "UPDATE destination SET misses = misses + 1 WHERE id = ?1 AND version = ?2",
            params![id.as_bytes(), version],
        )
    }

    /// Stops every version of an entry.
    pub fn freeze_destination(&mut self, id: DestinationId, now: Timestamp) -> Result<()> {
        self.inner
            .prepare_cached("UPDATE destination SET frozen_at = ?2 WHERE id = ?1 AND frozen_at IS NULL")?
            .execute(params![id.as_bytes(), now.micros()])?;
        Ok(())
    }

    pub fn frozen_destinations(&self) -> Result<Vec<DestinationId>> {
        let mut statement = self
            .inner
            .prepare_cached("SELECT DISTINCT id FROM destination WHERE frozen_at IS NOT NULL ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok(DestinationId::from_bytes(row.get(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<DestinationRow> {
    let time = |at: usize| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(at)?.map(Timestamp::from_micros))
    };
    Ok(DestinationRow {
        id: DestinationId::from_bytes(row.get(0)?),
        version: row.get(1)?,
        code: row.get(2)?,
        organisation: row.get(3)?,
        reading: row.get(4)?,
        channel: row.get(5)?,
        address: row.get(6)?,
        recipient: row.get(7)?,
        source: row.get(8)?,
        entered_by: AccountId::from_bytes(row.get(9)?),
        entered_at: Timestamp::from_micros(row.get(10)?),
        confirmed_by: row.get::<_, Option<[u8; 16]>>(11)?.map(AccountId::from_bytes),
        confirmed_at: time(12)?,
        valid_until: time(13)?,
        misses: row.get(14)?,
        frozen_at: time(15)?,
    })
}
