//! A request, its answer, and the figures of the month.
use crate::tui::screens::rig::Rig;

/// A home-care request from the worklist, with everything that must be known.
fn request(rig: &mut Rig) {
    rig.keys("F6 jitaku Enter");
    rig.text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter 2 3500304 Enter 0300000123 Enter");
    rig.keys("1 Enter 1 1 F12 Enter");
}

#[test]
fn a_request_waits_until_its_answer_is_entered() {
    let mut rig = Rig::at_worklist();
    request(&mut rig);
    rig.wait_s(25 * 3600);
    rig.keys("F5 F3 6");
    insta::assert_snapshot!("waiting", rig.screen());
    rig.keys("F6 shinryou Enter");
    insta::assert_snapshot!("answering", rig.screen());
    rig.text("1").text("架空診療所").keys("Enter").text("仮田 一郎").keys("Enter Enter Enter Enter 3 2 1 2");
    rig.keys("F12 Enter");
    assert!(rig.screen().contains("返答を待っている要請はありません"), "{}", rig.screen());
    rig.keys("s");
    insta::assert_snapshot!("results", rig.screen());
    rig.keys("Home");
    assert!(rig.screen().contains("件数 0"), "{}", rig.screen());
}
