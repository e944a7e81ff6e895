//! Far more records than others of the section: scraping.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::median;
use crate::domain::ids::{PersonId, RecordId};
use crate::domain::time::Timestamp;

/// More than so many times the section's median.
const TIMES: usize = 3;
/// What a quiet section must not make suspicious.
const FLOOR_A_DAY: usize = 20;
const FLOOR_A_WEEK: usize = 60;
/// A section of which fewer days are known is measured by the whole office.
const KNOWN_MIN: usize = 5;

/// One look at one record.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub seq: u64,
    pub at: Timestamp,
    pub person: PersonId,
    pub section: &'a str,
    pub record: RecordId,
}

/// A day or a week of one person that shows too much.
#[derive(Clone, Debug)]
pub struct Excess {
    pub person: PersonId,
    /// The looks of that day or week, in order.
    pub seqs: Vec<u64>,
    pub records: usize,
    /// What is usual in the section.
    pub usual: usize,
}

/// Days first; a week counts for itself only where none of its days does.
pub fn excesses(looks: &[Look<'_>]) -> Vec<Excess> {
    let days = found(looks, FLOOR_A_DAY, Timestamp::date_in_japan);
    let of_days: BTreeSet<u64> = days.iter().flat_map(|day| day.seqs.iter().copied()).collect();
    let mut all = days;
    let weeks = found(looks, FLOOR_A_WEEK, |at| monday(at.date_in_japan()));
    all.extend(weeks.into_iter().filter(|week| !week.seqs.iter().any(|seq| of_days.contains(seq))));
    all
}

struct Span<'a> {
    section: &'a str,
    records: BTreeSet<RecordId>,
    seqs: Vec<u64>,
}

fn found(looks: &[Look<'_>], floor: usize, span_of: impl Fn(Timestamp) -> NaiveDate) -> Vec<Excess> {
    let mut spans: BTreeMap<(NaiveDate, PersonId), Span<'_>> = BTreeMap::new();
    for look in looks {
        let key = (span_of(look.at), look.person);
        let empty = || Span { section: look.section, records: BTreeSet::new(), seqs: Vec::new() };
        let span = spans.entry(key).or_insert_with(empty);
        span.records.insert(look.record);
        span.seqs.push(look.seq);
    }
    let mut excesses = Vec::new();
    for ((_, person), span) in &spans {
        let records = span.records.len();
        // The median of the others: whoever looks at too much every day must not make it usual.
        let others = |section: Option<&str>| -> Vec<usize> {
            let fits = |other: &Span<'_>| section.is_none_or(|section| section == other.section);
            let counted = spans.iter().filter(|((_, who), other)| who != person && fits(other));
            counted.map(|(_, other)| other.records.len()).collect()
        };
        if records <= floor {
            continue;
        }
        let mut known = others(Some(span.section));
        if known.len() < KNOWN_MIN {
            known = others(None);
        }
        let usual = median(known);
        if records > usual * TIMES {
            excesses.push(Excess { person: *person, seqs: span.seqs.clone(), records, usual });
        }
    }
    excesses
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - chrono::Days::new(u64::from(date.weekday().num_days_from_monday()))
}
