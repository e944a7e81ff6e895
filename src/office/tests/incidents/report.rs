//! Reporting one: what stops at once, whoever does what at the same moment, and what is refused.
use super::*;
use crate::domain::time::Timestamp;

#[test]
fn a_report_stops_everything_to_that_destination_at_once() {
    let place = Place::new();
    let (destination, wrong) = sent(&place);
    let mut clerk = place.sign_in("1001");
    let (first, second) = (register(&mut clerk, &edited()), register(&mut clerk, &edited()));
    let queued = prepare(&mut clerk, first, destination);
    place.confirm(queued.transmission, queued.pages);
    let mut clerk = place.sign_in("1001");
    let waiting = prepare(&mut clerk, second, destination);

    // Neither the author nor the second person of any of them.
    let mut colleague = place.sign_in("1003");
    let reported = colleague.perform(report(&place, destination, Some(wrong))).unwrap();
    assert_eq!((reported.number, reported.stopped, reported.gone), (1, 2, 0));
    let event = newest(&place, &mut colleague);
    assert_eq!((event.action, event.outcome), (Action::ReportMisdelivery, Outcome::Done));
    assert_eq!(event.object, (ObjectKind::Incident, *reported.incident.as_bytes()));
    assert_eq!(event.reference(RefKey::Destination), Some(&destination.as_bytes()[..]));
    assert_eq!(event.reference(RefKey::Transmission), Some(&wrong.as_bytes()[..]));
    let named = [waiting.transmission, queued.transmission].map(|id| *id.as_bytes()).concat();
    assert_eq!(event.reference(RefKey::Stopped), Some(&named[..]));

    assert_eq!(frozen_file(&place), FrozenList::of([destination]).to_bytes());
    let withdrawn = (StateCode::Withdrawn, Some(Reason::StoppedByIncident));
    assert_eq!(state(&mut colleague, queued.transmission), withdrawn);
    assert_eq!(state(&mut colleague, wrong).0, StateCode::Sent, "what has left has left");
    assert!(run_once(&courier(&place), &place.clock).unwrap().is_empty(), "nothing leaves");

    // What waits for a second person cannot be confirmed any more.
    let mut confirmer = place.sign_in("1002");
    let transmission = waiting.transmission;
    assert_eq!(state(&mut confirmer, transmission), withdrawn);
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(confirmer.perform(begin).err(), Some(Reason::OutOfOrder));
    assert!(run_once(&courier(&place), &place.clock).unwrap().is_empty());
}

/// 西宮 2020: one office noticed it on the 11th, and on the 13th somebody else sent to the same number again.
#[test]
fn whoever_comes_next_is_refused_and_warned() {
    let place = Place::new();
    let (destination, wrong) = sent(&place);
    let mut next = place.sign_in("1003");
    let record = register(&mut next, &edited());
    assert_eq!(next.warning(), None);
    place.sign_in("1002").perform(report(&place, destination, Some(wrong))).unwrap();
    let refused = next.perform(PrepareTransmission { record, destination, mention: None });
    assert_eq!(refused.err(), Some(Reason::DestinationFrozen));
    let tried = (Action::PrepareTransmission, Outcome::Failed, Some(Reason::DestinationFrozen));
    assert_eq!(place.last(&mut next), tried);
    let warning = Warning { open: 1, frozen: vec!["D014".into()], clock_steps: 0 };
    assert_eq!(next.warning(), Some(&warning), "a refusal carries it too");
}

#[test]
fn an_order_that_the_courier_has_taken_is_said_to_be_gone() {
    let place = Place::new();
    let (destination, transmission) = queued(&place);
    let order = place.office.house().outbox().join(names::of(transmission, names::ORDER));
    std::fs::rename(&order, order.with_extension(names::CLAIMED)).unwrap();
    let mut supervisor = place.sign_in("2001");
    let reported = supervisor.perform(report(&place, destination, None)).unwrap();
    assert_eq!((reported.stopped, reported.gone), (0, 1));
    assert_eq!(state(&mut supervisor, transmission), (StateCode::Dispatching, None));
    let line = supervisor.perform(ListIncidents).unwrap().remove(0);
    assert_eq!((line.stopped, line.gone, line.transmission), (0, 1, None));
    // A second report about the same entry finds it still there.
    let again = supervisor.perform(report(&place, destination, Some(transmission))).unwrap();
    assert_eq!((again.number, again.gone), (2, 1));
}

/// What is written to the authorities says "sent" of what left, with the time the dispatcher wrote, and of nothing else.
#[test]
fn the_draft_says_what_became_of_the_sending() {
    let outline = |place: &Place, destination, id| {
        let mut session = place.sign_in("2001");
        let incident = session.perform(report(place, destination, Some(id))).unwrap().incident;
        let draft = session.perform(ShowIncident { incident }).unwrap().draft;
        draft.lines().find(|line| line.contains("送付 T-")).unwrap().to_owned()
    };
    let place = Place::new();
    let (destination, held) = queued(&place);
    assert!(outline(&place, destination, held).contains("配送の前に取りやめ"));

    let place = Place::new();
    let (destination, left) = sent(&place);
    let at: i64 = place
        .sign_in("2001")
        .store
        .raw()
        .query_row("SELECT reported_at FROM transmission", [], |row| row.get(0))
        .unwrap();
    let clock = Timestamp::from_micros(at).in_japan().format("%-H時%M分").to_string();
    place.wait(3 * 3600);
    let line = outline(&place, destination, left);
    assert!(line.contains(&format!("{clock}、庁内送信で送付")), "{line}");

    // It had failed, and somebody has withdrawn it since: a part of it may lie somewhere all the same.
    let place = Place::new();
    let (destination, failed) = sent(&place);
    let sql = "UPDATE transmission SET state = 'withdrawn'";
    place.sign_in("2001").store.raw().execute_batch(sql).unwrap();
    assert!(outline(&place, destination, failed).contains("届かなかったと記録"));
}

/// The courier and the report at the same moment: an order is either taken back or answered, and never both.
#[test]
fn a_report_races_with_the_courier() {
    for _ in 0..6 {
        let place = Place::new();
        let (destination, transmission) = queued(&place);
        let mut clerk = place.sign_in("1003");
        let report = report(&place, destination, None);
        let (config, barrier) = (courier(&place), Barrier::new(2));
        let (reported, delivered) = thread::scope(|scope| {
            let round = scope.spawn(|| {
                barrier.wait();
                run_once(&config, &place.clock).unwrap()
            });
            barrier.wait();
            (clerk.perform(report).unwrap(), round.join().unwrap())
        });
        assert_eq!(reported.stopped + reported.gone, 1);
        let left = place.office.house().home().join("drop").join(ADDRESS).exists();
        if reported.stopped == 1 {
            assert!(delivered.is_empty() && !left);
            assert_eq!(state(&mut clerk, transmission).0, StateCode::Withdrawn);
        } else {
            assert_eq!(delivered[0].code(), if left { "sent" } else { "refused" });
            clerk.perform(TakeReceipts).unwrap();
            let wanted = if left { StateCode::Sent } else { StateCode::Failed };
            assert_eq!(state(&mut clerk, transmission).0, wanted);
        }
    }
}

/// A delivery that hangs holds the outbox for as long as it likes: the report does not wait for it, nor fail.
#[test]
fn an_order_that_cannot_be_reached_keeps_nobody_from_reporting() {
    let place = Place::new();
    let (destination, transmission) = queued(&place);
    let outbox = place.office.house().outbox();
    let mut clerk = place.sign_in("1003");
    let hangs = Lock::exclusive(&outbox.join(names::LOCK)).unwrap();
    let reported = clerk.perform(report(&place, destination, None)).unwrap();
    drop(hangs);
    assert_eq!((reported.stopped, reported.gone), (0, 1));
    assert_eq!(state(&mut clerk, transmission).0, StateCode::Queued);
    let delivered = run_once(&courier(&place), &place.clock).unwrap();
    assert_eq!(delivered[0].code(), "refused", "the list stands all the same");
    clerk.perform(TakeReceipts).unwrap();
    assert_eq!(state(&mut clerk, transmission), (StateCode::Failed, Some(Reason::CourierRefused)));
}

#[test]
fn what_is_no_report_changes_nothing() {
    let place = Place::new();
    let (_, destination, waiting, _) = place.awaiting();
    let mut clerk = place.sign_in("1003");
    let good = report(&place, destination, None);
    let long = Personal::new("あ".repeat(401));
    for (bad, reason) in [
        (
            ReportMisdelivery { words: Personal::new("  ".into()), ..good.clone() },
            Reason::WhatHappenedMissing,
        ),
        (
            ReportMisdelivery { words: Personal::new("a\nb".into()), ..good.clone() },
            Reason::WhatHappenedMissing,
        ),
        (ReportMisdelivery { words: long, ..good.clone() }, Reason::WhatHappenedMissing),
        (ReportMisdelivery { found_at: place.now().plus_seconds(60), ..good.clone() }, Reason::MomentInvalid),
        (
            ReportMisdelivery { found_at: place.now().plus_seconds(-366 * 86_400), ..good.clone() },
            Reason::MomentInvalid,
        ),
        (ReportMisdelivery { people: 100_000, ..good.clone() }, Reason::TooManyPeople),
        (ReportMisdelivery { transmission: Some(waiting), ..good.clone() }, Reason::NothingHasLeft),
    ] {
        assert_eq!(clerk.perform(bad).err(), Some(reason));
        assert_eq!(place.last(&mut clerk), (Action::ReportMisdelivery, Outcome::Failed, Some(reason)));
    }
    assert_eq!(frozen_file(&place), Vec::<u8>::new());
    let nowhere = DestinationId::from_bytes([9; 16]);
    assert_eq!(clerk.perform(report(&place, nowhere, None)).err(), Some(Reason::NoSuchThing));
    let elsewhere = report(&place, nowhere, Some(waiting));
    assert_eq!(clerk.perform(elsewhere).err(), Some(Reason::NoSuchThing));
    assert_eq!(
        place.last(&mut clerk),
        (Action::ReportMisdelivery, Outcome::Denied, Some(Reason::NoSuchThing))
    );

    clerk.perform(good.clone()).unwrap();
    assert_eq!(clerk.perform(good).err(), Some(Reason::AlreadyReported));
    assert_eq!(clerk.perform(ListIncidents).unwrap().len(), 1);
}

#[test]
fn an_administrator_alone_sees_and_does_nothing_of_it() {
    let place = Place::new();
    let (destination, _) = sent(&place);
    let incident = place.sign_in("1001").perform(report(&place, destination, None)).unwrap().incident;
    let mut other = place.sign_in("1003");
    let bits = Roles::of(&[Role::Administrator]).bits();
    let sql = format!("UPDATE staff SET roles = {bits} WHERE number = '1003'");
    other.store.raw().execute_batch(&sql).unwrap();
    let forbidden = Some(Reason::RoleForbids);
    assert_eq!(other.perform(report(&place, destination, None)).err(), forbidden);
    assert_eq!(other.perform(ListIncidents).err(), forbidden);
    assert_eq!(other.perform(ShowIncident { incident }).err(), forbidden);
    assert_eq!(other.perform(step(&place, incident, StepKind::Contact)).err(), forbidden);
    assert_eq!(other.perform(CloseIncident { incident, conclusion: Conclusion::Leak }).err(), forbidden);
    assert_eq!(place.last(&mut other), (Action::CloseIncident, Outcome::Denied, forbidden));
    assert!(other.warning().is_some(), "but the warning is for everybody");
}

/// No row, no act: what cannot be logged is not reported. But whoever tried meant to stop it, and the courier, which has
/// seen the stop, forgets none: what was stopped too much is prepared anew.
#[test]
fn without_its_row_nothing_is_reported() {
    let place = Place::new();
    let (destination, transmission) = queued(&place);
    let mut clerk = place.sign_in("1003");
    let broken =
        "CREATE TRIGGER broken BEFORE INSERT ON audit_event BEGIN SELECT RAISE (ABORT, 'broken'); END";
    clerk.store.raw().execute_batch(broken).unwrap();
    assert!(clerk.perform(report(&place, destination, Some(transmission))).is_err());
    assert_eq!(frozen_file(&place), FrozenList::of([destination]).to_bytes(), "too much is safe");
    assert!(run_once(&courier(&place), &place.clock).unwrap().is_empty(), "the order was taken back");
    clerk.store.raw().execute_batch("DROP TRIGGER broken").unwrap();
    let mut supervisor = place.sign_in("2001");
    assert!(supervisor.perform(ListIncidents).unwrap().is_empty());
    assert_eq!(state(&mut supervisor, transmission).0, StateCode::Queued);
    assert_eq!(frozen_file(&place), FrozenList::of([]).to_bytes());
    let delivered = run_once(&courier(&place), &place.clock).unwrap();
    assert_eq!((delivered[0].code(), delivered[0].reason()), ("refused", Some("withdrawn")));
    supervisor.perform(TakeReceipts).unwrap();
    assert_eq!(state(&mut supervisor, transmission).0, StateCode::Failed);
}

/// The database repeats what the operations say.
#[test]
fn the_tables_refuse_too() {
    let place = Place::new();
    let (destination, _) = sent(&place);
    let mut clerk = place.sign_in("1003");
    let incident = clerk.perform(report(&place, destination, None)).unwrap().incident;
    clerk.perform(step(&place, incident, StepKind::Recovered)).unwrap();
    let raw = clerk.store.raw();
    for refused in [
        "UPDATE incident SET closed_by = reported_by, closed_at = 1, conclusion = 'leak'",
        "UPDATE incident SET people = 0",
        "UPDATE incident SET words = ''",
        "DELETE FROM incident",
        "UPDATE incident_step SET kind = 'note'",
        "DELETE FROM incident_step",
    ] {
        assert!(raw.execute_batch(refused).is_err(), "{refused}");
    }
}

/// Somebody in the middle of a form asks nothing of the office but to keep what was typed.
#[test]
fn an_autosave_brings_the_warning_too() {
    let place = Place::new();
    let (destination, _) = sent(&place);
    let mut typist = place.sign_in("1001");
    let draft = open(&mut typist).draft;
    place.sign_in("1003").perform(report(&place, destination, None)).unwrap();
    let save = SaveDraft { draft, values: ehec(), position: String::new() };
    typist.save_draft(&save).unwrap();
    assert_eq!(typist.warning().map(|warning| warning.open), Some(1));
    assert!(place.sign_in("2002").warning().is_some(), "and whoever signs in has it from the first panel on");
}
