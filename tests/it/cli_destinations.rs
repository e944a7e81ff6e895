//! A list of destinations is taken over: all of it or nothing, and nothing can be sent by it.
use serde_json::json;

use super::cli::{Run, uketsuke};

const HEADING: &str = "台帳番号,名称,よみ,方法,宛先,電話,出どころ\r\n";

#[test]
fn a_list_comes_in_and_nothing_can_be_sent_by_it() {
    let dir = tempfile::tempdir().expect("room for a home");
    let home = dir.path().join("demo");
    let prepared = uketsuke(&home, &["demo", "--prepare-only", "--records", "6", "--json"]);
    assert_eq!(prepared.status, 0, "{}", prepared.err);
    let run = |who: &str, arguments: &[&str]| -> Run {
        let sign_in = format!("demo:{who}");
        uketsuke(&home, &[&["--json", "--sign-in", &sign_in], arguments].concat())
    };
    let table = dir.path().join("list.csv");
    let file = table.to_str().unwrap();
    let good = "D051,試野医院,シヤイイン,FAX,03-0000-0990,03-0000-0991,旧台帳 12頁\r\n";

    for (lines, line) in [
        ("台帳番号,名称\r\nD050,試野\r\n".to_owned(), 1),
        (format!("{HEADING}{good}D052,試野,シヤ,ポケベル,03-0000-0990,,旧台帳\r\n"), 3),
        (format!("{HEADING}{good}D052,試野,シヤ,FAX\r\n"), 3),
    ] {
        std::fs::write(&table, lines).unwrap();
        let refused = run("nobody signs in to hear of it", &["destinations", "import", file]);
        assert_eq!((refused.status, refused.error_code().as_str()), (1, "table"), "{}", refused.err);
        assert_eq!(refused.json()["problems"][0]["line"], line);
    }
    std::fs::write(&table, format!("{HEADING}{good}D052,試野,シヤ,FAX,090-0000-0000,,旧台帳\r\n")).unwrap();
    let refused = run("2001", &["destinations", "import", file]);
    assert_eq!(refused.json()["problems"][0]["line"], 3, "a mobile number takes no fax: {}", refused.err);

    std::fs::write(&table, encoding_rs::SHIFT_JIS.encode(&format!("{HEADING}{good}")).0).unwrap();
    let denied = run("1001", &["destinations", "import", file]);
    assert_eq!(denied.error_code(), "role-forbids", "{}", denied.err);
    let taken = run("2002", &["destinations", "import", file]);
    assert_eq!(taken.json(), json!({ "added": 1, "known": 0 }), "the line before the wrong one was not kept");

    let listed = run("1002", &["destinations", "list"]);
    let lines = listed.json()["destinations"].as_array().cloned().unwrap();
    let line = lines.iter().find(|line| line["code"] == "D051").expect("taken over");
    assert_eq!(line["status"], "imported");
    assert!(!listed.out.contains("0300000990") && !listed.out.contains("03-0000-0990"), "{}", listed.out);
    let refused = run("1003", &["records", "submit", "1", "--to", "D051"]);
    assert_eq!(refused.error_code(), "destination-imported", "{}", refused.err);
}
