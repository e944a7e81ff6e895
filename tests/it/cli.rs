//! The built program, as a script or a person at a terminal uses it.
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use uketsuke::domain::sensitive::Secret;
use uketsuke::domain::time::Clock as _;
use uketsuke::office::TokenOffer;
use uketsuke::os::clock::SystemClock;

/// What nobody may find in any output.
const TYPED: &str = "himitsu-mojiretsu";

/// A form without a person: the shortest complete record.
const PNEUMOCOCCAL: &str = r#"{
  "institution_name": "架空総合病院", "institution_address": "架空県見本市仮町9-99-99", "doctor": "仮田 一郎",
  "reported_on": "2026-07-13", "case_type": "patient", "sex": "男", "age": 61, "symptoms": ["発熱"],
  "lab_methods": ["isolation"], "lab_specimens": ["血液"],
  "first_visit": "2026-07-11", "diagnosed": "2026-07-13", "onset": "2026-07-10",
  "route_certainty": "estimated", "route": "unknown", "place_certainty": "estimated", "place": "domestic",
  "vaccinated": "無"
}"#;

/// One run of the program: exit status, stdout, stderr.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("not JSON: {} / {}", self.out, self.err))
    }
    pub fn error_code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().expect("it was not killed"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// Runs the program on a data directory, without a terminal and without the tester's own environment.
pub fn uketsuke(home: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
    command.env_clear().arg("--home").arg(home).args(arguments).stdin(Stdio::null());
    command.output().expect("it starts").into()
}

/// A directory with an installation of six people, made by `init`.
struct Site {
    dir: TempDir,
    staff: Value,
    made: Value,
}

const NUMBERS: [&str; 6] = ["2001", "2002", "1001", "1002", "1003", "1004"];

impl Site {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let mut plan = "office = \"架空保健所\"\n".to_owned();
        for number in NUMBERS {
            let role = if number.starts_with('2') { "supervisor" } else { "clerk" };
            plan += &format!(
                "[[staff]]\nnumber = \"{number}\"\nname = \"見本 {number}\"\nroles = [\"{role}\"]\npassword = \"{}\"\n",
                password(number)
            );
        }
        let mut site = Self { dir, staff: Value::Null, made: Value::Null };
        let plan = site.write("plan.toml", &plan, 0o600);
        let run = site.run(&["init", "--plan", &plan, "--json"]);
        assert_eq!(run.status, 0, "{}", run.err);
        site.made = run.json();
        site.staff = site.made["tokens"].clone();
        site
    }

    fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }
    fn run(&self, arguments: &[&str]) -> Run {
        uketsuke(&self.home(), arguments)
    }
    /// The same, signed in with a fresh file.
    fn run_as(&self, number: &str, arguments: &[&str]) -> Run {
        let file = self.sign_in_file(number, &password(number));
        self.run(&[&["--sign-in", &file], arguments].concat())
    }
    fn sign_in_file(&self, number: &str, password: &str) -> String {
        let code = self.code(number);
        self.write(
            &format!("sign-in-{number}.toml"),
            &format!("user = \"{number}\"\npassword = \"{password}\"\ncode = \"{code}\"\n"),
            0o600,
        )
    }
    fn code(&self, number: &str) -> String {
        let tokens = self.staff.as_array().expect("tokens");
        let token = tokens.iter().find(|token| token["number"] == number).expect("one of ours");
        let secret = Secret::new(token["totp"].as_str().expect("base32").to_owned());
        TokenOffer::code_of(&secret, SystemClock.now()).expect("sound").expose().to_owned()
    }
    fn write(&self, name: &str, text: &str, mode: u32) -> String {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("its owner");
        path.to_str().expect("UTF-8").to_owned()
    }
}

fn password(number: &str) -> String {
    format!("kasa-ga-nai-{number}-nureru")
}

#[test]
fn from_set_up_to_a_verified_log() {
    let site = Site::new();
    assert!(site.made["recovery"].as_str().unwrap().starts_with("AGE-SECRET-KEY-1"));
    assert_eq!(
        site.run(&["init", "--plan", &site.write("p.toml", "", 0o600), "--json"]).error_code(),
        "file-missing-key"
    );

    let values = site.write("values.json", PNEUMOCOCCAL, 0o600);
    let add =
        ["records", "add", "--form", "invasive_pneumococcal", "--channel", "fax", "--pages", "3", "--json"];
    let received = ["--received", "2026-07-14T09:12:00+09:00"];
    let added = site.run_as("1001", &[&add[..], &received, &["--file", &values]].concat());
    assert_eq!((added.status, added.json()["number"].as_u64()), (0, Some(1)), "{}", added.err);

    // A birth date in a form without person, a missing sex, and an impossible age: all at once, nothing stored.
    let broken = PNEUMOCOCCAL.replace("\"男\"", "null").replace("61", "130");
    let broken = site.write("broken.json", &broken, 0o600);
    let refused = site.run_as("1002", &[&add[..], &["--file", &broken]].concat());
    assert_eq!((refused.status, refused.error_code().as_str()), (1, "form-problems"));
    let items: Vec<Value> =
        refused.json()["problems"].as_array().unwrap().iter().map(|p| p["item"].clone()).collect();
    assert_eq!(items, ["sex", "age"]);

    let listed = site.run_as("1003", &["records", "list", "--json"]).json();
    assert_eq!(listed["total"], 1);
    assert_eq!(listed["records"][0]["received_at"], "2026-07-14T09:12:00+09:00");
    assert_eq!(listed["records"][0]["state"], "registered");

    let shown = site.run_as("1004", &["records", "show", "1", "--json"]).json();
    assert_eq!((&shown["values"]["age"], &shown["channel"]), (&Value::from(61), &Value::from("fax")));

    let unsealed = site.run_as("2001", &["audit", "verify"]);
    assert_eq!(unsealed.status, 0, "{}", unsealed.out);
    assert!(unsealed.out.contains("SEAL NOT CHECKED: no auditor key"), "{}", unsealed.out);
    let key = site.write("auditor.key", site.made["auditor"].as_str().unwrap(), 0o600);
    let sealed = site.run_as("2002", &["audit", "verify", "--key", &key, "--json"]).json();
    assert_eq!((&sealed["seal_checked"], &sealed["findings"]), (&Value::Bool(true), &serde_json::json!([])));
}

#[test]
fn doctor_sees_what_is_wrong() {
    let site = Site::new();
    let healthy = site.run(&["doctor", "--json"]);
    assert_eq!(healthy.status, 0, "{}", healthy.out);
    let verdict = |run: &Run, name: &str| {
        let checks = run.json()["checks"].as_array().unwrap().clone();
        checks
            .iter()
            .filter(|check| check["check"] == name)
            .map(|check| check["verdict"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(verdict(&healthy, "roster"), ["ok"]);

    let generation = site.home().join("gen-000001");
    std::fs::set_permissions(generation.join("vault.age"), std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::remove_file(generation.join("seal/state")).unwrap();
    let roster = generation.join("roster.json");
    let text = std::fs::read_to_string(&roster).unwrap();
    std::fs::write(&roster, text.replacen("\"signature\": \"", "\"signature\": \"AAAA", 1)).unwrap();
    let sick = site.run(&["doctor", "--json"]);
    assert_eq!((sick.status, sick.error_code().as_str()), (1, "doctor-found"));
    for name in ["permissions", "seal", "roster"] {
        assert_eq!(verdict(&sick, name), ["bad"], "{name}");
    }
}

#[test]
fn private_files_must_be_private_and_strict() {
    let site = Site::new();
    let list = ["records", "list", "--json", "--sign-in"];
    let sound = format!("user = \"1001\"\npassword = \"{TYPED}\"\ncode = \"123456\"\n");
    let open = site.run(&[&list[..], &[&site.write("open.toml", &sound, 0o644)]].concat());
    let unknown = site.run(
        &[&list[..], &[&site.write("unknown.toml", &format!("{sound}pin = \"{TYPED}\"\n"), 0o600)]].concat(),
    );
    let typo =
        site.run(&[&list[..], &[&site.write("typo.toml", &format!("user = {TYPED}\n"), 0o600)]].concat());
    let wrong = site.run(&[&list[..], &[&site.write("wrong.toml", &sound, 0o600)]].concat());
    let plan = site.run(&["init", "--json", "--plan", &site.write("plan2.toml", "", 0o640)]);
    for (run, code) in [
        (&open, "file-not-private"),
        (&unknown, "file-unknown-key"),
        (&typo, "file-syntax"),
        (&wrong, "sign-in-wrong"),
        (&plan, "file-not-private"),
    ] {
        assert_eq!((run.status, run.error_code().as_str()), (1, code));
        assert_eq!(run.err.lines().count(), 1, "one sentence: {}", run.err);
        assert!(!run.err.contains(TYPED) && !run.out.contains(TYPED), "{} {}", run.out, run.err);
    }
    assert!(unknown.err.contains('4'), "the line is named: {}", unknown.err);
}

#[test]
fn settings_are_strict() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("settings.toml"), "lang = \"en\"\n").unwrap();
    let english = uketsuke(dir.path(), &["records", "list", "--sign-in", "none.toml"]);
    assert!(english.err.contains("Not set up yet"), "{}", english.err);
    std::fs::write(dir.path().join("settings.toml"), format!("idle_minutes = 5\n{TYPED} = 1\n")).unwrap();
    let run = uketsuke(dir.path(), &["doctor", "--json", "--lang", "en"]);
    assert_eq!((run.status, run.error_code().as_str()), (1, "file-unknown-key"));
    assert!(run.err.contains("settings.toml:2:") && !run.err.contains(TYPED), "{}", run.err);
}

#[test]
fn wrong_usage_is_2_and_repeats_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let add = ["records", "add", "--form", "x", "--file", "x"];
    for arguments in [
        &[TYPED][..],
        &["--himitsu-mojiretsu"],
        &["records"],
        &["records", "list", TYPED],
        &[&add[..], &["--channel", TYPED]].concat(),
        &[&add[..], &["--pages", TYPED]].concat(),
        &[&add[..], &["--received", TYPED]].concat(),
        &["init"],
        &["confirm"],
    ] {
        let run = uketsuke(dir.path(), arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.err);
        assert_eq!((run.out.as_str(), run.err.lines().count()), ("", 1), "{arguments:?}");
        assert!(!run.err.contains(TYPED), "{}", run.err);
        let json = uketsuke(dir.path(), &[&["--json"], arguments].concat());
        let error = &json.json()["error"];
        assert!(error["code"].is_string() && error["ja"].is_string() && error["en"].is_string());
    }
    assert_eq!(uketsuke(dir.path(), &["--help"]).status, 0);
    let site = Site::new();
    assert_eq!(site.run(&["records", "list", "--json"]).error_code(), "sign-in-needed");
    assert_eq!(site.run(&["records", "list"]).status, 2, "no terminal and no file");
}

#[test]
fn nothing_is_set_up_yet() {
    let dir = tempfile::tempdir().unwrap();
    let run = uketsuke(&dir.path().join("none"), &["records", "list", "--sign-in", "demo:1001", "--json"]);
    assert_eq!((run.status, run.error_code().as_str()), (1, "not-set-up"));
}

#[test]
fn form_and_keymap_files_are_checked_with_file_and_line() {
    let dir = tempfile::tempdir().unwrap();
    let good = uketsuke(dir.path(), &["schema", "check", "--json", "--unverified"]);
    assert_eq!((good.status, good.json()["problems"].clone()), (0, serde_json::json!([])));
    assert!(good.json()["unverified"].as_array().unwrap().len() > 3);

    let forms = dir.path().join("site/forms");
    std::fs::create_dir_all(&forms).unwrap();
    std::fs::write(forms.join("bad.toml"), "id = \"bad\"\nverzion = 1\n").unwrap();
    let bad = uketsuke(dir.path(), &["schema", "check", dir.path().join("site").to_str().unwrap()]);
    assert_eq!(bad.status, 1);
    assert!(bad.out.contains("forms/bad.toml:2:"), "{}", bad.out);
    assert_eq!(uketsuke(dir.path(), &["schema", "check", "/nowhere"]).status, 1);

    let keymap = dir.path().join("bad.toml");
    std::fs::write(&keymap, "name = \"bad\"\ntitle = \"x\"\n\n[nowhere]\n").unwrap();
    let bad = uketsuke(dir.path(), &["keymap", "check", keymap.to_str().unwrap(), "--json"]);
    assert_eq!((bad.status, bad.json()["problems"][0]["line"].clone()), (1, Value::from(4)));
    assert_eq!(uketsuke(dir.path(), &["keymap", "list", "--json"]).json()["keymaps"][0]["name"], "standard");
    let list = uketsuke(dir.path(), &["schema", "list", "--json"]).json();
    assert!(list["forms"].as_array().unwrap().iter().any(|form| form["id"] == "ehec"));
}

#[test]
fn the_keymaps_of_a_site_are_offered_when_they_are_sound() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("keymaps");
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(format!("{name}.toml")), text).unwrap();
    write("ours", "name = \"ours\"\ntitle = \"当所\"\n[list]\nnew = \"Ctrl+N\"\n");
    write("broken", "name = \"broken\"\ntitle = \"x\"\n[list]\nnew = \"F11\"\n");
    write("vim", "name = \"vim\"\ntitle = \"x\"\n");
    let listed = uketsuke(dir.path(), &["keymap", "list", "--json", "--keymap", "ours"]).json();
    let names: Vec<_> = listed["keymaps"].as_array().unwrap().iter().map(|map| map["name"].clone()).collect();
    assert_eq!(names, ["standard", "vim", "emacs", "ours"]);
    assert_eq!(listed["keymaps"][3]["in_use"], true);
    let checked = uketsuke(dir.path(), &["keymap", "check"]);
    assert_eq!(checked.status, 1);
    for said in [
        "broken.toml: 4 行目: F11",
        "vim.toml: 1 行目: vim は初めから",
        "ours.toml: 注意: [form] の register",
    ] {
        assert!(checked.out.contains(said), "{said}: {}", checked.out);
    }
    for (name, code) in [("broken", "keymap-problems"), ("nobody", "no-such-keymap")] {
        let refused = uketsuke(dir.path(), &["keymap", "list", "--json", "--keymap", name]);
        assert_eq!(
            (refused.status, refused.json()["error"]["code"].clone()),
            (1, Value::from(code)),
            "{name}"
        );
    }
}

/// The program in a terminal of its own, and everything the terminal has shown.
pub struct Screen {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Box<dyn std::io::Write + Send>,
    told: std::sync::mpsc::Receiver<String>,
    pub seen: String,
    // Closing it would hang up on the program.
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Screen {
    pub fn open(home: &Path, arguments: &[&str]) -> Self {
        let size = portable_pty::PtySize::default();
        let pty = portable_pty::native_pty_system().openpty(size).expect("a terminal");
        let mut command = portable_pty::CommandBuilder::new(env!("CARGO_BIN_EXE_uketsuke"));
        command.env_clear();
        command.arg("--home");
        command.arg(home);
        command.args(arguments);
        let child = pty.slave.spawn_command(command).expect("it starts");
        let writer = pty.master.take_writer().expect("once");
        let mut reader = pty.master.try_clone_reader().expect("a reader");
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 256];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if tell.send(String::from_utf8_lossy(&bytes[..count]).into_owned()).is_err() {
                    return;
                }
            }
        });
        Self { child, writer, told, seen: String::new(), _master: pty.master }
    }

    pub fn wait_for(&mut self, word: &str) {
        while !self.seen.contains(word) {
            let more = self.told.recv_timeout(std::time::Duration::from_secs(20));
            self.seen.push_str(&more.unwrap_or_else(|_| panic!("no {word:?} in {:?}", self.seen)));
        }
    }

    pub fn answer(&mut self, question: &str, answer: &str) {
        self.wait_for(question);
        // The question is written just before the echo is turned off.
        std::thread::sleep(std::time::Duration::from_millis(300));
        writeln!(self.writer, "{answer}").expect("it listens");
    }

    pub fn succeeds(&mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }
}

#[test]
fn at_a_terminal_nothing_secret_is_echoed() {
    let site = Site::new();
    let mut screen = Screen::open(&site.home(), &["records", "list", "--lang", "en"]);
    let code = site.code("1001");
    screen.answer("Staff number:", "1001");
    screen.answer("Password", &password("1001"));
    screen.answer("Code", &code);
    screen.wait_for("0 in all");
    assert!(screen.succeeds());
    assert!(screen.seen.contains("1001"), "the number is shown");
    assert!(!screen.seen.contains("nureru") && !screen.seen.contains(&code), "{}", screen.seen);
}

/// A list of the whole country in Japan Post's form, out of the built-in table.
fn published_list() -> String {
    let mut list = String::new();
    for town in uketsuke::japanese::gazetteer::shipped().iter() {
        let five: String = town.municipality.code.to_string().chars().take(5).collect();
        let name = if town.name.is_empty() { "以下に掲載がない場合" } else { &town.name };
        let (prefecture, city, kana) =
            (town.municipality.prefecture(), &town.municipality.name, &town.municipality.kana);
        list += &format!(
            "{five},\"000  \",\"{:07}\",\"ケン\",\"{kana}\",\"チョウ\",\"{prefecture}\",\"{city}\",\"{name}\",0,0,0,0,0,0\r\n",
            town.code
        );
    }
    list
}

#[test]
fn postal_codes_are_shown_and_a_newer_list_is_taken_over() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let shown = uketsuke(&home, &["postal", "show", "100-0014", "--json"]).json();
    assert_eq!(shown["towns"][0]["municipality_code"], "131016");
    assert_eq!(shown["towns"][0]["addresses"][0], "東京都千代田区永田町");
    let plain = uketsuke(&home, &["postal", "show", "4980000"]);
    assert_eq!(plain.out, "4980000  232351  愛知県弥富市\n4980000  243035  三重県桑名郡木曽岬町\n");
    assert_eq!(uketsuke(&home, &["postal", "show", "9999999", "--json"]).error_code(), "no-such-postal-code");
    assert_eq!(uketsuke(&home, &["postal", "show", "10"]).status, 2);
    let found = uketsuke(&home, &["postal", "municipality", "ちよだく"]);
    assert_eq!(found.out, "131016  東京都千代田区  チヨダク\n");

    let file = dir.path().join("utf_ken_all.csv");
    let list = published_list().replacen("\"永田町\"", "\"架空町\"", 1);
    let import = |bytes: &[u8], date: &str| {
        std::fs::write(&file, bytes).unwrap();
        uketsuke(&home, &["postal", "import", file.to_str().unwrap(), "--date", date, "--json"])
    };
    let bad = import(list.replacen("東京都", "大阪府", 2).as_bytes(), "2026-10-30");
    assert_eq!((bad.status, bad.error_code().as_str()), (1, "postal-list"));
    assert_eq!(bad.json()["problems"].as_array().unwrap().len(), 2, "{}", bad.out);
    assert!(!home.join("postal.bin").exists(), "nothing is written when anything is wrong");
    assert_eq!(import(list.as_bytes(), "2999-01-01").error_code(), "postal-date");

    let older = import(list.as_bytes(), "2020-01-01").json();
    assert_eq!(older["used"], false);
    let nagata =
        || uketsuke(&home, &["postal", "show", "1000014", "--json"]).json()["towns"][0]["town"].clone();
    assert_eq!(nagata(), "永田町");
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(&list);
    assert_eq!(import(&cp932, "2026-10-30").json()["used"], true);
    assert_eq!(nagata(), "架空町");
    let mode = std::fs::metadata(home.join("postal.bin")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let doctor = uketsuke(&home, &["doctor"]);
    assert!(doctor.out.contains("取り込んだ表です(2026-10-30 現在)"), "{}", doctor.out);
    std::fs::write(home.join("postal.bin"), b"x").unwrap();
    assert!(uketsuke(&home, &["doctor"]).out.contains("[NG] postal-codes"));
    assert_eq!(nagata(), "永田町");
}
