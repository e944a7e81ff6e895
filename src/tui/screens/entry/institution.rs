//! Institution and doctor out of the register: found by reading, name or number, chosen by a digit.
//!
//! The items are those of the block `header`, which every report has; a form without them asks nothing here.
use super::Entry;
use super::offer::{Candidate, Offer, Then};
use crate::domain::institution::{Doctor, Institution};
use crate::form::Value;
use crate::office::InstitutionRow;
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Effect};
use crate::tui::screens::institutions::begins_with;

const CODE: &str = "institution_code";
const DOCTOR: &str = "doctor";
/// More pages than this are found faster by one letter more.
const OFFERED_MAX: usize = 45;

impl Entry {
    /// Institutions that may be meant by what stands in the number's item; all of them, last used first, by F2.
    pub(super) fn institution_offer(&self, typed: &str) -> Option<Offer> {
        if self.item().key != CODE {
            return None;
        }
        let memory = self.memory.borrow();
        let meant = memory.institutions.iter().filter(|row| begins_with(&row.institution, typed));
        let candidate = |row: &InstitutionRow| {
            let Institution { code, name, .. } = &row.institution;
            Candidate { shown: format!("{name}({code})"), text: code.clone() }
        };
        Offer::new(meant.take(OFFERED_MAX).map(candidate).collect(), Then::Institution)
    }

    /// While letters are typed: a number is typed to its end, a reading is not.
    pub(super) fn institution_offer_while_typing(&self) -> Option<Offer> {
        let typed = self.editor.text();
        let letters = typed.chars().next().is_some_and(|first| !first.is_ascii_digit());
        letters.then(|| self.institution_offer(&typed)).flatten()
    }

    /// The doctors of the institution of this report, who wrote last first.
    pub(super) fn doctor_offer(&self) -> Option<Offer> {
        if self.item().key != DOCTOR {
            return None;
        }
        let memory = self.memory.borrow();
        let doctors = memory.institution(&self.text_of(CODE)).map_or(&[][..], |known| &known.doctors);
        let candidate = |Doctor { name, .. }: &Doctor| Candidate { shown: name.clone(), text: name.clone() };
        Offer::new(doctors.iter().map(candidate).collect(), Then::NextItem)
    }

    /// The number, when it is that item that says something.
    pub(super) fn number_of_institution(&self, said: Option<&Value>) -> Option<String> {
        match said {
            Some(Value::Text(text)) if self.item().key == CODE => Some(text.clone()),
            _ => None,
        }
    }

    /// What the register says about the number that was chosen or typed, where nothing else was typed.
    pub(super) fn fill_institution(&mut self, code: &str, desk: &mut Desk<'_>) -> Vec<Effect<Counter>> {
        let known = self.memory.borrow().institution(code).cloned();
        let Some(Institution { name, address, phone, .. }) = known else { return Vec::new() };
        let facts =
            [("institution_name", name), ("institution_address", address), ("institution_phone", phone)];
        let mut effects = Vec::new();
        for (key, text) in facts {
            let Some(at) = self.form().items.iter().position(|item| item.key == key) else { continue };
            if !text.is_empty() && self.values.value(key).is_none() {
                effects.extend(self.commit(at, Some(Value::Text(text)), desk));
            }
        }
        effects
    }

    /// The focus goes on behind what the register has filled: to the doctor, mostly. What it does not know and nobody
    /// has to know is passed over; Up leads there.
    pub(super) fn go_behind_institution(&mut self) {
        let open = |at: &usize| {
            let wanted = self.view.items.get(*at).is_some_and(|item| item.required);
            wanted && self.values.value(&self.item_at(*at).key).is_none()
        };
        let next = (self.focus + 1..self.form().items.len()).filter(|at| self.takes_focus(*at)).find(open);
        if let Some(at) = next {
            self.go(at);
        }
    }
}

#[cfg(test)]
mod tests;
