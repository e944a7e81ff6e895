//! `audit figures`: the access log as figures.
use chrono::Days;
use serde_json::{Value, json};

use super::list::day;
use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::Output;
use crate::cli::sign_in::with_session;
use crate::domain::time::Clock as _;
use crate::office::ops::{Figures, LATENCIES, SummariseLog};
use crate::os::clock::SystemClock;
use crate::tui::screens::log_figures::{FigurePage, lines};

/// Four weeks, today included.
const DAYS_BEFORE: u64 = 27;

pub fn run(context: &Context, from: Option<&str>, to: Option<&str>) -> Result<Output, Failure> {
    let to = day(to)?.unwrap_or_else(|| SystemClock.now().date_in_japan());
    let before = || to.checked_sub_days(Days::new(DAYS_BEFORE)).unwrap_or(to);
    let from = day(from)?.unwrap_or_else(before);
    let figures = with_session(context, |session| Ok(session.perform(SummariseLog { from, to })?))?;
    let pages = FigurePage::ALL.iter().flat_map(|page| {
        let mut shown = vec![format!("-- {}", page.title().in_lang(context.lang))];
        shown.extend(lines(*page, &figures, context.lang));
        shown.push(String::new());
        shown
    });
    Ok(Output::new(document(&figures)).lines(pages))
}

fn document(figures: &Figures) -> Value {
    let unread = figures.unread;
    json!({
        "from": figures.from.to_string(), "to": figures.to.to_string(), "events": figures.events,
        "unread": { "damaged": unread.damaged, "erased": unread.erased, "missing": unread.missing },
        "hours": figures.busy.iter().map(|busy| {
            json!({ "staff": busy.number, "name": busy.name, "hours": busy.hours })
        }).collect::<Vec<_>>(),
        "confirmation_latency": { "below_s": LATENCIES, "counts": figures.latencies },
        "pairs": figures.pairs.iter().map(|pair| {
            json!({ "people": pair.people, "together": pair.together, "all": pair.all })
        }).collect::<Vec<_>>(),
        "checks": figures.checks.iter().map(|one| json!({
            "staff": one.number, "name": one.name, "tries": one.tries, "misses": one.misses,
            "drills": one.drills, "noticed": one.noticed,
        })).collect::<Vec<_>>(),
        "weeks": figures.weeks.iter().map(|week| json!({
            "year": week.year, "week": week.week, "events": week.events, "reviewed": week.reviewed,
        })).collect::<Vec<_>>(),
    })
}
