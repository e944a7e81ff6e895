//! Looking for people without opening what was found: whether somebody is in the records is an answer too.
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Finding, median};
use crate::domain::ids::PersonId;
use crate::domain::time::Timestamp;
use crate::japanese::names::match_key;
use crate::office::review::access::{Access, Deed};
use crate::office::review::facts::{Facts, Worker};
use crate::office::review::mark::{Mark, Marks};
use crate::office::review::rules::people::People;

/// Whoever opens nothing for so long after a search opens nothing because of it.
const SOON_S: i64 = 600;
/// A name is often looked for in two or three ways before it is found.
const TRIES: usize = 3;
const TIMES: usize = 3;
/// Searches a day that end in nothing are ordinary: a caller asks whether a report arrived.
const FLOOR_A_DAY: usize = 4;
/// How much each search beyond the floor adds.
const EACH: u32 = 3;

/// Days on which somebody looked for many people and opened none, and every search for somebody near.
pub fn findings(period: &[&Access], facts: &Facts, people: &People<'_>) -> Vec<Finding> {
    let mut days: BTreeMap<(NaiveDate, PersonId), Vec<&Access>> = BTreeMap::new();
    for (person, unopened) in unopened(period, facts) {
        days.entry((unopened.at.date_in_japan(), person)).or_default().push(unopened);
    }
    let section = |person: PersonId| worker(facts, person).map(|worker| worker.section.as_str());
    let mut findings = Vec::new();
    for ((_, person), searches) in &days {
        let Some(worker) = worker(facts, *person) else { continue };
        let terms = distinct(searches);
        let others = days.iter().filter(|((_, who), _)| who != person && section(*who) == section(*person));
        let usual = median(others.map(|(_, searches)| distinct(searches)).collect());
        let mut marks = Marks::default();
        let beyond = terms.saturating_sub(FLOOR_A_DAY.max(usual * TIMES));
        if beyond > 0 {
            marks.add(Mark::SearchOnly);
        }
        for term in searches.iter().filter_map(|search| search.term.as_ref()) {
            marks = marks.and(people.marks_of_term(worker, term));
        }
        if !marks.is_empty() {
            let seqs = searches.iter().map(|search| search.seq).collect();
            let extra = u32::try_from(beyond).unwrap_or(u32::MAX).saturating_mul(EACH).min(60);
            findings.push(Finding { seqs, marks, extra });
        }
    }
    findings
}

/// Searches after which nothing was opened. Of a run of searches that ends in something opened, the last few led to it.
fn unopened<'a>(period: &[&'a Access], facts: &Facts) -> Vec<(PersonId, &'a Access)> {
    let mut runs: BTreeMap<PersonId, Vec<&Access>> = BTreeMap::new();
    let mut found = Vec::new();
    for access in period {
        let Some(worker) = facts.worker(access.actor) else { continue };
        let person = worker.person;
        let run = runs.entry(person).or_default();
        let is_late = |last: Timestamp| access.at.seconds_since(last) > SOON_S;
        match access.deed() {
            Deed::Search if access.is_done() => {
                if run.last().is_some_and(|last| is_late(last.at)) {
                    found.extend(run.drain(..).map(|search| (person, search)));
                }
                run.push(access);
            }
            Deed::Look | Deed::Work | Deed::Prepare if access.record.is_some() => {
                let led = if run.last().is_some_and(|last| is_late(last.at)) { 0 } else { TRIES };
                let kept = run.len().saturating_sub(led);
                found.extend(run.drain(..kept).map(|search| (person, search)));
                run.clear();
            }
            _ => {}
        }
    }
    for (person, run) in runs {
        found.extend(run.into_iter().map(|search| (person, search)));
    }
    found
}

/// How many different people were looked for: a name that is typed a little longer is the same one. A term that was
/// erased counts.
fn distinct(searches: &[&Access]) -> usize {
    let mut terms: Vec<String> = Vec::new();
    let mut erased = 0;
    for search in searches {
        let Some(term) = &search.term else {
            erased += 1;
            continue;
        };
        let key = match_key(term.expose());
        let is_same = |known: &&mut String| known.starts_with(&key) || key.starts_with(known.as_str());
        match terms.iter_mut().find(is_same) {
            Some(known) if known.len() < key.len() => *known = key,
            Some(_) => {}
            None => terms.push(key),
        }
    }
    terms.len() + erased
}

fn worker(facts: &Facts, person: PersonId) -> Option<&Worker> {
    facts.staff.values().find(|worker| worker.person == person)
}
