//! Similar people at the keyboard: said in a row, never in the way, and decided in a panel of their own.
use crate::domain::likeness::Decision;
use crate::office::ops;
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;
use crate::tui::script::named;

/// A home-care request: the shortest form with a person in it.
fn person(rig: &mut Rig, reading: &str, name: &str, sex: char, born: &str) {
    rig.keys("F6 o157 Enter");
    to(rig, "よみ");
    rig.text(reading).keys("Enter").text(name).keys("Enter").text(&sex.to_string()).text(born);
}

#[track_caller]
fn to(rig: &mut Rig, label: &str) {
    const ITEMS_MAX: usize = 30;
    for _ in 0..ITEMS_MAX {
        if rig.focused().starts_with(label) {
            return;
        }
        rig.keys("Enter");
    }
    panic!("no item {label} below in\n{}", rig.screen());
}

/// Two drafts of one Hanae and one of her twin, kept and left.
fn known() -> Rig {
    let mut rig = Rig::at_worklist();
    person(&mut rig, "karino hanae", "仮野 花枝", '2', "3500304");
    rig.keys("F3");
    person(&mut rig, "mihon hanae", "見本 花枝", '2', "3500304");
    rig.keys("F3");
    rig
}

fn message(rig: &Rig) -> String {
    rig.player.rows()[19].trim().to_owned()
}

#[test]
fn somebody_similar_is_said_in_the_message_row() {
    let mut rig = known();
    person(&mut rig, "ｶﾘﾉ ﾊﾅｴ", "仮野　花枝", '2', "3500304");
    assert!(rig.focused().starts_with("職業"), "the focus went on as ever: {}", rig.focused());
    insta::assert_snapshot!("similar_row", rig.screen());
    rig.keys("調理員");
    assert!(message(&rig).starts_with("似た人 2 (^N)"), "and stays while typing: {}", rig.screen());
    rig.keys("Enter 12345 Enter");
    assert!(!message(&rig).contains("似た人"), "a mistake is more important: {}", rig.screen());
}

#[test]
fn nobody_similar_is_said_once() {
    let mut rig = known();
    person(&mut rig, "tameshino satsuki", "試野 五月", '2', "4010203");
    assert_eq!(message(&rig), "似た人: なし(よみ・生年月日・住所で照合)", "{}", rig.screen());
    rig.keys("Enter");
    assert!(!message(&rig).contains("似た人"), "{}", rig.screen());
    rig.keys("Ctrl+N");
    assert_eq!(message(&rig), "似た人: なし(よみ・生年月日・住所で照合)");
}

#[test]
fn too_little_is_asked_about_nobody() {
    let mut rig = known();
    rig.keys("F6 o157 Enter");
    to(&mut rig, "よみ");
    // Nobody writes that in kanji, so that no name is offered.
    rig.text("nuhe nuhe").keys("Enter Enter Ctrl+N");
    assert!(message(&rig).starts_with("よみと生年月日"), "{}", rig.screen());
    let events = searches(&mut rig);
    rig.text("2");
    to(&mut rig, "電話");
    rig.keys("0300000123 Enter");
    assert_eq!(searches(&mut rig), events, "a reading and a telephone say too little");
}

fn searches(rig: &mut Rig) -> usize {
    match rig.ask(Seat::Main, ops::ListLog::default()) {
        ops::Reply::ListLog(Ok(page)) => {
            page.events().filter(|line| line.action == crate::office::Action::FindSimilar).count()
        }
        _ => panic!("the founder is a supervisor"),
    }
}

/// The office is slow: typing goes on, and an answer about what was typed before is not shown.
#[test]
fn a_late_answer_about_other_values_is_dropped() {
    let mut rig = known();
    rig.keys("F6 o157 Enter");
    to(&mut rig, "よみ");
    rig.text("karino hanae").keys("Enter").text("仮野 花枝").keys("Enter 2");
    for key in "3500304".chars() {
        rig.press_unanswered(named(&key.to_string()));
    }
    assert!(rig.focused().starts_with("職業"), "nothing waits for the answer");
    rig.player.wait_us(0);
    let asked = rig.player.app.outgoing();
    // Meanwhile the clerk goes back and mends the date.
    rig.press_unanswered(named("Up"));
    for key in "3500305".chars() {
        rig.press_unanswered(named(&key.to_string()));
    }
    for (ticket, request) in asked {
        let reply = rig.office.serve(ticket, request);
        rig.player.feed(reply);
    }
    assert!(!message(&rig).contains("似た人"), "{}", rig.screen());
    rig.settle();
    assert!(message(&rig).contains("生年月日が1字違い"), "asked again about the new date: {}", rig.screen());
}

#[test]
fn the_list_shows_reasons_and_remembers_decisions() {
    let mut rig = known();
    person(&mut rig, "karino hanae", "仮野 花枝", '2', "3500304");
    rig.keys("Ctrl+N");
    insta::assert_snapshot!("similar_list", rig.screen());
    assert_eq!(rig.player.caret().y, 3);
    rig.keys("Down n");
    assert!(rig.screen().contains("[別の人]"), "{}", rig.screen());
    assert!(message(&rig).contains("0002 は別の人と記録しました。"), "{}", rig.screen());
    rig.keys("s");
    assert!(rig.screen().contains("[同じ人]"), "taken back at once: {}", rig.screen());
    rig.keys("ｎ 1");
    assert!(rig.screen().contains("登録内容"), "a digit looks at the report: {}", rig.screen());
    rig.keys("F3 Ctrl+C");
    assert!(rig.focused().starts_with("職業"), "back where the typing stopped: {}", rig.screen());
    assert!(!message(&rig).contains("似た人"), "seen: {}", rig.screen());
    // Another look-up for the same record knows what was decided.
    rig.keys("調理員 Enter 1000014 Enter 東京都千代田区永田町9-99-99 Enter");
    assert!(message(&rig).starts_with("似た人 1 (^N): 0001"), "{}", rig.screen());
    rig.keys("Ctrl+N");
    assert!(rig.row("2 0002").contains("[別の人]"), "last, to be taken back: {}", rig.screen());
}

#[test]
fn a_draft_taken_up_again_is_looked_up_at_once() {
    let mut rig = known();
    person(&mut rig, "karino hanae", "仮野 花枝", '2', "3500304");
    rig.keys("F3 0003");
    assert!(rig.screen().contains("発生届 0003"), "{}", rig.screen());
    assert!(message(&rig).starts_with("似た人 2 (^N)"), "{}", rig.screen());
}

#[test]
fn a_decision_that_is_refused_says_why() {
    let mut rig = known();
    person(&mut rig, "karino hanae", "仮野 花枝", '2', "3500304");
    rig.keys("Ctrl+N");
    let found = |rig: &mut Rig| -> Option<Decision> {
        let record = match rig.ask(Seat::Main, ops::ListRecords) {
            ops::Reply::ListRecords(Ok(page)) => page.lines.first().unwrap().record,
            _ => panic!("the list can be read"),
        };
        let person = ops::PersonTyped {
            reading: "カリノ ハナエ".into(),
            name: "仮野 花枝".into(),
            birth_date: "1975-03-04".parse().ok(),
            ..ops::PersonTyped::default()
        };
        match rig.ask(Seat::Main, ops::FindSimilar { record, person: person.into() }) {
            ops::Reply::FindSimilar(Ok(people)) => people.first().unwrap().decision,
            _ => panic!("people can be looked for"),
        }
    };
    assert_eq!(found(&mut rig), None);
    rig.player.event(named("s"));
    assert_eq!(found(&mut rig), None, "nothing is shown or kept before the office says so");
    assert!(!rig.screen().contains("[同じ人]"));
    rig.settle();
    assert_eq!(found(&mut rig), Some(Decision::Same));
    assert!(rig.screen().contains("[同じ人]"));
}

#[test]
fn one_person_has_one_key_and_the_number_of_the_record() {
    let mut rig = Rig::at_worklist();
    person(&mut rig, "karino hanae", "仮野 花枝", '2', "3500304");
    rig.keys("F3");
    person(&mut rig, "karino hanae", "仮野 花枝", '2', "3500304");
    rig.keys("F3");
    person(&mut rig, "karino hanae", "仮野 花枝", '2', "3500304");
    rig.keys("Ctrl+N");
    insta::assert_snapshot!("one_person", rig.screen());
    assert!(!rig.screen().contains("1-1"), "{}", rig.screen());
    assert!(rig.focused().starts_with("1 0002"), "{}", rig.screen());
    rig.keys("s");
    let same = |rig: &mut Rig, number: u32| {
        let records = match rig.ask(Seat::Main, ops::ListRecords) {
            ops::Reply::ListRecords(Ok(page)) => page.lines,
            _ => panic!("the list can be read"),
        };
        let record = records.iter().find(|line| line.number == number).unwrap().record;
        match rig.ask(Seat::Main, ops::ShowTimeline { record, of: ops::TimelineOf::Person }) {
            ops::Reply::ShowTimeline(Ok(shown)) => shown.entries.len(),
            _ => panic!("the course can be read"),
        }
    };
    assert_eq!((same(&mut rig, 1), same(&mut rig, 2)), (3, 3), "S is for all records of the line");
}
