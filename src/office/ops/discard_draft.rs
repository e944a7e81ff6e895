//! Throw away one's own draft.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, EditDraft};
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::store::{self, Tx};
use crate::domain::ids::{AccountId, DraftId};

/// Discards a draft; a record that was never registered goes with it (its number stays used).
#[derive(Clone, Copy, Debug)]
pub struct DiscardDraft {
    pub draft: DraftId,
}

impl sealed::Sealed for DiscardDraft {}
impl Operation for DiscardDraft {
    type Needs = EditDraft;
    type Outcome = ();
    const ACTION: Action = Action::DiscardDraft;
    const ROOM: Room = Room::None;

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
    ) -> Result<Acted<()>, Reason> {
        let draft = tx.draft(permit.target())?.ok_or(Reason::NoSuchThing)?;
        tx.delete_draft(draft.id)?;
        if draft.base_version == 0 {
            tx.discard_record(draft.record)?;
        }
        Ok(Acted::done(())
            .about(ObjectKind::Record, *draft.record.as_bytes())
            .with_ref(RefKey::Saves, &draft.saves.to_be_bytes()))
    }
}
