//! Other people's programs read what ours writes: codes, sealed files, the database, the log.
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use uketsuke::config::Environment;
use uketsuke::domain::digest::Digest;
use uketsuke::domain::sensitive::{Personal, Secret};
use uketsuke::domain::time::{Clock as _, Timestamp};
use uketsuke::office::ops::SearchRecords;
use uketsuke::office::{Credentials, Office, SignedIn, TokenOffer};
use uketsuke::os::clock::SystemClock;

use crate::judges::{self, ESCROW, VAULT};

/// Each signs in once: nobody has to wait for a new code, or for the end of a lock-out.
const SUPERVISORS: [&str; 6] = ["2001", "2002", "2003", "2004", "2005", "2006"];
const CLERKS: [&str; 2] = ["1001", "1002"];

/// An installation made by `init`, with the envelopes open.
pub struct Site {
    dir: TempDir,
    made: Value,
}

impl Site {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut plan = "office = \"架空保健所\"\n".to_owned();
        for (numbers, role) in [(&SUPERVISORS[..], "supervisor"), (&CLERKS[..], "clerk")] {
            for number in numbers {
                let password = password(number);
                plan += &format!("[[staff]]\nnumber = \"{number}\"\nname = \"見本 {number}\"\n");
                plan += &format!("roles = [\"{role}\"]\npassword = \"{password}\"\n");
            }
        }
        let mut site = Self { dir, made: Value::Null };
        let plan = site.private("plan.toml", &plan);
        let (status, made) = site.run(&["init", "--plan", &plan]);
        assert_eq!(status, 0, "{made}");
        site.made = made;
        site
    }

    fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }
    fn envelope(&self, name: &str) -> &str {
        self.made[name].as_str().expect("an identity")
    }
    fn sealed(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.home().join(name)).expect("it is there")
    }

    fn private(&self, name: &str, text: &str) -> String {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).expect("room");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("its owner");
        path.to_str().expect("ASCII").to_owned()
    }

    fn code(&self, number: &str) -> String {
        let tokens = self.made["tokens"].as_array().expect("tokens");
        let token = tokens.iter().find(|token| token["number"] == number).expect("one of ours");
        judges::code_at(token["totp"].as_str().expect("base32"), SystemClock.now().seconds())
    }

    fn run(&self, arguments: &[&str]) -> (i32, Value) {
        let mut command = Command::new(judges::program());
        command.env_clear().arg("--json").arg("--home").arg(self.home()).args(arguments);
        let output = command.output().expect("it starts");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let answer = serde_json::from_str(&text)
            .unwrap_or_else(|_| panic!("not JSON: {text} {}", String::from_utf8_lossy(&output.stderr)));
        (output.status.code().expect("it was not killed"), answer)
    }

    fn run_as(&self, number: &str, password: &str, arguments: &[&str]) -> (i32, Value) {
        let code = self.code(number);
        let text = format!("user = \"{number}\"\npassword = \"{password}\"\ncode = \"{code}\"\n");
        let file = self.private("sign-in.toml", &text);
        self.run(&[&["--sign-in", &file], arguments].concat())
    }

    /// Our own verification, with the key of the seal.
    fn verify(&self, number: &str) -> (i32, Value) {
        let key = self.private("auditor.key", self.envelope("auditor"));
        self.run_as(number, &password(number), &["audit", "verify", "--key", &key])
    }

    /// The whole log as a supervisor exports it, and the first key of its seal.
    pub fn export(&self, number: &str) -> (String, [u8; 32]) {
        let file = self.dir.path().join("log.jsonl");
        let path = file.to_str().expect("ASCII");
        let (status, said) = self.run_as(number, &password(number), &["audit", "export", path, "--details"]);
        assert_eq!(status, 0, "{said}");
        let k0 = judges::opened(self.envelope("auditor"), &self.sealed(ESCROW)).expect("the auditor's key");
        (std::fs::read_to_string(file).expect("it is there"), k0.try_into().expect("32 bytes"))
    }

    /// The verification by other code.
    fn judge(&self) -> Value {
        judges::verify_log(&self.home(), self.envelope("recovery"), Some(self.envelope("auditor")))
    }

    /// Runs `database.py` with the vault key out of the recovery envelope.
    fn database(&self, arguments: &[&str]) -> String {
        let key = judges::opened(self.envelope("recovery"), &self.sealed(VAULT)).expect("the recovery key");
        let key_file = self.dir.path().join("vault-key");
        std::fs::write(&key_file, key).expect("room");
        let (home, key_file) = (self.home(), key_file.to_str().expect("ASCII").to_owned());
        judges::python("database.py", &[&[home.to_str().expect("ASCII"), &key_file], arguments].concat())
    }

    /// Something happens: a refused sign-in, a list, and a search whose term lies beside the log.
    pub fn work_a_little(&self) {
        let (status, refused) = self.run_as("2006", "kasa-ga-nai-chigau-nureru", &["records", "list"]);
        assert_ne!(status, 0, "{refused}");
        let (status, list) = self.run_as("1001", &password("1001"), &["records", "list"]);
        assert_eq!(status, 0, "{list}");
        let office = Office::new(
            &self.home(),
            Environment::default().surroundings(&self.home(), &uketsuke::config::Settings::default()),
        );
        let credentials = Credentials {
            number: "1002".to_owned(),
            password: Secret::new(password("1002")),
            code: Secret::new(self.code("1002")),
        };
        let Ok(SignedIn::In(mut session)) = office.sign_in(&credentials) else { panic!("1002 is let in") };
        session
            .perform(SearchRecords { term: Personal::new("カリノ".to_owned()) })
            .expect("a clerk may search");
    }
}

fn password(number: &str) -> String {
    format!("kasa-ga-nai-{number}-nureru")
}

/// 300 secrets, each at a time of its own between 1970 and 2100, the edges of a step included.
#[test]
fn oathtool_shows_the_same_codes() {
    if judges::are_left_out() {
        return;
    }
    const LAST_S: u64 = 4_102_444_800;
    for n in 0..300_u64 {
        // The same in every run, and without any order.
        let bytes = *Digest::of(&n.to_be_bytes()).as_bytes();
        let (secret, rest) = bytes.split_at(20);
        let secret = data_encoding::BASE32_NOPAD.encode(secret);
        let anywhere = u64::from_be_bytes(rest[..8].try_into().expect("eight bytes")) % LAST_S;
        let seconds = match n % 3 {
            0 => anywhere,
            1 => anywhere / 30 * 30,
            _ => anywhere / 30 * 30 + 29,
        };
        let seconds = i64::try_from(seconds).expect("before 2100");
        let ours = TokenOffer::code_of(&Secret::new(secret.clone()), Timestamp::from_seconds(seconds));
        let ours = ours.expect("twenty bytes").expose().to_owned();
        assert_eq!(ours, judges::code_at(&secret, seconds), "{secret} at {seconds}");
    }
}

#[test]
fn age_opens_each_sealed_file_with_its_envelope_only() {
    if judges::are_left_out() {
        return;
    }
    let site = Site::new();
    for (file, right) in [(VAULT, "recovery"), (ESCROW, "auditor")] {
        for envelope in ["recovery", "backup", "auditor"] {
            let plain = judges::opened(site.envelope(envelope), &site.sealed(file));
            assert_eq!(plain.map(|key| key.len()), (envelope == right).then_some(32), "{file}, {envelope}");
        }
    }
}

#[test]
fn sqlcipher_in_python_opens_the_database() {
    if judges::are_left_out() {
        return;
    }
    let site = Site::new();
    site.work_a_little();
    let read: Value = serde_json::from_str(&site.database(&["read"])).expect("JSON");
    let tables = read["tables"].as_array().expect("tables");
    for table in
        ["audit_detail", "audit_event", "destination", "draft", "meta", "record", "staff", "transmission"]
    {
        assert!(tables.contains(&Value::from(table)), "{table}: {read}");
    }
    assert_eq!(read["cipher_integrity"], json!([]), "every page carries its own check");
    assert_eq!(read["integrity"], json!(["ok"]));
    assert_eq!(read["staff"], SUPERVISORS.len() + CLERKS.len());
    let (_, ours) = site.verify("2001");
    let (events, before) =
        (ours["events"].as_u64().expect("a number"), read["events"].as_u64().expect("a number"));
    assert!(before > 5 && events > before, "{events} after {before}");
}

/// The findings of `audit verify`.
fn findings(report: &Value) -> BTreeSet<String> {
    let lines = report["findings"].as_array().expect("findings");
    lines.iter().map(|line| line.as_str().expect("a line").to_owned()).collect()
}

/// The same of the judge.
fn judged(report: &Value) -> BTreeSet<String> {
    let found = report["findings"].as_array().expect("findings");
    let line = |finding: &Value| {
        let (class, number, word) = (&finding[0], &finding[1], &finding[2]);
        format!("{} {number} {}", class.as_str().expect("a class"), word.as_str().expect("a word"))
    };
    found.iter().map(line).collect()
}

#[test]
fn a_verifier_written_from_the_document_agrees() {
    if judges::are_left_out() {
        return;
    }
    let site = Site::new();
    site.work_a_little();
    let (status, ours) = site.verify("2001");
    assert_eq!((status, &ours["seal_checked"], &ours["findings"]), (0, &json!(true), &json!([])), "{ours}");
    let theirs = site.judge();
    assert_eq!((&theirs["seal_checked"], &theirs["findings"]), (&json!(true), &json!([])), "{theirs}");
    assert_eq!(theirs["details"], 1, "the term of the search");
    let events = usize::try_from(ours["events"].as_u64().expect("a number")).expect("few");
    assert!(events > 5, "{events}");
    assert_eq!(theirs["hashes"][events - 1], ours["head"], "both mean the same event");

    // Whoever has the key of the database can alter it. Each time one row of the middle, put back by a copy.
    for (verb, by, expected) in [
        ("alter", "2002", &["COLUMN 4 differs", "CHAIN 4 hash"][..]),
        ("column", "2003", &["COLUMN 4 differs"]),
        ("rehash", "2004", &["COLUMN 4 differs", "CHAIN 5 previous", "SEAL forged"]),
    ] {
        let copy = tempfile::tempdir().expect("a directory");
        let copied = Command::new("cp").arg("-a").arg(site.home()).arg(copy.path()).status().expect("cp");
        assert!(copied.success());
        let altered = Site { dir: copy, made: site.made.clone() };
        altered.database(&[verb, "4"]);
        let theirs = judged(&altered.judge());
        let (status, ours) = altered.verify(by);
        assert_eq!((status, ours["error"]["code"].as_str()), (1, Some("log-findings")), "{verb}: {ours}");
        assert_eq!(without_positions(findings(&ours)), without_positions(theirs.clone()), "{verb}");
        let expected = expected.iter().map(|line| (*line).to_owned()).collect();
        assert_eq!(without_positions(theirs), expected, "{verb}");
    }
    assert_eq!(judged(&site.judge()), BTreeSet::new(), "the original is as it was");
}

/// Our own verification adds events to the log, so the seal stands elsewhere than when the judge looked.
fn without_positions(found: BTreeSet<String>) -> BTreeSet<String> {
    found
        .into_iter()
        .map(|line| if line.ends_with("forged") { "SEAL forged".to_owned() } else { line })
        .collect()
}
