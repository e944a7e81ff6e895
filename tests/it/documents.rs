//! Letters and orders of home care (903-906): the rules that matter, as tables.
use chrono::NaiveDate;
use uketsuke::domain::time::Timestamp;
use uketsuke::form::{Catalog, Context, Form, Value, Values, shipped_sources};
use uketsuke::text::Lang;

use crate::papers::paper;

const LETTER: &str = r#"{
  "to_kind": "institution", "to_institution": "架空総合病院", "institution_name": "架空診療所", "doctor": "仮田 一郎",
  "name": "仮野 花枝", "sex": "女", "birth_date": "1975-03-04", "diagnosis": [{"diagnosis_name": "肺炎"}],
  "purpose": "入院治療のお願い", "drug": [{"medicine": "仮薬錠", "dosage": "1日3回"}]
}"#;

const PUBLIC_LETTER: &str = r#"{
  "to_office": "架空保健所長", "institution_name": "架空診療所", "doctor": "仮田 一郎", "name": "仮野 花枝", "sex": "女",
  "birth_date": "1975-03-04", "address": "東京都千代田区永田町9-99-99", "stroke": "脳梗塞", "services": "訪問看護"
}"#;

const ORDER: &str = r#"{
  "orders": ["nursing"], "period_from": "2026-07-01", "station": "架空訪問看護", "institution_name": "架空診療所",
  "doctor": "仮田 一郎", "name": "仮野 花枝", "birth_date": "1975-03-04", "diagnosis": [{"illness": "肺炎"}]
}"#;

const SPECIAL: &str = r#"{
  "orders": ["nursing"], "period_from": "2026-07-01", "period_to": "2026-07-14", "station": "架空訪問看護",
  "institution_name": "架空診療所", "doctor": "仮田 一郎", "name": "仮野 花枝", "birth_date": "1975-03-04",
  "reason": "急性増悪"
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

/// Changes items, as `item=value` in the words of JSON, and lists what is noticed; errors are marked with `!`.
fn noticed(form: &Form, json: &str, changes: &str) -> Vec<String> {
    let mut all = values(form, json);
    let changed = values(form, changes);
    for (key, value) in changed.iter() {
        all.set(key, value.clone());
    }
    let view = form.view(&all, &context());
    let rows: Vec<String> = view
        .problems()
        .map(|p| format!("{}{} {}", if p.is_error() { "!" } else { "" }, p.item, p.code.as_str()))
        .collect();
    assert_eq!(form.complete(&all, &context()).is_err(), rows.iter().any(|row| row.starts_with('!')));
    rows
}

#[track_caller]
fn check(id: &str, json: &str, cases: &[(&str, &[&str])]) {
    let catalog = catalog();
    let form = catalog.latest(id).expect("shipped");
    assert_eq!(noticed(form, json, "{}"), [] as [&str; 0], "{id}");
    for (changes, expected) in cases {
        assert_eq!(noticed(form, json, changes), *expected, "{changes}");
    }
}

#[test]
fn whoever_is_no_institution_gets_address_and_phone() {
    let outside: &[&str] = &["!address required", "!phone required"];
    check(
        "referral_letter",
        LETTER,
        &[
            (r#"{"to_kind": "保険薬局"}"#, outside),
            (r#"{"to_kind": "市町村"}"#, outside),
            (r#"{"to_kind": "保健所"}"#, outside),
            (r#"{"to_kind": "その他"}"#, outside),
            (
                r#"{"to_kind": "保健所", "address": "東京都千代田区永田町9-99-99", "phone": "0300000123"}"#,
                &[],
            ),
            (r#"{"birth_date": "2026-07-14"}"#, &[]),
            (
                r#"{"birth_date": "2026-07-13", "written_on": "2026-07-12"}"#,
                &["!birth_date born_before_writing"],
            ),
            (r#"{"drug": [{"dosage": "1日3回"}, {"dosage": "頓用"}]}"#, &["!drug[1].medicine required"]),
        ],
    );
}

#[test]
fn a_letter_to_an_office_names_some_illness() {
    let catalog = catalog();
    let form = catalog.latest("referral_letter_public").expect("shipped");
    let mut without = values(form, PUBLIC_LETTER);
    without.clear("stroke");
    let missing = form.complete(&without, &context()).expect_err("no illness");
    assert_eq!(missing.iter().map(|p| p.item.as_str()).collect::<Vec<_>>(), ["diagnosis[0].diagnosis_name"]);
    without.set("diagnosis[0].diagnosis_name", Value::Text("肺炎".into()));
    assert!(form.complete(&without, &context()).is_ok());
    check(
        "referral_letter_public",
        PUBLIC_LETTER,
        &[
            (r#"{"onset": "2026-07-10", "seen_on": "2026-07-10"}"#, &[]),
            (r#"{"onset": "2026-07-11", "seen_on": "2026-07-10"}"#, &["onset onset_before_visit"]),
            (
                r#"{"onset": "2026-07-10", "occurrence": "再発", "first_onset": "2026-07-10"}"#,
                &["first_onset first_before_again"],
            ),
        ],
    );
}

/// 別紙様式12 knows four degrees of being bedridden, 別紙様式16 eight.
#[test]
fn degrees_are_those_of_each_paper() {
    let catalog = catalog();
    let labels = |form: &str, item: &str| -> Vec<String> {
        let item = catalog.latest(form).expect("shipped").item(item).expect("an item");
        item.kind.options().iter().map(|option| option.label.en.clone()).collect()
    };
    assert_eq!(labels("home_nursing_order", "bedridden").join(" "), "J1 J2 A1 A2 B1 B2 C1 C2");
    assert_eq!(labels("home_nursing_order", "dementia").join(" "), "I IIa IIb IIIa IIIb IV M");
    assert_eq!(labels("home_nursing_order", "ulcer_design").join(" "), "D3 D4 D5");
    assert_eq!(labels("home_nursing_order", "care_level").len(), 7);
    let four: String = labels("referral_letter_public", "bedridden")
        .iter()
        .filter_map(|label| label.chars().next())
        .collect();
    assert_eq!(four, "JABC");
}

#[test]
fn an_order_is_for_six_months_at_most() {
    let late: &[&str] = &["period_to period_within_six_months"];
    let reversed: &[&str] = &["!period_to period_in_order"];
    check(
        "home_nursing_order",
        ORDER,
        &[
            (r#"{"period_to": "2026-07-01"}"#, &[]),
            (r#"{"period_to": "2026-12-31"}"#, &[]),
            (r#"{"period_to": "2027-01-01"}"#, late),
            (r#"{"period_to": "2027-07-01"}"#, late),
            (r#"{"period_to": "2036-07-01"}"#, late),
            (r#"{"period_to": "2026-06-30"}"#, reversed),
            // Half years have 181 to 184 days.
            (r#"{"period_from": "2026-03-01", "period_to": "2026-08-31"}"#, &[]),
            (r#"{"period_from": "2026-03-01", "period_to": "2026-09-01"}"#, late),
            (r#"{"period_from": "2026-09-01", "period_to": "2027-02-28"}"#, &[]),
            (r#"{"period_from": "2026-08-31", "period_to": "2027-02-28"}"#, &[]),
            (r#"{"period_from": "2026-08-31", "period_to": "2027-03-01"}"#, late),
        ],
    );
}

#[test]
fn a_special_order_is_for_fourteen_days_at_most() {
    let late: &[&str] = &["period_to period_within_14_days"];
    check(
        "special_home_nursing_order",
        SPECIAL,
        &[
            (r#"{"period_to": "2026-07-01"}"#, &[]),
            (r#"{"period_to": "2026-07-15"}"#, late),
            (r#"{"period_from": "2026-07-25", "period_to": "2026-08-07"}"#, &[]),
            (r#"{"period_from": "2026-07-25", "period_to": "2026-08-08"}"#, late),
        ],
    );
}

#[test]
fn drips_are_ordered_for_a_week_and_in_words() {
    let drip = r#"{"orders": ["nursing", "drip"], "drip": "仮輸液500mL", "drip_from": "2026-07-14", "drip_to": "2026-07-20"}"#;
    for (form, json) in [("home_nursing_order", ORDER), ("special_home_nursing_order", SPECIAL)] {
        check(
            form,
            json,
            &[
                (drip, &[]),
                (&drip.replace("07-20", "07-21"), &["drip_to drips_within_a_week"]),
                (&drip.replace("07-20", "07-13"), &["!drip_to drips_in_order"]),
                (
                    r#"{"orders": ["nursing", "drip"]}"#,
                    &["!drip_from required", "!drip_to required", "!drip required"],
                ),
            ],
        );
    }
}

/// Which devices ask what; whatever else stays hidden.
#[test]
fn devices_ask_what_the_paper_asks() {
    let catalog = catalog();
    let form = catalog.latest("home_nursing_order").expect("shipped");
    let page = form.item("devices").expect("an item").page;
    let follow_ups: &[(&str, &[&str])] = &[
        ("peritoneal_dialysis", &[]),
        ("dialysis", &[]),
        ("oxygen", &["oxygen_flow"]),
        ("suction", &[]),
        ("central_venous", &[]),
        ("pump", &[]),
        ("tube", &["tube", "tube_size", "tube_days"]),
        ("catheter", &["catheter_size", "catheter_days"]),
        ("ventilator", &["ventilator", "ventilator_setting"]),
        ("cannula", &["cannula_size"]),
        ("colostomy", &[]),
        ("urostomy", &[]),
        ("other", &["device_other"]),
    ];
    let offered = form.item("devices").expect("an item").kind.options();
    assert!(offered.iter().map(|option| option.code.as_str()).eq(follow_ups.iter().map(|(code, _)| *code)));
    for (device, expected) in follow_ups {
        let mut values = values(form, ORDER);
        values.set("devices", Value::Choices(vec![(*device).to_owned()]));
        let view = form.view(&values, &context());
        let shown: Vec<&str> = form
            .items
            .iter()
            .zip(&view.items)
            .filter(|(item, view)| item.page == page && item.key != "devices" && view.shown)
            .map(|(item, _)| item.key.as_str())
            .collect();
        assert_eq!(shown, *expected, "{device}");
    }
    check(
        "home_nursing_order",
        ORDER,
        &[
            (r#"{"devices": ["oxygen"]}"#, &["oxygen_flow oxygen_flow_known"]),
            (r#"{"devices": ["oxygen"], "oxygen_flow": "0.25"}"#, &[]),
            (r#"{"devices": ["oxygen"], "oxygen_flow": "25"}"#, &["!oxygen_flow out-of-range"]),
            (r#"{"devices": ["other"]}"#, &["!device_other required"]),
            (r#"{"therapy_minutes": 40}"#, &["therapy_minutes therapy_complete"]),
            (r#"{"therapy_minutes": 40, "therapy_times": 2}"#, &[]),
        ],
    );
}

#[test]
fn documents_stand_alone_or_belong_to_a_case() {
    let catalog = catalog();
    let head = |id: &str| catalog.head(id).expect("shipped");
    for id in
        ["referral_letter", "referral_letter_public", "home_nursing_order", "special_home_nursing_order"]
    {
        assert!(head(id).may_stand_alone(), "{id} may come before there is a case");
        assert!(catalog.find(&head(id).number, &Default::default()).iter().any(|found| found.id == id));
        for parent in ["ehec", "homecare_support_request"] {
            assert!(head(id).may_belong_to(head(parent)), "{id} of {parent}");
        }
        assert!(!head(id).may_belong_to(head("contact")), "{id}");
        assert!(!catalog.is_answered(head(id)), "nobody waits for an answer to {id}");
    }
    assert!(head("special_home_nursing_order").may_belong_to(head("home_nursing_order")));
    assert!(!head("home_nursing_order").may_belong_to(head("special_home_nursing_order")));
    assert!(catalog.is_answered(head("homecare_support_request")));
    assert!(!head("observation").may_stand_alone());
    // What is made for a case comes before what also arrives alone.
    let numbers = |parent: &str| -> Vec<&str> {
        let found = catalog.find_from(head(parent), "", &Default::default());
        found.into_iter().map(|head| head.number.as_str()).take(9).collect()
    };
    assert_eq!(numbers("ehec"), ["951", "952", "953", "954", "901", "903", "904", "905", "906"]);
    assert_eq!(numbers("homecare_support_request"), ["902", "952", "954", "903", "904", "905", "906"]);
    assert_eq!(numbers("contact")[..2], ["951", "952"], "before every disease that the contact may have");
}

#[test]
fn documents_are_printed_whole() {
    let catalog = catalog();
    for (id, json) in [
        ("referral_letter", LETTER),
        ("referral_letter_public", PUBLIC_LETTER),
        ("home_nursing_order", ORDER),
        ("special_home_nursing_order", SPECIAL),
    ] {
        let form = catalog.latest(id).expect("shipped");
        let complete = form.complete(&values(form, json), &context()).expect("complete");
        let document = paper(form, &complete);
        for (key, value) in complete.values() {
            let shown = form.format_value(form.item(key).expect("an item"), value, Lang::Ja);
            let shown: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(document.contains(&shown), "{id} {key}");
        }
    }
}
