//! Copies of the log's checkpoints: each once to each place, and a log that went back is told of.
use std::fs;
use std::net::TcpListener;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use serde_json::json;

use super::super::*;
use super::bench::{At, Bench};
use super::relay::{FROM, Server, are_left_out, but};
use crate::domain::destination::MailAddress;
use crate::log::slip::read_list;
use crate::log::{Checkpoint, Note};
use crate::order::names;

const LOG: [u8; 16] = [7; 16];
const SUPERVISORS: [&str; 2] = ["tenken@pref.example.lg.jp", "kanri@pref.example.lg.jp"];

fn point(size: u64) -> Checkpoint {
    Checkpoint { log_id: LOG, size, root: [u8::try_from(size % 251).unwrap(); 32] }
}

/// What the office would hand over.
fn hand_over(bench: &mut Bench, checkpoint: Checkpoint) -> Note {
    let note = checkpoint.note(&[1; 32], |_| [0x5a; 64]);
    let path = bench.path("latest.note");
    fs::write(&path, note.to_string()).unwrap();
    bench.config.copies.note = path;
    note
}

/// No way out for packages and no order: what a house has that only wants its log copied.
fn bare() -> Bench {
    let mut bench = Bench::new();
    bench.config.carriers = Carriers::default();
    fs::remove_file(bench.file(names::ORDER)).unwrap();
    bench
}

fn listen(bench: &mut Bench) -> UnixDatagram {
    let path = bench.path("log");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_nonblocking(true).unwrap();
    bench.config.copies.syslog = Some(path);
    socket
}

fn heard(socket: &UnixDatagram) -> Option<String> {
    let mut bytes = [0; 2048];
    let length = socket.recv(&mut bytes).ok()?;
    Some(String::from_utf8(bytes[..length].to_vec()).unwrap())
}

fn told(bench: &Bench) -> Vec<(String, &'static str, &'static str)> {
    let round = run_round(&bench.config, &At(bench.now));
    let tell =
        |copy: &CopyMade| (copy.to.name(), copy.answer.code(), copy.answer.reason().unwrap_or_default());
    round.copies.iter().map(tell).collect()
}

fn syslog(answer: &'static str, reason: &'static str) -> Vec<(String, &'static str, &'static str)> {
    vec![("syslog".to_owned(), answer, reason)]
}

#[test]
fn each_checkpoint_goes_to_the_syslog_once() {
    let mut bench = bare();
    let socket = listen(&mut bench);
    assert_eq!(told(&bench), [], "nothing is there yet");
    hand_over(&mut bench, point(40));
    assert_eq!(told(&bench), syslog("sent", ""));
    let line = heard(&socket).unwrap();
    assert!(line.starts_with("<85>Jul 14 ") && line.contains("]: checkpoint hc-intake/0707"), "{line}");
    assert!(line.ends_with(" 40 KCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCg="), "{line}");
    assert_eq!((told(&bench), heard(&socket)), (vec![], None), "once");
    hand_over(&mut bench, point(41));
    assert_eq!(told(&bench), syslog("sent", ""));
    assert!(heard(&socket).unwrap().contains(" 41 "));
    assert_eq!(run_round(&bench.config, &At(bench.now)).orders, None);
}

#[test]
fn after_a_crash_rather_twice_than_never() {
    let mut bench = bare();
    let socket = listen(&mut bench);
    hand_over(&mut bench, point(40));
    assert_eq!(told(&bench), syslog("sent", ""));
    heard(&socket).unwrap();
    // The plug was pulled after it had left and before that was written down.
    let tried = json!({ "syslog": { "sent": null, "pause_until": bench.now.seconds() } });
    let memory = bench.config.state_dir.join("checkpoints");
    fs::write(&memory, tried.to_string()).unwrap();
    assert_eq!(told(&bench), syslog("sent", ""));
    heard(&socket).unwrap();
    // A memory that cannot be written: not in every round.
    hand_over(&mut bench, point(41));
    let in_the_way = format!(".checkpoints.{}.tmp", std::process::id());
    fs::create_dir(bench.config.state_dir.join(&in_the_way)).unwrap();
    assert_eq!((told(&bench), heard(&socket)), (syslog("not-sent", "copies-memory"), None));
    fs::remove_dir(bench.config.state_dir.join(in_the_way)).unwrap();
    assert_eq!(told(&bench), syslog("sent", ""));
}

#[test]
fn nothing_set_sends_nothing_and_remembers_nothing() {
    let mut bench = Bench::new();
    hand_over(&mut bench, point(40));
    assert!(!bench.config.copies.is_any());
    let round = run_round(&bench.config, &At(bench.now));
    assert_eq!((round.orders.unwrap().unwrap().len(), round.copies), (1, vec![]));
    assert!(!bench.config.state_dir.join("checkpoints").exists());
}

#[test]
fn a_log_that_went_back_is_told_and_not_sent() {
    let mut bench = bare();
    let socket = listen(&mut bench);
    hand_over(&mut bench, point(40));
    assert_eq!(told(&bench), syslog("sent", ""));
    heard(&socket).unwrap();
    let other_root = Checkpoint { root: [9; 32], ..point(40) };
    let other_log = Checkpoint { log_id: [8; 16], ..point(50) };
    for (other, reason) in
        [(point(39), "log-shorter"), (other_root, "log-replaced"), (other_log, "other-log")]
    {
        hand_over(&mut bench, other);
        // Round after round: nobody shall get used to silence.
        for _ in 0..2 {
            assert_eq!((told(&bench), heard(&socket)), (syslog("alarm", reason), None));
        }
    }
    hand_over(&mut bench, point(41));
    assert_eq!(told(&bench), syslog("sent", ""));
}

#[test]
fn trouble_with_copies_keeps_no_order_back() {
    let mut bench = Bench::new();
    hand_over(&mut bench, point(40));
    let nowhere = bench.path("no-such-socket");
    bench.config.copies.syslog = Some(nowhere.clone());
    let round = run_round(&bench.config, &At(bench.now));
    assert_eq!(round.orders.unwrap().unwrap().len(), 1);
    bench.assert_sent();
    assert_eq!(round.copies[0].answer.reason(), Some("syslog-unavailable"));
    // Something else of that name, and a daemon that nobody reads.
    fs::write(&nowhere, "").unwrap();
    assert_eq!(told(&bench), syslog("not-sent", "syslog-unavailable"));
    fs::remove_file(&nowhere).unwrap();
    let full = UnixDatagram::bind(&nowhere).unwrap();
    let filler = UnixDatagram::unbound().unwrap();
    filler.set_nonblocking(true).unwrap();
    while filler.send_to(&[b'x'; 100], &nowhere).is_ok() {}
    assert_eq!(told(&bench), syslog("not-sent", "syslog-unavailable"), "a full queue is not waited for");
    drop(full);
    // And the other way round: orders that cannot be carried keep no copy back.
    fs::remove_file(&nowhere).unwrap();
    let _socket = UnixDatagram::bind(&nowhere).unwrap();
    fs::remove_file(&bench.config.roster).unwrap();
    let round = run_round(&bench.config, &At(bench.now));
    assert!(round.orders.unwrap().is_err());
    assert_eq!(round.copies[0].answer, CopyAnswer::Sent);
}

#[test]
fn files_that_are_none_of_ours_are_told() {
    let mut bench = bare();
    let _socket = listen(&mut bench);
    hand_over(&mut bench, point(40));
    let note = bench.config.copies.note.clone();
    let link = |from: &Path| {
        fs::rename(from, from.with_extension("real")).unwrap();
        std::os::unix::fs::symlink(from.with_extension("real"), from).unwrap();
    };
    link(&note);
    assert_eq!(told(&bench), syslog("not-sent", "note-unreadable"));
    fs::remove_file(&note).unwrap();
    fs::write(&note, "hc-intake/x\n").unwrap();
    assert_eq!(told(&bench), syslog("not-sent", "note-unreadable"));
    hand_over(&mut bench, point(40));
    fs::write(bench.config.state_dir.join("checkpoints"), "{").unwrap();
    assert_eq!(told(&bench), syslog("not-sent", "copies-memory"), "what was sent must not be forgotten");
}

fn mailing(server: &Server) -> Bench {
    let mut bench = bare();
    let words = NoteWords {
        subject: "利用記録の控え", body: "個人情報は含みません。\nno personal data"
    };
    let to = SUPERVISORS.map(|text| MailAddress::from_canonical(text).unwrap()).to_vec();
    bench.config.copies.mail = Some(MailCopies { carrier: server.carrier(Encryption::StartTls), to, words });
    bench
}

fn mails(answers: [(&'static str, &'static str); 2]) -> Vec<(String, &'static str, &'static str)> {
    let tell = |(to, (answer, reason)): (&str, (_, _))| (format!("mail:{to}"), answer, reason);
    SUPERVISORS.into_iter().zip(answers).map(tell).collect()
}

/// As somebody else's server and somebody else's reader of mail see it.
#[test]
fn a_supervisor_gets_the_note_under_fixed_words() {
    if are_left_out() {
        return;
    }
    let server = Server::judging("good", "starttls");
    let mut bench = mailing(&server);
    let password_file = server.password_file("correct horse battery", 0o600);
    let login = Login { user: "uketsuke".into(), password_file };
    bench.config.copies.mail.as_mut().unwrap().carrier.login = Some(login);
    let note = hand_over(&mut bench, point(40));
    assert_eq!(told(&bench), mails([("sent", ""); 2]));
    assert_eq!(told(&bench), []);
    let judged = server.judged();
    assert_eq!(judged.len(), 2);
    for (mail, to) in judged.iter().zip(SUPERVISORS) {
        assert_eq!((&mail["from"], &mail["recipients"]), (&json!(FROM), &json!([to])));
        assert_eq!((&mail["encrypted"], &mail["defects"]), (&json!(true), &json!([])));
        let header = |name: &str| {
            let all = mail["headers"].as_array().unwrap();
            all.iter().find(|pair| pair[0] == name).unwrap()[1].as_str().unwrap().to_owned()
        };
        assert_eq!(header("Subject"), "利用記録の控え 40");
        let [part] = mail["parts"].as_array().unwrap().as_slice() else { panic!("{mail}") };
        let text = part["text"].as_str().unwrap().replace("\r\n", "\n");
        let (words, kept) = text.split_once("hc-intake/").unwrap();
        assert!(words.contains("個人情報は含みません") && words.contains("no personal data"), "{words}");
        assert_eq!(format!("hc-intake/{}", kept.trim_end()), note.to_string().trim_end());
        // As it lies in the box, with the words made into remarks, the verifier takes it.
        let list = read_list(&LOG, &format!("hc-intake/{kept}")).unwrap();
        assert_eq!((list.len(), list[0].size, list[0].root), (1, 40, point(40).root));
    }
}

#[test]
fn each_supervisor_gets_it_once_whatever_becomes_of_the_other() {
    if are_left_out() {
        return;
    }
    let server = Server::scripted();
    let mut bench = mailing(&server);
    hand_over(&mut bench, point(40));
    // A relay that is away is called once for both, and then not for a while.
    let good = server.port;
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let relay_port =
        |bench: &mut Bench, port| bench.config.copies.mail.as_mut().unwrap().carrier.relay.port = port;
    relay_port(&mut bench, free);
    assert_eq!(told(&bench), mails([("not-sent", "relay-unreachable"); 2]));
    relay_port(&mut bench, good);
    assert_eq!(told(&bench), mails([("not-sent", "waiting"); 2]));
    assert_eq!(server.connections(), 0);
    bench.now = bench.now.plus_seconds(300);
    // Taken or not: nobody knows. Rather twice than never, and not before an hour has passed.
    server.plan(&but("dot", "drop"));
    assert_eq!(told(&bench), mails([("not-sent", "unclear"); 2]));
    assert_eq!(server.accepted().len(), 2);
    server.plan(&json!({}));
    bench.now = bench.now.plus_seconds(3599);
    assert_eq!(told(&bench), mails([("not-sent", "waiting"); 2]));
    bench.now = bench.now.plus_seconds(1);
    assert_eq!(told(&bench), mails([("sent", ""); 2]));
    assert_eq!((told(&bench), server.accepted().len()), (vec![], 2));
    // One address more gets what the others have, and they get nothing again.
    let new = MailAddress::from_canonical("hosa@pref.example.lg.jp").unwrap();
    bench.config.copies.mail.as_mut().unwrap().to.push(new);
    server.plan(&json!({}));
    assert_eq!(told(&bench), [("mail:hosa@pref.example.lg.jp".to_owned(), "sent", "")]);
    assert_eq!(server.accepted().len(), 1);
}
