//! Records that come from others: what belongs to a case, contacts that become cases, the course of it all.
use super::support::*;
use crate::domain::ids::RecordId;
use crate::domain::intake::{Channel, Intake};
use crate::domain::link::{Link, Relation};
use crate::domain::sensitive::Personal;
use crate::form::{Value, Values};
use crate::office::audit::{Action, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::*;
use std::collections::BTreeSet;

fn start(session: &mut Session, form: &str, link: Option<Link<RecordId>>) -> Result<OpenedDraft, Reason> {
    let intake = Intake { channel: Channel::Phone, received_at: intake().received_at, pages: None };
    session.perform(OpenDraft { form: form.into(), intake, link })
}

fn belongs(parent: RecordId) -> Option<Link<RecordId>> {
    Some(Link { parent, relation: Relation::Belongs })
}

fn became(parent: RecordId) -> Option<Link<RecordId>> {
    Some(Link { parent, relation: Relation::Became })
}

fn values(session: &Session, form: &str, json: &str) -> Values {
    let form = session.house().catalog().latest(form).unwrap();
    form.parse_json_values(json.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Starts and registers a record that comes from another.
fn add(session: &mut Session, form: &str, link: Option<Link<RecordId>>, json: &str) -> RecordId {
    let opened = start(session, form, link).unwrap();
    let mut all = opened.values;
    for (key, value) in values(session, form, json).iter() {
        all.set(key, value.clone());
    }
    let register = RegisterDraft { draft: opened.draft, values: all, passed: Vec::new() };
    match session.perform(register).unwrap() {
        RegisterOutcome::Registered(done) => done.record,
        other => panic!("{other:?}"),
    }
}

const CONTACT: &str = r#"{ "reading": "カリノ タロウ", "name": "仮野 太郎", "sex": "男", "birth_date": "2001-02-03",
  "phone": "09000000123", "relation": "同居", "contact_until": "2026-07-09", "state": "発症・陽性", "reached_on": "2026-07-13" }"#;
const REQUEST: &str = r#"{ "reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "女", "birth_date": "1975-03-04",
  "phone": "0300000123", "requests": ["電話診療"], "urgency": "当日", "consent": "person" }"#;
const OBSERVATION: &str = r#"{ "called_on": "2026-07-14", "reached": "yes", "informant": "本人", "temperature": "37.2",
  "spo2": 97, "symptoms": ["発熱"] }"#;

#[test]
fn what_belongs_to_a_case_is_about_its_person() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let before = clerk.perform(ListRecords).unwrap().lines.len();
    let call = add(&mut clerk, "observation", belongs(case), OBSERVATION);
    let view = clerk.perform(ShowRecord { record: call }).unwrap();
    assert_eq!(view.subject.unwrap().expose().name, "仮野 花枝", "the person of the case");
    let page = clerk.perform(ListRecords).unwrap();
    assert_eq!(page.lines.len(), before, "a registered call is part of its case, not of the day's list");
    let open = start(&mut clerk, "specimen", belongs(case)).unwrap();
    let save = SaveDraft { draft: open.draft, values: Values::new(), position: "specimen".into() };
    clerk.save_draft(&save).unwrap();
    let lines = clerk.perform(ListRecords).unwrap().lines;
    let line = lines.iter().find(|line| line.draft == Some(open.draft)).unwrap();
    assert_eq!(line.subject.as_ref().unwrap().expose().name, "仮野 花枝", "autosave forgets nobody");
    let page = clerk.perform(ListRecords).unwrap();
    assert!(page.lines.iter().any(|line| line.draft == Some(open.draft)), "a draft is found again");
    let event = place.events(&mut clerk).into_iter().find(|e| e.action == Action::OpenDraft).unwrap();
    assert_eq!(event.reference(RefKey::Record), Some(&case.as_bytes()[..]), "the log knows the case");
    let resumed = clerk.perform(ResumeDraft { draft: open.draft }).unwrap();
    let case_shown = resumed.comes_from.unwrap();
    assert_eq!((case_shown.record, case_shown.name.expose().as_str()), (case, "仮野 花枝"));
    let event = place.events(&mut clerk).into_iter().find(|e| e.action == Action::ResumeDraft).unwrap();
    assert_eq!(event.reference(RefKey::Record), Some(&case.as_bytes()[..]), "whose name was shown");
}

#[test]
fn a_record_belongs_only_where_its_form_says() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    assert_eq!(start(&mut clerk, "observation", None).err(), Some(Reason::ParentMissing));
    assert_eq!(start(&mut clerk, "homecare_visit_report", belongs(case)).err(), Some(Reason::ParentUnfit));
    assert_eq!(
        start(&mut clerk, "ehec", became(case)).err(),
        Some(Reason::ParentUnfit),
        "a case is no contact"
    );
    let draft = open(&mut clerk).record;
    assert_eq!(start(&mut clerk, "observation", belongs(draft)).err(), Some(Reason::NotRegistered));
    let nobody = RecordId::from_bytes([9; 16]);
    assert_eq!(start(&mut clerk, "observation", belongs(nobody)).err(), Some(Reason::NoSuchThing));
    let last = place.last(&mut clerk);
    assert_eq!(last, (Action::OpenDraft, Outcome::Failed, Some(Reason::NoSuchThing)));
}

#[test]
fn a_contact_becomes_a_case_once_and_takes_its_name_along() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let contact = add(&mut clerk, "contact", belongs(case), CONTACT);
    let opened = start(&mut clerk, "ehec", became(contact)).unwrap();
    let text = |key: &str| opened.values.value(key).cloned();
    assert_eq!(text("name"), Some(Value::Text("仮野 太郎".into())));
    assert_eq!(text("birth_date"), Some(Value::Date("2001-02-03".parse().unwrap())));
    assert_eq!(text("phone"), Some(Value::Text("09000000123".into())));
    assert_eq!(text("symptoms"), None);
    assert_eq!(start(&mut clerk, "ehec", became(contact)).err(), Some(Reason::AlreadyBecame));
    // A draft that was thrown away does not count.
    clerk.perform(DiscardDraft { draft: opened.draft }).unwrap();
    assert!(start(&mut clerk, "ehec", became(contact)).is_ok());
}

/// A letter comes alone or in the midst of a case; a contact is somebody else.
#[test]
fn what_has_a_person_of_its_own_takes_the_person_of_its_case_along() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    assert!(start(&mut clerk, "referral_letter", None).unwrap().values.iter().next().is_none());
    let letter = start(&mut clerk, "referral_letter", belongs(case)).unwrap();
    let taken: Vec<&str> = letter.values.iter().map(|(key, _)| key).collect();
    assert_eq!(taken, ["address", "birth_date", "name", "phone", "postal_code", "reading", "sex"]);
    assert_eq!(letter.values.value("name"), Some(&Value::Text("仮野 花枝".into())));
    // What also stands alone is work of the day, whatever it belongs to.
    let request = add(&mut clerk, "homecare_support_request", belongs(case), REQUEST);
    let listed = clerk.perform(ListRecords).unwrap().lines;
    assert!(listed.iter().any(|line| line.record == request));
    let contact = start(&mut clerk, "contact", belongs(case)).unwrap();
    assert!(contact.values.iter().next().is_none(), "nobody's name is put into a contact's");
    assert_eq!(start(&mut clerk, "referral_letter", became(case)).err(), Some(Reason::ParentUnfit));
    let contact = add(&mut clerk, "contact", belongs(case), CONTACT);
    assert_eq!(start(&mut clerk, "referral_letter", belongs(contact)).err(), Some(Reason::ParentUnfit));
}

#[test]
fn the_timeline_holds_the_whole_case_from_any_of_its_records() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let contact = add(&mut clerk, "contact", belongs(case), CONTACT);
    let call = add(&mut clerk, "observation", belongs(contact), OBSERVATION);
    clerk.perform(NoteTranscription { record: case, reference: "NESID-00123".into() }).unwrap();
    for from in [case, contact, call] {
        let timeline = clerk.perform(ShowTimeline { record: from, of: TimelineOf::Case }).unwrap();
        assert_eq!((timeline.root, timeline.case.to_string().as_str()), (case, "26-00001-8"));
        let what: Vec<(u32, Happened)> =
            timeline.entries.iter().map(|e| (e.case.number, e.what.clone())).collect();
        assert!(what.contains(&(3, Happened::Registered)), "{what:?}");
        assert!(timeline.entries.is_sorted_by_key(|entry| (entry.day(), entry.at)));
        let stamp = Happened::Transcribed { version: 1, reference: "NESID-00123".into() };
        assert!(what.contains(&(1, stamp)), "{what:?}");
    }
    let event = place.events(&mut clerk).remove(0);
    assert_eq!(
        (event.action, event.reference(RefKey::Rows)),
        (Action::ShowTimeline, Some(&3u32.to_be_bytes()[..]))
    );
}

const SPECIMEN: &str = r#"{ "specimen": "便", "taken_on": "2026-07-10", "result": "陽性", "result_on": "2026-07-13",
  "notified": "まだ" }"#;

/// Who corrected a value has said it, and when: not who had written another one.
#[test]
fn what_a_record_says_stands_with_who_said_it() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let call = add(&mut clerk, "observation", belongs(case), OBSERVATION);
    place.wait(3_600);
    let opened = clerk.perform(ReviseRecord { record: call }).unwrap();
    let corrected = values(&clerk, "observation", &OBSERVATION.replace("37.2", "38.4"));
    clerk.perform(RegisterDraft { draft: opened.draft, values: corrected, passed: Vec::new() }).unwrap();
    let shown = ShowTimeline { record: case, of: TimelineOf::Case };
    let entries = clerk.perform(shown).unwrap().entries;
    let of_call: Vec<&TimelineEntry> = entries.iter().filter(|entry| entry.record == call).collect();
    let [first, second] = of_call.as_slice() else { panic!("{of_call:?}") };
    assert_eq!((&first.what, &second.what), (&Happened::Registered, &Happened::Corrected(2)));
    assert!(first.essence.is_none());
    let says = &second.essence.as_ref().unwrap().says;
    let degrees = Value::Decimal("38.4".parse().unwrap());
    assert!(says.contains(&("temperature".to_owned(), degrees)), "{says:?}");
    assert_eq!(second.at.micros() - first.at.micros(), 3_600_000_000);
}

/// Notes are entered when there is time for it; the course is that of the days on which things happened.
#[test]
fn the_timeline_is_in_the_order_of_the_days_that_records_are_about() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let call = add(&mut clerk, "observation", belongs(case), OBSERVATION);
    let contact = add(&mut clerk, "contact", belongs(case), CONTACT);
    let specimen = add(&mut clerk, "specimen", belongs(case), SPECIMEN);
    let asked = add(&mut clerk, "observation", belongs(contact), OBSERVATION);
    let shown = ShowTimeline { record: case, of: TimelineOf::Case };
    let entries = clerk.perform(shown).unwrap().entries;
    let records: Vec<&TimelineEntry> = entries.iter().filter(|entry| entry.essence.is_some()).collect();
    let order: Vec<RecordId> = records.iter().map(|entry| entry.record).collect();
    assert_eq!(
        order,
        [contact, specimen, case, call, asked],
        "by day, those of one day as they were entered"
    );
    let days: Vec<String> = records.iter().map(|entry| entry.day().to_string()).collect();
    assert_eq!(days, ["2026-07-09", "2026-07-13", "2026-07-14", "2026-07-14", "2026-07-14"]);
    let says = |at: usize| -> Vec<&str> {
        records[at].essence.as_ref().unwrap().says.iter().map(|(key, _)| key.as_str()).collect()
    };
    assert_eq!(says(1), ["specimen", "result"]);
    assert_eq!(says(3), ["temperature", "spo2", "reached"]);
    let names: Vec<Option<&str>> =
        records.iter().map(|entry| entry.person.as_ref().map(|name| name.expose().as_str())).collect();
    let contact_name = Some("仮野 太郎");
    assert_eq!(names, [contact_name, None, None, None, contact_name], "who is not the person of the case");
    let arrived = |record| {
        let of_it = entries.iter().filter(move |entry| entry.record == record);
        of_it.filter(|entry| matches!(entry.what, Happened::Arrived(_))).count()
    };
    assert_eq!((arrived(case), arrived(call)), (1, 0), "what the office notes itself did not arrive");
}

/// A contact fell ill, and came back with another disease: one person, and nobody else's case.
#[test]
fn the_timeline_of_a_person_reaches_over_cases_and_stops_at_others() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let first_case = register(&mut clerk, &ehec());
    let contact = add(&mut clerk, "contact", belongs(first_case), CONTACT);
    let call = add(&mut clerk, "observation", belongs(contact), OBSERVATION);
    let own_case = start(&mut clerk, "ehec", became(contact)).unwrap();
    let shown = ShowTimeline { record: own_case.record, of: TimelineOf::Person };
    let subject = clerk.perform(shown).unwrap().subject.unwrap().into_inner();
    assert_eq!(subject.name, "仮野 太郎", "known before the first item is typed");
    let later = register(&mut clerk, &ehec());
    let other = register(&mut clerk, &ehec());
    clerk.perform(DeclareSame { record: later, others: vec![own_case.record] }).unwrap();
    clerk.perform(DeclareDifferent { record: other, others: vec![own_case.record] }).unwrap();
    let records = |clerk: &mut Session, record, of| -> BTreeSet<RecordId> {
        let timeline = clerk.perform(ShowTimeline { record, of }).unwrap();
        timeline.entries.iter().map(|entry| entry.record).collect()
    };
    let person = BTreeSet::from([contact, call, own_case.record, later]);
    for from in [contact, call, own_case.record, later] {
        assert_eq!(records(&mut clerk, from, TimelineOf::Person), person);
    }
    assert_eq!(records(&mut clerk, first_case, TimelineOf::Person), BTreeSet::from([first_case]));
    assert_eq!(records(&mut clerk, other, TimelineOf::Person), BTreeSet::from([other]));
    let case = BTreeSet::from([first_case, contact, call, own_case.record]);
    assert_eq!(records(&mut clerk, call, TimelineOf::Case), case);
    // Somebody who is the same as the same, but was looked at and is another.
    clerk.perform(DeclareSame { record: other, others: vec![later] }).unwrap();
    assert!(!records(&mut clerk, own_case.record, TimelineOf::Person).contains(&other));
    assert!(records(&mut clerk, later, TimelineOf::Person).contains(&other), "decided for these two");
    clerk.perform(DeclareDifferent { record: other, others: vec![later] }).unwrap();
    // What was decided is taken back.
    clerk.perform(DeclareDifferent { record: own_case.record, others: vec![later] }).unwrap();
    assert_eq!(records(&mut clerk, later, TimelineOf::Person), BTreeSet::from([later]));
}

#[test]
fn a_stamp_is_of_one_version_and_nothing_else_than_a_number() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let note = |clerk: &mut Session, reference: &str| {
        clerk.perform(NoteTranscription { record: case, reference: reference.into() })
    };
    for wrong in ["", "  ", "番号", "a b", "1234567890123456789012345678901"] {
        assert_eq!(note(&mut clerk, wrong).err(), Some(Reason::ReferenceInvalid), "{wrong}");
    }
    assert_eq!(note(&mut clerk, " A-1 "), Ok(1));
    assert_eq!(note(&mut clerk, "A-2"), Ok(1), "a slip is mended by stamping again");
    let revised = clerk.perform(ReviseRecord { record: case }).unwrap();
    let register = RegisterDraft { draft: revised.draft, values: edited(), passed: Vec::new() };
    clerk.perform(register).unwrap();
    let view = clerk.perform(ShowRecord { record: case }).unwrap();
    let stamp = view.transcription.unwrap();
    assert_eq!((view.version, stamp.version, stamp.reference.as_str()), (2, 1, "A-2"), "corrected since");
    let mut other = place.sign_in("1002");
    assert_eq!(note(&mut other, "A-3").err(), Some(Reason::RoleForbids));
    let mut supervisor = place.sign_in("2001");
    assert!(
        supervisor.perform(ShowTimeline { record: case, of: TimelineOf::Case }).is_ok(),
        "who may read may see the course"
    );
}

/// Nobody asks the second person for what the papers do not say.
#[test]
fn a_contact_without_a_birth_date_is_confirmed_by_its_number() {
    const NO_BIRTH_DATE: &str = r#"{ "reading": "カリノ タロウ", "name": "仮野 太郎", "sex": "男", "relation": "同居",
      "contact_until": "2026-07-09", "state": "発症・陽性", "reached_on": "2026-07-13" }"#;
    let place = Place::new();
    let destination = place.destination();
    let mut clerk = place.sign_in("1001");
    let case = register(&mut clerk, &ehec());
    let contact = add(&mut clerk, "contact", belongs(case), NO_BIRTH_DATE);
    let number = clerk.perform(ShowRecord { record: contact }).unwrap().number;
    let Prepared { transmission, pages, .. } = prepare(&mut clerk, contact, destination);
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    assert_eq!(task.person, PersonCheck::RecordNumber);
    let answers = BlindAnswers { person: Personal::new(number.to_string()), ..place.answers(pages) };
    let evidence = task.evidence;
    let matched = second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
    assert!(matches!(matched, MatchOutcome::Match(_)));
}
