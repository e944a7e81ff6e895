//! A birth date goes on by itself, and what habit presses behind it does no harm.
use super::*;

/// Behaviour 21, and 22 for the birth date.
#[test]
fn a_complete_birth_date_goes_on_by_itself() {
    let mut rig = opened();
    to(&mut rig, "生年月日");
    rig.keys("3500304");
    assert!(rig.focused().starts_with("職業"), "{}", rig.focused());
    assert!(rig.row("生年月日").contains("昭和50年 3月 4日(1975)  51歳"), "{}", rig.row("生年月日"));
    rig.keys("Up 2100304");
    assert!(rig.focused().starts_with("生年月日"), "may still become 2100.. or 21003041: {}", rig.focused());
}

/// The Enter that somebody presses out of habit behind the seventh digit does not pass over the next item.
#[test]
fn an_enter_behind_a_birth_date_stays_at_the_next_item() {
    let mut rig = opened();
    rig.keys("Down Down Down Down Down Down Down Down Down 1 3500304 Enter");
    assert!(rig.focused().starts_with("職業"), "{}", rig.screen());
    assert!(rig.screen().contains("もう一度 Enter"), "{}", rig.screen());
    rig.keys("Enter");
    assert!(rig.focused().starts_with("郵便番号"), "{}", rig.focused());
    rig.keys("Up Up 3500304 調理員 Enter");
    assert!(rig.row("職業").contains("調理員"), "{}", rig.screen());
    assert!(rig.focused().starts_with("郵便番号"), "{}", rig.focused());
}

/// Other keys of the same command are no habit behind a birth date: they leave the item in focus.
#[test]
fn only_enter_is_meant_for_the_birth_date() {
    for (map, key) in [("standard", "Tab"), ("standard", "Down"), ("emacs", "Ctrl+N"), ("vim", "Esc j")] {
        let mut rig = Rig::with(map, Lang::Ja);
        rig.keys(if map == "vim" { "o" } else { "F6" }).keys("o157 Enter");
        assert!(!rig.screen().contains("自動で次へ"), "{}", rig.screen());
        to(&mut rig, "生年月日");
        assert!(rig.screen().contains("7 桁は自動で次へ"), "{map}: {}", rig.screen());
        rig.keys("3500304").keys(key);
        assert!(rig.focused().starts_with("郵便番号"), "{map} {key}: {}", rig.screen());
        rig.keys("Up Enter");
        assert!(rig.focused().starts_with("郵便番号"), "{map} {key}: {}", rig.screen());
    }
}

/// In a request the next item takes digits: the hint promises nothing.
#[test]
fn the_hint_of_a_birth_date_says_whether_it_goes_on() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    to(&mut rig, "生年月日");
    assert!(
        rig.screen().contains("例 3500304  S50.3.4") && !rig.screen().contains("自動"),
        "{}",
        rig.screen()
    );
    rig.keys("3500304");
    assert!(rig.focused().starts_with("生年月日"), "{}", rig.screen());
}
