//! Table `transcription`.
use rusqlite::{OptionalExtension as _, params};

use super::{Result, Tx};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::time::Timestamp;

/// The stamp 転記済.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptionRow {
    /// The version of the record that was copied.
    pub version: u32,
    /// The number under which the other system has it.
    pub reference: String,
    pub by: AccountId,
    pub at: Timestamp,
}

impl Tx<'_> {
    /// One stamp a version: a slip in the number is mended by stamping again.
    pub fn set_transcription(&mut self, record: RecordId, row: &TranscriptionRow) -> Result<()> {
        self.one_row(
            "INSERT INTO transcription (record, version, reference, noted_by, noted_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (record, version) DO UPDATE SET reference = ?3, noted_by = ?4, noted_at = ?5",
            params![record.as_bytes(), row.version, row.reference, row.by.as_bytes(), row.at.micros()],
        )
    }

    /// The stamp of the newest version that has one.
    pub fn transcription(&self, record: RecordId) -> Result<Option<TranscriptionRow>> {
        Ok(self
            .inner
            .prepare_cached(
                "SELECT version, reference, noted_by, noted_at FROM transcription WHERE record = ?1
                 ORDER BY version DESC LIMIT 1",
            )?
            .query_row([record.as_bytes()], |row| {
                Ok(TranscriptionRow {
                    version: row.get(0)?,
                    reference: row.get(1)?,
                    by: AccountId::from_bytes(row.get(2)?),
                    at: Timestamp::from_micros(row.get(3)?),
                })
            })
            .optional()?)
    }
}
