//! Put on record what a verification found.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, VerifyLog as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::log::verify::Report;

/// Follows each verification. No screen asks for it.
pub struct NoteVerification {
    events: u64,
    alarms: u32,
    remarks: u32,
}

impl NoteVerification {
    pub(super) fn of(report: &Report) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let alarms = report.alarms();
        Self { events: report.events, alarms: count(alarms), remarks: count(report.findings.len() - alarms) }
    }
}

impl sealed::Sealed for NoteVerification {}
impl Operation for NoteVerification {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::NoteVerification;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        _tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let acted = Acted::done(())
            .with_ref(RefKey::Alarms, &self.alarms.to_be_bytes())
            .with_ref(RefKey::Rows, &self.remarks.to_be_bytes())
            .with_ref(RefKey::ReviewedEvent, &self.events.to_be_bytes());
        Ok(if self.alarms > 0 { acted.but_failed(Reason::LogBroken) } else { acted })
    }
}
