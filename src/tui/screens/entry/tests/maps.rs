//! One report in every keymap, and the screens that look different in them.
use super::{INSTITUTION, only_record};
use crate::keymap::Command;
use crate::text::Lang;
use crate::tui::screens::rig::Rig;

fn vim() -> Rig {
    let mut rig = Rig::with("vim", Lang::Ja);
    rig.keys("o o157 Enter");
    rig
}

/// The reference case in vi keys: a page opens for typing, commands come from normal mode.
#[test]
fn a_report_is_typed_in_the_vi_map() {
    let mut rig = vim();
    assert!(rig.screen().contains("-- 挿入 --  英数で入力"), "{}", rig.screen());
    insta::assert_snapshot!("vim_insert", rig.screen());
    for text in INSTITUTION {
        rig.text(text).keys("Enter");
    }
    rig.keys("Enter 1").text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter");
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 9-99-99 Enter 0300000123 Enter Enter");
    rig.keys("1235 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter");
    rig.keys("2 1 焼肉店での喫食 Enter 2 1 Enter Esc");
    rig.wait_s(1);
    assert!(rig.screen().contains("-- 標準 --"), "{}", rig.screen());
    insta::assert_snapshot!("vim_normal", rig.screen());
    rig.keys(":w");
    insta::assert_snapshot!("vim_palette", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("Enter で登録"), "the same last question as F12: {}", rig.screen());
    assert_eq!(only_record(&mut rig).version, 0);
    rig.keys("Enter");
    assert!(rig.screen().contains("0001 を登録しました。^Z で"), "{}", rig.screen());
    rig.keys("u ZZ");
    assert!(
        rig.screen().contains("発生届 0001"),
        "taken back, and characters are text again: {}",
        rig.screen()
    );
    rig.keys("Esc ZZ Enter");
    assert_eq!(only_record(&mut rig).version, 2, "{}", rig.screen());
    rig.keys(":0001 Enter");
    assert!(rig.screen().contains("届出") && !rig.screen().contains("受付一覧"), "{}", rig.screen());
}

#[test]
fn normal_mode_moves_and_edits() {
    let mut rig = vim();
    rig.keys("0012 Enter kakuu Esc");
    rig.keys("j");
    assert!(rig.focused().starts_with("医療機関の所在地"), "{}", rig.focused());
    rig.keys("kk");
    assert!(rig.focused().starts_with("医療機関番号"), "{}", rig.focused());
    rig.keys("2j");
    assert!(rig.focused().starts_with("医療機関の所在地"), "{}", rig.focused());
    rig.keys("gg");
    assert!(rig.focused().starts_with("医療機関番号"), "{}", rig.focused());
    rig.keys("jo");
    rig.text("tokyo");
    assert!(rig.row("医療機関の所在地").contains("[tokyo"), "o types in the next item: {}", rig.screen());
    assert!(rig.row("届出医療機関").contains("kakuu"), "nothing typed in normal mode: {}", rig.screen());
    rig.keys("Esc x");
    assert!(rig.focused().contains("[toky "), "the last character, as in vi: {}", rig.focused());
    rig.keys("u");
    assert!(rig.focused().contains("[tokyo "), "u: {}", rig.screen());
    rig.keys("0");
    assert_eq!(rig.player.caret().x, 27);
    rig.keys("D");
    assert!(rig.focused().contains("[      "), "{}", rig.focused());
    rig.keys("u $ X");
    assert!(rig.focused().contains("[toko "), "{}", rig.focused());
    rig.keys("cc");
    rig.text("osaka").keys("Esc u");
    assert!(!rig.focused().contains("osaka"), "u takes the typing back: {}", rig.focused());
    rig.keys("dd");
    assert!(rig.focused().contains("[      "), "{}", rig.focused());
    rig.keys("G");
    let last = rig.focused();
    rig.keys("[[ [[ ]e");
    assert!(rig.row("医師").starts_with('>') || rig.focused() != last, "{}", rig.screen());
}

/// The input method may have been left on; Esc again and again changes nothing.
#[test]
fn full_width_letters_are_commands_too() {
    let mut rig = vim();
    rig.keys("0012 Esc Esc Esc");
    rig.wait_s(1);
    assert!(rig.focused().contains("[0012"), "Esc does not take back in normal mode: {}", rig.focused());
    rig.text("\u{FF4A}\u{FF4A}");
    assert!(rig.focused().starts_with("医療機関の所在地"), "{}", rig.focused());
    rig.text("\u{FF47}\u{FF47}");
    assert!(rig.focused().starts_with("医療機関番号"), "{}", rig.focused());
    rig.text("仮あ?");
    assert!(rig.screen().contains("ヘルプ"), "{}", rig.screen());
    rig.keys("q");
    assert!(rig.focused().contains("[0012 "), "never text: {}", rig.focused());
    rig.text("\u{FF1A}\u{FF51}").keys("Enter");
    assert!(rig.screen().contains("受付一覧"), "{}", rig.screen());
}

/// Behaviour 18 in all maps: Esc and a digit is an F-key also where Esc alone leaves the insert mode.
#[test]
fn esc_and_a_digit_is_a_function_key_in_every_map() {
    for map in ["standard", "vim", "emacs"] {
        let mut rig = Rig::with(map, Lang::Ja);
        rig.keys("F6 o157 Enter 0012 Esc 9");
        assert!(rig.screen().contains("誤り・未入力"), "{map}: {}", rig.screen());
        rig.keys("Esc 3");
        assert!(rig.focused().contains("[0012"), "{map}: {}", rig.focused());
        rig.keys("9 Esc");
        rig.wait_s(1);
        let reverted = if map == "vim" { "[00129 " } else { "[0012 " };
        assert_eq!(rig.focused().contains("[0012 "), map != "vim", "{map}: {}", rig.focused());
        assert!(map != "vim" || rig.focused().contains(reverted), "{}", rig.focused());
    }
}

#[test]
fn a_report_is_typed_in_the_emacs_map() {
    let mut rig = Rig::with("emacs", Lang::Ja);
    rig.keys("Ctrl+X Ctrl+F o157 Enter");
    insta::assert_snapshot!("emacs_form", rig.screen());
    rig.keys("0012 Ctrl+X");
    insta::assert_snapshot!("emacs_prefix", rig.screen());
    rig.keys("Ctrl+G");
    assert!(rig.focused().contains("[0012"), "gives up the prefix only: {}", rig.focused());
    rig.keys("9 Ctrl+7");
    assert!(!rig.focused().contains("[00129"), "behaviour 13: {}", rig.focused());
    rig.keys("Ctrl+U 0012 Ctrl+N").text("kakuu").keys("Esc a");
    assert_eq!(rig.player.caret().x, 27, "at the beginning");
    rig.keys("Ctrl+D Ctrl+E Ctrl+P Ctrl+N");
    assert!(rig.focused().contains("[akuu"), "{}", rig.focused());
    rig.keys("Ctrl+X s");
    assert!(rig.focused().starts_with("医療機関の所在地"), "the first that is missing: {}", rig.focused());
    rig.keys("Esc x check Enter");
    assert!(rig.screen().contains("誤り・未入力"), "{}", rig.screen());
    rig.keys("Ctrl+G Ctrl+X k");
    assert!(rig.screen().contains("受付一覧"), "{}", rig.screen());
}

/// The number on the paper, or a part of the label.
#[test]
fn an_item_is_found_by_its_number_or_label() {
    let mut rig = Rig::with("standard", Lang::Ja);
    rig.keys("F6 o157 Enter Ctrl+G");
    insta::assert_snapshot!("finding", rig.screen());
    rig.keys("生年 Enter");
    assert!(rig.focused().starts_with("生年月日"), "{}", rig.focused());
    rig.keys("Ctrl+G");
    rig.text("どこにもない").keys("Enter");
    assert!(
        rig.screen().contains("合う項目がありません。用紙の番号か、項目名の一部でさがします。"),
        "{}",
        rig.screen()
    );
    assert!(rig.focused().starts_with("生年月日"));
    rig.keys("Ctrl+R");
    assert!(rig.focused().starts_with("性別"), "the one before that is missing: {}", rig.focused());
    let mut rig = vim();
    rig.keys("Esc G");
    let last = rig.focused();
    rig.wait_s(1);
    rig.keys("11G");
    assert_ne!(rig.focused(), last);
}

/// F2 on the help goes round, and everything on it follows.
#[test]
fn the_help_is_made_from_the_map_and_switches_it() {
    let mut rig = Rig::with("standard", Lang::Ja);
    rig.keys("F1");
    insta::assert_snapshot!("help_worklist_standard", rig.screen());
    rig.keys("F2");
    insta::assert_snapshot!("help_worklist_vim", rig.screen());
    rig.keys("F2");
    insta::assert_snapshot!("help_worklist_emacs", rig.screen());
    rig.keys("Enter Ctrl+X Ctrl+F o157 Enter F1 F2 F2");
    insta::assert_snapshot!("help_form_vim", rig.screen());
    rig.keys("q Esc j");
    assert!(rig.focused().starts_with("届出医療機関"), "the map is in use below: {}", rig.focused());
    rig.keys(":keys Enter");
    assert!(rig.screen().contains("キー操作: Emacs 風 (F2で切替)"), "{}", rig.screen());
}

/// No row of the help is cut: what it says about a key is whole in both languages and all maps.
#[test]
fn nothing_in_the_help_is_cut() {
    for map in crate::keymap::Keymaps::default().all() {
        for command in Command::ALL {
            for context in command.contexts() {
                let keys: Vec<String> = map
                    .keys_of(*command, &[*context])
                    .map(|keys| crate::keymap::rules::joined(keys.iter().copied()))
                    .collect();
                assert!(keys.join("  ").len() <= 26, "{} in {}: {keys:?}", command.id(), map.name());
            }
        }
    }
}

#[test]
fn the_main_screens_in_english() {
    let mut rig = Rig::with("standard", Lang::En);
    insta::assert_snapshot!("english_worklist", rig.screen());
    rig.keys("F3");
    insta::assert_snapshot!("english_menu", rig.screen());
    rig.keys("F3 F6");
    insta::assert_snapshot!("english_picker", rig.screen());
    rig.keys("o157 Enter");
    insta::assert_snapshot!("english_entry", rig.screen());
    rig.keys("F8");
    insta::assert_snapshot!("english_entry_choices", rig.screen());
    rig.keys("F9");
    insta::assert_snapshot!("english_problems", rig.screen());
    rig.keys("F3 F1");
    insta::assert_snapshot!("english_help", rig.screen());
    rig.keys("Enter Ctrl+P");
    insta::assert_snapshot!("english_palette", rig.screen());
}

#[test]
fn the_worklist_in_every_map() {
    for map in ["vim", "emacs"] {
        let rig = Rig::with(map, Lang::Ja);
        insta::assert_snapshot!(format!("worklist_{map}"), rig.screen());
    }
}
