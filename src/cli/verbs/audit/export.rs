//! `audit export`: the log as JSON Lines, for the auditor and for other systems.
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde_json::json;

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::Output;
use crate::cli::sign_in::with_session_or_stopped;
use crate::log::export::Line;
use crate::office::Reason;
use crate::office::ops::ExportLog;
use crate::os::files;
use crate::text::cli as say;
use crate::text::fill;

pub fn export(context: &Context, path: &Path, with_details: bool) -> Result<Output, Failure> {
    let lines = with_session_or_stopped(
        context,
        |session| write(path, |line| session.export_log(ExportLog { with_details }, line)),
        // What was typed stays in the house: nobody can write down that it was handed out.
        |log| match with_details {
            true => Err(Reason::LogBroken.into()),
            false => write(path, |line| log.export(line)),
        },
    )?;
    let said = fill(say::EXPORT_DONE.in_lang(context.lang), &[&lines, &path.display()]);
    Ok(Output::new(json!({ "lines": lines, "file": path.display().to_string() })).line(said))
}

/// How many lines there are.
fn write(
    path: &Path,
    export: impl FnOnce(&mut dyn FnMut(&Line) -> Result<(), Reason>) -> Result<(), Reason>,
) -> Result<u64, Failure> {
    let exists = |_| Failure::refused("file-exists", say::EXPORT_FILE, &[&path.display()]);
    let mut file = BufWriter::new(files::create_new(path).map_err(exists)?);
    let mut lines = 0u64;
    let written = export(&mut |line| {
        lines += 1;
        let json = serde_json::to_string(line).map_err(|_| Reason::Impossible)?;
        Ok(writeln!(file, "{json}")?)
    });
    let written = written
        .and_then(|()| Ok(file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?));
    if let Err(reason) = written {
        // Half an export would pass for a log that was cut.
        let _ = std::fs::remove_file(path);
        return Err(reason.into());
    }
    Ok(lines)
}
