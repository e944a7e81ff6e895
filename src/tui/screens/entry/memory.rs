//! What is at hand at this desk: what was registered last, for "the same as before", and the places of the site.
//!
//! It lives as long as the worklist of one sign-in and is never written anywhere.
use crate::form::{Value, Values};
use crate::japanese::gazetteer::Gazetteer;
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
}

/// Shared by the worklist and the entry screens opened from it.
pub type SharedMemory = Rc<RefCell<Memory>>;

impl Memory {
    pub fn remember(&mut self, form: &str, values: Values) {
        self.newest = values.clone();
        self.last.insert(form.to_owned(), values);
    }

    /// What a household has in common, whatever the form: reports of one family come one after the other.
    pub fn of_household(&self, key: &str) -> Option<Value> {
        self.newest.value(key).cloned()
    }

    pub fn value(&self, form: &str, key: &str) -> Option<Value> {
        self.last.get(form)?.value(key).cloned()
    }
}
