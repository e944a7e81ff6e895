//! Two verifiers of the access log, written apart from each other, see the same in logs that somebody has damaged.
//!
//! The other one is `judges/verify_export.py`, made from `docs/audit-log.md` alone. Each round changes an export in one to three
//! ways, some of them as somebody would who knows the format, and both must give the same findings. Whatever differs
//! from the honest log has to be an alarm, but for what the description says nobody can see.
mod damage;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout};
use std::thread;

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use uketsuke::log::export::{Export, Line};
use uketsuke::log::finding::Finding;
use uketsuke::log::slip::PaperRoot;
use uketsuke::log::verify::{self, SealKeys, unobserved};
use zeroize::Zeroizing;

use crate::judges;
use damage::Log;

/// Of each of the two logs.
const ROUNDS: u64 = 52_000;

/// A log with everything that the auditor needs.
#[derive(Clone)]
struct Case {
    log: Log,
    keys: BTreeMap<u32, [u8; 32]>,
    paper: Vec<PaperRoot>,
}

impl Case {
    fn new(export: &str, keys: BTreeMap<u32, [u8; 32]>) -> Self {
        let log = Log::read(export);
        let mut export = Export::read(export).expect("an export");
        let root = verify::verify(&mut export, &SealKeys::new(), &[], &mut unobserved).expect("a report");
        let log_id = Some(export.head().log_id);
        Self { log, keys, paper: vec![PaperRoot { log_id, size: root.events, root: root.root }] }
    }

    fn ours(&self) -> BTreeSet<(String, u64, String)> {
        let lines: Result<Vec<Line>, _> =
            self.log.lines.iter().map(|line| serde_json::from_value(line.clone())).collect();
        let export = lines.ok().and_then(|lines| Export::from_lines(lines).ok());
        let format = || vec![Finding::new(uketsuke::log::What::FormatLine, 0)];
        let findings = export.map_or_else(format, |mut export| {
            let keys: SealKeys =
                self.keys.iter().map(|(epoch, key)| (*epoch, Zeroizing::new(*key))).collect();
            verify::verify(&mut export, &keys, &self.paper, &mut unobserved).expect("a report").findings
        });
        findings
            .into_iter()
            .map(|finding| {
                (finding.what.class().name().to_owned(), finding.at, finding.what.word().to_owned())
            })
            .collect()
    }

    fn request(&self) -> Value {
        let keys: BTreeMap<String, String> =
            self.keys.iter().map(|(epoch, key)| (epoch.to_string(), HEXLOWER.encode(key))).collect();
        let paper: Vec<Value> = self
            .paper
            .iter()
            .map(|paper| {
                let origin = uketsuke::log::checkpoint::origin(&paper.log_id.expect("of a log"));
                json!([origin, paper.size, HEXLOWER.encode(&paper.root)])
            })
            .collect();
        json!({ "export": self.log.lines, "k0": keys, "paper": paper })
    }
}

struct Judge {
    child: Child,
    asked: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Judge {
    fn call() -> Self {
        let mut child = judges::spawn("verify_export.py", &["--serve"]);
        let asked = child.stdin.take().expect("a pipe");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, asked, answers }
    }
    fn ask(&mut self, case: &Case) {
        writeln!(self.asked, "{}", case.request()).expect("it listens");
    }
    fn answer(&mut self) -> BTreeSet<(String, u64, String)> {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("it answers");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        let text = |value: &Value| value.as_str().expect("a word").to_owned();
        let findings = answer["findings"].as_array().expect("findings");
        findings.iter().map(|f| (text(&f[0]), f[1].as_u64().expect("a number"), text(&f[2]))).collect()
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        self.child.kill().unwrap_or(());
        let _ = self.child.wait();
    }
}

fn is_alarm(found: &(String, u64, String)) -> bool {
    let remark = [
        ("CLOCK", "step"),
        ("HEARTBEAT", "quiet"),
        ("EPOCH", "started"),
        ("EPOCH", "gap"),
        ("PAPER", "declared"),
    ];
    !remark.contains(&(found.0.as_str(), found.2.as_str()))
}

/// How many rounds were an alarm, and every kind of finding that came up.
fn play(honest: &Case, rounds: std::ops::Range<u64>) -> (u64, BTreeSet<(String, String)>) {
    let mut judge = Judge::call();
    let (mut alarms, mut kinds) = (0, BTreeSet::new());
    for seed in rounds {
        let mut case = honest.clone();
        let done = damage::damage(&mut case.log, seed);
        judge.ask(&case);
        let (ours, theirs) = (case.ours(), judge.answer());
        let apart: Vec<_> = ours.symmetric_difference(&theirs).collect();
        assert!(apart.is_empty(), "round {seed}: {done:?}: apart in {apart:?}\n{}", case.request());
        let alarm = ours.iter().any(is_alarm);
        let unseen = damage::nobody_can_see(&honest.log, &case.log);
        assert!(alarm || unseen, "round {seed}: {done:?} was missed\n{}", case.request());
        alarms += u64::from(alarm);
        kinds.extend(ours.into_iter().map(|(class, _, word)| (class, word)));
    }
    (alarms, kinds)
}

#[test]
fn they_agree_about_every_damage_and_miss_none() {
    if judges::are_left_out() {
        return;
    }
    let vector = Case::new(include_str!("data/audit-vector.jsonl"), vector_keys());
    let site = crate::interop::Site::new();
    site.work_a_little();
    let (export, k0) = site.export("2001");
    let ours = Case::new(&export, BTreeMap::from([(1, k0)]));
    for case in [&vector, &ours] {
        let (mut judge, found) = (Judge::call(), case.ours());
        judge.ask(case);
        assert_eq!(judge.answer(), found);
        assert!(!found.iter().any(is_alarm), "{found:?}");
    }
    let played = thread::scope(|scope| {
        let both = [&vector, &ours].map(|case| scope.spawn(move || play(case, 0..ROUNDS)));
        both.map(|one| one.join().expect("the findings are the same"))
    });
    let alarms: u64 = played.iter().map(|(alarms, _)| alarms).sum();
    let kinds: BTreeSet<_> = played.iter().flat_map(|(_, kinds)| kinds).collect();
    println!("{} damaged logs, {alarms} alarms, {} kinds of findings, one mind", 2 * ROUNDS, kinds.len());
    // Most changes are seen; and if only a few kinds came up, the damage would not be worth much.
    assert!(alarms > ROUNDS && kinds.len() > 30, "{alarms} {kinds:?}");
}

fn vector_keys() -> BTreeMap<u32, [u8; 32]> {
    let keys: BTreeMap<u32, String> =
        serde_json::from_str(include_str!("data/audit-vector.k0.json")).expect("JSON");
    let bytes = |hex: String| HEXLOWER.decode(hex.as_bytes()).expect("hex").try_into().expect("32 bytes");
    keys.into_iter().map(|(epoch, hex)| (epoch, bytes(hex))).collect()
}
