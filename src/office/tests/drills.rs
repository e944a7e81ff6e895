//! Drills: nobody tells them from a sending, nothing of them can leave, and who notices is written down.
use super::support::*;
use crate::domain::ids::TransmissionId;
use crate::domain::sensitive::Personal;
use crate::form::Value;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

const SHEETS: u32 = 2;

fn drill(flaw: PlantedFlaw) -> PlantDrill {
    PlantDrill { record: 1, destination: "D014".into(), flaw, pages: SHEETS }
}

/// One record of 1001, one destination in force, and a drill of 2001.
fn planted(flaw: PlantedFlaw) -> (Place, TransmissionId) {
    let place = Place::new();
    place.destination();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &ehec());
    let mut other = ehec();
    other.set("birth_date", Value::Date("1980-01-02".parse().unwrap()));
    other.set("name", Value::Text("見本 太郎".into()));
    register(&mut clerk, &other);
    let planted = place.sign_in("2001").perform(drill(flaw)).unwrap();
    (place, planted.id)
}

fn begin(place: &Place, number: &str, transmission: TransmissionId) -> (Session, Result<[u8; 16], Reason>) {
    let mut session = place.sign_in(number);
    let task = session.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn });
    (session, task.map(|task| task.evidence))
}

fn result_of(place: &Place) -> (DrillStanding, Option<String>) {
    let mut lines = place.sign_in("2002").perform(ListDrills).unwrap();
    let line = lines.remove(0);
    (line.standing, line.second_name)
}

#[test]
fn it_waits_like_a_sending_and_only_for_those_who_could_confirm() {
    let (place, id) = planted(PlantedFlaw::Address);
    let destination =
        place.sign_in("1001").perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap()[0].id;
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    prepare(&mut clerk, record, destination);
    let mut second = place.sign_in("1002");
    let lines = second.perform(ListTransmissions).unwrap();
    let alike = |line: &TransmissionLine| {
        (
            (line.state, line.author, line.author_number.clone(), line.second_number.clone()),
            (line.destination.is_some(), line.subject.is_some(), line.pages, line.misses, line.reason),
            (line.needs_supervisor, line.needs_approval, line.in_hand, line.record.is_some()),
        )
    };
    assert_eq!(lines.len(), 2);
    assert_eq!(alike(&lines[0]), alike(&lines[1]), "nothing tells which is which");
    assert!(lines[0].number > lines[1].number && lines[1].id == id, "counted together");
    for number in ["1001", "2001", "2002"] {
        let lines = place.sign_in(number).perform(ListTransmissions).unwrap();
        assert!(lines.iter().all(|line| line.id != id), "{number} does not see it");
    }
}

#[test]
fn while_it_waits_names_are_hidden_as_for_a_sending() {
    let (place, id) = planted(PlantedFlaw::Address);
    let mut second = place.sign_in("1002");
    let names = |session: &mut Session| {
        session.perform(ListDestinations { purpose: ListPurpose::Keep }).unwrap()[0].organisation.clone()
    };
    assert!(names(&mut second).is_empty());
    assert_eq!(second.perform(ReturnTransmission { transmission: id }), Ok(Returned::Drill));
    assert!(!names(&mut second).is_empty());
}

#[test]
fn who_keys_from_the_papers_notices() {
    for flaw in [PlantedFlaw::Address, PlantedFlaw::Person(2)] {
        let (place, transmission) = planted(flaw);
        let (mut second, evidence) = begin(&place, "1002", transmission);
        let evidence = evidence.unwrap();
        let answers = place.answers(SHEETS);
        let matching = MatchTransmission { transmission, evidence, answers };
        let outcome = second.perform(matching.clone()).unwrap();
        assert!(matches!(outcome, MatchOutcome::Drill { caught: true }), "{outcome:?}");
        assert_eq!(second.perform(matching).err(), Some(Reason::OutOfOrder), "it ends once");
        assert_eq!(result_of(&place), (DrillStanding::Noticed, Some("仮田 1002".into())));
    }
}

#[test]
fn who_keys_what_is_wrong_has_not_looked_at_the_papers() {
    let (place, transmission) = planted(PlantedFlaw::Address);
    let (mut second, evidence) = begin(&place, "1002", transmission);
    let query = "SELECT address FROM drill";
    let address: String = second.store.raw().query_row(query, [], |row| row.get(0)).unwrap();
    let differ = address.bytes().zip(ADDRESS.bytes()).filter(|(a, b)| a != b).count();
    assert_eq!((differ, address.len()), (1, ADDRESS.len()), "one digit");
    let answers = BlindAnswers { address, ..place.answers(SHEETS) };
    let matching = MatchTransmission { transmission, evidence: evidence.unwrap(), answers };
    assert!(matches!(second.perform(matching).unwrap(), MatchOutcome::Drill { caught: false }));
    assert_eq!(result_of(&place).0, DrillStanding::Missed);
    let (place, transmission) = planted(PlantedFlaw::Person(2));
    let (mut second, evidence) = begin(&place, "1002", transmission);
    let answers = BlindAnswers { person: Personal::new("3550102".into()), ..place.answers(SHEETS) };
    let matching = MatchTransmission { transmission, evidence: evidence.unwrap(), answers };
    assert!(matches!(second.perform(matching).unwrap(), MatchOutcome::Drill { caught: false }));
}

#[test]
fn nothing_of_it_can_become_an_order() {
    let (place, transmission) = planted(PlantedFlaw::Address);
    let (mut second, evidence) = begin(&place, "1002", transmission);
    let evidence = evidence.unwrap();
    assert_eq!(
        second.perform(ConfirmTransmission { transmission, evidence }).err(),
        Some(Reason::NoSuchThing)
    );
    let mut supervisor = place.sign_in("2002");
    assert_eq!(supervisor.perform(AllowThirdAttempt { transmission }).err(), Some(Reason::NoSuchThing));
    let approve = ApproveMedium { transmission, reason: Personal::new("郵送不可".into()) };
    assert_eq!(supervisor.perform(approve).err(), Some(Reason::NoSuchThing));
    let found = Reconcile::Sent;
    let reconcile = ReconcileTransmission { transmission, found };
    assert_eq!(supervisor.perform(reconcile).err(), Some(Reason::NoSuchThing));
    let outbox = place.office.house().outbox();
    let files = std::fs::read_dir(outbox).map(Iterator::count).unwrap_or(0);
    assert_eq!(files, 0, "nothing lies in the outbox");
    let rows: u32 =
        second.store.raw().query_row("SELECT count(*) FROM transmission", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0);
}

#[test]
fn who_planted_it_and_whose_paper_it_is_cannot_answer_it() {
    let (place, transmission) = planted(PlantedFlaw::Address);
    let (_, author) = begin(&place, "1001", transmission);
    assert!(author.is_err(), "it waits under the name of 1001");
    let (mut planter, refused) = begin(&place, "2001", transmission);
    assert_eq!(refused.err(), Some(Reason::RoleForbids));
    assert_eq!(
        place.last(&mut planter),
        (Action::BeginConfirmation, Outcome::Denied, Some(Reason::RoleForbids))
    );
}

/// A colleague who tries to take it back hears what they would hear of a sending.
#[test]
fn its_refusals_are_those_of_a_sending() {
    let (place, transmission) = planted(PlantedFlaw::Address);
    let mut colleague = place.sign_in("1003");
    assert_eq!(colleague.perform(WithdrawTransmission { transmission }).err(), Some(Reason::NotAuthor));
}

#[test]
fn it_ends_with_its_day() {
    let (place, transmission) = planted(PlantedFlaw::Address);
    place.wait(24 * 3600);
    let (mut second, refused) = begin(&place, "1002", transmission);
    assert_eq!(refused.err(), Some(Reason::OutOfOrder));
    assert!(second.perform(ListTransmissions).unwrap().is_empty());
    assert_eq!(result_of(&place), (DrillStanding::Unseen, None));
}

#[test]
fn planting_is_looked_at_too() {
    let (place, _) = planted(PlantedFlaw::Address);
    let mut clerk = place.sign_in("1003");
    assert_eq!(clerk.perform(drill(PlantedFlaw::Address)).err(), Some(Reason::RoleForbids));
    assert_eq!(place.last(&mut clerk), (Action::PlantDrill, Outcome::Denied, Some(Reason::RoleForbids)));
    assert_eq!(clerk.perform(ListDrills).err(), Some(Reason::RoleForbids));
    let mut supervisor = place.sign_in("2002");
    for (wrong, reason) in [
        (drill(PlantedFlaw::Person(1)), Reason::NoFlaw),
        (drill(PlantedFlaw::Person(9)), Reason::NoSuchThing),
        (PlantDrill { record: 9, ..drill(PlantedFlaw::Address) }, Reason::NoSuchThing),
        (PlantDrill { destination: "D999".into(), ..drill(PlantedFlaw::Address) }, Reason::NoSuchThing),
        (PlantDrill { pages: 0, ..drill(PlantedFlaw::Address) }, Reason::PageCountWrong),
    ] {
        assert_eq!(supervisor.perform(wrong).err(), Some(reason));
        assert_eq!(place.last(&mut supervisor), (Action::PlantDrill, Outcome::Failed, Some(reason)));
    }
}
