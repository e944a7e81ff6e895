//! What people decided about similar records: what it holds for, and how it is taken back.
use super::*;

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
