//! The plug is pulled in the middle of a delivery.
use std::fs;
use std::path::PathBuf;

use super::super::round::{self, Point};
use super::super::*;
use super::bench::*;
use crate::order::fixtures::NOON;
use crate::order::names;

#[test]
fn the_plug_may_be_pulled_at_every_point() {
    let points = [Point::Begun, Point::Claimed, Point::Delivered, Point::Receipted, Point::Recorded];
    for point in [Point::Verified].into_iter().chain(points) {
        let bench = Bench::new();
        let mut pulled = 0;
        let mut pull = |at| {
            pulled += u8::from(at == point);
            if at == point { Err(CourierError::Unplugged) } else { Ok(()) }
        };
        let result = round::run(&bench.config, &At(bench.now), &mut pull);
        assert_eq!((result, pulled), (Err(CourierError::Unplugged), 1), "{point:?}");
        let next = bench.run().unwrap();
        assert_eq!((next.len(), next[0].resumed), (1, point != Point::Verified), "{point:?}");
        bench.assert_sent();
        assert_eq!(bench.run(), Ok(vec![]));
        let ledger = fs::read_to_string(bench.config.state_dir.join("ledger")).unwrap();
        assert_eq!(ledger, format!("{}\n", bench.parts.statement.digest()), "{point:?}");
    }
}

#[test]
fn the_plug_may_be_pulled_while_refusing() {
    for point in [Point::Receipted, Point::Recorded] {
        let bench = Bench::new();
        freeze(&bench, [bench.parts.destination.id; 2]);
        let mut pull = |at| if at == point { Err(CourierError::Unplugged) } else { Ok(()) };
        assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err());
        // Even if the reason for the refusal has gone by then.
        fs::remove_file(bench.config.outbox.join(names::FROZEN)).unwrap();
        assert_eq!(bench.run_one().0, "already-answered");
        assert_eq!(bench.receipt().outcome.reason().unwrap().as_str(), "destination-frozen");
        assert!(bench.file(names::REFUSED).exists());
        assert_eq!(bench.delivered(), Vec::<PathBuf>::new());
    }
}

/// What was claimed and cannot be verified any more is never sent anew, and never called unsent.
#[test]
fn a_leftover_claim_that_is_no_longer_good() {
    type Change = fn(&mut Bench);
    let cases: [Change; 4] = [
        |b| b.now = NOON.plus_seconds(5 * 3600),
        |b| freeze(b, [b.parts.destination.id; 2]),
        |b| fs::remove_file(b.file(names::PACKAGE)).unwrap(),
        |b| fs::write(b.file(names::PACKAGE), b"age-encryption.org/v1\nother").unwrap(),
    ];
    for (i, change) in cases.into_iter().enumerate() {
        for delivered in [false, true] {
            let mut bench = Bench::new();
            let point = if delivered { Point::Delivered } else { Point::Claimed };
            let mut pull = |at| if at == point { Err(CourierError::Unplugged) } else { Ok(()) };
            assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err());
            change(&mut bench);
            let expected = if delivered { "sent" } else { "uncertain" };
            assert_eq!(bench.run_one().0, expected, "{i} {delivered}");
            assert_eq!(bench.delivered().len(), usize::from(delivered), "{i}");
            assert!(!bench.file(names::CLAIMED).exists());
        }
    }
}

#[test]
fn a_half_written_file_is_swept_away() {
    let bench = Bench::new();
    let folder = bench.target().parent().unwrap().to_owned();
    fs::create_dir(&folder).unwrap();
    let id = bench.parts.statement.transmission;
    fs::write(folder.join(format!(".{}.99.tmp", names::of(id, names::PACKAGE))), b"half").unwrap();
    assert_eq!(bench.run_one().0, "sent");
    bench.assert_sent();
}
