//! The newest checkpoint as a file, for the courier: it holds no key of the database and carries copies out of the house.
use super::reason::Reason;
use super::session::Session;
use crate::log::Note;
use crate::log::checkpoint::NOTE_MAX;
use crate::os::files::{self, Lock};

const LOCK: &str = "lock";

/// Writes what the log's newest checkpoint is, where the file says another one.
///
/// Under a lock, so that of two sessions the slower one does not put an older note in place of a newer one. A log that went back is
/// written down too: the courier remembers what it has sent and tells.
pub(super) fn write_if_wrong(session: &mut Session) -> Result<(), Reason> {
    let path = session.house.latest_note();
    let dir = path.parent().ok_or(Reason::Impossible)?;
    files::make_private_dir(dir)?;
    let _lock = Lock::exclusive(&dir.join(LOCK))?;
    let Some(row) = session.store.begin()?.last_checkpoint()? else { return Ok(()) };
    // The courier would take it for no note at all.
    let note = Note::parse(&row.note).ok_or(Reason::Damaged)?;
    let lies_there = files::read_limited(&path, NOTE_MAX).ok();
    if lies_there.as_deref() != Some(row.note.as_bytes()) {
        files::write_atomically(&path, note.to_string().as_bytes())?;
    }
    Ok(())
}
