//! `courier --once|--watch`: the dispatcher. It signs nobody in, because it reads no record.
use std::io;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::args::CourierArguments;
use crate::cli::failure::Failure;
use crate::cli::render::{self, Output};
use crate::courier::{Answer, CourierConfig, Delivery, Summary, run_once, watch};
use crate::order::Outcome;
use crate::os::clock::SystemClock;
use crate::os::signals;
use crate::text::cli as say;
use crate::text::{Lang, fill};

/// Soon enough for a person who waits for an answer, seldom enough for an old machine.
const INTERVAL: Duration = Duration::from_secs(10);

pub fn run(context: &Context, arguments: &CourierArguments) -> Result<Output, Failure> {
    let config = config(context)?;
    if arguments.watch {
        return keep_watch(context, &config);
    }
    report(&run_once(&config, &SystemClock), context.lang)
}

fn config(context: &Context) -> Result<CourierConfig, Failure> {
    let carriers = context.settings.courier.carriers();
    if !carriers.is_any() {
        return Err(Failure::refused("no-carrier", say::COURIER_NO_CARRIER, &[]));
    }
    Ok(CourierConfig {
        outbox: context.home.join("outbox"),
        state_dir: context.home.join("courier"),
        roster: context.office.house().generation()?.roster(),
        carriers,
    })
}

/// Prints every round in which something happened, and a trouble once, until the process is asked to end.
fn keep_watch(context: &Context, config: &CourierConfig) -> Result<Output, Failure> {
    let lost = |_: io::Error| Failure::refused("terminal-lost", say::TERMINAL_LOST, &[]);
    let stop: std::sync::Arc<AtomicBool> = signals::stop_flag().map_err(lost)?;
    let mut last_trouble = None;
    watch(config, &SystemClock, INTERVAL, &stop, &mut |summary| {
        let trouble = summary.as_ref().err().copied();
        let news = summary.as_ref().map_or(trouble != last_trouble, |deliveries| !deliveries.is_empty());
        last_trouble = trouble;
        if news {
            // A log that nobody reads any more must not stop what has to be sent.
            let _ = print(summary, context);
        }
    });
    Ok(Output::new(json!({ "stopped": true })).line(say::COURIER_STOPPED.in_lang(context.lang)))
}

fn print(summary: &Summary, context: &Context) -> io::Result<()> {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    match report(summary, context.lang) {
        Ok(output) => render::print(&output, context.shape, context.lang, &mut out, &mut err),
        Err(failure) => render::print_failure(&failure, context.shape, context.lang, &mut out, &mut err),
    }
}

fn report(summary: &Summary, lang: Lang) -> Result<Output, Failure> {
    let deliveries = summary
        .as_ref()
        .map_err(|error| Failure::refused(error.code(), say::COURIER_NO_ROUND, &[&error.code()]))?;
    let lines = deliveries.iter().map(|delivery| {
        format!("{} {} {}", delivery.transmission, delivery.code(), delivery.reason().unwrap_or_default())
    });
    let listed: Vec<Value> = deliveries.iter().map(json_of).collect();
    let output = Output::new(json!({ "deliveries": listed }))
        .lines(lines)
        .line(fill(say::COURIER_ROUND.in_lang(lang), &[&deliveries.len()]));
    let open = deliveries.iter().filter(|delivery| !is_settled(delivery)).count();
    if open == 0 {
        return Ok(output);
    }
    Ok(output.but(Failure::refused("not-all-sent", say::COURIER_NOT_ALL, &[&open])))
}

const fn is_settled(delivery: &Delivery) -> bool {
    matches!(
        delivery.answer,
        Answer::Receipt(Outcome::Sent | Outcome::ToAPerson) | Answer::UnderWay | Answer::AlreadyAnswered
    )
}

fn json_of(delivery: &Delivery) -> Value {
    json!({
        "transmission": delivery.transmission.to_string(), "answer": delivery.code(),
        "reason": delivery.reason(), "resumed": delivery.resumed,
    })
}
