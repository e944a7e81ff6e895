//! A name with characters that CP932 does not have.
use crate::form::Value;
use crate::office::ops::{self, ListRecords, ShowRecord};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;

#[test]
fn a_character_that_others_cannot_write_is_said_and_kept() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    rig.text("karino hanae").keys("Enter 𠮷野").text(" 葛\u{E0100}子").keys("Enter");
    assert!(rig.row("氏名").contains("CP932外"), "{}", rig.screen());
    rig.keys("Up");
    insta::assert_snapshot!("said", rig.screen());
    rig.keys("Enter 2 3500304 Enter 0300000123 Enter 1 Enter 1 1 F12");
    assert!(rig.screen().contains("誤り・未入力 0 件  注意 0 件"), "no objection: {}", rig.screen());
    rig.keys("Enter");
    let ops::Reply::ListRecords(Ok(page)) = rig.ask(Seat::Main, ListRecords) else { panic!("a list") };
    let show = ShowRecord { record: page.lines[0].record };
    let ops::Reply::ShowRecord(Ok(shown)) = rig.ask(Seat::Main, show) else { panic!("registered") };
    assert_eq!(
        shown.values.value("name"),
        Some(&Value::Text("𠮷野 葛\u{E0100}子".into())),
        "as on the paper"
    );
}

#[test]
fn names_of_windows_are_no_news() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    rig.text("takasaki hanae").keys("Enter 髙﨑").text(" 花枝").keys("Enter Up");
    assert!(!rig.screen().contains("CP932"), "{}", rig.screen());
}

/// Told beside the name and below it, and no more: people from abroad may have a number in their name.
#[test]
fn digits_in_a_name_are_told_and_stop_nobody() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    rig.text("karino hanae").keys("Enter 仮野").text(" 花枝3").keys("Enter");
    assert!(
        rig.row("氏名").contains("仮野 花枝3") && rig.row("氏名").contains("数字あり"),
        "{}",
        rig.screen()
    );
    assert!(rig.focused().starts_with("性別"), "it went on at once: {}", rig.screen());
    rig.keys("Up");
    let said = "氏名に数字があります。紙のとおりなら、このままで構いません。";
    assert!(rig.screen().contains(said), "{}", rig.screen());
    rig.keys("F9");
    assert!(!rig.screen().contains("数字"), "neither an error nor a warning: {}", rig.screen());
    rig.keys("F3 Ctrl+U").text("三木 一二三").keys("Enter Up");
    assert!(!rig.screen().contains("数字"), "numbers in kanji are names: {}", rig.screen());
}
