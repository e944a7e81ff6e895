//! The counter without a screen: the same operations and rules as the TUI, for scripts and for a plain terminal.
//!
//! Exit status 0 done, 1 refused or failed with one sentence on stderr, 2 wrong usage.
pub mod demo;

mod args;
mod failure;
mod private_file;
mod render;
mod sign_in;
mod verbs;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _};

use args::{Arguments, Common, LangArgument, Verb};
use failure::{Failure, Kind};
use render::{Output, Shape};
use sign_in::Source;

use crate::config::{Environment, Settings};
use crate::office::Office;
use crate::os::harden::harden_process;
use crate::text::Lang;
use crate::text::cli as say;
use crate::tui::widgets::qr::Ambiguous;
use crate::tui::{self, Ending, Manner};

const FAILED: u8 = 1;
const WRONG_USAGE: u8 = 2;

/// What every command works with.
pub(crate) struct Context {
    pub home: PathBuf,
    pub environment: Environment,
    pub settings: Settings,
    pub office: Office,
    pub sign_in: Source,
    pub lang: Lang,
    /// Columns of characters whose width terminals disagree about.
    pub ambiguous: Ambiguous,
    pub manner: Manner,
    /// Name of the keymap that the screens use.
    pub keymap: String,
    pub shape: Shape,
}

/// Runs the program.
pub fn main() -> ExitCode {
    // Before anything is read: no key may ever be in a core dump.
    harden_process();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return explain(&error),
    };
    let shape = if arguments.common.json { Shape::Json } else { Shape::Text };
    let Arguments { common, verb } = arguments;
    let context = match context(&common, matches!(verb, Some(Verb::Demo(_)))) {
        Ok(context) => context,
        Err(failure) => return report(&failure, shape, common.lang.map(lang_of).unwrap_or_default()),
    };
    match perform(&context, verb) {
        Ok(output) => finish(&output, &context),
        Err(failure) => report(&failure, shape, context.lang),
    }
}

fn perform(context: &Context, verb: Option<Verb>) -> Result<Output, Failure> {
    match verb {
        None => open_tui(context),
        Some(Verb::Demo(demo)) => verbs::demo::run(context, &demo),
        Some(Verb::Init { plan }) => verbs::init::run(context, &plan),
        Some(Verb::Records(records)) => verbs::records::run(context, &records),
        Some(Verb::Institutions(verb)) => verbs::institutions::run(context, &verb),
        Some(Verb::Results(results)) => verbs::results::run(context, &results),
        Some(Verb::Queue(args::Queue::List)) => verbs::queue::list(context),
        Some(Verb::Confirm(confirm)) => verbs::confirm::run(context, &confirm),
        Some(Verb::Courier(courier)) => verbs::courier::run(context, &courier),
        Some(Verb::Audit(args::Audit::Verify { key })) => verbs::audit::verify(context, key.as_deref()),
        Some(Verb::Schema(schema)) => verbs::schema::run(context, &schema),
        Some(Verb::Keymap(keymap)) => verbs::keymap::run(context, &keymap),
        Some(Verb::Postal(postal)) => verbs::postal::run(context, &postal),
        Some(Verb::Doctor) => verbs::doctor::run(context),
    }
}

fn context(common: &Common, for_training: bool) -> Result<Context, Failure> {
    let environment = Environment::read();
    let asked = common.home.as_deref();
    let home = if for_training { environment.demo_home(asked) } else { environment.home(asked) };
    let home = home.ok_or_else(|| Failure::usage("no-home", say::NO_HOME, &[]))?;
    let settings = Settings::load(&home)?;
    let manner = if common.plain || environment.cannot_place { Manner::Lines } else { Manner::Panels };
    Ok(Context {
        office: Office::new(&home, environment.surroundings(&home)),
        sign_in: Source::of(common.sign_in.as_deref()),
        lang: common.lang.map_or(settings.lang(), lang_of),
        // A picture of a code, cut in half-blocks, is nothing to listen to: the letters below it are.
        ambiguous: match manner {
            Manner::Panels if common.ambiguous_width != Some(2) => Ambiguous::Narrow,
            _ => Ambiguous::Wide,
        },
        manner,
        keymap: common.keymap.clone().unwrap_or_else(|| settings.keymap.clone()),
        shape: if common.json { Shape::Json } else { Shape::Text },
        home,
        environment,
        settings,
    })
}

/// Opens the screens on the data directory. The one place where the command line meets the TUI.
pub(crate) fn open_tui(context: &Context) -> Result<Output, Failure> {
    let options = tui::Options {
        lang: context.lang,
        keymaps: verbs::keymap::offered(context)?,
        colour: !context.environment.no_color,
        idle_s: Some(u64::from(context.settings.idle_minutes()) * 60),
        training: demo::hints(&context.home),
        ambiguous: context.ambiguous,
        manner: context.manner,
    };
    match tui::open(context.office.clone(), options) {
        Ok(Ending::Quit | Ending::Asked) => Ok(Output::silent()),
        Ok(Ending::TerminalGone) | Err(_) => Err(Failure::refused("terminal-lost", say::TERMINAL_LOST, &[])),
        Ok(Ending::OfficeGone) => Err(Failure::refused("office-lost", say::OFFICE_LOST, &[])),
    }
}

const fn lang_of(argument: LangArgument) -> Lang {
    match argument {
        LangArgument::Ja => Lang::Ja,
        LangArgument::En => Lang::En,
    }
}

fn finish(output: &Output, context: &Context) -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let printed = render::print(output, context.shape, context.lang, &mut out, &mut err);
    if output.found().is_some() || printed.is_err() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
}

fn report(failure: &Failure, shape: Shape, lang: Lang) -> ExitCode {
    // When even stderr is gone there is nobody to tell; the exit status still says it.
    let _ = render::print_failure(failure, shape, lang, &mut io::stdout().lock(), &mut io::stderr().lock());
    match failure.kind {
        Kind::Refused => ExitCode::from(FAILED),
        Kind::Usage => ExitCode::from(WRONG_USAGE),
    }
}

/// Help goes to stdout; a wrong command line is explained without repeating it, because it may hold what is secret.
fn explain(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) };
    }
    let json = std::env::args_os().any(|argument| argument == "--json");
    let shape = if json { Shape::Json } else { Shape::Text };
    // Names of our own arguments are safe to say; an unknown argument is what was typed.
    let ours = matches!(
        error.kind(),
        ErrorKind::InvalidValue
            | ErrorKind::ValueValidation
            | ErrorKind::MissingRequiredArgument
            | ErrorKind::ArgumentConflict
    );
    let name = ours.then(|| error.get(ContextKind::InvalidArg)).flatten().map(argument_names);
    let failure = match name {
        Some(name) if error.kind() == ErrorKind::MissingRequiredArgument => missing(error, &name),
        Some(name) => Failure::usage("usage", say::USAGE_OF, &[&name]),
        None => Failure::usage("usage", say::USAGE, &[]),
    };
    report(&failure, shape, Lang::default())
}

/// What has to be given, in the words of the help.
fn missing(error: &clap::Error, name: &str) -> Failure {
    let mut command = Arguments::command();
    for word in std::env::args().skip(1) {
        if let Some(verb) = command.find_subcommand(&word) {
            command = verb.clone();
        }
    }
    let is_wanted = |argument: &clap::Arg| {
        let values = argument.get_value_names().unwrap_or_default();
        values.iter().any(|value| name.contains(&format!("<{value}>")))
    };
    let wanted = command.get_arguments().filter(|argument| is_wanted(argument));
    let help: Vec<String> = wanted.filter_map(|argument| Some(argument.get_help()?.to_string())).collect();
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let usage = usage.trim().trim_start_matches("Usage: ").lines().next().unwrap_or_default().to_owned();
    Failure::usage("usage", say::USAGE_MISSING, &[&name, &help.join(", "), &usage])
}

fn argument_names(value: &ContextValue) -> String {
    match value {
        ContextValue::String(name) => name.clone(),
        ContextValue::Strings(names) => names.join(", "),
        _ => String::new(),
    }
}
