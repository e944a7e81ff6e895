//! Signing in, being refused, the greeting, the menu, the lock.
use super::rig::{IDLE_S, PASSWORD, Rig};
use insta::assert_snapshot;
use uketsuke::tui::Ending;

#[test]
fn the_door_the_greeting_the_menu() {
    let (mut rig, secrets) = Rig::set_up();
    assert_snapshot!("door", rig.screen());
    rig.signs_in("2003", PASSWORD, &secrets[0]);
    assert_snapshot!("greeting_first_time", rig.screen());
    rig.keys("Enter");
    assert_snapshot!("menu_of_a_supervisor", rig.screen());
    rig.keys("9");
    assert_eq!(rig.player.app.ending(), Some(Ending::Quit));
}

#[test]
fn full_width_digits_are_digits() {
    let (mut rig, secrets) = Rig::set_up();
    rig.wait_s(60);
    let wide = |text: &str| -> String {
        text.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).expect("a full-width form")).collect()
    };
    let code = wide(&rig.code(&secrets[0]));
    rig.types(&wide("2003")).keys("Enter").types(PASSWORD).keys("Enter").types(&code).keys("Enter");
    assert!(rig.shows("利用を始めます"), "{}", rig.screen());
}

#[test]
fn a_refusal_says_what_to_do_and_clears_the_secrets() {
    let (mut rig, secrets) = Rig::set_up();
    rig.keys("2003 Enter").types("kono-pasuwado-wa-chigau").keys("Enter 123456 F12");
    assert_snapshot!("door_refused", rig.screen());
    rig.wait_s(60);
    let code = rig.code(&secrets[0]);
    rig.types(PASSWORD).keys("Enter").keys(&code).keys("F12");
    assert_snapshot!("greeting_after_a_failure", rig.screen());
}

#[test]
fn letters_in_the_number_and_empty_fields_never_reach_the_office() {
    let (mut rig, _) = Rig::set_up();
    rig.keys("x");
    assert!(rig.shows("ここは数字だけです。"), "{}", rig.screen());
    rig.player.keys("F12");
    assert!(rig.player.app.outgoing().is_empty());
    assert!(rig.shows("職員番号とパスワードを入れてください。"), "{}", rig.screen());
}

#[test]
fn while_the_office_works_keys_do_nothing() {
    let (mut rig, secrets) = Rig::set_up();
    rig.wait_s(60);
    let code = rig.code(&secrets[0]);
    rig.keys("2003 Enter").types(PASSWORD).keys("Enter").keys(&code);
    rig.player.keys("F12");
    assert!(rig.shows("確認しています"), "{}", rig.screen());
    rig.player.keys("F12 F3 x Enter F1");
    assert!(rig.shows("確認しています"));
    assert_eq!(rig.player.app.outgoing().len(), 1, "asked once");
    assert_eq!(rig.player.app.ending(), None);
}

#[test]
fn the_same_person_unlocks_into_the_work_another_into_a_fresh_panel() {
    let (mut rig, secrets) = Rig::set_up();
    rig.signs_in("2003", PASSWORD, &secrets[0]).keys("Enter 5 Down");
    let before = rig.player.text();
    rig.wait_s(IDLE_S + 1);
    assert_snapshot!("locked", rig.screen());
    rig.keys("F3");
    assert!(rig.shows("画面を閉じています"), "back leads nowhere from here");
    rig.signs_in("2003", PASSWORD, &secrets[0]);
    assert_eq!(rig.player.text(), before, "the work goes on where it was");
    rig.keys("F5");
    assert!(rig.shows("2004"), "and the new session answers");

    rig.wait_s(IDLE_S + 1).signs_in("2004", PASSWORD, &secrets[1]).keys("Enter");
    assert!(rig.shows("メニュー") && rig.shows("2004 仮沢 里"), "{}", rig.screen());
    rig.keys("F3");
    assert!(rig.shows("メニュー"), "nothing lies underneath");
}

#[test]
fn an_empty_counter_is_not_locked() {
    let (mut rig, _) = Rig::set_up();
    rig.keys("20").wait_s(3 * IDLE_S);
    assert!(rig.shows("利用者の確認") && !rig.shows("画面を閉じています"));
}
