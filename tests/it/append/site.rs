//! One installation that every run starts from a copy of, and the looking at what a run left.
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use serde_json::Value;
use uketsuke::domain::ids::RecordId;
use uketsuke::domain::intake::{Channel, Intake};
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::time::Clock as _;
use uketsuke::form::{Catalog, shipped_sources};
use uketsuke::log::verify::{Tier, unobserved};
use uketsuke::office::ops::{
    DiscardDraft, ListLog, ListRecords, LogLine, OpenDraft, RecordState, SignOut, VerifyLog,
};
use uketsuke::office::{
    Action, Credentials, Office, Origin, Outcome, Reason, Session, SignedIn, Surroundings, TokenOffer,
};
use uketsuke::os::clock::SystemClock;
use uketsuke::os::entropy::KernelEntropy;

use super::{FORM, Fault, VALUES};

const NUMBERS: [&str; 5] = ["2001", "2002", "1001", "1002", "1003"];
const RESERVE: &str = "reserve";

pub struct Prepared {
    dir: tempfile::TempDir,
    shim: PathBuf,
    values: PathBuf,
    made: Value,
    /// What is there before the run.
    events: u64,
    records: BTreeSet<RecordId>,
}

/// How a disturbed command ended.
pub struct Ended {
    pub fault: Fault,
    pub killed: bool,
    /// It said that the record is registered.
    pub acknowledged: bool,
    /// Its error code, where it said one.
    pub error: String,
    /// The counted calls, `1 pwrite FILE`.
    pub steps: Vec<String>,
    pub fired: bool,
}

impl Prepared {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let shim = dir.path().join("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/append/shim.c");
        let built = Command::new("cc")
            .args(["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O1", "-o"])
            .args([&shim, &source])
            .arg("-ldl")
            .status();
        assert!(built.expect("a C compiler, as the program itself needs").success());
        let values = dir.path().join("values.json");
        std::fs::write(&values, VALUES).unwrap();

        let mut plan = "office = \"架空保健所\"\n".to_owned();
        for number in NUMBERS {
            let role = if number.starts_with('2') { "supervisor" } else { "clerk" };
            plan += &format!(
                "[[staff]]\nnumber = \"{number}\"\nname = \"見本 {number}\"\nroles = [\"{role}\"]\npassword = \"{}\"\n",
                password(number)
            );
        }
        let file = dir.path().join("plan.toml");
        private(&file, &plan);
        let home = dir.path().join("home");
        let mut init = program(&home);
        let run = init.args(["init", "--json", "--plan"]).arg(&file).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let made = serde_json::from_slice(&run.stdout).unwrap();
        let mut prepared = Self { dir, shim, values, made, events: 0, records: BTreeSet::new() };
        let first = prepared.add(&home, "1003", None);
        assert!(first.acknowledged, "{}", first.error);
        (prepared.events, prepared.records) = prepared.state(&prepared.copy("state"));
        prepared
    }

    /// The same files again. The reserve is shared: nobody ever writes into it.
    pub fn copy(&self, name: &str) -> PathBuf {
        fn copy_dir(from: &Path, to: &Path) {
            std::fs::create_dir(to).unwrap();
            std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o700)).unwrap();
            for entry in std::fs::read_dir(from).unwrap() {
                let (path, target) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
                if path.is_dir() {
                    copy_dir(&path, &target);
                } else if path.file_name().is_some_and(|name| name == RESERVE) {
                    std::fs::hard_link(&path, &target).unwrap();
                } else {
                    std::fs::copy(&path, &target).unwrap();
                }
            }
        }
        let to = self.dir.path().join(name);
        copy_dir(&self.dir.path().join("home"), &to);
        to
    }

    /// Registers a report through the program, disturbed or not.
    pub fn add(&self, home: &Path, number: &str, fault: Option<(Fault, usize)>) -> Ended {
        let beside = |what: &str| home.with_extension(what);
        let (sign_in, notes) = (beside("sign-in.toml"), beside("notes"));
        let (secret, code) = (password(number), self.code(number));
        let text = format!("user = \"{number}\"\npassword = \"{secret}\"\ncode = \"{}\"\n", code.expose());
        private(&sign_in, &text);
        let mut command = program(home);
        command.args(["records", "add", "--json", "--form", FORM, "--channel", "fax", "--sign-in"]);
        command.arg(&sign_in).arg("--file").arg(&self.values);
        if let Some((fault, at)) = fault {
            command.env("LD_PRELOAD", &self.shim).env("SHIM_ROOT", home).env("SHIM_NOTES", &notes);
            command.env("SHIM_MODE", fault.code()).env("SHIM_AT", at.to_string());
        }
        let run = command.output().unwrap();
        let said: Value = serde_json::from_slice(&run.stdout).unwrap_or_default();
        let notes = std::fs::read_to_string(&notes).unwrap_or_default();
        let (fired, steps): (Vec<_>, Vec<_>) =
            notes.lines().map(str::to_owned).partition(|line| line.contains(" FIRED "));
        let killed = run.status.signal() == Some(9);
        assert!(killed || run.status.code().is_some_and(|code| code < 2), "{:?}", run.status);
        Ended {
            fault: fault.map_or(Fault::None, |(fault, _)| fault),
            killed,
            acknowledged: said["number"].is_u64(),
            error: said["error"]["code"].as_str().unwrap_or_default().to_owned(),
            steps,
            fired: fired.len() == 1,
        }
    }

    /// Everything that was promised, held against what is there; the program works on.
    pub fn check(&self, home: &Path, ended: &Ended, what: &str) {
        let mut supervisor = self.sign_in(home, "2001", what);
        let auditor = Some(Secret::new(self.made["auditor"].as_str().unwrap().to_owned()));
        let report = supervisor
            .verify_log(VerifyLog { auditor, paper: None }, &mut unobserved)
            .unwrap_or_else(|reason| panic!("{what}: {reason:?}"));
        assert!(report.is_sound() && report.auditor == Tier::Checked, "{what}: {:?}", report.findings);
        let page = supervisor.perform(ListLog::default()).unwrap();
        let lines: Vec<&LogLine> = page.events().collect();
        let seqs: Vec<u64> = lines.iter().map(|line| line.seq).rev().collect();
        assert_eq!(seqs, (1..=u64::try_from(seqs.len()).unwrap()).collect::<Vec<_>>(), "{what}");
        let rows: Vec<&LogLine> =
            lines.into_iter().filter(|line| line.seq > self.events && line.actor_number == "1001").collect();
        let count = |action, outcome| {
            rows.iter().filter(|line| line.action == action && line.outcome == outcome).count()
        };

        // What the rows say was done, was done, and nothing else.
        let mut clerk = self.sign_in(home, "1002", what);
        let page = clerk.perform(ListRecords).unwrap().lines;
        let new = || page.iter().filter(|line| !self.records.contains(&line.record));
        let registered = new().filter(|line| line.state == RecordState::Registered).count();
        assert_eq!(page.len() - new().count(), self.records.len(), "{what}: an old record is lost");
        // The command throws away a draft that it could not register.
        let discarded = count(Action::DiscardDraft, Outcome::Done);
        assert_eq!(count(Action::OpenDraft, Outcome::Done), new().count() + discarded, "{what}");
        assert_eq!(count(Action::RegisterDraft, Outcome::Done), registered, "{what}");
        if ended.acknowledged {
            assert_eq!(registered, 1, "{what}: it was said to be registered");
        }
        if !ended.error.is_empty() {
            self.check_refusal(&rows, ended, registered, what);
        }
        let intake = Intake { channel: Channel::Fax, received_at: SystemClock.now(), pages: None };
        let opened = clerk.perform(OpenDraft { form: FORM.into(), intake, link: None }).unwrap();
        clerk.perform(DiscardDraft { draft: opened.draft }).unwrap();
        clerk.perform(SignOut).unwrap();
    }

    /// Whoever was refused for want of room finds that on record, unless nothing had begun.
    fn check_refusal(&self, rows: &[&LogLine], ended: &Ended, registered: usize, what: &str) {
        match ended.error.as_str() {
            // The act stands, and the person was told so.
            "seal-pending" | "files-pending" => {
                let last = rows.first().map(|line| line.outcome);
                assert_eq!(last, Some(Outcome::Done), "{what}: told as done, and not done");
            }
            // Only where not even the refusal could be written.
            "perhaps-recorded" => assert_eq!(ended.fault, Fault::FullForGood, "{what}"),
            "disk-full" => {
                assert_eq!(registered, 0, "{what}: refused, and done");
                let on_record = rows.iter().any(|line| line.reason == Some(Reason::DiskFull));
                let begun = rows.iter().any(|line| line.outcome == Outcome::Done);
                assert!(
                    on_record || !begun || ended.fault == Fault::FullForGood,
                    "{what}: the refusal is not on record"
                );
            }
            other => panic!("{what}: refused with {other}"),
        }
    }

    fn state(&self, home: &Path) -> (u64, BTreeSet<RecordId>) {
        let mut supervisor = self.sign_in(home, "2001", "before");
        let events = supervisor.perform(ListLog::default()).unwrap().events().next().unwrap().seq;
        let mut clerk = self.sign_in(home, "1002", "before");
        let records = clerk.perform(ListRecords).unwrap().lines.iter().map(|line| line.record).collect();
        // Less the sign-in that looked.
        (events - 1, records)
    }

    fn sign_in(&self, home: &Path, number: &str, what: &str) -> Session {
        let surroundings = Surroundings {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(|| Box::new(KernelEntropy)),
            origin: Origin::default(),
            gazetteer: Arc::new(uketsuke::japanese::gazetteer::Gazetteer::default),
            site: uketsuke::office::Site::default(),
            forms: Arc::new(|| {
                let file = format!("forms/{FORM}.toml");
                let one = |name: &str| !name.starts_with("forms/") || name == file;
                Catalog::load(shipped_sources().into_iter().filter(|source| one(&source.name)).collect())
                    .catalog
            }),
        };
        let credentials = Credentials {
            number: number.into(),
            password: Secret::new(password(number)),
            code: self.code(number),
        };
        match Office::new(home, surroundings).sign_in(&credentials) {
            Ok(SignedIn::In(session)) => *session,
            Ok(SignedIn::MustEnrol(_)) => panic!("{what}: {number} has to enrol"),
            Err(reason) => panic!("{what}: {number} cannot sign in: {reason:?}"),
        }
    }

    fn code(&self, number: &str) -> Secret {
        let tokens = self.made["tokens"].as_array().unwrap();
        let token = tokens.iter().find(|token| token["number"] == number).unwrap();
        let secret = Secret::new(token["totp"].as_str().unwrap().to_owned());
        TokenOffer::code_of(&secret, SystemClock.now()).unwrap()
    }

    /// What the program itself says of the log.
    pub fn verify(&self, home: &Path, what: &str) {
        let sign_in = home.with_extension("verify.toml");
        let code = self.code("2002");
        private(
            &sign_in,
            &format!("user = \"2002\"\npassword = \"{}\"\ncode = \"{}\"\n", password("2002"), code.expose()),
        );
        let run = program(home).args(["audit", "verify", "--sign-in"]).arg(&sign_in).output().unwrap();
        assert!(run.status.success(), "{what}: {}", String::from_utf8_lossy(&run.stdout));
    }
}

/// The built program without the tester's own environment.
fn program(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
    command.env_clear().arg("--home").arg(home).stdin(Stdio::null());
    command
}

fn password(number: &str) -> String {
    format!("kasa-ga-nai-{number}-nureru")
}

fn private(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}
