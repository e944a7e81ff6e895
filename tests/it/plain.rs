//! Behaviour 40: the built program with `--plain` at a real terminal. Lines of text, and not one control sequence.
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::Run;
use crate::judges;
use crate::pty::Pty;

/// The program that is looked at prepares its directory itself: a release refuses the cheap keys of a test build.
fn uketsuke(home: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(judges::program());
    command.env_clear().arg("--home").arg(home).args(arguments).stdin(Stdio::null());
    command.output().expect("it starts").into()
}

/// Number, password and present code of a clerk of the exercise.
fn clerk(home: &Path) -> [String; 3] {
    let run = uketsuke(home, &["demo", "--codes"]);
    let line = run.out.lines().find(|line| line.starts_with("1001")).expect("the clerk").to_owned();
    let words: Vec<&str> = line.split_whitespace().collect();
    let [number, .., password, code] = words.as_slice() else { panic!("{line}") };
    [number, password, code].map(|word| (*word).to_owned())
}

fn prepared(home: &Path) {
    let run = uketsuke(home, &["demo", "--prepare-only", "--records", "2"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

/// What a terminal for a screen reader gets: text and line ends.
#[track_caller]
fn is_only_text(pty: &Pty) {
    let bytes = pty.bytes();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let controls: Vec<char> = text.replace("\r\n", "").chars().filter(|c| c.is_control()).collect();
    assert!(controls.is_empty(), "{controls:?} in\n{text}");
    assert!(!pty.is_on_alternate_screen());
}

#[test]
fn behaviour_40_a_report_is_begun_without_a_screen() {
    let dir = tempfile::tempdir().expect("a directory");
    let home = dir.path().join("demo");
    prepared(&home);
    let mut pty = Pty::start(&judges::program(), &["--home", home.to_str().expect("ASCII"), "--plain"]);
    let mut at = pty.wait_told(0, "職員番号: ");
    let [number, password, _] = clerk(&home);
    pty.keys(&number).keys("Enter");
    at = pty.wait_told(at, "パスワード: ");
    pty.types(&password).keys("Enter");
    let told = pty.told(at);
    assert!(!told.contains(password.split('-').next().expect("a word")) && !told.contains('*'), "{told}");
    at = pty.wait_told(at, "確認コード");
    let [.., code] = clerk(&home);
    pty.keys(&code).keys("F12");
    at = pty.wait_told(at, "Enter で進む");
    pty.keys("Enter");
    at = pty.wait_told(at, "2中1");
    pty.keys("Down");
    at = pty.wait_told(at, "2中2");
    pty.keys("F6");
    at = pty.wait_told(at, "さがす");
    pty.keys("o157 Enter");
    // The number of the record comes when the office has opened it, before or after the item is told.
    let first = pty.wait_told(at, "28中1: ");
    at = pty.wait_told(at, "発生届 0003").max(first);
    // A small window is none of its business, and waiting writes nothing.
    pty.resize(40, 8);
    let before = pty.bytes().len();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(pty.bytes().len(), before);
    pty.keys("0012 Enter");
    at = pty.wait_told(at, "届出医療機関, 必須, 28中2: ");
    assert!(pty.told(0).contains("0012\r\n医療機関番号: 0012\r\n"), "{}", pty.told(0));
    pty.keys("F3");
    at = pty.wait_told(at, "受付一覧");
    pty.keys("F3");
    at = pty.wait_told(at, "9, 終了");
    is_only_text(&pty);
    pty.keys("9");
    assert_eq!(pty.wait_end(), 0, "{}", pty.told(at));
    is_only_text(&pty);
    assert!(pty.is_line_by_line(), "the shell has its terminal back");
}

/// Where there is no cursor to place, panels would be noise: no option is needed there.
#[test]
fn a_dumb_terminal_gets_lines_and_any_other_gets_panels() {
    let dir = tempfile::tempdir().expect("a directory");
    let home = dir.path().join("demo");
    prepared(&home);
    let arguments = ["--home", home.to_str().expect("ASCII"), "--lang", "en"];
    let mut dumb = Pty::start_on("dumb", &judges::program(), &arguments);
    dumb.wait_told(0, "Staff number: ");
    is_only_text(&dumb);

    let mut drawn = Pty::start_on("xterm", &judges::program(), &arguments);
    drawn.wait_for("Staff number");
    assert!(drawn.is_on_alternate_screen());
}
