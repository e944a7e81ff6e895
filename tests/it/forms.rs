//! The shipped forms applied to records: complete ones, and each thing that must be noticed.
use chrono::NaiveDate;
use uketsuke::domain::digest::Digest;
use uketsuke::domain::time::Timestamp;
use uketsuke::form::{Catalog, Context, Form, Kind, Origin, Value, Values, shipped_sources};
use uketsuke::text::Lang;

use crate::papers::paper;

/// The reference case R1; what the form gives by default or computes is left out.
pub const EHEC: &str = include_str!("data/ehec_values.json");

const PNEUMOCOCCAL: &str = r#"{
  "institution_name": "架空総合病院", "institution_address": "東京都千代田区永田町9-99-99", "doctor": "仮田 一郎",
  "case_type": "patient", "sex": "男", "age": 0, "age_months": 7, "symptoms": ["発熱", "髄膜炎"],
  "lab_methods": ["isolation"], "lab_specimens": ["血液", "髄液"], "serotype": "19A",
  "first_visit": "2026-07-11", "diagnosed": "2026-07-13", "onset": "2026-07-10",
  "route_certainty": "estimated", "route": "unknown", "place_certainty": "estimated", "place": "domestic",
  "vaccinated": "有", "vaccination": [{"vaccine": "pcv15", "at_age": 0}, {"vaccine": "PCV20", "given_on": "2026-05-01"}]
}"#;

pub const HOME_CARE: &str = r#"{
  "reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "女", "birth_date": "1975-03-04", "phone": "090-0000-0123",
  "requests": ["電話診療", "薬剤処方"], "urgency": "当日", "consent": "person"
}"#;

fn catalog() -> Catalog {
    Catalog::load(shipped_sources()).catalog
}

fn context() -> Context {
    let today = NaiveDate::from_ymd_opt(2026, 7, 14).expect("a date");
    Context { today, received_at: Timestamp::from_japan(today.and_hms_opt(9, 12, 0).expect("a time")) }
}

fn values(form: &Form, json: &str) -> Values {
    form.parse_json_values(json.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn date(text: &str) -> Value {
    Value::Date(text.parse().expect("a date"))
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

/// Items with what is typed there instead; `None` clears the item.
type Changes<'a> = &'a [(&'a str, Option<Value>)];

/// Changes items and lists what is noticed, as `item code`, errors marked with `!`.
fn noticed(form: &Form, json: &str, changes: Changes<'_>) -> Vec<String> {
    let mut values = values(form, json);
    for (key, value) in changes {
        match value {
            Some(value) => values.set(*key, value.clone()),
            None => values.clear(key),
        };
    }
    let view = form.view(&values, &context());
    let rows: Vec<String> = view
        .problems()
        .map(|p| format!("{}{} {}", if p.is_error() { "!" } else { "" }, p.item, p.code.as_str()))
        .collect();
    let complete = form.complete(&values, &context());
    assert_eq!(complete.is_err(), rows.iter().any(|row| row.starts_with('!')), "{rows:?}");
    rows
}

#[test]
fn the_reference_case_is_complete() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    assert_eq!(noticed(form, EHEC, &[]), [] as [&str; 0]);
    let complete = form.complete(&values(form, EHEC), &context()).unwrap();
    for (key, shown) in [
        ("reported_on", "令和 8年 7月14日"),
        ("diagnosed", "令和 8年 7月14日"),
        ("birth_date", "昭和50年 3月 4日"),
        ("age", "51歳"),
        ("whereabouts", "同上"),
        ("postal_code", "100-0014"),
        ("symptoms", "腹痛、水様性下痢、血便、発熱"),
        ("place_municipality", "東京都千代田区"),
    ] {
        let item = form.item(key).unwrap();
        assert_eq!(form.format_value(item, complete.value(key).unwrap(), Lang::Ja), shown, "{key}");
    }
    assert_eq!(complete.value("guardian_name"), None);
    assert_eq!(complete.value("died"), None);
    assert_eq!(form.due_on(&form.view(&values(form, EHEC), &context())), None, "due at once");
}

#[test]
fn canonical_bytes_are_pinned() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let complete = form.complete(&values(form, EHEC), &context()).unwrap();
    let bytes = complete.canonical_bytes();
    assert!(
        bytes
            .starts_with(b"\0\0\0\x69\0\0\0\x12uketsuke record v1\0\0\0\x04ehec\0\0\0\x011\0\0\0\x07address")
    );
    assert_eq!(
        Digest::of(&bytes).to_string(),
        "33f87330de92a88a741cbee5f6d1b3acf71e1fd96f02b690ff44a923d2561cb1"
    );
}

#[test]
fn the_order_of_typing_does_not_matter() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let mut typed = values(form, EHEC);
    let before = form.complete(&typed, &context()).unwrap().canonical_bytes();
    let codes = ["fever", "bloody_stool", "abdominal_pain", "watery_diarrhoea"];
    typed.set("symptoms", Value::Choices(codes.map(str::to_owned).to_vec()));
    assert_eq!(form.complete(&typed, &context()).unwrap().canonical_bytes(), before);
}

#[test]
fn the_rendition_holds_every_item() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let complete = form.complete(&values(form, EHEC), &context()).unwrap();
    let document = paper(form, &complete);
    for (key, value) in complete.values() {
        let shown = form.format_value(form.item(key).unwrap(), value, Lang::Ja);
        let shown: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(document.contains(&shown), "{key}");
    }
}

#[test]
fn ehec_notices() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let all: &[(Changes<'_>, &[&str])] = &[
        (&[("name", None)], &["!name required"]),
        (&[("reading", Some(text("かりの")))], &["!reading not-kana"]),
        (&[("phone", Some(text("030000012")))], &["!phone not-phone"]),
        (&[("phone", Some(text("030000012345")))], &["!phone not-phone"]),
        (&[("postal_code", Some(text("10000")))], &["!postal_code not-postal-code"]),
        (&[("sex", Some(choice("x")))], &["!sex unknown-choice"]),
        (&[("sex", Some(date("2026-07-01")))], &["!sex wrong-kind"]),
        (&[("name", Some(text("仮\u{1b}[31m")))], &["!name control-character"]),
        (&[("name", Some(text("a\u{202e}b")))], &["!name control-character"]),
        (&[("name", Some(text(&"あ".repeat(61))))], &["!name too-long"]),
        (&[("o_serogroup", Some(text("１５７")))], &["!o_serogroup not-ascii"]),
        (
            &[("diagnosed", Some(date("2026-07-15")))],
            &["!diagnosed future-date", "diagnosed diagnosis_before_report"],
        ),
        (&[("birth_date", Some(date("1850-01-01")))], &["!birth_date absurd-date"]),
        (&[("onset", Some(date("2026-07-12")))], &["onset onset_before_first_visit"]),
        (&[("infected", Some(date("2026-07-10")))], &["infected infection_before_onset"]),
        (
            &[("symptoms", Some(Value::Choices(vec!["fever".into(), "none".into()])))],
            &["!symptoms exclusive-choice", "symptoms patient_with_symptoms"],
        ),
        (&[("lab_method", Some(choice("stool_toxin")))], &["lab_method hus_only"]),
        (&[("age", Some(Value::Integer(50)))], &["age differs-from-computed"]),
        (&[("case_type", Some(choice("body")))], &["!died required"]),
        (&[("route", Some(choice("other"))), ("route_detail", None)], &["!route_detail required"]),
        (&[("place", Some(choice("abroad")))], &["!place_abroad required"]),
    ];
    for (changes, expected) in all {
        let found = noticed(form, EHEC, changes);
        let key = changes[0].0;
        // Items that a change hides are warned about too; the hidden laboratory items are not the point here.
        let found: Vec<_> = found.iter().filter(|row| !row.ends_with("hidden-item")).collect();
        assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{key}");
    }
}

#[test]
fn a_minor_needs_a_guardian_and_an_infant_has_months() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    assert_eq!(noticed(form, EHEC, &[("birth_date", Some(date("2008-07-15")))]), ["!guardian_name required"]);
    assert_eq!(noticed(form, EHEC, &[("birth_date", Some(date("2008-07-14")))]), [] as [&str; 0], "18 today");
    let mut infant = values(form, EHEC);
    infant.set("birth_date", date("2026-02-20"));
    let view = form.view(&infant, &context());
    let months = form.items.iter().position(|item| item.key == "age_months").unwrap();
    assert!(view.items[months].value == Some(Value::Integer(4)));
    assert_eq!(view.items[months].origin, Origin::Computed);
}

#[test]
fn hidden_values_are_kept_but_not_exported() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let mut values = values(form, EHEC);
    values.set("case_type", choice("carrier"));
    let complete = form.complete(&values, &context()).unwrap();
    assert_eq!(complete.value("symptoms"), None);
    assert_eq!(complete.value("onset"), None);
    assert!(values.value("symptoms").is_some());
    assert!(
        complete.warnings().iter().all(|w| w.code.as_str() == "hidden-item")
            && complete.warnings().len() == 2
    );
    let document = paper(form, &complete);
    assert!(!document.contains("水様性下痢") && document.contains("無症状病原体保有者"));
}

#[test]
fn class_five_has_no_name_and_repeats_vaccinations() {
    let catalog = catalog();
    let form = catalog.latest("invasive_pneumococcal").unwrap();
    assert_eq!(noticed(form, PNEUMOCOCCAL, &[]), [] as [&str; 0]);
    for key in ["name", "reading", "birth_date", "address", "phone", "occupation"] {
        assert!(form.item(key).is_none(), "{key} is not asked for in class 5");
    }
    let view = form.view(&values(form, PNEUMOCOCCAL), &context());
    assert_eq!(form.due_on(&view), NaiveDate::from_ymd_opt(2026, 7, 20));
    let shown = |key: &str| view.items[form.items.iter().position(|item| item.key == key).unwrap()].shown;
    assert!(shown("vaccination[1].vaccine") && shown("vaccination[2].vaccine"), "one empty row is offered");
    assert!(!shown("vaccination[3].vaccine"));
    let found = noticed(form, PNEUMOCOCCAL, &[("vaccination[1].vaccine", None)]);
    assert_eq!(found, ["!vaccination[1].vaccine required"], "a row that is begun is to be finished");
    let found = noticed(form, PNEUMOCOCCAL, &[("vaccination[0].at_age", Some(Value::Integer(3)))]);
    assert_eq!(found, ["!vaccination[0].at_age vaccinated_within_life"]);
    assert_eq!(noticed(form, PNEUMOCOCCAL, &[("age_months", None)]), ["!age_months required"]);
    assert_eq!(noticed(form, PNEUMOCOCCAL, &[("age", Some(Value::Integer(121)))])[0], "!age out-of-range");
    let name = form.parse_json_values("{\"name\": \"仮野 花枝\"}".as_bytes()).unwrap_err();
    assert_eq!((name[0].item.as_str(), name[0].code.as_str()), ("name", "unknown-item"));
}

#[test]
fn a_home_visit_needs_an_address() {
    let catalog = catalog();
    let form = catalog.latest("homecare_support_request").unwrap();
    assert_eq!(noticed(form, HOME_CARE, &[]), [] as [&str; 0]);
    let visit = Value::Choices(vec!["phone_consultation".into(), "home_visit".into()]);
    assert_eq!(noticed(form, HOME_CARE, &[("requests", Some(visit))]), ["!address required"]);
    let low = [("spo2", Some(Value::Integer(92)))];
    assert_eq!(noticed(form, HOME_CARE, &low), ["spo2 low_oxygen"]);
    assert_eq!(noticed(form, HOME_CARE, &[("spo2", Some(Value::Integer(101)))]), ["!spo2 out-of-range"]);
    let fine = [("temperature", Some(Value::Decimal("38.55".parse().unwrap())))];
    assert_eq!(noticed(form, HOME_CARE, &fine), ["!temperature too-many-places"]);
    let empty = form.complete(&Values::new(), &context()).unwrap_err();
    assert_eq!(empty.len(), 8, "eight items must be typed: {empty:?}");
}

#[test]
fn json_problems_are_listed_together_and_never_quote_values() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let json = r#"{"name": 5, "nickname": "はな", "onset": "7/9", "sex": "秘密", "symptoms": ["fever", "秘密"], "age": null}"#;
    let problems = form.parse_json_values(json.as_bytes()).unwrap_err();
    let rows: Vec<_> = problems.iter().map(|p| format!("{} {}", p.item, p.code.as_str())).collect();
    assert_eq!(
        rows,
        [
            "name not-readable",
            "nickname unknown-item",
            "onset not-readable",
            "sex not-readable",
            "symptoms not-readable"
        ]
    );
    assert!(!format!("{problems:?}").contains("秘密"));
    for bad in ["", "[]", "{\"name\":", "\"仮野\""] {
        let problems = form.parse_json_values(bad.as_bytes()).unwrap_err();
        assert_eq!(problems[0].code.as_str(), "not-an-object");
    }
}

/// The parser would keep the last of two values; a report would hold what nobody decided.
#[test]
fn what_stands_twice_is_refused_whichever_was_meant() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    for json in [
        r#"{"name": "仮野 花", "sex": "female", "name": "仮野 漏之助"}"#,
        r#"{"name": "仮野 花", "name": "仮野 花"}"#,
        r#"{"name": null, "name": "仮野 花"}"#,
    ] {
        assert_eq!(wrong(form, json), ["name repeated"]);
    }
    let form = catalog.latest("invasive_pneumococcal").unwrap();
    let json = r#"{"vaccination": [{"at_age": 0}, {"at_age": null, "at_age": 1}], "vaccination": []}"#;
    assert_eq!(wrong(form, json), ["vaccination[1].at_age repeated", "vaccination repeated"]);
    let json = r#"{"vaccination": [{"at_age": 0}], "vaccination[0].at_age": 1}"#;
    assert_eq!(wrong(form, json), ["vaccination[0].at_age unknown-item"]);
}

fn wrong(form: &Form, json: &str) -> Vec<String> {
    let problems = form.parse_json_values(json.as_bytes()).expect_err("it stands twice");
    problems.iter().map(|problem| format!("{} {}", problem.item, problem.code.as_str())).collect()
}

#[test]
fn unknown_keys_in_stored_values_are_refused() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let mut values = values(form, EHEC);
    values.set("destination_fax", text("0300000000"));
    let errors = form.complete(&values, &context()).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].item, "destination_fax");
}

/// The order of keying in `reference_case_keys.json`, as far as these items exist without registers.
#[test]
fn ehec_follows_the_order_of_keying() {
    let catalog = catalog();
    let form = catalog.latest("ehec").unwrap();
    let view = form.view(&values(form, EHEC), &context());
    let visited: Vec<&str> = form
        .items
        .iter()
        .zip(&view.items)
        .filter(|(_, item)| item.shown && item.origin != Origin::Computed)
        .map(|(item, _)| item.key.as_str())
        .collect();
    let script = [
        "institution_name",
        "doctor",
        "reported_on",
        "case_type",
        "reading",
        "name",
        "sex",
        "birth_date",
        "occupation",
        "postal_code",
        "address",
        "phone",
        "whereabouts",
        "symptoms",
        "lab_method",
        "lab_specimen",
        "o_serogroup",
        "h_type",
        "toxin_check",
        "toxin_type",
        "first_visit",
        "diagnosed",
        "infected",
        "onset",
        "route_certainty",
        "route",
        "route_detail",
        "place_certainty",
        "place",
        "place_municipality",
    ];
    // From the type of the case to the place, nothing stands between the items of the script.
    let from = visited.iter().position(|key| *key == "case_type").unwrap();
    let own = script.iter().position(|key| *key == "case_type").unwrap();
    assert_eq!(visited[from..from + script.len() - own], script[own..]);
    let keys =
        |key: &str| -> String { form.item(key).unwrap().kind.options().iter().map(|o| o.key).collect() };
    assert_eq!(keys("symptoms"), "123456789abc0");
    assert_eq!(keys("toxin_type"), "1234");
    assert_eq!(keys("route"), "12349");
    let code = |key: &str, at: usize| form.item(key).unwrap().kind.options()[at].code.clone();
    assert_eq!((code("toxin_check", 1).as_str(), code("toxin_type", 2).as_str()), ("pcr", "vt1_vt2"));
    assert!(
        !form.item("occupation").unwrap().kind.takes_digits(),
        "a birth date of seven digits advances into it"
    );
}

#[test]
fn the_catalog_can_cross_threads() {
    fn check<T: Send + Sync>() {}
    check::<Catalog>();
}

/// What is asked about the partner waits until there is a state at all.
#[test]
fn a_placement_asks_step_by_step() {
    let catalog = catalog();
    let form = catalog.latest("placement").unwrap();
    let shown = |json: &str| -> Vec<&str> {
        let view = form.view(&values(form, json), &context());
        let shown = form.items.iter().zip(&view.items).filter(|(_, item)| item.shown);
        shown.map(|(item, _)| item.key.as_str()).collect()
    };
    let always = ["state", "place", "wish", "urgency", "severity", "note"];
    assert_eq!(shown("{}"), always);
    assert_eq!(shown(r#"{"state": "依頼"}"#), always);
    assert!(shown(r#"{"state": "打診中"}"#).contains(&"asked_on"));
    let decided = r#"{"state": "決定", "place": "入院", "urgency": "至急", "asked_on": "2026-07-13", "answer": "受入可",
        "decided_on": "2026-07-13", "decided_place": "架空病院"}"#;
    assert_eq!(noticed(form, decided, &[]), [] as [&str; 0]);
    let refused = [("answer", Some(choice("declined")))];
    assert_eq!(noticed(form, decided, &refused), ["answer decided_where_accepted"]);
}

#[test]
fn the_second_version_of_the_request_asks_more_and_requires_nothing_more() {
    let catalog = catalog();
    let version = |number| {
        catalog
            .form("homecare_support_request", uketsuke::form::FormVersion::new(number, 0).unwrap())
            .unwrap()
    };
    let (first, second) = (version(1), version(2));
    assert!(first.head.released && !second.head.released);
    assert!(first.items.iter().all(|item| second.item(&item.key).is_some()), "nothing is lost");
    let added = second.items.iter().filter(|item| first.item(&item.key).is_none());
    let required = added.clone().filter(|item| item.required.is_some());
    assert!(required.map(|item| item.key.as_str()).eq(["partner_hours"]), "and that of a partner only");
    assert_eq!(added.count(), 27);
    for (changes, expected) in [
        ("answer_by_on", ["answer_by_on answer_after_request"]),
        ("systolic", ["diastolic pressures_in_order"]),
    ] {
        let changes = match changes {
            "systolic" => {
                vec![("systolic", Some(Value::Integer(80))), ("diastolic", Some(Value::Integer(130)))]
            }
            key => vec![(key, Some(date("2026-07-13")))],
        };
        assert_eq!(noticed(second, HOME_CARE, &changes), expected);
    }
}

/// A time comes from JSON as it is written and leaves as `HH:MM`; the version that was released keeps its words.
#[test]
fn a_time_of_day_is_kept_in_one_spelling() {
    let catalog = catalog();
    let version = |number| {
        let version = uketsuke::form::FormVersion::new(number, 0).unwrap();
        catalog.form("homecare_support_request", version).unwrap()
    };
    let second = version(2);
    for (written, kept) in [("9:30", "09:30"), ("1430", "14:30"), ("14:30", "14:30"), ("2561", "2561")] {
        let read = values(second, &format!(r#"{{"requested_time": "{written}"}}"#));
        assert!(read.value("requested_time") == Some(&text(kept)), "{written}");
    }
    for (time, expected) in [
        ("23:59", vec![]),
        ("9:30", vec!["!requested_time not-time"]),
        ("24:00", vec!["!requested_time not-time"]),
    ] {
        assert_eq!(noticed(second, HOME_CARE, &[("requested_time", Some(text(time)))]), expected, "{time}");
    }
    let times = [("measured_time", Some(text("朝")))];
    assert_eq!(noticed(version(1), HOME_CARE, &times), [] as [&str; 0]);
    assert_eq!(noticed(second, HOME_CARE, &times), ["!measured_time not-time"]);
    // Every item whose name says that it is a time of day is one.
    for form in catalog.forms().filter(|form| !form.head.released) {
        for item in form.items.iter().filter(|item| item.label.ja.ends_with("時刻")) {
            assert!(matches!(item.kind, Kind::Time), "{} {}", form.head.id, item.key);
        }
    }
}
