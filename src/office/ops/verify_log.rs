//! Verify the access log.
use super::super::audit::verify::{self, Finding};
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, VerifyLog as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::sensitive::Secret;

/// Verifies everything this machine can verify; with the auditor's identity, the seal too.
#[derive(Clone, Debug)]
pub struct VerifyLog {
    /// The auditor's `age` identity out of its envelope.
    pub auditor: Option<Secret>,
}

/// What was checked and what was found.
#[derive(Clone, Debug)]
pub struct LogReport {
    pub events: u64,
    /// Hexadecimal hash of the last event.
    pub head: String,
    /// Whether the seal was replayed from its first key.
    pub seal_checked: bool,
    pub findings: Vec<Finding>,
}

impl sealed::Sealed for VerifyLog {}
impl Operation for VerifyLog {
    type Needs = Permit;
    type Outcome = LogReport;
    const ACTION: Action = Action::VerifyLog;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<LogReport>, Reason> {
        let seal_key =
            self.auditor.as_ref().map(|identity| verify::open_escrow(desk.house, identity)).transpose()?;
        let report = verify::verify(tx, seal_key.as_deref(), desk.now)?;
        let (events, found) = (report.events, u32::try_from(report.findings.len()).unwrap_or(u32::MAX));
        let failed = found > 0;
        let acted = Acted::done(report)
            .with_ref(RefKey::Rows, &found.to_be_bytes())
            .with_ref(RefKey::ReviewedEvent, &events.to_be_bytes());
        Ok(if failed { acted.but_failed(Reason::LogBroken) } else { acted })
    }
}
