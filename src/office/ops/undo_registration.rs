//! Take back a registration that was just made.
use super::super::audit::Action;
use super::super::content::values_of;
use super::super::names::relearn;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, UndoRegistration as Permit};
use super::super::reason::Reason;
use super::super::store::record::RecordRow;
use super::super::store::{self, Tx};
use super::super::subject::note_subject;
use super::open_draft::{OpenedDraft, handed_out, new_draft, opened};
use crate::domain::ids::{AccountId, RecordId};
use crate::form::Context;

/// Long enough to notice a slip, short enough that nobody has acted on the record.
const GRACE_S: i64 = 30;

/// Undoes one's own last registration within thirty seconds and goes back to its draft.
#[derive(Clone, Copy, Debug)]
pub struct UndoRegistration {
    pub record: RecordId,
}

impl sealed::Sealed for UndoRegistration {}
impl Operation for UndoRegistration {
    type Needs = Permit;
    type Outcome = OpenedDraft;
    const ACTION: Action = Action::UndoRegistration;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<AccountId>> {
        let Some(record) = tx.record(self.record)? else { return Ok(None) };
        Ok(tx.version(record.id, record.version)?.map(|version| version.editor))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<OpenedDraft>, Reason> {
        let mut record = tx.record(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let version = tx.version(record.id, record.version)?.ok_or(Reason::NoSuchThing)?;
        if !(0..=GRACE_S).contains(&desk.now.seconds_since(version.registered_at)) {
            return Err(Reason::UndoTooLate);
        }
        if tx.has_open_transmission(record.id)? {
            return Err(Reason::InTransmission);
        }
        let previous = tx.version_before(record.id, record.version)?;
        tx.undo_version(record.id, record.version, previous, desk.now)?;
        record.version = previous;
        let values = values_of(&version.content)?;
        if let Some(form) = desk.house.catalog().form(&record.form, record.form_version) {
            let before = tx.version(record.id, previous)?;
            let before = before.map(|version| values_of(&version.content)).transpose()?;
            relearn(tx, form, Some(&values), before.as_ref())?;
        }
        show_previous(tx, &record, desk)?;
        let draft = new_draft(&record, permit.account(), &values, desk)?;
        tx.insert_draft(&draft)?;
        // The reasons that were given for what is now a draft again.
        let passed = tx.passed(record.id, version.version)?;
        let opened = OpenedDraft { passed, ..opened(tx, &record, &draft)? };
        Ok(handed_out(opened, version.version))
    }
}

/// Lists and searches say again what the version before said.
fn show_previous(tx: &mut Tx<'_>, record: &RecordRow, desk: &Desk<'_>) -> Result<(), Reason> {
    let form = desk.house.catalog().form(&record.form, record.form_version);
    if let (Some(version), Some(form)) = (tx.version(record.id, record.version)?, form) {
        let values = values_of(&version.content)?;
        let context =
            Context { today: version.registered_at.date_in_japan(), received_at: record.intake.received_at };
        let view = form.view(&values, &context);
        let due_on = form.due_on(&view).map(|day| day.to_string());
        tx.set_open_answer(record.id, form.leaves_open(&view))?;
        note_subject(tx, record.id, form, &values, due_on)?;
    }
    Ok(())
}
