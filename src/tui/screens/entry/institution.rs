//! Institution, partner and doctor out of the register: found by reading, name or number, chosen by a digit.
//!
//! Which items those are, the form says (`register = { ... }`); a form without them asks nothing here.
use super::Entry;
use super::offer::{Candidate, Offer, Then};
use crate::domain::institution::{Contract, Doctor, Institution};
use crate::form::{Fact, Item, Level, Problem, Register, Value};
use crate::keymap::key::fold_char;
use crate::office::InstitutionRow;
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Effect};
use crate::tui::screens::institutions::begins_with;
use std::convert::Infallible;

/// More pages than this are found faster by one letter more.
const OFFERED_MAX: usize = 45;

impl Entry {
    /// Institutions that may be meant by what stands in the number's item; all of them, last used first, by F2.
    pub(super) fn institution_offer(&self, typed: &str) -> Option<Offer> {
        let register = self.item().register.as_ref()?;
        let memory = self.memory.borrow();
        let meant = memory
            .institutions
            .iter()
            .filter(|row| self.may_be_asked(register, &row.institution))
            .filter(|row| begins_with(&row.institution, typed));
        let candidate = |row: &InstitutionRow| {
            let Institution { code, name, .. } = &row.institution;
            Candidate { shown: format!("{name}({code})"), text: code.clone() }
        };
        Offer::new(meant.take(OFFERED_MAX).map(candidate).collect(), Then::Institution)
    }

    /// While letters are typed: a number is typed to its end, a reading is not.
    pub(super) fn institution_offer_while_typing(&self) -> Option<Offer> {
        let typed = self.editor.text();
        let letters = typed.chars().next().map(fold_char).is_some_and(|first| !first.is_ascii_digit());
        letters.then(|| self.institution_offer(&typed)).flatten()
    }

    /// The doctors of the institution of this report, who wrote last first.
    pub(super) fn doctor_offer(&self) -> Option<Offer> {
        let wanted = Some(&self.item().key);
        let number = self.registers().find(|(_, register)| register.doctor.as_ref() == wanted)?.0;
        let memory = self.memory.borrow();
        let doctors = memory.institution(&self.text_of(&number.key)).map_or(&[][..], |known| &known.doctors);
        let candidate = |Doctor { name, .. }: &Doctor| Candidate { shown: name.clone(), text: name.clone() };
        Offer::new(doctors.iter().map(candidate).collect(), Then::NextItem)
    }

    /// The number that stood in its item and the one that it says now.
    pub(super) fn numbers_of_institution(&self, said: Option<&Value>) -> Option<(String, String)> {
        let said = match said {
            Some(Value::Text(text)) => text.clone(),
            // An emptied number takes along what the register said about it.
            _ => String::new(),
        };
        self.item().register.is_some().then(|| (self.text_of(&self.item().key), said))
    }

    /// What the register says about the number that was chosen or typed, in place of nothing and of what it said about
    /// the number before: one institution's telephone must not stay beside another's name.
    pub(super) fn fill_institution(
        &mut self,
        before: &str,
        now: &str,
        desk: &mut Desk<'_>,
    ) -> Vec<Effect<Counter>> {
        let Some(register) = self.item().register.clone() else { return Vec::new() };
        let [before, now] =
            [before, now].map(|code| facts(&register, self.memory.borrow().institution(code)));
        let mut effects = Vec::new();
        for ((key, old), (_, new)) in before.into_iter().zip(now) {
            let Some(at) = self.form().items.iter().position(|item| item.key == key) else { continue };
            if self.values.value(&key).is_none_or(|value| Some(value) == old.as_ref()) {
                effects.extend(self.commit(at, new, desk));
            }
        }
        effects
    }

    /// The focus goes on behind what the register has filled, or to what has to be known and the register did not say:
    /// to the doctor, mostly. What nobody has to know is passed over; Up leads there.
    pub(super) fn go_behind_institution(&mut self) {
        let Some(register) = &self.item().register else { return };
        let filled = register.fills.iter().map(|(_, key)| key);
        let hours = register.contract.as_ref().map(|contract| &contract.hours);
        let concerned: Vec<&String> = filled.chain(&register.doctor).chain(hours).collect();
        let concerns = |at: &usize| concerned.contains(&&self.item_at(*at).key);
        let wanted = |at: &usize| {
            let required = self.view.items.get(*at).is_some_and(|item| item.required);
            required && self.values.value(&self.item_at(*at).key).is_none()
        };
        let items = 0..self.form().items.len();
        let last = items.clone().rfind(concerns).unwrap_or(self.focus).max(self.focus);
        let mut behind = items.filter(|at| *at > self.focus && self.takes_focus(*at));
        let next = behind.find(|at| *at > last || concerns(at) && wanted(at));
        if let Some(at) = next {
            self.go(at);
        }
    }

    /// What seems to keep a partner from being asked stands at its item. It blocks nothing: the register at this desk may
    /// be older than that of the office, which decides when the request is registered. What a registered version says
    /// was decided then.
    pub(super) fn check_contracts(&mut self) {
        if self.draft.is_some_and(|draft| draft.is_revision) {
            return;
        }
        let problems = {
            let memory = self.memory.borrow();
            let contract = |number: &str| -> Result<Option<Contract>, Infallible> {
                Ok(memory.institution(number).and_then(|known| known.contract.clone()))
            };
            let Ok(problems) = self.form().contract_problems(&self.view, None, contract);
            problems
        };
        for problem in problems {
            let at = self.form().items.iter().position(|item| item.key == problem.item);
            if let Some(item) = at.and_then(|at| self.view.items.get_mut(at)) {
                item.problems.push(Problem { level: Level::Warning, ..problem });
            }
        }
    }

    fn registers(&self) -> impl Iterator<Item = (&Item, &Register)> {
        self.form().items.iter().filter_map(|item| Some((item, item.register.as_ref()?)))
    }

    /// Of partners only those whose contract holds on the day for which they are asked.
    fn may_be_asked(&self, register: &Register, institution: &Institution) -> bool {
        let Some(asked) = &register.contract else { return true };
        let at = self.form().items.iter().position(|item| item.key == asked.on);
        let day = match at.and_then(|at| self.view.items.get(at)).and_then(|item| item.value.as_ref()) {
            Some(Value::Date(day)) => *day,
            _ => self.today(),
        };
        institution.contract.as_ref().is_some_and(|contract| contract.holds_on(day))
    }
}

/// What the register knows of an institution beside its number, item by item.
fn facts(register: &Register, known: Option<&Institution>) -> Vec<(String, Option<Value>)> {
    let text = |fact: &Fact| {
        let known = known?;
        let text = match fact {
            Fact::Name => &known.name,
            Fact::Address => &known.address,
            Fact::Phone => &known.phone,
            Fact::Fax => &known.fax,
        };
        (!text.is_empty()).then(|| Value::Text(text.clone()))
    };
    let mut facts: Vec<_> = register.fills.iter().map(|(fact, key)| (key.clone(), text(fact))).collect();
    if let Some(asked) = &register.contract {
        let contract = known.and_then(|known| known.contract.as_ref());
        // Of several hours somebody has to choose.
        let hours = match contract.map(|contract| contract.bands.as_slice()) {
            Some([only]) => Some(Value::Choice(only.code().to_owned())),
            _ => None,
        };
        facts.push((asked.hours.clone(), hours));
    }
    facts
}

#[cfg(test)]
mod tests;
