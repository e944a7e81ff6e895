//! Every form can be filled in and printed, for every type of case that it offers.
use super::catalog;
use crate::papers::paper;
use chrono::NaiveDate;
use uketsuke::domain::time::Timestamp;
use uketsuke::form::{Context, Form, Item, Kind, Value, Values};

/// After the day on which the youngest disease became notifiable.
fn context() -> Context {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
    Context { today, received_at: Timestamp::from_japan(today.and_hms_opt(9, 12, 0).expect("a time")) }
}

fn sample(item: &Item, today: NaiveDate) -> Value {
    match &item.kind {
        Kind::Text { .. } | Kind::MultiLine { .. } => Value::Text("x".into()),
        Kind::Name { .. } => Value::Text("仮野 花枝".into()),
        Kind::Reading { .. } => Value::Text("カリノ ハナエ".into()),
        Kind::Time => Value::Text("09:30".into()),
        Kind::Date { .. } if item.key == "birth_date" => Value::Date("1975-03-04".parse().expect("a date")),
        Kind::Date { .. } => Value::Date(today),
        Kind::Integer { min, .. } => Value::Integer((*min).max(3)),
        Kind::Choice { options } => Value::Choice(options[0].code.clone()),
        Kind::Choices { options } => Value::Choices(vec![options[0].code.clone()]),
        other => panic!("{} is not required anywhere: {other:?}", item.key),
    }
}

/// Fills in what is missing until nothing is; how many items that took.
fn fill(form: &Form, values: &mut Values) -> usize {
    let context = context();
    let mut filled = 0;
    loop {
        let view = form.view(values, &context);
        let missing: Vec<&Item> = form
            .items
            .iter()
            .zip(&view.items)
            .filter(|(_, view)| view.is_missing())
            .map(|(i, _)| i)
            .collect();
        if missing.is_empty() {
            return filled;
        }
        filled += missing.len();
        missing.iter().for_each(|item| drop(values.set(item.key.clone(), sample(item, context.today))));
    }
}

fn shown(form: &Form, values: &Values, key: &str) -> bool {
    let view = form.view(values, &context());
    form.items.iter().zip(&view.items).any(|(item, view)| item.key == key && view.shown)
}

fn required(form: &Form, values: &Values, key: &str) -> bool {
    let view = form.view(values, &context());
    form.items.iter().zip(&view.items).any(|(item, view)| item.key == key && view.required)
}

#[test]
fn every_form_can_be_filled_in_and_printed() {
    let catalog = catalog();
    let mut records = 0;
    for form in catalog.forms().filter(|form| form.head.class.is_notifiable()) {
        let id = &form.head.id;
        for case in form.item("case_type").unwrap().kind.options() {
            let mut values = Values::new();
            values.set("case_type", Value::Choice(case.code.clone()));
            assert!(fill(form, &mut values) > 5, "{id}");
            let complete =
                form.complete(&values, &context()).unwrap_or_else(|p| panic!("{id} {}: {p:?}", case.code));
            let warnings: Vec<&str> =
                complete.warnings().iter().map(|problem| problem.code.as_str()).collect();
            let allowed = warnings.iter().all(|warning| OF_FIRST_ANSWERS.contains(warning));
            assert!(allowed, "{id} {}: {warnings:?}", case.code);
            assert!(!paper(form, &complete).is_empty(), "{id}");
            records += 1;
        }
    }
    assert!(records > 300, "{records}");
}

/// Checks that object, rightly, to a record in which the first answer of every item is chosen.
const OF_FIRST_ANSWERS: [&str; 2] = ["typical_signs", "pneumonia_type_has_signs"];

#[test]
fn what_is_asked_depends_on_the_type_of_case() {
    let catalog = catalog();
    for form in catalog.forms().filter(|form| form.head.class.is_notifiable()) {
        let id = &form.head.id;
        let symptoms = if form.item("symptoms").is_some() { "symptoms" } else { "symptoms_state" };
        for case in form.item("case_type").unwrap().kind.options() {
            let mut values = Values::new();
            values.set("case_type", Value::Choice(case.code.clone()));
            let code = case.code.as_str();
            assert_eq!(shown(form, &values, symptoms), code != "carrier", "{id} {code}");
            let needs = code == "patient" || (id == "new_infectious_disease" && code == "suspected");
            assert_eq!(required(form, &values, symptoms), needs, "{id} {code}");
            assert_eq!(shown(form, &values, "onset"), needs, "{id} {code}");
            let dead = matches!(code, "body" | "suspected_body");
            assert_eq!(shown(form, &values, "died"), dead, "{id} {code}");
            assert_eq!(required(form, &values, "died"), dead, "{id} {code}");
        }
    }
}

#[test]
fn a_minor_has_a_guardian_and_an_infant_months() {
    let catalog = catalog();
    for form in catalog.forms().filter(|form| form.item("guardian_name").is_some()) {
        let id = &form.head.id;
        let mut values = Values::new();
        values.set("diagnosed", Value::Date("2026-11-20".parse().unwrap()));
        for (born, minor, infant) in
            [("2008-11-20", false, false), ("2008-11-21", true, false), ("2026-03-01", true, true)]
        {
            values.set("birth_date", Value::Date(born.parse().unwrap()));
            assert_eq!(required(form, &values, "guardian_name"), minor, "{id} {born}");
            assert_eq!(shown(form, &values, "age_months"), infant, "{id} {born}");
        }
    }
}

#[test]
fn infection_before_birth_comes_from_the_mother_only() {
    let catalog = catalog();
    let form = catalog.latest("zika").unwrap();
    let mut values = Values::new();
    values.set("case_type", Value::Choice("patient".into()));
    values.set("birth_date", Value::Date("2026-11-01".parse().unwrap()));
    values.set("infected", Value::Date("2026-10-01".parse().unwrap()));
    for (route, objects) in [("animal", true), ("mother_to_child", false)] {
        values.set("routes", Value::Choices(vec![route.into()]));
        let view = form.view(&values, &context());
        assert_eq!(view.problems().any(|p| p.code.as_str() == "born_before_infection"), objects, "{route}");
    }
}
