//! What lies in the outbox: good orders, altered ones, things in the way.
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use proptest::prelude::*;

use super::super::*;
use super::bench::*;
use crate::domain::digest::Digest;
use crate::domain::ids::DestinationId;
use crate::order::fixtures::{NOON, Parts, account, endorse, entry, folder};
use crate::order::{RosterChain, Status, names};

#[test]
fn a_good_order_is_delivered_once() {
    let bench = Bench::new();
    assert_eq!(bench.run_one(), ("sent".into(), String::new()));
    bench.assert_sent();
    let receipt = bench.receipt();
    assert_eq!(receipt.statement, Some(bench.parts.statement.digest()));
    assert_eq!(receipt.artefact, Some(Digest::of(&bench.parts.package)));
    assert_eq!(receipt.at, bench.now);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(bench.target()), 0o600);
    assert_eq!(mode(bench.drop_root().join("131016-0456")), 0o700);
    assert_eq!(bench.run(), Ok(vec![]));
}

#[test]
fn every_changed_byte_of_an_order_is_refused() {
    let bench = Bench::new();
    let good = fs::read(bench.file(names::ORDER)).unwrap();
    for i in 0..good.len() {
        let mut bytes = good.clone();
        bytes[i] ^= 1 << (i % 8);
        fs::write(bench.file(names::ORDER), bytes).unwrap();
        assert_eq!(bench.run_one().0, "refused", "byte {i}");
        assert_eq!(bench.delivered(), Vec::<PathBuf>::new(), "byte {i}");
        // As if each were the first: the office has taken the answer in, and the courier has not met the statement.
        fs::remove_file(bench.file(names::RECEIPT)).unwrap();
        fs::remove_file(bench.config.state_dir.join("ledger")).unwrap();
    }
    fs::write(bench.file(names::ORDER), good).unwrap();
    assert_eq!(bench.run_one().0, "sent", "the control");
}

#[test]
fn what_is_wrong_inside_an_order_is_refused() {
    type Change = fn(&mut Bench);
    let cases: [(Change, &str); 9] = [
        (|b| b.parts.confirm_as(1), "same-account"),
        (|b| b.parts.confirm_as(6), "same-person"),
        (|b| b.parts.confirm_as(5), "confirmer-suspended"),
        (|b| b.parts.submit_as(5), "submitter-suspended"),
        (|b| b.parts.keys.1 = 3, "confirmer-signature"),
        (|b| b.now = NOON.plus_seconds(60 + 4 * 3600 + 1), "expired"),
        (|b| b.now = NOON.plus_seconds(-1), "from-the-future"),
        (|b| b.parts.destination.address = folder("131016-0457"), "other-destination"),
        (|b| b.parts.name = Some("x.age".into()), "other-name"),
    ];
    for (change, reason) in cases {
        let mut bench = Bench::new();
        change(&mut bench);
        bench.put();
        bench.assert_refused(reason);
    }
}

#[test]
fn what_is_wrong_around_an_order_is_refused() {
    type Change = fn(&Bench);
    let cases: [(Change, &str); 9] = [
        (|b| fs::write(b.file(names::PACKAGE), b"age-encryption.org/v1\nother").unwrap(), "other-artefact"),
        (|b| fs::remove_file(b.file(names::PACKAGE)).unwrap(), "package-missing"),
        (
            |b| fs::File::create(b.file(names::PACKAGE)).unwrap().set_len((64 << 20) + 1).unwrap(),
            "package-too-large",
        ),
        (|b| swap_for_link(b, names::PACKAGE), "not-a-file"),
        (|b| swap_for_link(b, names::ORDER), "not-a-file"),
        (|b| swap_for_pipe(b, names::PACKAGE), "not-a-file"),
        (|b| fs::write(b.file(names::ORDER), vec![0; 100_000]).unwrap(), "order-too-large"),
        (|b| fs::write(b.file(names::ORDER), b"").unwrap(), "order-malformed"),
        (|b| freeze(b, [DestinationId::from_bytes([7; 16]), b.parts.destination.id]), "destination-frozen"),
    ];
    for (change, reason) in cases {
        let bench = Bench::new();
        change(&bench);
        bench.assert_refused(reason);
    }
}

fn swap_for_link(bench: &Bench, extension: &str) {
    let elsewhere = bench.dir.path().join("elsewhere");
    fs::rename(bench.file(extension), &elsewhere).unwrap();
    symlink(&elsewhere, bench.file(extension)).unwrap();
}

fn swap_for_pipe(bench: &Bench, extension: &str) {
    fs::remove_file(bench.file(extension)).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        bench.file(extension),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
}

#[test]
fn a_package_in_the_clear_does_not_leave() {
    let mut bench = Bench::new();
    bench.parts.package = b"%PDF-1.7 in the clear".to_vec();
    bench.parts.statement.artefact = Digest::of(&bench.parts.package);
    bench.put();
    bench.assert_refused("package-not-encrypted");
}

#[test]
fn an_order_under_another_id_is_refused() {
    let bench = Bench::new();
    let other = Parts::new([0x2f; 16]);
    fs::write(bench.file(names::ORDER), other.order().to_bytes()).unwrap();
    bench.assert_refused("other-id");
}

#[test]
fn names_that_are_not_ids_are_left_alone() {
    let bench = Bench::new();
    fs::remove_file(bench.file(names::ORDER)).unwrap();
    for name in ["x.order", "..order", "notes.txt", "1E1E1E1E-1E1E-1E1E-1E1E-1E1E1E1E1E1E.order"] {
        fs::write(bench.config.outbox.join(name), bench.parts.order().to_bytes()).unwrap();
    }
    assert_eq!(bench.run(), Ok(vec![]));
    assert!(bench.config.outbox.join("x.order").exists());
}

#[test]
fn an_answered_order_that_comes_back_is_not_sent_again() {
    let bench = Bench::new();
    let order = fs::read(bench.file(names::ORDER)).unwrap();
    bench.run().unwrap();
    let first = fs::read(bench.file(names::RECEIPT)).unwrap();
    fs::remove_file(bench.target()).unwrap();

    fs::write(bench.file(names::ORDER), &order).unwrap();
    assert_eq!(bench.run_one().0, "already-answered");
    assert_eq!(fs::read(bench.file(names::RECEIPT)).unwrap(), first, "the first answer stands");

    // The office has taken the receipt in; the ledger still knows.
    fs::remove_file(bench.file(names::RECEIPT)).unwrap();
    fs::write(bench.file(names::ORDER), &order).unwrap();
    assert_eq!(bench.run_one(), ("refused".into(), "replayed".into()));
    fs::remove_file(bench.file(names::RECEIPT)).unwrap();
    fs::write(bench.file(names::CLAIMED), &order).unwrap();
    assert_eq!(bench.run_one().0, "uncertain");
    assert_eq!(bench.delivered(), Vec::<PathBuf>::new());
}

#[test]
fn a_refused_order_is_not_sent_when_it_comes_back_in_time() {
    let mut bench = Bench::new();
    bench.now = NOON.plus_seconds(-1);
    bench.assert_refused("from-the-future");
    bench.now = NOON.plus_seconds(3660);
    fs::remove_file(bench.file(names::RECEIPT)).unwrap();
    fs::rename(bench.file(names::REFUSED), bench.file(names::ORDER)).unwrap();
    bench.assert_refused("replayed");
}

#[test]
fn a_suspension_since_then_stops_the_order() {
    let bench = Bench::new();
    let mut entries = bench.chain.latest().entries().to_vec();
    entries.iter_mut().find(|e| e.party.account == account(2)).unwrap().status = Status::Suspended;
    let next = bench.chain.latest().succeed(NOON, entries).unwrap();
    let signed = [3, 4].map(|n| endorse(&next, n));
    fs::write(&bench.config.roster, bench.chain.clone().append(next, signed).unwrap().to_json()).unwrap();
    bench.assert_refused("confirmer-suspended");

    // The roster of before, in which that person was active, is not believed any more.
    fs::write(&bench.config.roster, bench.chain.to_json()).unwrap();
    bench.put();
    assert_eq!(bench.run(), Err(CourierError::RosterRolledBack));
    assert_eq!(bench.delivered(), Vec::<PathBuf>::new());
}

#[test]
fn another_roster_is_not_believed() {
    use crate::domain::staff::Role;
    let bench = Bench::new();
    bench.run().unwrap();
    let next = |roles: &[Role]| {
        let mut entries = bench.chain.latest().entries().to_vec();
        entries.push(entry(9, 9, roles));
        bench.chain.latest().succeed(NOON, entries).unwrap()
    };
    let write = |roles: &[Role]| {
        let roster = next(roles);
        let signed = [3, 4].map(|n| endorse(&roster, n));
        fs::write(&bench.config.roster, bench.chain.clone().append(roster, signed).unwrap().to_json())
            .unwrap();
    };
    write(&[Role::Clerk]);
    assert_eq!(bench.run(), Ok(vec![]));
    write(&[Role::Confirmer]);
    assert_eq!(bench.run(), Err(CourierError::RosterForked));

    let founders = vec![entry(3, 3, &[Role::Supervisor]), entry(4, 4, &[Role::Supervisor])];
    let foreign = crate::order::Roster::found(bench.parts.statement.vault, NOON, founders).unwrap();
    let signed = [3, 4].map(|n| endorse(&foreign, n));
    fs::write(&bench.config.roster, RosterChain::begin(foreign, signed).unwrap().to_json()).unwrap();
    assert_eq!(bench.run(), Err(CourierError::RosterReplaced));
}

/// Whatever is wrong with the round as a whole, the order stays where it is and nothing leaves.
#[test]
fn a_round_that_cannot_be_trusted_sends_nothing() {
    type Change = fn(&Bench);
    let io = |place, kind| CourierError::Io { place, kind };
    let cases: [(Change, CourierError); 6] = [
        (|b| fs::remove_file(b.config.state_dir.join("trust")).unwrap(), CourierError::NotPinned),
        (|b| fs::write(b.config.state_dir.join("trust"), b"{}").unwrap(), CourierError::TrustDamaged),
        (
            |b| fs::write(b.config.state_dir.join("ledger"), vec![b'x'; 65]).unwrap(),
            CourierError::LedgerDamaged,
        ),
        (|b| fs::write(&b.config.roster, b"[]").unwrap(), CourierError::Roster(RosterError::Empty)),
        (|b| fs::remove_file(&b.config.roster).unwrap(), io(Place::Roster, io::ErrorKind::NotFound)),
        (
            |b| fs::write(b.config.outbox.join(names::FROZEN), b"D001\n").unwrap(),
            CourierError::FrozenUnreadable,
        ),
    ];
    for (change, error) in cases {
        let bench = Bench::new();
        change(&bench);
        assert_eq!(bench.run(), Err(error));
        assert!(bench.file(names::ORDER).exists() && !bench.file(names::RECEIPT).exists());
        assert!(!bench.dir.path().join("131016-0456").exists());
    }
}

#[test]
fn trust_is_pinned_once() {
    let bench = Bench::new();
    assert_eq!(pin(&bench.config.state_dir, bench.chain.anchor()), Ok(()));
    assert_eq!(pin(&bench.config.state_dir, Digest::of(b"x")), Err(CourierError::AlreadyPinned));
}

#[test]
fn a_folder_or_file_that_is_in_the_way_is_not_replaced() {
    let bench = Bench::new();
    fs::create_dir(bench.target().parent().unwrap()).unwrap();
    fs::write(bench.target(), b"other").unwrap();
    assert_eq!(bench.run_one(), ("failed".into(), "target-occupied".into()));
    assert_eq!(fs::read(bench.target()).unwrap(), b"other");
    assert!(bench.file(names::REFUSED).exists());

    let bench = Bench::new();
    let elsewhere = bench.dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, bench.target().parent().unwrap()).unwrap();
    assert_eq!(bench.run_one(), ("failed".into(), "folder-unsafe".into()));
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);

    let bench = Bench::new();
    fs::create_dir(bench.target().parent().unwrap()).unwrap();
    symlink(bench.dir.path().join("elsewhere"), bench.target()).unwrap();
    assert_eq!(bench.run_one(), ("failed".into(), "folder-unsafe".into()));
    assert!(!bench.dir.path().join("elsewhere").exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn rubbish_never_panics_and_never_leaves(bytes in proptest::collection::vec(any::<u8>(), 0..400), claimed: bool) {
        let bench = Bench::new();
        fs::remove_file(bench.file(names::ORDER)).unwrap();
        fs::write(bench.file(if claimed { names::CLAIMED } else { names::ORDER }), bytes).unwrap();
        prop_assert_eq!(bench.run_one().0, if claimed { "uncertain" } else { "refused" });
        prop_assert_eq!(bench.delivered(), Vec::<PathBuf>::new());
    }
}
