//! `audit clock`: where the clock was moved so far that two supervisors have to look into it.
use serde_json::json;

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::{Output, table};
use crate::cli::sign_in::with_session;
use crate::office::ops::{AcknowledgeClock, ClockStepLine, ListClockSteps};
use crate::text::{Lang, cli as say, fill, review};

const MICROS_PER_SECOND: i64 = 1_000_000;

/// Lists the steps; with a number, acknowledges that one first.
pub fn run(context: &Context, acknowledge: Option<u64>) -> Result<Output, Failure> {
    let (lifted, steps) = with_session(context, |session| {
        let lifted = acknowledge.map(|seq| session.perform(AcknowledgeClock { seq })).transpose()?;
        Ok((lifted, session.perform(ListClockSteps)?))
    })?;
    let open = steps.iter().filter(|step| !step.settled).count();
    let document = json!({ "open": open, "steps": steps.iter().map(json_of).collect::<Vec<_>>() });
    let rows: Vec<Vec<String>> = steps.iter().map(|step| row(step, context.lang)).collect();
    let mut output = Output::new(document).lines(table(&rows));
    if let Some(lifted) = lifted {
        let text = if lifted { review::CLOCK_LIFTED } else { review::CLOCK_FIRST };
        output = output.line(text.in_lang(context.lang).to_owned());
    }
    Ok(match open {
        0 => output.line(review::CLOCK_NONE.in_lang(context.lang).to_owned()),
        open => output.line(fill(say::CLOCK_OPEN.in_lang(context.lang), &[&open])),
    })
}

fn row(step: &ClockStepLine, lang: Lang) -> Vec<String> {
    let state = if step.settled { say::CLOCK_SETTLED } else { say::CLOCK_WAITS };
    vec![
        step.seq.to_string(),
        step.at.rfc3339_japan(),
        fill(say::CLOCK_SECONDS.in_lang(lang), &[&(step.size_us / MICROS_PER_SECOND)]),
        state.in_lang(lang).to_owned(),
        step.acknowledged.join(" "),
    ]
}

fn json_of(step: &ClockStepLine) -> serde_json::Value {
    json!({
        "seq": step.seq, "at": step.at.rfc3339_japan(), "before": step.before.rfc3339_japan(),
        "size_us": step.size_us, "acknowledged": step.acknowledged, "settled": step.settled,
    })
}
