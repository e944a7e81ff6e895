//! Many orders in one round, and rounds again and again.
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::super::round::{self, Point};
use super::super::*;
use super::bench::*;
use crate::order::fixtures::Parts;
use crate::order::names;
use crate::os::files::Lock;

#[test]
fn a_round_answers_every_order() {
    let bench = Bench::new();
    for n in 0x20..0x24u8 {
        let parts = Parts::new([n; 16]);
        let path = |extension| bench.config.outbox.join(names::of(parts.statement.transmission, extension));
        fs::write(path(names::ORDER), parts.order().to_bytes()).unwrap();
        if n != 0x21 {
            fs::write(path(names::PACKAGE), &parts.package).unwrap();
        }
    }
    let codes: Vec<_> = bench.run().unwrap().iter().map(|d| d.code().to_owned()).collect();
    assert_eq!(codes, ["sent", "sent", "refused", "sent", "sent"], "one bad order stops no other");
}

#[test]
fn what_is_withdrawn_or_frozen_during_a_round_is_not_sent_by_it() {
    let bench = Bench::new();
    let path = |n: u8, extension| {
        bench.config.outbox.join(names::of(Parts::new([n; 16]).statement.transmission, extension))
    };
    for n in [0x20, 0x21] {
        let parts = Parts::new([n; 16]);
        fs::write(path(n, names::ORDER), parts.order().to_bytes()).unwrap();
        fs::write(path(n, names::PACKAGE), &parts.package).unwrap();
    }
    let mut first = true;
    let deliveries = round::run(&bench.config, &At(bench.now), &mut |point| {
        if point == Point::Verified && first {
            let patience = Duration::from_millis(20);
            let busy = Lock::exclusive_within(&bench.config.outbox.join(names::LOCK), patience);
            assert!(busy.is_err(), "the outbox is locked until one is claimed");
        }
        if point == Point::Delivered && first {
            first = false;
            let patience = Duration::from_millis(20);
            let free = Lock::exclusive_within(&bench.config.outbox.join(names::LOCK), patience);
            assert!(free.is_ok(), "a slow carrier keeps nobody from the outbox");
            fs::remove_file(path(0x20, names::ORDER)).unwrap();
            freeze(&bench, [bench.parts.destination.id; 2]);
        }
        Ok(())
    });
    let codes: Vec<_> = deliveries.unwrap().iter().map(|d| d.code().to_owned()).collect();
    assert_eq!(codes, ["sent", "refused"]);
    assert_eq!(bench.delivered(), [bench.target()]);
}

#[test]
fn watching_stops_when_told() {
    let bench = Bench::new();
    let stop = AtomicBool::new(false);
    let mut rounds = vec![];
    watch(&bench.config, &At(bench.now), Duration::from_millis(1), &stop, &mut |round| {
        let orders = round.orders.as_ref().expect("a folder is set");
        rounds.push(orders.as_ref().map(Vec::len).map_err(CourierError::code));
        stop.store(rounds.len() == 2, Ordering::Relaxed);
    });
    assert_eq!(rounds, [Ok(1), Ok(0)]);
    bench.assert_sent();
}
