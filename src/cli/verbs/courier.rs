//! `courier --once|--watch`: the dispatcher. It signs nobody in, because it reads no record.
use std::io;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::args::CourierArguments;
use crate::cli::failure::Failure;
use crate::cli::render::{self, Output};
use crate::courier::{
    Alarm, Answer, CopyAnswer, CopyMade, CopyTrouble, CourierConfig, CourierError, Delivery, Hindrance,
    RoundMade, run_round, watch,
};
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
    report(&run_round(&config, &SystemClock), context.lang)
}

fn config(context: &Context) -> Result<CourierConfig, Failure> {
    let settings = &context.settings;
    let carriers = settings.courier.carriers();
    let copies = settings.checkpoints.copies(&context.home, &settings.courier);
    if !carriers.is_any() && !copies.is_any() {
        return Err(Failure::refused("no-carrier", say::COURIER_NO_CARRIER, &[]));
    }
    Ok(CourierConfig {
        outbox: context.home.join("outbox"),
        state_dir: context.home.join("courier"),
        roster: context.office.house().generation()?.roster(),
        carriers,
        copies,
    })
}

/// Prints every round in which something happened, and a trouble once, until the process is asked to end.
fn keep_watch(context: &Context, config: &CourierConfig) -> Result<Output, Failure> {
    let lost = |_: io::Error| Failure::refused("terminal-lost", say::TERMINAL_LOST, &[]);
    let stop: std::sync::Arc<AtomicBool> = signals::stop_flag().map_err(lost)?;
    let mut told = Told::default();
    watch(config, &SystemClock, INTERVAL, &stop, &mut |round| {
        if told.is_news(round) {
            // A log that nobody reads any more must not stop what has to be sent.
            let _ = print(round, context);
        }
    });
    Ok(Output::new(json!({ "stopped": true })).line(say::COURIER_STOPPED.in_lang(context.lang)))
}

/// What was said already.
#[derive(Default)]
struct Told {
    trouble: Option<CourierError>,
    copies: Vec<CopyMade>,
}

impl Told {
    fn is_news(&mut self, round: &RoundMade) -> bool {
        let trouble = round.orders.as_ref().and_then(|orders| orders.as_ref().err().copied());
        let delivered = matches!(&round.orders, Some(Ok(deliveries)) if !deliveries.is_empty());
        let new_trouble = trouble.is_some() && trouble != self.trouble;
        self.trouble = trouble;
        // A pause says no more than what began it.
        let mut copies = round.copies.clone();
        copies.retain(|copy| copy.answer != CopyAnswer::NotSent(CopyTrouble::Here(Hindrance::Waiting)));
        let new_copies = !copies.is_empty() && copies != self.copies;
        if new_copies {
            self.copies = copies;
        }
        delivered || new_trouble || new_copies
    }
}

fn print(round: &RoundMade, context: &Context) -> io::Result<()> {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    match report(round, context.lang) {
        Ok(output) => render::print(&output, context.shape, context.lang, &mut out, &mut err),
        Err(failure) => render::print_failure(&failure, context.shape, context.lang, &mut out, &mut err),
    }
}

fn report(round: &RoundMade, lang: Lang) -> Result<Output, Failure> {
    let no_orders = Vec::new();
    let (deliveries, trouble) = match &round.orders {
        None => (&no_orders, None),
        Some(Ok(deliveries)) => (deliveries, None),
        Some(Err(error)) => (&no_orders, Some(error)),
    };
    let trouble =
        trouble.map(|error| Failure::refused(error.code(), say::COURIER_NO_ROUND, &[&error.code()]));
    let trouble = match trouble {
        Some(failure) if round.copies.is_empty() => return Err(failure),
        trouble => trouble,
    };
    let lines = deliveries.iter().map(|delivery| {
        format!("{} {} {}", delivery.transmission, delivery.code(), delivery.reason().unwrap_or_default())
    });
    let listed: Vec<Value> = deliveries.iter().map(json_of).collect();
    let copies: Vec<Value> = round.copies.iter().map(json_of_copy).collect();
    let output = Output::new(json!({ "deliveries": listed, "checkpoints": copies }))
        .lines(lines)
        .lines(round.copies.iter().map(line_of_copy));
    let output = match round.orders {
        Some(Ok(_)) => output.line(fill(say::COURIER_ROUND.in_lang(lang), &[&deliveries.len()])),
        _ => output,
    };
    // The gravest first: of several only one is told as the end of it.
    let open = deliveries.iter().filter(|delivery| !is_settled(delivery)).count();
    let not_all = (open > 0).then(|| Failure::refused("not-all-sent", say::COURIER_NOT_ALL, &[&open]));
    let failure = alarm(&round.copies).or(trouble).or(not_all).or_else(|| copies_left(&round.copies));
    Ok(match failure {
        Some(failure) => output.but(failure),
        None => output,
    })
}

fn alarm(copies: &[CopyMade]) -> Option<Failure> {
    let alarm = copies.iter().find_map(|copy| match copy.answer {
        CopyAnswer::Alarm(alarm) => Some(alarm),
        _ => None,
    })?;
    let text = match alarm {
        Alarm::Shorter => say::COPIES_SHORTER,
        Alarm::OtherRoot => say::COPIES_OTHER_ROOT,
        Alarm::OtherLog => say::COPIES_OTHER_LOG,
    };
    Some(Failure::refused(alarm.code(), text, &[]))
}

fn copies_left(copies: &[CopyMade]) -> Option<Failure> {
    let left = copies.iter().filter(|copy| copy.answer != CopyAnswer::Sent).count();
    (left > 0).then(|| Failure::refused("copies-not-sent", say::COPIES_NOT_SENT, &[&left]))
}

fn line_of_copy(copy: &CopyMade) -> String {
    let size = copy.size.map(|size| size.to_string()).unwrap_or_default();
    format!(
        "checkpoint {size} {} {} {}",
        copy.to.name(),
        copy.answer.code(),
        copy.answer.reason().unwrap_or_default()
    )
}

fn json_of_copy(copy: &CopyMade) -> Value {
    json!({
        "to": copy.to.name(), "size": copy.size, "answer": copy.answer.code(), "reason": copy.answer.reason(),
    })
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
