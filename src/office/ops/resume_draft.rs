//! Go on with one's own draft.
use super::super::audit::Action;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, EditDraft};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::open_draft::{OpenedDraft, handed_out, opened};
use crate::domain::ids::{AccountId, DraftId};

/// Takes up a draft where it was left.
#[derive(Clone, Copy, Debug)]
pub struct ResumeDraft {
    pub draft: DraftId,
}

impl sealed::Sealed for ResumeDraft {}
impl Operation for ResumeDraft {
    type Needs = EditDraft;
    type Outcome = OpenedDraft;
    const ACTION: Action = Action::ResumeDraft;

    fn target(&self) -> DraftId {
        self.draft
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<AccountId>> {
        Ok(tx.draft(self.draft)?.map(|draft| draft.holder))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, EditDraft>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<OpenedDraft>, Reason> {
        let draft = tx.draft(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let record = tx.record(draft.record)?.ok_or(Reason::NoSuchThing)?;
        Ok(handed_out(opened(tx, &record, &draft)?, draft.base_version))
    }
}
