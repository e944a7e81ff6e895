//! A form of which the site wants the disease named twice.
use crate::office::ops::{self, ListRecords, RecordState};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;

const TWICE: (&str, &str) = (
    "overlays/twice.toml",
    "id = \"twice\"\nversion = 1\nforms = [\"ehec@1\"]\nsource = \"a decision of this office\"\nsecond_entry = true\n",
);

/// The reference case up to F12.
fn keyed_once() -> Rig {
    let mut rig = Rig::of_site(&[TWICE]);
    rig.keys("F6 o157 Enter");
    for text in ["0012", "架空総合病院", "東京都千代田区永田町9-99-99", "0300000120", "仮田 一郎"]
    {
        rig.text(text).keys("Enter");
    }
    rig.keys("Enter 1").text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter");
    rig.keys("2 3500304 調理員 Enter 1000014 Enter 東京都千代田区永田町9-99-99 Enter 0300000123 Enter Enter");
    rig.keys("1235 Enter 1 1 157 Enter 7 Enter 2 3 11 Enter Enter 6 Enter 9 Enter");
    rig.keys("2 1 焼肉店での喫食 Enter 2 1 Enter F12");
    rig
}

fn state(rig: &mut Rig) -> RecordState {
    match rig.ask(Seat::Main, ListRecords) {
        ops::Reply::ListRecords(Ok(page)) => page.lines.into_iter().next().expect("one").state,
        _ => panic!("the list can be read"),
    }
}

#[test]
fn the_same_disease_by_another_word_goes_on() {
    let mut rig = keyed_once();
    insta::assert_snapshot!("naming", rig.screen());
    assert!(!rig.screen().contains("腸管出血性"), "blind: {}", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("見つかりません"), "nothing is no disease: {}", rig.screen());
    rig.text("ちょうかん").keys("Enter");
    assert!(rig.screen().contains("検査の結果"), "{}", rig.screen());
    rig.keys("Enter");
    assert_eq!(state(&mut rig), RecordState::Registered);
}

#[test]
fn another_disease_is_not_registered_under_this_one() {
    let mut rig = keyed_once();
    rig.keys("asekka Enter");
    assert!(rig.screen().contains("見つかりません"), "{}", rig.screen());
    rig.keys("Backspace Backspace Backspace Backspace Backspace Backspace hyakunichi Enter");
    insta::assert_snapshot!("differs", rig.screen());
    rig.keys("2");
    assert!(rig.screen().contains("F6 で新しく受け付けてください: 百日咳"), "{}", rig.screen());
    assert!(state(&mut rig) != RecordState::Registered);
    rig.keys("F12");
    assert!(rig.screen().contains("二度目の入力 疾患"), "asked again: {}", rig.screen());
}

#[test]
fn a_third_look_may_find_the_first_right_or_neither() {
    let mut rig = keyed_once();
    rig.keys("hyakunichi Enter 3");
    assert!(!rig.screen().contains("百日咳"), "empty again: {}", rig.screen());
    rig.keys("hyakunichi Enter 9 1");
    assert!(rig.screen().contains("検査の結果"), "{}", rig.screen());
}

/// The first of several is what a hurried eye took the first time, too.
#[test]
fn a_word_that_means_several_names_none() {
    let mut rig = keyed_once();
    for (word, said) in
        [("0", "見つかりません"), ("03", "見つかりません"), ("腸", "2 件が当てはまります"), ("cho", "2 件が")]
    {
        rig.text(word).keys("Enter");
        assert!(rig.screen().contains(said), "{word}: {}", rig.screen());
        rig.keys("Ctrl+U");
    }
    rig.text("O157").keys("Enter");
    assert!(rig.screen().contains("検査の結果"), "{}", rig.screen());
}
