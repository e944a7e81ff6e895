//! Removable media: only onto the registered one, and never over anything.
use std::fs;
use std::os::unix::fs::symlink;

use super::super::round::{self, Point};
use super::super::*;
use super::bench::*;
use crate::domain::destination::Channel;
use crate::order::fixtures::NOON;
use crate::order::names;

pub fn bench() -> Bench {
    let mut bench = Bench::to(Channel::Media, "USB-0012");
    let mount = bench.folder("medium");
    bench.config.carriers.media = Some(MediaCarrier { mount, mount_point_check: false });
    bench.mark(b"USB-0012\n");
    bench
}

impl Bench {
    fn mark(&self, text: &[u8]) {
        fs::write(self.path("medium/UKETSUKE-MEDIUM"), text).unwrap();
    }

    fn on_medium(&self) -> std::path::PathBuf {
        self.path("medium").join(names::of(self.id(), names::PACKAGE))
    }
}

#[test]
fn onto_the_registered_medium_and_no_other() {
    let missing = ("deferred", "medium-missing");
    let other = ("deferred", "medium-other");
    type Change = fn(&Bench);
    let cases: [(Change, (&str, &str)); 14] = [
        (|_| {}, ("sent", "")),
        (|b| b.mark(b"USB-0012"), ("sent", "")),
        (|b| b.mark(b"USB-0012\r\n"), ("sent", "")),
        (|b| b.mark(b"USB-0013\n"), other),
        (|b| b.mark(b"USB-0012\nUSB-0013\n"), other),
        (|b| b.mark(b"USB-0012 \n"), other),
        (|b| b.mark(b"usb-0012\n"), other),
        (|b| b.mark(b""), other),
        (|b| b.mark(&[b'1'; 1000]), missing),
        (|b| b.mark(b"\xff\xfe"), missing),
        (|b| fs::remove_file(b.path("medium/UKETSUKE-MEDIUM")).unwrap(), missing),
        (|b| fs::remove_dir_all(b.path("medium")).unwrap(), missing),
        (
            |b| {
                fs::rename(b.path("medium"), b.path("elsewhere")).unwrap();
                symlink(b.path("elsewhere"), b.path("medium")).unwrap();
            },
            missing,
        ),
        (
            |b| {
                fs::rename(b.path("medium/UKETSUKE-MEDIUM"), b.path("mark")).unwrap();
                symlink(b.path("mark"), b.path("medium/UKETSUKE-MEDIUM")).unwrap();
            },
            missing,
        ),
    ];
    for (i, (change, (answer, reason))) in cases.into_iter().enumerate() {
        let bench = bench();
        change(&bench);
        assert_eq!(bench.run_one(), (answer.to_owned(), reason.to_owned()), "{i}");
        assert_eq!(bench.on_medium().exists(), answer == "sent", "{i}");
        if answer == "sent" {
            assert_eq!(fs::read(bench.on_medium()).unwrap(), bench.parts.package);
            assert_eq!(fs::read_dir(bench.path("medium")).unwrap().count(), 2, "and nothing else");
        } else {
            assert!(bench.file(names::ORDER).exists(), "it waits, and may be withdrawn");
        }
    }
}

#[test]
fn a_directory_that_is_no_mount_point_is_no_medium() {
    let mut bench = bench();
    if let Some(media) = &mut bench.config.carriers.media {
        media.mount_point_check = true;
    }
    assert_eq!(bench.run_one(), ("deferred".into(), "medium-missing".into()));
    assert!(!bench.on_medium().exists());
    // The control: something is mounted there on every Linux.
    assert!(crate::os::machine::is_mount_point("/proc".as_ref()).unwrap());
    assert!(crate::os::machine::is_mount_point("/".as_ref()).unwrap());
    assert!(!crate::os::machine::is_mount_point(bench.dir.path()).unwrap());
}

#[test]
fn nothing_on_a_medium_is_replaced() {
    let bench = bench();
    fs::write(bench.on_medium(), b"other").unwrap();
    assert_eq!(bench.run_one(), ("failed".into(), "target-occupied".into()));
    assert_eq!(fs::read(bench.on_medium()).unwrap(), b"other");
    let bench = self::bench();
    symlink(bench.path("elsewhere"), bench.on_medium()).unwrap();
    assert_eq!(bench.run_one(), ("failed".into(), "folder-unsafe".into()));
    assert!(!bench.path("elsewhere").exists());
}

#[test]
fn the_plug_may_be_pulled_at_every_point_of_a_copy() {
    for point in [Point::Verified, Point::Claimed, Point::Delivered, Point::Receipted, Point::Recorded] {
        let bench = bench();
        let mut pull = |at| if at == point { Err(CourierError::Unplugged) } else { Ok(()) };
        assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err());
        let next = bench.run_one().0;
        assert!(next == "sent" || next == "already-answered", "{point:?} {next}");
        assert_eq!(fs::read(bench.on_medium()).unwrap(), bench.parts.package);
        assert_eq!(bench.receipt().outcome, Outcome::Sent);
    }
}

/// A claim that may not be carried out any more: the medium itself can say whether it was.
#[test]
fn the_medium_says_what_is_on_it() {
    for (copied, inserted, outcome) in
        [(true, true, "sent"), (true, false, "uncertain"), (false, true, "uncertain")]
    {
        let mut bench = bench();
        let point = if copied { Point::Delivered } else { Point::Claimed };
        let mut pull = |at| if at == point { Err(CourierError::Unplugged) } else { Ok(()) };
        assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err());
        if !inserted {
            bench.mark(b"USB-0013\n");
        }
        bench.now = NOON.plus_seconds(5 * 3600);
        assert_eq!(bench.run_one().0, outcome);
    }
}
