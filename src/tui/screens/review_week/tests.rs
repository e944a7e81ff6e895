//! A week of a hundred rows with the keyboard alone, and what each key does.
use crate::domain::ids::RecordId;
use crate::domain::intake::{Channel, Intake};
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Value, Values, shipped_sources};
use crate::office::ops;
use crate::tui::counter::Seat;
use crate::tui::screens::rig::Rig;

const DAY_S: u64 = 24 * 3600;

fn report(name: &str) -> Values {
    let catalog = Catalog::load(shipped_sources()).catalog;
    let form = catalog.latest("ehec").unwrap();
    let json = include_bytes!("../../../office/tests/ehec.json");
    let mut values = form.parse_json_values(json).unwrap_or_else(|problems| panic!("{problems:#?}"));
    values.set("name", Value::Text(name.into()));
    values
}

fn register(rig: &mut Rig, values: &Values) -> RecordId {
    let received_at = Timestamp::from_japan("2026-07-14T09:00:00".parse().unwrap());
    let intake = Intake { channel: Channel::Fax, received_at, pages: Some(2) };
    let open = ops::OpenDraft { form: "ehec".into(), intake, link: None };
    let ops::Reply::OpenDraft(Ok(opened)) = rig.ask(Seat::Main, open) else { panic!("opened") };
    let register = ops::RegisterDraft { draft: opened.draft, values: values.clone(), passed: Vec::new() };
    match rig.ask(Seat::Main, register) {
        ops::Reply::RegisterDraft(Ok(ops::RegisterOutcome::Registered(registered))) => registered.record,
        _ => panic!("registered"),
    }
}

/// The first person enters reports, and the second looks at each, who has the surname of them all; then the week is over.
fn reviewing(rows: usize) -> Rig {
    let mut rig = Rig::at_worklist();
    rig.sign_in(Seat::Second, 1);
    let values = report("見本 花枝");
    for _ in 0..rows {
        let record = register(&mut rig, &values);
        let looked = rig.ask(Seat::Second, ops::ShowRecord { record });
        assert!(matches!(looked, ops::Reply::ShowRecord(Ok(_))));
    }
    rig.wait_s(8 * DAY_S);
    rig.keys("F3 4");
    rig
}

/// Done-when 7. Four rows in a hundred need a reason; its letters are counted as the keys that they are after the
/// conversion, Enter and everything else as well, from the first row to the signature.
#[test]
fn a_hundred_rows_take_at_most_130_keys() {
    let mut rig = reviewing(100);
    assert!(rig.screen().contains("点検 0/100"), "{}", rig.screen());
    insta::assert_snapshot!("a_hundred_rows", rig.screen());
    let before = rig.presses;
    for at in 0..100 {
        match at {
            20 | 40 | 60 => rig.keys("2").text("電話か").keys("Enter"),
            80 => rig.keys("3").text("隣人か").keys("Enter"),
            _ => rig.keys("1"),
        };
    }
    assert!(rig.screen().contains("全部判断しました"), "{}", rig.screen());
    rig.keys("s K");
    let keys = rig.presses - before;
    assert!(rig.screen().contains("点検 100/100"), "{}", rig.screen());
    assert!(rig.screen().contains("仮田 一美 が点検を終えました"), "{}", rig.screen());
    eprintln!("a hundred rows, four reasons, signed off: {keys} keys");
    assert!(keys <= 130, "{keys} keys");
    let log = rig.ask(Seat::Main, ops::ListLog::default());
    let ops::Reply::ListLog(Ok(page)) = log else { panic!("the log") };
    let reviewed = page.events().filter(|line| line.action == crate::office::Action::ReviewEvent).count();
    assert_eq!(reviewed, 100, "reviewing is itself on record");
}

#[test]
fn what_each_key_does() {
    let mut rig = reviewing(3);
    rig.keys("2");
    rig.keys("Enter");
    assert!(rig.screen().contains("理由が要ります"), "{}", rig.screen());
    insta::assert_snapshot!("a_reason", rig.screen());
    rig.keys("F3");
    assert!(rig.screen().contains("点検 0/3"), "{}", rig.screen());

    rig.keys("4 1 1");
    assert!(rig.screen().contains("点検 2/3"), "put off is not decided\n{}", rig.screen());
    assert!(rig.focused().contains("あとで"), "and comes again\n{}", rig.screen());
    rig.keys("s");
    assert!(rig.screen().contains("まだ 1 行あります"), "{}", rig.screen());
    rig.keys("u");
    assert!(rig.focused().contains("業務なし"), "taken back\n{}", rig.screen());
    assert!(rig.screen().contains("判断を取り消しました"), "{}", rig.screen());
    rig.keys("1");
    assert!(rig.screen().contains("全部判断しました"), "{}", rig.screen());

    rig.keys("t");
    assert!(rig.screen().contains("[説明なし 3]"), "{}", rig.screen());
    rig.keys("t");
    assert!(rig.screen().contains("この区分の行はありません"), "{}", rig.screen());
    rig.keys("t t t Enter");
    insta::assert_snapshot!("details", rig.screen());
    rig.keys("F3 w");
    assert!(rig.screen().contains("2026-W29"), "{}", rig.screen());
    insta::assert_snapshot!("weeks", rig.screen());
    rig.keys("Enter");
    assert!(rig.screen().contains("点検 3/3"), "{}", rig.screen());
    rig.keys("s N");
    assert!(!rig.screen().contains("点検を終えました"), "{}", rig.screen());
    rig.keys("l");
    assert!(rig.screen().contains("結果"), "the log itself\n{}", rig.screen());
}

/// What a supervisor did is another's to decide.
#[test]
fn own_rows_wait_for_somebody_else() {
    let mut rig = Rig::at_worklist();
    rig.sign_in(Seat::Second, 1);
    let values = report("見本 花枝");
    let record = register(&mut rig, &values);
    rig.ask(Seat::Main, ops::ShowRecord { record });
    rig.wait_s(8 * DAY_S);
    rig.keys("F3 4");
    assert!(rig.focused().contains("*自分の分"), "{}", rig.screen());
    rig.keys("1");
    assert!(rig.screen().contains("自分では点検できません"), "{}", rig.screen());
    rig.keys("n");
    assert!(rig.screen().contains("残りは自分の分です"), "{}", rig.screen());
}

#[test]
fn before_the_first_sunday_there_is_no_week() {
    let mut rig = Rig::at_worklist();
    rig.keys("F3 4");
    assert!(rig.screen().contains("終わった週がまだありません"), "{}", rig.screen());
    rig.keys("1 n u t s");
    rig.keys("l");
    assert!(rig.screen().contains("結果"), "{}", rig.screen());
}
