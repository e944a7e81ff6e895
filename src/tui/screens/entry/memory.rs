//! What is at hand at this desk: what was registered last, for "the same as before", and the places of the site.
//!
//! It lives as long as somebody is signed in and is never written anywhere.
use crate::domain::institution::Institution;
use crate::domain::sensitive::Personal;
use crate::form::{Form, Identity, Value, Values};
use crate::japanese::gazetteer::Gazetteer;
use crate::office::InstitutionRow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// See the module.
#[derive(Default)]
pub struct Memory {
    /// What was registered last, by form.
    last: BTreeMap<String, Remembered>,
    /// The form that was registered last.
    newest: String,
    /// Those of the program until the office has said what the site has.
    pub gazetteer: Arc<Gazetteer>,
    /// The register of institutions, last used first.
    pub institutions: Vec<InstitutionRow>,
}

/// A registered record.
pub struct Remembered {
    pub number: u32,
    /// Whose it is; empty when the form does not say.
    pub name: Personal<String>,
    values: Values,
}

impl Remembered {
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.values.value(key)
    }
}

/// Shared by the worklist and the entry screens opened from it.
pub type SharedMemory = Rc<RefCell<Memory>>;

impl Memory {
    /// A new record was registered.
    pub fn remember(&mut self, form: &Form, number: u32, values: Values) {
        self.newest.clone_from(&form.head.id);
        self.keep(form, number, values);
    }

    /// A record was corrected: the next of a household is like the one before it, whatever was corrected meanwhile.
    pub fn correct(&mut self, form: &Form, number: u32, values: Values) {
        match self.last.get(&form.head.id).is_some_and(|last| last.number == number) {
            true => self.keep(form, number, values),
            false => self.note_institutions(form, &values),
        }
    }

    fn keep(&mut self, form: &Form, number: u32, values: Values) {
        self.note_institutions(form, &values);
        let name = match form.with_identity(Identity::Name).and_then(|item| values.value(&item.key)) {
            Some(Value::Text(name)) => name.clone(),
            _ => String::new(),
        };
        self.last.insert(form.head.id.clone(), Remembered { number, name: Personal::new(name), values });
    }

    fn note_institutions(&mut self, form: &Form, values: &Values) {
        for (number, doctor) in form.institutions(values) {
            self.note_institution(number, doctor);
        }
    }

    /// The institution of this number.
    pub fn institution(&self, code: &str) -> Option<&Institution> {
        let found = self.institutions.iter().find(|row| row.institution.code == code);
        found.map(|row| &row.institution)
    }

    /// The institution of a report comes first from now on, as the office has it too.
    pub fn note_institution(&mut self, code: &str, doctor: &str) {
        let Some(at) = self.institutions.iter().position(|row| row.institution.code == code) else { return };
        let mut row = self.institutions.remove(at);
        if let Some(at) = row.institution.doctors.iter().position(|known| known.name == doctor) {
            let doctor = row.institution.doctors.remove(at);
            row.institution.doctors.insert(0, doctor);
        }
        self.institutions.insert(0, row);
    }

    /// The record that a household is copied from. A family has one disease, so the same form goes before what was
    /// registered in between.
    pub fn of_household(&self, form: &str) -> Option<&Remembered> {
        self.last.get(form).or_else(|| self.last.get(&self.newest))
    }

    pub fn value(&self, form: &str, key: &str) -> Option<Value> {
        self.last.get(form)?.value(key).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Catalog, SiteFiles, shipped_sources};

    #[test]
    fn a_household_is_of_the_same_form_or_else_the_one_before() {
        let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
        let form = |id: &str| catalog.latest(id).unwrap();
        let mut memory = Memory::default();
        assert!(memory.of_household("ehec").is_none());
        let named = |name: &str| Values::from_iter([("name", Value::Text(name.into()))]);
        memory.remember(form("ehec"), 3, named("仮野 太郎"));
        memory.remember(form("measles"), 4, named("架空 花子"));
        let number = |id: &str| memory.of_household(id).map(|one| (one.number, one.name.expose().clone()));
        assert_eq!(number("ehec"), Some((3, "仮野 太郎".into())));
        assert_eq!(number("measles"), Some((4, "架空 花子".into())));
        assert_eq!(number("rubella"), Some((4, "架空 花子".into())));
    }

    #[test]
    fn a_corrected_record_is_not_the_one_before() {
        let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
        let form = |id: &str| catalog.latest(id).unwrap();
        let named = |name: &str| Values::from_iter([("name", Value::Text(name.into()))]);
        let mut memory = Memory::default();
        memory.correct(form("ehec"), 1, named("見本 次郎"));
        assert!(memory.of_household("ehec").is_none());
        memory.remember(form("ehec"), 3, named("仮野 太郎"));
        memory.remember(form("measles"), 4, named("架空 花子"));
        memory.correct(form("ehec"), 1, named("見本 次郎"));
        let found = |memory: &Memory, id: &str| {
            memory.of_household(id).map(|one| (one.number, one.name.expose().clone()))
        };
        assert_eq!(found(&memory, "ehec"), Some((3, "仮野 太郎".into())));
        // A slip in the one before is copied as it was corrected.
        memory.correct(form("ehec"), 3, named("仮野 一太郎"));
        assert_eq!(found(&memory, "ehec"), Some((3, "仮野 一太郎".into())));
        assert_eq!(found(&memory, "rubella"), Some((4, "架空 花子".into())));
    }
}
