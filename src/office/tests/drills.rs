//! Drills: nobody tells them from a sending, nothing of them can leave, and who notices is written down.
use super::support::*;
use crate::domain::ids::{RecordId, TransmissionId};
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

    let drilled = lines[1].record.unwrap();
    let numbers = [lines[0].number, lines[1].number];
    let awaiting = RecordState::Transmission(StateCode::Awaiting);
    for number in ["1002", "1003"] {
        let mut session = place.sign_in(number);
        for list in lists(&mut session) {
            assert_eq!(state_in(&list, record), awaiting, "{number}");
            assert_eq!(state_in(&list, drilled), awaiting, "{number}: the record says no less");
        }
        for of in [TimelineOf::Case, TimelineOf::Person] {
            let [(real, by), (drill, shown)] =
                [record, drilled].map(|record| submissions(&mut session, record, of).remove(0));
            assert_eq!(([real, drill], by), (numbers, shown), "{number}: nor what has happened to it");
        }
    }
    for number in ["1001", "2001"] {
        let mut session = place.sign_in(number);
        for list in lists(&mut session) {
            assert_eq!(state_in(&list, record), awaiting, "{number}");
            assert_eq!(state_in(&list, drilled), RecordState::Registered, "{number} does not see it");
        }
        assert!(submissions(&mut session, drilled, TimelineOf::Case).is_empty(), "{number}");
    }
    second.perform(ReturnTransmission { transmission: id }).unwrap();
    assert_eq!(state_in(&lists(&mut second)[0], drilled), RecordState::Registered, "it is over");
}

/// The records as they are listed, and as they are found.
fn lists(session: &mut Session) -> [Vec<RecordLine>; 2] {
    let found = SearchRecords { term: Personal::new("仮野".into()) };
    [session.perform(ListRecords).unwrap().lines, session.perform(found).unwrap().lines]
}

fn state_in(list: &[RecordLine], record: RecordId) -> RecordState {
    list.iter().find(|line| line.record == record).unwrap().state.clone()
}

/// What a timeline says of the record's sendings: number and sender.
fn submissions(session: &mut Session, record: RecordId, of: TimelineOf) -> Vec<(u32, String)> {
    let entries = session.perform(ShowTimeline { record, of }).unwrap().entries;
    let of_record = entries.into_iter().filter(|entry| entry.record == record);
    of_record
        .filter_map(|entry| match entry.what {
            Happened::Submitted(number) => Some((number, entry.by)),
            _ => None,
        })
        .collect()
}

/// What was really sent after it was planted is not hidden behind it; what it was planted on is.
#[test]
fn a_record_that_was_sent_before_waits_again() {
    let (place, id) = planted(PlantedFlaw::Address);
    let mut second = place.sign_in("1002");
    let drilled = second.perform(ListTransmissions).unwrap().remove(0).record.unwrap();
    let destination = second.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap()[0].id;
    let mut clerk = place.sign_in("1001");
    let first = prepare(&mut clerk, drilled, destination);
    clerk.perform(WithdrawTransmission { transmission: first.transmission }).unwrap();
    let state = |session: &mut Session| state_in(&lists(session)[0], drilled);
    assert_eq!(state(&mut second), RecordState::Transmission(StateCode::Withdrawn), "the newer one");
    second.perform(ReturnTransmission { transmission: id }).unwrap();
    place.sign_in("2001").perform(drill(PlantedFlaw::Address)).unwrap();
    assert_eq!(state(&mut second), RecordState::Transmission(StateCode::Awaiting));
    assert_eq!(state(&mut clerk), RecordState::Transmission(StateCode::Withdrawn));
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
        assert!(matches!(outcome, MatchOutcome::Drill(DrillResult::Caught)), "{outcome:?}");
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
    assert!(matches!(second.perform(matching).unwrap(), MatchOutcome::Drill(DrillResult::Missed)));
    assert_eq!(result_of(&place).0, DrillStanding::Missed);
    let (place, transmission) = planted(PlantedFlaw::Person(2));
    let (mut second, evidence) = begin(&place, "1002", transmission);
    let answers = BlindAnswers { person: Personal::new("3550102".into()), ..place.answers(SHEETS) };
    let matching = MatchTransmission { transmission, evidence: evidence.unwrap(), answers };
    assert!(matches!(second.perform(matching).unwrap(), MatchOutcome::Drill(DrillResult::Missed)));
}

/// Rubbish is no vigilance: it agrees with the papers as little as with what is wrong.
#[test]
fn who_keys_something_else_has_noticed_nothing() {
    let wrong_address =
        |_: &Session, right: BlindAnswers| BlindAnswers { address: "131016-9999".into(), ..right };
    let no_address = |_: &Session, right: BlindAnswers| BlindAnswers { address: "x".into(), ..right };
    let other_person =
        |_: &Session, right: BlindAnswers| BlindAnswers { person: Personal::new("3550103".into()), ..right };
    let nobody = |_: &Session, right: BlindAnswers| BlindAnswers { person: Personal::default(), ..right };
    let other_pages = |_: &Session, right: BlindAnswers| BlindAnswers { pages: "9".into(), ..right };
    let the_other_mistake =
        |_: &Session, right: BlindAnswers| BlindAnswers { person: Personal::new("3550102".into()), ..right };
    let half_of_it = |session: &Session, right: BlindAnswers| {
        let query = "SELECT address FROM drill";
        let address = session.store.raw().query_row(query, [], |row| row.get(0)).unwrap();
        BlindAnswers { address, pages: "9".into(), ..right }
    };
    type Keyed = fn(&Session, BlindAnswers) -> BlindAnswers;
    let address = PlantedFlaw::Address;
    let person = PlantedFlaw::Person(2);
    let cases: [(PlantedFlaw, Keyed); 8] = [
        (address, wrong_address),
        (address, no_address),
        (address, other_pages),
        (address, the_other_mistake),
        (address, half_of_it),
        (person, other_person),
        (person, nobody),
        (person, no_address),
    ];
    for (at, (flaw, keyed)) in cases.into_iter().enumerate() {
        let (place, transmission) = planted(flaw);
        let (mut second, evidence) = begin(&place, "1002", transmission);
        let answers = keyed(&second, place.answers(SHEETS));
        let matching = MatchTransmission { transmission, evidence: evidence.unwrap(), answers };
        let outcome = second.perform(matching).unwrap();
        assert!(matches!(outcome, MatchOutcome::Drill(DrillResult::Neither)), "{at}: {outcome:?}");
        assert_eq!(result_of(&place), (DrillStanding::Neither, Some("仮田 1002".into())), "{at}");
    }
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
