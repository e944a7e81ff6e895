//! Fax through programs: what they are given, and what is made of what they say.
use std::fs;
use std::time::Duration;

use super::super::round::{self, Point};
use super::super::*;
use super::bench::*;
use super::foreign::{TAKE, command};
use crate::domain::destination::{Address, Channel};
use crate::domain::digest::Digest;
use crate::domain::pae;
use crate::order::fixtures::{NOON, Parts};
use crate::order::{RemoteId, Report, names};

const PAGES: &[u8] = b"II*\0 two pages of a report";
const TAG: &str = "1e1e1e1e-1e1e-1e1e-1e1e-1e1e1e1e1e1e";

/// An order for a fax, with a server that takes it.
fn bench() -> Bench {
    let mut bench = Bench::to_paper(Channel::Fax, PAGES);
    bench.config.carriers.fax = Some(FaxCarrier {
        submit: command(&["sendfax", "-n", "-m", "-i", "{tag}", "-d", "{number}"]),
        status: command(&["faxstat", "-s", "-d"]),
        surroundings: bench.surroundings(),
    });
    bench.program("sendfax", &format!("{TAKE}; echo request id is 7"));
    bench.says("");
    bench
}

impl Bench {
    /// What the server says of its jobs from now on.
    fn says(&self, jobs: &str) {
        fs::write(self.path("jobs"), format!("HylaFAX scheduler on fax: Running\n\n{jobs}\n")).unwrap();
        self.program("faxstat", &format!("cat {}", self.path("jobs").display()));
    }

    fn submitted(&self) -> usize {
        self.calls("sendfax").len()
    }
}

/// Of a fax that no machine ever answered.
fn job(state: &str, pages: &str, why: &str) -> String {
    answered("0", state, pages, why)
}

fn answered(calls: &str, state: &str, pages: &str, why: &str) -> String {
    format!("uketsuke|{TAG}|7|{state}|{pages}|2|{calls}|{FAX}|||{why}")
}

#[test]
fn the_arguments_are_exactly_these() {
    let bench = bench();
    assert_eq!(bench.run_one(), ("under-way".into(), String::new()));
    assert_eq!(bench.calls("sendfax"), [["-n", "-m", "-i", TAG, "-d", FAX]]);
    assert_eq!(bench.calls("faxstat"), [["-s", "-d"]], "asked before it was told");
    assert_eq!(fs::read(bench.beside("sendfax", "input")).unwrap(), PAGES, "the pages, through the pipe");
    let environment = fs::read_to_string(bench.beside("sendfax", "env")).unwrap();
    let mut names: Vec<&str> =
        environment.lines().filter_map(|line| line.split_once('=')).map(|(n, _)| n).collect();
    names.sort_unstable();
    names.retain(|name| !["PWD", "OLDPWD", "SHLVL", "_"].contains(name));
    assert_eq!(names, ["FAXSERVER", "LC_ALL", "PATH"], "the shell of the test adds its own");
    // Only the sealed package lies in the outbox, and no file of ours anywhere else.
    let clear = |dir: &std::path::Path| {
        fs::read_dir(dir)
            .unwrap()
            .any(|file| fs::read(file.unwrap().path()).is_ok_and(|bytes| bytes == PAGES))
    };
    assert!(!clear(&bench.config.outbox) && !clear(&bench.config.state_dir));
}

#[test]
fn what_the_server_says_of_a_job() {
    let sent = ("sent", "");
    let (busy, silent) = (("failed", "fax-busy"), ("failed", "fax-no-answer"));
    let unclear = ("uncertain", "");
    let wait = ("under-way", "");
    let other = "uketsuke|2f2f2f2f-2f2f-2f2f-2f2f-2f2f2f2f2f2f|8|D|2|2|1|0300000457|||";
    let cases = [
        (job("D", "2", ""), sent),
        (format!("{other}\n{}\n{other}", job("D", "2", "")), sent),
        (job("T", "0", ""), wait),
        (job("P", "0", ""), wait),
        (job("S", "0", "Busy signal detected; will retry"), wait),
        (job("B", "0", "Blocked by concurrent calls"), wait),
        (job("W", "0", ""), wait),
        (job("R", "1", "sending | with bars | in it"), wait),
        (job("F", "0", "Busy signal detected; too many attempts to dial"), busy),
        (job("F", "0", "No answer from remote"), silent),
        (job("F", "0", "No carrier detected"), ("failed", "fax-no-connection")),
        (job("F", "0", "Document conversion failed"), ("failed", "fax-unreadable")),
        // A page may lie over there.
        (job("F", "1", "Busy signal detected"), unclear),
        (job("F", "0", "No response to EOP repeated 3 tries"), unclear),
        (job("F", "0", "Kill time expired"), unclear),
        // An earlier call may have broken off in the middle of the first page.
        (answered("1", "F", "0", "Busy signal detected; too many attempts to dial"), unclear),
        (answered("2", "F", "0", "No answer from remote"), unclear),
        (answered("1", "F", "0", "Document conversion failed"), unclear),
        // Where the line of the site does not say how many, one may have.
        (answered("", "F", "0", "Busy signal detected"), unclear),
        (answered("-1", "F", "0", "Busy signal detected"), unclear),
        (format!("uketsuke|{TAG}|7|F|0|2|{FAX}|||Busy signal detected"), unclear),
        (format!("uketsuke|{TAG}|7|F|0|2|{FAX}|||Busy signal detected | or not"), unclear),
        (answered("", "D", "2", ""), sent),
        (answered("1", "D", "2", ""), sent),
        (answered("1", "S", "0", "No response to EOP"), wait),
        (job("F", "0", ""), unclear),
        (job("D", "1", ""), unclear),
        (job("D", "0", ""), unclear),
        (job("?", "0", ""), unclear),
        (job("X", "2", ""), unclear),
        (job("", "2", ""), unclear),
        (job("D", "-2", ""), unclear),
        (job("D", "2.0", ""), unclear),
        (job("D", "99999999999", ""), unclear),
        // Somebody has altered the number in the server.
        (job("D", "2", "").replace(FAX, "0300000457"), unclear),
        (job("W", "0", "").replace(FAX, ""), unclear),
        (format!("{}\n{}", job("D", "2", ""), job("W", "0", "")), unclear),
        (format!("uketsuke|{TAG}"), unclear),
        (format!("uketsuke|{TAG}|7|D|2"), unclear),
        // The server does not know it, or the site's own line is another one.
        (String::new(), unclear),
        (other.to_owned(), unclear),
        (job("D", "2", "").replace("uketsuke", "hylafax"), unclear),
        (job("D", "2", "").replace(TAG, &TAG.to_uppercase()), unclear),
    ];
    for (said, (answer, reason)) in cases {
        let bench = bench();
        assert_eq!(bench.run_one().0, "under-way");
        bench.says(&said);
        assert_eq!(bench.run_one(), (answer.to_owned(), reason.to_owned()), "{said}");
        bench.says(&job("W", "0", ""));
        let after = bench.run().unwrap();
        assert_eq!(after.len(), usize::from(answer == "under-way"), "{said}");
        assert_eq!(bench.submitted(), 1, "{said}");
    }
}

#[test]
fn the_report_is_in_the_receipt() {
    let bench = bench();
    bench.run_one();
    bench.says(&format!("uketsuke|{TAG}|7|D|2|2|1|03-0000-0456| 03 0000 0456 |41|"));
    assert_eq!(bench.run_one().0, "sent");
    let told = Report { remote: RemoteId::parse("03 0000 0456"), pages: Some(2), duration_s: Some(41) };
    assert_eq!(bench.receipt().report, told);
    // What another machine calls itself may be a name.
    for (remote, seconds) in [("KENCHO YAMADA", ""), ("\u{1b}[2J", ""), (&"1".repeat(30), "")] {
        let bench = self::bench();
        bench.run_one();
        bench.says(&format!("uketsuke|{TAG}|7|D|2|2|1|{FAX}|{remote}|{seconds}|"));
        assert_eq!(bench.run_one().0, "sent");
        assert_eq!(bench.receipt().report, Report { remote: None, pages: Some(2), duration_s: None });
    }
}

/// What a server that is not well does to a fax: nothing is submitted twice, and nothing is called unsent that may be.
#[test]
fn programs_that_misbehave() {
    type Programs = &'static [(&'static str, &'static str)];
    let cases: &[(Programs, (&str, &str), usize)] = &[
        (&[("faxstat", "exit 1")], ("deferred", "fax-unavailable"), 0),
        (&[("faxstat", "exit 0")], ("deferred", "fax-unavailable"), 0),
        (&[("faxstat", "sleep 60")], ("deferred", "fax-unavailable"), 0),
        (&[("faxstat", "kill -9 $$")], ("deferred", "fax-unavailable"), 0),
        (&[("faxstat", "yes uketsuke | head -c 3000000")], ("uncertain", ""), 0),
        (&[("faxstat", "head -c 1000 /dev/urandom; printf '\\377'")], ("uncertain", ""), 0),
        (&[("sendfax", "exit 1")], ("uncertain", ""), 1),
        (&[("sendfax", "cat >/dev/null; exit 255")], ("uncertain", ""), 1),
        (&[("sendfax", "exec <&-; exit 0")], ("uncertain", ""), 1),
        (&[("sendfax", "sleep 60")], ("uncertain", ""), 1),
        (&[("sendfax", "kill -9 $$")], ("uncertain", ""), 1),
        (&[("sendfax", "cat >/dev/null; yes")], ("uncertain", ""), 1),
        (&[("sendfax", "cat >/dev/null; head -c 2000000 /dev/urandom")], ("under-way", ""), 1),
    ];
    for (programs, (answer, reason), submitted) in cases {
        let mut bench = bench();
        // More than a pipe holds: a program that does not read is found out.
        let pages = vec![7; 300_000];
        let recipient = introduce(&bench.config.state_dir).unwrap();
        bench.parts.list("pages.tif", "image/tiff", &pages);
        bench.parts.pack(seal(&recipient, &pages));
        bench.put();
        if let Some(fax) = &mut bench.config.carriers.fax {
            fax.surroundings.timeout = Duration::from_millis(700);
        }
        for (name, then) in *programs {
            bench.program(name, then);
        }
        assert_eq!(bench.run_one(), ((*answer).to_owned(), (*reason).to_owned()), "{programs:?}");
        assert_eq!(bench.submitted(), *submitted, "{programs:?}");
        if *answer == "uncertain" {
            bench.says("");
            bench.program("sendfax", TAKE);
            assert_eq!(bench.run(), Ok(vec![]), "{programs:?}");
            assert_eq!(bench.submitted(), *submitted, "it is not tried again");
        }
    }
}

#[test]
fn a_missing_program_is_waited_for() {
    for missing in ["sendfax", "faxstat"] {
        let mut bench = bench();
        if let Some(fax) = &mut bench.config.carriers.fax {
            // Where the machine itself may have one.
            fax.surroundings.path.truncate(1);
        }
        fs::remove_file(bench.path("bin").join(missing)).unwrap();
        if missing == "sendfax" {
            bench.program("faxstat", "echo running");
        }
        assert_eq!(bench.run_one(), ("deferred".into(), "fax-unavailable".into()), "{missing}");
        assert!(bench.file(names::ORDER).exists(), "it may be withdrawn");
    }
}

/// A submission that says no, or nothing, while the server shows the job: it goes on under the server.
#[test]
fn a_job_that_the_server_shows_is_not_submitted_again() {
    let bench = bench();
    bench.program(
        "sendfax",
        &format!(
            "cat >/dev/null; printf '%s\\n' '{}' >> {}; exit 1",
            job("W", "0", ""),
            bench.path("jobs").display()
        ),
    );
    assert_eq!(bench.run_one().0, "under-way");
    bench.says(&job("D", "2", ""));
    assert_eq!(bench.run_one().0, "sent");
    assert_eq!(bench.submitted(), 1);
    // Known to the server before it was ever submitted from here: a state directory from a backup.
    let bench = self::bench();
    bench.says(&job("D", "2", ""));
    assert_eq!(bench.run_one().0, "sent");
    assert_eq!(bench.submitted(), 0);
}

#[test]
fn the_plug_may_be_pulled_at_every_point_of_a_fax() {
    for (point, known, next) in [
        (Point::Verified, false, "under-way"),
        (Point::Claimed, false, "uncertain"),
        (Point::Claimed, true, "sent"),
        (Point::Delivered, true, "sent"),
        (Point::Receipted, true, "already-answered"),
        (Point::Recorded, true, "already-answered"),
    ] {
        let bench = bench();
        // What the server has to say at the end of the first round.
        if matches!(point, Point::Delivered | Point::Receipted | Point::Recorded) {
            assert_eq!(bench.run_one().0, "under-way");
            bench.says(&job("D", "2", ""));
        }
        let mut pull = |at| if at == point { Err(CourierError::Unplugged) } else { Ok(()) };
        assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err(), "{point:?}");
        if known {
            bench.says(&job("D", "2", ""));
        }
        assert_eq!(bench.run_one().0, next, "{point:?} {known}");
        bench.run().unwrap();
        assert!(bench.submitted() <= 1, "{point:?}");
        // Between the claim and the first word to the server: nobody knows, so nobody dials.
        let expected = usize::from(!matches!(point, Point::Claimed));
        assert_eq!(bench.submitted(), expected, "{point:?}");
    }
}

/// A fax that the server still dials when it may not be sent any more is asked for until it has ended, and not sent again.
#[test]
fn a_fax_under_way_outlives_its_confirmation() {
    type Stop = fn(&mut Bench);
    let stops: [Stop; 2] = [
        |bench| bench.now = NOON.plus_seconds(60 + 4 * 3600 + 1),
        |bench| freeze(bench, [bench.parts.destination.id; 2]),
    ];
    for stop in stops {
        for (state, pages, outcome) in [("D", "2", "sent"), ("F", "0", "uncertain"), ("?", "0", "uncertain")]
        {
            let mut bench = bench();
            assert_eq!(bench.run_one().0, "under-way");
            stop(&mut bench);
            for still in ["T", "P", "S", "B", "W", "R"] {
                bench.says(&job(still, "0", "Busy signal detected; will retry"));
                assert_eq!(bench.run_one().0, "under-way", "{still}");
                assert!(bench.file(names::CLAIMED).exists() && !bench.file(names::RECEIPT).exists());
            }
            bench.says(&job(state, pages, "No response to EOP"));
            assert_eq!(bench.run_one().0, outcome);
            assert_eq!(bench.run(), Ok(vec![]));
            assert_eq!(bench.submitted(), 1);
        }
    }
}

/// As long as it may be sent, a server that does not answer is asked again; afterwards a person asks.
#[test]
fn a_server_that_is_gone_is_not_asked_for_ever() {
    let mut bench = bench();
    assert_eq!(bench.run_one().0, "under-way");
    bench.program("faxstat", "exit 1");
    assert_eq!(bench.run_one().0, "under-way");
    bench.now = NOON.plus_seconds(60 + 4 * 3600 + 1);
    assert_eq!(bench.run_one().0, "uncertain");
}

/// Pages for paper come out of a package that is sealed to this dispatcher, and are the signed ones.
#[test]
fn only_the_agreed_pages_leave() {
    let foreign = age::x25519::Identity::generate().to_public().to_string();
    type Change = fn(&mut Bench, &str);
    let cases: [(Change, (&str, &str)); 6] = [
        (|b, _| b.parts.list("pages.tif", "image/tiff", b"other pages"), ("refused", "other-pages")),
        (|b, foreign| b.parts.pack(seal(foreign, PAGES)), ("refused", "other-pages")),
        (
            |b, _| b.parts.pack(b"age-encryption.org/v1\n-> X25519 (not really)\n".to_vec()),
            ("refused", "other-pages"),
        ),
        (|b, _| b.parts.pack(PAGES.to_vec()), ("refused", "package-not-encrypted")),
        (
            |b, _| fs::remove_file(b.config.state_dir.join("identity")).unwrap(),
            ("deferred", "no-courier-key"),
        ),
        (|b, _| fs::write(b.config.state_dir.join("identity"), "x").unwrap(), ("deferred", "no-courier-key")),
    ];
    for (change, (answer, reason)) in cases {
        let mut bench = bench();
        change(&mut bench, &foreign);
        bench.put();
        assert_eq!(bench.run_one(), (answer.to_owned(), reason.to_owned()));
        assert_eq!((bench.submitted(), bench.calls("faxstat").len()), (0, 0), "{reason}");
    }
}

/// Numbers that nobody may dial do not even become an address; forged into the bytes of an order they reach no program.
#[test]
fn hostile_numbers_reach_no_program() {
    let hostile = [
        "",
        "0",
        "110",
        "119",
        "030000045",
        "03000004567",
        "3000004560",
        "09012345678",
        "08012345678",
        "07012345678",
        "0120123456",
        "0570123456",
        "0990123456",
        "0170123456",
        "0180123456",
        "0103000000",
        "0011234567",
        "0501234567",
        "02012345678",
        "+81300000456",
        "81300000456",
        "03-0000-0456",
        "03 0000 0456",
        "(03)00000456",
        "0300000456#1",
        "0300000456,1",
        "0300000456*",
        "*67030000456",
        "0300000456\n",
        "0300000456 ",
        "0300000456\0",
        "-300000456",
        "--help",
        "-d0300000456",
        "0300000456;id",
        "$(id)",
        "`id`",
        "a@0300000456",
        "030000045x",
        "０３００００４５６",
        "0３00000456",
        "{number}",
        "0300000456{tag}",
        "../etc/passwd",
    ];
    assert!(hostile.len() >= 40);
    for number in hostile {
        for channel in [Channel::Fax, Channel::ManualFax] {
            assert_eq!(Address::from_canonical(channel, number), None, "{number:?}");
        }
        let bench = bench();
        fs::write(bench.file(names::ORDER), with_number(&bench, number.as_bytes())).unwrap();
        assert_eq!(bench.run_one().0, "refused", "{number:?}");
        assert_eq!((bench.submitted(), bench.calls("faxstat").len()), (0, 0), "{number:?}");
    }
    let bench = bench();
    let good = fs::read(bench.file(names::ORDER)).unwrap();
    assert_eq!(with_number(&bench, FAX.as_bytes()), good, "the control");
    fs::write(bench.file(names::ORDER), with_number(&bench, b"0300000457")).unwrap();
    assert_eq!(bench.run_one().0, "under-way", "signed by both, another good number is dialled");
}

/// An order with any bytes for a number, signed by both: as two people with their keys could write it, and nobody else.
fn with_number(bench: &Bench, number: &[u8]) -> Vec<u8> {
    let destination = bench.parts.destination.to_bytes();
    let mut fields = pae::decode(&destination).unwrap();
    let address = fields.iter().position(|field| *field == FAX.as_bytes()).expect("the number is a field");
    fields[address] = number;
    let destination = pae::encode(&fields);
    let mut parts = Parts::new(*bench.id().as_bytes());
    parts.statement = bench.parts.statement;
    parts.statement.destination = Digest::of(&destination);
    parts.manifest = bench.parts.manifest.clone();
    let order = parts.order().to_bytes();
    let mut fields = pae::decode(&order).unwrap();
    let own = parts.destination.to_bytes();
    let field = fields.iter().position(|field| *field == own).expect("the destination is a field");
    fields[field] = &destination;
    pae::encode(&fields)
}
