//! Correct a registered record: open a draft on top of its present version.
use super::super::audit::Action;
use super::super::content::values_of;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReviseRecord as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::open_draft::{OpenedDraft, handed_out, new_draft, opened};
use crate::domain::ids::RecordId;

/// Opens the record for correction, or one's own correction that is under way.
#[derive(Clone, Copy, Debug)]
pub struct ReviseRecord {
    pub record: RecordId,
}

impl sealed::Sealed for ReviseRecord {}
impl Operation for ReviseRecord {
    type Needs = Permit;
    type Outcome = OpenedDraft;
    const ACTION: Action = Action::ReviseRecord;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<OpenedDraft>, Reason> {
        let record = tx.record(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if tx.has_open_transmission(record.id)? {
            return Err(Reason::InTransmission);
        }
        let draft = match tx.draft_of(record.id, permit.account())? {
            Some(mine) => mine,
            None if record.version == 0 => return Err(Reason::NotHolder),
            None => {
                let version = tx.version(record.id, record.version)?.ok_or(Reason::Impossible)?;
                let fresh = new_draft(&record, permit.account(), &values_of(&version.content)?, desk)?;
                tx.insert_draft(&fresh)?;
                fresh
            }
        };
        Ok(handed_out(opened(tx, &record, &draft)?, draft.base_version))
    }
}
