//! Take a checkpoint of the log out of the house.
use super::super::audit::{Action, checkpoint};
use super::super::perform::{Acted, AfterCommit, Desk, Operation, sealed};
use super::super::policy::{Authorized, TakeCheckpoint as Permit};
use super::super::reason::Reason;
use super::super::store::meta::Fact;
use super::super::store::{self, Tx};
use crate::log::Note;

/// Writes a checkpoint over everything before this act, and gives it to be kept outside: on paper, by mail.
#[derive(Clone, Copy, Debug)]
pub struct TakeCheckpoint;

impl sealed::Sealed for TakeCheckpoint {}
impl Operation for TakeCheckpoint {
    type Needs = Permit;
    type Outcome = Note;
    const ACTION: Action = Action::TakeCheckpoint;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Note>, Reason> {
        let host = desk.keys.host();
        // The same that this transaction stores: it covers what was before both.
        let pending = checkpoint::pending(tx, tx.fact_array(Fact::LogId)?)?;
        let note = pending.checkpoint.note(&host.public(), |text| host.sign(text));
        Ok(Acted::done(note).with_checkpoint().then(AfterCommit::KeepCheckpoint))
    }
}
