//! `audit list`: the access log, all of it or what is looked for.
use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::args::LogArguments;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::domain::ids::{RecordId, StaffNumber};
use crate::domain::sensitive::Personal;
use crate::domain::time::Clock as _;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::office::ops::{ListLog, LogLine, LogQuery, LogRow, Whom};
use crate::office::{Damage, Detail, Reason, Session, log_words};
use crate::os::clock::SystemClock;
use crate::text::{Lang, cli as say, fill, review as words};

pub fn run(context: &Context, arguments: &LogArguments) -> Result<Output, Failure> {
    let query = query(arguments)?;
    let limit = usize::try_from(arguments.limit).unwrap_or(usize::MAX);
    let (rows, more) = with_session(context, |session| pages(session, &query, limit))?;
    let lines: Vec<Vec<String>> = rows.iter().map(|row| line(row, context.lang)).collect();
    let document = json!({ "rows": rows.iter().map(json_of).collect::<Vec<_>>(), "more": more });
    let count = if more { say::LOG_MORE } else { say::COUNT };
    Ok(Output::new(document).lines(table(&lines)).line(fill(count.in_lang(context.lang), &[&rows.len()])))
}

/// A day as a person writes it, today at the latest.
pub fn day(typed: Option<&str>) -> Result<Option<NaiveDate>, Failure> {
    let context = DateContext::recent(SystemClock.now().date_in_japan());
    let read = |typed| parse_date(typed, &context);
    typed.map(read).transpose().map_err(|_| Failure::usage("day", say::LOG_DAY_FORMAT, &[]))
}

fn query(arguments: &LogArguments) -> Result<LogQuery, Failure> {
    let whom = arguments.record.as_ref().map(|name| match RecordId::parse(name) {
        Some(id) => Whom::Record(id),
        None => Whom::Term(Personal::new(name.clone())),
    });
    let staff = arguments.staff.as_ref().map(|typed| StaffNumber::parse(typed).ok_or(Reason::NumberInvalid));
    let mut query = LogQuery {
        whom,
        staff: staff.transpose()?,
        from: day(arguments.from.as_deref())?,
        to: day(arguments.to.as_deref())?,
        terminal: arguments.terminal.clone(),
        ..LogQuery::default()
    };
    for typed in &arguments.actions {
        let mut found = log_words::actions_named(typed.trim());
        if found.is_empty() {
            return Err(Failure::usage("action", say::LOG_NO_ACTION, &[]));
        }
        query.actions.append(&mut found);
    }
    Ok(query)
}

/// Page after page, until there are enough rows or no more.
fn pages(session: &mut Session, query: &LogQuery, limit: usize) -> Result<(Vec<LogRow>, bool), Failure> {
    let mut rows = Vec::new();
    let mut before = None;
    loop {
        let page = session.perform(ListLog { before, query: query.clone() })?;
        rows.extend(page.rows);
        if rows.len() > limit || (rows.len() == limit && page.older.is_some()) {
            rows.truncate(limit);
            return Ok((rows, true));
        }
        match page.older {
            Some(older) => before = Some(older),
            None => return Ok((rows, false)),
        }
    }
}

fn line(row: &LogRow, lang: Lang) -> Vec<String> {
    let event = match row {
        LogRow::Event(event) => event,
        LogRow::Damaged { seq, .. } => {
            return vec![seq.to_string(), fill(words::ROW_DAMAGED.in_lang(lang), &[seq])];
        }
        LogRow::Erased { first, last } => {
            return vec![last.to_string(), fill(words::ROW_ERASED.in_lang(lang), &[first, last])];
        }
        LogRow::Missing { first, last } => {
            return vec![last.to_string(), fill(words::ROW_MISSING.in_lang(lang), &[first, last])];
        }
    };
    let record = event.records.first().map(|record| format!("{:04} {}", record.number, record.name.expose()));
    let detail = match &event.detail {
        Detail::None => "",
        Detail::Sealed(text) => text.expose(),
        Detail::Erased => words::DETAIL_ERASED.in_lang(lang),
        Detail::Altered => words::DETAIL_ALTERED.in_lang(lang),
    };
    vec![
        event.seq.to_string(),
        event.at.rfc3339_japan(),
        format!("{} {}", event.actor_number, event.actor_name),
        event.terminal.clone(),
        log_words::action(event.action).in_lang(lang).to_owned(),
        record.unwrap_or_else(|| log_words::kind(event.object).in_lang(lang).to_owned()),
        log_words::outcome(event.outcome).in_lang(lang).to_owned(),
        detail.to_owned(),
    ]
}

fn json_of(row: &LogRow) -> Value {
    match row {
        LogRow::Event(event) => event_json(event),
        LogRow::Damaged { seq, damage } => {
            let damage = match damage {
                Damage::Unreadable => "unreadable",
                Damage::Misplaced => "misplaced",
                Damage::Altered => "altered",
            };
            json!({ "kind": "damaged", "seq": seq, "damage": damage })
        }
        LogRow::Erased { first, last } => json!({ "kind": "erased", "first": first, "last": last }),
        LogRow::Missing { first, last } => json!({ "kind": "missing", "first": first, "last": last }),
    }
}

fn event_json(event: &LogLine) -> Value {
    let records = event.records.iter().map(|record| {
        json!({ "id": record.id.to_string(), "number": record.number, "name": record.name.expose() })
    });
    let (detail, detail_state) = match &event.detail {
        Detail::None => (None, "none"),
        Detail::Sealed(text) => (Some(text.expose()), "sealed"),
        Detail::Erased => (None, "erased"),
        Detail::Altered => (None, "altered"),
    };
    json!({
        "kind": "event", "seq": event.seq, "at": event.at.rfc3339_japan(), "staff": event.actor_number,
        "name": event.actor_name, "terminal": event.terminal, "action": event.action.label(),
        "object": event.object.label(), "records": records.collect::<Vec<_>>(), "more_records": event.more,
        "outcome": event.outcome.label(), "reason": event.reason.map(Reason::code),
        "detail": detail, "detail_state": detail_state,
        "review": event.review.as_ref().map(|(verdict, by)| json!({ "verdict": verdict.code(), "by": by })),
    })
}
