//! Misdeliveries on the command line, in an office where somebody reported one at the screen.
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;

use serde_json::json;
use uketsuke::domain::time::Clock as _;
use uketsuke::os::clock::SystemClock;
use uketsuke::tui::screens::places::Place;

use super::cli::{Run, uketsuke};
use super::register;
use super::screens::house::{CLERK, CONFIRMER, House, SUPERVISOR};

const RECIPIENT: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/// Signs in by a private file. Another person each time: a code is good for one sign-in in half a minute.
pub fn run(house: &House, who: usize, arguments: &[&str]) -> Run {
    run_with_code(house, who, 0, arguments)
}

/// The same with a code of `offset` seconds from now: a clock may be half a minute wrong.
pub fn run_with_code(house: &House, who: usize, offset: i64, arguments: &[&str]) -> Run {
    let file = sign_in_file(house, who, offset);
    uketsuke(house.home.path(), &[&["--sign-in", &file], arguments].concat())
}

/// A private file that signs a person in.
pub fn sign_in_file(house: &House, who: usize, offset: i64) -> String {
    let now = u64::try_from(SystemClock.now().seconds() + offset).expect("after 1970");
    let code = House::code_at(who, now);
    let (user, password) = (House::number(who), House::password(who));
    let sign_in = format!("user = \"{user}\"\npassword = \"{password}\"\ncode = \"{code}\"\n");
    let file = house.home.path().join(format!("sign-in-{who}"));
    let mut open = OpenOptions::new();
    let mut opened = open.write(true).create(true).truncate(true).mode(0o600).open(&file).expect("room");
    opened.write_all(sign_in.as_bytes()).expect("room");
    file.to_str().expect("a plain name").to_owned()
}

#[test]
fn a_script_reads_the_list_the_course_and_the_draft() {
    let mut house = House::new();
    house.bring_into_force(register::folder("D014", "架空県庁", "131016-0456", RECIPIENT));
    house.enter(CLERK, Place::Destinations).keys("X 3 Enter 別の病院に届いた F12");
    house.keys("F6 1 Enter Enter Enter 架空病院 Enter 事情を聞いた F12");

    let listed = run(&house, CLERK, &["--json", "incidents", "list"]);
    assert_eq!(listed.status, 0, "{}", listed.err);
    let line = &listed.json()["incidents"][0];
    assert_eq!(
        (&line["number"], &line["destination"], &line["people"]),
        (&json!(1), &json!("D014"), &json!(3))
    );
    assert_eq!(line["preliminary"]["until"], "2026-07-18");
    assert_eq!((&line["final"]["until"], &line["closed"]), (&json!("2026-08-12"), &json!(null)));

    let shown = run(&house, CONFIRMER, &["--json", "incidents", "show", "1"]);
    assert_eq!(shown.json()["steps"][0]["kind"], "contact", "{}", shown.err);
    assert_eq!(shown.json()["words"], "別の病院に届いた");
    let report = run(&house, SUPERVISOR, &["incidents", "report", "1"]);
    assert!(
        report.out.starts_with("個人情報の漏えい等報告(速報)の案\n架空保健所  誤送付 0001"),
        "{}",
        report.out
    );
    assert!(report.out.contains("\n3 本人の数\n  3人\n"), "{}", report.out);
    assert!(!report.out.contains("事情を聞いた"), "no word that anybody typed: {}", report.out);
}

#[test]
fn a_number_that_there_is_not_is_said() {
    let house = House::new();
    let refused = run(&house, CLERK, &["--json", "incidents", "show", "9"]);
    assert_eq!(refused.status, 1, "{}", refused.out);
    let empty = run(&house, CONFIRMER, &["incidents", "list"]);
    assert_eq!((empty.status, empty.out.contains('0')), (0, true), "{}", empty.err);
}
