//! A disease that no program was built with, added as one file while the office runs, and the program killed in the middle
//! of its first report: the built program at a real terminal.
use std::path::Path;
use std::process::Command;

use data_encoding::BASE32_NOPAD;

use crate::journey::{Person, item, sign_in, start, write_private};
use crate::judges;
use crate::pty::Pty;

/// All that a site writes.
const FORM: &str = r#"
id = "site_kasa_fever"
version = 1
released = false
title = { ja = "架空かさ熱", en = "Imaginary umbrella fever" }
kana = "カクウカサネツ"
aliases = ["kasa26"]
class = "class4"
number = "990"
deadline = { immediately = true }
recipient = { ja = "保健所長", en = "Director" }
verified = false
source = "a notice of this morning"

[[page]]
title = { ja = "患者", en = "Patient" }
content = ["block:person/reading", "block:person/name", "block:person/sex", "seen_on", "umbrella", "colour"]

[item.seen_on]
label = { ja = "初診日", en = "Seen on" }
kind = "date"
past_only = true
required = true

[item.umbrella]
label = { ja = "かさの使用", en = "Use of an umbrella" }
kind = "choice"
required = true
choices = [{ code = "yes", ja = "あり", en = "yes" }, { code = "no", ja = "なし", en = "no" }]

[item.colour]
label = { ja = "かさの色", en = "Colour of the umbrella" }
kind = "text"
required_if = "umbrella == 'yes'"
shown_if = "umbrella == 'yes'"
"#;

const DISEASE: &str = "架空かさ熱";

fn staff() -> [Person; 3] {
    let person = |number, name, password| {
        let mut secret = [0x5A; 20];
        secret[..4].copy_from_slice(str::as_bytes(number));
        Person::with_token(number, name, password, BASE32_NOPAD.encode(&secret))
    };
    [
        person("2003", "例山 治", "kasa-ga-nai-to-nureru"),
        person("2004", "仮沢 里", "yuki-no-hi-wa-samui-yo"),
        person("1001", "入力 太郎", "amefuri-no-hi-wa-kasa"),
    ]
}

/// An office with two supervisors and a clerk.
fn set_up(dir: &Path, staff: &[Person]) {
    let mut plan = "office = \"架空保健所\"\n".to_owned();
    for person in staff {
        let roles =
            if person.number.starts_with('2') { "\"supervisor\", \"administrator\"" } else { "\"clerk\"" };
        plan += &format!(
            "[[staff]]\nnumber = \"{}\"\nname = \"{}\"\nsection = \"感染症対策係\"\nroles = [{roles}]\n\
             password = \"{}\"\ntotp = \"{}\"\n",
            person.number, person.name, person.password, person.secret
        );
    }
    let plan = write_private(&dir.join("plan.toml"), &plan);
    let mut init = Command::new(judges::program());
    let init = init.env_clear().arg("--home").arg(dir.join("home")).args(["init", "--plan", &plan, "--json"]);
    let done = init.output().expect("it starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// SGR 30-38, 40-48, 90-107: the numbers that choose a colour.
fn colours(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    let codes = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        let (codes, last) = rest.split_at_checked(end)?;
        last.starts_with('m').then(|| codes.to_owned())
    });
    let numbers =
        codes.flat_map(|codes| codes.split(';').filter_map(|n| n.parse().ok()).collect::<Vec<u16>>());
    numbers.filter(|n| matches!(n, 30..=38 | 40..=48 | 90..=107)).collect()
}

/// Nobody touches a key: nothing is written.
fn is_still(pty: &Pty) {
    let before = pty.bytes().len();
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(pty.bytes().len(), before, "written while idle:\n{}", pty.text());
}

#[test]
fn a_disease_of_one_file_is_reported_although_the_program_is_killed() {
    if judges::are_left_out() {
        return;
    }
    let dir = tempfile::tempdir().expect("a directory");
    let home = dir.path().join("home");
    let mut staff = staff();
    set_up(dir.path(), &staff);
    let forms = home.join("schemas/forms");
    std::fs::create_dir_all(&forms).expect("room");
    std::fs::write(forms.join("site_kasa_fever.toml"), FORM).expect("room");
    let [.., clerk] = &mut staff;

    let mut pty = start(&home);
    sign_in(&mut pty, clerk);
    pty.wait_for("受付一覧")
        .keys("F6")
        .wait_for("疾患の選択")
        .keys("kasa26")
        .wait_for(&format!(">1  四類 990  {DISEASE}"));
    pty.keys("Enter").wait_for(&format!("発生届 0001  {DISEASE}"));
    item(&mut pty, "よみ", "kasano hana Enter");
    item(&mut pty, "氏名", "架空野 花 Enter");
    item(&mut pty, "性別", "2");
    // The draft is on the disk when the title says so; the next item is still being typed.
    pty.wait_for(">初診日").wait_for("下書き ").types("R8");
    is_still(&pty);
    pty.kill();

    let mut pty = start(&home);
    sign_in(&mut pty, clerk);
    pty.wait_for("受付一覧").wait_for("途中の下書きが 1 件あります").wait_for("入力中").keys("Enter");
    pty.wait_for("発生届 0001").wait_for("カサノ ハナ").wait_for("架空野 花").wait_for("[2 女]");
    let rows = pty.wait_for(">初診日").rows();
    let lost = rows.iter().find(|row| row.starts_with(">初診日")).expect("the focus");
    assert!(!lost.contains("R8"), "the current item was not left: {lost}");
    item(&mut pty, "初診日", "t Enter");
    item(&mut pty, "かさの使用", "1");
    pty.wait_for(">かさの色").keys("F12").wait_for("かさの色: ").wait_for(">かさの色");
    item(&mut pty, "かさの色", "青 Enter");
    pty.keys("F12").wait_for("誤り・未入力 0 件").keys("Enter").wait_for("0001 を登録しました");
    let rows = pty.rows();
    let row = rows.iter().find(|row| row.starts_with(">0001")).unwrap_or_else(|| panic!("{rows:#?}"));
    assert!(row.contains(DISEASE) && row.contains("架空野 花"), "{row}");
    pty.types("0001").wait_for("登録内容").wait_for("かさの色").wait_for("青");
    assert_eq!(colours(&pty.bytes()), [] as [u16; 0], "no state is told by a colour");
    pty.keys("F3").wait_for("受付一覧").keys("F3").wait_for("メニュー").keys("9");
    assert_eq!(pty.wait_end(), 0);
}

#[test]
fn colours_are_recognised() {
    assert_eq!(colours(b"\x1b[1;31mred\x1b[0m\x1b[48;5;7mgrey\x1b[39;49m\x1b[2;37Hplace"), [31, 48]);
}
