//! The access log as supervisors see it: searching, who looked at a person, figures.
use uketsuke::text::Lang;
use uketsuke::tui::app::Incoming;
use uketsuke::tui::counter::News;
use uketsuke::tui::screens::places::Place;

use super::house::{CLERK, CONFIRMER, House, SUPERVISOR};
use super::sending::{ready_in, sent_off};

/// A sending was prepared and confirmed; a supervisor stands before the log.
fn before_the_log(lang: Lang) -> House {
    let (house, record) = ready_in("standard", lang);
    let mut house = sent_off(house, record);
    // The log itself stands behind the weekly queue.
    house.enter(SUPERVISOR, Place::Review).keys("L");
    house
}

#[test]
fn the_log_is_searched() {
    let mut house = before_the_log(Lang::Ja);
    house.keys("/");
    insta::assert_snapshot!("log_search", house.screen());
    house.keys("1 Enter 1077 Enter 照合 ");
    assert!(house.shows("当たる操作: 照合"), "{}", house.screen());
    house.keys("Enter R8.7.1 Enter Enter");
    insta::assert_snapshot!("log_search_filled", house.screen());
    house.keys("F12");
    insta::assert_snapshot!("log_found", house.screen());
    // Esc may be the beginning of a function key.
    house.keys("Esc").wait_us(1_000_000);
    house.pump();
    assert!(!house.shows("さがす条件") && house.shows("利用開始"), "{}", house.screen());
    // What cannot be meant is said where it stands, and what finds nobody leaves the list as it was.
    house.keys("/ Enter x Enter F12");
    assert!(house.shows("職員番号は1から8桁"), "{}", house.screen());
    house.keys("Ctrl+U Enter nanimo F12");
    assert!(house.shows("その名の操作はありません"), "{}", house.screen());
    house.keys("Ctrl+U Enter R8.7.9 Enter R8.7.1 F12");
    assert!(house.shows("終わりの日が始めより前"), "{}", house.screen());
    house.keys("Ctrl+U Up Ctrl+U Up Up Up 9999 F12");
    assert!(house.shows("見つかりません") && !house.shows("さがす条件"), "{}", house.screen());
    house.keys("/ F12");
    assert!(!house.shows("さがす条件"), "nothing is looked for: {}", house.screen());
}

#[test]
fn who_looked_at_a_person() {
    let mut house = before_the_log(Lang::Ja);
    house.keys("A");
    assert!(house.shows("受付の記録がある行で使えます"), "a sign-in is about nobody: {}", house.screen());
    house.keys("/ 1 F12 A");
    insta::assert_snapshot!("accesses", house.screen());
    house.keys("End");
    insta::assert_snapshot!("accesses_last", house.screen());
    house.keys("T");
    insta::assert_snapshot!("accesses_as_paper", house.screen());
    house.keys("Enter F3 F5");
    assert!(house.shows("見た人の印刷"), "that it was made is on record: {}", house.screen());
}

#[test]
fn the_log_as_figures() {
    let mut house = before_the_log(Lang::Ja);
    house.keys("S");
    insta::assert_snapshot!("figures_hours", house.screen());
    for (key, name) in [("2", "latency"), ("3", "pairs"), ("4", "checks"), ("5", "weeks")] {
        house.keys(key);
        insta::assert_snapshot!(format!("figures_{name}"), house.screen());
    }
    house.keys("Home 1");
    assert!(house.shows("この期間には何もありません"), "{}", house.screen());
    house.keys("End");
    assert!(house.shows("1042 仮田 一美"), "{}", house.screen());
    house.keys("F3");
    assert!(house.shows("利用記録の点検"), "{}", house.screen());
}

#[test]
fn a_check_says_how_far_it_is_and_is_broken_off() {
    let mut house = before_the_log(Lang::Ja);
    house.player.keys("V");
    assert!(house.shows("確かめています。0 / "), "{}", house.screen());
    house.player.feed(Incoming::News(News::RowsChecked(32_769)));
    insta::assert_snapshot!("log_checking", house.screen());
    // The office has not looked yet: it stops at its next look, and what was found so far is no result.
    house.player.keys("Esc");
    house.player.wait_us(1_000_000);
    assert!(house.shows("取りやめます"), "{}", house.screen());
    house.player.feed(Incoming::News(News::RowsChecked(65_537)));
    assert!(!house.shows("65537"), "{}", house.screen());
    house.pump();
    assert!(house.shows("取りやめました。") && house.shows("利用記録の点検"), "{}", house.screen());
    house.keys("V");
    assert!(!house.shows("利用記録の点検"), "the report: {}", house.screen());
}

#[test]
fn the_panels_of_the_log_in_english() {
    let mut house = before_the_log(Lang::En);
    for (keys, name) in
        [("/", "search"), ("1 F12", "found"), ("A", "accesses"), ("F3 S", "hours"), ("4", "checks")]
    {
        house.keys(keys);
        insta::assert_snapshot!(format!("english_log_{name}"), house.screen());
    }
}

/// A clerk's panel of a record has no way to it, a supervisor's has.
#[test]
fn from_the_record_itself() {
    let mut house = House::new();
    house.record();
    house.enter(CLERK, Place::Worklist).keys("Enter A");
    assert!(!house.shows("この人を見た人"), "{}", house.screen());
    house.enter(CONFIRMER, Place::Worklist).keys("Enter");
    assert!(house.shows("この人を見た人"), "{}", house.screen());
    house.keys("A");
    assert!(house.shows("記録を扱った者") && house.shows("1042 仮田 一美"), "{}", house.screen());
}
