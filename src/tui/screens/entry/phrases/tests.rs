//! Keys of the reference case R1: the occupation by three letters and a digit.
use crate::tui::screens::rig::Rig;

/// A new report, with the focus on that item.
fn at(label: &str) -> Rig {
    const ITEMS_MAX: usize = 60;
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157 Enter");
    let mut steps = 0;
    while !rig.focused().starts_with(label) && steps < ITEMS_MAX {
        rig.keys(if rig.focused().starts_with("感染原因") { "1" } else { "Enter" });
        steps += 1;
    }
    assert!(rig.focused().starts_with(label), "{}", rig.screen());
    rig
}

#[test]
fn an_occupation_is_found_by_the_beginning_of_its_reading() {
    let mut rig = at("職業");
    rig.keys("c");
    assert!(!rig.screen().contains("1 調理員"), "one letter says too little: {}", rig.screen());
    rig.keys("h o");
    insta::assert_snapshot!("offered", rig.screen());
    rig.keys("1");
    assert!(rig.row("職業").contains("調理員"), "{}", rig.screen());
    assert!(!rig.focused().starts_with("職業"), "{}", rig.screen());
}

#[test]
fn kana_finds_it_too_and_kanji_is_left_alone() {
    let mut rig = at("職業");
    rig.text("ちょう");
    assert!(rig.screen().contains("1 調理員"), "{}", rig.screen());
    let mut rig = at("職業");
    rig.text("調理");
    assert!(!rig.screen().contains("1 調理員"), "the next digit belongs to the text: {}", rig.screen());
    rig.keys("F2");
    assert!(rig.screen().contains("1 調理員"), "unless somebody asks: {}", rig.screen());
}

#[test]
fn all_of_them_are_offered_and_other_words_can_be_typed() {
    let mut rig = at("職業");
    rig.keys("F2");
    insta::assert_snapshot!("all", rig.screen());
    rig.keys("F8");
    assert!(rig.screen().contains("F8 次の候補 2/"), "{}", rig.screen());
    rig.keys("Enter").text("海女").keys("Enter");
    assert!(rig.row("職業").contains("海女"), "{}", rig.screen());
}

#[test]
fn a_phrase_goes_behind_what_was_typed() {
    let mut rig = at("種類・状況");
    rig.text("友人宅で、").keys("F2");
    let offered = rig.screen();
    assert!(offered.contains("1 家庭内での接触"), "{offered}");
    rig.keys("1");
    assert!(rig.screen().contains("友人宅で、家庭内での接触"), "{}", rig.screen());
}
