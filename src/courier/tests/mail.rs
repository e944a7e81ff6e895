//! Mail against a relay that fails at every step, in every way: what is said of it, and how often it was sent.
use std::net::TcpListener;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::*;
use super::bench::Bench;
use super::relay::{Server, are_left_out, but};

/// What a case must end in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Sent,
    /// The order stays and goes out when the relay is well again.
    Later(&'static str),
    /// It is answered and never goes out.
    Failed(&'static str),
    /// Somebody has to find out.
    Unclear,
}

impl End {
    fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::Sent => ("sent", ""),
            Self::Later(why) => ("deferred", why),
            Self::Failed(why) => ("failed", why),
            Self::Unclear => ("uncertain", ""),
        }
    }
}

/// One round, then two more with a relay that is well: never two mails, and no call after an answer.
#[track_caller]
fn assert_ends(server: &Server, bench: &Bench, plan: &Value, end: End, taken: usize) {
    server.plan(plan);
    assert_eq!(
        bench.run_one(),
        (end.said().0.to_owned(), end.said().1.to_owned()),
        "{plan}\n{}",
        server.log()
    );
    let first = server.connections();
    assert_eq!(server.accepted().len(), taken, "{plan}\n{}", server.log());
    server.plan(&json!({}));
    if matches!(end, End::Later(_)) {
        assert_eq!((first <= 1, taken), (true, 0));
        assert_eq!(bench.run_one().0, "sent", "{plan}");
        assert_eq!((server.accepted().len(), server.connections()), (1, 1), "{plan}");
    }
    server.plan(&json!({}));
    assert_eq!((bench.run(), bench.run()), (Ok(vec![]), Ok(vec![])), "{plan}");
    assert_eq!((server.accepted().len(), server.connections()), (0, 0), "{plan}");
}

#[test]
fn every_answer_at_every_step() {
    if are_left_out() {
        return;
    }
    let (later, failed) = (End::Later("relay-busy"), End::Failed("relay-refused"));
    let (lost, gone) = (End::Failed("relay-lost"), End::Later("relay-unreachable"));
    let plain = End::Failed("relay-without-tls");
    let address = End::Failed("recipient-refused");
    let cases: &[(&str, &str, End, usize)] = &[
        ("greeting", "good", End::Sent, 1),
        ("rcpt", "251 will forward", End::Sent, 1),
        ("dot", "250-queued\r\n250 as 1", End::Sent, 1),
        ("dot", "200 fine", End::Sent, 1),
        ("greeting", "421 later", later, 0),
        ("greeting", "554 no", failed, 0),
        ("greeting", "drop", gone, 0),
        ("greeting", "hang", gone, 0),
        ("greeting", "garbage", gone, 0),
        ("greeting", "half", gone, 0),
        ("ehlo", "421 later", later, 0),
        ("ehlo", "502 what", failed, 0),
        ("ehlo", "drop", gone, 0),
        ("ehlo", "hang", gone, 0),
        ("ehlo", "garbage", gone, 0),
        ("starttls", "454 not now", later, 0),
        ("starttls", "502 no such thing", plain, 0),
        ("starttls", "drop", gone, 0),
        ("starttls", "hang", gone, 0),
        ("ehlo2", "421 later", later, 0),
        ("ehlo2", "drop", gone, 0),
        ("ehlo2", "hang", gone, 0),
        ("ehlo2", "garbage", gone, 0),
        ("mail", "421 later", later, 0),
        ("mail", "451 later", later, 0),
        ("mail", "553 who", failed, 0),
        ("mail", "354 what", lost, 0),
        ("mail", "drop", lost, 0),
        ("mail", "hang", lost, 0),
        ("mail", "garbage", lost, 0),
        ("mail", "half", lost, 0),
        ("rcpt", "450 greylisted", address, 0),
        ("rcpt", "452 full", address, 0),
        ("rcpt", "550 no such user", address, 0),
        ("rcpt", "551 moved", address, 0),
        ("rcpt", "354 what", lost, 0),
        ("rcpt", "drop", lost, 0),
        ("rcpt", "hang", lost, 0),
        ("rcpt", "garbage", lost, 0),
        ("data", "451 later", failed, 0),
        ("data", "554 no", failed, 0),
        ("data", "250 ok", lost, 0),
        ("data", "drop", lost, 0),
        ("data", "hang", lost, 0),
        ("data", "garbage", lost, 0),
        ("content", "drop", End::Unclear, 0),
        ("dot", "451 later", failed, 0),
        ("dot", "452 full", failed, 0),
        ("dot", "550 spam", failed, 0),
        ("dot", "554 no", failed, 0),
        ("dot", "354 more", End::Unclear, 1),
        ("dot", "drop", End::Unclear, 1),
        ("dot", "hang", End::Unclear, 1),
        ("dot", "garbage", End::Unclear, 1),
        ("dot", "half", End::Unclear, 1),
        ("dot", "999 what", End::Unclear, 1),
        ("dot", "250ok", End::Unclear, 1),
    ];
    // Each waits for a relay that hangs in a few of them: several at once.
    std::thread::scope(|scope| {
        for part in cases.chunks(cases.len().div_ceil(4)) {
            scope.spawn(move || {
                let server = Server::scripted();
                for (stage, action, end, taken) in part {
                    let mut bench = server.bench(server.carrier(Encryption::StartTls));
                    // More than what fits in the buffers on the way.
                    bench.parts.pack([b"age-encryption.org/v1\n".as_slice(), &vec![7; 200_000]].concat());
                    bench.put();
                    assert_ends(&server, &bench, &but(stage, action), *end, *taken);
                }
            });
        }
    });
}

#[test]
fn only_the_relay_of_the_site_under_encryption() {
    if are_left_out() {
        return;
    }
    let server = Server::scripted();
    let untrusted = End::Failed("relay-untrusted");
    for wrapped in [false, true] {
        let encryption = if wrapped { Encryption::Tls } else { Encryption::StartTls };
        for (certificate, end) in [
            ("good", End::Sent),
            ("foreign", untrusted),
            ("forged", untrusted),
            ("elsewhere", untrusted),
            ("expired", untrusted),
            ("early", untrusted),
        ] {
            let bench = server.bench(server.carrier(encryption));
            let plan = json!({ "certificate": certificate, "wrapped": wrapped });
            server.plan(&plan);
            let said = (end.said().0.to_owned(), end.said().1.to_owned());
            assert_eq!(bench.run_one(), said, "{plan} {}", server.log());
            assert_eq!(server.accepted().len(), usize::from(end == End::Sent), "{plan}");
            assert!(!server.log().contains("MAIL") || end == End::Sent, "{}", server.log());
            assert_eq!(bench.run(), Ok(vec![]));
        }
    }
    // Stripped by somebody on the line.
    let bench = server.bench(server.carrier(Encryption::StartTls));
    assert_ends(&server, &bench, &json!({ "starttls": false }), End::Failed("relay-without-tls"), 0);
    // The two kinds of relay taken for each other: neither side ever gets a word.
    for (encryption, wrapped) in [(Encryption::Tls, false), (Encryption::StartTls, true)] {
        let bench = server.bench(server.carrier(encryption));
        server.plan(&json!({ "wrapped": wrapped }));
        assert_eq!(bench.run_one(), ("deferred".into(), "relay-unreachable".into()), "{encryption:?}");
        assert!(!server.log().contains("MAIL") && server.accepted().is_empty());
    }
}

/// Answers that somebody on the line has appended to the last one in the clear.
#[test]
fn answers_from_the_clear_do_not_count() {
    if are_left_out() {
        return;
    }
    let server = Server::scripted();
    let chain = ["220 go ahead", "250 relay", "250 ok", "250 ok", "354 go ahead", "250 queued"];
    for count in 2..=chain.len() {
        for (stage, action) in [("rcpt", "550 no"), ("dot", "550 no"), ("dot", "drop")] {
            let bench = server.bench(server.carrier(Encryption::StartTls));
            // The relay itself takes nothing: whatever says otherwise has lied.
            let said = chain.get(..count).unwrap().join("\r\n");
            let plan = json!({ "replies": { "starttls": said, stage: action } });
            server.plan(&plan);
            let (answer, reason) = bench.run_one();
            assert_eq!(answer, "failed", "{plan} {reason}");
            let refused = ["relay-untrusted", "relay-lost", "relay-refused", "recipient-refused"];
            assert!(refused.contains(&reason.as_str()), "{plan} {reason}");
            assert!(!server.log().contains("content"), "{plan} {}", server.log());
            assert_eq!(bench.run(), Ok(vec![]));
        }
    }
}

#[test]
fn a_relay_that_is_not_there_is_waited_for() {
    if are_left_out() {
        return;
    }
    let server = Server::scripted();
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let mut nobody = server.carrier(Encryption::StartTls);
    nobody.relay.port = free;
    let mut nowhere = server.carrier(Encryption::Tls);
    nowhere.relay.host = "relay.invalid".parse().unwrap();
    for carrier in [nobody, nowhere] {
        let mut bench = server.bench(carrier);
        assert_eq!(bench.run_one(), ("deferred".into(), "relay-unreachable".into()));
        assert!(bench.file(crate::order::names::ORDER).exists(), "it may be withdrawn");
        bench.config.carriers.mail = Some(server.carrier(Encryption::StartTls));
        server.plan(&json!({}));
        assert_eq!(bench.run_one().0, "sent");
        assert_eq!(server.accepted().len(), 1);
    }
}

#[test]
fn files_of_the_settings_are_looked_at_before_anybody_is_called() {
    if are_left_out() {
        return;
    }
    let server = Server::scripted();
    server.plan(&json!({ "auth": true }));
    let with = |path| {
        let mut carrier = server.carrier(Encryption::StartTls);
        carrier.login = Some(Login { user: "uketsuke".into(), password_file: path });
        carrier
    };
    let mut cases = vec![with(server.file("missing")), with(server.password_file("open to all", 0o644))];
    for ca in ["missing", "good.key"] {
        let mut carrier = server.carrier(Encryption::StartTls);
        carrier.relay.ca_file = server.file(ca);
        cases.push(carrier);
    }
    for carrier in cases {
        assert_eq!(carrier.check_files(), Err(Obstacle::CarrierFile));
        let bench = server.bench(carrier);
        assert_eq!(bench.run_one(), ("deferred".into(), "carrier-file-unreadable".into()));
        assert_eq!(server.connections(), 0);
    }
    let carrier = with(server.password_file("secret", 0o600));
    assert_eq!(carrier.check_files(), Ok(()));
    assert_eq!(server.bench(carrier.clone()).run_one().0, "sent");
    assert!(server.log().contains("AUTH PLAIN"));
    for (plan, end) in [
        (json!({ "auth": true, "replies": { "auth": "535 wrong" } }), "relay-login-refused"),
        (json!({ "auth": false }), "relay-login-refused"),
        (json!({ "auth": true, "replies": { "auth": "454 later" } }), "relay-busy"),
    ] {
        server.plan(&plan);
        assert_eq!(server.bench(carrier.clone()).run_one().1, end);
        assert!(!server.log().contains("MAIL"), "{plan}");
    }
}

/// What is claimed and has no end may have been mailed: it is not mailed again.
#[test]
fn an_interrupted_mail_is_a_matter_for_a_person() {
    use super::super::round::{self, Point};
    use super::bench::At;
    if are_left_out() {
        return;
    }
    let server = Server::scripted();
    for (point, taken, next) in [
        (Point::Verified, 0, "sent"),
        (Point::Claimed, 0, "uncertain"),
        (Point::Delivered, 1, "uncertain"),
        (Point::Receipted, 1, "already-answered"),
        (Point::Recorded, 1, "already-answered"),
    ] {
        let bench = server.bench(server.carrier(Encryption::StartTls));
        server.plan(&json!({}));
        let mut pull = |at| if at == point { Err(CourierError::Unplugged) } else { Ok(()) };
        assert!(round::run(&bench.config, &At(bench.now), &mut pull).is_err());
        assert_eq!(server.accepted().len(), taken, "{point:?}");
        assert_eq!(bench.run_one().0, next, "{point:?}");
        assert_eq!(server.accepted().len(), if next == "sent" { 1 } else { taken }, "{point:?}");
        assert_eq!(bench.run(), Ok(vec![]));
    }
    // A wait of this test is not a wait of the product.
    assert!(server.carrier(Encryption::Tls).relay.timeout < Duration::from_secs(2));
}
