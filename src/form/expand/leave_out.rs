//! Leaves out what a block, a frame or the form under an overlay offers and this form can never use: an item that waits for an answer that is
//! not offered here, a rule that can never fire, a page that nothing stands on.
use super::Entry;
use crate::form::declaration::RuleDecl;
use crate::form::expression::Expression;
use crate::form::mistake::Place;
use crate::form::reach::Reach;
use crate::form::schema::{Form, Page};

/// Where the things left out are declared; somewhere each of them has to be of use.
pub fn leave_out(
    form: &mut Form,
    entries: &mut Vec<Entry>,
    rules: &mut Vec<RuleDecl>,
    own: &str,
) -> Vec<Place> {
    let reach = hidden_items(form, entries, own);
    let useless: Vec<bool> = form
        .rules
        .iter()
        .zip(rules.iter())
        .map(|(rule, decl)| *decl.place.file != *own && !reach.fires(rule))
        .collect();
    let needed = |at: usize| {
        let kept_items = form.items.iter().enumerate().filter(|(other, _)| !reach.is_hidden(*other));
        let by_items = kept_items.flat_map(|(_, item)| item.expressions()).flat_map(Expression::items);
        let kept_rules = form.rules.iter().zip(&useless).filter(|(_, useless)| !**useless);
        let by_rules = kept_rules.flat_map(|(rule, _)| {
            let named = rule.when.iter().chain([&rule.assert]).flat_map(Expression::items);
            named.chain(rule.items.iter().copied())
        });
        by_items.chain(by_rules).any(|named| named == at)
    };
    let gone: Vec<bool> = (0..form.items.len()).map(|at| reach.is_hidden(at) && !needed(at)).collect();
    let mut places = keep(rules, &useless, |rule| rule.place.clone());
    places.extend(keep(entries, &gone, |entry| entry.decl.place.clone()));
    keep(&mut form.rules, &useless, |_| ());
    renumber(form, &gone);
    drop_empty_pages(form);
    places
}

/// Items of shared parts that are never shown; one may hide the next.
fn hidden_items<'f>(form: &'f Form, entries: &[Entry], own: &str) -> Reach<'f> {
    let mut reach = Reach::of(form);
    loop {
        let found: Vec<usize> = form
            .items
            .iter()
            .zip(entries)
            .enumerate()
            .filter(|(at, (item, entry))| {
                let shown = item.shown_if.as_ref();
                !reach.is_hidden(*at)
                    && *entry.decl.place.file != *own
                    && shown.is_some_and(|shown| reach.never(shown, true))
            })
            .map(|(at, _)| at)
            .collect();
        if found.is_empty() {
            return reach;
        }
        found.into_iter().for_each(|at| reach.hide(at));
    }
}

/// Removes what is marked and tells something about each.
fn keep<T, R>(list: &mut Vec<T>, gone: &[bool], tell: impl Fn(&T) -> R) -> Vec<R> {
    let mut marks = gone.iter();
    let mut told = Vec::new();
    list.retain(|entry| {
        let gone = marks.next().copied().unwrap_or(false);
        if gone {
            told.push(tell(entry));
        }
        !gone
    });
    told
}

/// Removes items; expressions and rules find the others at their new places.
fn renumber(form: &mut Form, gone: &[bool]) {
    let mut next = 0;
    let places: Vec<usize> = gone
        .iter()
        .map(|gone| {
            let place = next;
            next += usize::from(!gone);
            place
        })
        .collect();
    let moved = |at: usize| places.get(at).copied().unwrap_or(at);
    keep(&mut form.items, gone, |_| ());
    for item in &mut form.items {
        item.expressions_mut().for_each(|expression| expression.renumber(&moved));
    }
    for rule in &mut form.rules {
        rule.when.iter_mut().chain([&mut rule.assert]).for_each(|e| e.renumber(&moved));
        rule.items.iter_mut().for_each(|at| *at = moved(*at));
    }
}

fn drop_empty_pages(form: &mut Form) {
    let empty: Vec<bool> =
        (0..form.pages.len()).map(|page| form.items.iter().all(|item| item.page != page)).collect();
    for item in &mut form.items {
        item.page -= empty.iter().take(item.page).filter(|empty| **empty).count();
    }
    keep::<Page, ()>(&mut form.pages, &empty, |_| ());
}
