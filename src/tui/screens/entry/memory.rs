//! What is at hand at this desk: what was registered last, for "the same as before", and the places of the site.
//!
//! It lives as long as the worklist of one sign-in and is never written anywhere.
use crate::domain::institution::Institution;
use crate::form::{Form, Value, Values};
use crate::japanese::gazetteer::Gazetteer;
use crate::office::InstitutionRow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// See the module.
#[derive(Default)]
pub struct Memory {
    /// The last registered values by form.
    last: BTreeMap<String, Values>,
    /// Of any form.
    newest: Values,
    /// Those of the program until the office has said what the site has.
    pub gazetteer: Arc<Gazetteer>,
    /// The register of institutions, last used first.
    pub institutions: Vec<InstitutionRow>,
}

/// Shared by the worklist and the entry screens opened from it.
pub type SharedMemory = Rc<RefCell<Memory>>;

impl Memory {
    pub fn remember(&mut self, form: &Form, values: Values) {
        for (number, doctor) in form.institutions(&values) {
            self.note_institution(number, doctor);
        }
        self.newest = values.clone();
        self.last.insert(form.head.id.clone(), values);
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

    /// What a household has in common, whatever the form: reports of one family come one after the other.
    pub fn of_household(&self, key: &str) -> Option<Value> {
        self.newest.value(key).cloned()
    }

    pub fn value(&self, form: &str, key: &str) -> Option<Value> {
        self.last.get(form)?.value(key).cloned()
    }
}
