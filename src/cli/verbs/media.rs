//! `media list`: the register of media (媒体管理簿), to be printed and filed.
use serde_json::json;

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::domain::time::Timestamp;
use crate::office::ops::{ListMedia, MediumLine};
use crate::text::{Lang, cli as say, fill, media as words};

pub fn list(context: &Context) -> Result<Output, Failure> {
    let lines = with_session(context, |session| Ok(session.perform(ListMedia)?))?;
    let rows: Vec<Vec<String>> = lines.iter().map(|line| row(line, context.lang)).collect();
    let document = json!({ "media": lines.iter().map(json_of).collect::<Vec<_>>() });
    let count = fill(say::COUNT.in_lang(context.lang), &[&lines.len()]);
    Ok(Output::new(document).lines(table(&rows)).line(count))
}

/// With whole times: what is printed may be read much later.
fn row(line: &MediumLine, lang: Lang) -> Vec<String> {
    let back = line.returned.as_ref().map(|(_, at)| at.rfc3339_japan());
    vec![
        format!("T-{:04}", line.number),
        line.medium.clone().unwrap_or_else(|| words::HIDDEN.in_lang(lang).to_owned()),
        line.reason.expose().clone(),
        line.approved_by_name.clone(),
        line.approved_at.rfc3339_japan(),
        back.unwrap_or_else(|| words::OUT.in_lang(lang).to_owned()),
        line.returned.as_ref().map(|(by, _)| by.clone()).unwrap_or_default(),
    ]
}

fn json_of(line: &MediumLine) -> serde_json::Value {
    json!({
        "transmission": line.transmission.to_string(), "number": line.number, "medium": line.medium,
        "reason": line.reason.expose(), "approved_by": line.approved_by_name,
        "approved_at": line.approved_at.rfc3339_japan(),
        "returned_by": line.returned.as_ref().map(|(by, _)| by),
        "returned_at": line.returned.as_ref().map(|(_, at)| Timestamp::rfc3339_japan(*at)),
    })
}
