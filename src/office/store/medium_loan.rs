//! Table `medium_loan`: the register of media (媒体管理簿).
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, Tx};
use crate::domain::ids::{AccountId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// One medium that was allowed out of the house.
#[derive(Clone, Debug)]
pub struct MediumLoanRow {
    pub transmission: TransmissionId,
    pub medium: String,
    /// Why it has to be a medium, in the supervisor's words.
    pub reason: Personal<String>,
    /// The canonical bytes of the approval, and the signature over them.
    pub approval: Vec<u8>,
    pub signature: [u8; 64],
    pub approved_by: AccountId,
    pub approved_at: Timestamp,
    /// Who took it back, and when.
    pub returned: Option<(AccountId, Timestamp)>,
}

const COLUMNS: &str =
    "transmission, medium, reason, approval, signature, approved_by, approved_at, returned_to, returned_at";

impl Tx<'_> {
    pub fn insert_medium_loan(&mut self, row: &MediumLoanRow) -> Result<()> {
        self.inner
            .prepare_cached(
                "INSERT INTO medium_loan (transmission, medium, reason, approval, signature, approved_by, approved_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                row.transmission.as_bytes(),
                row.medium,
                row.reason.expose(),
                row.approval,
                row.signature,
                row.approved_by.as_bytes(),
                row.approved_at.micros(),
            ])?;
        Ok(())
    }

    pub fn medium_loan(&self, transmission: TransmissionId) -> Result<Option<MediumLoanRow>> {
        Ok(self
            .inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM medium_loan WHERE transmission = ?1"))?
            .query_row([transmission.as_bytes()], read)
            .optional()?)
    }

    /// The newest first.
    pub fn medium_loans(&self, limit: u32) -> Result<Vec<MediumLoanRow>> {
        let query = format!("SELECT {COLUMNS} FROM medium_loan ORDER BY approved_at DESC LIMIT ?1");
        let mut statement = self.inner.prepare_cached(&query)?;
        let rows = statement.query_map([limit], read)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The medium is back in the house, and what was on it is erased.
    pub fn return_medium(
        &mut self,
        transmission: TransmissionId,
        to: AccountId,
        now: Timestamp,
    ) -> Result<()> {
        self.one_row(
            "UPDATE medium_loan SET returned_to = ?2, returned_at = ?3 WHERE transmission = ?1 AND returned_at IS NULL",
            params![transmission.as_bytes(), to.as_bytes(), now.micros()],
        )
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<MediumLoanRow> {
    let returned_to: Option<[u8; 16]> = row.get(7)?;
    let returned_at: Option<i64> = row.get(8)?;
    Ok(MediumLoanRow {
        transmission: TransmissionId::from_bytes(row.get(0)?),
        medium: row.get(1)?,
        reason: Personal::new(row.get(2)?),
        approval: row.get(3)?,
        signature: row.get(4)?,
        approved_by: AccountId::from_bytes(row.get(5)?),
        approved_at: Timestamp::from_micros(row.get(6)?),
        returned: returned_to
            .zip(returned_at)
            .map(|(to, at)| (AccountId::from_bytes(to), Timestamp::from_micros(at))),
    })
}
