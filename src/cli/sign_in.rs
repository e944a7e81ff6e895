//! How the command line signs in: by prompt, by a private file, or as somebody of a training directory.
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::failure::Failure;
use super::{Context, demo, private_file};
use crate::domain::sensitive::Secret;
use crate::domain::time::Clock as _;
use crate::office::ops::SignOut;
use crate::office::{Credentials, Entrance, Reason, Session, SignedIn, StoppedLog};
use crate::os::clock::SystemClock;
use crate::os::terminal;
use crate::text::Lang;
use crate::text::cli as say;

/// Where the three answers come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    File(PathBuf),
    /// A staff number of a training directory.
    Demo(String),
    Prompt,
}

impl Source {
    pub fn of(argument: Option<&str>) -> Self {
        match argument {
            None => Self::Prompt,
            Some(text) => match text.strip_prefix("demo:") {
                Some(number) => Self::Demo(number.to_owned()),
                None => Self::File(text.into()),
            },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignInFile {
    user: String,
    password: String,
    code: String,
}

/// Signs in, does the work, and signs out whatever came of it.
pub fn with_session<T>(
    context: &Context,
    work: impl FnOnce(&mut Session) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let session = open(context, |who| context.office.sign_in(who))?;
    work_and_sign_out(session, work)
}

/// The same, and another work for a log that has stopped and lets nobody in.
pub fn with_session_or_stopped<T>(
    context: &Context,
    work: impl FnOnce(&mut Session) -> Result<T, Failure>,
    stopped: impl FnOnce(&mut StoppedLog) -> Result<T, Failure>,
) -> Result<T, Failure> {
    match open(context, |who| context.office.enter(who))? {
        Entrance::SignedIn(signed_in) => work_and_sign_out(signed_in, work),
        Entrance::Stopped(mut log) => stopped(&mut log),
    }
}

/// Asks for the three answers and enters with them.
fn open<T>(context: &Context, enter: impl Fn(&Credentials) -> Result<T, Reason>) -> Result<T, Failure> {
    if !context.office.is_set_up()? {
        return Err(Reason::NotSetUp.into());
    }
    match (enter(&credentials(context, &context.sign_in)?), &context.sign_in) {
        // Codes are for one use: the present one of a person of the training directory is spent already.
        (Err(Reason::SignInWrong), Source::Demo(number)) => {
            let now = SystemClock.now();
            let left = demo::STEP_S - now.seconds().rem_euclid(demo::STEP_S) + 1;
            std::thread::sleep(Duration::from_secs(left.unsigned_abs()));
            Ok(enter(&demo::credentials(&context.home, number, SystemClock.now())?)?)
        }
        (entered, _) => Ok(entered?),
    }
}

fn work_and_sign_out<T>(
    signed_in: SignedIn,
    work: impl FnOnce(&mut Session) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut session = match signed_in {
        SignedIn::In(session) => session,
        SignedIn::MustEnrol(_) => return Err(Failure::refused("must-enrol", say::MUST_ENROL, &[])),
    };
    let done = work(&mut session);
    // The session ends with this process; a row that cannot be written any more changes nothing about it.
    let _ = session.perform(SignOut);
    done
}

/// The three answers, as they are given now.
pub fn credentials(context: &Context, source: &Source) -> Result<Credentials, Failure> {
    match source {
        Source::File(path) => {
            let SignInFile { user, password, code } = private_file::read(path)?;
            Ok(Credentials { number: user, password: Secret::new(password), code: Secret::new(code) })
        }
        Source::Demo(number) => demo::credentials(&context.home, number, SystemClock.now()),
        Source::Prompt => ask(context.lang),
    }
}

fn ask(lang: Lang) -> Result<Credentials, Failure> {
    if !terminal::is_interactive() {
        return Err(Failure::usage("sign-in-needed", say::SIGN_IN_NEEDED, &[]));
    }
    let lost = |_| Failure::refused("terminal-lost", say::TERMINAL_LOST, &[]);
    let number = terminal::ask(say::ASK_NUMBER.in_lang(lang), terminal::Echo::Shown).map_err(lost)?;
    let password = terminal::ask(say::ASK_PASSWORD.in_lang(lang), terminal::Echo::Hidden).map_err(lost)?;
    let code = terminal::ask(say::ASK_CODE.in_lang(lang), terminal::Echo::Hidden).map_err(lost)?;
    Ok(Credentials { number: number.expose().to_owned(), password, code })
}
