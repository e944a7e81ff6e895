//! Back and forth, within an item and through the form.
use super::*;

/// Behaviour 23: one that excludes the others takes their ticks, and one step back returns them.
#[test]
fn ticks_come_back() {
    let mut rig = opened();
    rig.keys("F8 123");
    let ticked = |rig: &Rig| rig.screen().matches("[X]").count();
    assert_eq!(ticked(&rig), 3, "{}", rig.screen());
    rig.keys("0");
    assert_eq!(ticked(&rig), 1, "{}", rig.screen());
    rig.keys("Ctrl+Z");
    assert_eq!(ticked(&rig), 3, "{}", rig.screen());
    rig.keys("Ctrl+Z Ctrl+Z Ctrl+Y Enter Up");
    assert_eq!(ticked(&rig), 2, "{}", rig.screen());
}

/// One Ctrl+Z more than ticks, and what was ticked can still come back.
#[test]
fn ticks_survive_a_step_back_too_many() {
    let ticked = |rig: &Rig| rig.screen().matches("[X]").count();
    let mut rig = opened();
    rig.keys("F8 12 Ctrl+Z Ctrl+Z Ctrl+Z");
    assert!(rig.screen().contains("元に戻すものはありません"), "{}", rig.screen());
    rig.keys("Ctrl+Y Ctrl+Y");
    assert_eq!(ticked(&rig), 2, "{}", rig.screen());

    // With a step of the form before them, they follow it.
    let mut rig = opened();
    rig.keys("0012 Enter F8 12 Ctrl+Z Ctrl+Z Ctrl+Z");
    assert!(!rig.row("医療機関番号").contains("0012"), "{}", rig.screen());
    rig.keys("Ctrl+Y");
    assert!(rig.row("医療機関番号").contains("0012"), "{}", rig.screen());
    rig.keys("Ctrl+Y");
    assert_eq!(ticked(&rig), 2, "{}", rig.screen());
    rig.keys("Ctrl+Z");
    assert_eq!(ticked(&rig), 0, "{}", rig.screen());

    // What the record holds already is one step, with or without what was added and taken back.
    let mut rig = opened();
    rig.keys("F8 12 Enter Up 3 Ctrl+Z");
    assert_eq!(ticked(&rig), 2, "{}", rig.screen());
    rig.keys("Ctrl+Z");
    assert_eq!(ticked(&rig), 0, "{}", rig.screen());
    rig.keys("Ctrl+Y");
    assert_eq!(ticked(&rig), 2, "{}", rig.screen());
    rig.keys("Ctrl+Y");
    assert_eq!(ticked(&rig), 3, "{}", rig.screen());
    rig.keys("Enter Up");
    assert_eq!(ticked(&rig), 3, "{}", rig.screen());
}

#[test]
fn text_that_was_taken_back_comes_again() {
    let mut rig = opened();
    rig.keys("0012 Ctrl+U Ctrl+Z");
    assert!(rig.focused().contains("0012"), "{}", rig.focused());
    rig.keys("Ctrl+Y");
    assert!(!rig.focused().contains("0012"), "{}", rig.focused());
}

#[test]
fn undo_goes_back_through_the_items() {
    let mut rig = opened();
    rig.keys("0012 Enter 架空 Enter Ctrl+Z");
    assert!(rig.focused().starts_with("届出医療機関"));
    assert!(!rig.screen().contains("架空"));
    rig.keys("Ctrl+Y");
    assert!(rig.focused().contains("架空"), "{}", rig.focused());
    rig.text("X").keys("Ctrl+C");
    assert!(rig.focused().contains("[架空 "), "Esc takes back the item only: {}", rig.focused());
}
