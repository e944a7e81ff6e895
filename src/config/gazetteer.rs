//! The site's own table of postal codes and the area it answers for.
use std::cell::LazyCell;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::{FaultKind, Settings};
use crate::japanese::codes::{CodeProblem, MunicipalityCode};
use crate::japanese::gazetteer::{Gazetteer, OwnArea, PostalTable, TableProblem, shipped};
use crate::os::files;

const TABLE_FILE: &str = "postal.bin";
/// Ten times what the whole country takes.
const TABLE_MAX: u64 = 20_000_000;

/// The municipalities for which this health centre is competent (管轄).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Competence {
    municipalities: Vec<Spanned<String>>,
}

impl Competence {
    pub fn area(&self) -> OwnArea {
        let codes =
            self.municipalities.iter().filter_map(|text| MunicipalityCode::parse(text.get_ref()).ok());
        OwnArea::new(codes)
    }

    pub const fn is_set(&self) -> bool {
        !self.municipalities.is_empty()
    }

    /// The first code that is none, and where it stands in bytes.
    pub(super) fn first_fault(&self, home: &Path) -> Option<(usize, FaultKind)> {
        // Only a municipality newer than this program is worth reading the site's table for.
        let site = LazyCell::new(|| site_table(home).ok().flatten());
        let holds = |table: &PostalTable, code| table.municipalities().of_code(code).is_some();
        let fault = |text: &str| match MunicipalityCode::parse(text) {
            Err(CodeProblem::CheckDigit) => Some(FaultKind::CheckDigit),
            Err(_) => Some(FaultKind::BadValue),
            Ok(code) if holds(shipped(), code) => None,
            Ok(code) if site.as_ref().is_some_and(|table| holds(table, code)) => None,
            Ok(_) => Some(FaultKind::NoSuchMunicipality),
        };
        self.municipalities.iter().find_map(|one| Some((one.span().start, fault(one.get_ref())?)))
    }
}

/// Why the site's own table is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFault {
    Unreadable,
    Table(TableProblem),
}

/// Where a site keeps its own table.
pub fn table_file(home: &Path) -> PathBuf {
    home.join(TABLE_FILE)
}

/// The table that the site imported.
pub fn site_table(home: &Path) -> Result<Option<PostalTable>, TableFault> {
    match files::read_limited(&table_file(home), TABLE_MAX) {
        Ok(bytes) => PostalTable::from_bytes(bytes).map(Some).map_err(TableFault::Table),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(_) => Err(TableFault::Unreadable),
    }
}

/// The places as the site knows them. A table that cannot be read leaves the built-in one in use; `doctor` tells.
pub fn load_gazetteer(home: &Path) -> Gazetteer {
    let area = Settings::load(home).map(|settings| settings.competence.area()).unwrap_or_default();
    Gazetteer::new(site_table(home).ok().flatten(), area)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Settings, (usize, FaultKind)> {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("settings.toml"), text).unwrap();
        Settings::load(home.path()).map_err(|fault| (fault.line, fault.kind))
    }

    #[test]
    fn the_area_is_checked_when_it_is_read() {
        let of =
            |codes: &str| load(&format!("lang = \"ja\"\n\n[competence]\nmunicipalities = [\n{codes}\n]\n"));
        let settings = of("\"131016\",\n\"141003\",").unwrap();
        assert!(settings.competence.is_set());
        assert_eq!(of("\"131016\",\n\"131017\"").unwrap_err(), (6, FaultKind::CheckDigit));
        assert_eq!(of("\"131016\",\n\n\"13101\"").unwrap_err(), (7, FaultKind::BadValue));
        assert_eq!(of("131016").unwrap_err().1, FaultKind::BadValue);
        // A check digit that is right, of a municipality that is not.
        let unknown = MunicipalityCode::from_five_digits("13999").unwrap();
        assert_eq!(
            of(&format!("\"131016\",\n\"{unknown}\"")).unwrap_err(),
            (6, FaultKind::NoSuchMunicipality)
        );
        assert!(!load("").unwrap().competence.is_set());
    }

    #[test]
    fn a_damaged_table_is_not_used() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(site_table(home.path()).map(|table| table.is_some()), Ok(false));
        let mut bytes = shipped().as_bytes().to_vec();
        std::fs::write(table_file(home.path()), &bytes).unwrap();
        assert_eq!(site_table(home.path()).map(|table| table.is_some()), Ok(true));
        bytes[100_000] ^= 1;
        std::fs::write(table_file(home.path()), &bytes).unwrap();
        assert_eq!(
            site_table(home.path()).map(|table| table.is_some()),
            Err(TableFault::Table(TableProblem::Damaged))
        );
        assert_eq!(load_gazetteer(home.path()).table().date(), shipped().date());
    }
}
