//! `audit accesses`: who had to do with the records of a person, as a list or as a paper.
use std::path::Path;

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::cli::verbs::find_record;
use crate::office::log_words;
use crate::office::ops::{AccessLine, Accesses, PrintAccesses, ShowAccesses, Why, why_words};
use crate::os::files;
use crate::text::{Lang, cli as say, fill, papers};

pub fn run(context: &Context, record: &str, pdf: Option<&Path>) -> Result<Output, Failure> {
    match pdf {
        Some(path) => print(context, record, path),
        None => show(context, record),
    }
}

fn show(context: &Context, name: &str) -> Result<Output, Failure> {
    let accesses = with_session(context, |session| {
        let record = find_record(session, name)?;
        Ok(session.perform(ShowAccesses { record })?)
    })?;
    let lang = context.lang;
    let rows: Vec<Vec<String>> = accesses.lines.iter().map(|line| row(line, lang)).collect();
    let unread = accesses.unread;
    let notes = [
        fill(papers::ACCESSES_FOUND.in_lang(lang), &[&accesses.lines.len(), &accesses.people]),
        fill(papers::ACCESSES_EVENTS.in_lang(lang), &[&accesses.events]),
        fill(papers::ACCESSES_NOTE_UNREAD.in_lang(lang), &[&unread.damaged, &unread.erased, &unread.missing]),
        papers::ACCESSES_NOTE_LISTS.in_lang(lang).to_owned(),
    ];
    Ok(Output::new(document(&accesses)).lines(table(&rows)).lines(notes))
}

/// The row in the log is written before the file: a paper that nobody knows of cannot be.
fn print(context: &Context, name: &str, path: &Path) -> Result<Output, Failure> {
    // Looked at first, so that a slip leaves no row about a paper that was never written.
    let taken = || Failure::refused("not-written", say::TABLE_EXISTS, &[&path.display()]);
    if path.symlink_metadata().is_ok() {
        return Err(taken());
    }
    let paper = with_session(context, |session| {
        let record = find_record(session, name)?;
        Ok(session.perform(PrintAccesses { record })?)
    })?;
    files::write_new(path, paper.pdf.expose()).map_err(|_| taken())?;
    let written =
        fill(say::ACCESSES_WRITTEN.in_lang(context.lang), &[&path.display(), &paper.pages, &paper.lines]);
    let document = json!({ "file": path, "pages": paper.pages, "events": paper.lines });
    Ok(Output::new(document).line(written))
}

fn row(line: &AccessLine, lang: Lang) -> Vec<String> {
    vec![
        line.at.rfc3339_japan(),
        format!("{} {}", line.number, line.name),
        line.section.clone(),
        line.terminal.clone(),
        log_words::action(line.action).in_lang(lang).to_owned(),
        log_words::outcome(line.outcome).in_lang(lang).to_owned(),
        why_words(line.why, lang),
    ]
}

fn document(accesses: &Accesses) -> Value {
    let unread = accesses.unread;
    let lines = accesses.lines.iter().map(|line| {
        let (why, work) = match line.why {
            Why::Work => ("work", None),
            Why::SameDay(action) => ("same-day", Some(action.label())),
            Why::NotSaid => ("not-said", None),
        };
        json!({
            "seq": line.seq, "at": line.at.rfc3339_japan(), "staff": line.number, "name": line.name,
            "section": line.section, "terminal": line.terminal, "action": line.action.label(),
            "outcome": line.outcome.label(), "why": why, "work": work,
        })
    });
    json!({
        "records": accesses.records.iter().map(|record| record.number).collect::<Vec<_>>(),
        "events": accesses.events, "people": accesses.people,
        "from": accesses.period.map(|(first, _)| first.rfc3339_japan()),
        "to": accesses.period.map(|(_, last)| last.rfc3339_japan()),
        "unread": { "damaged": unread.damaged, "erased": unread.erased, "missing": unread.missing },
        "accesses": lines.collect::<Vec<_>>(),
    })
}
