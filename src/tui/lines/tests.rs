//! What a person hears who types a report without seeing it, key by key through the whole program.
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
