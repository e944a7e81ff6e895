//! `demo`: a training directory, and who can sign in to it.
use serde_json::{Value, json};

use crate::cli::args::DemoArguments;
use crate::cli::demo::{self, DemoUser, Filling, Prepared};
use crate::cli::failure::Failure;
use crate::cli::render::{self, Output, Shape, table};
use crate::cli::{Context, open_tui};
use crate::domain::time::{Clock as _, Timestamp};
use crate::os::clock::SystemClock;
use crate::text::cli as say;
use crate::text::fill;

pub fn run(context: &Context, arguments: &DemoArguments) -> Result<Output, Failure> {
    if arguments.codes {
        return users(context, None);
    }
    let filling = Filling { records: arguments.records, seed: arguments.seed };
    let prepared = demo::prepare(&context.home, &context.environment, filling)?;
    let users = users(context, Some(prepared))?;
    if arguments.prepare_only || context.shape == Shape::Json {
        return Ok(users);
    }
    // Printed before the screen opens: it stands in the scrollback while people sign in.
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    render::print(&users, Shape::Text, context.lang, &mut out, &mut err)
        .map_err(|_| Failure::refused("terminal-lost", say::TERMINAL_LOST, &[]))?;
    drop((out, err));
    open_tui(context)
}

fn users(context: &Context, prepared: Option<Prepared>) -> Result<Output, Failure> {
    let now = SystemClock.now();
    let users = demo::codes(&context.home, now)?;
    let left = left_s(now);
    let lang = context.lang;
    let heading = match prepared {
        Some(Prepared::Made) => Some(say::DEMO_MADE),
        Some(Prepared::Found) => Some(say::DEMO_FOUND),
        None => None,
    };
    let listed: Vec<Value> = users.iter().map(json_of).collect();
    let document = json!({
        "home": context.home, "made": prepared == Some(Prepared::Made), "users": listed, "codes_change_in_s": left,
    });
    let rows: Vec<Vec<String>> = users.iter().map(row).collect();
    Ok(Output::new(document)
        .lines(heading.map(|text| fill(text.in_lang(lang), &[&context.home.display()])))
        .lines(table(&rows))
        .line(fill(say::DEMO_CODES_CHANGE.in_lang(lang), &[&left])))
}

fn left_s(now: Timestamp) -> i64 {
    demo::STEP_S - now.seconds().rem_euclid(demo::STEP_S)
}

fn row(user: &DemoUser) -> Vec<String> {
    vec![
        user.number.clone(),
        user.name.clone(),
        user.roles.join(","),
        user.password.expose().to_owned(),
        user.code.expose().to_owned(),
    ]
}

fn json_of(user: &DemoUser) -> Value {
    json!({
        "number": user.number, "name": user.name, "roles": user.roles,
        "password": user.password.expose(), "code": user.code.expose(),
    })
}
