//! The counter without a screen: the same operations and rules as the TUI, for scripts and for a plain terminal.
//!
//! Exit status 0 done, 1 refused or failed with one sentence on stderr, 2 wrong usage.
pub mod demo;

mod args;
mod failure;
mod private_file;
mod render;
mod sign_in;
mod slip;
mod usage;
mod verbs;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

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
    let words: Vec<OsString> = std::env::args_os().collect();
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return explain(&error, &words),
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
        Some(Verb::Destinations(verb)) => verbs::destinations::run(context, &verb),
        Some(Verb::Results(results)) => verbs::results::run(context, &results),
        Some(Verb::Queue(args::Queue::List)) => verbs::queue::list(context),
        Some(Verb::Media(args::Media::List)) => verbs::media::list(context),
        Some(Verb::Incidents(incidents)) => verbs::incidents::run(context, &incidents),
        Some(Verb::Confirm(confirm)) => verbs::confirm::run(context, &confirm),
        Some(Verb::Courier(courier)) => verbs::courier::run(context, &courier),
        Some(Verb::Audit(audit)) => verbs::audit::run(context, &audit),
        Some(Verb::Kin(kin)) => verbs::kin::run(context, &kin),
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
        office: Office::new(&home, environment.surroundings(&home, &settings)),
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
        send_wait_s: u64::from(context.settings.send_wait_seconds()),
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

/// Help goes to stdout; a wrong command line is explained.
fn explain(error: &clap::Error, words: &[OsString]) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return if error.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) };
    }
    let shape = if words.iter().any(|word| word == "--json") { Shape::Json } else { Shape::Text };
    report(&usage::explain(error, words), shape, Lang::default())
}
