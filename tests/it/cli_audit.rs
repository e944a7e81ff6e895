//! The access log on the command line: searching, who had to do with a person, figures.
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;
use uketsuke::tui::screens::places::Place;

use super::cli_incidents::{run, run_with_code, sign_in_file};
use super::screens::house::{CLERK, CONFIRMER, House, SUPERVISOR};

/// A clerk has registered a record and looked at it.
fn house() -> House {
    let mut house = House::new();
    house.record();
    house.enter(CLERK, Place::Worklist).keys("Enter");
    house
}

#[test]
fn a_script_searches_the_log() {
    let house = house();
    let arguments = [
        "--json", "audit", "list", "--record", "1", "--staff", "1042", "--action", "register", "--from",
        "R8.7.1",
    ];
    let found = run(&house, SUPERVISOR, &arguments);
    assert_eq!(found.status, 0, "{}", found.err);
    let found = found.json();
    assert_eq!(found["rows"].as_array().map(Vec::len), Some(1), "{found}");
    let row = &found["rows"][0];
    assert_eq!(
        (&row["action"], &row["staff"], &row["records"][0]["number"], &row["outcome"]),
        (&json!("register-draft"), &json!("1042"), &json!(1), &json!("done"))
    );
    let few = run(&house, CONFIRMER, &["--json", "audit", "list", "--limit", "2"]).json();
    assert_eq!((few["rows"].as_array().map(Vec::len), &few["more"]), (Some(2), &json!(true)));
    let refused = run(&house, CLERK, &["audit", "list"]);
    assert_eq!(refused.status, 1, "{}", refused.out);
}

#[test]
fn words_that_mean_nothing_are_wrong_usage() {
    let house = house();
    for arguments in [["--action", "nanimo"], ["--from", "someday"]] {
        let wrong = run(&house, SUPERVISOR, &[&["audit", "list"][..], &arguments].concat());
        assert_eq!((wrong.status, wrong.out.as_str()), (2, ""), "{}", wrong.err);
    }
}

#[test]
fn a_paper_of_who_looked_is_made_once() {
    let house = house();
    let shown = run(&house, SUPERVISOR, &["--json", "audit", "accesses", "1"]).json();
    let actions: Vec<&str> = shown["accesses"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|line| line["action"].as_str())
        .collect();
    assert_eq!(actions, ["open-draft", "register-draft", "show-record"], "{shown}");
    assert_eq!(shown["accesses"][2]["why"], "same-day");

    let file = house.home.path().join("paper.pdf");
    let name = file.to_str().expect("a plain name");
    let made = run(&house, CONFIRMER, &["audit", "accesses", "1", "--pdf", name]);
    assert_eq!(made.status, 0, "{}", made.err);
    let bytes = std::fs::read(&file).expect("written");
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);

    let again = run_with_code(&house, CONFIRMER, 30, &["audit", "accesses", "1", "--pdf", name]);
    assert_eq!((again.status, again.out.as_str()), (1, ""), "a paper is never written over");
    assert_eq!(std::fs::read(&file).expect("still there"), bytes);
}

#[test]
fn a_script_reads_the_figures() {
    let house = house();
    let shown = run(
        &house,
        SUPERVISOR,
        &["--json", "audit", "figures", "--from", "2026-07-01", "--to", "2026-07-31"],
    );
    assert_eq!(shown.status, 0, "{}", shown.err);
    let figures = shown.json();
    assert!(figures["events"].as_u64() > Some(3), "{figures}");
    let busy = &figures["hours"][0];
    assert_eq!(busy["staff"], "1042", "{figures}");
    let total: u64 =
        busy["hours"].as_array().expect("hours").iter().filter_map(serde_json::Value::as_u64).sum();
    assert!(total >= 3, "{figures}");
    let text = run(&house, CONFIRMER, &["audit", "figures"]);
    assert!(text.out.contains("-- 1 時間帯") && text.out.contains("-- 5 点検"), "{}", text.out);
}

#[test]
fn a_clock_that_was_moved_is_acknowledged_by_two_people() {
    // The house lives in July; the program looks at the real clock, and finds that somebody moved it by months.
    let house = house();
    let listed = run_with_code(&house, SUPERVISOR, -30, &["--json", "audit", "clock"]);
    assert_eq!((listed.status, &listed.json()["open"]), (0, &json!(1)), "{}", listed.err);
    let seq = listed.json()["steps"][0]["seq"].to_string();
    let acknowledge = ["--json", "audit", "clock", "--acknowledge", &seq];
    let first = run_with_code(&house, SUPERVISOR, 0, &acknowledge).json();
    assert_eq!((&first["open"], &first["steps"][0]["settled"]), (&json!(1), &json!(false)), "{first}");
    let second = run(&house, CONFIRMER, &acknowledge).json();
    assert_eq!((&second["open"], &second["steps"][0]["settled"]), (&json!(0), &json!(true)), "{second}");
    let denied = run(&house, CLERK, &acknowledge);
    assert_eq!((denied.status, &denied.json()["error"]["code"]), (1, &json!("role-forbids")));
}

#[test]
fn a_stopped_log_is_looked_into_and_begun_anew_by_two_people() {
    let house = house();
    std::fs::remove_file(house.seal_state()).expect("it was there");
    let closed = run(&house, CLERK, &["--json", "records", "list"]);
    assert_eq!((closed.status, &closed.json()["error"]["code"]), (1, &json!("log-broken")));

    let found = run_with_code(&house, SUPERVISOR, -30, &["--json", "audit", "verify"]);
    assert_eq!(found.status, 1, "{}", found.err);
    assert_eq!(found.json()["findings"], json!(["SEAL 0 missing"]), "{}", found.out);
    let file = house.home.path().join("log.jsonl");
    let name = file.to_str().expect("a plain name");
    let details = run_with_code(&house, SUPERVISOR, -30, &["--json", "audit", "export", name, "--details"]);
    assert_eq!((details.status, file.exists()), (1, false), "what was typed stays in the house");
    let exported = run_with_code(&house, SUPERVISOR, -30, &["--json", "audit", "export", name]);
    assert_eq!(exported.status, 0, "{}", exported.err);
    let elsewhere = run(&house, CLERK, &["--json", "audit", "verify", "--export", name]);
    assert_eq!(elsewhere.json()["findings"], json!(["SEAL 0 missing"]), "{}", elsewhere.err);

    let second = sign_in_file(&house, CONFIRMER, -30);
    let epoch = ["--json", "audit", "epoch", "--cause", "seal-lost", "--second", &second];
    let begun = run_with_code(&house, SUPERVISOR, 0, &epoch);
    assert_eq!((begun.status, &begun.json()["epoch"]), (0, &json!(2)), "{}", begun.err);
    let sound = run(&house, CONFIRMER, &["--json", "audit", "verify"]);
    assert_eq!((sound.status, &sound.json()["alarms"]), (0, &json!(0)), "{}", sound.out);
}

#[test]
fn what_is_still_to_be_kept_is_not_erased() {
    let house = house();
    let steps = run_with_code(&house, CONFIRMER, -30, &["--json", "audit", "clock"]).json();
    let acknowledge = ["audit", "clock", "--acknowledge", &steps["steps"][0]["seq"].to_string()];
    let purge = |size: &str| ["--json", "audit", "purge", "details", "--up-to", size].map(str::to_owned);
    let asked = |who, offset, size: &str| {
        let arguments = purge(size);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = run_with_code(&house, who, offset, &arguments);
        (run.status, run.json()["error"]["code"].clone())
    };
    assert_eq!(asked(CLERK, -30, "1"), (1, json!("role-forbids")));
    let size = run(&house, CLERK, &["--json", "audit", "checkpoint"]).json()["size"].to_string();
    for (who, offset) in [(SUPERVISOR, -30), (CONFIRMER, 0)] {
        assert_eq!(run_with_code(&house, who, offset, &acknowledge).status, 0);
    }
    assert_eq!(asked(SUPERVISOR, 0, &size), (1, json!("still-kept")));
}
