//! Who else is named in what was typed freely.
//!
//! A patient's mail once held the name of another patient, who had been copied into it. Whoever is in the records of this
//! office and is named in free text without being one of the people of the form is told before anybody is asked.
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::domain::ids::RecordId;
use crate::form::{Bilingual, Complete, Form, Identity, Item, Kind, Value};
use crate::japanese::names::match_key;
use crate::japanese::phone::Phone;
use crate::office::store::{self, Tx};

/// Shorter names are parts of ordinary words.
const NAME_MIN: usize = 3;
/// Family and given name together; longer ones are rarer than the time they would cost.
const NAME_MAX: usize = 10;
/// A telephone number with its area code.
const NUMBER_MIN: usize = 10;
const NUMBER_MAX: usize = 11;

/// The items that name somebody else, or give somebody else's telephone number.
pub fn find(
    tx: &Tx<'_>,
    record: RecordId,
    form: &Form,
    complete: &Complete,
    left_out: &BTreeSet<String>,
) -> store::Result<Vec<Bilingual>> {
    let own = Own::of(form, complete);
    let mut items = Vec::new();
    for item in form.items.iter().filter(|item| is_free_text(item) && !left_out.contains(&item.key)) {
        let Some(Value::Text(text)) = complete.value(&item.key) else { continue };
        if names_somebody(tx, record, text, &own)? || calls_somebody(tx, record, text, &own)? {
            items.push(item.label.clone());
        }
    }
    Ok(items)
}

/// The people and numbers that the form itself asks for.
struct Own {
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Own {
    fn of(form: &Form, complete: &Complete) -> Self {
        let texts = |fits: fn(&Kind) -> bool| {
            form.items.iter().filter(move |item| fits(&item.kind)).filter_map(|item| {
                match complete.value(&item.key) {
                    Some(Value::Text(text)) => Some(text.clone()),
                    _ => None,
                }
            })
        };
        let is_name = |kind: &Kind| matches!(kind, Kind::Name { .. });
        let is_number = |kind: &Kind| matches!(kind, Kind::Phone | Kind::Fax);
        Self {
            names: texts(is_name).map(|name| match_key(&name)).collect(),
            numbers: texts(is_number).map(|number| digits_of(&number)).collect(),
        }
    }
}

fn is_free_text(item: &Item) -> bool {
    let free = matches!(item.kind, Kind::Text { .. } | Kind::MultiLine { .. });
    free && !matches!(item.identity, Some(Identity::Address))
}

fn names_somebody(tx: &Tx<'_>, record: RecordId, text: &str, own: &Own) -> store::Result<bool> {
    for run in text.split(|c: char| !may_be_in_a_name(c) && !c.is_whitespace()) {
        let folded: Vec<char> = match_key(run).chars().collect();
        for start in 0..folded.len() {
            for length in NAME_MIN..=NAME_MAX {
                let Some(window) = folded.get(start..start + length) else { break };
                let name: String = window.iter().collect();
                if !own.names.contains(&name) && tx.is_somebody_called(&name, record)? {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

fn calls_somebody(tx: &Tx<'_>, record: RecordId, text: &str, own: &Own) -> store::Result<bool> {
    let folded: String = text.nfkc().collect();
    let is_apart = |c: char| !c.is_ascii_digit() && !"-() ".contains(c);
    for run in folded.split(is_apart) {
        let digits = digits_of(run);
        if (NUMBER_MIN..=NUMBER_MAX).contains(&digits.len())
            && !own.numbers.contains(&digits)
            && Phone::parse(&digits).is_ok()
            && tx.is_somebody_called_at(&digits, record)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn may_be_in_a_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '々' | 'ー' | 'ヶ' | 'ゝ' | 'ゞ')
}

fn digits_of(text: &str) -> String {
    text.nfkc().filter(char::is_ascii_digit).collect()
}
