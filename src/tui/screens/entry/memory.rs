//! What the person at the keyboard registered last, for "the same as before".
//!
//! It lives as long as the worklist of one sign-in and is never written anywhere.
use crate::form::{Value, Values};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The last registered values by form.
#[derive(Default)]
pub struct Memory {
    last: BTreeMap<String, Values>,
}

/// Shared by the worklist and the entry screens opened from it.
pub type SharedMemory = Rc<RefCell<Memory>>;

impl Memory {
    pub fn remember(&mut self, form: &str, values: Values) {
        self.last.insert(form.to_owned(), values);
    }

    pub fn value(&self, form: &str, key: &str) -> Option<Value> {
        self.last.get(form)?.value(key).cloned()
    }
}
