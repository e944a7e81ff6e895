use chrono::Timelike as _;

use super::support::*;
use crate::domain::digest::Digest;
use crate::domain::sensitive::Personal;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;
use crate::order::{DispatchOrder, OrderRefusal, RosterChain, RosterLimits};

fn order_file(place: &Place, id: crate::domain::ids::TransmissionId) -> std::path::PathBuf {
    place.office.house().outbox().join(format!("{id}.order"))
}

#[test]
fn the_recipient_opens_exactly_the_confirmed_bytes() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    assert!(!order_file(&place, transmission).exists(), "nothing in the outbox before the second person");
    place.confirm(transmission, pages);
    let outbox = place.office.house().outbox();
    let package = std::fs::read(outbox.join(format!("{transmission}.age"))).unwrap();
    let plain = place.recipient.open(&package).unwrap();
    assert!(plain.starts_with(b"%PDF-"), "what stands in it is told by tests/it/papers.rs");

    let order = DispatchOrder::parse(&std::fs::read(order_file(&place, transmission)).unwrap()).unwrap();
    assert_eq!(order.manifest.items()[0].digest, Digest::of(&plain));
    let roster = std::fs::read(place.office.house().generation().unwrap().roster()).unwrap();
    let chain = RosterChain::parse(&roster, &RosterLimits::DEFAULT).unwrap();
    let artefact = Digest::of(&package);
    assert!(order.clone().verify(chain.latest(), place.now(), artefact).is_ok());
    let late = place.now().plus_seconds(4 * 3600 + 1);
    assert_eq!(order.clone().verify(chain.latest(), late, artefact).err(), Some(OrderRefusal::Expired));
    let other = Digest::of(b"other");
    assert_eq!(order.verify(chain.latest(), place.now(), other).err(), Some(OrderRefusal::OtherArtefact));
}

#[test]
fn nobody_confirms_their_own_nor_with_a_second_account() {
    let place = Place::new();
    let (_, _, transmission, _) = place.awaiting();
    place.link_accounts();
    let begin = || BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    let mut author = place.sign_in("1001");
    assert_eq!(author.perform(begin()).err(), Some(Reason::OwnWork));
    assert_eq!(place.last(&mut author), (Action::BeginConfirmation, Outcome::Denied, Some(Reason::OwnWork)));
    let mut twin = place.sign_in("1101");
    assert_eq!(twin.perform(begin()).err(), Some(Reason::SamePerson));
    assert_eq!(place.last(&mut twin), (Action::BeginConfirmation, Outcome::Denied, Some(Reason::SamePerson)));
    let mut supervisor = place.sign_in("2001");
    assert_eq!(supervisor.perform(begin()).err(), Some(Reason::RoleForbids), "no bypass for anybody");
    let skip = ConfirmTransmission { transmission, evidence: [0; 16] };
    let mut second = place.sign_in("1002");
    assert_eq!(second.perform(skip).err(), Some(Reason::NotMatched), "not without the blind check");
}

#[test]
fn whoever_edited_the_content_cannot_confirm_it() {
    let place = Place::new();
    let destination = place.destination();
    let mut editor = place.sign_in("1003");
    let record = register(&mut editor, &ehec());
    let mut author = place.sign_in("1001");
    let transmission = prepare(&mut author, record, destination).transmission;
    let mut editor = place.sign_in("1003");
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(editor.perform(begin).err(), Some(Reason::EditedIt));
}

/// Behaviour 33: whoever keyed the address last would key the same slip a second time.
#[test]
fn behaviour_33_neither_the_sender_nor_who_changed_the_destination_last_confirms() {
    let place = Place::new();
    let destination = place.destination();
    let waiting = |author: &str| {
        let mut author = place.sign_in(author);
        let record = register(&mut author, &ehec());
        prepare(&mut author, record, destination).transmission
    };
    let begins = |number: &str, transmission| {
        let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
        let mut session = place.sign_in(number);
        (session.perform(begin).err(), place.last(&mut session))
    };
    let done = (Action::BeginConfirmation, Outcome::Done, None);
    let denied = |reason| (Some(reason), (Action::BeginConfirmation, Outcome::Denied, Some(reason)));
    let transmission = waiting("1003");
    assert_eq!(begins("1003", transmission), denied(Reason::OwnWork));
    assert_eq!(begins("1001", transmission), denied(Reason::EnteredDestination));
    assert_eq!(begins("1002", transmission), (None, done), "who keyed it second had another paper");

    let proposal = DestinationProposal { change: Some(destination), ..place.proposal() };
    place.sign_in("2001").perform(ProposeDestination { proposal }).unwrap();
    let mut second = place.sign_in("1002");
    assert_eq!(second.perform(place.rekey(destination)).unwrap(), DestinationConfirmed::Confirmed);
    call(&second, place.now());
    assert_eq!(begins("1001", waiting("1003")), (None, done), "of earlier versions nobody asks");
}

/// What the courier holds, or has reported about, is not laid before it a second time.
#[test]
fn an_order_that_was_taken_is_not_written_again() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let order = order_file(&place, transmission);
    for taken_as in ["claimed", "receipt"] {
        let taken = order.with_extension(taken_as);
        std::fs::rename(&order, &taken).unwrap();
        let mut session = place.sign_in("1002");
        outbox::emit(&mut session, transmission).unwrap();
        assert!(!order.exists(), "{taken_as}");
        std::fs::rename(&taken, &order).unwrap();
    }
    // The positive control: where nothing lies, it is written.
    std::fs::remove_file(&order).unwrap();
    outbox::emit(&mut place.sign_in("1002"), transmission).unwrap();
    assert!(order.exists());
}

#[test]
fn three_misses_void_the_transmission() {
    let place = Place::new();
    let (record, _, transmission, pages) = place.awaiting();
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    assert_eq!(task.person, PersonCheck::BirthDate);
    let right = place.answers(pages);
    let wrong = [
        BlindAnswers { person: Personal::new("3500305".into()), ..right.clone() },
        BlindAnswers { address: "131016-0465".into(), ..right.clone() },
        BlindAnswers { pages: (pages + 1).to_string(), ..right.clone() },
    ];
    for (at, answers) in wrong.into_iter().enumerate() {
        if at == 2 {
            let early = MatchTransmission { transmission, evidence: task.evidence, answers: right.clone() };
            assert_eq!(second.perform(early).err(), Some(Reason::SupervisorNeeded), "also for right answers");
            let mut clerk = place.sign_in("1003");
            let allow = AllowThirdAttempt { transmission };
            assert_eq!(clerk.perform(allow).err(), Some(Reason::RoleForbids));
            let mut supervisor = place.sign_in("2001");
            supervisor.perform(allow).unwrap();
            assert_eq!(supervisor.perform(allow).err(), Some(Reason::OutOfOrder), "once");
        }
        let outcome =
            second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
        match (at, outcome) {
            (0, MatchOutcome::Mismatch { left: 2, call_supervisor: false })
            | (1, MatchOutcome::Mismatch { left: 1, call_supervisor: true })
            | (2, MatchOutcome::Void) => {}
            (at, other) => panic!("{at}: {other:?}"),
        }
    }
    assert_eq!(
        place.last(&mut second),
        (Action::MatchTransmission, Outcome::Failed, Some(Reason::TooManyMisses))
    );
    let again = second.perform(MatchTransmission { transmission, evidence: task.evidence, answers: right });
    assert_eq!(again.err(), Some(Reason::OutOfOrder));
    let mut clerk = place.sign_in("1001");
    assert!(clerk.perform(ReviseRecord { record }).is_ok(), "the record is free again");
}

#[test]
fn a_match_of_one_person_does_not_serve_another() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let answers = place.answers(pages);
    second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
    let mut third = place.sign_in("1003");
    let own = third.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    for evidence in [task.evidence, own.evidence] {
        assert_eq!(
            third.perform(ConfirmTransmission { transmission, evidence }).err(),
            Some(Reason::NotMatched)
        );
    }
}

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

/// 10:00 agreed, the fax server is away; 10:30 the number is said to have changed; 11:00 the server is back.
#[test]
fn a_changed_entry_takes_back_what_waits_for_the_courier() {
    let place = Place::new();
    let (_, destination, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let change = DestinationProposal { change: Some(destination), ..place.proposal() };
    let mut clerk = place.sign_in("1003");
    let proposed = clerk.perform(ProposeDestination { proposal: change }).unwrap();
    assert_eq!((proposed.stopped, proposed.gone), (1, 0));
    assert!(!order_file(&place, transmission).exists());
    assert!(crate::courier::run_once(&courier(&place), &place.clock).unwrap().is_empty());
    let line = clerk.perform(ListTransmissions).unwrap().remove(0);
    assert_eq!((line.state, line.reason), (StateCode::Withdrawn, Some(Reason::DestinationChanged)));
}

#[test]
fn a_suspended_sender_is_no_half_of_a_pair() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let mut admin = place.sign_in("2001");
    let author =
        admin.perform(ListStaff).unwrap().into_iter().find(|line| line.number.as_str() == "1001").unwrap();
    let mut second = place.sign_in("1002");
    let begin = || BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    let task = second.perform(begin()).unwrap();
    let answers = place.answers(pages);
    second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
    admin.perform(SuspendStaff { account: author.account }).unwrap();
    assert_eq!(place.sign_in("1002").perform(begin()).err(), Some(Reason::PartySuspended));
    let confirm = ConfirmTransmission { transmission, evidence: task.evidence };
    assert_eq!(second.perform(confirm).err(), Some(Reason::PartySuspended));
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

#[test]
fn what_waits_is_hidden_from_the_confirmer() {
    let place = Place::new();
    let (_, _, transmission, _) = place.awaiting();
    let mut second = place.sign_in("1002");
    let line = second.perform(ListTransmissions).unwrap().remove(0);
    assert_eq!(line.id, transmission);
    assert!(line.destination.is_none() && line.subject.is_none() && line.pages.is_none());
    let mut author = place.sign_in("1001");
    let line = author.perform(ListTransmissions).unwrap().remove(0);
    assert!(line.destination.is_some() && line.subject.is_some());
}

#[test]
fn an_order_can_be_taken_back_until_the_courier_has_it() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let order = order_file(&place, transmission);
    let claimed = order.with_extension("claimed");
    std::fs::rename(&order, &claimed).unwrap();
    let mut author = place.sign_in("1001");
    assert_eq!(author.perform(WithdrawTransmission { transmission }).err(), Some(Reason::AlreadyLeft));
    author.perform(TakeReceipts).unwrap();
    let state = |author: &mut Session| author.perform(ListTransmissions).unwrap().remove(0).state;
    assert_eq!(state(&mut author), StateCode::Dispatching);
    // The relay did not answer: the courier has put it back, and nothing has left.
    std::fs::rename(&claimed, &order).unwrap();
    author.perform(TakeReceipts).unwrap();
    assert_eq!(state(&mut author), StateCode::Queued);
    let bytes = std::fs::read(&order).unwrap();
    author.perform(WithdrawTransmission { transmission }).unwrap();
    assert!(!order.exists());
    // A copy that comes back is not sent.
    std::fs::write(&order, bytes).unwrap();
    let refused = crate::courier::run_once(&courier(&place), &place.clock).unwrap();
    assert_eq!(refused[0].reason(), Some("withdrawn"));
    assert_eq!(author.perform(WithdrawTransmission { transmission }).err(), Some(Reason::StateFinished));
}

#[test]
fn a_lost_order_file_is_written_again_at_the_next_sign_in() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let order = order_file(&place, transmission);
    let before = std::fs::read(&order).unwrap();
    std::fs::remove_file(&order).unwrap();
    let _session = place.sign_in("1003");
    assert_eq!(std::fs::read(&order).unwrap(), before);
}

pub(super) fn courier(place: &Place) -> crate::courier::CourierConfig {
    let house = place.office.house();
    let drop_root = house.home().join("drop");
    std::fs::create_dir_all(&drop_root).unwrap();
    crate::courier::CourierConfig {
        outbox: house.outbox(),
        state_dir: house.courier_dir(),
        roster: house.generation().unwrap().roster(),
        carriers: crate::courier::Carriers {
            folder: Some(crate::courier::FolderCarrier { drop_root }),
            ..crate::courier::Carriers::default()
        },
    }
}

#[test]
fn the_courier_delivers_and_the_office_takes_the_receipt() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let config = courier(&place);
    let delivered = crate::courier::run_once(&config, &place.clock).unwrap();
    assert_eq!(delivered.iter().map(crate::courier::Delivery::code).collect::<Vec<_>>(), ["sent"]);
    let package = std::fs::read(
        place.office.house().home().join("drop").join(ADDRESS).join(format!("{transmission}.age")),
    )
    .unwrap();
    assert!(place.recipient.open(&package).is_ok());
    let mut clerk = place.sign_in("1001");
    assert_eq!(clerk.perform(TakeReceipts).unwrap(), 1);
    assert_eq!(clerk.perform(TakeReceipts).unwrap(), 0, "taken once");
    let state = |clerk: &mut Session| clerk.perform(ListTransmissions).unwrap().remove(0).state;
    assert_eq!(state(&mut clerk), StateCode::Sent);
    assert_eq!(clerk.perform(WithdrawTransmission { transmission }).err(), Some(Reason::AlreadyLeft));
    let control = control_of(&clerk, transmission);
    let arrival =
        |control: &str| AcknowledgeArrival { transmission, control: control.into(), whom: "例田".into() };
    assert_eq!(clerk.perform(arrival("000")).err(), Some(Reason::ControlDiffers));
    clerk.perform(arrival(&control)).unwrap();
    assert_eq!(state(&mut clerk), StateCode::Acknowledged);
    assert!(crate::courier::run_once(&config, &place.clock).unwrap().is_empty(), "nothing is sent twice");
}

#[test]
fn the_courier_stops_what_was_frozen_or_whose_people_were_suspended() {
    for stop in ["freeze", "suspend"] {
        let place = Place::new();
        let (_, destination, transmission, pages) = place.awaiting();
        place.confirm(transmission, pages);
        let mut supervisor = place.sign_in("2001");
        if stop == "freeze" {
            supervisor.perform(FreezeDestination { id: destination }).unwrap();
        } else {
            let author = supervisor.perform(ListStaff).unwrap();
            let author = author.into_iter().find(|line| line.number.as_str() == "1001").unwrap();
            supervisor.perform(SuspendStaff { account: author.account }).unwrap();
        }
        let delivered = crate::courier::run_once(&courier(&place), &place.clock).unwrap();
        assert_eq!(delivered[0].code(), "refused", "{stop}");
        supervisor.perform(TakeReceipts).unwrap();
        let line = supervisor.perform(ListTransmissions).unwrap().remove(0);
        assert_eq!((line.state, line.reason), (StateCode::Failed, Some(Reason::CourierRefused)), "{stop}");
    }
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
fn whoever_issued_the_credentials_is_no_other_half_for_a_week() {
    let place = Place::new();
    let destination = place.destination();
    let mut author = place.sign_in("1001");
    let record = register(&mut author, &ehec());
    let transmission = prepare(&mut author, record, destination).transmission;
    // As if 1001 had approved the first password of 1002 today.
    author
        .store
        .raw()
        .execute_batch(
            "UPDATE staff SET approved_by = (SELECT account FROM staff WHERE number = '1001'),
                              issued_by = (SELECT account FROM staff WHERE number = '2001') WHERE number = '1002'",
        )
        .unwrap();
    let mut second = place.sign_in("1002");
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(second.perform(begin).err(), Some(Reason::CredentialTies));
}

#[test]
fn the_second_person_may_hand_it_back() {
    let place = Place::new();
    let (record, destination, transmission, _) = place.awaiting();
    let mut second = place.sign_in("1002");
    assert_eq!(second.perform(ListDestinations { purpose: ListPurpose::Keep }).unwrap()[0].id, destination);
    second.perform(ReturnTransmission { transmission }).unwrap();
    assert_eq!(second.perform(ReturnTransmission { transmission }).err(), Some(Reason::OutOfOrder));
    let mut author = place.sign_in("1001");
    assert!(author.perform(ReviseRecord { record }).is_ok(), "the record is free again");
}

#[test]
fn a_doubtful_delivery_waits_for_a_person() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let config = courier(&place);
    // A receipt about other bytes than the confirmed ones: something is wrong, and nobody guesses.
    std::fs::remove_file(order_file(&place, transmission)).unwrap();
    let receipt = crate::order::Receipt {
        transmission,
        outcome: crate::order::Outcome::Sent,
        at: place.now(),
        carrier: None,
        statement: None,
        artefact: Some(Digest::of(b"other")),
        report: crate::order::Report::default(),
    };
    std::fs::write(config.outbox.join(format!("{transmission}.receipt")), receipt.to_json()).unwrap();
    let mut clerk = place.sign_in("1003");
    clerk.perform(TakeReceipts).unwrap();
    let state = |clerk: &mut Session| clerk.perform(ListTransmissions).unwrap().remove(0).state;
    assert_eq!(state(&mut clerk), StateCode::Uncertain);
    assert_eq!(
        clerk.perform(AcknowledgeArrival { transmission, control: String::new(), whom: "例田".into() }).err(),
        Some(Reason::OutOfOrder)
    );
    clerk.perform(ReconcileTransmission { transmission, found: Reconcile::NotSent }).unwrap();
    assert_eq!(state(&mut clerk), StateCode::Failed);
    let again = ReconcileTransmission { transmission, found: Reconcile::Sent };
    assert_eq!(clerk.perform(again).err(), Some(Reason::OutOfOrder));
}

/// Two misses, a supervisor, a match: the permission was for that attempt.
#[test]
fn a_match_spends_the_supervisors_permission() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let mut second = place.sign_in("1002");
    let evidence =
        second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap().evidence;
    let right = place.answers(pages);
    let wrong = BlindAnswers { address: "131016-0465".into(), ..right.clone() };
    let try_it = |session: &mut Session, answers: &BlindAnswers| {
        session.perform(MatchTransmission { transmission, evidence, answers: answers.clone() })
    };
    for _ in 0..2 {
        assert!(matches!(try_it(&mut second, &wrong), Ok(MatchOutcome::Mismatch { .. })));
    }
    place.sign_in("2001").perform(AllowThirdAttempt { transmission }).unwrap();
    assert!(matches!(try_it(&mut second, &right), Ok(MatchOutcome::Match(_))));
    for _ in 0..2 {
        assert!(matches!(try_it(&mut second, &wrong), Ok(MatchOutcome::Mismatch { .. })));
    }
    assert_eq!(
        try_it(&mut second, &wrong).err(),
        Some(Reason::SupervisorNeeded),
        "one was called before that"
    );
    place.sign_in("2001").perform(AllowThirdAttempt { transmission }).unwrap();
    assert!(matches!(try_it(&mut second, &right), Ok(MatchOutcome::Match(_))));
}

/// Who was turned away before anything was compared has missed nothing.
#[test]
fn only_whoever_missed_cannot_allow_the_third_attempt() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    let right = place.answers(pages);
    let begin = |session: &mut Session| {
        let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
        session.perform(begin).unwrap().evidence
    };
    let mut turned_away = place.sign_in("1003");
    let late = begin(&mut turned_away);
    place.wait(301);
    let stale = MatchTransmission { transmission, evidence: late, answers: right.clone() };
    assert_eq!(turned_away.perform(stale).err(), Some(Reason::StepUpStale));

    let mut second = place.sign_in("1002");
    let evidence = begin(&mut second);
    let wrong = BlindAnswers { address: "131016-0465".into(), ..right };
    let missing = MatchTransmission { transmission, evidence, answers: wrong };
    second.perform(missing.clone()).unwrap();
    second.perform(missing).unwrap();
    let as_supervisors = "UPDATE staff SET roles = (SELECT roles FROM staff WHERE number = '2001') WHERE number IN ('1002', '1003')";
    second.store.raw().execute_batch(as_supervisors).unwrap();
    let allow = AllowThirdAttempt { transmission };
    let mut missed = place.sign_in("1002");
    assert_eq!(missed.perform(allow).err(), Some(Reason::MissedIt));
    place.sign_in("1003").perform(allow).unwrap();
}
