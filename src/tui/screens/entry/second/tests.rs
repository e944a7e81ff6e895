//! A form of which the site wants some items keyed twice.
use crate::office::ops::{self, ListRecords, RecordState, ShowRecord};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;

const TWICE: (&str, &str) = (
    "overlays/twice.toml",
    r#"id = "twice"
version = 1
forms = ["ehec@1"]
source = "a decision of this office"
[override.birth_date]
second_entry = true
[override.phone]
second_entry = true
[override.sex]
second_entry = true
"#,
);

/// The reference case up to F12.
fn keyed_once() -> Rig {
    let mut rig = Rig::of_site(&[TWICE]);
    first_keying(&mut rig);
    rig
}

fn first_keying(rig: &mut Rig) {
    rig.keys("F6 o157 Enter");
    for text in ["0012", "架空総合病院", "東京都千代田区永田町9-99-99", "0300000120", "仮田 一郎"]
    {
        rig.text(text).keys("Enter");
    }
    rig.keys("Enter 1").text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter");
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 東京都千代田区永田町9-99-99 Enter 0300000123 Enter Enter");
    rig.keys("1235 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter");
    rig.keys("2 1 焼肉店での喫食 Enter 2 1 Enter F12");
}

fn state(rig: &mut Rig) -> (RecordState, crate::domain::ids::RecordId) {
    match rig.ask(Seat::Main, ListRecords) {
        ops::Reply::ListRecords(Ok(page)) => {
            let line = page.lines.into_iter().next().expect("one");
            (line.state, line.record)
        }
        _ => panic!("the list can be read"),
    }
}

#[test]
fn what_agrees_is_registered() {
    let mut rig = keyed_once();
    insta::assert_snapshot!("choice", rig.screen());
    assert!(!rig.screen().contains("[X]"), "the first value is hidden");
    rig.keys("2");
    insta::assert_snapshot!("date", rig.screen());
    rig.text("S50.3.4").keys("Enter");
    rig.keys("0300000123 Enter");
    assert!(rig.screen().contains("検査の結果"), "{}", rig.screen());
    rig.keys("Enter");
    assert_eq!(state(&mut rig).0, RecordState::Registered);
}

#[test]
fn what_differs_goes_to_a_third_look_at_the_paper() {
    let mut rig = keyed_once();
    rig.keys("2 3500305 Enter");
    insta::assert_snapshot!("differs", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("三度目の確認"), "Enter decides nothing: {}", rig.screen());
    rig.keys("3");
    rig.keys("3500305 Enter 2");
    rig.keys("0300000123 Enter Enter");
    let (state, record) = state(&mut rig);
    assert_eq!(state, RecordState::Registered);
    let ops::Reply::ShowRecord(Ok(shown)) = rig.ask(Seat::Main, ShowRecord { record }) else { panic!() };
    let born = shown.values.value("birth_date").cloned();
    assert_eq!(born, Some(crate::form::Value::Date("1975-03-05".parse().expect("a date"))));
    assert_eq!(shown.form_version.to_string(), "1+1");
}

#[test]
fn nothing_is_pasted_and_esc_leads_back_to_the_form() {
    let mut rig = keyed_once();
    rig.keys("2");
    rig.press(crossterm::event::Event::Paste("3500304".into()));
    assert!(rig.screen().contains("貼り付") || rig.screen().contains("打って"), "{}", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("何も入っていません"), "{}", rig.screen());
    rig.keys("F3");
    assert!(rig.screen().contains("発生届 0001"), "{}", rig.screen());
    assert_eq!(state(&mut rig).0, RecordState::DraftMine);
    rig.keys("F12");
    assert!(rig.screen().contains("二度目の入力 1/3"), "it begins anew: {}", rig.screen());
}

/// Nobody can choose an answer that is not shown, and a key that means nothing says so.
#[test]
fn every_answer_is_shown_and_a_wrong_key_is_told() {
    let mut rig = Rig::of_site(&[(
        "overlays/twice.toml",
        r#"id = "twice"
version = 1
forms = ["ehec@1"]
source = "a decision of this office"
[override.symptoms]
second_entry = true
"#,
    )]);
    first_keying(&mut rig);
    for answer in ["1 腹痛", "9 痙攣", "c その他", "0 なし"] {
        assert!(rig.screen().contains(answer), "{answer}\n{}", rig.screen());
    }
    rig.keys("z");
    assert!(rig.screen().contains("その選択肢はありません。1-9 a-c 0 で選びます。"), "{}", rig.screen());
    insta::assert_snapshot!("many_answers", rig.screen());
    rig.keys("1 2 3 Enter");
    assert!(rig.screen().contains("三度目の確認"), "{}", rig.screen());
    rig.keys("x");
    assert!(rig.screen().contains("その選択肢はありません。1-3 で選びます。"), "{}", rig.screen());
    rig.keys("1 Enter");
    assert_eq!(state(&mut rig).0, RecordState::Registered);
}
