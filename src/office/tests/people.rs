//! Finding people: by search, by likeness, and what was decided about them.
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
fn a_similar_person_is_found_with_the_reasons() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let first = register(&mut clerk, &ehec());
    let draft = open(&mut clerk);
    let found = similar(&mut clerk, draft.record, typed(HANAE.0, HANAE.1, HANAE.2));
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((only.record, only.number, only.records.len(), only.decision), (first, 1, 1, None));
    assert_eq!(only.assessment.likeness, Likeness::Same);
    let same = [Aspect::Reading, Aspect::Name, Aspect::BirthDate].map(Ground::Same);
    assert_eq!(only.assessment.grounds, same);

    let event = place.events(&mut clerk).remove(0);
    assert_eq!((event.action, event.outcome), (Action::FindSimilar, Outcome::Done));
    assert_eq!(event.object, (ObjectKind::Record, *draft.record.as_bytes()));
    assert_eq!(event.reference(RefKey::Rows), Some(&1u32.to_be_bytes()[..]));
    assert!(event.detail_commit.is_none(), "nothing of the person is in the log");

    let slips =
        [("1975-03-05", DateSlip::Digit), ("1975-04-03", DateSlip::Swapped), ("1985-03-04", DateSlip::Digit)];
    for (born, slip) in slips {
        let found = similar(&mut clerk, draft.record, typed("カリノハナエ", "", born));
        let likeness = found.first().map(|one| one.assessment.likeness);
        assert_eq!(likeness, Some(Likeness::Possible), "{born}");
        let found = similar(&mut clerk, draft.record, typed("カリノ ハナエ", "仮野 花枝", born));
        let grounds = found.first().map(|one| one.assessment.grounds.clone()).unwrap_or_default();
        assert!(grounds.contains(&Ground::DateSlip(slip)), "{born}: {grounds:?}");
    }
    assert!(similar(&mut clerk, draft.record, PersonTyped::default()).is_empty());
    assert!(similar(&mut clerk, first, typed(HANAE.0, HANAE.1, HANAE.2)).is_empty(), "not like itself");
}

/// A contact that became a patient is the same person: saying so would only be noise.
#[test]
fn who_a_patient_was_before_is_not_news() {
    const CONTACT: &str = r#"{ "reading": "カリノ タロウ", "name": "仮野 太郎", "sex": "男", "birth_date": "2001-02-03",
      "phone": "09000000123", "relation": "同居", "contact_until": "2026-07-09", "state": "発症・陽性",
      "reached_on": "2026-07-13" }"#;
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let start = |clerk: &mut Session, form: &str, parent: RecordId, relation: Relation| {
        let link = Some(Link { parent, relation });
        clerk.perform(OpenDraft { form: form.into(), intake: intake(), link }).unwrap()
    };
    let opened = start(&mut clerk, "contact", case, Relation::Belongs);
    let form = clerk.house().catalog().latest("contact").unwrap();
    let mut values = form.parse_json_values(CONTACT.as_bytes()).unwrap();
    for (key, value) in opened.values.iter() {
        values.set(key, value.clone());
    }
    clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap();
    let contact = opened.record;
    let other = open(&mut clerk).record;
    let taro = typed("カリノ タロウ", "仮野 太郎", "2001-02-03");
    assert_eq!(similar(&mut clerk, other, taro.clone()).first().map(|one| one.record), Some(contact));
    let patient = start(&mut clerk, "ehec", contact, Relation::Became).record;
    assert!(similar(&mut clerk, patient, taro).is_empty());
}

/// Its calls and letters say of a case whom they are about: the case is not told that it is like itself.
#[test]
fn what_belongs_to_a_case_is_not_like_it() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let mut add = |form: &str, json: &str| {
        let link = Some(Link { parent: case, relation: Relation::Belongs });
        let opened = clerk.perform(OpenDraft { form: form.into(), intake: intake(), link }).unwrap();
        let form = clerk.house().catalog().latest(form).unwrap();
        let mut values = opened.values;
        for (key, value) in form.parse_json_values(json.as_bytes()).unwrap().iter() {
            values.set(key, value.clone());
        }
        clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap();
        opened.record
    };
    let call = add("observation", r#"{ "called_on": "2026-07-14", "reached": "つながらない" }"#);
    let letter = add("referral_letter", LETTER);
    let another = open(&mut clerk).record;
    let hanae = typed(HANAE.0, HANAE.1, HANAE.2);
    for record in [case, call, letter] {
        assert!(similar(&mut clerk, record, hanae.clone()).is_empty(), "one case");
    }
    assert_eq!(similar(&mut clerk, another, hanae).len(), 1, "to others the person is known");
}

#[test]
fn records_that_say_the_same_are_one_line() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    for _ in 0..7 {
        register(&mut clerk, &ehec());
    }
    register(&mut clerk, &edited());
    let draft = open(&mut clerk);
    let found = similar(&mut clerk, draft.record, typed(HANAE.0, HANAE.1, HANAE.2));
    let lines: Vec<(u32, usize)> = found.iter().map(|one| (one.number, one.records.len())).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.contains(&(8, 1)) && lines.iter().any(|line| line.1 == 7), "{lines:?}");
}

/// A line of the panel is a person: whoever looks sees the report, and what is decided holds for every record of the line.
#[test]
fn a_line_shows_the_report_and_a_decision_holds_for_all_of_it() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let older = register(&mut clerk, &ehec());
    let report = register(&mut clerk, &ehec());
    let link = Some(Link { parent: older, relation: Relation::Belongs });
    // The call came later, and the line tells when the report did.
    let later = Timestamp::from_micros(intake().received_at.micros() + 1_000_000);
    let called = Intake { received_at: later, ..intake() };
    let opened = clerk.perform(OpenDraft { form: "observation".into(), intake: called, link }).unwrap();
    let form = clerk.house().catalog().latest("observation").unwrap();
    let said = br#"{ "called_on": "2026-07-14", "reached": "no" }"#;
    let values = form.parse_json_values(said).unwrap();
    clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap();
    let draft = open(&mut clerk);
    let record = draft.record;
    let hanae = typed(HANAE.0, HANAE.1, HANAE.2);
    let line = similar(&mut clerk, record, hanae.clone()).remove(0);
    assert_eq!((line.record, line.number, line.form.as_str()), (report, 2, "ehec"), "not the newest call");
    assert_eq!(line.arrived_at, intake().received_at);
    let mut all = line.records.clone();
    all.sort();
    let mut expected = vec![older, report, opened.record];
    expected.sort();
    assert_eq!(all, expected);
    clerk.perform(DeclareSame { record, others: line.records.clone() }).unwrap();
    let event = place.events(&mut clerk).remove(0);
    assert_eq!(event.reference(RefKey::OtherRecord).map(<[u8]>::len), Some(16 * 3), "the log names them all");
    let course = |clerk: &mut Session| {
        let shown = clerk.perform(ShowTimeline { record, of: TimelineOf::Person }).unwrap();
        let mut records: Vec<RecordId> = shown.entries.iter().map(|entry| entry.record).collect();
        records.sort();
        records.dedup();
        records
    };
    expected.push(record);
    expected.sort();
    assert_eq!(course(&mut clerk), expected, "the older report too");
    clerk.perform(DeclareDifferent { record, others: line.records }).unwrap();
    assert_eq!(course(&mut clerk), [record], "and all of it is taken back");
    let nobody = DeclareSame { record, others: Vec::new() };
    assert_eq!(clerk.perform(nobody).err(), Some(Reason::NoSuchThing));
}

/// What a record has of its own is read while somebody types: its price is not that of all records.
#[test]
fn what_belongs_to_a_record_is_found_from_there() {
    let place = Place::new();
    let clerk = place.sign_in("1001");
    let sql = format!("EXPLAIN QUERY PLAN {}", link::children_query());
    let mut statement = clerk.store.raw().prepare(&sql).unwrap();
    let steps = statement.query_map([[1u8; 16]], |row| row.get("detail")).unwrap();
    let steps: Vec<String> = steps.map(Result::unwrap).collect();
    assert!(steps[0].contains("record_link_by_parent"), "{steps:?}");
}

/// Two men of one name are not made one by a key that was meant for one of them.
#[test]
fn without_a_birth_date_every_record_is_a_line_of_its_own() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    for _ in 0..2 {
        let draft = open(&mut clerk).draft;
        let values = Values::from_iter([("reading", text("サトウ タロウ")), ("name", text("佐藤 太郎"))]);
        clerk.save_draft(&SaveDraft { draft, values, position: String::new() }).unwrap();
    }
    let record = open(&mut clerk).record;
    let person =
        PersonTyped {
            reading: "サトウ タロウ".into(), name: "佐藤 太郎".into(), ..PersonTyped::default()
        };
    let found = similar(&mut clerk, record, person);
    let lines: Vec<usize> = found.iter().map(|one| one.records.len()).collect();
    assert_eq!(lines, [1, 1]);
}

/// A decision that stands on a line holds for all of it: what came later is not passed over.
#[test]
fn a_line_is_decided_when_all_of_it_is() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let other = register(&mut clerk, &ehec());
    let record = open(&mut clerk).record;
    let line = |clerk: &mut Session| similar(clerk, record, typed(HANAE.0, HANAE.1, HANAE.2)).remove(0);
    clerk.perform(DeclareSame { record, others: vec![other] }).unwrap();
    assert_eq!(line(&mut clerk).decision, Some(Decision::Same));
    // A call of that case is about the same person, whatever anybody decides.
    let link = Some(Link { parent: other, relation: Relation::Belongs });
    clerk.perform(OpenDraft { form: "observation".into(), intake: intake(), link }).unwrap();
    assert_eq!((line(&mut clerk).records.len(), line(&mut clerk).decision), (2, Some(Decision::Same)));
    register(&mut clerk, &ehec());
    let now = line(&mut clerk);
    assert_eq!((now.records.len(), now.decision), (3, None), "nobody has said so of the new report");
    clerk.perform(DeclareSame { record, others: now.records }).unwrap();
    assert_eq!(line(&mut clerk).decision, Some(Decision::Same));
}

#[test]
fn a_draft_that_is_gone_keeps_no_decision_back() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let other = register(&mut clerk, &ehec());
    let draft = open(&mut clerk);
    clerk.save_draft(&SaveDraft { draft: draft.draft, values: ehec(), position: String::new() }).unwrap();
    let record = open(&mut clerk).record;
    let line = similar(&mut clerk, record, typed(HANAE.0, HANAE.1, HANAE.2)).remove(0);
    assert_eq!(line.records.len(), 2);
    clerk.perform(DiscardDraft { draft: draft.draft }).unwrap();
    clerk.perform(DeclareSame { record, others: line.records }).unwrap();
    let event = place.events(&mut clerk).remove(0);
    assert_eq!(event.reference(RefKey::OtherRecord), Some(&other.as_bytes()[..]), "only what is there");
    let gone = DeclareSame { record, others: vec![draft.record] };
    assert_eq!(clerk.perform(gone).err(), Some(Reason::NoSuchThing));
}

#[test]
fn what_was_decided_is_remembered_and_can_be_taken_back() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let other = register(&mut clerk, &ehec());
    let twin = register(&mut clerk, &person("カリノ ハナヨ", "仮野 花代", "1975-03-04"));
    let record = open(&mut clerk).record;
    let seen = |clerk: &mut Session| -> Vec<(RecordId, Option<Decision>)> {
        let mut person = typed(HANAE.0, HANAE.1, HANAE.2);
        (person.phone, person.address) = ("0300000123".into(), "東京都千代田区永田町9-99-99".into());
        let found = similar(clerk, record, person);
        found.into_iter().map(|one| (one.record, one.decision)).collect()
    };
    assert_eq!(seen(&mut clerk), [(other, None), (twin, None)]);
    clerk.perform(DeclareDifferent { record, others: vec![twin] }).unwrap();
    assert_eq!(place.last(&mut clerk), (Action::DeclareDifferent, Outcome::Done, None));
    let event = place.events(&mut clerk).remove(0);
    assert_eq!(event.reference(RefKey::OtherRecord), Some(&twin.as_bytes()[..]));
    assert_eq!(seen(&mut clerk), [(other, None), (twin, Some(Decision::Different))]);
    clerk.perform(DeclareDifferent { record: other, others: vec![record] }).unwrap();
    assert_eq!(seen(&mut clerk).last(), Some(&(twin, Some(Decision::Different))), "the less alike last");
    // Either way round, one decision stands.
    clerk.perform(DeclareSame { record, others: vec![other] }).unwrap();
    assert_eq!(place.last(&mut clerk), (Action::DeclareSame, Outcome::Done, None));
    assert_eq!(seen(&mut clerk), [(other, Some(Decision::Same)), (twin, Some(Decision::Different))]);
    let count: i64 =
        clerk.store.raw().query_row("SELECT count(*) FROM likeness_decision", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 2);
}

/// Whoever is not A is not B either, once somebody said that B is A.
#[test]
fn the_same_person_brings_earlier_decisions_along() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let first = register(&mut clerk, &ehec());
    let namesake = register(&mut clerk, &person("カリノ ハナエ", "狩野 華恵", "1975-03-04"));
    clerk.perform(DeclareDifferent { record: first, others: vec![namesake] }).unwrap();
    let record = open(&mut clerk).record;
    let decision = |clerk: &mut Session| {
        let found = similar(clerk, record, typed(HANAE.0, HANAE.1, HANAE.2));
        found.into_iter().find(|one| one.record == namesake).unwrap().decision
    };
    assert_eq!(decision(&mut clerk), None);
    clerk.perform(DeclareSame { record, others: vec![first] }).unwrap();
    assert_eq!(decision(&mut clerk), Some(Decision::Different));
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
