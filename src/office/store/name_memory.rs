//! Table `name_memory`.
use rusqlite::params;

use super::{Result, Tx};
use crate::domain::sensitive::Personal;
use crate::japanese::name_dictionary::{NamePart, Spelling};

/// What one open draft gets: more different names have no place in a list of nine, and less often used ones are in the
/// dictionary or typed.
const OFFERED_MAX: u32 = 3000;

impl Tx<'_> {
    pub fn learn_name(&mut self, spelling: &Personal<Spelling>) -> Result<()> {
        let one = spelling.expose();
        self.one_row(
            "INSERT INTO name_memory (part, reading, written, times) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (part, reading, written) DO UPDATE SET times = times + 1",
            params![code(one.part), one.reading, one.written],
        )
    }

    /// Takes one use back; the last one takes the name out of the memory.
    pub fn unlearn_name(&mut self, spelling: &Personal<Spelling>) -> Result<()> {
        let one = spelling.expose();
        let key = params![code(one.part), one.reading, one.written];
        let gone = self
            .inner
            .prepare_cached(
                "DELETE FROM name_memory WHERE part = ?1 AND reading = ?2 AND written = ?3 AND times = 1",
            )?
            .execute(key)?;
        if gone == 0 {
            self.inner
                .prepare_cached(
                    "UPDATE name_memory SET times = times - 1 WHERE part = ?1 AND reading = ?2 AND written = ?3",
                )?
                .execute(key)?;
        }
        Ok(())
    }

    /// The names that are written most often, those first.
    pub fn known_names(&self) -> Result<Personal<Vec<Spelling>>> {
        let mut statement = self.inner.prepare_cached(
            "SELECT part, reading, written FROM name_memory ORDER BY times DESC, written LIMIT ?1",
        )?;
        let rows = statement.query_map([OFFERED_MAX], |row| {
            let part: String = row.get(0)?;
            let part = if part == code(NamePart::Surname) { NamePart::Surname } else { NamePart::Given };
            Ok(Spelling { part, reading: row.get(1)?, written: row.get(2)? })
        })?;
        Ok(Personal::new(rows.collect::<rusqlite::Result<_>>()?))
    }
}

const fn code(part: NamePart) -> &'static str {
    match part {
        NamePart::Surname => "surname",
        NamePart::Given => "given",
    }
}
