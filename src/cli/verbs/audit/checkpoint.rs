//! `audit checkpoint`: the slip for the day's papers.
use std::io::Write as _;
use std::path::Path;

use serde_json::json;

use crate::cli::Context;
use crate::cli::args::CheckpointArguments;
use crate::cli::failure::Failure;
use crate::cli::render::Output;
use crate::cli::sign_in::with_session;
use crate::cli::slip;
use crate::domain::time::Timestamp;
use crate::office::Session;
use crate::office::ops::{PrintedSlip, ReadSlip, TakeCheckpoint};
use crate::os::files;
use crate::text::cli as say;
use crate::text::fill;

pub fn checkpoint(context: &Context, what: &CheckpointArguments) -> Result<Output, Failure> {
    let (office, at, printed) = with_session(context, |session| {
        let (office, at) = (session.face().office.clone(), session.face().signed_in_at);
        let printed = match &what.pdf {
            None => take(session, what.size)?,
            Some(path) => on_paper(session, what.size, path, &office, at)?,
        };
        Ok((office, at, printed))
    })?;
    let point = &printed.checkpoint;
    let mut document = slip::json(point);
    document["note"] = json!(printed.note.map(|note| note.to_string()));
    let lang = context.lang;
    let output = match &what.pdf {
        None => Output::new(document),
        Some(path) => {
            document["file"] = json!(path.display().to_string());
            Output::new(document).line(fill(say::SLIP_FILE.in_lang(lang), &[&path.display()]))
        }
    };
    Ok(output
        .line(fill(say::SLIP_HEAD.in_lang(lang), &[&office, &at.rfc3339_japan()]))
        .lines(slip::lines(point, lang))
        .line(say::SLIP_KEEP.in_lang(lang)))
}

fn take(session: &mut Session, size: Option<u64>) -> Result<PrintedSlip, Failure> {
    match size {
        Some(size) => Ok(session.perform(ReadSlip { size })?),
        None => {
            let note = session.perform(TakeCheckpoint)?;
            Ok(PrintedSlip { checkpoint: note.checkpoint, note: Some(note) })
        }
    }
}

/// The file is made first: a name that is taken is told before anything is on record.
fn on_paper(
    session: &mut Session,
    size: Option<u64>,
    path: &Path,
    office: &str,
    at: Timestamp,
) -> Result<PrintedSlip, Failure> {
    let cannot = || Failure::refused("file-exists", say::EXPORT_FILE, &[&path.display()]);
    let mut file = files::create_new(path).map_err(|_| cannot())?;
    let done = take(session, size).and_then(|printed| {
        let page = printed.page(office, at)?;
        file.write_all(&page).and_then(|()| file.sync_all()).map_err(|_| cannot())?;
        Ok(printed)
    });
    if done.is_err() {
        // Half a paper is none.
        let _ = std::fs::remove_file(path);
    }
    done
}
