//! Table `passed_warning`.
use rusqlite::params;

use super::{Result, StoreError, Tx};
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::form::{Passed, Why};

impl Tx<'_> {
    pub fn insert_passed(&mut self, record: RecordId, version: u32, passed: &Passed) -> Result<()> {
        let (why, words) = match &passed.why {
            Why::OnPaper => ("on-paper", None),
            Why::AskedSender => ("asked-sender", None),
            Why::Words(words) => ("words", Some(words.expose())),
        };
        self.one_row(
            "INSERT INTO passed_warning (record, version, item, code, why, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![record.as_bytes(), version, passed.item, passed.code, why, words],
        )
    }

    pub fn passed(&self, record: RecordId, version: u32) -> Result<Vec<Passed>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT item, code, why, words FROM passed_warning WHERE record = ?1 AND version = ?2 ORDER BY item, code",
        )?;
        let rows = statement.query_map(params![record.as_bytes(), version], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, Option<String>>(3)?))
        })?;
        rows.map(|row| {
            let (item, code, why, words) = row?;
            let why = match (why.as_str(), words) {
                ("on-paper", None) => Why::OnPaper,
                ("asked-sender", None) => Why::AskedSender,
                ("words", Some(words)) => Why::Words(Personal::new(words)),
                _ => return Err(StoreError::Impossible),
            };
            Ok(Passed { item, code, why })
        })
        .collect()
    }
}
