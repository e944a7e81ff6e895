//! Keep what was typed so far.
use super::super::content::content_of;
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::session::Session;
use super::super::store::staff::StaffStatus;
use super::super::subject::note_subject;
use crate::domain::ids::DraftId;
use crate::domain::time::Timestamp;
use crate::form::Values;

/// Autosaves one's own open draft at a field exit.
///
/// Not an operation of its own in the log: it rests on the row that opened the draft, and the row that closes the
/// draft counts the saves.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    pub draft: DraftId,
    pub values: Values,
    pub position: String,
}

/// Ties the request to its reply in the list of operations.
pub trait Autosave {
    type Outcome;
}

impl Autosave for SaveDraft {
    /// When it was made durable.
    type Outcome = Timestamp;
}

impl Session {
    /// Durable when it returns.
    pub fn save_draft(&mut self, save: &SaveDraft) -> Result<Timestamp, Reason> {
        let content = content_of(&save.values)?;
        let now = self.house.clock.now();
        Room::Reserve.check(&self.store.reserve())?;
        let mut tx = self.store.begin()?;
        let active = tx.staff(self.account)?.is_some_and(|row| row.status == StaffStatus::Active);
        if !active {
            return Err(Reason::SessionEnded);
        }
        let lease = tx.lease(save.draft, self.account)?.ok_or(Reason::NotHolder)?;
        tx.save_draft(&lease, &content, &save.position, now)?;
        let draft = tx.draft(save.draft)?.ok_or(Reason::Impossible)?;
        let record = tx.record(draft.record)?.ok_or(Reason::Impossible)?;
        // Until it is registered, the lists show what the draft says so far.
        if record.version == 0
            && let Some(form) = self.house.catalog().form(&record.form, record.form_version)
        {
            note_subject(&mut tx, record.id, form, &save.values, None)?;
        }
        let warning = tx.warning();
        tx.commit_under_lease(&lease)?;
        if let Ok(warning) = warning {
            self.warning = warning;
        }
        Ok(now)
    }
}
