//! What was done about a misdelivery: written down, never changed.
use super::super::audit::Action;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, FollowIncident};
use super::super::reason::Reason;
use super::super::store::incident::{StepRow, course_of};
use super::super::store::{self, Tx};
use super::report_misdelivery::{PEOPLE_MAX, check_moment, check_words};
use crate::domain::ids::IncidentId;
use crate::domain::incident::Noted;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

const WHOM_MAX: usize = 40;

/// Also after the closing: the final report is due weeks later, and a lost paper may be found.
#[derive(Clone, Debug)]
pub struct NoteIncidentStep {
    pub incident: IncidentId,
    pub noted: Noted,
    pub done_at: Timestamp,
    /// With whom; empty where the kind says enough.
    pub whom: Personal<String>,
    pub words: Personal<String>,
    /// How many people it concerns, where that is known better now.
    pub people: Option<u32>,
}

impl sealed::Sealed for NoteIncidentStep {}
impl Operation for NoteIncidentStep {
    type Needs = FollowIncident;
    type Outcome = ();
    const ACTION: Action = Action::NoteIncidentStep;

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
    ) -> Result<Acted<()>, Reason> {
        check_moment(self.done_at, desk.now)?;
        if self.people.is_some_and(|people| people > PEOPLE_MAX) {
            return Err(Reason::TooManyPeople);
        }
        if let Noted::Mistaken(kind) = self.noted {
            let course = course_of(&tx.incident_steps(permit.target())?);
            if !course.has(kind) {
                return Err(Reason::NoSuchStep);
            }
        }
        let step = StepRow {
            noted: self.noted,
            done_at: self.done_at,
            whom: said(&self.whom, self.noted.needs_whom(), |words| words.chars().count() <= WHOM_MAX)?,
            words: said(&self.words, self.noted.needs_words(), |_| true)?,
            people: self.people,
            noted_by: permit.account(),
            noted_at: desk.now,
        };
        tx.insert_incident_step(permit.target(), &step)?;
        Ok(Acted::done(()))
    }
}

/// Words that may be empty where nothing has to be said.
fn said(
    words: &Personal<String>,
    needed: bool,
    fits: impl Fn(&str) -> bool,
) -> Result<Personal<String>, Reason> {
    if !needed && words.expose().trim().is_empty() {
        return Ok(Personal::default());
    }
    check_words(words).filter(|words| fits(words.expose())).ok_or(Reason::StepIncomplete)
}
