//! What people carry themselves: media with a supervisor's decision, and faxes that are dialled by hand.
use super::support::*;
use crate::domain::destination::Channel;
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

const MEDIUM: &str = "USB-0012";
const FAX: &str = "03-0000-0456";

fn waiting_for(place: &Place, channel: Channel, address: &str) -> (Session, TransmissionId, u32) {
    let lock = match channel {
        Channel::ManualFax => ProposedLock::None,
        _ => place.proposal().lock,
    };
    let proposal = DestinationProposal { channel, address: address.into(), lock, ..place.proposal() };
    let destination: DestinationId = place.in_force(proposal);
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let prepared = prepare(&mut clerk, record, destination);
    (clerk, prepared.transmission, prepared.pages)
}

fn approval(transmission: TransmissionId) -> ApproveMedium {
    ApproveMedium { transmission, reason: Personal::new("相手が庁内網の外にいる".into()) }
}

fn confirm(place: &Place, transmission: TransmissionId, pages: u32, address: &str) -> Result<(), Reason> {
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn })?;
    let evidence = task.evidence;
    let answers = BlindAnswers { address: address.into(), ..place.answers(pages) };
    let matched = second.perform(MatchTransmission { transmission, evidence, answers })?;
    assert!(matches!(matched, MatchOutcome::Match(_)), "{matched:?}");
    second.perform(ConfirmTransmission { transmission, evidence }).map(|_| ())
}

/// The cover asks whoever got it by mistake to call: there has to be a number.
#[test]
fn no_paper_goes_by_fax_without_a_number_to_call() {
    let place = Place::new();
    let by_hand = DestinationProposal {
        channel: Channel::ManualFax,
        address: FAX.into(),
        lock: ProposedLock::None,
        ..place.proposal()
    };
    let destination = place.in_force(by_hand);
    let record = register(&mut place.sign_in("1001"), &ehec());
    place.wait(31);
    let silent = place.office_with(Site { phone: String::new(), ..site() });
    let Ok(SignedIn::In(mut clerk)) = silent.sign_in(&place.credentials("1001")) else { panic!("no way in") };
    let prepare = PrepareTransmission { record, destination, mention: None };
    assert_eq!(clerk.perform(prepare).err(), Some(Reason::OfficePhoneMissing));
    let tried = (Action::PrepareTransmission, Outcome::Failed, Some(Reason::OfficePhoneMissing));
    assert_eq!(place.last(&mut clerk), tried);
}

#[test]
fn a_medium_leaves_with_a_supervisors_signature_and_comes_back() {
    let place = Place::new();
    let (mut clerk, transmission, pages) = waiting_for(&place, Channel::Media, MEDIUM);
    assert_eq!(confirm(&place, transmission, pages, MEDIUM), Err(Reason::NotApproved));
    let line = place.sign_in("1002").perform(ListTransmissions).unwrap().remove(0);
    assert!(line.needs_approval && line.destination.is_none());
    assert_eq!(clerk.perform(approval(transmission)).err(), Some(Reason::RoleForbids));
    let mut supervisor = place.sign_in("2001");
    let unsaid = ApproveMedium { transmission, reason: Personal::new(" ".into()) };
    assert_eq!(supervisor.perform(unsaid).err(), Some(Reason::ReviewReasonMissing));
    let long = ApproveMedium { transmission, reason: Personal::new("架".repeat(81)) };
    assert_eq!(supervisor.perform(long).err(), Some(Reason::TextTooLong));
    let seen = supervisor.perform(ListTransmissions).unwrap().remove(0);
    let to = seen.destination.expect("who signs for it sees where it goes");
    assert_eq!((to.code.as_str(), seen.pages), ("D014", Some(pages)));
    assert_eq!(seen.subject.unwrap().expose(), "仮野 花枝", "and whose it is");
    supervisor.perform(approval(transmission)).unwrap();
    assert_eq!(place.last(&mut supervisor).0, Action::ApproveMedium);
    assert_eq!(supervisor.perform(approval(transmission)).err(), Some(Reason::OutOfOrder), "once");

    let mut second = place.sign_in("1002");
    let hidden = second.perform(ListMedia).unwrap().remove(0);
    assert_eq!(hidden.medium, None, "the second person keys it from the paper");
    confirm(&place, transmission, pages, "usb-0012").unwrap();
    let outbox = place.office.house().outbox();
    let name = crate::order::names::of(transmission, crate::order::names::ORDER);
    let order = crate::order::DispatchOrder::parse(&std::fs::read(outbox.join(name)).unwrap()).unwrap();
    assert!(order.approval.is_some(), "the dispatcher asks for it");

    let line = second.perform(ListMedia).unwrap().remove(0);
    assert_eq!((line.medium.as_deref(), line.returned.is_none()), (Some(MEDIUM), true));
    assert_eq!(line.reason.expose(), "相手が庁内網の外にいる");
    assert_eq!(
        second.perform(ReturnMedium { transmission }).err(),
        Some(Reason::OutOfOrder),
        "not written yet"
    );
    let sql = "UPDATE transmission SET state = 'sent' WHERE state = 'queued'";
    assert_eq!(second.store.raw().execute(sql, []).unwrap(), 1);
    second.perform(ReturnMedium { transmission }).unwrap();
    assert_eq!(second.perform(ReturnMedium { transmission }).err(), Some(Reason::OutOfOrder), "once");
    assert_eq!(place.last(&mut second), (Action::ReturnMedium, Outcome::Failed, Some(Reason::OutOfOrder)));
    let (name, _) = second.perform(ListMedia).unwrap().remove(0).returned.unwrap();
    assert_eq!(name, "仮田 1002");
}

/// The media of an office are few: what went out last week is what waits today.
#[test]
fn no_line_of_the_register_answers_a_blind_check() {
    let place = Place::new();
    let (mut clerk, first, pages) = waiting_for(&place, Channel::Media, MEDIUM);
    place.sign_in("2001").perform(approval(first)).unwrap();
    confirm(&place, first, pages, MEDIUM).unwrap();
    let media = |session: &mut Session| -> Vec<Option<String>> {
        session.perform(ListMedia).unwrap().into_iter().map(|line| line.medium).collect()
    };
    let known = || Some(MEDIUM.to_owned());
    assert_eq!(media(&mut place.sign_in("1002")), [known()], "nothing waits");

    let destination = clerk.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap().remove(0).id;
    let record = register(&mut clerk, &edited());
    let second = prepare(&mut clerk, record, destination);
    for second_person in ["1002", "1003"] {
        assert_eq!(media(&mut place.sign_in(second_person)), [None], "{second_person}, before the approval");
    }
    place.sign_in("2001").perform(approval(second.transmission)).unwrap();
    for second_person in ["1002", "1003"] {
        assert_eq!(media(&mut place.sign_in(second_person)), [None, None], "{second_person}");
    }
    for other in ["1001", "2001"] {
        assert_eq!(media(&mut place.sign_in(other)), [known(), known()], "{other}");
    }
    confirm(&place, second.transmission, second.pages, MEDIUM).unwrap();
    assert_eq!(media(&mut place.sign_in("1002")), [known(), known()]);
}

#[test]
fn only_media_are_approved() {
    let place = Place::new();
    let (_, _, transmission, _) = place.awaiting();
    let mut supervisor = place.sign_in("2001");
    assert_eq!(supervisor.perform(approval(transmission)).err(), Some(Reason::NoMedium));
    assert_eq!(place.last(&mut supervisor), (Action::ApproveMedium, Outcome::Failed, Some(Reason::NoMedium)));
}

/// The dispatcher has printed the send sheet and the pages.
fn printed(session: &Session) {
    let sql =
        "UPDATE transmission SET state = 'dispatching', handed_at = confirmed_at WHERE state = 'queued'";
    assert_eq!(session.store.raw().execute(sql, []).unwrap(), 1);
}

#[test]
fn the_machines_report_is_compared_with_what_was_confirmed() {
    let other_pages = |pages: u32| (pages + 1).to_string();
    let same = |pages: u32| pages.to_string();
    type Pages = fn(u32) -> String;
    let other_number = (StateCode::Uncertain, Some(Reason::OtherNumberDialled));
    let cases: [(&str, Pages, StateCode, Option<Reason>); 9] = [
        ("０３－００００－０４５６", same, StateCode::Sent, None),
        ("03-0000-0465", same, other_number.0, other_number.1),
        // What was dialled was dialled, whether or not a fax could be there.
        ("090-0000-0000", same, other_number.0, other_number.1),
        ("0120-000-456", same, other_number.0, other_number.1),
        ("00-0000-0456", same, other_number.0, other_number.1),
        ("456", same, other_number.0, other_number.1),
        // The prefix of an outside line: people look, nobody guesses.
        ("0-03-0000-0456", same, other_number.0, other_number.1),
        ("0,03-0000-0456", other_pages, other_number.0, other_number.1),
        (FAX, other_pages, StateCode::Uncertain, Some(Reason::OtherPageCount)),
    ];
    for (number, reported, state, reason) in cases {
        let place = Place::new();
        let (mut clerk, transmission, pages) = waiting_for(&place, Channel::ManualFax, FAX);
        let note = |number: &str, pages: String| NoteManualFax {
            transmission,
            report: MachineReport::Sent { number: number.into(), pages },
        };
        assert_eq!(
            clerk.perform(note(FAX, same(pages))).err(),
            Some(Reason::OutOfOrder),
            "nothing was printed"
        );
        confirm(&place, transmission, pages, FAX).unwrap();
        printed(&clerk);
        for no_number in ["", "　", "no answer"] {
            let refused = clerk.perform(note(no_number, same(pages))).err();
            assert_eq!(refused, Some(Reason::DialledNumberMissing), "{no_number}");
        }
        assert_eq!(clerk.perform(note(FAX, "no".into())).err(), Some(Reason::PageCountWrong));
        assert_eq!(clerk.perform(note(number, reported(pages))), Ok(state), "{number}");
        let outcome = if reason.is_some() { Outcome::Failed } else { Outcome::Done };
        assert_eq!(place.last(&mut clerk), (Action::NoteManualFax, outcome, reason));
        let line = clerk.perform(ListTransmissions).unwrap().remove(0);
        assert_eq!((line.state, line.reason, line.in_hand), (state, reason, false));
        assert_eq!(clerk.perform(note(FAX, same(pages))).err(), Some(Reason::OutOfOrder), "once");
    }
}

#[test]
fn a_machine_that_did_not_get_through_ends_it() {
    let place = Place::new();
    let (mut clerk, transmission, pages) = waiting_for(&place, Channel::ManualFax, FAX);
    confirm(&place, transmission, pages, FAX).unwrap();
    printed(&clerk);
    let report = MachineReport::NotSent;
    assert_eq!(clerk.perform(NoteManualFax { transmission, report }), Ok(StateCode::Failed));
    let mut administrator = place.sign_in("1101");
    let report = MachineReport::NotSent;
    assert_eq!(administrator.perform(NoteManualFax { transmission, report }).err(), Some(Reason::OutOfOrder));
}
