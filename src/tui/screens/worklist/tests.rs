//! The worklist and the picker on the screen.
use crate::office::Reason;
use crate::office::ops;
use crate::tui::app::Incoming;
use crate::tui::counter::{Reply, Request};
use crate::tui::screen::Ticket;
use crate::tui::screens::rig::Rig;
use crate::tui::script::named;

#[test]
fn an_empty_house() {
    let rig = Rig::at_worklist();
    insta::assert_snapshot!("worklist_empty", rig.screen());
}

#[test]
fn lines_of_the_day() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157 Enter 0012 Enter 架空総合病院 F3 F6 haien Enter F3 F6 jitaku Enter");
    rig.text("karino").keys("Enter F3");
    insta::assert_snapshot!("worklist", rig.screen());
    rig.keys("/ kari");
    insta::assert_snapshot!("worklist_search", rig.screen());
    rig.keys("Ctrl+C 0001");
    assert!(rig.screen().contains("発生届 0001"), "{}", rig.screen());
    rig.keys("F3 0009");
    assert!(rig.screen().contains("番号 0009 は一覧にありません。"), "{}", rig.screen());
}

/// The counters are counted when lines arrive; a new day makes some of them late without any line arriving.
#[test]
fn a_new_day_counts_again() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157 Enter 0012 Enter F3");
    assert!(rig.screen().contains("入力中 1") && rig.screen().contains("期限切れ 0"), "{}", rig.screen());
    rig.wait_s(24 * 3600);
    rig.keys("Down");
    assert!(rig.screen().contains("期限切れ 1"), "{}", rig.screen());
}

/// Behaviour 28.
#[test]
fn one_disease_is_found_in_many_ways() {
    for query in ["o157", "ちょうかん", "cho", "031", "腸"] {
        let mut rig = Rig::at_worklist();
        rig.keys("F6").text(query);
        assert!(rig.focused().contains("腸管出血性大腸菌感染症"), "{query}: {}", rig.screen());
    }
    let mut rig = Rig::at_worklist();
    rig.keys("F6 cho1");
    assert!(rig.screen().contains("発生届 0001"), "a digit that finds nothing decides: {}", rig.screen());
}

#[test]
fn the_picker_and_the_facts_of_arrival() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6");
    insta::assert_snapshot!("picker", rig.screen());
    rig.keys("F2");
    insta::assert_snapshot!("picker_channel", rig.screen());
    rig.keys("1 2 Enter 2500 Enter");
    assert!(rig.screen().contains("読めません"), "{}", rig.screen());
    rig.keys("Ctrl+U 912 Enter");
    assert!(rig.screen().contains("受付  FAX 2枚  07-14 09:12"), "{}", rig.screen());
    rig.keys("o157 Enter F3");
    assert!(rig.focused().contains("0001 09:12 FAX"), "{}", rig.screen());
}

/// What stands in the heading is what stands below it: calls and contacts are part of their case.
#[test]
fn the_heading_counts_the_rows() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    rig.text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter 2 3500304 Enter 0300000123 Enter");
    rig.keys("1 Enter 1 1 F12 Enter 0001 F6 kenkou Enter 1830 Enter 2 Enter F12 Enter F3");
    assert!(rig.screen().contains("[すべて 1]"), "{}", rig.screen());
    assert!(rig.screen().contains("1/1 件"), "{}", rig.screen());
}

#[test]
fn the_selection_stays_on_its_record() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 o157 Enter F3 F6 fuushin Enter F3 F6 mashin Enter F3 F5 Home Down");
    assert!(rig.focused().contains("0002"), "{}", rig.screen());
    rig.keys("F6 o157 Enter F3");
    assert!(rig.focused().contains("0002"), "begun and left\n{}", rig.screen());
    rig.keys("Enter F3");
    assert!(rig.focused().contains("0002"), "opened and left\n{}", rig.screen());
}

/// Several people of one name are looked at one after the other.
#[test]
fn a_search_is_still_there_after_a_look_at_what_it_found() {
    let mut rig = Rig::at_worklist();
    for _ in 0..3 {
        rig.keys("F6 jitaku Enter").text("karino").keys("Enter F3");
    }
    rig.keys("F6 jitaku Enter").text("mihon").keys("Enter F3");
    rig.keys("/ kari").keys("Enter");
    assert!(rig.screen().contains("0001") && !rig.screen().contains("0004"), "{}", rig.screen());
    assert!(rig.focused().contains("0003"), "the first of them\n{}", rig.screen());
    rig.keys("Down Enter F3");
    assert!(!rig.screen().contains("0004"), "{}", rig.screen());
    assert!(rig.focused().contains("0002"), "{}", rig.screen());
    rig.keys("Ctrl+C");
    assert!(rig.screen().contains("0004"), "{}", rig.screen());
}

#[test]
fn the_clock_in_the_heading_goes_on() {
    let mut rig = Rig::at_worklist();
    rig.keys("F3");
    rig.wait_s(600);
    rig.keys("F3");
    assert!(rig.player.rows()[0].contains("09:42"), "{}", rig.screen());
}

/// Two of one name, two of others.
fn four_lines() -> Rig {
    let mut rig = Rig::at_worklist();
    for name in ["karino", "karino", "mihon", "kasou"] {
        rig.keys("F6 jitaku Enter").text(name).keys("Enter F3");
    }
    rig
}

/// Presses the key and keeps what it asks the office.
fn asked(rig: &mut Rig, key: &str) -> (Ticket, Request) {
    rig.press_unanswered(named(key));
    rig.player.app.outgoing().pop().expect("it asks the office")
}

fn answer(rig: &mut Rig, (ticket, request): (Ticket, Request)) {
    let reply = rig.office.serve(ticket, request);
    rig.player.feed(reply);
}

#[track_caller]
fn assert_shows(rig: &Rig, heading: &str, numbers: &[&str]) {
    let shown = rig.screen();
    assert!(shown.contains(heading), "{heading}\n{shown}");
    for number in ["0001", "0002", "0003", "0004"] {
        assert_eq!(shown.contains(number), numbers.contains(&number), "{number}\n{shown}");
    }
}

const ALL: &[&str] = &["0001", "0002", "0003", "0004"];

/// The heading speaks of the lines below it, not of what was asked in vain.
#[test]
fn a_question_without_an_answer_leaves_heading_and_lines() {
    let busy = |reply: fn(Reason) -> ops::Reply| Reply::Performed(Box::new(reply(Reason::Busy)));
    for nobody in [true, false] {
        let mut rig = four_lines();
        rig.keys("/ kari");
        let (ticket, _) = asked(&mut rig, "Enter");
        let refused = || busy(|reason| ops::Reply::SearchRecords(Err(reason)));
        let reply = if nobody { Reply::NobodyThere } else { refused() };
        rig.player.feed(Incoming::Reply(ticket, reply, None));
        assert_shows(&rig, "すべて 4", ALL);

        rig.keys("/ kari Enter");
        assert_shows(&rig, "さがした結果 2 件", &["0001", "0002"]);
        let (ticket, _) = asked(&mut rig, "F5");
        let refused = || busy(|reason| ops::Reply::ListRecords(Err(reason)));
        let reply = if nobody { Reply::NobodyThere } else { refused() };
        rig.player.feed(Incoming::Reply(ticket, reply, None));
        assert_shows(&rig, "さがした結果 2 件", &["0001", "0002"]);
        rig.keys("F5");
        assert_shows(&rig, "すべて 4", ALL);
    }
}

#[test]
fn a_late_answer_does_not_replace_a_newer_one() {
    let mut rig = four_lines();
    rig.keys("/ kari");
    let first = asked(&mut rig, "Enter");
    rig.keys("/").text("mihon");
    let second = asked(&mut rig, "Enter");
    answer(&mut rig, second);
    assert_shows(&rig, "さがした結果 1 件", &["0003"]);
    answer(&mut rig, first);
    assert_shows(&rig, "さがした結果 1 件", &["0003"]);

    let all = asked(&mut rig, "F5");
    rig.keys("/").text("kasou");
    let last = asked(&mut rig, "Enter");
    answer(&mut rig, all);
    assert_shows(&rig, "さがした結果 1 件", &["0003"]);
    answer(&mut rig, last);
    assert_shows(&rig, "さがした結果 1 件", &["0004"]);
}

/// What was asked last is what a return asks again, also when its answer is still on the way.
#[test]
fn esc_takes_a_search_back_that_is_on_its_way() {
    let mut rig = four_lines();
    rig.keys("/ kari");
    let search = asked(&mut rig, "Enter");
    let all = asked(&mut rig, "Ctrl+C");
    answer(&mut rig, all);
    answer(&mut rig, search);
    assert_shows(&rig, "すべて 4", ALL);
}
