//! Table `drill`: sendings that a supervisor has made wrong on purpose (抜き打ち訓練).
//!
//! A drill has no statement, no package and no signature. Nothing that makes an order accepts a [`DrillRow`].
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::destination::{Address, Channel};
use crate::domain::ids::{AccountId, DestinationId, RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Another number than the destination's.
    Address,
    /// Somebody else's paper.
    Person,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrillResult {
    /// What was keyed stands on the right papers, or it was sent back.
    Caught,
    /// What was keyed was what had been made wrong: it did not come from the papers.
    Missed,
    /// It was neither: a slip, or no reading at all. Nobody knows whether it was noticed.
    Neither,
}

impl Flaw {
    pub const ALL: [Self; 2] = [Self::Address, Self::Person];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Person => "person",
        }
    }
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flaw| flaw.code() == code)
    }
}

impl DrillResult {
    const ALL: [Self; 3] = [Self::Caught, Self::Missed, Self::Neither];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Caught => "caught",
            Self::Missed => "missed",
            Self::Neither => "neither",
        }
    }
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.code() == code)
    }
}

#[derive(Clone, Debug)]
pub struct DrillRow {
    pub id: TransmissionId,
    /// Counted with the transmissions: a number does not tell which it is.
    pub number: u32,
    pub record: RecordId,
    pub record_version: u32,
    pub destination: DestinationId,
    pub destination_version: u32,
    pub flaw: Flaw,
    /// What would have been sent to.
    pub address: Address,
    /// The birth date, or the reception number, of whoever's paper it would have been.
    pub person: Personal<String>,
    pub pages: u32,
    /// Under whose number it waits.
    pub shown_author: AccountId,
    pub planted_by: AccountId,
    pub planted_at: Timestamp,
    pub result: Option<DrillResult>,
    pub second: Option<AccountId>,
    pub ended_at: Option<Timestamp>,
}

const COLUMNS: &str = "d.id, d.number, d.record, d.record_version, d.destination, d.destination_version, d.flaw, d.address, \
                       d.person, d.pages, d.shown_author, d.planted_by, d.planted_at, d.result, d.second, d.ended_at, \
                       (SELECT e.channel FROM destination e WHERE e.id = d.destination AND e.version = d.destination_version)";

impl DrillRow {
    /// Like an agreement, a drill is a matter of one day.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.result.is_none() && self.planted_at.date_in_japan() == now.date_in_japan()
    }
}

impl Tx<'_> {
    pub fn insert_drill(&mut self, row: &DrillRow) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO drill (id, number, record, record_version, destination, destination_version, flaw, address,
                                    person, pages, shown_author, planted_by, planted_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                row.id.as_bytes(),
                row.number,
                row.record.as_bytes(),
                row.record_version,
                row.destination.as_bytes(),
                row.destination_version,
                row.flaw.code(),
                row.address.as_str(),
                row.person.expose(),
                row.pages,
                row.shown_author.as_bytes(),
                row.planted_by.as_bytes(),
                row.planted_at.micros(),
            ])?;
        Ok(())
    }

    pub fn drill(&self, id: TransmissionId) -> Result<Option<DrillRow>> {
        self.inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM drill d WHERE d.id = ?1"))?
            .query_row([id.as_bytes()], |row| Ok(read(row)))
            .optional()?
            .transpose()
    }

    /// The newest first.
    pub fn drills(&self, limit: u32) -> Result<Vec<DrillRow>> {
        let query = format!("SELECT {COLUMNS} FROM drill d ORDER BY d.number DESC LIMIT ?1");
        let mut statement = self.inner.prepare_cached(&query)?;
        let rows = statement.query_map([limit], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Those that wait today for somebody else than `account`. A sending to an entry that was changed or frozen since then
    /// would have gone back to its sender.
    pub fn drills_for(&self, account: AccountId, now: Timestamp) -> Result<Vec<DrillRow>> {
        let query = format!(
            "SELECT {COLUMNS} FROM drill d
             WHERE d.result IS NULL AND d.shown_author <> ?1 AND d.planted_by <> ?1
               AND NOT EXISTS (SELECT 1 FROM destination e WHERE e.id = d.destination
                               AND (e.version > d.destination_version OR e.frozen_at IS NOT NULL))"
        );
        let mut statement = self.inner.prepare_cached(&query)?;
        let rows = statement.query_map([account.as_bytes()], |row| Ok(read(row)))?;
        let all: Vec<DrillRow> = rows.map(|row| row?).collect::<Result<_>>()?;
        Ok(all.into_iter().filter(|drill| drill.waits(now)).collect())
    }

    pub fn end_drill(
        &mut self,
        id: TransmissionId,
        result: DrillResult,
        second: AccountId,
        now: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE drill SET result = ?2, second = ?3, ended_at = ?4 WHERE id = ?1 AND result IS NULL",
            params![id.as_bytes(), result.code(), second.as_bytes(), now.micros()],
        )
    }
}

fn read(row: &Row<'_>) -> Result<DrillRow> {
    let channel = Channel::from_code(&row.get::<_, String>(16)?).ok_or(StoreError::Impossible)?;
    let address: String = row.get(7)?;
    let result: Option<String> = row.get(13)?;
    Ok(DrillRow {
        id: TransmissionId::from_bytes(row.get(0)?),
        number: row.get(1)?,
        record: RecordId::from_bytes(row.get(2)?),
        record_version: row.get(3)?,
        destination: DestinationId::from_bytes(row.get(4)?),
        destination_version: row.get(5)?,
        flaw: Flaw::from_code(&row.get::<_, String>(6)?).ok_or(StoreError::Impossible)?,
        address: Address::from_canonical(channel, &address).ok_or(StoreError::Impossible)?,
        person: Personal::new(row.get(8)?),
        pages: row.get(9)?,
        shown_author: AccountId::from_bytes(row.get(10)?),
        planted_by: AccountId::from_bytes(row.get(11)?),
        planted_at: Timestamp::from_micros(row.get(12)?),
        result: match result {
            Some(code) => Some(DrillResult::from_code(&code).ok_or(StoreError::Impossible)?),
            None => None,
        },
        second: row.get::<_, Option<[u8; 16]>>(14)?.map(AccountId::from_bytes),
        ended_at: row.get::<_, Option<i64>>(15)?.map(Timestamp::from_micros),
    })
}
