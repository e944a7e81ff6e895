//! The course of one misdelivery, and the draft of what has to be reported about it.
use std::collections::BTreeSet;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, FollowIncident};
use super::super::reason::Reason;
use super::super::sending::purposes;
use super::super::store::destination::DestinationRow;
use super::super::store::incident::{IncidentRow, StepRow, counting_of};
use super::super::store::meta::Fact;
use super::super::store::transmission::{StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use super::list_incidents::{IncidentLine, line, number_of};
use crate::domain::ids::{IncidentId, RecordId};
use crate::domain::incident::Noted;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::export::misdelivery::{Content, Facts, Fate, Group, Sent, draft};
pub use crate::export::misdelivery::{noted_name, step_name};
use crate::form::Form;
use crate::text::Lang;

/// Shows what was reported, what was done, and a draft of the preliminary report.
#[derive(Clone, Copy, Debug)]
pub struct ShowIncident {
    pub incident: IncidentId,
}

#[derive(Clone, Debug)]
pub struct IncidentView {
    pub line: IncidentLine,
    pub words: Personal<String>,
    pub steps: Vec<StepView>,
    /// In Japanese, for the form of the office. No word that anybody typed is in it.
    pub draft: String,
}

#[derive(Clone, Debug)]
pub struct StepView {
    pub noted: Noted,
    pub done_at: Timestamp,
    pub whom: Personal<String>,
    pub words: Personal<String>,
    pub people: Option<u32>,
    pub noted_by_number: String,
    pub noted_at: Timestamp,
}

impl sealed::Sealed for ShowIncident {}
impl Operation for ShowIncident {
    type Needs = FollowIncident;
    type Outcome = Box<IncidentView>;
    const ACTION: Action = Action::ShowIncident;

    fn target(&self) -> IncidentId {
        self.incident
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.incident(self.incident)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, FollowIncident>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Box<IncidentView>>, Reason> {
        let row = tx.incident(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let noted = tx.incident_steps(row.id)?;
        let line = line(tx, &row, &noted, desk.now)?;
        let (facts, record) = facts_of(tx, &row, &line, &noted, desk)?;
        let mut steps = Vec::new();
        for step in noted {
            steps.push(StepView {
                noted: step.noted,
                done_at: step.done_at,
                whom: step.whom,
                words: step.words,
                people: step.people,
                noted_by_number: number_of(tx, step.noted_by)?,
                noted_at: step.noted_at,
            });
        }
        let view = IncidentView { line, words: row.words, steps, draft: draft(&facts, Lang::Ja) };
        Ok(Acted::done(Box::new(view))
            .with_ref(RefKey::Destination, row.destination.as_bytes())
            .with_ref_to(RefKey::Record, record.as_ref().map(RecordId::as_bytes)))
    }
}

/// What the draft is made of, and the record that was sent.
fn facts_of(
    tx: &Tx<'_>,
    row: &IncidentRow,
    line: &IncidentLine,
    steps: &[StepRow],
    desk: &Desk<'_>,
) -> Result<(Facts, Option<RecordId>), Reason> {
    let then = tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    let sending = row.transmission.map(|id| tx.transmission(id)).transpose()?.flatten();
    let record = sending.as_ref().and_then(|sending| sending.matter.record());
    let content = record.map(|record| content_of(tx, record, &then, desk)).transpose()?;
    let sent = sending.map(|sending| Sent {
        number: sending.number,
        prepared_at: sending.submitted_at,
        fate: fate_of(&sending),
        pages: sending.pages,
        content,
    });
    let facts = Facts {
        office: String::from_utf8(tx.fact(Fact::OfficeName)?).map_err(|_| Reason::Damaged)?,
        number: row.number,
        today: desk.now.date_in_japan(),
        found_at: row.found_at,
        people: line.people,
        code: then.code,
        organisation: then.organisation,
        frozen: line.frozen,
        channel: line.channel,
        protection: line.protection,
        sent,
        stopped: row.stopped,
        gone: row.gone,
        due: line.reporting.due,
        steps: counting_of(steps).iter().map(|step| (step.noted.kind(), step.done_at)).collect(),
    };
    Ok((facts, record))
}

/// Whether it left, as far as anybody knows.
fn fate_of(row: &TransmissionRow) -> Fate {
    match row.state {
        _ if !row.may_have_left() => Fate::Held,
        // What a person sends by hand leaves when nobody writes it down.
        StateCode::Sent | StateCode::Acknowledged if row.handed_at.is_some() => Fate::Left { at: None },
        StateCode::Sent | StateCode::Acknowledged => Fate::Left { at: row.reported_at },
        StateCode::Failed | StateCode::Withdrawn => Fate::Failed,
        _ => Fate::Unclear,
    }
}

fn content_of(
    tx: &Tx<'_>,
    record: RecordId,
    entry: &DestinationRow,
    desk: &Desk<'_>,
) -> Result<Content, Reason> {
    let row = tx.record(record)?.ok_or(Reason::Impossible)?;
    let catalog = desk.house.catalog();
    // A form that is gone leaves nothing to list: the person who fills in the report has the paper.
    let Some(form) = catalog.form(&row.form, row.form_version) else { return Ok(Content::default()) };
    // Where the purposes no longer say, everything may have been told.
    let left_out = purposes::left_out(catalog, entry, form).unwrap_or_default();
    Ok(Content { form: form.head.title.ja.clone(), groups: groups_of(form, &left_out) })
}

/// The pages of the form with the items that say who somebody is; labels only.
fn groups_of(form: &Form, left_out: &BTreeSet<String>) -> Vec<Group> {
    let groups = form.pages.iter().enumerate().filter_map(|(at, page)| {
        let told: Vec<_> = form.items_of_page(at).filter(|item| !left_out.contains(&item.key)).collect();
        let identity = told.iter().filter(|item| item.identity.is_some());
        let group = Group {
            title: page.title.ja.clone(),
            identity: identity.map(|item| item.label.ja.clone()).collect(),
        };
        (!told.is_empty()).then_some(group)
    });
    groups.collect()
}
