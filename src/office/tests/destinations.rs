//! The register: from the first keying to the call, and what each wall stops.
use super::support::*;
use crate::courier::{Carriers, Copies, CourierConfig, FolderCarrier, run_once};
use crate::domain::destination::Channel;
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::domain::sensitive::{Personal, Secret};
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::*;

fn deliver(place: &Place) {
    let house = place.office.house();
    let drop_root = house.home().join("drop");
    std::fs::create_dir_all(&drop_root).unwrap();
    let config = CourierConfig {
        outbox: house.outbox(),
        state_dir: house.courier_dir(),
        roster: house.generation().unwrap().roster(),
        carriers: Carriers { folder: Some(FolderCarrier { drop_root }), ..Carriers::default() },
        copies: Copies::default(),
    };
    run_once(&config, &place.clock).unwrap();
}

/// Entered by 1001, keyed again by 1002.
fn keyed(place: &Place, proposal: DestinationProposal) -> DestinationId {
    let mut first = place.sign_in("1001");
    let id = first.perform(ProposeDestination { proposal }).unwrap().id;
    place.sign_in("1002").perform(place.rekey(id)).unwrap();
    id
}

/// 1002 confirms the test page blind.
fn confirm_test_page(place: &Place, transmission: TransmissionId) {
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    assert_eq!(task.person, PersonCheck::Nobody, "it is about nobody");
    let answers = BlindAnswers { person: Personal::default(), address: ADDRESS.into(), pages: "1".into() };
    let evidence = task.evidence;
    let matched = second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
    let MatchOutcome::Match(reveal) = matched else { panic!("{matched:?}") };
    assert!(matches!(reveal.what, Revealed::TestPage) && reveal.subject.is_none());
    second.perform(ConfirmTransmission { transmission, evidence }).unwrap();
}

#[test]
fn two_papers_a_test_page_and_a_call_bring_it_into_force() {
    let place = Place::new();
    let id = keyed(&place, place.proposal());
    let mut clerk = place.sign_in("1001");
    let status = |session: &mut Session| {
        session.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap().remove(0).status
    };
    assert_eq!(status(&mut clerk), DestinationStatus::Untested);
    let call = |control: &str| NoteCallBack { id, control: control.into(), whom: "例田".into() };
    assert_eq!(clerk.perform(call("000000")).err(), Some(Reason::NoTestPage), "nothing was sent yet");
    let page = clerk.perform(PrepareTestPage { destination: id }).unwrap();
    assert_eq!(clerk.perform(PrepareTestPage { destination: id }).err(), Some(Reason::InTransmission));
    let screen = page.document.expose();
    assert!(screen.contains("個人情報は含みません"));
    assert!(screen.contains("*** *** - ****") && !screen.contains("- 0456"), "on the paper only: {screen}");
    confirm_test_page(&place, page.transmission);
    deliver(&place);
    let control = control_of(&clerk, page.transmission);
    assert_eq!(clerk.perform(call(&control)).err(), Some(Reason::NoTestPage), "not reported as sent yet");
    clerk.perform(TakeReceipts).unwrap();
    let wrong: String = control.chars().map(|c| if c == '9' { '8' } else { '9' }).collect();
    assert_eq!(clerk.perform(call(&wrong)).err(), Some(Reason::ControlDiffers));
    assert_eq!(place.last(&mut clerk), (Action::NoteCallBack, Outcome::Failed, Some(Reason::ControlDiffers)));
    let nobody = NoteCallBack { whom: " ".into(), ..call(&control) };
    assert_eq!(clerk.perform(nobody).err(), Some(Reason::WhomMissing));
    let spoken =
        control.chars().map(|c| char::from_u32(u32::from(c) - 48 + 0xff10).unwrap()).collect::<String>();
    let until = clerk.perform(call(&spoken)).unwrap();
    assert_eq!(until, place.now().plus_seconds(365 * 24 * 3600));
    assert_eq!(status(&mut clerk), DestinationStatus::Usable);
    let page = clerk.perform(ListTransmissions).unwrap().remove(0);
    assert_eq!(
        (page.state, page.arrived_whom.as_deref()),
        (StateCode::Acknowledged, Some("例田")),
        "it has arrived"
    );
    assert_eq!(clerk.perform(call(&control)).err(), Some(Reason::OutOfOrder), "once");
    place.wait(336 * 24 * 3600);
    let mut clerk = place.sign_in("1001");
    assert_eq!(status(&mut clerk), DestinationStatus::Expiring, "thirty days before");
}

#[test]
fn a_medium_needs_no_call_and_a_contract_ends_an_entry_sooner() {
    let place = Place::new();
    let last_day = place.now().plus_seconds(40 * 24 * 3600).date_in_japan();
    let proposal = DestinationProposal {
        channel: Channel::Media,
        address: "usb-0456".into(),
        contract_until: Some(last_day),
        ..place.proposal()
    };
    let mut first = place.sign_in("1001");
    let id = first.perform(ProposeDestination { proposal }).unwrap().id;
    let mut second = place.sign_in("1002");
    second.perform(ConfirmDestination { address: "USB-0456".into(), ..place.rekey(id) }).unwrap();
    let line = second.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap().remove(0);
    assert_eq!(line.status, DestinationStatus::Usable);
    let until = line.valid_until.unwrap();
    assert_eq!(until.date_in_japan(), last_day);
    assert_eq!(until.plus_seconds(1).date_in_japan(), last_day.succ_opt().unwrap());
    assert_eq!(second.perform(PrepareTestPage { destination: id }).err(), Some(Reason::RoleForbids));
    assert_eq!(first.perform(PrepareTestPage { destination: id }).err(), Some(Reason::OutOfOrder));
}

#[test]
fn what_is_entered_is_looked_at() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let fax = |address: &str| DestinationProposal {
        channel: Channel::Fax,
        lock: ProposedLock::None,
        address: address.into(),
        ..place.proposal()
    };
    let mail = |address: &str, password: &str| DestinationProposal {
        channel: Channel::Mail,
        lock: ProposedLock::Password(Secret::new(password.into())),
        address: address.into(),
        ..place.proposal()
    };
    let good = "kasa-ga-nai-2026";
    let usual = || place.proposal();
    let yesterday = place.now().plus_seconds(-24 * 3600).date_in_japan();
    for (proposal, reason) in [
        (fax("090-1234-5678"), Reason::FaxInvalid),
        (fax("0120-123-456"), Reason::FaxInvalid),
        (fax("3-0000-0456"), Reason::FaxInvalid),
        (fax("03-0000-0456 #12"), Reason::FaxInvalid),
        (mail("a@b.example.jp", good), Reason::DomainNotAllowed),
        (mail("a@city.example.lg.jp, c@city.example.lg.jp", good), Reason::MailInvalid),
        (mail("a@city.example.lg.jp", "short"), Reason::ArchivePasswordInvalid),
        (mail("a@city.example.lg.jp", "パスワードパスワードパスワード"), Reason::ArchivePasswordInvalid),
        (DestinationProposal { lock: ProposedLock::None, ..usual() }, Reason::LockUnfit),
        (
            DestinationProposal { lock: ProposedLock::Password(Secret::new(good.into())), ..usual() },
            Reason::LockUnfit,
        ),
        (DestinationProposal { purposes: Vec::new(), ..usual() }, Reason::PurposeMissing),
        (DestinationProposal { purposes: vec!["anything".into()], ..usual() }, Reason::PurposeMissing),
        (DestinationProposal { contract_until: Some(yesterday), ..usual() }, Reason::ContractOver),
        (DestinationProposal { phone: "03".into(), ..usual() }, Reason::PhoneInvalid),
        (DestinationProposal { short_dial: "*1a".into(), ..usual() }, Reason::ShortDialInvalid),
        (DestinationProposal { source: " ".into(), ..usual() }, Reason::TextMissing),
        (DestinationProposal { source: "架".repeat(81), ..usual() }, Reason::TextTooLong),
        (DestinationProposal { organisation: "県庁\u{1b}[31m".into(), ..usual() }, Reason::TextMissing),
        (DestinationProposal { institution: "架空".into(), ..usual() }, Reason::InstitutionCodeInvalid),
        (DestinationProposal { code: "D12".into(), ..usual() }, Reason::CodeInvalid),
    ] {
        let refused = clerk.perform(ProposeDestination { proposal });
        assert_eq!(refused.err(), Some(reason));
    }
    clerk.perform(ProposeDestination { proposal: fax("03-0000-0456") }).unwrap();
    let taken = ProposeDestination { proposal: mail("a@city.example.lg.jp", good) };
    assert_eq!(clerk.perform(taken).err(), Some(Reason::CodeTaken));
}

#[test]
fn the_second_keying_is_from_another_paper() {
    let place = Place::new();
    let mut first = place.sign_in("1001");
    let id = first.perform(ProposeDestination { proposal: place.proposal() }).unwrap().id;
    let mut second = place.sign_in("1002");
    let same = ConfirmDestination { source: "健づ 第８８号".into(), ..place.rekey(id) };
    assert_eq!(second.perform(same).err(), Some(Reason::SameSource), "in another spelling");
    let long = ConfirmDestination { source: "架".repeat(81), ..place.rekey(id) };
    assert_eq!(second.perform(long).err(), Some(Reason::TextTooLong));
    let none = ConfirmDestination { source: String::new(), ..place.rekey(id) };
    assert_eq!(second.perform(none).err(), Some(Reason::SourceMissing));
    second.perform(place.rekey(id)).unwrap();
}

#[test]
fn an_agreed_password_is_keyed_twice_and_lies_sealed() {
    let place = Place::new();
    let mut first = place.sign_in("1001");
    let password = "kasa-ga-nai-2026";
    let proposal = DestinationProposal {
        channel: Channel::Mail,
        address: "Kansen@City.Example.lg.jp".into(),
        lock: ProposedLock::Password(Secret::new(password.into())),
        ..place.proposal()
    };
    let id = first.perform(ProposeDestination { proposal }).unwrap().id;
    let stored: Vec<u8> =
        first.store.raw().query_row("SELECT password FROM destination", [], |row| row.get(0)).unwrap();
    assert!(!stored.windows(8).any(|part| password.as_bytes().windows(8).any(|own| own == part)));
    let mut second = place.sign_in("1002");
    let key = |lock: &str| ConfirmDestination {
        address: "Kansen@city.example.lg.jp".into(),
        lock: Secret::new(lock.into()),
        ..place.rekey(id)
    };
    assert_eq!(second.perform(key("kasa-ga-nai-2027")), Ok(DestinationConfirmed::Mismatch { left: 2 }));
    let other_local = ConfirmDestination { address: "kansen@city.example.lg.jp".into(), ..key(password) };
    assert_eq!(second.perform(other_local), Ok(DestinationConfirmed::Mismatch { left: 1 }), "byte for byte");
    let wide: String = password.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
    assert_eq!(second.perform(key(&wide)), Ok(DestinationConfirmed::Confirmed), "with the input method on");
}

#[test]
fn addresses_are_shown_on_purpose_only_and_who_looks_cannot_confirm() {
    let place = Place::new();
    let (_, destination, transmission, _) = place.awaiting();
    let mut second = place.sign_in("1002");
    let lines = second.perform(ListDestinations { purpose: ListPurpose::Keep }).unwrap();
    assert!(lines[0].organisation.is_empty(), "something waits that this person could confirm");
    let mut supervisor = place.sign_in("2001");
    let lines = supervisor.perform(ListDestinations { purpose: ListPurpose::Keep }).unwrap();
    assert!(!lines[0].organisation.is_empty(), "a supervisor confirms nothing");
    let shown = second.perform(ShowDestination { id: destination }).unwrap();
    assert_eq!(shown.address.as_str(), ADDRESS);
    let mut second = place.sign_in("1002");
    let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
    assert_eq!(second.perform(begin.clone()).err(), Some(Reason::LookedAtAddress));
    assert_eq!(
        place.last(&mut second),
        (Action::BeginConfirmation, Outcome::Denied, Some(Reason::LookedAtAddress))
    );
    let mut third = place.sign_in("1003");
    assert!(third.perform(begin).is_ok(), "somebody else can");
    // Nor what is prepared afterwards, as long as a number stays in the head.
    let later = |place: &Place| {
        let mut clerk = place.sign_in("1001");
        let record = register(&mut clerk, &edited());
        let transmission = prepare(&mut clerk, record, destination).transmission;
        let mut second = place.sign_in("1002");
        second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).err()
    };
    place.wait(3500);
    assert_eq!(later(&place), Some(Reason::LookedAtAddress));
    place.wait(200);
    assert_eq!(later(&place), None);
    let mut third = place.sign_in("1003");
    let unconfirmed = DestinationProposal { code: "D020".into(), ..place.proposal() };
    let id = third.perform(ProposeDestination { proposal: unconfirmed }).unwrap().id;
    assert_eq!(third.perform(ShowDestination { id }).err(), Some(Reason::DestinationUnconfirmed));
}

/// Every year the same number is keyed again: from two papers, and not from what the screen showed in the morning.
#[test]
fn who_has_looked_at_the_old_number_does_not_key_the_new_entry() {
    let place = Place::new();
    let id = place.destination();
    let renewed = DestinationProposal { change: Some(id), ..place.proposal() };
    place.sign_in("1002").perform(ShowDestination { id }).unwrap();
    place.wait(23 * 3600);
    place.sign_in("1001").perform(ProposeDestination { proposal: renewed }).unwrap();
    let mut second = place.sign_in("1002");
    assert_eq!(second.perform(place.rekey(id)).err(), Some(Reason::LookedAtAddress));
    let denied = (Action::ConfirmDestination, Outcome::Denied, Some(Reason::LookedAtAddress));
    assert_eq!(place.last(&mut second), denied);
    place.wait(2 * 3600);
    place
        .sign_in("1001")
        .perform(ProposeDestination {
            proposal: DestinationProposal { change: Some(id), ..place.proposal() },
        })
        .unwrap();
    let confirmed = place.sign_in("1002").perform(place.rekey(id));
    assert_eq!(confirmed, Ok(DestinationConfirmed::Confirmed), "a day later");
}

/// How near the first keying is to a number that can be looked up is half of that number.
#[test]
fn the_second_person_is_not_told_what_the_first_keying_looks_like() {
    let place = Place::new();
    place.destination();
    let like = DestinationProposal { code: "D052".into(), organisation: "例市".into(), ..place.proposal() };
    let mut first = place.sign_in("1003");
    first.perform(ProposeDestination { proposal: like }).unwrap();
    let near = |session: &mut Session, code: &str| {
        let lines = session.perform(ListDestinations { purpose: ListPurpose::Keep }).unwrap();
        lines.into_iter().find(|line| line.code == code).unwrap().near
    };
    for code in ["D014", "D052"] {
        assert_eq!(near(&mut first, code)[0].why, NearMiss::SameAddress, "who keyed it is warned");
        for other in ["1002", "2001"] {
            assert!(near(&mut place.sign_in(other), code).is_empty(), "{code} {other}");
        }
    }
}

#[test]
fn after_three_differing_keyings_the_first_person_enters_it_anew() {
    let place = Place::new();
    let mut first = place.sign_in("1001");
    let id = first.perform(ProposeDestination { proposal: place.proposal() }).unwrap().id;
    let mut second = place.sign_in("1002");
    let wrong = ConfirmDestination { address: "131016-0457".into(), ..place.rekey(id) };
    for left in [2, 1, 0] {
        assert_eq!(second.perform(wrong.clone()), Ok(DestinationConfirmed::Mismatch { left }));
    }
    let status = |session: &mut Session| {
        session.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap().remove(0).status
    };
    assert_eq!(status(&mut second), DestinationStatus::Disputed);
    assert_eq!(second.perform(place.rekey(id)).err(), Some(Reason::EntryDisputed));
    assert_eq!(place.sign_in("1003").perform(place.rekey(id)).err(), Some(Reason::EntryDisputed));
    let again = DestinationProposal { change: Some(id), ..place.proposal() };
    first.perform(ProposeDestination { proposal: again }).unwrap();
    assert_eq!(second.perform(place.rekey(id)), Ok(DestinationConfirmed::Confirmed));
}

/// Paper registers bind a code to what it stood for, also after the entry has got another one and is stopped.
#[test]
fn a_code_never_comes_back_for_somebody_else() {
    let place = Place::new();
    let id = place.destination();
    let mut clerk = place.sign_in("1001");
    let moved = DestinationProposal { change: Some(id), code: "D099".into(), ..place.proposal() };
    clerk.perform(ProposeDestination { proposal: moved }).unwrap();
    let other = || DestinationProposal { organisation: "例市".into(), ..place.proposal() };
    assert_eq!(clerk.perform(ProposeDestination { proposal: other() }).err(), Some(Reason::CodeTaken));
    let imported = ImportedDestination {
        code: "D014".into(),
        organisation: "例市".into(),
        reading: "レイシ".into(),
        channel: Channel::Fax,
        address: "03-0000-0990".into(),
        phone: String::new(),
        source: "旧台帳".into(),
    };
    let refused = Import::Refused { at: 0, why: Reason::CodeTaken };
    let mut supervisor = place.sign_in("2001");
    assert_eq!(supervisor.perform(ImportDestinations { entries: vec![imported] }), Ok(refused));
    let back = DestinationProposal { change: Some(id), ..place.proposal() };
    assert!(clerk.perform(ProposeDestination { proposal: back }).is_ok(), "its own it may have again");
}

#[test]
fn look_alikes_are_told_with_their_reason() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    for (code, organisation, address) in [
        ("D014", "架空県庁 感染症対策課", "131016-0456"),
        ("D041", "架空県庁 感染症予防課", "131016-0465"),
        ("D050", "見本市 健康課", "131016-0457"),
        ("D060", "見本市 健康課", "990001-0001"),
        ("D061", "例市", "880001-0001"),
    ] {
        let proposal = DestinationProposal {
            code: code.into(),
            organisation: organisation.into(),
            address: address.into(),
            ..place.proposal()
        };
        clerk.perform(ProposeDestination { proposal }).unwrap();
    }
    let lines = clerk.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap();
    let near = |code: &str| -> Vec<(String, NearMiss)> {
        let line = lines.iter().find(|line| line.code == code).unwrap();
        line.near.iter().map(|near| (near.code.clone(), near.why)).collect()
    };
    assert_eq!(near("D014"), [("D041".into(), NearMiss::Transposed), ("D050".into(), NearMiss::OneOff)]);
    assert_eq!(
        near("D060"),
        [("D050".into(), NearMiss::SameOrganisation), ("D061".into(), NearMiss::NearCode)]
    );
}

#[test]
fn a_list_is_taken_over_whole_and_nothing_goes_out_by_it() {
    let place = Place::new();
    let entry = |code: &str, address: &str| ImportedDestination {
        code: code.into(),
        organisation: "試野医院".into(),
        reading: "シヤイイン".into(),
        channel: Channel::Fax,
        address: address.into(),
        phone: String::new(),
        source: "旧台帳".into(),
    };
    let import = |entries: Vec<ImportedDestination>| ImportDestinations { entries };
    let mut clerk = place.sign_in("1001");
    let one = import(vec![entry("D051", "03-0000-0990")]);
    assert_eq!(clerk.perform(one.clone()).err(), Some(Reason::RoleForbids));
    assert_eq!(
        place.last(&mut clerk),
        (Action::ImportDestinations, Outcome::Denied, Some(Reason::RoleForbids))
    );
    let mut supervisor = place.sign_in("2001");
    for (wrong, why) in [
        (entry("D052", "090-0000-0000"), Reason::FaxInvalid),
        (entry("D051", "03-0000-0991"), Reason::CodeTaken),
        (entry("52", "03-0000-0991"), Reason::CodeInvalid),
        (ImportedDestination { source: " ".into(), ..entry("D052", "03-0000-0991") }, Reason::TextMissing),
        (
            ImportedDestination { source: "架".repeat(81), ..entry("D052", "03-0000-0991") },
            Reason::TextTooLong,
        ),
        (ImportedDestination { phone: "0".into(), ..entry("D052", "03-0000-0991") }, Reason::PhoneInvalid),
    ] {
        let list = import(vec![entry("D051", "03-0000-0990"), wrong]);
        assert_eq!(supervisor.perform(list), Ok(Import::Refused { at: 1, why }));
        assert_eq!(place.last(&mut supervisor), (Action::ImportDestinations, Outcome::Failed, Some(why)));
    }
    let many = import(vec![entry("D051", "03-0000-0990"); 2_001]);
    assert_eq!(supervisor.perform(many).err(), Some(Reason::TooMany));
    assert_eq!(
        supervisor.perform(one.clone()),
        Ok(Import::Done { added: 1, known: 0 }),
        "none was kept before"
    );
    assert_eq!(supervisor.perform(one), Ok(Import::Done { added: 0, known: 1 }), "what is there stays");

    let line = clerk.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap().remove(0);
    assert_eq!(line.status, DestinationStatus::Imported);
    let id = line.id;
    let key =
        ConfirmDestination { address: "03-0000-0990".into(), lock: Secret::default(), ..place.rekey(id) };
    let mut second = place.sign_in("1002");
    assert_eq!(
        second.perform(key.clone()).err(),
        Some(Reason::DestinationImported),
        "nobody has keyed it first"
    );
    let record = register(&mut clerk, &ehec());
    let sending = PrepareTransmission { record, destination: id, mention: None };
    assert_eq!(clerk.perform(sending).err(), Some(Reason::DestinationImported));
    let anew = DestinationProposal {
        change: Some(id),
        code: "D051".into(),
        channel: Channel::Fax,
        lock: ProposedLock::None,
        address: "03-0000-0990".into(),
        ..place.proposal()
    };
    clerk.perform(ProposeDestination { proposal: anew }).unwrap();
    assert_eq!(second.perform(key), Ok(DestinationConfirmed::Confirmed), "entered from its paper it goes on");
}

/// A number that was wrong once does not come back: the right one gets a code of its own.
#[test]
fn a_frozen_entry_gets_no_new_version() {
    let place = Place::new();
    let mut clerk = place.sign_in("1001");
    let unconfirmed = clerk.perform(ProposeDestination { proposal: place.proposal() }).unwrap().id;
    place.sign_in("1003").perform(FreezeDestination { id: unconfirmed }).unwrap();
    let mut second = place.sign_in("1002");
    let failed = |action| (action, Outcome::Failed, Some(Reason::DestinationFrozen));
    assert_eq!(second.perform(place.rekey(unconfirmed)).err(), Some(Reason::DestinationFrozen));
    assert_eq!(place.last(&mut second), failed(Action::ConfirmDestination));
    let change = DestinationProposal { change: Some(unconfirmed), ..place.proposal() };
    assert_eq!(clerk.perform(ProposeDestination { proposal: change }).err(), Some(Reason::DestinationFrozen));
    assert_eq!(place.last(&mut clerk), failed(Action::ProposeDestination));
    let anew = DestinationProposal { code: "D015".into(), ..place.proposal() };
    let id = clerk.perform(ProposeDestination { proposal: anew }).unwrap().id;
    second.perform(place.rekey(id)).unwrap();
}

#[test]
fn a_test_page_is_void_too_when_the_clock_is_moved() {
    let place = Place::new();
    let id = keyed(&place, place.proposal());
    let page = place.sign_in("1001").perform(PrepareTestPage { destination: id }).unwrap();
    jump(&place.clock, 600);
    let transmission = page.transmission;
    let mut second = place.sign_in("1002");
    let evidence =
        second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap().evidence;
    let answers = BlindAnswers { person: Personal::default(), address: ADDRESS.into(), pages: "1".into() };
    second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
    let confirm = ConfirmTransmission { transmission, evidence };
    assert_eq!(second.perform(confirm).err(), Some(Reason::ClockMoved));
}
