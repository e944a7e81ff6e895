//! Print the slip of an earlier checkpoint again, or that of the set-up.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, TakeCheckpoint as Permit};
use super::super::reason::Reason;
use super::super::store::meta::Fact;
use super::super::store::{self, Tx};
use crate::domain::time::Timestamp;
use crate::export::document::{Document, SlipPaper};
use crate::export::pdf;
use crate::log::{Checkpoint, Note};

/// Size and root of a checkpoint that is there already. Size 1 is the paper of set-up, for which no checkpoint is stored.
#[derive(Clone, Copy, Debug)]
pub struct ReadSlip {
    pub size: u64,
}

/// What stands on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedSlip {
    pub checkpoint: Checkpoint,
    /// The host never signs a smaller size than its last: the paper of set-up goes without a note.
    pub note: Option<Note>,
}

impl PrintedSlip {
    /// One A4 page (PDF) for the papers of the day.
    pub fn page(&self, office: &str, printed_at: Timestamp) -> Result<Vec<u8>, Reason> {
        let note = self.note.as_ref().map(ToString::to_string);
        let paper = SlipPaper { office, printed_at, checkpoint: self.checkpoint, note };
        let rendered = Document::slip(&paper).and_then(|document| pdf::render(&document));
        Ok(rendered.map_err(|_| Reason::SlipNotPrinted)?.bytes)
    }
}

impl sealed::Sealed for ReadSlip {}
impl Operation for ReadSlip {
    type Needs = Permit;
    type Outcome = PrintedSlip;
    const ACTION: Action = Action::TakeCheckpoint;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<PrintedSlip>, Reason> {
        let slip = match tx.checkpoint(self.size)? {
            Some(row) => {
                let note = Note::parse(&row.note).ok_or(Reason::Damaged)?;
                PrintedSlip { checkpoint: note.checkpoint, note: Some(note) }
            }
            None if self.size == 1 => PrintedSlip { checkpoint: of_set_up(tx)?, note: None },
            None => return Err(Reason::NoSuchCheckpoint),
        };
        Ok(Acted::done(slip).with_ref(RefKey::SlipSize, &self.size.to_be_bytes()))
    }
}

/// The log when it had one event: its tree is that event's hash.
pub(in crate::office) fn of_set_up(tx: &Tx<'_>) -> store::Result<Checkpoint> {
    let mut genesis = None;
    tx.each_hash_between(0, 1, |hash| genesis = Some(hash))?;
    let root = genesis.ok_or(store::StoreError::LogBroken)?;
    Ok(Checkpoint { log_id: tx.fact_array(Fact::LogId)?, size: 1, root })
}
