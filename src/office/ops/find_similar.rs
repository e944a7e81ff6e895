//! Find records that may be about the person who is being entered.
use chrono::NaiveDate;
use std::collections::BTreeMap;

use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListRecords};
use super::super::reason::Reason;
use super::super::store::record::RecordRow;
use super::super::store::subject::{Candidate, Likely, Subject};
use super::super::store::{self, Tx};
use super::super::subject::says_same_person;
use crate::domain::ids::RecordId;
use crate::domain::likeness::{Assessment, Decision, Traits, assess};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::form::Catalog;
use crate::japanese::kana::sound_key;
use crate::japanese::names::match_key;
use crate::japanese::person::{AddressKeyOrText, Person, near_dates, phone_key, traits};

/// As many as are looked at while somebody is typing.
pub const SIMILAR_MAX: usize = 5;

/// Compares a person with everybody known. The row in the log says for which record, and how many were shown.
#[derive(Clone, Debug)]
pub struct FindSimilar {
    /// The record that is being entered: it is not like itself.
    pub record: RecordId,
    pub person: Personal<PersonTyped>,
}

/// What is known of a person so far; empty where it is not.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonTyped {
    pub reading: String,
    pub name: String,
    pub birth_date: Option<NaiveDate>,
    pub sex: String,
    pub phone: String,
    pub address: String,
}

/// Somebody who may be the same person.
#[derive(Clone, Debug)]
pub struct SimilarPerson {
    /// The one to look at: the report rather than what belongs to one.
    pub record: RecordId,
    pub year: i32,
    pub number: u32,
    pub form: String,
    /// When that one arrived.
    pub arrived_at: Timestamp,
    /// All that say exactly this, the newest first.
    pub records: Vec<RecordId>,
    pub subject: Personal<Subject>,
    pub assessment: Assessment,
    /// What somebody has decided already.
    pub decision: Option<Decision>,
}

impl sealed::Sealed for FindSimilar {}
impl Operation for FindSimilar {
    type Needs = ListRecords;
    type Outcome = Vec<SimilarPerson>;
    const ACTION: Action = Action::FindSimilar;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Record, *self.record.as_bytes())
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, ListRecords>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<SimilarPerson>>, Reason> {
        let of_same_person = of_same_person(tx, desk.house.catalog(), self.record)?;
        let groups = groups(tx.candidates(&self.likely())?, &of_same_person, &self.traits());
        let mut similar = decided(tx, desk.house.catalog(), self.record, groups)?;
        // Whom somebody has ruled out comes last, and is there only to be taken back.
        similar.sort_by_key(|(group, decision)| {
            (
                *decision == Some(Decision::Different),
                std::cmp::Reverse((group.rank(), group.newest.arrived_at)),
            )
        });
        similar.truncate(SIMILAR_MAX);
        let people: Vec<SimilarPerson> = similar
            .into_iter()
            .map(|(group, decision)| shown(tx, desk.house.catalog(), group, decision))
            .collect::<Result<_, _>>()?;
        let rows = u32::try_from(people.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(people).with_ref(RefKey::Rows, &rows.to_be_bytes()))
    }
}

impl FindSimilar {
    fn traits(&self) -> Traits {
        let person = self.person.expose();
        traits(&Person {
            reading: &person.reading,
            name: &person.name,
            birth_date: person.birth_date,
            sex: &person.sex,
            phone: &person.phone,
            address: AddressKeyOrText::Text(&person.address),
        })
    }

    fn likely(&self) -> Likely {
        let person = self.person.expose();
        let near = person.birth_date.map(near_dates).unwrap_or_default();
        Likely {
            sound: sound_key(&person.reading),
            name: match_key(&person.name),
            born: person.birth_date.map(|day| day.to_string()),
            near: near.iter().map(NaiveDate::to_string).collect(),
            phone: phone_key(&person.phone),
        }
    }
}

/// Records that say exactly the same of a person: one row of the answer.
struct Group {
    traits: Traits,
    assessment: Assessment,
    newest: Candidate,
    members: Vec<RecordId>,
}

impl Group {
    const fn rank(&self) -> (crate::domain::likeness::Likeness, i32) {
        (self.assessment.likeness, self.assessment.score)
    }
}

fn groups(mut candidates: Vec<Candidate>, except: &[RecordId], person: &Traits) -> Vec<Group> {
    // They come the oldest first, also those of one moment.
    candidates.reverse();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.arrived_at));
    let mut groups: Vec<Group> = Vec::new();
    for candidate in candidates.into_iter().filter(|candidate| !except.contains(&candidate.record)) {
        let traits = traits_of(candidate.subject.expose());
        let Some(assessment) = assess(person, &traits) else { continue };
        // Without a birth date a name is many people: each record is a line of its own, to be looked at and decided alone.
        let same = |group: &&mut Group| group.traits == traits && traits.birth.is_some();
        match groups.iter_mut().find(same) {
            Some(group) => group.members.push(candidate.record),
            None => {
                let members = vec![candidate.record];
                groups.push(Group { traits, assessment, newest: candidate, members });
            }
        }
    }
    groups
}

/// More belong to no case; a circle, which the store refuses, would end here.
const RECORDS_MAX: usize = 1_000;

/// This record and those of its case that are about the same person because of what they are: a contact and the report
/// of what became of it, a case with its calls and letters. Nobody needs to decide that.
fn of_same_person(tx: &Tx<'_>, catalog: &Catalog, record: RecordId) -> Result<Vec<RecordId>, Reason> {
    let mut first = record;
    for _ in 0..RECORDS_MAX {
        match (tx.link(first)?, tx.record(first)?) {
            (Some(link), Some(row)) if says_same_person(catalog, &row, link.relation) => first = link.parent,
            _ => break,
        }
    }
    let mut same = vec![first];
    let mut next = 0;
    while let Some(parent) = same.get(next).copied() {
        next += 1;
        let children = tx.children(parent)?.into_iter();
        same.extend(
            children.filter(|(row, how)| says_same_person(catalog, row, *how)).map(|(row, _)| row.id),
        );
        if same.len() >= RECORDS_MAX {
            break;
        }
    }
    Ok(same)
}

/// With what was decided about this record, or about one that somebody said is the same person: whoever is not that
/// person is not this one either.
fn decided(
    tx: &Tx<'_>,
    catalog: &Catalog,
    record: RecordId,
    groups: Vec<Group>,
) -> Result<Vec<(Group, Option<Decision>)>, Reason> {
    let mut made = Decisions::from_iter(tx.decisions_of(record)?);
    let mut decided = Vec::with_capacity(groups.len());
    let mut same_as_this = Vec::new();
    for group in groups {
        let found = decision_about(tx, catalog, &made, &group.members)?;
        if found == Some(Decision::Same) {
            same_as_this.extend(group.members.iter().copied());
        }
        decided.push((group, found));
    }
    for same in same_as_this {
        for (other, decision) in tx.decisions_of(same)? {
            made.entry(other).or_insert(decision);
        }
    }
    for (group, found) in decided.iter_mut().filter(|(_, found)| found.is_none()) {
        *found = decision_about(tx, catalog, &made, &group.members)?;
    }
    Ok(decided)
}

/// By the record that they are about.
type Decisions = BTreeMap<RecordId, Decision>;

/// What holds for every record of a line: one that came later still has to be decided.
fn decision_about(
    tx: &Tx<'_>,
    catalog: &Catalog,
    made: &Decisions,
    members: &[RecordId],
) -> Result<Option<Decision>, Reason> {
    // Mostly nobody has decided anything, and this runs while somebody types.
    if made.is_empty() {
        return Ok(None);
    }
    let mut all = None;
    for member in members {
        match (decision_of(tx, catalog, made, *member)?, all) {
            (Some(decision), None) => all = Some(decision),
            (Some(decision), Some(before)) if decision == before => {}
            _ => return Ok(None),
        }
    }
    Ok(all)
}

/// What was decided about a record, or about the one of the same person that it belongs to.
fn decision_of(
    tx: &Tx<'_>,
    catalog: &Catalog,
    made: &Decisions,
    record: RecordId,
) -> Result<Option<Decision>, Reason> {
    let mut record = record;
    for _ in 0..RECORDS_MAX {
        if let Some(decision) = made.get(&record) {
            return Ok(Some(*decision));
        }
        let Some(link) = tx.link(record)? else { break };
        match tx.record(record)? {
            Some(row) if says_same_person(catalog, &row, link.relation) => record = link.parent,
            _ => break,
        }
    }
    Ok(None)
}

fn shown(
    tx: &Tx<'_>,
    catalog: &Catalog,
    group: Group,
    decision: Option<Decision>,
) -> Result<SimilarPerson, Reason> {
    let mut best: Option<(Telling, RecordRow)> = None;
    for member in &group.members {
        let record = tx.record(*member)?.ok_or(Reason::Impossible)?;
        let telling = Telling::of(catalog, &record);
        // The newest come first.
        if best.as_ref().is_none_or(|(most, _)| telling > *most) {
            best = Some((telling, record));
        }
    }
    let (_, record) = best.ok_or(Reason::Impossible)?;
    Ok(SimilarPerson {
        record: record.id,
        year: record.year,
        number: record.number,
        form: record.form,
        arrived_at: record.intake.received_at,
        records: group.members,
        subject: group.newest.subject,
        assessment: group.assessment,
        decision,
    })
}

/// How much a record tells of a person.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Telling {
    /// Nothing to look at yet.
    Draft,
    PartOfACase,
    StandsAlone,
    Report,
}

impl Telling {
    fn of(catalog: &Catalog, record: &RecordRow) -> Self {
        let head = catalog.head_of(&record.form, record.form_version);
        match head {
            _ if record.version == 0 => Self::Draft,
            Some(head) if head.class.is_notifiable() => Self::Report,
            Some(head) if head.may_stand_alone() => Self::StandsAlone,
            _ => Self::PartOfACase,
        }
    }
}

fn traits_of(subject: &Subject) -> Traits {
    traits(&Person {
        reading: &subject.reading,
        name: &subject.name,
        birth_date: subject.birth_date.as_deref().and_then(|day| day.parse().ok()),
        sex: &subject.sex,
        phone: &subject.phone,
        address: AddressKeyOrText::Key(&subject.address_key),
    })
}
