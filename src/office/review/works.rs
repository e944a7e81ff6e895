//! The work of a period, as what explains looks.
use std::collections::HashMap;

use super::access::{Access, Deed};
use super::facts::Facts;
use crate::domain::ids::{PersonId, RecordId};
use crate::domain::time::Timestamp;

const DAY_S: i64 = 24 * 3600;
/// A work item explains looks one day before and after it.
const AROUND_S: i64 = DAY_S;
/// Whoever worked on a record is asked about it for this long: the call of a doctor, the result of a laboratory.
const IN_CHARGE_S: i64 = 28 * DAY_S;
/// After hours, work within an hour says that somebody works late.
const BUSY_S: i64 = 3600;

/// One thing that somebody did at a record.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    pub seq: u64,
    pub at: Timestamp,
}

/// Work items by who and what.
#[derive(Debug, Default)]
pub struct Works {
    of_person: HashMap<PersonId, Vec<Timestamp>>,
    on_record: HashMap<(PersonId, RecordId), Vec<Work>>,
    sections: HashMap<RecordId, Vec<String>>,
}

impl Works {
    pub fn of(accesses: &[Access], facts: &Facts) -> Self {
        let mut works = Self::default();
        for access in accesses.iter().filter(|access| is_work(access, facts)) {
            let Some(worker) = facts.worker(access.actor) else { continue };
            works.of_person.entry(worker.person).or_default().push(access.at);
            for record in access.record.into_iter().chain(access.case) {
                let item = Work { seq: access.seq, at: access.at };
                works.on_record.entry((worker.person, record)).or_default().push(item);
                let sections = works.sections.entry(record).or_default();
                if !sections.contains(&worker.section) {
                    sections.push(worker.section.clone());
                }
            }
        }
        works
    }

    /// The work item that explains a look, the nearest first.
    pub fn explaining(&self, person: PersonId, record: RecordId, at: Timestamp) -> Option<Work> {
        self.nearest(person, record, at).filter(|work| {
            let since = at.seconds_since(work.at);
            (-AROUND_S..=IN_CHARGE_S).contains(&since)
        })
    }

    /// The work item nearest in time, however far.
    pub fn nearest(&self, person: PersonId, record: RecordId, at: Timestamp) -> Option<Work> {
        let items = self.on_record.get(&(person, record))?;
        items.iter().min_by_key(|work| at.seconds_since(work.at).abs()).copied()
    }

    /// Whether somebody worked on anything around this moment.
    pub fn is_busy(&self, person: PersonId, at: Timestamp) -> bool {
        let times = self.of_person.get(&person).map_or(&[][..], Vec::as_slice);
        times.iter().any(|time| at.seconds_since(*time).abs() <= BUSY_S)
    }

    /// Whether anybody of a section has worked on a record.
    pub fn is_of_section(&self, record: RecordId, section: &str) -> bool {
        self.sections.get(&record).is_some_and(|sections| sections.iter().any(|known| known == section))
    }
}

/// What explains. Preparing for a medium does not: it would explain itself.
fn is_work(access: &Access, facts: &Facts) -> bool {
    match access.deed() {
        Deed::Work => access.is_done(),
        Deed::Check => true,
        Deed::Prepare => access.is_done() && !access.destination.is_some_and(|id| facts.media.contains(&id)),
        _ => false,
    }
}
