//! Own record, relatives, colleagues, the same surname.
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::ids::{PersonId, RecordId};
use crate::domain::sensitive::Personal;
use crate::japanese::names::match_key;
use crate::office::review::facts::{
    About, Facts, Kin, Relation, Worker, is_same_person, sounds_like_same_person, surname,
};
use crate::office::review::mark::{Mark, Marks};

/// A surname of fewer people than this is rare, however few records there are.
const COMMON_PEOPLE: usize = 3;
/// One in so many.
const COMMON_SHARE: usize = 100;

/// Who is near to whom, and how common surnames are here.
pub struct People<'a> {
    facts: &'a Facts,
    surnames: HashMap<String, usize>,
    records: usize,
}

impl<'a> People<'a> {
    pub fn new(facts: &'a Facts) -> Self {
        let mut surnames: HashMap<String, usize> = HashMap::new();
        for about in facts.records.values() {
            if let Some(name) = surname(about.name.expose()) {
                *surnames.entry(name).or_default() += 1;
            }
        }
        Self { facts, surnames, records: facts.records.len() }
    }

    /// What the record of somebody is to this member of staff.
    pub fn marks(&self, worker: &Worker, record: RecordId) -> Marks {
        let Some(about) = self.facts.records.get(&record) else { return Marks::default() };
        let mut marks = self.near(worker, (about.name.expose(), Some(about.reading.expose())), born(about));
        // Whose own record or relative it is shares the name anyway.
        if marks.is_empty() && self.same_surname(worker, about) {
            marks.add(if self.is_common(&worker.name) { Mark::SameSurname } else { Mark::RareSurname });
        }
        marks
    }

    /// What a search term says: somebody near, by full name or reading.
    pub fn marks_of_term(&self, worker: &Worker, term: &Personal<String>) -> Marks {
        self.near(worker, (term.expose(), None), None)
    }

    /// Own person, declared relatives, colleagues. Without a reading the name may be one.
    fn near(
        &self,
        worker: &Worker,
        (name, reading): (&str, Option<&String>),
        birth: Option<NaiveDate>,
    ) -> Marks {
        let mut marks = Marks::default();
        if is_same_person((&worker.name, self.own_birth(worker.person)), (name, birth)) {
            marks.add(Mark::OwnRecord);
        }
        let is = |kin: &&Kin| match reading {
            Some(reading) => {
                is_same_person((kin.name.expose(), date(kin)), (name, birth))
                    || sounds_like_same_person((kin.reading.expose(), date(kin)), (reading, birth))
            }
            None => [&kin.name, &kin.reading]
                .iter()
                .any(|known| !known.expose().is_empty() && match_key(known.expose()) == match_key(name)),
        };
        let near = |kin: &&Kin| kin.of == worker.person && kin.relation != Relation::Own;
        if self.facts.kin.iter().filter(near).any(|kin| is(&kin)) {
            marks.add(Mark::Kin);
        }
        let is_colleague = |other: &&Worker| {
            other.person != worker.person
                && is_same_person((&other.name, self.own_birth(other.person)), (name, birth))
        };
        if self.facts.staff.values().any(|other| is_colleague(&other)) {
            marks.add(Mark::Colleague);
        }
        marks
    }

    fn own_birth(&self, person: PersonId) -> Option<NaiveDate> {
        let own = |kin: &&Kin| kin.of == person && kin.relation == Relation::Own;
        self.facts.kin.iter().find(own).and_then(date)
    }

    fn same_surname(&self, worker: &Worker, about: &About) -> bool {
        let Some(mine) = surname(&worker.name) else { return false };
        match surname(about.name.expose()) {
            Some(theirs) => mine == theirs,
            // A name that is written without a space.
            None => match_key(about.name.expose()).starts_with(&mine),
        }
    }

    fn is_common(&self, name: &str) -> bool {
        let people = surname(name).and_then(|name| self.surnames.get(&name).copied()).unwrap_or(0);
        people >= COMMON_PEOPLE && people * COMMON_SHARE >= self.records
    }
}

fn born(about: &About) -> Option<NaiveDate> {
    about.birth_date.as_ref().map(|date| *date.expose())
}

fn date(kin: &Kin) -> Option<NaiveDate> {
    kin.birth_date.as_ref().map(|date| *date.expose())
}
