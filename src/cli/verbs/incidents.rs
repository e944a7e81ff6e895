//! `incidents`: misdeliveries, their days, and the draft of the report.
use serde_json::json;

use crate::cli::Context;
use crate::cli::args::Incidents;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::domain::incident::{Due, Noted, StepKind};
use crate::office::Reason;
use crate::office::ops::{
    IncidentLine, IncidentView, ListIncidents, Reporting, ShowIncident, StepView, noted_name,
};
use crate::text::{Lang, cli as say, fill, incidents as words};

pub fn run(context: &Context, verb: &Incidents) -> Result<Output, Failure> {
    match verb {
        Incidents::List => list(context),
        Incidents::Show { number } => {
            let view = show(context, *number)?;
            Ok(course(&view, context.lang))
        }
        Incidents::Report { number } => {
            let view = show(context, *number)?;
            let document = json!({ "number": view.line.number, "draft": view.draft });
            Ok(Output::new(document).lines(view.draft.lines().map(str::to_owned)))
        }
    }
}

fn list(context: &Context) -> Result<Output, Failure> {
    let lines = with_session(context, |session| Ok(session.perform(ListIncidents)?))?;
    let rows: Vec<Vec<String>> = lines.iter().map(|line| row(line, context.lang)).collect();
    let document = json!({ "incidents": lines.iter().map(json_of).collect::<Vec<_>>() });
    let count = fill(say::COUNT.in_lang(context.lang), &[&lines.len()]);
    Ok(Output::new(document).lines(table(&rows)).line(count))
}

fn show(context: &Context, number: u32) -> Result<Box<IncidentView>, Failure> {
    with_session(context, |session| {
        let lines = session.perform(ListIncidents)?;
        let found = lines.iter().find(|line| line.number == number).ok_or(Reason::NoSuchThing)?;
        Ok(session.perform(ShowIncident { incident: found.id })?)
    })
}

fn row(line: &IncidentLine, lang: Lang) -> Vec<String> {
    let Reporting { due, preliminary, last } = line.reporting;
    let state = if line.closed.is_some() { words::CLOSED } else { words::OPEN };
    vec![
        line.number.to_string(),
        state.in_lang(lang).to_owned(),
        line.code.clone(),
        line.transmission.map_or_else(|| "-".to_owned(), |number| format!("T-{number:04}")),
        line.found_at.rfc3339_japan(),
        fill(words::PEOPLE.in_lang(lang), &[&line.people]),
        format!(
            "{} {}",
            words::COLUMN_PRELIMINARY.in_lang(lang),
            stands(preliminary, due.preliminary_until, lang)
        ),
        format!("{} {}", words::COLUMN_FINAL.in_lang(lang), stands(last, due.final_until, lang)),
    ]
}

/// With the whole date: what is printed may be read much later.
fn stands(due: Due, until: chrono::NaiveDate, lang: Lang) -> String {
    match due {
        Due::Done => words::DUE_DONE.in_lang(lang).to_owned(),
        Due::NotNeeded => words::DUE_NOT_NEEDED.in_lang(lang).to_owned(),
        Due::Left(days) => format!("{until} {}", fill(words::DUE_LEFT.in_lang(lang), &[&days])),
        Due::Late(days) => fill(words::DUE_LATE.in_lang(lang), &[&days]),
    }
}

fn course(view: &IncidentView, lang: Lang) -> Output {
    let steps = view.steps.iter().map(|step| {
        vec![
            step.done_at.rfc3339_japan(),
            noted_name(step.noted, lang),
            step.whom.expose().clone(),
            step.words.expose().clone(),
            step.noted_by_number.clone(),
        ]
    });
    let frozen = if view.line.frozen { words::COURSE_FROZEN } else { words::COURSE_NOT_FROZEN };
    let stopped = [&frozen.in_lang(lang) as &dyn std::fmt::Display, &view.line.stopped, &view.line.gone];
    let mut document = json_of(&view.line);
    if let Some(object) = document.as_object_mut() {
        object.insert("words".to_owned(), json!(view.words.expose()));
        object.insert("steps".to_owned(), view.steps.iter().map(json_of_step).collect());
    }
    Output::new(document)
        .lines(table(&[row(&view.line, lang)]))
        .line(fill(words::COURSE_STOPPED.in_lang(lang), &stopped))
        .line(fill(words::COURSE_WORDS.in_lang(lang), &[view.words.expose()]))
        .lines(table(&steps.collect::<Vec<_>>()))
}

fn json_of(line: &IncidentLine) -> serde_json::Value {
    let Reporting { due, preliminary, last } = line.reporting;
    let report = |how: Due| match how {
        Due::Done => json!({ "state": "done" }),
        Due::NotNeeded => json!({ "state": "not-needed" }),
        Due::Left(days) => json!({ "state": "due", "days_left": days }),
        Due::Late(days) => json!({ "state": "late", "days_late": days }),
    };
    json!({
        "id": line.id.to_string(), "number": line.number, "destination": line.code, "frozen": line.frozen,
        "channel": line.channel.code(), "transmission": line.transmission,
        "found_at": line.found_at.rfc3339_japan(), "people": line.people,
        "stopped": line.stopped, "with_the_courier": line.gone,
        "reported_by": line.reported_by_number, "reported_at": line.reported_at.rfc3339_japan(),
        "preliminary": { "from": due.preliminary_from.to_string(), "until": due.preliminary_until.to_string(), "report": report(preliminary) },
        "final": { "until": due.final_until.to_string(), "report": report(last) },
        "malice": line.course.has(StepKind::Malice),
        "closed": line.closed.as_ref().map(|(conclusion, by, at)| {
            json!({ "conclusion": conclusion.code(), "by": by, "at": at.rfc3339_japan() })
        }),
    })
}

fn json_of_step(step: &StepView) -> serde_json::Value {
    json!({
        "kind": step.noted.kind().code(), "mistaken": matches!(step.noted, Noted::Mistaken(_)), "done_at": step.done_at.rfc3339_japan(), "whom": step.whom.expose(),
        "words": step.words.expose(), "people": step.people, "noted_by": step.noted_by_number,
        "noted_at": step.noted_at.rfc3339_japan(),
    })
}
