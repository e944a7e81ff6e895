//! Papers for a person: what the printing program is given, and what is made of how it ends.
use std::fs;
use std::time::Duration;

use super::super::round::{self, Point};
use super::super::*;
use super::bench::*;
use super::foreign::{TAKE, command};
use crate::domain::destination::Channel;

pub fn bench(pages: &[u8]) -> Bench {
    let mut bench = Bench::to_paper(Channel::ManualFax, pages);
    bench.config.carriers.print = Some(PrintCarrier {
        submit: command(&["lp", "-t", "{tag}"]),
        surroundings: Surroundings { timeout: Duration::from_millis(700), ..bench.surroundings() },
    });
    bench.program("lp", TAKE);
    bench
}

#[test]
fn papers_lie_in_front_of_a_person() {
    let bench = bench(b"II*\0 pages");
    assert_eq!(bench.run_one().0, "to-a-person");
    assert_eq!(bench.receipt().outcome, Outcome::ToAPerson);
    assert_eq!(bench.calls("lp"), [["-t", &bench.id().to_string()]], "no number: a person dials");
    assert_eq!(fs::read(bench.beside("lp", "input")).unwrap(), b"II*\0 pages");
    assert_eq!(bench.run(), Ok(vec![]));
}

#[test]
fn a_printer_that_fails_may_have_printed() {
    for (then, answer) in [
        ("exit 1", "uncertain"),
        ("cat >/dev/null; exit 1", "uncertain"),
        ("head -c 10 >/dev/null; exit 0", "uncertain"),
        ("sleep 60", "uncertain"),
        ("kill -9 $$", "uncertain"),
        ("cat >/dev/null; yes", "uncertain"),
        ("cat >/dev/null; head -c 2000000 /dev/urandom", "to-a-person"),
    ] {
        let bench = bench(&vec![7; 300_000]);
        bench.program("lp", then);
        assert_eq!(bench.run_one().0, answer, "{then}");
        bench.program("lp", TAKE);
        assert_eq!(bench.run(), Ok(vec![]), "{then}");
        assert_eq!(bench.calls("lp").len(), 1, "{then}");
    }
}

#[test]
fn a_printer_that_is_not_there_is_waited_for() {
    let mut bench = bench(b"pages");
    if let Some(print) = &mut bench.config.carriers.print {
        print.submit = command(&["no-such-printer"]);
    }
    assert_eq!(bench.run_one(), ("deferred".into(), "printer-unavailable".into()));
    if let Some(print) = &mut bench.config.carriers.print {
        print.submit = command(&["lp"]);
    }
    assert_eq!(bench.run_one().0, "to-a-person");
}

#[test]
fn the_plug_may_be_pulled_at_every_point_of_a_print() {
    for (point, next, printed) in [
        (Point::Verified, "to-a-person", 1),
        (Point::Begun, "uncertain", 0),
        (Point::Claimed, "uncertain", 0),
        (Point::Delivered, "uncertain", 1),
        (Point::Receipted, "already-answered", 1),
        (Point::Recorded, "already-answered", 1),
    ] {
        let bench = bench(b"pages");
        let mut pull = |at| if at == point { Err(CourierError::Unplugged) } else { Ok(()) };
        assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err());
        assert_eq!(bench.run_one().0, next, "{point:?}");
        assert_eq!(bench.calls("lp").len(), printed, "{point:?}");
    }
}
