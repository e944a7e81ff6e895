//! What comes from records that were registered before: one item, or what a household has in common.
use super::*;

/// Behaviour 27, the field.
#[test]
fn ditto_copies_exactly_this_item() {
    let mut rig = opened();
    rig.keys("Enter F5");
    assert!(rig.screen().contains("値はありません"), "nothing was registered yet: {}", rig.screen());
    reference_case_from_second(&mut rig);
    rig.keys("F12 Enter F6 o157 Enter Enter F5 Enter");
    assert!(rig.row("届出医療機関").contains("架空総合病院"), "{}", rig.screen());
    assert!(!rig.row("医療機関の所在地").contains("東京都"), "only this item");
    rig.keys("Enter Enter Enter Enter .");
    assert!(rig.row("類型").contains("[1 患者(確定例)]"), "{}", rig.row("類型"));
}

#[test]
fn what_was_registered_stays_at_hand_until_the_person_leaves() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F12 Enter F3 1");
    rig.keys("F6 o157 Enter Enter F5 Enter");
    assert!(rig.row("届出医療機関").contains("架空総合病院"), "{}", rig.screen());
}

/// Behaviour 27, the second half: one household after the other.
#[test]
fn a_household_is_copied_but_never_who_a_person_is() {
    let mut rig = opened();
    rig.keys("F6");
    assert!(rig.screen().contains("写すもとがありません"), "{}", rig.screen());
    reference_case(&mut rig);
    rig.keys("F12 Enter F6 o157 Enter F6");
    assert!(
        rig.screen().contains("10 項目を写しました(氏名・症状などは除く)。もとは 0001 仮野 花枝。"),
        "{}",
        rig.screen()
    );
    rig.keys("Down Up");
    let screen = rig.screen();
    for copied in ["架空総合病院", "東京都千代田区永田町9-99-99", "03-0000-0120", "仮田 一郎"]
    {
        assert!(screen.contains(copied), "{copied}\n{screen}");
    }
    for own in ["カリノ", "仮野", "昭和50", "調理員", "100-0014", "0000-0123"] {
        assert!(!screen.contains(own), "{own}\n{screen}");
    }
    assert!(!rig.row("類型").contains("[1"), "the kind of case is each person's own");
    rig.keys("F8");
    let screen = rig.screen();
    assert!(!screen.contains("[X]") && !screen.contains("[1 便"), "nor symptoms and findings\n{screen}");
    rig.keys("F7 Ctrl+Z");
    for copied in ["架空総合病院", "永田町9-99-99", "03-0000-0120", "仮田 一郎"] {
        assert!(!rig.screen().contains(copied), "one step back takes all of it: {}", rig.screen());
    }
    rig.keys("Ctrl+Y");
    assert!(rig.row("医師").contains("仮田 一郎"), "{}", rig.screen());
}

fn reference_case_from_second(rig: &mut Rig) {
    rig.keys("Up");
    reference_case(rig);
}

/// A household follows the last new report, not an old one that was corrected in between.
#[test]
fn a_corrected_record_is_not_what_a_household_is_copied_from() {
    let mut rig = opened();
    reference_case(&mut rig);
    rig.keys("F12 Enter");
    rig.kill_and_return();
    rig.keys("Enter Enter F7 Ctrl+U 0099 F12 Enter");
    assert_eq!(only_record(&mut rig).version, 2, "{}", rig.screen());
    rig.keys("F6 o157 Enter F6");
    assert!(rig.screen().contains("写すもとがありません"), "{}", rig.screen());
}
