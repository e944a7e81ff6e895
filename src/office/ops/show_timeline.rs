//! The course (経過) of a case, or of a person over all cases: reports, everything that belongs to them, what was sent.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::audit::{Action, RefKey};
use super::super::content::values_of;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReadRecord};
use super::super::reason::Reason;
use super::super::sending::waiting::drills_seen_by;
use super::super::store::drill::DrillRow;
use super::super::store::record::RecordRow;
use super::super::store::subject::Subject;
use super::super::store::transmission::StateCode;
use super::super::store::{self, Tx};
use super::super::subject::says_same_person;
use crate::domain::case_number::CaseNumber;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::intake::Channel;
use crate::domain::likeness::Decision;
use crate::domain::link::Relation;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Class, Context, Essence, FormVersion};

/// Shows the whole case to which a record belongs, or everything about its person.
#[derive(Clone, Copy, Debug)]
pub struct ShowTimeline {
    pub record: RecordId,
    pub of: TimelineOf,
}

/// How far a timeline reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineOf {
    /// The first report and whatever comes from it, contacts and the cases that they became too.
    Case,
    /// The records that are about the same person: by how they hang together, and by what people decided (S 同じ人).
    Person,
}

/// What happened, in the order of the days that it is about.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The first report of the case to which the record belongs.
    pub root: RecordId,
    pub case: CaseNumber,
    pub subject: Option<Personal<Subject>>,
    pub entries: Vec<TimelineEntry>,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    pub at: Timestamp,
    pub record: RecordId,
    pub case: CaseNumber,
    pub form: String,
    pub form_version: FormVersion,
    /// How the record stands to the case; `None` for the root itself.
    pub relation: Option<Relation>,
    /// Whom the record is about, where that is somebody else than the timeline.
    pub person: Option<Personal<String>>,
    pub what: Happened,
    /// Of the entry that stands for the record itself, its newest registration: what it says.
    pub essence: Option<Essence>,
    /// Who did it; empty where nobody of this office did.
    pub by: String,
}

impl TimelineEntry {
    /// The day to which the entry belongs: a call is entered the day after, and stands where it was made.
    pub fn day(&self) -> NaiveDate {
        self.essence
            .as_ref()
            .and_then(|essence| essence.on.as_ref())
            .map_or_else(|| self.at.date_in_japan(), |(_, day)| *day)
    }
}

/// What happened to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    Arrived(Channel),
    /// For the first time that stands.
    Registered,
    /// To this version.
    Corrected(u32),
    Transcribed {
        version: u32,
        reference: String,
    },
    Submitted(u32),
    Confirmed(u32),
    /// The newest state of a transmission that moves no more, or not at the moment.
    Transmission(u32, StateCode),
}

/// More belong to no case; a circle, which the store refuses, would end here.
const RECORDS_MAX: usize = 1_000;

impl sealed::Sealed for ShowTimeline {}
impl Operation for ShowTimeline {
    type Needs = ReadRecord;
    type Outcome = Timeline;
    const ACTION: Action = Action::ShowTimeline;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, ReadRecord>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Timeline>, Reason> {
        let root = root_of(tx, permit.target())?;
        let first = tx.record(root)?.ok_or(Reason::NoSuchThing)?;
        let case = CaseNumber { year: first.year, number: first.number };
        let (about, records) = match self.of {
            TimelineOf::Case => (root, records_of_case(tx, first, desk)?),
            TimelineOf::Person => (permit.target(), records_of_person(tx, permit.target(), desk)?),
        };
        let drills = drills_seen_by(tx, permit.actor(), desk.now)?;
        let mut entries = Vec::new();
        for linked in &records {
            entries.append(&mut entries_of(tx, linked, &drills, desk)?);
        }
        entries.sort_by_key(|entry| (entry.day(), entry.at));
        let shown = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let timeline = Timeline { root, case, subject: tx.subject(about)?, entries };
        let named: Vec<u8> = records.iter().flat_map(|linked| *linked.record.id.as_bytes()).collect();
        Ok(Acted::done(timeline)
            .with_ref(RefKey::Rows, &shown.to_be_bytes())
            .with_ref(RefKey::OtherRecord, &named))
    }
}

/// A record and how it comes from another one.
struct Linked {
    record: RecordRow,
    relation: Option<Relation>,
    about: About,
}

/// Whom a record of a case is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Person,
    SomebodyElse,
}

fn records_of_case(tx: &Tx<'_>, first: RecordRow, desk: &Desk<'_>) -> Result<Vec<Linked>, Reason> {
    let catalog = desk.house.catalog();
    let mut records = vec![Linked { record: first, relation: None, about: About::Person }];
    let mut next = 0;
    while let Some(parent) = records.get(next).filter(|_| records.len() < RECORDS_MAX) {
        next += 1;
        let of_parent = parent.about;
        let children = tx.children(parent.record.id)?.into_iter().map(|(record, how)| {
            let same = says_same_person(catalog, &record, how);
            let about = if same { of_parent } else { About::SomebodyElse };
            Linked { record, relation: Some(how), about }
        });
        records.extend(children);
    }
    Ok(records)
}

/// From the record to whatever is about the same person, and on from there.
fn records_of_person(tx: &Tx<'_>, from: RecordId, desk: &Desk<'_>) -> Result<Vec<Linked>, Reason> {
    let catalog = desk.house.catalog();
    let mut known = BTreeSet::from([from]);
    let mut open = vec![from];
    let mut records = Vec::new();
    while let Some(id) = open.pop() {
        let Some(record) = tx.record(id)? else { continue };
        let link = tx.link(id)?;
        let mut same = Vec::new();
        for other in tx.declared_same(id)? {
            // Same as the same, but somebody looked at these two and said no.
            if tx.likeness_decision(from, other)? != Some(Decision::Different) {
                same.push(other);
            }
        }
        for (child, relation) in tx.children(id)? {
            if says_same_person(catalog, &child, relation) {
                same.push(child.id);
            }
        }
        same.extend(
            link.filter(|link| says_same_person(catalog, &record, link.relation)).map(|link| link.parent),
        );
        let relation = link.map(|link| link.relation);
        records.push(Linked { record, relation, about: About::Person });
        open.extend(same.into_iter().filter(|id| known.len() < RECORDS_MAX && known.insert(*id)));
    }
    Ok(records)
}

/// Up to the record that comes from no other.
fn root_of(tx: &Tx<'_>, record: RecordId) -> Result<RecordId, Reason> {
    let mut at = record;
    for _ in 0..RECORDS_MAX {
        match tx.link(at)? {
            Some(link) => at = link.parent,
            None => return Ok(at),
        }
    }
    Err(Reason::Impossible)
}

fn entries_of(
    tx: &Tx<'_>,
    linked: &Linked,
    drills: &[DrillRow],
    desk: &Desk<'_>,
) -> Result<Vec<TimelineEntry>, Reason> {
    let Linked { record, relation, about } = linked;
    let subject = if *about == About::SomebodyElse { tx.subject(record.id)? } else { None };
    let person = subject.map(|subject| Personal::new(subject.into_inner().name));
    let entry = |at: Timestamp, what: Happened, by: Option<AccountId>| -> Result<TimelineEntry, Reason> {
        let by = match by {
            Some(account) => tx.staff_name(account)?.unwrap_or_default(),
            None => String::new(),
        };
        Ok(TimelineEntry {
            at,
            record: record.id,
            case: CaseNumber { year: record.year, number: record.number },
            form: record.form.clone(),
            form_version: record.form_version,
            relation: *relation,
            person: person.clone(),
            what,
            essence: None,
            by,
        })
    };
    let mut entries = Vec::new();
    if !is_own_note(desk.house.catalog(), record) {
        entries.push(entry(record.intake.received_at, Happened::Arrived(record.intake.channel), None)?);
    }
    for (index, (version, editor, at)) in tx.registrations(record.id)?.into_iter().enumerate() {
        let what = if index == 0 { Happened::Registered } else { Happened::Corrected(version) };
        // What it says by now, whoever corrected it has said.
        let essence = if version == record.version { Some(essence_of(tx, record, desk)?) } else { None };
        entries.push(TimelineEntry { essence, ..entry(at, what, Some(editor))? });
    }
    if let Some(stamp) = tx.transcription(record.id)? {
        let what = Happened::Transcribed { version: stamp.version, reference: stamp.reference };
        entries.push(entry(stamp.at, what, Some(stamp.by))?);
    }
    for row in tx.transmissions_of(record.id)? {
        entries.push(entry(row.submitted_at, Happened::Submitted(row.number), Some(row.author))?);
        if let (Some(at), Some(second)) = (row.confirmed_at, row.second) {
            entries.push(entry(at, Happened::Confirmed(row.number), Some(second))?);
        }
        if let Some(at) = row.closed_at {
            entries.push(entry(at, Happened::Transmission(row.number, row.state), None)?);
        }
    }
    for drill in drills.iter().filter(|drill| drill.record == record.id) {
        entries.push(entry(drill.planted_at, Happened::Submitted(drill.number), Some(drill.shown_author))?);
    }
    Ok(entries)
}

/// What the office notes itself about a case came from nowhere, once it is registered.
fn is_own_note(catalog: &Catalog, record: &RecordRow) -> bool {
    let head = catalog.head_of(&record.form, record.form_version);
    record.version > 0 && head.is_some_and(|head| head.class == Class::FollowUp)
}

fn essence_of(tx: &Tx<'_>, record: &RecordRow, desk: &Desk<'_>) -> Result<Essence, Reason> {
    let form = desk.house.catalog().form(&record.form, record.form_version);
    let (Some(form), Some(version)) = (form, tx.version(record.id, record.version)?) else {
        return Ok(Essence::default());
    };
    let today = version.registered_at.date_in_japan();
    let context = Context { today, received_at: record.intake.received_at };
    let view = form.view(&values_of(&version.content)?, &context);
    Ok(form.essence(&view))
}
