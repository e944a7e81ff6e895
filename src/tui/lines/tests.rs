//! What a person hears who types a report without seeing it, key by key through the whole program.
use super::{Again, Spoken, Teller, Typed};
use crate::text::Lang;
use crate::tui::screens::rig::Rig;

/// Each word of the script pressed, and what was told after it.
fn told(rig: &mut Rig, script: &str) -> String {
    rig.player.take_told();
    let mut account = String::new();
    for word in script.split(' ').filter(|word| !word.is_empty()) {
        rig.keys(word);
        account.push_str(&format!("<{word}>\n{}", rig.player.take_told()));
        if !account.ends_with('\n') {
            account.push('\n');
        }
    }
    account
}

#[test]
fn a_whole_report() {
    for (lang, name) in [(Lang::Ja, "report_ja"), (Lang::En, "report_en")] {
        let mut rig = Rig::telling("standard", lang);
        let opened = rig.player.take_told();
        let typed = told(
            &mut rig,
            "F6 o 1 5 7 Enter 0012 Enter 架空総合病院 Enter 東京都千代田区永田町9-99-99 Enter 0300000120 Enter \
             仮田 Enter Enter 1 karino Enter 仮野 Enter 2 3500304 調理員 Enter 1000014 Enter 東京都 Enter \
             0300000123 Enter Enter 1 2 3 5 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter 2 1 \
             焼肉店 Enter 2 1 Enter F12 Enter",
        );
        insta::assert_snapshot!(name, format!("{opened}{typed}"));
    }
}

fn telling(lang: Lang) -> Rig {
    Rig::telling("standard", lang)
}

/// Where a report is typed, after these keys.
fn in_report(lang: Lang, keys: &str) -> Rig {
    let mut rig = telling(lang);
    rig.keys("F6 o157 Enter").keys(keys);
    rig
}

#[test]
fn a_date_that_does_not_exist_is_said_again_at_every_try() {
    for (lang, name, item) in [(Lang::Ja, "error_ja", "初診"), (Lang::En, "error_en", "visit")] {
        let mut rig = in_report(lang, &format!("Ctrl+G {item} Enter"));
        insta::assert_snapshot!(
            name,
            told(&mut rig, "0231 Enter Enter Ctrl+U 7 1 1 Backspace Backspace Enter")
        );
    }
}

#[test]
fn answers_stand_on_lines_of_their_own() {
    for (lang, name, item) in [(Lang::Ja, "choice_ja", "性別"), (Lang::En, "choice_en", "Sex")] {
        let mut rig = in_report(lang, &format!("Ctrl+G {item} Enter"));
        insta::assert_snapshot!(name, told(&mut rig, "7 2 Up Ctrl+Z F5"));
    }
}

#[test]
fn the_worklist_and_the_facts_of_arrival() {
    for (lang, name) in [(Lang::Ja, "worklist_ja"), (Lang::En, "worklist_en")] {
        let mut rig = telling(lang);
        rig.keys("F6 o157 Enter 0012 Enter 架空総合病院 F3 F6 haien Enter F3");
        let script =
            "Up Down Down 0 0 0 1 F3 / kari Esc F6 F2 1 2 Enter 912 Enter Esc F3 2 F3 Ctrl+P shu Esc";
        insta::assert_snapshot!(name, told(&mut rig, script));
    }
}

#[test]
fn what_is_wrong_before_registering() {
    for (lang, name) in [(Lang::Ja, "problems_ja"), (Lang::En, "problems_en")] {
        let mut rig = in_report(lang, "0012 Enter 架空総合病院 Enter");
        insta::assert_snapshot!(name, told(&mut rig, "F12 F9 Down End Enter Ctrl+L"));
    }
}

#[test]
fn the_help_is_said_whole_and_the_form_is_not_said_again() {
    let mut rig = in_report(Lang::Ja, "0012 Enter");
    let help = told(&mut rig, "F1");
    assert!(help.lines().count() > 30 && help.contains("F12, 登録") && !help.contains("  "), "{help}");
    let back = told(&mut rig, "Enter");
    assert_eq!(back.lines().count(), 3, "the title and the item, not the whole form: {back}");
}

#[test]
fn moving_in_a_text_says_where_the_caret_is() {
    let mut rig = in_report(Lang::Ja, "Enter");
    let account = told(&mut rig, "架空病院 Left Left Home End Home Delete x Ctrl+U a");
    insta::assert_snapshot!("caret", account);
}

#[test]
fn the_mode_is_said_when_it_changes() {
    let mut rig = Rig::telling("vim", Lang::En);
    rig.keys("F6 o157 Enter Enter");
    assert!(!told(&mut rig, "ab").contains("INSERT"), "known since the form came up");
    rig.keys("Esc");
    rig.wait_s(1);
    let normal = rig.player.take_told();
    assert!(normal.contains("NORMAL\n") && !normal.contains("--"), "{normal}");
    assert!(
        told(&mut rig, "a").contains("INSERT\nReporting institution"),
        "and the item is ready to be typed in"
    );
}

/// What is drawn under an item is told line by line, with the digit that chooses it.
#[test]
fn candidates_are_lines() {
    let mut rig = in_report(Lang::Ja, "Ctrl+G よみ Enter karino");
    let offered = told(&mut rig, "Enter");
    assert!(offered.contains("\n1 苅野\n2 狩野\n氏名: 1-9 で選ぶ"), "{offered}");
    assert!(offered.trim_end().ends_with("氏名, 必須, 28中9:"), "{offered}");
    let chosen = told(&mut rig, "2");
    assert!(chosen.contains("狩野"), "{chosen}");
}

/// Nothing is said without a cause: not by time, not by the window.
/// Two items may have one label: where the focus is now is told all the same.
#[test]
fn items_of_one_label_are_told_apart_by_their_place() {
    let at = |place: usize| {
        let typed = Typed { label: "状況".into(), note: String::new(), text: String::new(), caret: 0 };
        Spoken { typed: Some(typed), place: Some((place, 40)), ..Spoken::default() }
    };
    let mut teller = Teller::default();
    teller.tell(at(5), Again::Panel, Lang::Ja);
    assert_eq!(teller.tell(at(5), Again::Changes, Lang::Ja), "");
    assert!(teller.tell(at(6), Again::Changes, Lang::Ja).contains("40中6"));
}

#[test]
fn silence() {
    let mut rig = in_report(Lang::Ja, "Enter 架空");
    rig.player.take_told();
    rig.wait_s(60);
    rig.player.resize(40, 10);
    assert_eq!(rig.player.take_told(), "");
    rig.text("病");
    assert_eq!(rig.player.take_told(), "病", "typing goes on at the end of the line, also in a small window");
}

#[test]
fn lines_are_text_and_nothing_else() {
    let mut rig = in_report(Lang::En, "0012 Enter 架空総合病院 Enter F9 Down Enter F1 Enter Ctrl+P a Esc F3");
    rig.keys("F1 Esc F3 F3");
    let all = std::mem::take(&mut rig.player.told);
    let controls: Vec<String> =
        all.replace("\r\n", "").chars().filter(|c| c.is_control()).map(|c| format!("{c:?}")).collect();
    assert_eq!(controls, [""; 0], "no escape, no bell, no backspace, no bare line feed");
}
