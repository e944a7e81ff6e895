//! The end of a misdelivery: a supervisor other than whoever reported it says what it was.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, CloseIncident as Permit};
use super::super::reason::Reason;
use super::super::store::incident::{Closing, course_of};
use super::super::store::{self, Tx};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Conclusion, Missing};
use crate::domain::staff::Party;

/// Takes the warning off everybody's panels. The destination stays frozen: its number was wrong once.
#[derive(Clone, Copy, Debug)]
pub struct CloseIncident {
    pub incident: IncidentId,
    pub conclusion: Conclusion,
}

impl sealed::Sealed for CloseIncident {}
impl Operation for CloseIncident {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::CloseIncident;

    fn target(&self) -> IncidentId {
        self.incident
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Party>> {
        let Some(row) = tx.incident(self.incident)? else { return Ok(None) };
        Ok(tx.staff(row.reported_by)?.map(|reporter| reporter.party))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = tx.incident(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if row.closing.is_some() {
            return Err(Reason::IncidentClosed);
        }
        let then =
            tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
        let course = course_of(&tx.incident_steps(row.id)?);
        if let Some(missing) = course.missing(self.conclusion, then.protection).first() {
            return Err(reason_of(*missing));
        }
        let closing = Closing { by: permit.account(), at: desk.now, conclusion: self.conclusion };
        tx.close_incident(row.id, &closing)?;
        Ok(Acted::done(())
            .with_ref(RefKey::Destination, row.destination.as_bytes())
            .with_ref(RefKey::OtherAccount, row.reported_by.as_bytes()))
    }
}

const fn reason_of(missing: Missing) -> Reason {
    match missing {
        Missing::Whereabouts => Reason::RecoveryOpen,
        Missing::PreliminaryReport => Reason::PreliminaryOpen,
        Missing::Encryption => Reason::WasReadable,
        Missing::ComingBack => Reason::NotGotBack,
    }
}
