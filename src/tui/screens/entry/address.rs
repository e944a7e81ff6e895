//! From a postal code to an address, and whether the address is this office's to deal with.
//!
//! What a person typed is never overwritten: only an empty address, or one that says no more than the code before said.
use super::Entry;
use super::offer::{Candidate, Offer, Then};
use crate::form::{Identity, Item, Kind, Value};
use crate::japanese::gazetteer::{Gazetteer, Municipality, Town};
use crate::japanese::postal::PostalCode;
use crate::japanese::width::fold_ascii;
use crate::text::{Lang, entry as words, fill};

/// A shorter beginning of a code means half a prefecture.
const PREFIX_MIN: usize = 3;
/// Ten pages are not leafed through to the end.
const BY_PREFIX_MAX: usize = 90;

impl Entry {
    /// A postal code is about to say something new: fills the address that belongs to it, as far as it may.
    pub(super) fn fill_address(&mut self, after: Option<&Value>, lang: Lang) {
        let item = self.item();
        let Kind::PostalCode { fills: Some(target) } = &item.kind else { return };
        let before = self.values.value(&item.key).cloned();
        let Some(at) = self.form().items.iter().position(|item| item.key == *target) else { return };
        if before.as_ref() == after || !self.view.items.get(at).is_some_and(|view| view.shown) {
            return;
        }
        let address = self.text_of(target);
        let free = address.is_empty() || self.fillings(before.as_ref()).contains(&address);
        let possible = self.fillings(after);
        let typed = after.is_some_and(|code| number(code).is_some());
        if typed && possible.is_empty() {
            self.message = words::POSTAL_UNKNOWN.in_lang(lang).to_owned();
        }
        if free {
            let filled = possible.into_iter().next().filter(|text| !text.is_empty());
            self.change_beside(at, filled.map(Value::Text));
        } else if let Some(first) = possible.first().filter(|first| !address.starts_with(first.as_str())) {
            self.message = fill(words::POSTAL_DIFFERS.in_lang(lang), &[first]);
        }
    }

    /// A change of an item that is not the one in focus. It is kept with the change that follows.
    fn change_beside(&mut self, at: usize, after: Option<Value>) {
        let before = self.values.value(&self.item_at(at).key).cloned();
        if before != after {
            self.set(at, after.clone());
            self.history.note(at, before, after);
        }
    }

    /// What a code may have put into an address: first what it does put there.
    fn fillings(&self, code: Option<&Value>) -> Vec<String> {
        let Some(number) = code.and_then(number) else { return Vec::new() };
        let memory = self.memory.borrow();
        let towns = memory.gazetteer.towns(number);
        let written: Vec<String> = towns.iter().flat_map(Town::addresses).collect();
        if written.len() < 2 {
            return written;
        }
        // Several: as much as they have in common, down to the municipality.
        let mut municipalities = towns.iter().map(|town| town.municipality);
        let first = municipalities.next().map(Municipality::full_name).unwrap_or_default();
        let common = if municipalities.all(|one| one.full_name() == first) { first } else { String::new() };
        std::iter::once(common).chain(written).collect()
    }

    /// Whether the text in an address is what its postal code left open.
    pub(super) fn may_be_filled(&self, text: &str) -> bool {
        let code = self.code_of(self.item());
        let fillings = self.fillings(code);
        fillings.len() > 1 && fillings.first().is_some_and(|common| common == text)
    }

    /// The ways to write the address of the postal code that fills this item.
    pub(super) fn address_offer(&self) -> Option<Offer> {
        let number = number(self.code_of(self.item())?)?;
        let memory = self.memory.borrow();
        let towns = memory.gazetteer.towns(number);
        let several = towns.len() > 1;
        let candidates = towns.iter().flat_map(|town| {
            town.addresses().into_iter().map(move |text| {
                let shown = if several { with_note(&text, town) } else { text.clone() };
                Candidate { shown, text }
            })
        });
        Offer::new(candidates.collect(), Then::GoOnTyping)
    }

    /// The codes that begin with what is typed.
    pub(super) fn code_offer(&self) -> Option<Offer> {
        let digits = fold_ascii(&self.editor.text()).replace('-', "");
        if digits.len() < PREFIX_MIN {
            return None;
        }
        let memory = self.memory.borrow();
        let towns = memory.gazetteer.table().by_prefix(&digits, BY_PREFIX_MAX);
        let candidate = |town: &Town<'_>| {
            let text = format!("{:07}", town.code);
            let shown = format!("{:03}-{:04}", town.code / 10_000, town.code % 10_000);
            let address = town.addresses().into_iter().next().unwrap_or_default();
            Candidate { shown: format!("{shown} {}", with_note(&address, town)), text }
        };
        let mut candidates: Vec<Candidate> = towns.iter().map(candidate).collect();
        candidates.dedup_by(|b, a| a.text == b.text);
        Offer::new(candidates, Then::NextItem)
    }

    /// The postal code that fills this item.
    fn code_of(&self, address: &Item) -> Option<&Value> {
        let fills = |item: &&Item| matches!(&item.kind, Kind::PostalCode { fills: Some(target) } if *target == address.key);
        let code = self.form().items.iter().find(fills)?;
        self.values.value(&code.key)
    }

    /// The municipality of the person's address, when another health centre is competent for it.
    pub(super) fn look_elsewhere(&self) -> Option<String> {
        let item = self.form().with_identity(Identity::Address)?;
        let memory = self.memory.borrow();
        let gazetteer: &Gazetteer = &memory.gazetteer;
        gazetteer.elsewhere(&self.text_of(&item.key)).map(Municipality::full_name)
    }

    /// A remark about the item, never an objection: reports about people elsewhere are taken in and passed on.
    pub(super) fn elsewhere_at(&self, item: &Item) -> Option<&str> {
        self.elsewhere.as_deref().filter(|_| item.identity == Some(Identity::Address))
    }

    pub(super) fn text_of(&self, key: &str) -> String {
        match self.values.value(key) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }
}

fn number(code: &Value) -> Option<u32> {
    match code {
        Value::Text(text) => PostalCode::parse(text).ok().map(|code| code.number()),
        _ => None,
    }
}

fn with_note(address: &str, town: &Town<'_>) -> String {
    if town.note.is_empty() { address.to_owned() } else { format!("{address} ({})", town.note) }
}

/// The sentence about it.
pub(super) fn elsewhere_sentence(municipality: &str, lang: Lang) -> String {
    fill(words::ELSEWHERE.in_lang(lang), &[&municipality])
}
