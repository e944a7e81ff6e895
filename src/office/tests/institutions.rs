//! The register of institutions: who may keep it, what it refuses, and in which order it is offered.
use super::support::*;
use crate::domain::ids::InstitutionId;
use crate::domain::institution::{Band, Contract, Doctor, Institution};
use crate::form::Value;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

fn hospital() -> Institution {
    Institution {
        code: "0012".into(),
        name: "架空総合病院".into(),
        reading: "カクウソウゴウビョウイン".into(),
        address: "東京都千代田区永田町9-99-99".into(),
        phone: "0300000120".into(),
        doctors: ["仮田 一郎", "見本 次郎"]
            .map(|name| Doctor { name: name.into(), reading: String::new() })
            .into(),
        ..Institution::default()
    }
}

fn clinic() -> Institution {
    Institution {
        code: "0013".into(),
        name: "見本医院".into(),
        reading: "ミホンイイン".into(),
        doctors: Vec::new(),
        contract: Some(Contract {
            from: "2026-04-01".parse().unwrap(),
            until: "2027-03-31".parse().unwrap(),
            bands: vec![Band::Night, Band::Holiday],
        }),
        ..hospital()
    }
}

fn keep(
    session: &mut Session,
    change: Option<(InstitutionId, u32)>,
    institution: Institution,
) -> Result<InstitutionId, Reason> {
    session.perform(KeepInstitution { change, institution })
}

#[test]
fn what_is_entered_is_listed_and_changed_once() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    keep(&mut clerk, None, hospital()).unwrap();
    let id = keep(&mut clerk, None, clinic()).unwrap();
    let listed = clerk.perform(ListInstitutions).unwrap();
    let names: Vec<&str> = listed.iter().map(|row| row.institution.name.as_str()).collect();
    assert_eq!(names, ["架空総合病院", "見本医院"], "by reading while none was used");
    assert_eq!(listed[1].institution, clinic());

    let changed = Institution { doctors: hospital().doctors, contract: None, ..clinic() };
    keep(&mut clerk, Some((id, 1)), changed.clone()).unwrap();
    assert_eq!(keep(&mut clerk, Some((id, 1)), clinic()).err(), Some(Reason::InstitutionChanged));
    let listed = clerk.perform(ListInstitutions).unwrap();
    assert_eq!((listed[1].version, &listed[1].institution), (2, &changed));
    let last = place.last(&mut clerk);
    assert_eq!(last, (Action::ListInstitutions, Outcome::Done, None));
}

#[test]
fn what_cannot_be_kept_is_refused() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let kept = keep(&mut clerk, None, hospital()).unwrap();
    for (institution, reason) in [
        (Institution { name: "別の病院".into(), ..hospital() }, Reason::InstitutionCodeTaken),
        // 1311234567: the check digit of 131123456 is 8.
        (Institution { code: "1311234567".into(), ..hospital() }, Reason::InstitutionCodeInvalid),
        (
            Institution { code: "1311234568".into(), name: String::new(), ..hospital() },
            Reason::InstitutionNameMissing,
        ),
    ] {
        assert_eq!(keep(&mut clerk, None, institution).err(), Some(reason));
        assert_eq!(place.last(&mut clerk), (Action::KeepInstitution, Outcome::Failed, Some(reason)));
    }
    let official = crate::japanese::codes::InstitutionCode::parse("3410712362");
    assert!(official.is_ok(), "the worked example");
    keep(&mut clerk, Some((kept, 1)), Institution { code: "3410712362".into(), ..hospital() }).unwrap();
    let mut confirmer = place.sign_in("1002");
    assert!(confirmer.perform(ListInstitutions).is_ok());
    assert_eq!(keep(&mut confirmer, None, clinic()).err(), Some(Reason::RoleForbids));
    let mut supervisor = place.sign_in("2001");
    let denied =
        place.events(&mut supervisor).into_iter().find(|e| e.action == Action::KeepInstitution).unwrap();
    assert_eq!(
        (denied.outcome, Reason::from_code(denied.reason)),
        (Outcome::Denied, Some(Reason::RoleForbids))
    );
}

#[test]
fn who_reported_last_comes_first() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    keep(&mut clerk, None, hospital()).unwrap();
    keep(&mut clerk, None, clinic()).unwrap();
    let mut values = ehec();
    values.set("institution_code", Value::Text("0013".into()));
    register(&mut clerk, &values);
    place.wait(60);
    let order = |clerk: &mut Session| -> Vec<String> {
        clerk.perform(ListInstitutions).unwrap().into_iter().map(|row| row.institution.code).collect()
    };
    assert_eq!(order(&mut clerk), ["0013", "0012"]);
    values.set("institution_code", Value::Text("0012".into()));
    values.set("doctor", Value::Text("見本 次郎".into()));
    register(&mut clerk, &values);
    assert_eq!(order(&mut clerk), ["0012", "0013"]);
    let first = clerk.perform(ListInstitutions).unwrap().remove(0).institution;
    assert_eq!(first.doctors[0].name, "見本 次郎", "and of its doctors who wrote last");
}
