//! `audit review` and `audit weeks`: the queue of the weekly review, and the weeks.
use serde_json::json;

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::domain::sensitive::Personal;
use crate::domain::week::Week;
use crate::office::ops::{ListReviews, OpenReview, ReviewPage, ReviewRow, SignedOff, Verdict, WeekLine};
use crate::office::{Mark, Reason};
use crate::text::cli as say;
use crate::text::fill;

pub fn queue(context: &Context, week: Option<Week>) -> Result<Output, Failure> {
    let page = with_session(context, |session| {
        let week = match week {
            Some(week) => week,
            None => session.perform(ListReviews)?.first().ok_or(Reason::WeekNotOver)?.week,
        };
        Ok(session.perform(OpenReview { week })?)
    })?;
    let rows: Vec<Vec<String>> = page.rows.iter().map(row).collect();
    let progress = fill(
        say::REVIEW_PROGRESS.in_lang(context.lang),
        &[&page.week, &page.decided(), &page.rows.len(), &page.due],
    );
    Ok(Output::new(document(&page)).lines(table(&rows)).line(progress))
}

pub fn weeks(context: &Context) -> Result<Output, Failure> {
    let lines = with_session(context, |session| Ok(session.perform(ListReviews)?))?;
    let document = json!({ "weeks": lines.iter().map(week_json).collect::<Vec<_>>() });
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let progress =
                line.progress.map_or("-".to_owned(), |(rows, decided)| format!("{decided}/{rows}"));
            let signed = line.signed.as_ref().map_or("-", |signed| signed.by.as_str());
            vec![line.week.to_string(), line.due.to_string(), progress, signed.to_owned()]
        })
        .collect();
    Ok(Output::new(document).lines(table(&rows)))
}

/// Names of codes as in JSON, so that a script's reader finds the same words in both.
fn row(row: &ReviewRow) -> Vec<String> {
    let number = row.record.as_ref().map_or("-".to_owned(), |(number, _)| format!("{number:04}"));
    let name = row.record.as_ref().map(|(_, name)| name.expose().clone()).unwrap_or_default();
    vec![
        row.seq.to_string(),
        row.at.rfc3339_japan(),
        row.actor_number.clone(),
        row.action.label().to_owned(),
        number,
        name,
        row.count.to_string(),
        row.group.label().to_owned(),
        marks(row).join(" "),
        row.verdict.as_ref().map_or("-", |(verdict, _)| verdict_label(*verdict)).to_owned(),
    ]
}

fn marks(row: &ReviewRow) -> Vec<&'static str> {
    row.marks.iter().map(Mark::label).collect()
}

fn document(page: &ReviewPage) -> serde_json::Value {
    json!({
        "week": page.week.to_string(), "due": page.due.to_string(), "decided": page.decided(),
        "signed": signed_json(page.signed.as_ref()), "rows": page.rows.iter().map(json_of).collect::<Vec<_>>(),
    })
}

fn json_of(row: &ReviewRow) -> serde_json::Value {
    let subject = row.record.as_ref().map(|(_, name)| name.expose());
    json!({
        "event": row.seq, "at": row.at.rfc3339_japan(), "staff": row.actor_number, "terminal": row.terminal,
        "action": row.action.label(), "outcome": row.outcome.label(), "group": row.group.label(), "marks": marks(row),
        "record": row.record.as_ref().map(|(number, _)| number), "subject": subject,
        "destination": row.destination, "detail": row.detail.as_ref().map(Personal::expose),
        "events": row.count, "records": row.records, "own": row.own,
        "work": row.work.as_ref().map(|work| {
            json!({ "at": work.at.rfc3339_japan(), "action": work.action.label(), "record": work.number })
        }),
        "verdict": row.verdict.as_ref().map(|(verdict, by)| {
            json!({ "verdict": verdict_label(*verdict), "by": by })
        }),
    })
}

fn week_json(line: &WeekLine) -> serde_json::Value {
    let progress = line.progress.map(|(rows, decided)| json!({ "rows": rows, "decided": decided }));
    json!({
        "week": line.week.to_string(), "due": line.due.to_string(), "progress": progress,
        "signed": signed_json(line.signed.as_ref()),
    })
}

fn signed_json(signed: Option<&SignedOff>) -> serde_json::Value {
    json!(signed.map(|signed| json!({ "by": signed.by, "at": signed.at.rfc3339_japan() })))
}

const fn verdict_label(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Work => "work",
        Verdict::Ask => "ask",
        Verdict::Doubtful => "doubtful",
        Verdict::Later => "later",
    }
}
