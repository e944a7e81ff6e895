//! Tables `institution` and `doctor`.
use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, InstitutionId};
use crate::domain::institution::{Band, Contract, Doctor, Institution};
use crate::domain::time::Timestamp;

/// One entry of the register.
#[derive(Clone, Debug)]
pub struct InstitutionRow {
    pub id: InstitutionId,
    pub version: u32,
    pub institution: Institution,
    /// When a report named it last.
    pub used_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, version, code, name, reading, postal_code, address, phone, fax, contract_from, \
                       contract_until, contract_bands, used_at";

impl Tx<'_> {
    /// The whole register: last used first, then by reading.
    pub fn institutions(&self) -> Result<Vec<InstitutionRow>> {
        let mut doctors = self.doctors()?;
        let mut statement = self.inner.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM institution ORDER BY used_at IS NULL, used_at DESC, reading"
        ))?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| {
            let mut row = row??;
            row.institution.doctors = doctors.remove(&row.id).unwrap_or_default();
            Ok(row)
        })
        .collect()
    }

    pub fn institution_id_by_code(&self, code: &str) -> Result<Option<(InstitutionId, u32)>> {
        Ok(self
            .inner
            .prepare_cached("SELECT id, version FROM institution WHERE code = ?1")?
            .query_row([code], |row| Ok((InstitutionId::from_bytes(row.get(0)?), row.get(1)?)))
            .optional()?)
    }

    /// The contract of the partner with this number.
    pub fn contract_of(&self, code: &str) -> Result<Option<Contract>> {
        let row = self
            .inner
            .prepare_cached(&format!("SELECT {COLUMNS} FROM institution WHERE code = ?1"))?
            .query_row([code], |row| Ok(read(row)))
            .optional()?;
        Ok(row.transpose()?.and_then(|row| row.institution.contract))
    }

    pub fn institution_version(&self, id: InstitutionId) -> Result<Option<u32>> {
        Ok(self
            .inner
            .prepare_cached("SELECT version FROM institution WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?)
    }

    /// Writes an entry, new or changed. When it was used stays as it is.
    pub fn put_institution(&mut self, row: &InstitutionRow, by: AccountId, now: Timestamp) -> Result<()> {
        let Institution { code, name, reading, postal_code, address, phone, fax, doctors, contract } =
            &row.institution;
        let day = |date: chrono::NaiveDate| date.to_string();
        let bands = contract
            .as_ref()
            .map(|contract| contract.bands.iter().map(|band| band.code()).collect::<Vec<_>>().join(" "));
        self.one_row(
            "INSERT INTO institution (id, version, code, name, reading, postal_code, address, phone, fax,
                                      contract_from, contract_until, contract_bands, edited_by, edited_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (id) DO UPDATE SET version = ?2, code = ?3, name = ?4, reading = ?5, postal_code = ?6,
               address = ?7, phone = ?8, fax = ?9, contract_from = ?10, contract_until = ?11, contract_bands = ?12,
               edited_by = ?13, edited_at = ?14",
            params![
                row.id.as_bytes(),
                row.version,
                code,
                name,
                reading,
                postal_code,
                address,
                phone,
                fax,
                contract.as_ref().map(|contract| day(contract.from)),
                contract.as_ref().map(|contract| day(contract.until)),
                bands,
                by.as_bytes(),
                now.micros(),
            ],
        )?;
        self.put_doctors(row.id, doctors)
    }

    /// Notes that a report named the institution and the doctor. Names that are not in the register are not added:
    /// what is typed in a hurry is no register.
    pub fn note_institution_used(&mut self, code: &str, doctor: &str, now: Timestamp) -> Result<()> {
        self.inner
            .prepare_cached("UPDATE institution SET used_at = ?2 WHERE code = ?1")?
            .execute(params![code, now.micros()])?;
        self.inner
            .prepare_cached(
                "UPDATE doctor SET used_at = ?3
                 WHERE name = ?2 AND institution = (SELECT id FROM institution WHERE code = ?1)",
            )?
            .execute(params![code, doctor, now.micros()])?;
        Ok(())
    }

    fn put_doctors(&mut self, id: InstitutionId, doctors: &[Doctor]) -> Result<()> {
        let kept: Vec<&str> = doctors.iter().map(|doctor| doctor.name.as_str()).collect();
        let known: Vec<String> = {
            let mut statement =
                self.inner.prepare_cached("SELECT name FROM doctor WHERE institution = ?1")?;
            let rows = statement.query_map([id.as_bytes()], |row| row.get(0))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        for gone in known.iter().filter(|name| !kept.contains(&name.as_str())) {
            self.one_row(
                "DELETE FROM doctor WHERE institution = ?1 AND name = ?2",
                params![id.as_bytes(), gone],
            )?;
        }
        for (place, doctor) in (0_u32..).zip(doctors) {
            self.one_row(
                "INSERT INTO doctor (institution, name, reading, place) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (institution, name) DO UPDATE SET reading = ?3, place = ?4",
                params![id.as_bytes(), doctor.name, doctor.reading, place],
            )?;
        }
        Ok(())
    }

    /// Those who reported last come first.
    fn doctors(&self) -> Result<HashMap<InstitutionId, Vec<Doctor>>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT institution, name, reading FROM doctor ORDER BY used_at IS NULL, used_at DESC, place",
        )?;
        let rows = statement.query_map([], |row| {
            let doctor = Doctor { name: row.get(1)?, reading: row.get(2)? };
            Ok((InstitutionId::from_bytes(row.get(0)?), doctor))
        })?;
        let mut all: HashMap<InstitutionId, Vec<Doctor>> = HashMap::new();
        for row in rows {
            let (id, doctor) = row?;
            all.entry(id).or_default().push(doctor);
        }
        Ok(all)
    }
}

fn read(row: &Row<'_>) -> Result<InstitutionRow> {
    let day = |text: Option<String>| -> Result<Option<chrono::NaiveDate>> {
        text.map(|text| text.parse().map_err(|_| StoreError::Impossible)).transpose()
    };
    let contract = match (day(row.get(9)?)?, day(row.get(10)?)?, row.get::<_, Option<String>>(11)?) {
        (Some(from), Some(until), Some(bands)) => {
            let bands = bands.split(' ').map(Band::from_code).collect::<Option<_>>();
            Some(Contract { from, until, bands: bands.ok_or(StoreError::Impossible)? })
        }
        (None, None, None) => None,
        _ => return Err(StoreError::Impossible),
    };
    Ok(InstitutionRow {
        id: InstitutionId::from_bytes(row.get(0)?),
        version: row.get(1)?,
        institution: Institution {
            code: row.get(2)?,
            name: row.get(3)?,
            reading: row.get(4)?,
            postal_code: row.get(5)?,
            address: row.get(6)?,
            phone: row.get(7)?,
            fax: row.get(8)?,
            doctors: Vec::new(),
            contract,
        },
        used_at: row.get::<_, Option<i64>>(12)?.map(Timestamp::from_micros),
    })
}
