//! Characters that programs of other offices cannot write (CP932), and digits in a name: said once, never refused and
//! never replaced.
use super::Entry;
use crate::form::{Identity, Item, Kind, Value};
use crate::japanese::cp932::{Unencodable, encode};
use crate::text::{Lang, entry as words, fill};

/// One row has no room for more; whoever has two of them looks anyway.
const SHOWN_MAX: usize = 2;

impl Entry {
    /// The characters of a name or an address that a copy in Shift_JIS loses.
    pub(super) fn unwritable(&self, item: &Item) -> Vec<Unencodable> {
        let copied = matches!(item.kind, Kind::Name { .. }) || item.identity == Some(Identity::Address);
        match self.values.value(&item.key) {
            Some(Value::Text(text)) if copied => encode(text).err().unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// A slip of the keys, mostly; yet a name from abroad may have a number, so nobody is stopped.
    pub(super) fn has_digits(&self, item: &Item) -> bool {
        let digit = |c: char| matches!(c, '0'..='9' | '０'..='９');
        let name = matches!(item.kind, Kind::Name { .. });
        matches!(self.values.value(&item.key), Some(Value::Text(text)) if name && text.contains(digit))
    }
}

/// The sentence about them, with the numbers by which they are found in a list of characters.
pub(super) fn unwritable_sentence(missing: &[Unencodable], lang: Lang) -> Option<String> {
    let named = |one: &Unencodable| {
        let character = one.character.expose();
        let numbers: Vec<String> = character.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        format!("{character}({})", numbers.join(" "))
    };
    let mut characters: Vec<String> = missing.iter().map(named).collect();
    characters.dedup();
    characters.truncate(SHOWN_MAX);
    (!characters.is_empty()).then(|| fill(words::UNWRITABLE.in_lang(lang), &[&characters.join(" ")]))
}

#[cfg(test)]
mod tests;
