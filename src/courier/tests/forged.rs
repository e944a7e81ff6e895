//! An attacker who writes the outbox and the roster file but has nobody's password: nothing leaves, on any way.
use std::fs;

use super::super::*;
use super::bench::*;
use super::foreign::{TAKE, command};
use super::relay::{Server, TO, are_left_out};
use crate::domain::destination::{Channel, FaxNumber};
use crate::domain::digest::Digest;
use crate::domain::ids::{DestinationId, TransmissionId, VaultId};
use crate::domain::pae;
use crate::domain::staff::Role;
use crate::order::fixtures::{NOON, Parts, account, address, endorse, entry};
use crate::order::{DispatchOrder, Roster, RosterChain, Status, names};

const PAGES: &[u8] = b"II*\0 pages";

/// One address of each way, and another one that the attacker would like better.
const WAYS: [(Channel, &str, &str); 5] = [
    (Channel::Folder, "131016-0456", "131016-0457"),
    (Channel::Mail, TO, "kansen@attacker.example.jp"),
    (Channel::Fax, FAX, "0300000457"),
    (Channel::ManualFax, FAX, "0300000457"),
    (Channel::Media, "USB-0012", "USB-0013"),
];

/// An office with every carrier set, and one good order on one way.
fn office(server: &Server, channel: Channel, canonical: &str) -> Bench {
    let mut bench = match channel {
        Channel::Fax | Channel::ManualFax => Bench::to_paper(channel, PAGES),
        Channel::Folder | Channel::Mail | Channel::Media => Bench::to(channel, canonical),
    };
    let mount = bench.folder("medium");
    fs::write(mount.join("UKETSUKE-MEDIUM"), "USB-0013\n").unwrap();
    if channel == Channel::Media {
        fs::write(mount.join("UKETSUKE-MEDIUM"), format!("{canonical}\n")).unwrap();
    }
    bench.program("sendfax", TAKE);
    bench.program("faxstat", "echo running");
    bench.program("lp", TAKE);
    let surroundings = bench.surroundings();
    let carriers = &mut bench.config.carriers;
    carriers.mail = Some(server.carrier(Encryption::StartTls));
    carriers.media = Some(MediaCarrier { mount, mount_point_check: false });
    carriers.print = Some(PrintCarrier { submit: command(&["lp"]), surroundings: surroundings.clone() });
    carriers.fax = Some(FaxCarrier {
        submit: command(&["sendfax", "-i", "{tag}", "-d", "{number}"]),
        status: command(&["faxstat"]),
        surroundings,
    });
    bench
}

/// Whatever has gone out, or asked the way.
fn traces(bench: &Bench, server: &Server) -> Vec<String> {
    let mut traces: Vec<String> = bench.delivered().iter().map(|path| path.display().to_string()).collect();
    for name in ["sendfax", "faxstat", "lp"] {
        traces.extend(bench.calls(name).into_iter().map(|call| format!("{name} {call:?}")));
    }
    let mut on_medium: Vec<_> =
        fs::read_dir(bench.path("medium")).unwrap().map(|file| file.unwrap().file_name()).collect();
    on_medium.retain(|name| name != "UKETSUKE-MEDIUM");
    traces.extend(on_medium.into_iter().map(|name| format!("{name:?}")));
    traces.extend(server.log().lines().map(str::to_owned));
    traces
}

/// What the attacker changes: the parts (signed again with keys of his own or not), the bytes, the files.
type Forgery = fn(&mut Bench, other: &str);

fn rewrite(bench: &Bench, change: impl FnOnce(&mut DispatchOrder)) {
    let mut order = bench.parts.order();
    change(&mut order);
    fs::write(bench.file(names::ORDER), order.to_bytes()).unwrap();
}

fn other_address(bench: &Bench, other: &str) -> crate::domain::destination::Address {
    address(bench.parts.destination.address.channel(), other)
}

/// The roster of the office with one more version that the attacker alone has signed.
fn append(bench: &Bench, signers: [u8; 2], change: impl FnOnce(&mut Vec<crate::order::Entry>)) {
    let mut entries = bench.chain.latest().entries().to_vec();
    change(&mut entries);
    let next = bench.chain.latest().succeed(NOON, entries).unwrap();
    let signed = signers.map(|n| endorse(&next, n));
    let honest = bench.chain.to_json();
    if let Ok(chain) = bench.chain.clone().append(next, signed) {
        fs::write(&bench.config.roster, chain.to_json()).unwrap();
        assert_ne!(bench.chain.to_json(), honest, "nobody but two supervisors can do that");
    }
}

const FORGERIES: &[(&str, Forgery)] = &[
    ("another address under the old signatures", |b, other| {
        let address = other_address(b, other);
        rewrite(b, |order| order.destination.address = address);
    }),
    ("another address and its digest in the statement", |b, other| {
        let address = other_address(b, other);
        rewrite(b, |order| {
            order.destination.address = address;
            order.statement.destination = order.destination.digest();
        });
    }),
    ("the same, signed again by keys of his own", |b, other| {
        let address = other_address(b, other);
        b.parts.go_to(address);
        b.parts.keys = (21, 22);
        b.put();
    }),
    ("submitter's key unknown", |b, _| {
        b.parts.keys.0 = 21;
        b.put();
    }),
    ("confirmer's key unknown", |b, _| {
        b.parts.keys.1 = 21;
        b.put();
    }),
    ("one person's key for both", |b, _| {
        b.parts.keys = (1, 1);
        b.put();
    }),
    ("signatures exchanged", |b, _| {
        b.parts.keys = (2, 1);
        b.put();
    }),
    ("accounts that are in no roster", |b, _| {
        b.parts.submit_as(21);
        b.parts.confirm_as(22);
        b.put();
    }),
    ("one account twice", |b, _| {
        b.parts.confirm_as(1);
        b.put();
    }),
    ("two accounts of one person", |b, _| {
        b.parts.confirm_as(6);
        b.put();
    }),
    ("a confirmer who was suspended", |b, _| {
        b.parts.confirm_as(5);
        b.put();
    }),
    ("a submitter who was suspended", |b, _| {
        b.parts.submit_as(5);
        b.put();
    }),
    ("an administrator who confirms", |b, _| {
        b.parts.confirm_as(4);
        b.put();
    }),
    ("a confirmation of another statement", |b, _| {
        b.parts.other_statement = true;
        b.put();
    }),
    ("a confirmation moved to another order", |b, _| {
        let other = Parts::new([0x2f; 16]).order();
        rewrite(b, |order| {
            order.confirmation = other.confirmation;
            order.confirmer_signature = other.confirmer_signature;
        });
    }),
    ("a later confirmation", |b, _| rewrite(b, |order| order.confirmation.at = NOON.plus_seconds(3600))),
    ("an order of yesterday", |b, _| b.now = NOON.plus_seconds(86_400)),
    ("an order that has expired", |b, _| b.now = NOON.plus_seconds(60 + 4 * 3600 + 1)),
    ("an order from the future", |b, _| b.now = NOON.plus_seconds(-1)),
    ("another version of the content", |b, _| rewrite(b, |order| order.statement.content_version += 1)),
    ("another nonce", |b, _| rewrite(b, |order| order.statement.nonce = [0; 32])),
    ("another installation", |b, _| {
        b.parts.statement.vault = VaultId::from_bytes([9; 16]);
        b.put();
    }),
    ("another entry of the register", |b, _| {
        rewrite(b, |order| order.destination.id = DestinationId::from_bytes([9; 16]));
    }),
    ("another version of the entry", |b, _| rewrite(b, |order| order.destination.version += 1)),
    ("another package", |b, _| {
        fs::write(b.file(names::PACKAGE), b"age-encryption.org/v1\nanother").unwrap();
    }),
    ("another package and its digest", |b, _| {
        fs::write(b.file(names::PACKAGE), b"age-encryption.org/v1\nanother").unwrap();
        rewrite(b, |order| order.statement.artefact = Digest::of(b"age-encryption.org/v1\nanother"));
    }),
    ("a package in the clear", |b, _| {
        b.parts.pack(PAGES.to_vec());
        b.put();
    }),
    ("another list of files", |b, _| {
        let other = Parts::new([0x2f; 16]);
        let mut changed = Parts::new([0x2f; 16]);
        changed.list("other.pdf", "application/pdf", b"other");
        assert_ne!(other.manifest, changed.manifest);
        rewrite(b, |order| order.manifest = changed.manifest.clone());
    }),
    ("another name of the package", |b, _| rewrite(b, |order| order.package = "../../etc/passwd".into())),
    ("under the name of another transmission", |b, _| {
        let order = fs::read(b.file(names::ORDER)).unwrap();
        fs::remove_file(b.file(names::ORDER)).unwrap();
        let id = TransmissionId::from_bytes([0x77; 16]);
        fs::write(b.config.outbox.join(names::of(id, names::ORDER)), order).unwrap();
        fs::copy(b.file(names::PACKAGE), b.config.outbox.join(names::of(id, names::PACKAGE))).unwrap();
    }),
    ("with a field too many", |b, _| {
        let order = fs::read(b.file(names::ORDER)).unwrap();
        let mut fields = pae::decode(&order).unwrap();
        fields.push(b"bcc");
        let bytes = pae::encode(&fields);
        fs::write(b.file(names::ORDER), bytes).unwrap();
    }),
    ("with bytes behind it", |b, _| {
        let mut order = fs::read(b.file(names::ORDER)).unwrap();
        order.push(0);
        fs::write(b.file(names::ORDER), order).unwrap();
    }),
    ("in the newest format of tomorrow", |b, _| {
        let order = fs::read(b.file(names::ORDER)).unwrap();
        let mut fields = pae::decode(&order).unwrap();
        fields[0] = b"hcorder/9";
        let bytes = pae::encode(&fields);
        fs::write(b.file(names::ORDER), bytes).unwrap();
    }),
    ("already claimed, for another address", |b, other| {
        let address = other_address(b, other);
        rewrite(b, |order| order.destination.address = address);
        fs::rename(b.file(names::ORDER), b.file(names::CLAIMED)).unwrap();
    }),
    ("already claimed, by keys of his own", |b, _| {
        b.parts.keys = (21, 22);
        b.put();
        fs::rename(b.file(names::ORDER), b.file(names::CLAIMED)).unwrap();
    }),
    ("a roster of his own", |b, _| {
        let founders = vec![entry(21, 21, &[Role::Supervisor]), entry(22, 22, &[Role::Supervisor])];
        let foreign = Roster::found(b.parts.statement.vault, NOON, founders).unwrap();
        let signed = [21, 22].map(|n| endorse(&foreign, n));
        fs::write(&b.config.roster, RosterChain::begin(foreign, signed).unwrap().to_json()).unwrap();
        b.parts.submit_as(21);
        b.parts.confirm_as(22);
        b.put();
    }),
    ("a roster with people of his own, signed by them", |b, _| {
        append(b, [21, 22], |entries| {
            entries.push(entry(21, 21, &[Role::Clerk]));
            entries.push(entry(22, 22, &[Role::Confirmer]));
        });
        b.parts.submit_as(21);
        b.parts.confirm_as(22);
        b.put();
    }),
    ("a roster that wakes a suspended confirmer, signed by one", |b, _| {
        append(b, [3, 3], |entries| {
            let five = entries.iter_mut().find(|e| e.party.account == account(5)).unwrap();
            five.status = Status::Active;
        });
        b.parts.confirm_as(5);
        b.put();
    }),
    ("a roster whose text was changed", |b, _| {
        let text = String::from_utf8(b.chain.to_json()).unwrap().replace("suspended", "active");
        fs::write(&b.config.roster, text).unwrap();
        b.parts.confirm_as(5);
        b.put();
    }),
    ("the first version of the roster alone", |b, _| {
        // As it was when only its founders were in it.
        let text = String::from_utf8(b.chain.to_json()).unwrap();
        let mut versions: serde_json::Value = serde_json::from_str(&text).unwrap();
        versions.as_array_mut().expect("a list of versions").truncate(1);
        fs::write(&b.config.roster, versions.to_string()).unwrap();
        b.parts.submit_as(3);
        b.parts.confirm_as(4);
        b.put();
    }),
];

#[test]
fn without_a_password_nothing_leaves_on_any_way() {
    if are_left_out() {
        return;
    }
    assert!(FORGERIES.len() >= 30);
    let server = Server::scripted();
    for (channel, canonical, other) in WAYS {
        for (name, forge) in FORGERIES {
            server.plan(&serde_json::json!({}));
            let mut bench = office(&server, channel, canonical);
            forge(&mut bench, other);
            let first = bench.run();
            if let Ok(deliveries) = &first {
                assert_eq!(deliveries.len(), 1, "{name}");
                let code = deliveries[0].code();
                assert!(["refused", "uncertain"].contains(&code), "{channel:?} {name}: {code}");
            }
            let _ = bench.run();
            let traces = traces(&bench, &server);
            // A claim that cannot be believed is looked up where the server keeps jobs, and nothing more.
            let asked = traces.iter().filter(|trace| *trace != "faxstat []").count();
            assert_eq!(asked, 0, "{channel:?} {name}: {traces:?}");
        }
        // The control: without a forgery it leaves.
        server.plan(&serde_json::json!({}));
        let bench = office(&server, channel, canonical);
        let answer = bench.run_one().0;
        assert!(["sent", "under-way", "to-a-person"].contains(&answer.as_str()), "{channel:?} {answer}");
        assert_ne!(traces(&bench, &server), Vec::<String>::new(), "{channel:?}");
    }
    assert!(FaxNumber::from_canonical("0300000457").is_some(), "what he would like could be dialled");
}
