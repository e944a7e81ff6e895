//! The misdeliveries: open ones first, with the days by which the law wants to hear of them.
use chrono::NaiveDate;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListIncidents as Permit};
use super::super::reason::Reason;
use super::super::store::incident::{IncidentRow, StepRow, counting_of, course_of};
use super::super::store::{self, Tx};
use crate::domain::destination::{Channel, Protection};
use crate::domain::ids::{AccountId, DestinationId, IncidentId};
use crate::domain::incident::{Conclusion, Course, Due, DueDays, StepKind};
use crate::domain::time::Timestamp;

const LINES_MAX: u32 = 300;

/// No name of an organisation is among them, and of the people concerned only how many.
#[derive(Clone, Copy, Debug)]
pub struct ListIncidents;

#[derive(Clone, Debug)]
pub struct IncidentLine {
    pub id: IncidentId,
    pub number: u32,
    pub destination: DestinationId,
    pub code: String,
    /// Whether the entry is stopped.
    pub frozen: bool,
    pub channel: Channel,
    pub protection: Protection,
    /// Number of the sending, where it is known which.
    pub transmission: Option<u32>,
    pub found_at: Timestamp,
    pub people: u32,
    pub stopped: u32,
    pub gone: u32,
    pub reported_by: AccountId,
    pub reported_by_number: String,
    pub reported_at: Timestamp,
    pub reporting: Reporting,
    pub course: Course,
    pub closed: Option<(Conclusion, String, Timestamp)>,
}

/// How the two reports stand today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reporting {
    pub due: DueDays,
    pub preliminary: Due,
    pub last: Due,
}

impl Reporting {
    fn of(row: &IncidentRow, course: &Course, today: NaiveDate) -> Self {
        let due = DueDays::of(row.found_at.date_in_japan(), course);
        let conclusion = row.closing.map(|closing| closing.conclusion);
        let last = Due::of(course.has(StepKind::FinalReport), due.final_until, conclusion, today);
        // Whoever has sent the final report needs no preliminary one any more.
        let told = course.has(StepKind::PreliminaryReport) || last == Due::Done;
        Self { due, preliminary: Due::of(told, due.preliminary_until, conclusion, today), last }
    }
}

impl sealed::Sealed for ListIncidents {}
impl Operation for ListIncidents {
    type Needs = Permit;
    type Outcome = Vec<IncidentLine>;
    const ACTION: Action = Action::ListIncidents;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<IncidentLine>>, Reason> {
        let mut lines = Vec::new();
        for row in tx.incidents(LINES_MAX)? {
            let steps = tx.incident_steps(row.id)?;
            lines.push(line(tx, &row, &steps, desk.now)?);
        }
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}

/// Everything about one that is no words of anybody.
pub(super) fn line(
    tx: &Tx<'_>,
    row: &IncidentRow,
    steps: &[StepRow],
    now: Timestamp,
) -> Result<IncidentLine, Reason> {
    let then = tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    let entry = tx.destination(row.destination)?.ok_or(Reason::Impossible)?;
    let sending = row.transmission.map(|id| tx.transmission(id)).transpose()?.flatten();
    let course = course_of(steps);
    let closed = match row.closing {
        Some(closing) => Some((closing.conclusion, number_of(tx, closing.by)?, closing.at)),
        None => None,
    };
    Ok(IncidentLine {
        id: row.id,
        number: row.number,
        destination: row.destination,
        code: entry.code,
        frozen: entry.frozen_at.is_some(),
        channel: then.address.channel(),
        protection: then.protection,
        transmission: sending.map(|row| row.number),
        found_at: row.found_at,
        people: counting_of(steps).iter().rev().find_map(|step| step.people).unwrap_or(row.people),
        stopped: row.stopped,
        gone: row.gone,
        reported_by: row.reported_by,
        reported_by_number: number_of(tx, row.reported_by)?,
        reported_at: row.reported_at,
        reporting: Reporting::of(row, &course, now.date_in_japan()),
        course,
        closed,
    })
}

/// The staff number of an account.
pub(super) fn number_of(tx: &Tx<'_>, account: AccountId) -> Result<String, Reason> {
    Ok(tx.staff(account)?.map(|row| row.number.to_string()).unwrap_or_default())
}
