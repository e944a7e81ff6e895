//! The training directory: synthetic people and reports, entered through the very operations that a clerk uses.
mod destination;
mod institutions;
mod past;
mod people;
pub mod population;
pub mod random;
mod records;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::failure::Failure;
use super::private_file;
use super::verbs::init::{self, Plan};
use crate::config::{Environment, Settings};
use crate::domain::sensitive::Secret;
use crate::domain::time::{Clock as _, Timestamp};
use crate::japanese::screen::fit_to_width;
use crate::office::ops::SignOut;
use crate::office::{Credentials, Office, Reason, Session, SignedIn, Surroundings, TokenOffer};
use crate::os::clock::SystemClock;
use crate::os::files;
use crate::text::cli as say;
use crate::tui::Hints;
use past::PastClock;
use random::Random;

/// Seconds that one code is shown.
pub const STEP_S: i64 = 30;

const MARKER_FILE: &str = "TRAINING";
/// Content of the marker while and after the directory is made.
const PREPARING: &[u8] = b"preparing\n";
const READY: &[u8] = b"ready\n";
const MARKER_MAX: u64 = 64;
const USERS_FILE: &str = "demo-users.toml";
const DROP_DIR: &str = "drop";

/// Two people stand beside each other on eighty columns.
const HINTS_PER_ROW: usize = 2;
const HINT_COLUMNS: usize = 38;

/// The work of the demo begins this far back: its codes are spent long before anybody signs in, and the silence since
/// then is still shorter than the day after which the log asks about one.
const HOURS_BACK: i64 = 20;
/// The demo's work is done this long before now at the latest.
const HOURS_OF_WORK: i64 = 15;
const HOUR_S: i64 = 3600;
/// Nobody enters a report faster, or is believed to.
const RECORD_S: i64 = 240;
/// Signing in, looking, keying: between two steps of the preparation.
const PAUSE_S: i64 = 90;

/// One person of a training directory.
#[derive(Clone, Debug)]
pub struct DemoUser {
    pub number: String,
    pub name: String,
    pub roles: Vec<String>,
    pub password: Secret,
    /// The code at the moment that was asked about.
    pub code: Secret,
}

/// How a training directory is filled.
#[derive(Clone, Copy, Debug)]
pub struct Filling {
    pub records: u32,
    pub seed: u64,
}

/// Whether the directory was made for training.
pub fn is_training(home: &Path) -> bool {
    marker(home).is_some()
}

/// The people of a training directory with the codes that their tokens show at `now`.
pub fn codes(home: &Path, now: Timestamp) -> Result<Vec<DemoUser>, Failure> {
    if !is_training(home) {
        return Err(Failure::refused("not-training", say::NOT_TRAINING, &[&home.display()]));
    }
    let plan: Plan = private_file::read(&home.join(USERS_FILE))?;
    plan.staff
        .into_iter()
        .map(|staff| {
            let totp = Secret::new(staff.totp.ok_or(Reason::PlanIncomplete)?);
            Ok(DemoUser {
                code: TokenOffer::code_of(&totp, now).ok_or(Reason::PlanIncomplete)?,
                roles: staff
                    .roles
                    .iter()
                    .map(|role| crate::domain::staff::Role::from(*role).code().to_owned())
                    .collect(),
                number: staff.number,
                name: staff.name,
                password: Secret::new(staff.password),
            })
        })
        .collect()
}

/// Lines for the screens that ask who somebody is; `None` outside of a training directory.
///
/// The people are read once: showing their codes afterwards costs no file.
pub fn hints(home: &Path) -> Option<Hints> {
    if !is_training(home) {
        return None;
    }
    let plan: Plan = private_file::read(&home.join(USERS_FILE)).ok()?;
    let people: Vec<(String, Secret)> = plan
        .staff
        .into_iter()
        .filter_map(|staff| Some((format!("{} {}", staff.number, staff.password), Secret::new(staff.totp?))))
        .collect();
    Some(Box::new(move |now| {
        let shown: Vec<String> = people
            .iter()
            .map(|(who, totp)| {
                let code = TokenOffer::code_of(totp, now);
                fit_to_width(&format!("{who} {}", code.as_ref().map_or("", Secret::expose)), HINT_COLUMNS)
            })
            .collect();
        shown.chunks(HINTS_PER_ROW).map(|row| row.join(" ")).collect()
    }))
}

/// What somebody of a training directory would type at `now`.
pub fn credentials(home: &Path, number: &str, now: Timestamp) -> Result<Credentials, Failure> {
    let user = codes(home, now)?.into_iter().find(|user| user.number == number);
    let user = user.ok_or_else(|| Failure::refused("no-demo-user", say::NO_DEMO_USER, &[]))?;
    Ok(Credentials { number: user.number, password: user.password, code: user.code })
}

/// What became of a wish for a training directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    Made,
    /// It was there already and stays as it is.
    Found,
}

/// Makes the training directory, or finds the one that is there. Refuses any other directory that is not empty.
pub fn prepare(home: &Path, environment: &Environment, filling: Filling) -> Result<Prepared, Failure> {
    match marker(home).as_deref() {
        Some(READY) => return Ok(Prepared::Found),
        Some(_) => return Err(Failure::refused("half-training", say::HALF_TRAINING, &[&home.display()])),
        None if !is_empty_or_absent(home)? => {
            return Err(Failure::refused("not-training", say::NOT_TRAINING, &[&home.display()]));
        }
        None => {}
    }
    make_files_first(home)?;
    let clock = PastClock::starting_at(SystemClock.now().plus_seconds(-HOURS_BACK * HOUR_S));
    let real = environment.surroundings(home, &Settings::default());
    let surroundings = Surroundings { clock: Arc::new(clock.clone()), ..real };
    let office = Office::new(home, surroundings);
    let mut random = Random::new(filling.seed);
    let plan = people::plan(&mut random, office.house().entropy().as_mut());
    let text = toml::to_string(&plan).map_err(|_| Reason::StoreRefused)?;
    write(&home.join(USERS_FILE), text.as_bytes())?;
    init::carry_out(&office, &plan)?;

    let demo = Demo { home: home.to_owned(), office, clock, plan };
    demo.enter_destination()?;
    let mut town = records::Town::new(random, SystemClock.now().date_in_japan());
    demo.enter_records(filling.records, &mut town)?;
    write(&home.join(MARKER_FILE), READY)?;
    Ok(Prepared::Made)
}

/// A training directory in the making.
struct Demo {
    home: PathBuf,
    office: Office,
    clock: PastClock,
    plan: Plan,
}

impl Demo {
    /// Two clerks share the reports; the last one stays a draft.
    fn enter_records(&self, count: u32, town: &mut records::Town) -> Result<(), Failure> {
        let time = records::Pace::new(count, RECORD_S.min(HOURS_OF_WORK * HOUR_S / i64::from(count.max(1))));
        let registered = count.saturating_sub(1);
        let first_half = registered / 2;
        self.as_person("1003", |session| {
            institutions::enter(session, self.clock.now())?;
            (0..first_half).try_for_each(|index| records::register(session, &self.clock, &time, index, town))
        })?;
        self.as_person("1001", |session| {
            (first_half..registered)
                .try_for_each(|index| records::register(session, &self.clock, &time, index, town))?;
            records::leave_draft(session, &self.clock, &time, registered, town)
        })
    }

    /// Signs in as one of the staff at the demo's own time, works, and signs out.
    fn as_person<T>(
        &self,
        number: &str,
        work: impl FnOnce(&mut Session) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.clock.advance(PAUSE_S);
        let staff = self.plan.staff.iter().find(|staff| staff.number == number).ok_or(Reason::NoSuchThing)?;
        let totp = Secret::new(staff.totp.clone().unwrap_or_default());
        let credentials = Credentials {
            number: staff.number.clone(),
            password: Secret::new(staff.password.clone()),
            code: TokenOffer::code_of(&totp, self.clock.now()).ok_or(Reason::PlanIncomplete)?,
        };
        let SignedIn::In(mut session) = self.office.sign_in(&credentials)? else {
            return Err(Reason::PlanIncomplete.into());
        };
        self.clock.advance(PAUSE_S);
        let done = work(&mut session)?;
        self.clock.advance(PAUSE_S);
        session.perform(SignOut)?;
        Ok(done)
    }
}

/// The marker and the settings; they come first so that a directory half made is known for what it is.
fn make_files_first(home: &Path) -> Result<(), Failure> {
    let failed = |_| Failure::from(Reason::ReadOnlyDisk);
    files::make_private_dir(home).map_err(failed)?;
    if !files::is_private(home).map_err(failed)? {
        return Err(Reason::NotPrivate.into());
    }
    write(&home.join(MARKER_FILE), PREPARING)?;
    let drop = std::path::absolute(home.join(DROP_DIR)).map_err(failed)?;
    files::make_private_dir(&drop).map_err(failed)?;
    let settings = toml::Table::from_iter([(
        "courier".to_owned(),
        toml::Value::Table(toml::Table::from_iter([(
            "folder".to_owned(),
            toml::Value::Table(toml::Table::from_iter([(
                "drop".to_owned(),
                toml::Value::String(drop.to_str().ok_or(Reason::ReadOnlyDisk)?.to_owned()),
            )])),
        )])),
    )]);
    write(&home.join("settings.toml"), settings.to_string().as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Ok(files::write_atomically(path, bytes).map_err(Reason::from)?)
}

fn marker(home: &Path) -> Option<Vec<u8>> {
    files::read_limited(&home.join(MARKER_FILE), MARKER_MAX).ok()
}

fn is_empty_or_absent(home: &Path) -> Result<bool, Failure> {
    match std::fs::read_dir(home) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Reason::from(error).into()),
    }
}
