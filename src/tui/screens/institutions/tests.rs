//! The register of institutions, kept by a person.
use crate::tui::screens::rig::Rig;

fn entered() -> Rig {
    let mut rig = Rig::at_worklist();
    rig.keys("F3 0");
    insta::assert_snapshot!("empty", rig.screen());
    rig.keys("F6 0012 Enter")
        .text("架空総合病院")
        .keys("Enter")
        .text("kakuusougoubyouin")
        .keys("Enter 1000014 Enter");
    rig.text("東京都千代田区永田町9-99-99").keys("Enter 0300000120 Enter Enter").text("仮田 一郎、見本 次郎");
    insta::assert_snapshot!("form", rig.screen());
    rig.keys("F12 F6 0013 Enter")
        .text("見本医院")
        .keys("Enter")
        .text("みほんいいん")
        .keys("Enter Enter Enter Enter Enter");
    rig.keys("Enter R8.4.1 Enter R8.6.30 Enter 23 F12");
    rig
}

#[test]
fn institutions_are_entered_found_and_changed() {
    let mut rig = entered();
    insta::assert_snapshot!("two", rig.screen());
    assert!(rig.screen().contains("!R8.4.1-R8.6.30"), "the period, and that it is over\n{}", rig.screen());
    rig.keys("/").text("kaku");
    insta::assert_snapshot!("searching", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("医療機関の変更 0012"), "{}", rig.screen());
    rig.keys("Down Ctrl+U").text("架空中央病院").keys("F12");
    assert!(rig.screen().contains("架空中央病院"), "{}", rig.screen());
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_lost() {
    let mut rig = entered();
    rig.keys("F6 0012 Enter").text("別").keys("Enter").text("betu").keys("F12");
    assert!(rig.screen().contains("別の医療機関が使っています"), "{}", rig.screen());
    assert!(rig.screen().contains("[0012"), "{}", rig.screen());
    rig.keys("Up Up").text("x");
    rig.keys("Down Down Ctrl+U").text("betk").keys("F12");
    assert!(rig.screen().contains("よみが読めません"), "{}", rig.screen());
}
