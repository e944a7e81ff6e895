//! A kill, a torn write or a full disk at each call of a command that changes a file: recovered or refused, never a gap.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where, and that is all it has to say")]
mod site;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use site::{Ended, Prepared};

const FORM: &str = "invasive_pneumococcal";
/// A form without a person: the shortest complete record.
const VALUES: &str = r#"{
  "institution_name": "架空総合病院", "institution_address": "架空県見本市仮町9-99-99", "doctor": "仮田 一郎",
  "reported_on": "2026-07-13", "case_type": "patient", "sex": "男", "age": 61, "symptoms": ["発熱"],
  "lab_methods": ["isolation"], "lab_specimens": ["血液"],
  "first_visit": "2026-07-11", "diagnosed": "2026-07-13", "onset": "2026-07-10",
  "route_certainty": "estimated", "route": "unknown", "place_certainty": "estimated", "place": "domestic",
  "vaccinated": "無"
}"#;
/// All of them take minutes.
const EVERY_STEP: &str = "UKETSUKE_EVERY_STEP";
const RUNS: usize = 110;
/// How often the program itself is asked about the log, beside the office in this process.
const VERIFIED_BY_PROGRAM: usize = 10;

/// What happens at the chosen call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    None,
    KillBefore,
    KillAfter,
    Torn,
    /// No room from then on, until the program gives its reserve up.
    Full,
    /// No room from then on: somebody else takes what the program gives up.
    FullForGood,
}

impl Fault {
    const ALL: [Self; 5] = [Self::KillBefore, Self::KillAfter, Self::Torn, Self::Full, Self::FullForGood];

    const fn code(self) -> &'static str {
        match self {
            Self::None => "count",
            Self::KillBefore => "before",
            Self::KillAfter => "after",
            Self::Torn => "torn",
            Self::Full => "full",
            Self::FullForGood => "full-for-good",
        }
    }

    /// Whether it can happen at such a call.
    fn fits(self, step: &str) -> bool {
        let what = step.split(' ').nth(1).unwrap();
        match self {
            Self::Torn => what.contains("write"),
            Self::Full | Self::FullForGood => what != "unlink",
            Self::None | Self::KillBefore | Self::KillAfter => true,
        }
    }
}

#[test]
fn every_step_of_the_append_protocol_can_be_the_last() {
    let prepared = Prepared::new();
    let home = prepared.copy("whole");
    let whole = prepared.add(&home, "1001", Some((Fault::None, 0)));
    assert!(whole.acknowledged && !whole.fired, "{}", whole.error);
    prepared.check(&home, &whole, "undisturbed");
    let steps = whole.steps;
    for file in ["uketsuke.db-wal", "uketsuke.db ", "seal/state"] {
        assert!(steps.iter().any(|step| format!("{step} ").contains(file)), "no step changes {file}");
    }

    let all: Vec<(Fault, usize)> = Fault::ALL
        .into_iter()
        .flat_map(|fault| (1..=steps.len()).map(move |at| (fault, at)))
        .filter(|(fault, at)| fault.fits(&steps[at - 1]))
        .collect();
    let stride = if is_exhaustive() { 1 } else { all.len().div_ceil(RUNS).max(1) };
    // One and the same remainder would meet the same call of each transaction every time.
    let first = usize::try_from(std::process::id()).unwrap() % stride;
    let chosen: Vec<(Fault, usize)> = all.iter().copied().skip(first).step_by(stride).collect();
    println!(
        "{} calls change files; {} faults, {} tried (from {first})",
        steps.len(),
        all.len(),
        chosen.len()
    );

    let next = AtomicUsize::new(0);
    let ends: Mutex<BTreeMap<String, usize>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((number, (fault, at))) = {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    chosen.get(number).map(|chosen| (number, *chosen))
                } {
                    let end = disturb(&prepared, number, fault, at, &steps[at - 1]);
                    *ends.lock().unwrap().entry(format!("{fault:?}: {end}")).or_default() += 1;
                }
            });
        }
    });
    for (end, count) in ends.lock().unwrap().iter() {
        println!("{count:4} {end}");
    }
}

/// One run from a fresh copy; says how it ended.
fn disturb(prepared: &Prepared, number: usize, fault: Fault, at: usize, step: &str) -> String {
    let home = prepared.copy(&format!("run-{number}"));
    let ended = prepared.add(&home, "1001", Some((fault, at)));
    let name = step.replace(home.parent().unwrap().to_str().unwrap(), "");
    let what = format!("{fault:?} at {name}, said {:?} {:?}", ended.acknowledged, ended.error);
    assert!(ended.fired, "{what}: nothing happened");
    let kills = matches!(fault, Fault::KillBefore | Fault::KillAfter | Fault::Torn);
    assert_eq!(ended.killed, kills, "{what}");
    prepared.check(&home, &ended, &what);
    if number.is_multiple_of(VERIFIED_BY_PROGRAM) {
        prepared.verify(&home, &what);
    }
    std::fs::remove_dir_all(&home).unwrap();
    match ended {
        Ended { acknowledged: true, .. } => "registered".into(),
        Ended { killed: true, .. } => "killed before the answer".into(),
        Ended { error, .. } => error,
    }
}

#[expect(clippy::disallowed_methods, reason = "whoever wants every step says so from outside")]
fn is_exhaustive() -> bool {
    std::env::var_os(EVERY_STEP).is_some()
}
