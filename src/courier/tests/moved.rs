//! Somebody who reaches the outbox moves, removes and puts back what lies in it, and reaches nothing else.
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::super::round::{self, Point};
use super::super::*;
use super::bench::*;
use super::print;
use crate::domain::ids::AccountId;
use crate::order::fixtures::{Parts, account};
use crate::order::{FrozenList, SuspendedList, names};

/// Printed, and then the plug was pulled: the claim lies there without a receipt.
fn printed() -> Bench {
    let bench = print::bench(b"pages");
    let mut pull = |at| if at == Point::Delivered { Err(CourierError::Unplugged) } else { Ok(()) };
    assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err());
    assert_eq!(bench.calls("lp").len(), 1);
    bench
}

/// What a carrier cannot tell a second time goes to a person, and never out a second time.
#[test]
fn what_was_begun_is_not_begun_again_whatever_the_outbox_says() {
    type Change = fn(&Bench);
    let changes: [Change; 6] = [
        |_| {},
        |b| fs::rename(b.file(names::CLAIMED), b.file(names::ORDER)).unwrap(),
        |b| fs::remove_file(b.file(names::CLAIMED)).unwrap(),
        |b| {
            fs::copy(b.file(names::CLAIMED), b.file(names::ORDER)).unwrap();
        },
        |b| fs::write(b.file(names::CLAIMED), Parts::new([0x2f; 16]).order().to_bytes()).unwrap(),
        |b| {
            fs::remove_file(b.file(names::CLAIMED)).unwrap();
            fs::create_dir(b.file(names::CLAIMED)).unwrap();
        },
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let bench = printed();
        change(&bench);
        assert_eq!(bench.run_one().0, "uncertain", "{at}");
        assert_eq!(bench.receipt().statement, Some(bench.parts.statement.digest()), "{at}");
        assert_eq!(bench.run(), Ok(vec![]), "{at}");
        assert_eq!(bench.calls("lp").len(), 1, "{at}");
    }
}

/// Nor when the claim cannot be put back at once.
#[test]
fn a_claim_that_cannot_be_put_back_is_no_order() {
    let bench = printed();
    fs::rename(bench.file(names::CLAIMED), bench.file(names::ORDER)).unwrap();
    let half_written = format!(".{}.{}.tmp", names::of(bench.id(), names::CLAIMED), std::process::id());
    let in_the_way = bench.config.outbox.join(half_written);
    fs::create_dir(&in_the_way).unwrap();
    let codes: Vec<_> = bench.run().unwrap().iter().map(|d| d.code().to_owned()).collect();
    assert_eq!(codes, ["deferred", "deferred"]);
    assert_eq!(bench.calls("lp").len(), 1);
    fs::remove_dir(&in_the_way).unwrap();
    assert_eq!(bench.run_one().0, "uncertain");
    assert_eq!(bench.calls("lp").len(), 1);
}

/// A receipt that cannot be written is no way to a second sending either.
#[test]
fn what_is_in_the_way_of_the_receipt_makes_no_second_sending() {
    let bench = print::bench(b"pages");
    let half_written = format!(".{}.{}.tmp", names::of(bench.id(), names::RECEIPT), std::process::id());
    let in_the_way = bench.config.outbox.join(half_written);
    fs::create_dir(&in_the_way).unwrap();
    for _ in 0..3 {
        assert_eq!(bench.run_one(), ("deferred".into(), "outbox-trouble".into()));
        assert_eq!(bench.calls("lp").len(), 1);
        fs::rename(bench.file(names::CLAIMED), bench.file(names::ORDER)).unwrap();
    }
    fs::remove_dir(&in_the_way).unwrap();
    assert_eq!(bench.run_one().0, "uncertain");
    assert_eq!(bench.calls("lp").len(), 1);
}

/// Only a receipt of this transmission says that it was answered.
#[test]
fn what_is_no_receipt_keeps_nothing_from_being_sent() {
    type Change = fn(&Path);
    let changes: [Change; 4] = [
        |path| fs::create_dir(path).unwrap(),
        |path| symlink("/etc/hostname", path).unwrap(),
        |path| fs::write(path, b"{}").unwrap(),
        |path| {
            fs::create_dir(path).unwrap();
            fs::write(path.join("inside"), b"").unwrap();
        },
    ];
    for change in changes {
        let bench = Bench::new();
        change(&bench.file(names::RECEIPT));
        assert_eq!(bench.run_one().0, "sent");
        bench.assert_sent();
    }
}

#[test]
fn a_withdrawn_order_that_comes_back_is_not_sent() {
    let bench = Bench::new();
    let order = fs::read(bench.file(names::ORDER)).unwrap();
    fs::remove_file(bench.file(names::ORDER)).unwrap();
    note_withdrawn(&bench.config.state_dir, bench.id()).unwrap();
    assert_eq!(bench.run(), Ok(vec![]));
    fs::write(bench.file(names::ORDER), order).unwrap();
    bench.assert_refused("withdrawn");
}

/// A list that was seen once stops for ever, or until a newer roster says itself who is suspended.
#[test]
fn a_list_that_is_shortened_stops_all_the_same() {
    type Write = fn(&Bench);
    let freeze_it: Write = |b| freeze(b, [b.parts.destination.id; 2]);
    let suspend: Write = |b| {
        let list = SuspendedList::of([account(2)]);
        fs::write(b.config.outbox.join(names::SUSPENDED), list.to_bytes()).unwrap();
    };
    let none: [(&str, Vec<u8>); 2] = [
        (names::FROZEN, FrozenList::default().to_bytes()),
        (names::SUSPENDED, SuspendedList::of([AccountId::from_bytes([9; 16])]).to_bytes()),
    ];
    for (write, name, reason) in
        [(freeze_it, names::FROZEN, "destination-frozen"), (suspend, names::SUSPENDED, "party-suspended")]
    {
        for shortened in [None, none.iter().find(|(of, _)| *of == name).map(|(_, bytes)| bytes)] {
            let bench = Bench::new();
            let order = fs::read(bench.file(names::ORDER)).unwrap();
            fs::remove_file(bench.file(names::ORDER)).unwrap();
            write(&bench);
            assert_eq!(bench.run(), Ok(vec![]), "the round sees the list");
            let list = bench.config.outbox.join(name);
            match shortened {
                None => fs::remove_file(list).unwrap(),
                Some(bytes) => fs::write(list, bytes).unwrap(),
            }
            fs::write(bench.file(names::ORDER), order).unwrap();
            bench.assert_refused(reason);
        }
    }
}

/// Whoever can write orders but not sign them fills no memory with them.
#[test]
fn forged_orders_leave_no_trace_in_the_ledger() {
    let mut bench = Bench::new();
    bench.parts.keys.1 = 3;
    bench.put();
    bench.assert_refused("confirmer-signature");
    assert_eq!(fs::read(bench.config.state_dir.join("ledger")).unwrap(), b"");
}

/// One order that cannot be put aside keeps no other from leaving.
#[test]
fn what_is_wrong_with_one_order_stops_no_other() {
    let bench = Bench::new();
    let first = Parts::new([1; 16]).statement.transmission;
    let path = |extension| bench.config.outbox.join(names::of(first, extension));
    fs::write(path(names::ORDER), b"no order").unwrap();
    fs::create_dir(path(names::REFUSED)).unwrap();
    let codes: Vec<_> = bench.run().unwrap().iter().map(|d| d.code().to_owned()).collect();
    assert_eq!(codes, ["deferred", "sent"]);
    bench.assert_sent();
}

/// The folder is one of several ways out: a share that is not mounted stops what goes there and nothing else.
#[test]
fn a_drop_folder_that_is_not_there_is_waited_for() {
    for link in [false, true] {
        let bench = Bench::new();
        fs::remove_dir(bench.drop_root()).unwrap();
        if link {
            symlink(bench.dir.path(), bench.drop_root()).unwrap();
        }
        let why = if link { "folder-unsafe" } else { "folder-unavailable" };
        assert_eq!(bench.run_one(), ("deferred".into(), why.into()));
        assert!(bench.file(names::ORDER).exists() && !bench.file(names::RECEIPT).exists());
        assert!(!bench.dir.path().join("131016-0456").exists());
        if link {
            fs::remove_file(bench.drop_root()).unwrap();
        }
        fs::create_dir(bench.drop_root()).unwrap();
        assert_eq!(bench.run_one().0, "sent");
    }
}

#[test]
fn a_supervisor_who_was_suspended_lets_nothing_out() {
    let bench = super::media::bench();
    let order = crate::order::DispatchOrder::parse(&fs::read(bench.file(names::ORDER)).unwrap()).unwrap();
    let supervisor = order.approval.unwrap().approval.supervisor;
    assert!(![account(1), account(2)].contains(&supervisor));
    let list = SuspendedList::of([supervisor]);
    fs::write(bench.config.outbox.join(names::SUSPENDED), list.to_bytes()).unwrap();
    assert_eq!(bench.run_one(), ("refused".into(), "party-suspended".into()));
}
