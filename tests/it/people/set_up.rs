//! The first start, from an empty directory to the first sign-in.
use super::rig::{PASSWORD, Rig, setup};
use insta::assert_snapshot;
use uketsuke::tui::Setup;
use uketsuke::tui::widgets::qr::Ambiguous;

/// The base32 groups of a token page.
pub fn base32(rig: &Rig) -> String {
    let is_group = |word: &&str| word.len() == 4 && word.chars().all(|c| matches!(c, 'A'..='Z' | '2'..='7'));
    let rows = rig.player.rows();
    let words: Vec<&str> = rows.iter().flat_map(|row| row.split_whitespace()).filter(is_group).collect();
    words.concat()
}

/// The groups that the page of an envelope shows, by number.
fn groups(rig: &Rig) -> Vec<(String, String)> {
    let rows = rig.player.rows();
    let first = rows.iter().position(|row| row.contains("AGE-SECRET-KEY-1")).expect("the page shows a key");
    let words: Vec<&str> = rows[first + 1..first + 4].iter().flat_map(|row| row.split_whitespace()).collect();
    words.chunks(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

/// The screen without the key, which differs in every run.
fn masked(rig: &Rig, groups: &[(String, String)]) -> String {
    let mut screen = rig.screen();
    for (number, group) in groups {
        screen = screen
            .replace(&format!("{number:>2} {group}"), &format!("{number:>2} {}", "#".repeat(group.len())));
    }
    screen
}

fn supervisor(rig: &mut Rig, number: &str, name: &str) -> String {
    rig.keys(number).keys("Enter").types(name).keys("Enter").types("感染症対策係").keys("Enter");
    rig.types(PASSWORD).keys("Enter").types(PASSWORD).keys("Enter");
    let secret = base32(rig);
    assert_eq!(secret.len(), 32, "{}", rig.screen());
    secret
}

fn envelope(rig: &mut Rig, snapshot: bool) {
    let groups = groups(rig);
    assert_eq!(groups.len(), 15);
    if snapshot {
        assert_snapshot!("wizard_envelope", masked(rig, &groups));
    }
    rig.keys("Enter");
    let asked: Vec<String> = rig
        .player
        .rows()
        .iter()
        .filter_map(|row| Some(row.trim_start().split_once(" 番の組")?.0.to_owned()))
        .collect();
    assert_eq!(asked.len(), 2, "{}", rig.screen());
    let group = |wanted: &str| groups.iter().find(|(n, _)| n == wanted).expect("a shown group").1.clone();
    if snapshot {
        let wrong = if group(&asked[0]).starts_with('Q') { "PPPP" } else { "QQQQ" };
        rig.types(wrong).keys("Enter").types(&group(&asked[1])).keys("Enter");
        assert!(rig.shows("紙と一致しません"), "{}", rig.screen());
        rig.types(&group(&asked[0]).to_lowercase()).keys("Enter Enter");
    } else {
        rig.types(&group(&asked[0])).keys("Enter").types(&group(&asked[1])).keys("Enter");
    }
}

#[test]
fn an_empty_machine_becomes_an_office() {
    let mut rig = Rig::new();
    assert_snapshot!("wizard_office", rig.screen());
    rig.keys("Enter");
    assert!(rig.shows("役所の名前を入れてください。"));
    rig.types("見本保健所").keys("Enter");
    assert_snapshot!("wizard_person", rig.screen());

    let first = supervisor(&mut rig, "2003", "例山 治");
    assert_snapshot!("wizard_token", rig.screen());
    rig.keys("000000 Enter");
    assert!(rig.shows("確認コードが違います"), "{}", rig.screen());
    let code = rig.code(&first);
    rig.keys(&code).keys("Enter");

    // Back and forth: what was typed is still there, and the first number cannot be taken twice.
    rig.keys("F3 F3");
    assert!(rig.shows("例山 治"), "{}", rig.screen());
    rig.keys("Enter Enter Enter Enter Enter");
    let code = rig.code(&first);
    rig.keys(&code).keys("Enter");
    rig.keys("2003 Enter").types("仮沢 里").keys("Enter Enter").types(PASSWORD).keys("Enter").types(PASSWORD);
    rig.keys("Enter");
    assert!(rig.shows("この職員番号は使われています"), "{}", rig.screen());
    rig.keys("Ctrl+U 2004 Enter Enter Enter Enter Enter");
    let second = base32(&rig);
    assert_ne!(first, second);
    let code = rig.code(&second);
    rig.keys(&code).keys("Enter");

    envelope(&mut rig, true);
    envelope(&mut rig, false);
    envelope(&mut rig, false);
    assert_snapshot!("wizard_summary", rig.screen());
    rig.keys("Enter");
    assert!(rig.shows("内容の確かめ"), "Enter does not write");
    rig.player.keys("F12");
    assert!(rig.shows("書き込んでいます"), "{}", rig.screen());
    rig.settle();
    let slip = rig.screen();
    assert!(slip.contains("最初の控え") && slip.contains("件数 1"), "{slip}");
    let is_group = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    assert_eq!(slip.split_whitespace().filter(is_group).count(), 14, "{slip}");
    rig.keys("Enter");
    assert!(rig.shows("初期設定が終わりました"), "{}", rig.screen());

    rig.signs_in("2003", PASSWORD, &first);
    assert!(rig.shows("見本保健所  例山 治"), "{}", rig.screen());
    rig.keys("Enter 8").signs_in("2004", PASSWORD, &second);
    assert!(rig.shows("見本保健所  仮沢 里"), "{}", rig.screen());
}

#[test]
fn bad_passwords_stop_at_the_page() {
    let mut rig = Rig::new();
    rig.types("見本保健所").keys("Enter 2003 Enter").types("例山 治").keys("Enter Enter");
    rig.types("mijikai").keys("Enter").types("mijikai").keys("Enter");
    assert!(rig.shows("15文字以上"), "{}", rig.screen());
    rig.types(PASSWORD).keys("Enter").types("kasa-ga-nai-to-nurete").keys("Enter");
    assert!(rig.shows("2 回のパスワードが違います"), "{}", rig.screen());
}

#[test]
fn leaving_asks() {
    let mut rig = Rig::new();
    rig.keys("F3");
    assert_snapshot!("wizard_leave", rig.screen());
    rig.keys("Enter N");
    assert!(rig.shows("役所の名前"));
    rig.keys("Esc").wait_s(1).keys("Y");
    assert_eq!(rig.player.app.ending(), Some(uketsuke::tui::Ending::Quit));
}

/// Whether a character is on the screen whose width differs between terminals.
fn has_blocks(rig: &Rig) -> bool {
    rig.player.text().contains(['\u{2580}', '\u{2584}', '\u{2588}'])
}

#[test]
fn a_terminal_with_wide_blocks_gets_the_text() {
    let mut rig = Rig::with(Setup { ambiguous: Ambiguous::Wide, ..setup() });
    rig.types("見本保健所").keys("Enter");
    let secret = supervisor(&mut rig, "2003", "例山 治");
    assert!(!has_blocks(&rig));
    assert_snapshot!("wizard_token_as_text", rig.screen());
    let code = rig.code(&secret);
    rig.keys(&code).keys("Enter");
    assert!(rig.shows("2 人目の点検者"), "{}", rig.screen());
}

#[test]
fn a_large_window_gets_a_picture_without_doubtful_characters() {
    let mut rig = Rig::new();
    rig.types("見本保健所").keys("Enter");
    supervisor(&mut rig, "2003", "例山 治");
    assert!(has_blocks(&rig));
    rig.player.resize(130, 50);
    assert!(!has_blocks(&rig) && rig.shows("図を読み取るか"), "{}", rig.player.text());
    assert_eq!(base32(&rig).len(), 32);
}
