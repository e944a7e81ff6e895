//! The figures of a month (実績報告): counts of answers, no names.
use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::super::audit::{Action, RefKey};
use super::super::content::values_of;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, CountResults as Permit};
use super::super::reason::Reason;
use super::super::store::record::Registered;
use super::super::store::{self, Tx};
use crate::form::{Context, Form, Value, Values};

/// Counts the registered records of a form whose date falls into the month.
#[derive(Clone, Debug)]
pub struct CountResults {
    pub form: String,
    pub year: i32,
    pub month: u32,
}

/// What was counted: codes of answers under keys of items, in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub form: String,
    pub year: i32,
    pub month: u32,
    pub total: u64,
    pub items: Vec<ItemTally>,
    /// Answer of the first item, answer of the second, how often.
    pub cross: Vec<(String, String, u64)>,
}

/// How often each answer of one item was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemTally {
    pub item: String,
    pub answers: Vec<(String, u64)>,
}

impl sealed::Sealed for CountResults {}
impl Operation for CountResults {
    type Needs = Permit;
    type Outcome = Tally;
    const ACTION: Action = Action::CountResults;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Tally>, Reason> {
        let catalog = desk.house.catalog();
        let newest = catalog.latest(&self.form).ok_or(Reason::FormUnknown)?;
        let results = newest.results.as_ref().ok_or(Reason::NothingCounted)?;
        let month = NaiveDate::from_ymd_opt(self.year, self.month, 1).ok_or(Reason::NoSuchThing)?;
        let mut counting = Counting::default();
        for registered in tx.contents_of_form(&self.form)? {
            let form = catalog.form(&self.form, registered.form_version).ok_or(Reason::FormUnknown)?;
            let values = in_force(form, &registered)?;
            let Some(Value::Date(day)) = values.value(&results.on) else { continue };
            if (day.year(), day.month()) == (month.year(), month.month()) {
                counting.add(&values, &results.count, results.cross.as_ref());
            }
        }
        let tally = counting.tally(&self, newest);
        let rows = u32::try_from(tally.total).unwrap_or(u32::MAX);
        Ok(Acted::done(tally).with_ref(RefKey::Rows, &rows.to_be_bytes()))
    }
}

/// The record as it was registered: a date that nobody typed because the default was right counts as well.
fn in_force(form: &Form, registered: &Registered) -> Result<Values, Reason> {
    let context =
        Context { today: registered.registered_at.date_in_japan(), received_at: registered.received_at };
    let view = form.view(&values_of(&registered.content)?, &context);
    let shown = form.items.iter().zip(view.items).filter(|(_, item)| item.shown);
    Ok(shown.filter_map(|(item, view)| Some((item.key.clone(), view.value?))).collect())
}

#[derive(Default)]
struct Counting {
    total: u64,
    answers: BTreeMap<(String, String), u64>,
    cross: BTreeMap<(String, String), u64>,
}

impl Counting {
    fn add(&mut self, values: &Values, count: &[String], cross: Option<&(String, String)>) {
        let answer = |key: &str| match values.value(key) {
            Some(Value::Choice(code)) => Some(code.clone()),
            _ => None,
        };
        self.total += 1;
        for key in count {
            if let Some(code) = answer(key) {
                *self.answers.entry((key.clone(), code)).or_default() += 1;
            }
        }
        let pair = cross.and_then(|(one, other)| Some((answer(one)?, answer(other)?)));
        if let Some(pair) = pair {
            *self.cross.entry(pair).or_default() += 1;
        }
    }

    /// Every answer that the form offers, also those that nobody gave.
    fn tally(&self, asked: &CountResults, form: &Form) -> Tally {
        let results = form.results.as_ref();
        let codes = |key: &str| -> Vec<String> {
            let item = form.item(key);
            item.map_or(&[][..], |item| item.kind.options())
                .iter()
                .map(|option| option.code.clone())
                .collect()
        };
        let count = |key: &str, code: &str| {
            self.answers.get(&(key.to_owned(), code.to_owned())).copied().unwrap_or_default()
        };
        let items = results.map_or(&[][..], |results| &results.count).iter().map(|key| ItemTally {
            item: key.clone(),
            answers: codes(key).into_iter().map(|code| (code.clone(), count(key, &code))).collect(),
        });
        let mut cross = Vec::new();
        if let Some((one, other)) = results.and_then(|results| results.cross.as_ref()) {
            for first in codes(one) {
                for second in codes(other) {
                    let found = self.cross.get(&(first.clone(), second.clone())).copied();
                    cross.push((first.clone(), second, found.unwrap_or_default()));
                }
            }
        }
        Tally {
            form: form.head.id.clone(),
            year: asked.year,
            month: asked.month,
            total: self.total,
            items: items.collect(),
            cross,
        }
    }
}
