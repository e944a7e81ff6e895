//! `doctor`: what is not as it should be on this machine, without signing in.
mod carriers;

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::cli::Context;
use crate::cli::failure::Failure;
use crate::cli::render::Output;
use crate::config::gazetteer::{site_table, table_file};
use crate::domain::time::Clock as _;
use crate::japanese::gazetteer::shipped;
use crate::os::clock::SystemClock;
use crate::os::machine::{self, FileSystem};
use crate::os::{files, terminal};
use crate::text::cli as say;
use crate::text::{Lang, Text, fill};

/// Administrators of the machine see everything anyway; the program should not run as one.
const ROOT: u32 = 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Fine,
    /// Works, with less protection.
    Doubtful,
    /// Has to be put right.
    Bad,
}

struct Check {
    name: &'static str,
    verdict: Verdict,
    ja: String,
    en: String,
}

pub fn run(context: &Context) -> Result<Output, Failure> {
    let home = &context.home;
    let mut checks = vec![which_set_up(context)];
    checks.extend(permissions(home));
    checks.push(file_system(home));
    checks.extend(machine_checks());
    checks.extend(carriers::checks(&context.settings, &context.office.house().courier_dir()));
    checks.extend(places(context));
    checks.extend(installation(context));
    let problems = checks.iter().filter(|check| check.verdict == Verdict::Bad).count();
    let lines = checks.iter().map(|check| {
        let sentence = if context.lang == Lang::Ja { &check.ja } else { &check.en };
        format!("{} {}: {sentence}", check.verdict.mark(), check.name)
    });
    let listed: Vec<Value> = checks
        .iter()
        .map(|check| {
            json!({ "check": check.name, "verdict": check.verdict.code(), "ja": check.ja, "en": check.en })
        })
        .collect();
    let output = Output::new(json!({ "home": home, "checks": listed })).lines(lines);
    if problems == 0 {
        return Ok(output);
    }
    Ok(output.but(Failure::refused("doctor-found", say::DOCTOR_FOUND, &[&problems])))
}

impl Verdict {
    const fn code(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Doubtful => "doubtful",
            Self::Bad => "bad",
        }
    }
    const fn mark(self) -> &'static str {
        match self {
            Self::Fine => "[ok]",
            Self::Doubtful => "[??]",
            Self::Bad => "[NG]",
        }
    }
}

impl Check {
    fn new(name: &'static str, verdict: Verdict, text: Text, values: &[&dyn std::fmt::Display]) -> Self {
        Self { name, verdict, ja: fill(text.ja, values), en: fill(text.en, values) }
    }
}

/// The data belongs to the person at the keyboard, or to a service account that people reach through SSH.
fn which_set_up(context: &Context) -> Check {
    let me = terminal::os_user();
    if me == ROOT {
        return Check::new("set-up", Verdict::Doubtful, say::DOCTOR_ROOT, &[]);
    }
    match &context.environment.ssh_peer {
        Some(_) => Check::new("set-up", Verdict::Fine, say::DOCTOR_SERVER, &[]),
        None => Check::new("set-up", Verdict::Doubtful, say::DOCTOR_WORKSTATION, &[]),
    }
}

fn permissions(home: &Path) -> Vec<Check> {
    let mut open = Vec::new();
    if let Err(error) = collect_open(home, &mut open) {
        let text = if error.kind() == io::ErrorKind::NotFound {
            say::DOCTOR_NO_HOME
        } else {
            say::DOCTOR_UNREADABLE
        };
        return vec![Check::new("permissions", Verdict::Bad, text, &[&home.display()])];
    }
    if open.is_empty() {
        return vec![Check::new("permissions", Verdict::Fine, say::DOCTOR_PRIVATE, &[&home.display()])];
    }
    let bad = |path: &PathBuf| Check::new("permissions", Verdict::Bad, say::DOCTOR_OPEN, &[&path.display()]);
    open.iter().map(bad).collect()
}

/// Everything at or below `path` that others may read or enter, or that belongs to somebody else.
fn collect_open(path: &Path, open: &mut Vec<PathBuf>) -> io::Result<()> {
    if !files::is_private(path)? {
        open.push(path.to_owned());
    }
    if std::fs::symlink_metadata(path)?.is_dir() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<_>>()?;
        entries.sort();
        for entry in entries {
            collect_open(&entry, open)?;
        }
    }
    Ok(())
}

fn file_system(home: &Path) -> Check {
    match machine::file_system(home) {
        Ok(FileSystem::Local) => Check::new("file-system", Verdict::Fine, say::DOCTOR_FS_LOCAL, &[]),
        Ok(FileSystem::Network) => Check::new("file-system", Verdict::Bad, say::DOCTOR_FS_NETWORK, &[]),
        Ok(FileSystem::Unsure) | Err(_) => {
            Check::new("file-system", Verdict::Doubtful, say::DOCTOR_FS_UNSURE, &[])
        }
    }
}

fn machine_checks() -> [Check; 3] {
    let check = |name, fine: bool, yes, no| {
        Check::new(
            name,
            if fine { Verdict::Fine } else { Verdict::Doubtful },
            if fine { yes } else { no },
            &[],
        )
    };
    [
        check("core-dump", machine::is_hardened(), say::DOCTOR_HARDENED, say::DOCTOR_NOT_HARDENED),
        check("swap", machine::swap_in_use() == Some(false), say::DOCTOR_NO_SWAP, say::DOCTOR_SWAP),
        check("clock", SystemClock.read().synchronised, say::DOCTOR_CLOCK, say::DOCTOR_CLOCK_UNSURE),
    ]
}

/// Which table of postal codes is in use, and whether the program knows which addresses are ours.
fn places(context: &Context) -> [Check; 2] {
    let table = match site_table(&context.home) {
        Err(_) => {
            let file = table_file(&context.home);
            Check::new("postal-codes", Verdict::Bad, say::DOCTOR_POSTAL_DAMAGED, &[&file.display()])
        }
        Ok(site) => {
            let newer = site.filter(|table| table.date() > shipped().date());
            let text = if newer.is_some() { say::DOCTOR_POSTAL_SITE } else { say::DOCTOR_POSTAL };
            let date = newer.map_or_else(|| shipped().date(), |table| table.date());
            Check::new("postal-codes", Verdict::Fine, text, &[&date])
        }
    };
    let area = if context.settings.competence.is_set() {
        Check::new("own-area", Verdict::Fine, say::DOCTOR_AREA, &[])
    } else {
        Check::new("own-area", Verdict::Doubtful, say::DOCTOR_NO_AREA, &[])
    };
    [table, area]
}

fn installation(context: &Context) -> Vec<Check> {
    let inspection = match context.office.inspect() {
        Ok(inspection) => inspection,
        Err(reason) => return vec![Check::new("installation", Verdict::Bad, reason.text(), &[])],
    };
    let seal = if inspection.seal_present {
        Check::new("seal", Verdict::Fine, say::DOCTOR_SEAL, &[])
    } else {
        Check::new("seal", Verdict::Bad, say::DOCTOR_NO_SEAL, &[])
    };
    let reserve = if inspection.reserve_whole {
        Check::new("reserve", Verdict::Fine, say::DOCTOR_RESERVE, &[])
    } else {
        Check::new("reserve", Verdict::Doubtful, say::DOCTOR_NO_RESERVE, &[])
    };
    let roster = match inspection.roster {
        Ok(version) => Check::new("roster", Verdict::Fine, say::DOCTOR_ROSTER, &[&version]),
        Err(_) => Check::new("roster", Verdict::Bad, say::DOCTOR_ROSTER_BROKEN, &[]),
    };
    vec![seal, reserve, roster]
}
