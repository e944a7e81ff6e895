//! Finding people by search; who may look for them, and what fails. Likeness and decisions in rooms of their own.
mod decisions;
mod likeness;

use super::support::*;
use crate::domain::ids::RecordId;
use crate::domain::intake::Intake;
use crate::domain::likeness::{Aspect, DateSlip, Decision, Ground, Likeness};
use crate::domain::link::{Link, Relation};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::form::{Value, Values};
use crate::office::audit::{Action, ObjectKind, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::store::{link, subject};
use crate::office::*;

const LETTER: &str = r#"{ "to_kind": "保健所", "to_institution": "架空保健所", "institution_name": "架空診療所",
  "doctor": "仮田 一郎", "diagnosis": [{ "diagnosis_name": "肺炎" }], "purpose": "療養の支援" }"#;

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

/// The reference case as another person.
fn person(reading: &str, name: &str, born: &str) -> Values {
    let mut values = ehec();
    values.set("reading", text(reading));
    values.set("name", text(name));
    values.set("birth_date", Value::Date(born.parse().unwrap()));
    values
}

fn typed(reading: &str, name: &str, born: &str) -> PersonTyped {
    PersonTyped {
        reading: reading.into(),
        name: name.into(),
        birth_date: born.parse().ok(),
        ..PersonTyped::default()
    }
}

fn similar(session: &mut Session, record: RecordId, person: PersonTyped) -> Vec<SimilarPerson> {
    session.perform(FindSimilar { record, person: Personal::new(person) }).unwrap()
}

fn search(session: &mut Session, term: &str) -> Vec<u32> {
    let page = session.perform(SearchRecords { term: Personal::new(term.into()) }).unwrap();
    page.lines.iter().map(|line| line.number).collect()
}

const HANAE: (&str, &str, &str) = ("カリノ ハナエ", "仮野 花枝", "1975-03-04");

#[test]
fn people_are_found_however_they_are_written() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let mut values = person("サイトウ ユウコ", "齋藤 裕子", "1975-03-04");
    values.set("phone", text("0300000188"));
    register(&mut clerk, &values);
    register(&mut clerk, &person("オオノ ハナエ", "大野 花枝", "1980-12-24"));
    for term in [
        "サイトウ",
        "さいとー",
        "saitou",
        "ｻｲﾄｳ",
        "サイドウ",
        "サイトウユウコ",
        "斉藤",
        "斎藤裕",
        "齊藤 裕子",
        "S50.3.4",
        "3500304",
        "昭和50年3月4日",
        "19750304",
        "1975-03-04",
        "さい S50.3.4",
        "斎藤 3500304",
        "03-0000-0188",
        "０３００００018",
        "0001",
        "1",
    ] {
        assert_eq!(search(&mut clerk, term), [1], "{term}");
    }
    assert_eq!(search(&mut clerk, "オノ"), [2], "a letter too few, when there is nobody else");
    for term in ["サイトミ", "S50.3.5", "かりの S50.3.4", "0300000199", "0003", "裕子", "", "%", "'"]
    {
        assert_eq!(search(&mut clerk, term), [0u32; 0], "{term}");
    }
}

/// Records that nobody typed, all about a ミホン, the higher the newer.
fn fill(session: &Session, from: u32, to: u32) {
    let numbers =
        format!("WITH RECURSIVE n (n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM n WHERE n < {to})");
    session
        .store
        .raw()
        .execute_batch(&format!(
            "{numbers} INSERT INTO record (id, year, number, form, form_version, channel, received_at)
               SELECT unhex(printf('%032x', n)), 2025, n, 'ehec', 1, 'fax', n FROM n;
             {numbers} INSERT INTO subject (record, name, reading, search_key, sex, institution, arrived_at, folded)
               SELECT unhex(printf('%032x', n)), '', '', 'ミホン' || (n % 7), '', '', n, 1 FROM n;"
        ))
        .unwrap();
}

/// Search results tell when there is more, and the newest come first whether few or many begin alike.
#[test]
fn a_common_name_shows_its_newest() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &person("カリノ ハナエ", "仮野 花枝", "1975-03-04"));
    fill(&clerk, 10, 1010);
    let page = clerk.perform(SearchRecords { term: Personal::new("みほん".into()) }).unwrap();
    let numbers: Vec<u32> = page.lines.iter().map(|line| line.number).collect();
    assert_eq!((numbers, page.more), ((911..=1010).rev().collect(), true));

    fill(&clerk, 2000, 8000);
    let page = clerk.perform(SearchRecords { term: Personal::new("みほん".into()) }).unwrap();
    let numbers: Vec<u32> = page.lines.iter().map(|line| line.number).collect();
    assert_eq!((numbers, page.more), ((7901..=8000).rev().collect(), true), "more than are sorted");
    let page = clerk.perform(SearchRecords { term: Personal::new("カリノ".into()) }).unwrap();
    assert_eq!((page.lines.len(), page.more), (1, false));
}

/// What a search or a likeness costs is bounded by what it shows, not by how many records there are.
#[test]
fn finding_people_reads_indexes() {
    let place = Place::new();
    let clerk = place.sign_in("1001");
    for sql in subject::bounded_queries() {
        let mut statement = clerk.store.raw().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let parameters = vec![1; statement.parameter_count()];
        let steps =
            statement.query_map(rusqlite::params_from_iter(parameters), |row| row.get("detail")).unwrap();
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        let sound = |step: &String| {
            step.starts_with("SEARCH")
                || step.contains("COVERING")
                || step.starts_with("CO-ROUTINE")
                || step.starts_with("SCAN (subquery")
        };
        assert!(steps.iter().all(sound), "{sql}: {steps:?}");
        assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "sorts everything: {sql}: {steps:?}");
    }
}

#[test]
fn who_may_not_and_what_is_not_there() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let one = register(&mut clerk, &ehec());
    let other = register(&mut clerk, &edited());
    let nobody = RecordId::from_bytes([9; 16]);
    for (record, other) in [(one, one), (one, nobody), (nobody, one)] {
        assert_eq!(
            clerk.perform(DeclareDifferent { record, others: vec![other] }).err(),
            Some(Reason::NoSuchThing)
        );
        assert_eq!(
            clerk.perform(DeclareSame { record, others: vec![other] }).err(),
            Some(Reason::NoSuchThing)
        );
    }
    let person = Personal::new(PersonTyped::default());
    assert_eq!(clerk.perform(FindSimilar { record: nobody, person }).err(), Some(Reason::NoSuchThing));
    let denied = (Action::FindSimilar, Outcome::Denied, Some(Reason::NoSuchThing));
    assert_eq!(place.last(&mut clerk), denied);

    let mut confirmer = place.sign_in("1002");
    assert_eq!(
        confirmer.perform(DeclareDifferent { record: one, others: vec![other] }).err(),
        Some(Reason::RoleForbids)
    );
    let denied = (Action::DeclareDifferent, Outcome::Denied, Some(Reason::RoleForbids));
    assert_eq!(place.last(&mut confirmer), denied);
    assert_eq!(
        confirmer.perform(DeclareSame { record: one, others: vec![other] }).err(),
        Some(Reason::RoleForbids)
    );
    let denied = (Action::DeclareSame, Outcome::Denied, Some(Reason::RoleForbids));
    assert_eq!(place.last(&mut confirmer), denied);
    assert!(!similar(&mut confirmer, one, typed(HANAE.0, HANAE.1, HANAE.2)).is_empty(), "like searching");
}

#[test]
fn what_fails_is_logged_and_without_a_log_nothing_is_shown_or_kept() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let other = register(&mut clerk, &edited());
    let find = FindSimilar { record, person: Personal::new(typed(HANAE.0, HANAE.1, HANAE.2)) };
    clerk.store.raw().execute_batch("DROP TABLE likeness_decision").unwrap();
    assert!(clerk.perform(find.clone()).is_err());
    assert_eq!(place.last(&mut clerk).1, Outcome::Failed);
    assert!(clerk.perform(DeclareDifferent { record, others: vec![other] }).is_err());
    let last = place.last(&mut clerk);
    assert_eq!((last.0, last.1), (Action::DeclareDifferent, Outcome::Failed));
    assert!(clerk.perform(DeclareSame { record, others: vec![other] }).is_err());
    let last = place.last(&mut clerk);
    assert_eq!((last.0, last.1), (Action::DeclareSame, Outcome::Failed));

    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let other = register(&mut clerk, &edited());
    clerk
        .store
        .raw()
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE (ABORT, 'full'); END;",
        )
        .unwrap();
    assert!(clerk.perform(find).is_err(), "log before disclose");
    assert!(clerk.perform(DeclareDifferent { record, others: vec![other] }).is_err());
    assert!(clerk.perform(DeclareSame { record, others: vec![other] }).is_err());
    let count: i64 =
        clerk.store.raw().query_row("SELECT count(*) FROM likeness_decision", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 0, "no row in the log, no decision");
}

/// The rows of an older program get their keys at the next sign-in, from the content where the row says too little.
#[test]
fn old_rows_are_folded_at_sign_in() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &ehec());
    let draft = open(&mut clerk).draft;
    let values = person("ミホン ジロウ", "見本 次郎", "1960-05-06");
    clerk.save_draft(&SaveDraft { draft, values, position: String::new() }).unwrap();
    let keys =
        "SELECT group_concat(search_key || sound_key || name_key || phone || address_key || arrived_at, '|')
                FROM subject ORDER BY arrived_at";
    let all =
        |clerk: &Session| -> String { clerk.store.raw().query_row(keys, [], |row| row.get(0)).unwrap() };
    let before = all(&clerk);
    assert!(before.contains("0300000123"), "{before}");
    let old = "UPDATE subject SET folded = 0, search_key = 'x', sound_key = '', name_key = '', phone = '', address_key = ''";
    clerk.store.raw().execute_batch(old).unwrap();
    assert_eq!(search(&mut clerk, "0300000123"), [0u32; 0]);
    drop(clerk);
    let clerk = place.sign_in("1003");
    assert_eq!(all(&clerk), before);
    // A form that is gone leaves what the row says itself.
    clerk.store.raw().execute_batch("UPDATE record SET form = 'gone'").unwrap();
    clerk.store.raw().execute_batch(old).unwrap();
    drop(clerk);
    let mut clerk = place.sign_in("1001");
    assert_eq!(search(&mut clerk, "カリノ").len(), 1);
}

/// Stored keys are compared with keys computed later: whoever changes one of these adds a migration that sets `folded`
/// to 0, and only then this test.
#[test]
fn stored_keys_are_these() {
    use crate::japanese::{kana, names, person};
    let reading = "ヴィクトリア ヂュンコ・オオノ ユーヅルー";
    assert_eq!(kana::search_key(reading, kana::Voicing::Ignored), "ウイクトリアシユンコオオノユウスルウ");
    assert_eq!(kana::sound_key(reading), "ウイクトリアシユンコノユスル");
    assert_eq!(names::match_key("渡邉 Ａｎｎａ・齊藤\u{FA11}㈱"), "渡辺anna斎藤崎(株)");
    assert_eq!(person::address_key("架空県見本市仮町三丁目２番１号 仮荘101"), "架空県見本市;3-2-1-101");
    assert_eq!(person::phone_key("+81 (3) 0000-0123"), "0300000123");
}

/// After an undo the lists say again what the version before said, not what was taken back.
#[test]
fn an_undone_correction_is_not_found_any_more() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let draft = clerk.perform(ReviseRecord { record }).unwrap().draft;
    let values = person("ミホン ハナエ", "見本 花枝", "1975-03-04");
    clerk.perform(RegisterDraft { draft, values, passed: Vec::new() }).unwrap();
    assert_eq!(search(&mut clerk, "ミホン"), [1]);
    clerk.perform(UndoRegistration { record }).unwrap();
    assert_eq!((search(&mut clerk, "ミホン"), search(&mut clerk, "カリノ")), (vec![], vec![1]));
}

#[test]
fn a_discarded_draft_is_nobody() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let draft = open(&mut clerk).draft;
    clerk.save_draft(&SaveDraft { draft, values: ehec(), position: String::new() }).unwrap();
    assert_eq!(search(&mut clerk, "カリノ"), [1]);
    clerk.perform(DiscardDraft { draft }).unwrap();
    assert_eq!(search(&mut clerk, "カリノ"), [0u32; 0]);
    let record = open(&mut clerk).record;
    assert!(similar(&mut clerk, record, typed(HANAE.0, HANAE.1, HANAE.2)).is_empty());
}
