//! Hand the log out for checking elsewhere.
use std::collections::HashMap;

use super::super::audit::Action;
use super::super::audit::verify::LogSource;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ExportLog as Permit};
use super::super::reason::Reason;
use super::super::session::Session;
use super::super::store::{self, Tx};
use crate::domain::ids::AccountId;
use crate::log::export::{self, Line};

/// Everything that the three tiers of a verification need, but the keys.
#[derive(Clone, Copy, Debug)]
pub struct ExportLog {
    /// Search terms and reasons, which may be personal data.
    pub with_details: bool,
}

impl sealed::Sealed for ExportLog {}
impl Operation for ExportLog {
    type Needs = Permit;
    /// Staff numbers, which stand beside the public keys.
    type Outcome = HashMap<AccountId, String>;
    const ACTION: Action = Action::ExportLog;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<Self::Outcome>, Reason> {
        let staff = tx.all_staff()?;
        Ok(Acted::done(staff.into_iter().map(|row| (row.party.account, row.number.to_string())).collect()))
    }
}

impl Session {
    /// Logs the export, then hands over the log line by line as it stands then.
    pub fn export_log(
        &mut self,
        request: ExportLog,
        line: &mut dyn FnMut(&Line) -> Result<(), Reason>,
    ) -> Result<(), Reason> {
        let numbers = self.perform(request)?;
        let host_key = self.keys.host().public();
        let snapshot = self.store.snapshot()?;
        let (mut source, _) = LogSource::open(&snapshot, host_key, request.with_details)?;
        export::write(&mut source, &|account| numbers.get(&account).cloned().unwrap_or_default(), line)
    }
}
