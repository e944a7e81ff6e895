//! The register of institutions as a table: out, changed, and in again.
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use super::cli::{Run, uketsuke};

/// A training directory.
fn training() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("room for a home");
    let home = dir.path().join("demo");
    let prepared = uketsuke(&home, &["demo", "--prepare-only", "--records", "6", "--json"]);
    assert_eq!(prepared.status, 0, "{}", prepared.err);
    (dir, home)
}

/// Another person each time: a code is good for one sign-in in half a minute.
fn run(home: &Path, who: &str, arguments: &[&str]) -> Run {
    let sign_in = format!("demo:{who}");
    uketsuke(home, &[&["--json", "--sign-in", &sign_in], arguments].concat())
}

#[test]
fn a_table_goes_out_and_comes_back() {
    let (dir, home) = training();
    let run = |who: &str, arguments: &[&str]| run(&home, who, arguments);
    let table = dir.path().join("table.csv");
    let file = table.to_str().unwrap();

    let written = run("1001", &["institutions", "export", file]);
    assert_eq!((written.status, &written.json()["institutions"]), (0, &json!(4)), "{}", written.err);
    let again = run("1002", &["institutions", "export", file]);
    assert_eq!((again.status, again.error_code().as_str()), (1, "not-written"), "nothing is overwritten");

    let text = std::fs::read_to_string(&table).unwrap();
    let text = text.replace("見本クリニック", "見本内科クリニック")
        + "0099,試野医院,しやいいん,,,03-0000-0990,,,,,\r\n";
    std::fs::write(&table, &text).unwrap();
    let read = run("1003", &["institutions", "import", file]);
    assert_eq!(read.json(), json!({ "added": 1, "changed": 1, "same": 3 }), "{}", read.err);
    let read = run("2001", &["institutions", "import", file]);
    assert_eq!(read.json(), json!({ "added": 0, "changed": 0, "same": 5 }));

    let listed = run("2002", &["institutions", "list"]).json();
    let listed = listed["institutions"].as_array().unwrap();
    let of = |code: &str| listed.iter().find(|one| one["code"] == code).unwrap();
    assert_eq!(of("0013")["name"], "見本内科クリニック");
    assert_eq!((&of("0099")["reading"], &of("0099")["phone"]), (&json!("シヤイイン"), &json!("0300000990")));
    assert_eq!(of("0021")["contract"]["hours"], json!(["night", "holiday"]));

    // One wrong line, and nothing is taken over: nobody even has to sign in to hear of it.
    std::fs::write(&table, text.replace("0099", "0098") + "1312345678,架空医院,カクウイイン,,,,,,,,\r\n")
        .unwrap();
    let refused = run("1001", &["institutions", "import", file]);
    assert_eq!((refused.status, refused.error_code().as_str()), (1, "table"));
    let problems = &refused.json()["problems"];
    assert_eq!((problems.as_array().unwrap().len(), &problems[0]["line"]), (1, &json!(7)));
}

#[test]
fn a_table_needs_the_name_of_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let asked = uketsuke(dir.path(), &["institutions", "export"]);
    assert_eq!(asked.status, 2);
    assert!(asked.err.contains("<FILE> がありません: 書き出すファイルの名前"), "{}", asked.err);
    assert!(asked.err.contains("uketsuke institutions export"), "{}", asked.err);
}

/// A directory may be called as a verb is, and its name need not be UTF-8.
#[test]
fn whatever_the_directory_is_called_the_file_is_asked_for() {
    for home in [b"demo".as_slice(), b"\x8e\xf3\x95t"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_uketsuke"));
        command.env_clear().arg("--home").arg(OsStr::from_bytes(home)).args(["institutions", "import"]);
        let asked = Run::from(command.output().unwrap());
        assert_eq!(asked.status, 2, "{}", asked.err);
        assert!(asked.err.contains("<FILE> がありません: CSV (UTF-8 か CP932"), "{}", asked.err);
    }
}

#[test]
fn the_list_shows_telephones_and_contracts() {
    let (dir, home) = training();
    let table = dir.path().join("one.csv");
    std::fs::write(&table, "番号,名称,よみ,電話\r\n0099,試野医院,しやいいん,0300000990\r\n").unwrap();
    let read = ["--sign-in", "demo:1003", "institutions", "import", table.to_str().unwrap()];
    assert_eq!(uketsuke(&home, &read).status, 0);
    let listed = uketsuke(&home, &["--sign-in", "demo:1001", "institutions", "list"]);
    assert!(listed.out.contains("  03-0000-0990"), "{}", listed.out);
    let partner = listed.out.lines().find(|row| row.starts_with("0021")).unwrap();
    assert!(partner.contains(" - 20"), "from when to when: {partner}");
}

#[test]
fn a_table_with_few_columns_is_about_these_alone() {
    let (dir, home) = training();
    let run = |who: &str, arguments: &[&str]| run(&home, who, arguments);
    let table = dir.path().join("few.csv");
    std::fs::write(&table, "番号,名称,よみ\n0021,新名医院,しんめいいいん\n").unwrap();
    let import = ["institutions", "import", table.to_str().unwrap()];
    let partner = |listed: Run| {
        let listed = listed.json()["institutions"].as_array().unwrap().clone();
        listed.into_iter().find(|one| one["code"] == "0021").unwrap()
    };

    let mut expected = partner(run("2001", &["institutions", "list"]));
    assert!(expected["address"] != json!("") && expected["contract"] != json!(null), "{expected}");
    // Who may not keep institutions hears at which one it stopped.
    let stopped = run("1002", &import);
    assert_eq!((stopped.status, stopped.error_code().as_str()), (1, "import-stopped"), "{}", stopped.out);
    let said = stopped.json();
    assert_eq!((&said["stopped_at"], &said["changed"]), (&json!("0021"), &json!(0)));
    assert_eq!(said["reason"]["code"], "role-forbids");

    let done = run("1001", &import);
    assert_eq!(done.json(), json!({ "added": 0, "changed": 1, "same": 0 }), "{}", done.err);
    expected["name"] = json!("新名医院");
    expected["reading"] = json!("シンメイイイン");
    assert_eq!(partner(run("2002", &["institutions", "list"])), expected);
}

/// By number also what is no longer in the worklist, or never was: a call that belongs to a case.
#[test]
fn a_record_that_belongs_to_a_case_is_found_by_its_number() {
    let (dir, home) = training();
    let run = |who: &str, arguments: &[&str]| run(&home, who, arguments);
    let call = dir.path().join("call.json");
    let observation = r#"{ "called_on": "2026-07-14", "reached": "yes", "informant": "本人", "temperature": "37.2",
        "spo2": 97, "symptoms": ["発熱"] }"#;
    std::fs::write(&call, observation).unwrap();
    let add = ["records", "add", "--form", "observation", "--file", call.to_str().unwrap(), "--case", "4"];
    let added = run("1001", &[&add[..], &["--channel", "phone"]].concat());
    assert_eq!(added.status, 0, "{} {}", added.out, added.err);
    let number = added.json()["number"].to_string();
    let shown = run("1002", &["records", "show", &number]);
    assert_eq!((shown.status, &shown.json()["form"]), (0, &json!("observation")), "{}", shown.err);
}
