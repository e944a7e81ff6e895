//! Table `destination`: the register (送り先台帳).
use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::destination::{Address, Channel, Protection};
use crate::domain::ids::{AccountId, DestinationId};
use crate::domain::institution::Band;
use crate::domain::time::Timestamp;

/// One version of one entry.
#[derive(Clone, Debug)]
pub struct DestinationRow {
    pub id: DestinationId,
    pub version: u32,
    pub code: String,
    pub organisation: String,
    pub reading: String,
    pub address: Address,
    pub protection: Protection,
    /// The recipient's `age` key; empty where the protection is another.
    pub recipient: String,
    /// The agreed password, sealed.
    pub password: Option<Vec<u8>>,
    /// What it is called in the register of institutions; empty when it is not in there.
    pub institution: String,
    pub purposes: Vec<String>,
    pub contract_until: Option<NaiveDate>,
    pub bands: Vec<Band>,
    pub phone: String,
    pub short_dial: String,
    /// Number of the document that the address was taken from.
    pub source: String,
    /// Nobody has keyed it: it came from a list.
    pub imported: bool,
    pub entered_by: AccountId,
    pub entered_at: Timestamp,
    pub confirmation: Option<Rekeyed>,
    pub call: Option<CallBack>,
    pub valid_until: Option<Timestamp>,
    pub misses: u32,
    pub frozen_at: Option<Timestamp>,
}

impl DestinationRow {
    /// After so many misses the first person has to look at the source again and to enter a new version.
    pub const MISSES_MAX: u32 = 3;

    pub fn awaits_second_keying(&self) -> bool {
        self.confirmation.is_none() && !self.imported
    }

    /// Two people read it differently, and nobody may try any more.
    pub fn is_disputed(&self) -> bool {
        self.awaits_second_keying() && self.misses >= Self::MISSES_MAX
    }
}

/// The second keying.
#[derive(Clone, Debug)]
pub struct Rekeyed {
    pub by: AccountId,
    pub at: Timestamp,
    /// Number of the document that it was keyed from. Versions before there was this question have none.
    pub source: Option<String>,
}

/// Somebody at the destination read out what arrived there.
#[derive(Clone, Debug)]
pub struct CallBack {
    pub by: AccountId,
    pub at: Timestamp,
    pub whom: String,
}

const COLUMNS: &str = "id, version, code, organisation, reading, channel, address, protection, recipient, password, \
                       institution, purposes, contract_until, bands, phone, short_dial, source, imported, entered_by, \
                       entered_at, confirmed_by, confirmed_at, second_source, called_by, called_at, called_whom, \
                       valid_until, misses, frozen_at";

impl Tx<'_> {
    /// The newest version of every entry.
    pub fn destinations(&self) -> Result<Vec<DestinationRow>> {
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM destination d
             WHERE version = (SELECT max(version) FROM destination WHERE id = d.id) ORDER BY code"
        ))?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The newest version of an entry: the only one that counts.
    pub fn destination(&self, id: DestinationId) -> Result<Option<DestinationRow>> {
        self.inner
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM destination WHERE id = ?1 ORDER BY version DESC LIMIT 1"
            ))?
            .query_row([id.as_bytes()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    pub fn destination_version(&self, id: DestinationId, version: u32) -> Result<Option<DestinationRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM destination WHERE id = ?1 AND version = ?2"))?
            .query_row(params![id.as_bytes(), version], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// The newest version that things could be sent by, whatever became of it since.
    pub fn destination_in_force(&self, id: DestinationId) -> Result<Option<DestinationRow>> {
        self.inner
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM destination WHERE id = ?1 AND called_by IS NOT NULL ORDER BY version DESC LIMIT 1"
            ))?
            .query_row([id.as_bytes()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// Whether another entry ever had this code: paper registers may still bind it to what it stood for.
    pub fn is_code_taken(&self, code: &str, by_other_than: DestinationId) -> Result<bool> {
        Ok(self
            .inner
            .prepare_cached("SELECT 1 FROM destination WHERE code = ?1 AND id <> ?2 LIMIT 1")?
            .exists(params![code, by_other_than.as_bytes()])?)
    }

    pub fn destination_by_code(&self, code: &str) -> Result<Option<DestinationRow>> {
        self.inner
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM destination d
                 WHERE code = ?1 AND version = (SELECT max(version) FROM destination WHERE id = d.id)"
            ))?
            .query_row([code], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// Inserts a version that nobody has confirmed.
    pub fn insert_destination(&mut self, row: &DestinationRow) -> Result<()> {
        let bands: Vec<&str> = row.bands.iter().map(|band| band.code()).collect();
        self.inner
            .prepare_cached(
                "INSERT INTO destination (id, version, code, organisation, reading, channel, address, protection, recipient,
                                          password, institution, purposes, contract_until, bands, phone, short_dial, source,
                                          imported, entered_by, entered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.version,
                row.code,
                row.organisation,
                row.reading,
                row.address.channel().code(),
                row.address.as_str(),
                row.protection.code(),
                row.recipient,
                row.password,
                row.institution,
                row.purposes.join(" "),
                row.contract_until.map(|day| day.to_string()),
                bands.join(" "),
                row.phone,
                row.short_dial,
                row.source,
                row.imported,
                row.entered_by.as_bytes(),
                row.entered_at.micros(),
            ])?;
        Ok(())
    }

    /// The second keying. Until somebody has called there the version may be tried, and nothing else, for so long.
    pub fn confirm_destination(
        &mut self,
        id: DestinationId,
        version: u32,
        second: &Rekeyed,
        valid_until: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE destination SET confirmed_by = ?3, confirmed_at = ?4, second_source = ?5, valid_until = ?6
             WHERE id = ?1 AND version = ?2 AND confirmed_by IS NULL",
            params![
                id.as_bytes(),
                version,
                second.by.as_bytes(),
                second.at.micros(),
                second.source,
                valid_until.micros()
            ],
        )
    }

    pub fn note_call_back(
        &mut self,
        id: DestinationId,
        version: u32,
        call: &CallBack,
        valid_until: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE destination SET called_by = ?3, called_at = ?4, called_whom = ?5, valid_until = ?6
             WHERE id = ?1 AND version = ?2 AND called_by IS NULL",
            params![
                id.as_bytes(),
                version,
                call.by.as_bytes(),
                call.at.micros(),
                call.whom,
                valid_until.micros()
            ],
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

fn read(row: &Row<'_>) -> Result<DestinationRow> {
    let time = |name: &str| -> rusqlite::Result<Option<Timestamp>> {
        Ok(row.get::<_, Option<i64>>(name)?.map(Timestamp::from_micros))
    };
    let account = |name: &str| -> rusqlite::Result<Option<AccountId>> {
        Ok(row.get::<_, Option<[u8; 16]>>(name)?.map(AccountId::from_bytes))
    };
    let text = |name: &str| row.get::<_, String>(name);
    let channel = Channel::from_code(&text("channel")?).ok_or(StoreError::Impossible)?;
    let day = row.get::<_, Option<String>>("contract_until")?;
    let bands: Option<Vec<Band>> = text("bands")?.split_whitespace().map(Band::from_code).collect();
    let (confirmed_by, called_by) = (account("confirmed_by")?, account("called_by")?);
    let confirmation = confirmed_by.zip(time("confirmed_at")?);
    let call = called_by.zip(time("called_at")?);
    Ok(DestinationRow {
        id: DestinationId::from_bytes(row.get("id")?),
        version: row.get("version")?,
        code: text("code")?,
        organisation: text("organisation")?,
        reading: text("reading")?,
        address: Address::from_canonical(channel, &text("address")?).ok_or(StoreError::Impossible)?,
        protection: Protection::from_code(&text("protection")?).ok_or(StoreError::Impossible)?,
        recipient: text("recipient")?,
        password: row.get("password")?,
        institution: text("institution")?,
        purposes: text("purposes")?.split_whitespace().map(str::to_owned).collect(),
        contract_until: day.map(|day| day.parse().map_err(|_| StoreError::Impossible)).transpose()?,
        bands: bands.ok_or(StoreError::Impossible)?,
        phone: text("phone")?,
        short_dial: text("short_dial")?,
        source: text("source")?,
        imported: row.get("imported")?,
        entered_by: AccountId::from_bytes(row.get("entered_by")?),
        entered_at: Timestamp::from_micros(row.get("entered_at")?),
        confirmation: match confirmation {
            Some((by, at)) => Some(Rekeyed { by, at, source: row.get("second_source")? }),
            None => None,
        },
        call: match call {
            Some((by, at)) => Some(CallBack {
                by,
                at,
                whom: row.get::<_, Option<String>>("called_whom")?.unwrap_or_default(),
            }),
            None => None,
        },
        valid_until: time("valid_until")?,
        misses: row.get("misses")?,
        frozen_at: time("frozen_at")?,
    })
}
