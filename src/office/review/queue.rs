//! From accesses and facts to the ranked rows.
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::access::{Access, Deed};
use super::device;
use super::facts::{Facts, Worker};
use super::mark::{Group, Mark, Marks};
use super::rules::people::People;
use super::rules::volume::{self, Look};
use super::rules::{Finding, hours, misses, register, searches, section, sending};
use super::sample;
use super::works::{Work, Works};
use crate::domain::ids::{PersonId, RecordId};

/// No work explains it.
const UNEXPLAINED: u32 = 40;
/// Not even somebody of the own section was at work on it.
const COLD: u32 = 12;
/// Days on which somebody comes back to a record before it is more than an afterthought.
const DAYS_AGAIN: usize = 3;
/// People without work on a record who make a crowd.
const CROWD: usize = 3;
/// So many unexplained looks of one person in one day are one question to that person.
const BROWSED: usize = 3;
/// What each of them adds.
const BROWSED_EACH: u32 = 2;
/// What is said of whole days too, and need not keep a row by itself.
const OF_DAYS: [Mark; 2] = [Mark::OtherSection, Mark::AfterHours];

/// What is reviewed, and how the random part is drawn.
#[derive(Clone, Debug)]
pub struct Period {
    /// The events of the period; those around it only explain.
    pub seqs: RangeInclusive<u64>,
    /// Drawn at random from what nothing flagged.
    pub sample: usize,
    /// The hash of an event that was written after all others of the period.
    pub seed: [u8; 32],
}

/// One row to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    /// The event that stands for the row.
    pub seq: u64,
    pub group: Group,
    pub marks: Marks,
    /// All events of the row, itself among them.
    pub seqs: Vec<u64>,
    /// The own work nearest to it, whether it explains it or not.
    pub work: Option<u64>,
    pub weight: u32,
}

/// The ranked queue of a period. `accesses` are in order of their numbers and reach beyond the period at both ends.
pub fn queue(accesses: &[Access], facts: &Facts, period: &Period) -> Vec<QueueRow> {
    let inside: Vec<&Access> = accesses.iter().filter(|access| period.seqs.contains(&access.seq)).collect();
    let works = Works::of(accesses, facts);
    let people = People::new(facts);
    let mut units = units(&inside, facts, &works, &people);
    mark_crowds(&mut units);

    let mut rows = Vec::new();
    rows.extend(fold_volume(&mut units, &inside, facts));
    rows.extend(fold_days(&mut units, &inside));
    let mut explained = Vec::new();
    for unit in units {
        if unit.is_row() { rows.push(unit.into_row()) } else { explained.push(unit.first) }
    }
    let single = [
        register::findings(&inside, accesses),
        sending::findings(&inside, facts),
        searches::findings(&inside, facts, &people),
        misses::findings(&inside, facts),
    ];
    rows.extend(single.into_iter().flatten().map(|finding| row_of(finding, Group::Rule)));
    rows.extend(device::findings(&inside).into_iter().map(|finding| row_of(finding, Group::Device)));
    let rows = merged(rows);
    let taken: BTreeSet<u64> = rows.iter().flat_map(|row| row.seqs.iter().copied()).collect();
    explained.retain(|seq| !taken.contains(seq));
    let drawn = sample::draw(&period.seed, &explained, period.sample);
    ranked(rows, drawn, &inside, facts, &works)
}

/// Everything that one person saw of one record in the period.
struct Unit {
    person: PersonId,
    record: RecordId,
    first: u64,
    /// Events of the row it may become.
    seqs: Vec<u64>,
    marks: Marks,
    explained: bool,
    cold: bool,
    work: Option<Work>,
}

impl Unit {
    /// Help across sections is daily work when work explains it; the other marks ask for a look even then.
    fn is_row(&self) -> bool {
        let alone = Marks::of(&[Mark::OtherSection, Mark::Again, Mark::Crowd]);
        !self.explained || self.marks.bits() & !alone.bits() != 0
    }

    /// Whether nothing is said of it but that no work explains it, and what holds for days as a whole.
    fn is_plain(&self) -> bool {
        !self.explained && self.marks.bits() & !Marks::of(&OF_DAYS).bits() == 0
    }

    fn into_row(self) -> QueueRow {
        let base = match (self.explained, self.cold) {
            (true, _) => 0,
            (false, false) => UNEXPLAINED,
            (false, true) => UNEXPLAINED + COLD,
        };
        QueueRow {
            seq: self.first,
            group: if self.explained { Group::Rule } else { Group::Unexplained },
            marks: self.marks,
            seqs: self.seqs,
            work: self.work.map(|work| work.seq),
            weight: base + self.marks.weight(),
        }
    }
}

fn units(inside: &[&Access], facts: &Facts, works: &Works, people: &People<'_>) -> Vec<Unit> {
    let mut looks: BTreeMap<(PersonId, RecordId), (&Worker, Vec<&Access>)> = BTreeMap::new();
    for access in inside.iter().filter(|access| access.deed() == Deed::Look && access.is_done()) {
        if let (Some(worker), Some(record)) = (facts.worker(access.actor), access.record) {
            looks.entry((worker.person, record)).or_insert((worker, Vec::new())).1.push(access);
        }
    }
    let one = |((person, record), (worker, looks)): (_, (&Worker, Vec<&Access>))| {
        unit(person, record, worker, &looks, (facts, works, people))
    };
    looks.into_iter().map(one).collect()
}

fn unit(
    person: PersonId,
    record: RecordId,
    worker: &Worker,
    looks: &[&Access],
    (facts, works, people): (&Facts, &Works, &People<'_>),
) -> Unit {
    let first = looks.first().expect("a unit is made of its first look");
    let explains = |look: &Access| works.explaining(person, record, look.at).is_some();
    // Whoever looks first and works later has found work; whoever had work may look again.
    let explained = explains(first);
    let late = |look: &&&Access| hours::is_after_hours(facts.hours, works, person, look.at, explains(look));
    let late: Vec<u64> = looks.iter().filter(late).map(|look| look.seq).collect();
    let mut marks = people.marks(worker, record);
    if !late.is_empty() {
        marks.add(Mark::AfterHours);
    }
    if section::is_of_another(works, worker, record, facts.records.get(&record)) {
        marks.add(Mark::OtherSection);
    }
    let of_row: Vec<&&Access> = looks.iter().filter(|look| explained || !explains(look)).collect();
    let days: BTreeSet<_> = of_row.iter().map(|look| look.at.date_in_japan()).collect();
    if !explained && days.len() >= DAYS_AGAIN {
        marks.add(Mark::Again);
    }
    let only_late = explained && people.marks(worker, record).is_empty();
    Unit {
        person,
        record,
        // Where the hour alone is unusual, the look at that hour stands for the row.
        first: late.first().copied().filter(|_| only_late).unwrap_or(first.seq),
        seqs: if only_late && !late.is_empty() { late } else { of_row.iter().map(|look| look.seq).collect() },
        marks,
        explained,
        cold: !works.is_of_section(record, &worker.section),
        work: works.nearest(person, record, first.at),
    }
}

fn mark_crowds(units: &mut [Unit]) {
    let mut viewers: BTreeMap<RecordId, usize> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !unit.explained) {
        *viewers.entry(unit.record).or_default() += 1;
    }
    for unit in units.iter_mut().filter(|unit| !unit.explained) {
        if viewers.get(&unit.record).is_some_and(|people| *people >= CROWD) {
            unit.marks.add(Mark::Crowd);
        }
    }
}

/// Days and weeks of too many records become one row each, and take in what is unexplained there and has no mark of its
/// own: who opened a hundred records must not fill the queue with them.
fn fold_volume(units: &mut Vec<Unit>, inside: &[&Access], facts: &Facts) -> Vec<QueueRow> {
    let looks: Vec<Look<'_>> = inside
        .iter()
        .filter(|access| access.deed() == Deed::Look && access.is_done())
        .filter_map(|access| {
            let (worker, record) = (facts.worker(access.actor)?, access.record?);
            let section = worker.section.as_str();
            Some(Look { seq: access.seq, at: access.at, person: worker.person, section, record })
        })
        .collect();
    let mut rows = Vec::new();
    for excess in volume::excesses(&looks) {
        let of_excess: BTreeSet<u64> = excess.seqs.iter().copied().collect();
        let mut marks = Marks::of(&[Mark::Volume]);
        let mut unexplained = 0;
        units.retain(|unit| {
            let folds = unit.person == excess.person
                && unit.is_plain()
                && unit.seqs.iter().all(|seq| of_excess.contains(seq));
            if folds {
                marks = marks.and(unit.marks);
                unexplained += 1;
            }
            !folds
        });
        let beyond = u32::try_from(excess.records.saturating_sub(excess.usual)).unwrap_or(u32::MAX);
        rows.push(QueueRow {
            seq: *excess.seqs.first().expect("a day with looks"),
            group: if unexplained > 0 { Group::Unexplained } else { Group::Rule },
            marks,
            seqs: excess.seqs,
            work: None,
            weight: marks.weight() + (beyond / 2).min(60) + unexplained * BROWSED_EACH,
        });
    }
    rows
}

/// A day on which somebody opened several records without work on them is one row: what was that about?
fn fold_days(units: &mut Vec<Unit>, inside: &[&Access]) -> Vec<QueueRow> {
    let days: BTreeMap<u64, NaiveDate> =
        inside.iter().map(|access| (access.seq, access.at.date_in_japan())).collect();
    // Of one day alone: who comes back on another day keeps a row.
    let day_of = |unit: &Unit| {
        let found: BTreeSet<NaiveDate> = unit.seqs.iter().filter_map(|seq| days.get(seq).copied()).collect();
        found.first().copied().filter(|_| unit.is_plain() && found.len() == 1)
    };
    let mut sittings: BTreeMap<(PersonId, NaiveDate), usize> = BTreeMap::new();
    for unit in units.iter() {
        if let Some(day) = day_of(unit) {
            *sittings.entry((unit.person, day)).or_default() += 1;
        }
    }
    let mut rows = Vec::new();
    for ((person, day), records) in sittings.into_iter().filter(|(_, records)| *records >= BROWSED) {
        let folds = |unit: &mut Unit| unit.person == person && day_of(unit) == Some(day);
        let mut marks = Marks::of(&[Mark::Browsed]);
        let mut seqs = Vec::new();
        for unit in units.extract_if(.., folds) {
            marks = marks.and(unit.marks);
            seqs.extend(unit.seqs);
        }
        seqs.sort_unstable();
        let many = u32::try_from(records).unwrap_or(u32::MAX).saturating_mul(BROWSED_EACH).min(40);
        let weight = UNEXPLAINED + marks.weight() + many;
        let seq = *seqs.first().expect("a day with looks");
        rows.push(QueueRow { seq, group: Group::Unexplained, marks, seqs, work: None, weight });
    }
    rows
}

fn row_of(finding: Finding, group: Group) -> QueueRow {
    QueueRow {
        seq: *finding.seqs.first().expect("a finding is about something"),
        group,
        marks: finding.marks,
        weight: finding.marks.weight() + finding.extra,
        seqs: finding.seqs,
        work: None,
    }
}

/// A verdict is about an event: no two rows may stand for the same one. The weightier keeps it, the other goes on to
/// the next of its own; where it has no other, both become one.
fn merged(mut rows: Vec<QueueRow>) -> Vec<QueueRow> {
    rows.sort_by_key(|row| (row.seqs.len(), row.group, std::cmp::Reverse(row.weight), row.seq));
    let mut kept: BTreeMap<u64, QueueRow> = BTreeMap::new();
    for mut row in rows {
        let free = std::iter::once(row.seq).chain(row.seqs.iter().copied());
        match free.into_iter().find(|seq| !kept.contains_key(seq)) {
            Some(seq) => {
                row.seq = seq;
                kept.insert(seq, row);
            }
            None => {
                let other = kept.get_mut(&row.seq).expect("its place is taken");
                other.marks = other.marks.and(row.marks);
                other.group = other.group.min(row.group);
                other.weight = other.weight.max(row.weight) + row.weight / 2;
            }
        }
    }
    kept.into_values().collect()
}

fn ranked(
    mut rows: Vec<QueueRow>,
    drawn: Vec<u64>,
    inside: &[&Access],
    facts: &Facts,
    works: &Works,
) -> Vec<QueueRow> {
    rows.extend(drawn.into_iter().map(|seq| QueueRow {
        seq,
        group: Group::Sample,
        marks: Marks::default(),
        seqs: vec![seq],
        work: None,
        weight: 0,
    }));
    let by_seq: BTreeMap<u64, &Access> = inside.iter().map(|access| (access.seq, *access)).collect();
    for row in rows.iter_mut().filter(|row| row.work.is_none()) {
        let Some(access) = by_seq.get(&row.seq) else { continue };
        if let (Some(worker), Some(record)) = (facts.worker(access.actor), access.record) {
            row.work = works.nearest(worker.person, record, access.at).map(|work| work.seq);
        }
    }
    rows.sort_by_key(|row| (row.group.part(), std::cmp::Reverse(row.weight), row.group, row.seq));
    rows
}
