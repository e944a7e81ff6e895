//! The places as one site knows them.
use std::collections::BTreeSet;

use super::{Municipality, PostalTable, Town, shipped};
use crate::japanese::codes::MunicipalityCode;

/// The table in use and the area this office answers for.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// The site's own table, when it has a newer one.
    newer: Option<PostalTable>,
    own: OwnArea,
}

/// The municipalities for which this health centre is competent (管轄). Empty: nobody has said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnArea(BTreeSet<MunicipalityCode>);

impl Gazetteer {
    pub fn new(site: Option<PostalTable>, own: OwnArea) -> Self {
        Self { newer: site.filter(|table| table.date() > shipped().date()), own }
    }

    pub fn table(&self) -> &PostalTable {
        self.newer.as_ref().unwrap_or_else(|| shipped())
    }

    pub fn towns(&self, code: u32) -> Vec<Town<'_>> {
        self.table().towns(code)
    }

    /// The municipality of an address for which another health centre is competent; none when that cannot be told.
    pub fn elsewhere(&self, address: &str) -> Option<&Municipality> {
        if self.own.0.is_empty() {
            return None;
        }
        let all = self.table().municipalities();
        let place = all.of_address(address)?;
        // A designated city stands for all of its wards.
        let own = self.own.holds(place) || all.city_of(place).is_some_and(|city| self.own.holds(city));
        (!own).then_some(place)
    }
}

impl OwnArea {
    pub fn new(codes: impl IntoIterator<Item = MunicipalityCode>) -> Self {
        Self(codes.into_iter().collect())
    }

    fn holds(&self, one: &Municipality) -> bool {
        self.0.contains(&one.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(codes: &[&str]) -> Gazetteer {
        Gazetteer::new(None, OwnArea::new(codes.iter().map(|code| MunicipalityCode::parse(code).unwrap())))
    }

    #[test]
    fn what_is_elsewhere() {
        let chiyoda = site(&["131016"]);
        let away = |site: &Gazetteer, address: &str| site.elsewhere(address).map(Municipality::full_name);
        assert_eq!(away(&chiyoda, "東京都千代田区永田町9-99-99"), None);
        assert_eq!(away(&chiyoda, "東京都港区芝公園9").as_deref(), Some("東京都港区"));
        assert_eq!(away(&chiyoda, "架空県見本市9"), None, "cannot be told");
        assert_eq!(away(&site(&[]), "東京都港区芝公園9"), None, "nobody has said what is ours");
        let yokohama = site(&["141003"]);
        assert_eq!(away(&yokohama, "神奈川県横浜市中区日本大通9"), None, "a city is all of its wards");
        assert_eq!(away(&yokohama, "神奈川県川崎市川崎区9").as_deref(), Some("神奈川県川崎市川崎区"));
    }

    #[test]
    fn an_older_table_of_the_site_is_not_used() {
        let same = PostalTable::from_bytes(shipped().as_bytes().to_vec()).unwrap();
        assert!(Gazetteer::new(Some(same), OwnArea::default()).newer.is_none());
    }
}
