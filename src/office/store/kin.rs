//! Table `staff_kin`: whom members of staff declared as near to them.
use rusqlite::{Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, KinId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::office::review::Relation;

/// One declaration.
#[derive(Clone, Debug)]
pub struct KinRow {
    pub id: KinId,
    pub account: AccountId,
    pub relation: Relation,
    pub name: Personal<String>,
    pub reading: Personal<String>,
    pub birth_date: Option<Personal<chrono::NaiveDate>>,
}

const COLUMNS: &str = "id, account, relation, name, reading, birth_date";

impl Tx<'_> {
    pub fn insert_kin(&mut self, row: &KinRow, now: Timestamp) -> Result<()> {
        self.one_row(
            &format!("INSERT INTO staff_kin ({COLUMNS}, declared_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
            params![
                row.id.as_bytes(),
                row.account.as_bytes(),
                row.relation.code(),
                row.name.expose(),
                row.reading.expose(),
                row.birth_date.as_ref().map(|date| date.expose().to_string()),
                now.micros(),
            ],
        )
    }

    /// Whether there was one of this account to remove.
    pub fn delete_kin(&mut self, id: KinId, account: AccountId) -> Result<bool> {
        let removed = self
            .inner
            .prepare_cached("DELETE FROM staff_kin WHERE id = ?1 AND account = ?2")?
            .execute(params![id.as_bytes(), account.as_bytes()])?;
        Ok(removed == 1)
    }

    pub fn kin_of(&self, account: AccountId) -> Result<Vec<KinRow>> {
        let sql = format!("SELECT {COLUMNS} FROM staff_kin WHERE account = ?1 ORDER BY declared_at, id");
        let mut statement = self.inner.prepare_cached(&sql)?;
        let rows = statement.query_map([account.as_bytes()], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    pub fn all_kin(&self) -> Result<Vec<KinRow>> {
        let mut statement =
            self.inner.prepare_cached(&format!("SELECT {COLUMNS} FROM staff_kin ORDER BY id"))?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }
}

fn read(row: &Row<'_>) -> Result<KinRow> {
    let relation: String = row.get(2)?;
    let birth_date: Option<String> = row.get(5)?;
    let birth_date = birth_date.map(|text| text.parse().map(Personal::new)).transpose();
    Ok(KinRow {
        id: KinId::from_bytes(row.get(0)?),
        account: AccountId::from_bytes(row.get(1)?),
        relation: Relation::from_code(&relation).ok_or(StoreError::Impossible)?,
        name: Personal::new(row.get(3)?),
        reading: Personal::new(row.get(4)?),
        birth_date: birth_date.map_err(|_| StoreError::Impossible)?,
    })
}
