//! `queue list`: what is on its way.
use serde_json::json;

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::office::ops::{ListTransmissions, TransmissionLine};
use crate::office::{Reason, StateCode};
use crate::text::cli as say;
use crate::text::{Lang, Text, fill};

pub fn list(context: &Context) -> Result<Output, Failure> {
    let lines = with_session(context, |session| Ok(session.perform(ListTransmissions)?))?;
    let rows: Vec<Vec<String>> = lines.iter().map(|line| row(line, context.lang)).collect();
    let document = json!({ "transmissions": lines.iter().map(json_of).collect::<Vec<_>>() });
    let count = fill(say::COUNT.in_lang(context.lang), &[&lines.len()]);
    Ok(Output::new(document).lines(table(&rows)).line(count))
}

fn row(line: &TransmissionLine, lang: Lang) -> Vec<String> {
    let destination = line.destination.as_ref().map(|to| format!("{} {}", to.code, to.organisation));
    vec![
        line.number.to_string(),
        state_name(line.state).in_lang(lang).to_owned(),
        line.submitted_at.rfc3339_japan(),
        line.author_number.clone(),
        line.second_number.clone().unwrap_or_else(|| "-".to_owned()),
        destination.unwrap_or_else(|| "-".to_owned()),
        line.reason.map(|reason| reason.text().in_lang(lang).to_owned()).unwrap_or_default(),
    ]
}

fn json_of(line: &TransmissionLine) -> serde_json::Value {
    json!({
        "id": line.id.to_string(), "number": line.number, "record": line.record.map(|record| record.to_string()),
        "state": line.state.code(), "author": line.author_number, "second": line.second_number,
        "submitted_at": line.submitted_at.rfc3339_japan(),
        "confirmed_at": line.confirmed_at.map(Timestamp::rfc3339_japan),
        "destination": line.destination.as_ref().map(|to| {
            json!({ "code": to.code, "name": to.organisation, "channel": to.channel.code() })
        }),
        "subject": line.subject.as_ref().map(Personal::expose),
        "pages": line.pages, "in_hand": line.in_hand, "needs_supervisor": line.needs_supervisor, "misses": line.misses, "reason": line.reason.map(Reason::code),
    })
}

/// The state as the screens name it.
pub const fn state_name(state: StateCode) -> Text {
    match state {
        StateCode::Awaiting => say::STATE_AWAITING,
        StateCode::Confirmed => say::STATE_CONFIRMED,
        StateCode::Queued => say::STATE_QUEUED,
        StateCode::Dispatching => say::STATE_DISPATCHING,
        StateCode::Sent => say::STATE_SENT,
        StateCode::Acknowledged => say::STATE_ACKNOWLEDGED,
        StateCode::Failed => say::STATE_FAILED,
        StateCode::Uncertain => say::STATE_UNCERTAIN,
        StateCode::Returned => say::STATE_RETURNED,
        StateCode::Withdrawn => say::STATE_WITHDRAWN,
        StateCode::Void => say::STATE_VOID,
    }
}
