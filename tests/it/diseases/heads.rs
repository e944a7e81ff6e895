//! Class, deadline, persons, types of case, travel: what the law says about each disease.
use super::{catalog, diseases, form, item, number};
use uketsuke::form::{Class, Deadline, Identity};

/// Forms that ask for the time of travel since January 2020 (common form, section 2).
const TRAVEL: [&str; 17] = [
    "c1-01", "c1-02", "c1-03", "c1-04", "c1-05", "c1-06", "c1-07", "c2-05", "c2-06", "c2-07", "c4-14",
    "c4-22", "c4-36", "c5-12", "c5-14", "c5-23", "c5-24",
];

fn class(ja: &str) -> Class {
    match ja {
        "一類" => Class::Class1,
        "二類" => Class::Class2,
        "三類" => Class::Class3,
        "四類" => Class::Class4,
        "五類(全数)" => Class::Class5,
        "新型インフルエンザ等" => Class::PandemicInfluenza,
        "指定感染症" => Class::Designated,
        "新感染症" => Class::NewInfectiousDisease,
        other => panic!("{other}"),
    }
}

#[test]
fn every_disease_has_its_form_and_every_form_its_disease() {
    let catalog = catalog();
    for row in diseases() {
        let id = row["id"].as_str();
        let form = form(&catalog, id);
        assert_eq!(form.head.class, class(&row["class"]), "{id}");
        let deadline = match row["deadline"].as_str() {
            "7日以内" => Deadline::Days { days: 7, from: "diagnosed".to_owned() },
            "直ちに" | "直ちに(政令による)" => Deadline::Immediately,
            other => panic!("{other}"),
        };
        assert_eq!(form.head.deadline, deadline, "{id}");
        // No disease is designated at present, so there is no name to compare.
        if id != "de-00" {
            assert_eq!(form.head.title.ja, row["official_name_ja"], "{id}");
            assert_eq!(form.head.kana, row["kana"], "{id}");
        }
        let printed = row["form_no(別記様式)"].trim_end_matches('?');
        assert_eq!(form.head.form_number.as_deref().unwrap_or_default(), printed, "{id}");
        assert!(row["form_no_status(V=verified/O=own knowledge)"] == "V" || !form.source.verified, "{id}");
        assert_eq!(form.retention_years, Some(5), "{id}");
    }
    let known: Vec<String> = diseases().iter().map(|row| number(&row["id"])).collect();
    let reports = catalog.forms().filter(|form| form.head.class.is_notifiable());
    let strangers: Vec<&str> =
        reports.map(|form| form.head.number.as_str()).filter(|n| !known.iter().any(|k| k == n)).collect();
    assert_eq!(strangers, [""; 0]);
}

#[test]
fn name_and_address_are_asked_for_where_the_law_asks() {
    let catalog = catalog();
    for row in diseases() {
        let form = form(&catalog, &row["id"]);
        let named = row["name_address_on_form"].starts_with("あり");
        for identity in
            [Identity::Name, Identity::Reading, Identity::BirthDate, Identity::Address, Identity::Phone]
        {
            assert_eq!(form.with_identity(identity).is_some(), named, "{} {identity:?}", row["id"]);
        }
        for key in ["occupation", "whereabouts", "guardian_name"] {
            assert_eq!(form.item(key).is_some(), named, "{} {key}", row["id"]);
        }
        assert!(form.with_identity(Identity::Sex).is_some() && form.item("age").is_some());
    }
}

#[test]
fn the_types_of_case_are_those_that_are_reported() {
    let catalog = catalog();
    for row in diseases() {
        let id = row["id"].as_str();
        let offered: Vec<&str> = form(&catalog, id)
            .item("case_type")
            .unwrap()
            .kind
            .options()
            .iter()
            .map(|option| option.label.ja.as_str())
            .collect();
        let reported: Vec<&str> = match id {
            // The cabinet order chooses among all of them.
            "de-00" => vec![
                "患者(確定例)",
                "無症状病原体保有者",
                "疑似症患者",
                "感染症死亡者の死体",
                "感染症死亡疑い者の死体",
            ],
            // Article 12, paragraph 1, item 1, and the examination of bodies.
            "ne-00" => vec!["新感染症にかかっていると疑われる者", "感染症死亡疑い者の死体"],
            // What "suspected" means with pandemic influenza is said in the help.
            _ => row["notifiable_types"]
                .split('|')
                .map(|kind| if kind.starts_with("疑似症患者") { "疑似症患者" } else { kind })
                .collect(),
        };
        assert_eq!(offered, reported, "{id}");
    }
}

#[test]
fn the_time_of_travel_is_asked_for_with_seventeen_diseases() {
    let catalog = catalog();
    for row in diseases() {
        let id = row["id"].as_str();
        let form = form(&catalog, id);
        for key in ["departed_on", "returned_on"] {
            assert_eq!(item(form, key).is_some(), TRAVEL.contains(&id), "{id} {key}");
        }
        assert!(!row["notes"].contains("渡航期間") || TRAVEL.contains(&id), "{id}");
    }
}
