//! Who is like whom, why, and what is one line of the answer.
use super::*;

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
