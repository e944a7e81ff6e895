//! Requests that wait, and figures without names.
use super::support::*;
use crate::domain::ids::RecordId;
use crate::domain::institution::{Band, Contract, Institution};
use crate::domain::intake::{Channel, Intake};
use crate::domain::link::{Link, Relation};
use crate::form::Value;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

const REQUEST: &str = r#"{ "reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "女", "birth_date": "1975-03-04",
  "phone": "0300000123", "requests": ["電話診療"], "urgency": "当日", "consent": "person" }"#;

fn answer(means: &str, band: &str) -> String {
    format!(
        r#"{{ "answer": "done", "institution": "架空診療所", "doctor": "仮田 一郎", "visited_on": "2026-07-13",
          "means": "{means}", "band": "{band}", "care_place": "home", "outcome": "stay" }}"#
    )
}

fn add(session: &mut Session, form: &str, parent: Option<RecordId>, json: &str) -> RecordId {
    let intake = Intake { channel: Channel::Fax, received_at: intake().received_at, pages: Some(1) };
    let link = parent.map(|parent| Link { parent, relation: Relation::Belongs });
    let opened = session.perform(OpenDraft { form: form.into(), intake, link }).unwrap();
    let values = session.house().catalog().latest(form).unwrap().parse_json_values(json.as_bytes()).unwrap();
    let register = RegisterDraft { draft: opened.draft, values, passed: Vec::new() };
    match session.perform(register).unwrap() {
        RegisterOutcome::Registered(done) => done.record,
        other => panic!("{other:?}"),
    }
}

fn results(session: &mut Session, form: &str, month: u32) -> Result<Tally, Reason> {
    session.perform(CountResults { form: form.into(), year: 2026, month })
}

#[test]
fn a_request_waits_until_an_answer_belongs_to_it() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let [first, second] = [0, 1].map(|_| add(&mut clerk, "homecare_support_request", None, REQUEST));
    register(&mut clerk, &ehec());
    let waiting = |clerk: &mut Session| -> Vec<RecordId> {
        clerk.perform(ListUnanswered).unwrap().into_iter().map(|line| line.record).collect()
    };
    assert_eq!(waiting(&mut clerk), [first, second], "a report of a disease waits for nobody");
    // A draft is no answer yet.
    let link = Some(Link { parent: first, relation: Relation::Belongs });
    let draft = OpenDraft { form: "homecare_visit_report".into(), intake: intake(), link };
    clerk.perform(draft).unwrap();
    assert_eq!(waiting(&mut clerk).len(), 2);
    add(&mut clerk, "homecare_visit_report", Some(first), &answer("phone", "night"));
    assert_eq!(waiting(&mut clerk), [second]);
}

/// Nobody types again what the report says, nor whom the request asked.
#[test]
fn a_request_takes_over_the_report_and_its_answer_the_partner() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let report = register(&mut clerk, &ehec());
    let start = |clerk: &mut Session, form: &str, parent: RecordId| {
        let link = Some(Link { parent, relation: Relation::Belongs });
        clerk.perform(OpenDraft { form: form.into(), intake: intake(), link }).unwrap()
    };
    let opened = start(&mut clerk, "homecare_support_request", report);
    let text = |value: &str| Some(Value::Text(value.into()));
    let date = |value: &str| Some(Value::Date(value.parse().unwrap()));
    for (key, expected) in [
        ("postal_code", text("1000014")),
        ("address", text("東京都千代田区永田町9-99-99")),
        ("phone", text("0300000123")),
        ("disease", text("腸管出血性大腸菌感染症")),
        ("onset", ehec().value("onset").cloned()),
        // Not typed in the report: its default is in force there.
        ("diagnosed", date("2026-07-14")),
        ("report_number", text("26-00001-8")),
        ("care_place", None),
    ] {
        assert_eq!(opened.values.value(key).cloned(), expected, "{key}");
    }
    assert!(ehec().value("onset").is_some());
    let mut values = opened.values;
    let form = clerk.house().catalog().latest("homecare_support_request").unwrap();
    let said = r#"{ "requests": ["電話診療"], "urgency": "当日", "consent": "person", "partner_name": "架空診療所" }"#;
    for (key, value) in form.parse_json_values(said.as_bytes()).unwrap().iter() {
        values.set(key, value.clone());
    }
    let registered = RegisterDraft { draft: opened.draft, values, passed: Vec::new() };
    let RegisterOutcome::Registered(request) = clerk.perform(registered).unwrap() else { panic!("complete") };
    let answer = start(&mut clerk, "homecare_visit_report", request.record);
    let taken: Vec<(&str, &Value)> = answer.values.iter().collect();
    assert_eq!(taken, [("institution", &Value::Text("架空診療所".into()))], "and the answer itself is typed");
    // A call about the request asks for nothing of that.
    assert!(start(&mut clerk, "observation", request.record).values.iter().next().is_none());
}

/// Whoever declined has seen nobody, and somebody else has to be asked.
#[test]
fn a_request_that_was_declined_goes_on_waiting() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let request = add(&mut clerk, "homecare_support_request", None, REQUEST);
    let waiting = |clerk: &mut Session| clerk.perform(ListUnanswered).unwrap().len();
    let declined = r#"{ "answer": "declined", "declined_reason": "手一杯", "institution": "架空診療所", "doctor": "仮田 一郎" }"#;
    let report = add(&mut clerk, "homecare_visit_report", Some(request), declined);
    assert_eq!(waiting(&mut clerk), 1);
    // A slip is corrected, and the correction taken back.
    let opened = clerk.perform(ReviseRecord { record: report }).unwrap();
    let form = clerk.house().catalog().latest("homecare_visit_report").unwrap();
    let values = form.parse_json_values(answer("phone", "night").as_bytes()).unwrap();
    clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap();
    assert_eq!(waiting(&mut clerk), 0);
    clerk.perform(UndoRegistration { record: report }).unwrap();
    assert_eq!(waiting(&mut clerk), 1);
    add(&mut clerk, "homecare_visit_report", Some(request), &answer("visit", "holiday"));
    assert_eq!(waiting(&mut clerk), 0);
}

#[test]
fn figures_are_of_one_month_and_hold_no_names() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let request = add(&mut clerk, "homecare_support_request", None, REQUEST);
    add(&mut clerk, "homecare_visit_report", Some(request), &answer("phone", "night"));
    add(&mut clerk, "homecare_visit_report", Some(request), &answer("visit", "holiday"));
    let corrected = add(&mut clerk, "homecare_visit_report", Some(request), &answer("visit", "weekday"));
    let opened = clerk.perform(ReviseRecord { record: corrected }).unwrap();
    let form = clerk.house().catalog().latest("homecare_visit_report").unwrap();
    let values = form.parse_json_values(answer("visit", "holiday").as_bytes()).unwrap();
    clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap();

    let tally = results(&mut clerk, "homecare_visit_report", 7).unwrap();
    assert_eq!(tally.total, 3, "a corrected report counts once, as it is now");
    let of = |key: &str| tally.items.iter().find(|item| item.item == key).unwrap().answers.clone();
    assert_eq!(of("means"), [("phone".into(), 1), ("online".into(), 0), ("visit".into(), 2)]);
    let cross: Vec<_> = tally.cross.iter().filter(|(.., count)| *count > 0).collect();
    assert_eq!(cross, [&("phone".into(), "night".into(), 1), &("visit".into(), "holiday".into(), 2)]);
    assert!(!format!("{tally:?}").contains('仮'));
    assert_eq!(place.last(&mut clerk), (Action::CountResults, Outcome::Done, None));

    assert_eq!(results(&mut clerk, "homecare_visit_report", 6).unwrap().total, 0);
    assert_eq!(results(&mut clerk, "homecare_visit_report", 13).err(), Some(Reason::NoSuchThing));
    assert_eq!(results(&mut clerk, "ehec", 7).err(), Some(Reason::NothingCounted));
}

/// Whoever chose the partner, and however: the office looks at the contract when the request is registered.
#[test]
fn a_partner_is_asked_only_while_the_contract_holds() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let day = |text: &str| text.parse().unwrap();
    for (code, contract) in [
        ("0012", None),
        ("0021", Some((day("2026-04-01"), day("2026-07-14")))),
        ("0022", Some((day("2026-04-01"), day("2026-07-13")))),
        ("0023", Some((day("2026-07-15"), day("2027-03-31")))),
    ] {
        let institution = Institution {
            code: code.into(),
            name: "架空訪問診療所".into(),
            reading: "カクウホウモンシンリョウジョ".into(),
            contract: contract.map(|(from, until)| Contract { from, until, bands: vec![Band::Night] }),
            ..Institution::default()
        };
        clerk.perform(KeepInstitution { change: None, institution }).unwrap();
    }
    let cases = [
        ("0021", "night", None),
        ("0021", "weekday", Some(("partner_hours", "contract-hours"))),
        ("0022", "night", Some(("partner_code", "contract-over"))),
        ("0023", "night", Some(("partner_code", "contract-over"))),
        ("0012", "night", Some(("partner_code", "no-partner"))),
        ("9999", "night", Some(("partner_code", "no-partner"))),
    ];
    let form = "homecare_support_request";
    for (code, hours, expected) in cases {
        let opened = clerk.perform(OpenDraft { form: form.into(), intake: intake(), link: None }).unwrap();
        let json = REQUEST.replace(
            " }",
            &format!(
                r#", "requested_on": "2026-07-14", "partner_code": "{code}", "partner_hours": "{hours}" }}"#
            ),
        );
        let values =
            clerk.house().catalog().latest(form).unwrap().parse_json_values(json.as_bytes()).unwrap();
        let register = RegisterDraft { draft: opened.draft, values, passed: Vec::new() };
        match (clerk.perform(register).unwrap(), expected) {
            (RegisterOutcome::Registered(_), None) => {}
            (RegisterOutcome::Problems(problems), Some((item, problem))) => {
                let found: Vec<_> = problems.iter().map(|p| (p.item.as_str(), p.code.as_str())).collect();
                assert_eq!(found, [(item, problem)], "{code} {hours}");
                let failed = (Action::RegisterDraft, Outcome::Failed, Some(Reason::FormProblems));
                assert_eq!(place.last(&mut clerk), failed);
            }
            (other, expected) => panic!("{code} {hours}: {other:?}, expected {expected:?}"),
        }
    }
}

/// A renewed contract has other days than the one under which the partner was asked.
#[test]
fn what_was_asked_under_an_old_contract_can_still_be_corrected() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let partner = |from: &str, until: &str| Institution {
        code: "0021".into(),
        name: "架空訪問診療所".into(),
        reading: "カクウホウモンシンリョウジョ".into(),
        contract: Some(Contract {
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
            bands: vec![Band::Night],
        }),
        ..Institution::default()
    };
    let institution = partner("2026-04-01", "2026-07-31");
    let id = clerk.perform(KeepInstitution { change: None, institution }).unwrap();
    let asked = |on: &str| {
        REQUEST.replace(
            " }",
            &format!(r#", "requested_on": "{on}", "partner_code": "0021", "partner_hours": "night" }}"#),
        )
    };
    let request = add(&mut clerk, "homecare_support_request", None, &asked("2026-07-14"));
    let institution = partner("2026-08-01", "2027-07-31");
    clerk.perform(KeepInstitution { change: Some((id, 1)), institution }).unwrap();
    let revise = |clerk: &mut Session, json: &str| {
        let opened = clerk.perform(ReviseRecord { record: request }).unwrap();
        let form = clerk.house().catalog().latest("homecare_support_request").unwrap();
        let values = form.parse_json_values(json.as_bytes()).unwrap();
        clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap()
    };
    let moved = revise(&mut clerk, &asked("2026-07-13"));
    assert!(matches!(moved, RegisterOutcome::Problems(_)), "another day is asked anew: {moved:?}");
    let corrected = asked("2026-07-14").replace("0300000123", "0300000124");
    let done = revise(&mut clerk, &corrected);
    assert!(matches!(done, RegisterOutcome::Registered(_)), "{done:?}");
}
