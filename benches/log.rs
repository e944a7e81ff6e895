//! A million events: how long it takes to check them, and what a start of the program pays.
//!
//! `cargo bench --features bench-fill --bench log`; `-- 50000` makes it small. Each figure stands beside floors of the same
//! run: the bare hashing of as many bytes in memory, and reading and hashing the same rows.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures time and prints what it found"
)]
use std::hint::black_box;
use std::time::{Duration, Instant};

use uketsuke::cli::demo::{self, Filling};
use uketsuke::config::Environment;
use uketsuke::domain::time::Clock as _;
use uketsuke::log::record::leaf_hash;
use uketsuke::log::verify::unobserved;
use uketsuke::office::ops::VerifyLog;
use uketsuke::office::{Office, Session, SignedIn};
use uketsuke::os::clock::SystemClock;

const EVENTS: u32 = 1_000_000;
const ROUNDS: usize = 3;
/// About what a sealed record of a shown report has.
const BODY: usize = 360;
const GOAL: Duration = Duration::from_secs(3);
const START_GOAL: Duration = Duration::from_millis(50);

fn main() {
    let events = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(EVENTS);
    let dir = tempfile::tempdir().expect("room for a home");
    let home = dir.path().join("home");
    assert!(demo::prepare(&home, &Environment::default(), Filling { records: 2, seed: 1 }).is_ok());
    let office = Office::new(&home, Environment::default().surroundings(&home, &Default::default()));
    let now = SystemClock.now();
    let Ok(SignedIn::In(mut session)) =
        office.sign_in(&demo::credentials(&home, "2001", now).expect("of the demo"))
    else {
        panic!("2001 is let in")
    };
    let began = Instant::now();
    session.log_many(events).expect("room");
    println!("{events} events in {:.0} s", began.elapsed().as_secs_f64());

    for round in 1..=ROUNDS {
        let bare = time(|| hash_in_memory(events));
        let read = time(|| session.hash_log().expect("it reads"));
        let host = time(|| check(&mut session, u64::from(events)));
        let tail = time(|| session.look_at_tail().expect("it reads"));
        let rate = |taken: Duration| f64::from(events) / taken.as_secs_f64() / 1e6;
        println!("\nround {round}");
        println!("{:34}{:>8.2} s {:>6.2} M/s", "bare hashing in memory", bare.as_secs_f64(), rate(bare));
        println!(
            "{:34}{:>8.2} s {:>6.2} M/s",
            "reading and hashing the rows",
            read.as_secs_f64(),
            rate(read)
        );
        println!(
            "{:34}{:>8.2} s {:>6.2} M/s  x{:.1} bare, x{:.2} reading and hashing, {} the goal of {} s",
            "verification, host tier",
            host.as_secs_f64(),
            rate(host),
            host.as_secs_f64() / bare.as_secs_f64(),
            host.as_secs_f64() / read.as_secs_f64(),
            if host <= GOAL { "within" } else { "beyond" },
            GOAL.as_secs(),
        );
        println!(
            "{:34}{:>8.1} ms, {} the goal of {} ms",
            "look at the tail when starting",
            tail.as_secs_f64() * 1e3,
            if tail <= START_GOAL { "within" } else { "beyond" },
            START_GOAL.as_millis(),
        );
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    black_box(work());
    began.elapsed()
}

fn hash_in_memory(events: u32) -> [u8; 32] {
    let mut body = vec![7u8; BODY];
    for count in 0..events {
        body[..4].copy_from_slice(&count.to_be_bytes());
        black_box(leaf_hash(&body));
    }
    leaf_hash(&body)
}

fn check(session: &mut Session, at_least: u64) {
    let report = session.verify_log(VerifyLog::default(), &mut unobserved).expect("a supervisor may verify");
    assert!(report.events >= at_least && report.is_sound(), "{:?}", report.findings);
}
