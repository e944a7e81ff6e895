//! The training directory, and a report's way through two people on the command line.
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::{Value, json};

use super::cli::{Run, Screen, uketsuke};

/// Entered by 1001 when six are asked for: 1 and 2 are of 1003, 6 is a draft.
const EHEC_OF_1001: &str = "4";

fn prepare(home: &Path) -> Value {
    let run = uketsuke(home, &["demo", "--prepare-only", "--records", "6", "--json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    run.json()
}

fn answers(dir: &Path, name: &str, person: &str, pages: &str) -> String {
    let path = dir.join(name);
    std::fs::write(&path, format!("person = \"{person}\"\naddress = \"990000-0014\"\npages = \"{pages}\"\n"))
        .expect("our own directory");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("our own directory");
    path.to_str().expect("our own directory").to_owned()
}

#[test]
fn two_people_send_a_report() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("demo");
    prepare(&home);
    let run = |who: &str, arguments: &[&str]| -> Run {
        let sign_in = format!("demo:{who}");
        uketsuke(&home, &[&["--json", "--sign-in", &sign_in], arguments].concat())
    };

    let shown = run("2001", &["records", "show", EHEC_OF_1001]).json();
    assert_eq!(shown["form"], "ehec");
    let born = shown["values"]["birth_date"].as_str().expect("a birth date").to_owned();

    let prepared = run("1001", &["records", "submit", EHEC_OF_1001, "--to", "D014"]);
    assert_eq!(prepared.status, 0, "{}", prepared.err);
    let prepared = prepared.json();
    let number = prepared["number"].to_string();
    let pages = prepared["pages"].to_string();

    let wrong = answers(dir.path(), "wrong.toml", "1901-01-01", &pages);
    let missed = run("1002", &["confirm", &number, "--answers", &wrong, "--send"]);
    assert_eq!((missed.status, missed.error_code().as_str()), (1, "blind-mismatch"));
    assert!(!missed.err.contains("1901") && !missed.err.contains("990000") && !missed.out.contains(&born));
    assert_eq!(packages(&home), 0);

    let right = answers(dir.path(), "right.toml", &born, &pages);
    let sent = run("1003", &["confirm", &number, "--answers", &right, "--send"]);
    assert_eq!(sent.status, 0, "{}", sent.err);
    assert_eq!((&sent.json()["outcome"], &sent.json()["sent"]), (&json!("match"), &json!(true)));
    assert_eq!(packages(&home), 1);

    // The courier needs nobody's sign-in, delivers once, and says so when there is no folder.
    let round = uketsuke(&home, &["courier", "--once", "--json"]);
    assert_eq!(
        (round.status, round.json()["deliveries"][0]["answer"].clone()),
        (0, json!("sent")),
        "{}",
        round.err
    );
    let folder = home.join("drop/990000-0014");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 2, "after the test page");
    assert_eq!(uketsuke(&home, &["courier", "--once", "--json"]).json()["deliveries"], json!([]));
    std::fs::write(home.join("settings.toml"), "").unwrap();
    let nowhere = uketsuke(&home, &["courier", "--once", "--json"]);
    assert_eq!((nowhere.status, nowhere.error_code().as_str()), (1, "no-carrier"));
    assert_eq!(uketsuke(&home, &["courier"]).status, 2);

    let queue = run("2002", &["queue", "list"]).json();
    let line = &queue["transmissions"][0];
    assert_eq!(
        (&line["state"], &line["author"], &line["second"]),
        (&json!("queued"), &json!("1001"), &json!("1003"))
    );
    let log = run("9001", &["audit", "verify"]);
    assert_eq!((log.status, log.json()["findings"].clone()), (0, json!([])));
}

#[test]
fn at_a_terminal_the_answers_stay_blind_and_the_letter_decides() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("demo");
    prepare(&home);
    let shown =
        uketsuke(&home, &["--json", "--sign-in", "demo:2001", "records", "show", EHEC_OF_1001]).json();
    let born = shown["values"]["birth_date"].as_str().unwrap().to_owned();
    let submit = ["--json", "--sign-in", "demo:1001", "records", "submit", EHEC_OF_1001, "--to", "D014"];
    let pages = uketsuke(&home, &submit).json()["pages"].to_string();

    // Matched, and the small letter is not the letter.
    for (who, letter, orders) in [("1002", "s", 0), ("1003", "S", 1)] {
        let sign_in = format!("demo:{who}");
        let mut screen = Screen::open(&home, &["--lang", "en", "--sign-in", &sign_in, "confirm", "2"]);
        screen.answer("Birth date", "1901-01-01");
        screen.answer("Address", "990000-0014");
        screen.answer("Sheets", &pages);
        screen.wait_for("No match");
        // What came together with it stays.
        screen.seen = screen.seen.split_once("No match").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        screen.answer("Birth date", &born);
        screen.answer("Address", "990000-0014");
        screen.answer("Sheets", &pages);
        assert!(!screen.seen.contains(&born) && !screen.seen.contains("990000"), "{}", screen.seen);
        screen.answer("S (capital)", letter);
        assert!(screen.succeeds());
        assert_eq!(packages(&home), orders, "after {letter}");
    }
}

fn packages(home: &Path) -> usize {
    let order = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("our own directory").path().extension().is_some_and(|e| e == "order")
    };
    std::fs::read_dir(home.join("outbox")).expect("our own directory").map(order).filter(|is| *is).count()
}

#[test]
fn the_training_directory_is_as_promised() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("demo");
    let made = prepare(&home);
    let numbers: Vec<&str> =
        made["users"].as_array().unwrap().iter().map(|u| u["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["2001", "2002", "1001", "1003", "1002", "9001"]);
    assert_eq!((&made["made"], uketsuke(&home, &["doctor"]).status), (&json!(true), 0));

    let listed = uketsuke(&home, &["records", "list", "--json", "--sign-in", "demo:1001"]).json();
    assert_eq!(listed["total"], 6);
    let states: Vec<&str> =
        listed["records"].as_array().unwrap().iter().map(|r| r["state"].as_str().unwrap()).collect();
    assert_eq!((states[0], states[1..].iter().all(|state| *state == "registered")), ("draft", true));
    let mut forms: Vec<&str> =
        listed["records"].as_array().unwrap().iter().map(|r| r["form"].as_str().unwrap()).collect();
    forms.sort_unstable();
    forms.dedup();
    assert_eq!(forms.len(), 3);

    // It is found again, not made again; the codes are printed by themselves.
    let again = uketsuke(&home, &["demo", "--prepare-only", "--json"]).json();
    assert_eq!(
        (&again["made"], &again["users"][0]["password"]),
        (&json!(false), &made["users"][0]["password"])
    );
    let codes = uketsuke(&home, &["demo", "--codes", "--json"]).json();
    assert_eq!(codes["users"][5]["code"].as_str().map(str::len), Some(6));
    assert_eq!(
        uketsuke(&home, &["records", "list", "--json", "--sign-in", "demo:1234"]).error_code(),
        "no-demo-user"
    );
}

#[test]
fn only_a_training_directory_is_taken_for_one() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("real");
    std::fs::create_dir(&home).unwrap();
    std::fs::write(home.join("note"), "x").unwrap();
    let refused = uketsuke(&home, &["demo", "--prepare-only", "--json"]);
    assert_eq!((refused.status, refused.error_code().as_str()), (1, "not-training"));
    assert_eq!(std::fs::read_dir(&home).unwrap().count(), 1, "nothing was written");

    // A demo whose marker is gone is a real directory: nobody signs in without a file.
    let home = dir.path().join("demo");
    prepare(&home);
    std::fs::remove_file(home.join("TRAINING")).unwrap();
    let run = uketsuke(&home, &["records", "list", "--json", "--sign-in", "demo:1001"]);
    assert_eq!((run.status, run.error_code().as_str()), (1, "not-training"));

    std::fs::write(home.join("TRAINING"), "preparing\n").unwrap();
    assert_eq!(uketsuke(&home, &["demo", "--prepare-only", "--json"]).error_code(), "half-training");
}
