//! Who may be the second person, and what their misses come to.
use super::super::support::*;
use crate::domain::sensitive::Personal;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

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
