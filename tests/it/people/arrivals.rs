//! Signing in, being refused, the greeting, the menu, the lock.
use super::rig::{IDLE_S, PASSWORD, Rig, setup, surroundings};
use insta::assert_snapshot;
use ratatui::layout::Size;
use std::sync::Arc;
use std::sync::mpsc::{channel, sync_channel};
use std::time::Duration;
use uketsuke::office::Office;
use uketsuke::text::Lang;
use uketsuke::tui::counter::{Request, spawn_office};
use uketsuke::tui::open::first_panel;
use uketsuke::tui::screens::lock::Lock;
use uketsuke::tui::screens::presence::Presence;
use uketsuke::tui::screens::sign_in::Porch;
use uketsuke::tui::script::reading;
use uketsuke::tui::{App, Ending, Incoming, Manner, Setup};

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

#[test]
fn an_exercise_says_so_on_every_panel() {
    let (rig, secrets) = Rig::set_up();
    let mut rig = rig.for_training();
    let marked = |rig: &Rig| {
        let title = rig.player.rows().first().cloned().unwrap_or_default();
        assert!(title.ends_with("  [訓練]"), "{title}");
    };
    marked(&rig);
    assert!(rig.shows("端末 T03  令和8年7月14日(火)  [訓練]"), "the title row makes room");
    rig.keys("F1");
    marked(&rig);
    rig.keys("Enter").signs_in("2003", PASSWORD, &secrets[0]);
    for keys in ["Enter", "5", "F6", "F3", "S"] {
        rig.keys(keys);
        marked(&rig);
    }
    rig.player.resize(60, 20);
    let title = rig.player.rows().first().cloned().unwrap_or_default();
    assert!(title.ends_with("[訓練]"), "{title}");
}

#[test]
fn an_office_that_panics_says_so() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let broken = surroundings(Arc::default(), || panic!("forms that cannot be read"));
    let office = Office::new(home.path(), broken);
    let mut rig = Rig::new();
    rig.player.app = App::new(
        first_panel(
            &office,
            Porch { terminal: String::new(), presence: Presence::default() },
            reading(0).wall,
        ),
        Box::new(Lock::new(Porch { terminal: String::new(), presence: Presence::default() })),
        setup(),
        Size::new(80, 24),
        reading(0),
    );
    rig.player.app.tick(reading(1));
    let (ticket, _) = rig.player.app.outgoing().pop().expect("the wizard asks for keys");
    let (inbox_sender, inbox) = sync_channel(4);
    let (requests, work) = channel();
    let thread = spawn_office(office, work, inbox_sender).expect("a thread");
    requests.send((ticket, Request::Forms)).expect("the office listens");
    let said = inbox.recv_timeout(Duration::from_secs(10)).expect("the office says that it is gone");
    assert!(matches!(said, Incoming::Stop(Ending::OfficeGone)));
    assert!(thread.join().is_err(), "it panicked");
}

/// The door for somebody who does not see it: items by name, nothing of the password, the refusal, the greeting.
#[test]
fn the_door_told_in_lines() {
    for (lang, name) in [(Lang::Ja, "lines_door_ja"), (Lang::En, "lines_door_en")] {
        let (mut rig, secrets) = Rig::set_up_with(Setup { manner: Manner::Lines, lang, ..setup() });
        rig.keys("2003 Enter");
        for c in PASSWORD.chars() {
            rig.player.keys(&c.to_string());
        }
        rig.keys("Backspace x Enter 123456 F12").wait_s(60);
        let code = rig.code(&secrets[0]);
        rig.types(PASSWORD).keys("Enter").keys(&code).keys("F12 Enter");
        let told = rig.player.take_told();
        assert!(!told.contains("kasa") && !told.contains('*'), "{told}");
        assert_snapshot!(name, told);
    }
}
