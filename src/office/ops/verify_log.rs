//! Verify the access log.
use std::ops::ControlFlow;

use super::super::audit::verify::{self, Pages};
use super::super::audit::{Action, RefKey};
use super::super::house::House;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, VerifyLog as Permit};
use super::super::reason::Reason;
use super::super::session::Session;
use super::super::store::meta::Fact;
use super::super::store::{self, Tx};
use super::note_verification::NoteVerification;
use crate::domain::sensitive::Secret;
use crate::log::slip::{self, PaperRoot};
use crate::log::verify::{Report, SealKeys};

/// Verifies everything this machine can verify; with the auditor's identity the seal too, with papers that nothing was
/// rolled back.
#[derive(Clone, Debug, Default)]
pub struct VerifyLog {
    /// The auditor's `age` identity out of its envelope.
    pub auditor: Option<Secret>,
    /// Slips and notes that were kept outside: see `docs/audit-log.md`.
    pub paper: Option<String>,
}

/// What a verification needs besides the log.
#[derive(Default)]
pub struct Tools {
    pub(in crate::office) keys: SealKeys,
    pub(in crate::office) paper: Vec<PaperRoot>,
}

impl sealed::Sealed for VerifyLog {}
impl Operation for VerifyLog {
    type Needs = Permit;
    type Outcome = Tools;
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
    ) -> Result<Acted<Tools>, Reason> {
        let tools = self.tools(desk.house, tx.fact_array(Fact::LogId)?)?;
        let sheets = u32::try_from(tools.paper.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(tools).with_ref(RefKey::Rows, &sheets.to_be_bytes()))
    }
}

impl VerifyLog {
    /// Opens what was brought along.
    pub(in crate::office) fn tools(&self, house: &House, log_id: [u8; 16]) -> Result<Tools, Reason> {
        let keys = match &self.auditor {
            None => SealKeys::new(),
            Some(identity) => verify::open_escrow(house, identity)?,
        };
        let list = self.paper.as_deref().unwrap_or_default();
        let paper = slip::read_list(&log_id, list).map_err(|_| Reason::PaperListWrong)?;
        Ok(Tools { keys, paper })
    }
}

impl Session {
    /// Logs that a verification begins, reads the log as it stands then while others go on working, and logs what was found.
    pub fn verify_log(
        &mut self,
        request: VerifyLog,
        observe: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Report, Reason> {
        let tools = self.perform(request)?;
        let report = self.check_log(&tools, observe)?;
        // That somebody verifies is on record. Where what was found cannot be noted, on a full disk or because the log was cut
        // meanwhile, those who asked have to see it all the more.
        let _ = self.perform(NoteVerification::of(&report));
        Ok(report)
    }

    /// Without a word in the log.
    pub(in crate::office) fn check_log(
        &mut self,
        Tools { keys, paper }: &Tools,
        observe: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Report, Reason> {
        let file = self.house.generation()?.database();
        let key = self.keys.database();
        let pages = Pages { file: &file, key: &key };
        let host_key = self.keys.host().public();
        verify::verify_all(&mut self.store, pages, host_key, keys, paper, observe)
    }

    /// Whether the pages of the database are whole, whatever stands on them.
    #[cfg(test)]
    pub(in crate::office) fn pages_are_whole(&self) -> bool {
        use super::super::store::page_check::PageCheck;
        let (file, key) = (self.house.generation().unwrap().database(), self.keys.database());
        PageCheck::open(&file, &key).unwrap().is_whole().unwrap()
    }
}
