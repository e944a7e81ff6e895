//! A request, its answer, and the figures of the month.
use crate::domain::ids::RecordId;
use crate::domain::institution::{Doctor, Institution};
use crate::domain::intake::{Channel, Intake};
use crate::domain::link::{Link, Relation};
use crate::domain::time::Timestamp;
use crate::form::{Catalog, shipped_sources};
use crate::office::ops::{self, KeepInstitution};
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;

/// A home-care request from the worklist, with everything that must be known.
fn request(rig: &mut Rig) {
    rig.keys("F6 jitaku Enter");
    rig.text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter 2 3500304 Enter 0300000123 Enter");
    rig.keys("1 Enter 1 1 F12 Enter");
}

/// Entered from elsewhere.
fn answer(rig: &mut Rig, parent: RecordId) {
    let said = r#"{ "answer": "done", "institution": "架空診療所", "doctor": "仮田 一郎", "visited_on": "2026-07-14",
      "means": "phone", "band": "night", "care_place": "home", "outcome": "stay" }"#;
    let catalog = Catalog::load(shipped_sources()).catalog;
    let form = catalog.latest("homecare_visit_report").unwrap();
    let values = form.parse_json_values(said.as_bytes()).unwrap();
    let link = Some(Link { parent, relation: Relation::Belongs });
    let received_at = Timestamp::from_japan("2026-07-14T09:00:00".parse().unwrap());
    let intake = Intake { channel: Channel::Fax, received_at, pages: None };
    let open = ops::OpenDraft { form: form.head.id.clone(), intake, link };
    let ops::Reply::OpenDraft(Ok(opened)) = rig.ask(Seat::Main, open) else { panic!("opened") };
    let register = ops::RegisterDraft { draft: opened.draft, values, passed: Vec::new() };
    let kept = rig.ask(Seat::Main, register);
    assert!(matches!(kept, ops::Reply::RegisterDraft(Ok(ops::RegisterOutcome::Registered(_)))), "registered");
}

#[test]
fn a_request_waits_until_its_answer_is_entered() {
    let mut rig = Rig::at_worklist();
    request(&mut rig);
    rig.wait_s(25 * 3600);
    rig.keys("F5 F3 6");
    insta::assert_snapshot!("waiting", rig.screen());
    rig.keys("F6");
    insta::assert_snapshot!("choosing_the_answer", rig.screen());
    rig.keys("Enter");
    insta::assert_snapshot!("answering", rig.screen());
    rig.keys("1 Enter")
        .text("架空診療所")
        .keys("Enter")
        .text("仮田 一郎")
        .keys("Enter Enter Enter Enter 3 2 1 2");
    rig.keys("F12 Enter");
    assert!(rig.screen().contains("返答を待っている要請はありません"), "{}", rig.screen());
    assert!(rig.screen().contains("0002 を登録しました。"), "{}", rig.screen());
    rig.keys("s");
    insta::assert_snapshot!("results", rig.screen());
    rig.keys("Home");
    assert!(rig.screen().contains("件数 0"), "{}", rig.screen());
}

/// Who has to be asked at once has no time for forms: 40 keys, the name not counted, which has the length that it has.
#[test]
fn a_request_takes_forty_keys_and_its_name() {
    let mut rig = Rig::at_worklist();
    let before = rig.presses;
    request(&mut rig);
    assert!(rig.screen().contains("0001 を登録しました"), "{}", rig.screen());
    let name = "karino hanae".len() + "仮野 花枝".chars().count();
    let keys = rig.presses - before - name;
    assert!(keys <= 40, "{keys} keys");
}

#[test]
fn a_request_page_by_page() {
    let mut rig = Rig::at_worklist();
    rig.keys("F6 jitaku Enter");
    rig.text("karino hanae").keys("Enter 仮野").text(" 花枝").keys("Enter 2 3500304 Enter 0300000123 Enter");
    rig.keys("13 Enter 1 1 1000014 Enter 9-99-99 Enter Enter Enter Enter 15 Enter 1700 Enter");
    insta::assert_snapshot!("request_1", rig.screen());
    rig.keys("F8");
    insta::assert_snapshot!("request_2", rig.screen());
    rig.keys("F8");
    insta::assert_snapshot!("request_3", rig.screen());
    rig.keys("F8");
    insta::assert_snapshot!("request_4", rig.screen());
    rig.keys("F8");
    insta::assert_snapshot!("request_5", rig.screen());
}

#[test]
fn a_report_page_by_page() {
    let mut rig = Rig::at_worklist();
    request(&mut rig);
    rig.keys("F3 6 F6 1 1");
    insta::assert_snapshot!("report_1", rig.screen());
    rig.keys("F8 365 Enter 97 Enter Enter 80 Enter 16 Enter 130 Enter");
    insta::assert_snapshot!("report_2", rig.screen());
}

/// The register is at hand for what is entered from here, as it is in the worklist.
#[test]
fn a_report_comes_from_a_registered_institution() {
    let mut rig = Rig::at_worklist();
    let institution = Institution {
        code: "0013".into(),
        name: "架空診療所".into(),
        reading: "カクウシンリョウジョ".into(),
        doctors: vec![Doctor { name: "仮田 一郎".into(), reading: String::new() }],
        ..Institution::default()
    };
    let kept = rig.ask(Seat::Main, KeepInstitution { change: None, institution });
    assert!(matches!(kept, ops::Reply::KeepInstitution(Ok(_))));
    request(&mut rig);
    rig.keys("F3 6 F6 1 1 F2");
    assert!(rig.screen().contains("1 架空診療所(0013)"), "{}", rig.screen());
    rig.keys("1 1");
    assert!(rig.row("診療した機関").contains("架空診療所"), "{}", rig.screen());
    assert!(rig.row("診療医").contains("仮田 一郎"), "{}", rig.screen());
    rig.keys("Enter 1830 Enter 1850 Enter 3 2 1 1");
    assert!(rig.focused().starts_with("重症度"), "{}", rig.screen());
    rig.keys("F12 Enter");
    assert!(rig.screen().contains("返答を待っている要請はありません"), "{}", rig.screen());
}

/// Requests are answered in any order; the one that is looked at stays the selected one.
#[test]
fn the_selection_stays_on_its_request() {
    let mut rig = Rig::at_worklist();
    for _ in 0..3 {
        request(&mut rig);
        rig.wait_s(60);
    }
    rig.keys("F3 6 Down");
    assert!(rig.focused().starts_with("0002"), "{}", rig.screen());
    rig.keys("Enter F3");
    assert!(rig.focused().starts_with("0002"), "{}", rig.screen());
    // A colleague answers the oldest meanwhile.
    let lines = match rig.ask(Seat::Main, ops::ListUnanswered) {
        ops::Reply::ListUnanswered(Ok(lines)) => lines,
        _ => panic!("the list can be read"),
    };
    answer(&mut rig, lines[0].record);
    rig.keys("F5");
    assert!(!rig.screen().contains("0001"), "{}", rig.screen());
    assert!(rig.focused().starts_with("0002"), "{}", rig.screen());
}
