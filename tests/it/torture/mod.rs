//! `kill -9` at random instants: what was acknowledged is there, and nothing is sent twice or against its state.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where, and that is all it has to say")]
mod ledger;
mod site;
mod worker;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use uketsuke::domain::time::Clock as _;
use uketsuke::log::verify::unobserved;
use uketsuke::office::Reason;
use uketsuke::office::ops::{Request, VerifyLog};
use uketsuke::os::clock::SystemClock;

use crate::register::{self, Who};
use ledger::{Figures, Ledger};
use site::{ADDRESS, CLERK, CONFIRMER, HandClock, START_S, SUPERVISOR, Site};

/// Each with rounds one after the other in one installation.
const HOMES: u64 = 10;
const ROUNDS_PER_HOME: u64 = 20;
/// Lines after which the worker is killed, at the latest: two reports are about 90.
const LINES_MAX: u64 = 100;
/// One line takes a few milliseconds.
const AFTER_LINE_US: u64 = 4000;
/// More than what one round takes of the clock: half a minute for each code.
const ROUND_S: i64 = 3600;
/// Of each kind: fewer would mean that the kills come at the wrong times.
const KILLS_MIN: u32 = 10;
const SILENCE: Duration = Duration::from_secs(60);
const SET_UPS: u64 = 40;

/// The same kills in every run, as far as the machine allows (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }
}

struct Victim {
    child: Child,
    told: Receiver<String>,
}

impl Victim {
    fn start(mode: &str, home: &Path, seconds: i64, name: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["torture::worker::worker", "--exact", "--ignored", "--nocapture"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let line = format!("{mode}\t{}\t{seconds}\t{name}\n", home.display());
        child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let (tell, told) = channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            // A line without its end was never finished.
            while reader.read_line(&mut line).is_ok_and(|length| length > 0) && line.ends_with('\n') {
                let whole = line.trim_end().to_owned();
                line.clear();
                if whole.starts_with('@') && tell.send(whole).is_err() {
                    return;
                }
            }
        });
        Self { child, told }
    }

    fn line(&mut self) -> String {
        match self.told.recv_timeout(SILENCE) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => panic!("it hangs"),
            Err(RecvTimeoutError::Disconnected) => {
                let mut said = String::new();
                let _ = std::io::Read::read_to_string(&mut self.child.stderr.take().unwrap(), &mut said);
                panic!("it ended by itself: {said}")
            }
        }
    }

    /// SIGKILL; what had been said by then comes back.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.told.iter().collect()
    }
}

#[test]
fn two_hundred_kills_lose_nothing_and_send_nothing_twice() {
    let started = SystemClock.now();
    let mut figures = Figures::default();
    for home in 0..HOMES {
        figures += one_home(home);
    }
    let milliseconds = (SystemClock.now().micros() - started.micros()) / 1000;
    println!("{figures:?}, lost 0, {milliseconds} ms");
    assert_eq!(u64::from(figures.rounds), HOMES * ROUNDS_PER_HOME);
    for (what, count) in [
        ("saves", figures.saves),
        ("registrations", figures.registrations),
        ("confirmations", figures.confirmations),
        ("withdrawals", figures.withdrawals),
        ("revoked", figures.revoked),
        ("delivered", figures.delivered),
        ("in flight", figures.in_flight),
        ("come true", figures.come_true),
    ] {
        assert!(count >= KILLS_MIN, "{what}: {count}: the kills came at the wrong times");
    }
}

fn one_home(number: u64) -> Figures {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let site = Site::new(&home, HandClock::at(START_S));
    let auditor = site.set_up().unwrap();
    std::fs::create_dir(home.join("drop")).unwrap();
    let recipient = age::x25519::Identity::generate();
    destination(&site, &recipient);
    let mut dice = Dice(number);
    let mut ledger = Ledger::default();
    for round in 0..ROUNDS_PER_HOME {
        site.clock.wait_s(ROUND_S);
        let mut victim = Victim::start("work", &home, site.clock.seconds(), &format!("{number}-{round}"));
        let mut said: Vec<String> = (0..=dice.below(LINES_MAX)).map(|_| victim.line()).collect();
        // The courier's steps are short: every fourth kill goes there.
        while round % 4 == 3 && said.last().is_some_and(|line| line != "@> courier") {
            said.push(victim.line());
        }
        std::thread::sleep(Duration::from_micros(dice.below(AFTER_LINE_US)));
        said.extend(victim.kill());
        site.clock.wait_s(ROUND_S);
        let begun = ledger.note(&said);
        ledger.check(&site, begun.as_deref(), &auditor, &recipient);
    }
    ledger.figures
}

fn destination(site: &Site, recipient: &age::x25519::Identity) {
    let recipient = recipient.to_public().to_string();
    let proposal = register::folder("D014", "架空県庁 感染症対策課", ADDRESS, &recipient);
    let mut ask = |who, request: Request| {
        let number = if who == Who::First { CLERK } else { CONFIRMER };
        request.perform(&mut site.sign_in(number))
    };
    let mut deliver = || {
        uketsuke::courier::run_once(&site.courier(), &site.clock).unwrap();
    };
    register::bring_into_force(proposal, &mut ask, &mut deliver);
    // The recipient takes the test page away.
    let drop = site.courier().outbox.with_file_name("drop");
    std::fs::remove_dir_all(&drop).unwrap();
    std::fs::create_dir(&drop).unwrap();
}

/// An installation works, or there is none and one can be made.
fn works_or_can_be_made(home: &Path) -> bool {
    let site = Site::new(home, HandClock::at(START_S));
    let there = site.office.is_set_up().unwrap();
    if there {
        assert_eq!(site.begin_set_up().err(), Some(Reason::AlreadySetUp));
    } else {
        site.set_up().unwrap_or_else(|reason| panic!("it cannot be set up any more: {reason:?}"));
    }
    let report = site.sign_in(SUPERVISOR).verify_log(VerifyLog::default(), &mut unobserved).unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    assert!(uketsuke::courier::pinned(&site.courier().state_dir).is_ok());
    std::fs::create_dir(home.join("drop")).unwrap();
    assert!(uketsuke::courier::run_once(&site.courier(), &site.clock).unwrap().is_empty());
    there
}

#[test]
fn a_set_up_that_is_killed_is_there_or_can_be_made() {
    let mut dice = Dice(4711);
    let mut took_us = 0;
    let mut there = 0;
    for attempt in 0..SET_UPS {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let mut victim = Victim::start("set-up", &home, START_S, "-");
        assert_eq!(victim.line(), "@> finish");
        let began = SystemClock.now();
        if attempt == 0 {
            // The first one is left alone, to see how long it takes.
            assert_eq!(victim.line(), "@< finish");
            took_us = u64::try_from(SystemClock.now().micros() - began.micros()).unwrap();
        } else {
            std::thread::sleep(Duration::from_micros(dice.below(took_us)));
        }
        let promised = victim.kill().iter().any(|line| line == "@< finish") || attempt == 0;
        let found = works_or_can_be_made(&home);
        assert!(found || !promised, "a set-up that was acknowledged is lost");
        there += u32::from(found);
    }
    println!("{SET_UPS} set-ups of {took_us} us killed: {there} there, the others could be made");
}

/// The last step makes an installation of all that was written; before it, nothing counts.
#[test]
fn a_set_up_killed_before_its_last_step_can_be_made() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    Site::new(&home, HandClock::at(START_S)).set_up().unwrap();
    let database = std::fs::read(home.join("gen-000001/uketsuke.db")).unwrap();
    std::fs::remove_file(home.join("CURRENT")).unwrap();
    assert!(!works_or_can_be_made(&home));
    // It may have been the only file that was lost: what else there was is still there.
    let aside = std::fs::read_dir(&home)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("-gen-000001")));
    let aside = std::fs::read(aside.expect("put aside").join("uketsuke.db")).unwrap();
    assert!(aside == database);
}
