//! What an agreement rests on, and what voids it.
use chrono::Timelike as _;

use super::super::support::*;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

#[test]
fn evidence_is_bound_fresh_and_spent() {
    let place = Place::new();
    let (_, destination, transmission, pages) = place.awaiting();
    let mut second = place.sign_in("1002");
    let begin = |proof| BeginConfirmation { transmission, proof };
    let task = second.perform(begin(Proof::JustSignedIn)).unwrap();
    assert_eq!(
        second.perform(begin(Proof::JustSignedIn)).err(),
        Some(Reason::StepUpStale),
        "a sign-in serves once"
    );
    let replayed = Proof::Again { password: password("1002"), code: place.code("1002") };
    assert_eq!(
        second.perform(begin(replayed)).err(),
        Some(Reason::StepUpWrong),
        "the code of the sign-in again"
    );
    let answers = place.answers(pages);
    place.wait(301);
    let late = MatchTransmission { transmission, evidence: task.evidence, answers: answers.clone() };
    assert_eq!(second.perform(late).err(), Some(Reason::StepUpStale));
    let fresh = Proof::Again { password: password("1002"), code: place.code("1002") };
    let task = second.perform(begin(fresh)).unwrap();
    second
        .perform(MatchTransmission { transmission, evidence: task.evidence, answers: answers.clone() })
        .unwrap();
    second.perform(ConfirmTransmission { transmission, evidence: task.evidence }).unwrap();
    // The same evidence for another transmission.
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let other = prepare(&mut clerk, record, destination).transmission;
    let foreign = MatchTransmission { transmission: other, evidence: task.evidence, answers };
    assert_eq!(second.perform(foreign).err(), Some(Reason::StepUpStale));
}

/// Even if the agreement itself were taken out of its row: password and code were given for one letter S.
#[test]
fn evidence_serves_one_agreement() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let answers = place.answers(pages);
    second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
    let confirm = ConfirmTransmission { transmission, evidence: task.evidence };
    second.perform(confirm).unwrap();
    let undone = "DROP TRIGGER transmission_confirmed_once;
        UPDATE transmission SET state = 'awaiting', second = NULL, confirmation = NULL,
                                confirmation_signature = NULL, confirmed_at = NULL";
    second.store.raw().execute_batch(undone).unwrap();
    assert_eq!(second.perform(confirm).err(), Some(Reason::StepUpStale));
}

#[test]
fn an_edited_report_or_a_changed_entry_voids_the_agreement() {
    let place = Place::new();
    let (record, destination, transmission, pages) = place.awaiting();
    let mut clerk = place.sign_in("1001");
    assert_eq!(
        clerk.perform(ReviseRecord { record }).err(),
        Some(Reason::InTransmission),
        "first it is withdrawn"
    );
    let change =
        DestinationProposal { change: Some(destination), address: "131016-0457".into(), ..place.proposal() };
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let answers = place.answers(pages);
    second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
    let proposed = clerk.perform(ProposeDestination { proposal: change }).unwrap();
    assert_eq!((proposed.stopped, proposed.gone), (1, 0));
    let line = clerk.perform(ListTransmissions).unwrap().remove(0);
    assert_eq!((line.state, line.reason), (StateCode::Withdrawn, Some(Reason::DestinationChanged)));
    let confirm = ConfirmTransmission { transmission, evidence: task.evidence };
    assert_eq!(second.perform(confirm).err(), Some(Reason::OutOfOrder));
    // The second wall, without the first.
    second.store.raw().execute_batch("DROP TRIGGER transmission_finished").unwrap();
    let still = |state: &str| format!("UPDATE transmission SET state = '{state}', closed_at = NULL");
    second.store.raw().execute_batch(&still("awaiting")).unwrap();
    assert_eq!(second.perform(confirm).err(), Some(Reason::DestinationChanged));
    assert_eq!(
        place.last(&mut second),
        (Action::ConfirmTransmission, Outcome::Failed, Some(Reason::DestinationChanged))
    );
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(place.sign_in("1002").perform(begin).err(), Some(Reason::DestinationChanged));
    second.store.raw().execute_batch(&still("withdrawn")).unwrap();
    let draft = clerk.perform(ReviseRecord { record }).unwrap().draft;
    clerk.perform(RegisterDraft { draft, values: edited(), passed: Vec::new() }).unwrap();
    assert_eq!(second.perform(confirm).err(), Some(Reason::OutOfOrder));
}

#[test]
fn an_altered_artefact_is_refused_at_confirmation() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let mut second = place.sign_in("1002");
    let raw = second.store.raw();
    raw.execute_batch("DROP TRIGGER transmission_envelope_fixed; UPDATE transmission SET artefact = x'00'")
        .unwrap();
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let answers = place.answers(pages);
    second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
    let confirm = ConfirmTransmission { transmission, evidence: task.evidence };
    assert_eq!(second.perform(confirm).err(), Some(Reason::ArtefactAltered));
}

#[test]
fn an_agreement_does_not_last_overnight() {
    let place = Place::new();
    let (record, _, transmission, pages) = place.awaiting();
    let late = place.now().in_japan().num_seconds_from_midnight();
    place.wait(i64::from(24 * 3600 - late) - 60);
    let mut second = place.sign_in("1002");
    let begin = || BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    let task = second.perform(begin()).unwrap();
    let answers = place.answers(pages);
    second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
    place.wait(120);
    let confirm = ConfirmTransmission { transmission, evidence: task.evidence };
    assert_eq!(second.perform(confirm).err(), Some(Reason::AgreementExpired));
    // Nobody keys anything for it any more, and its sender gets it back.
    assert_eq!(place.sign_in("1002").perform(begin()).err(), Some(Reason::AgreementExpired));
    let mut author = place.sign_in("1001");
    assert_eq!(author.perform(ReviseRecord { record }).err(), Some(Reason::InTransmission));
    assert_eq!(author.perform(TakeReceipts).unwrap(), 1);
    let line = author.perform(ListTransmissions).unwrap().remove(0);
    assert_eq!((line.state, line.reason), (StateCode::Withdrawn, Some(Reason::AgreementExpired)));
    assert!(author.perform(ReviseRecord { record }).is_ok());
}

#[test]
fn a_clock_that_was_moved_voids_the_agreement() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    jump(&place.clock, 600);
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let answers = place.answers(pages);
    second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
    let confirm = ConfirmTransmission { transmission, evidence: task.evidence };
    assert_eq!(second.perform(confirm).err(), Some(Reason::ClockMoved));
}

#[test]
fn only_usable_destinations_can_be_chosen() {
    let place = Place::new();
    place.link_accounts();
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let unconfirmed = clerk.perform(ProposeDestination { proposal: place.proposal() }).unwrap().id;
    let prepare = |destination| PrepareTransmission { record, destination, mention: None };
    assert_eq!(clerk.perform(prepare(unconfirmed)).err(), Some(Reason::DestinationUnconfirmed));
    assert_eq!(clerk.perform(place.rekey(unconfirmed)).err(), Some(Reason::OwnWork), "the same person twice");
    let mut twin = place.sign_in("1101");
    assert_eq!(twin.perform(place.rekey(unconfirmed)).err(), Some(Reason::SamePerson));
    let mut second = place.sign_in("1002");
    let miss = ConfirmDestination { address: "131016-0465".into(), ..place.rekey(unconfirmed) };
    assert_eq!(second.perform(miss).unwrap(), DestinationConfirmed::Mismatch { left: 2 });
    assert_eq!(place.last(&mut second).2, Some(Reason::RekeyMismatch));
    second.perform(place.rekey(unconfirmed)).unwrap();
    assert_eq!(clerk.perform(prepare(unconfirmed)).err(), Some(Reason::DestinationUntested));
    call(&second, place.now());
    second.perform(FreezeDestination { id: unconfirmed }).unwrap();
    assert_eq!(clerk.perform(prepare(unconfirmed)).err(), Some(Reason::DestinationFrozen));
    let frozen = std::fs::read_to_string(place.office.house().outbox().join("frozen")).unwrap();
    assert_eq!(frozen.trim(), unconfirmed.to_string());
}

#[test]
fn an_entry_expires_after_a_year() {
    let place = Place::new();
    let destination = place.destination();
    place.wait(366 * 24 * 3600);
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let refused = clerk.perform(PrepareTransmission { record, destination, mention: None });
    assert_eq!(refused.err(), Some(Reason::DestinationExpired));
}
