//! The access log on the command line: searching, who had to do with a person, figures.
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;
use uketsuke::tui::screens::places::Place;

use super::cli_incidents::{run, run_with_code};
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
