//! A remarkable report, as a person lets it stand.
use crate::office::ops::{self, ListRecords, RecordState};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;

/// Everything of the reference case, but an onset after the first visit and a death nobody asked for.
fn remarkable() -> Rig {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157 Enter");
    for text in ["0012", "架空総合病院", "東京都千代田区永田町9-99-99", "0300000120", "仮田 一郎"]
    {
        rig.text(text).keys("Enter");
    }
    rig.keys("Enter 1").text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter");
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 9-99-99 Enter 0300000123 Enter Enter");
    rig.keys("0 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 12 Enter");
    rig.keys("2 1 焼肉店での喫食 Enter 2 1 Enter F12");
    rig
}

fn state(rig: &mut Rig) -> RecordState {
    match rig.ask(Seat::Main, ListRecords) {
        ops::Reply::ListRecords(Ok(page)) => page.lines.into_iter().next().expect("one").state,
        _ => panic!("the list can be read"),
    }
}

#[test]
fn every_warning_wants_a_reason_before_enter_registers() {
    let mut rig = remarkable();
    insta::assert_snapshot!("warnings_open", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("理由のない注意が 2 件あります"), "{}", rig.screen());
    rig.keys("1");
    insta::assert_snapshot!("warnings_one_given", rig.screen());
    rig.keys("Enter");
    assert_eq!(state(&mut rig), RecordState::DraftMine, "one is still open");
    rig.keys("3").text("家族が先に").keys("Enter");
    rig.keys("Enter");
    assert_eq!(state(&mut rig), RecordState::Registered);
    rig.keys("0001 F8");
    insta::assert_snapshot!("warnings_in_the_record", rig.screen());
}

#[test]
fn a_reason_in_words_is_written_in_the_panel() {
    let mut rig = remarkable();
    rig.keys("3").text("家族が先に");
    insta::assert_snapshot!("warnings_writing", rig.screen());
    rig.keys("Ctrl+U Enter");
    assert!(rig.screen().contains("理由を書いてください"), "{}", rig.screen());
    rig.keys("F3");
    assert!(rig.screen().contains("[ ]"), "Esc and F3 leave the reason, not the check\n{}", rig.screen());
    rig.keys("F3");
    assert!(!rig.screen().contains("検査の結果"), "{}", rig.screen());
}

#[test]
fn a_value_that_changes_needs_its_reason_no_more() {
    let mut rig = remarkable();
    rig.keys("1 2 F3");
    rig.keys("F12");
    assert!(rig.screen().contains("[1]") && rig.screen().contains("[2]"), "{}", rig.screen());
}
