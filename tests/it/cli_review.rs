//! The weekly review and the declarations of kin on the command line.
use std::io::Write as _;
use std::process::{Command, Stdio};

use uketsuke::domain::time::Clock as _;
use uketsuke::domain::week::Week;
use uketsuke::os::clock::SystemClock;

use super::cli::Run;
use super::cli_incidents::{run, run_with_code, sign_in_file};
use super::screens::house::{CLERK, CONFIRMER, House, SUPERVISOR};

/// The clock of the house begins in this week; the program itself looks at the real one.
const WEEK: &str = "2026-W29";

#[test]
fn a_script_reads_weeks_and_the_queue_of_one() {
    let house = House::new();
    let week = Week::parse(WEEK).expect("a week");
    let is_over = SystemClock.now() >= week.ends();

    let weeks = run(&house, SUPERVISOR, &["--json", "audit", "weeks"]);
    assert_eq!(weeks.status, 0, "{}", weeks.err);
    let listed = weeks.json()["weeks"].as_array().expect("a list").iter().any(|line| line["week"] == WEEK);
    let too_long_ago = SystemClock.now().seconds_since(week.ends()) > 59 * 7 * 24 * 3600;
    assert_eq!(listed, is_over && !too_long_ago, "{}", weeks.out);

    let queue = run(&house, CONFIRMER, &["--json", "audit", "review", "--week", WEEK]);
    if is_over {
        assert_eq!(queue.status, 0, "{}", queue.err);
        let page = queue.json();
        assert_eq!((&page["week"], &page["due"]), (&WEEK.into(), &"2026-08-02".into()));
        assert!(page["rows"].is_array() && page["signed"].is_null(), "{}", queue.out);
    } else {
        assert_eq!((queue.status, &queue.json()["error"]["code"]), (1, &"week-not-over".into()));
    }
    let denied = run(&house, CLERK, &["--json", "audit", "review", "--week", WEEK]);
    assert_eq!((denied.status, &denied.json()["error"]["code"]), (1, &"role-forbids".into()));
    let wrong = run(&house, CLERK, &["audit", "review", "--week", "2026-28"]);
    assert_eq!(wrong.status, 2, "{}", wrong.err);
}

#[test]
fn kin_is_declared_by_pipe_and_read_back_by_oneself() {
    let house = House::new();
    let said = r#"{ "relation": "sibling", "name": "仮野 花枝", "reading": "カリノ ハナエ", "birth_date": "1975-03-04" }"#;
    let declared = piped(&house, CLERK, -30, said);
    assert_eq!(declared.status, 0, "{}", declared.err);
    let own = run_with_code(&house, CLERK, 0, &["--json", "kin", "list"]);
    let kin = &own.json()["kin"][0];
    assert_eq!(
        (&kin["relation"], &kin["birth_date"]),
        (&"sibling".into(), &"1975-03-04".into()),
        "{}",
        own.err
    );
    let other = run_with_code(&house, SUPERVISOR, -30, &["--json", "kin", "list"]);
    assert_eq!(other.json()["kin"], serde_json::json!([]), "nobody reads those of others");
    let broken = piped(&house, CONFIRMER, 0, r#"{ "relation": "仮野" }"#);
    assert_eq!(broken.status, 2);
    assert!(!broken.err.contains("仮野"), "what was typed is not said: {}", broken.err);
}

fn piped(house: &House, who: usize, offset: i64, text: &str) -> Run {
    let file = sign_in_file(house, who, offset);
    let mut command = Command::new(env!("CARGO_BIN_EXE_uketsuke"));
    command.env_clear().arg("--home").arg(house.home.path()).args(["--sign-in", &file, "kin", "declare"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends").into()
}
