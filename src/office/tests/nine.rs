//! Nine misdeliveries that really happened in Japan, each tried again; each is stopped, and by what.
//!
//! I-1 Kanto Central Hospital 2020, I-2 Setagaya health centre, I-3 Nagoya Showa ward 2020, I-4 Yokosuka 2020,
//! I-5 Yonago, I-6 Nantan, I-7 Kagawa Central Hospital 2022, I-8 Kashiwa 2025, I-9 Soso 2021.
use super::support::*;
use crate::domain::destination::Channel;
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::domain::sensitive::{Personal, Secret};
use crate::form::Value;
use crate::office::ops::*;
use crate::office::*;

const FAX: &str = "03-0000-0456";

fn fax(place: &Place, code: &str, address: &str) -> DestinationProposal {
    DestinationProposal {
        code: code.into(),
        channel: Channel::Fax,
        lock: ProposedLock::None,
        address: address.into(),
        ..place.proposal()
    }
}

/// A report of 1001 that waits to go to a fax number.
fn waiting(place: &Place) -> (DestinationId, TransmissionId, u32) {
    let destination = place.in_force(fax(place, "D014", FAX));
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let prepared = prepare(&mut clerk, record, destination);
    (destination, prepared.transmission, prepared.pages)
}

/// What 1002 is told after keying these answers.
fn answer(place: &Place, transmission: TransmissionId, answers: BlindAnswers) -> MatchOutcome {
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let evidence = task.evidence;
    let outcome = second.perform(MatchTransmission { transmission, evidence, answers }).unwrap();
    let confirmed = second.perform(ConfirmTransmission { transmission, evidence });
    assert_eq!(confirmed.is_ok(), matches!(outcome, MatchOutcome::Match(_)), "only a match can be confirmed");
    outcome
}

fn right(place: &Place, pages: u32) -> BlindAnswers {
    BlindAnswers { address: FAX.into(), ..place.answers(pages) }
}

/// Nothing lies in the outbox: there is no order that a dispatcher could see.
fn nothing_left(place: &Place) {
    let files = std::fs::read_dir(place.office.house().outbox()).map(Iterator::count).unwrap_or(0);
    assert_eq!(files, 0);
}

#[test]
fn i1_a_number_is_mis_keyed() {
    // Into the register: the second keying from another paper differs, and it never comes into force.
    let place = Place::new();
    let mut first = place.sign_in("1001");
    let proposal = fax(&place, "D014", "03-0000-0465");
    let destination = first.perform(ProposeDestination { proposal }).unwrap().id;
    let key = ConfirmDestination { address: FAX.into(), lock: Secret::default(), ..place.rekey(destination) };
    let mut second = place.sign_in("1002");
    assert_eq!(second.perform(key), Ok(DestinationConfirmed::Mismatch { left: 2 }));
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    // A number cannot be typed when something is sent: only an entry can be chosen, and this one cannot.
    let sending = PrepareTransmission { record, destination, mention: None };
    assert_eq!(clerk.perform(sending).err(), Some(Reason::DestinationUnconfirmed));
    nothing_left(&place);
}

#[test]
fn i2_a_list_goes_to_a_mis_keyed_number() {
    // The entry that the sender chose is not the one of the paper register, or the papers are not those prepared.
    let place = Place::new();
    let (_, transmission, pages) = waiting(&place);
    let elsewhere = BlindAnswers { address: "03-0000-0457".into(), ..right(&place, pages) };
    assert!(matches!(answer(&place, transmission, elsewhere), MatchOutcome::Mismatch { .. }));
    let more = BlindAnswers { pages: (pages + 38).to_string(), ..right(&place, pages) };
    assert!(matches!(answer(&place, transmission, more), MatchOutcome::Mismatch { .. }));
    nothing_left(&place);
}

#[test]
fn i3_a_machine_sends_to_other_stored_numbers_too() {
    // One order, one address; the same report cannot be prepared for a second one while the first is on its way.
    let place = Place::new();
    let (_, transmission, pages) = waiting(&place);
    let second = place.in_force(fax(&place, "D015", "03-0000-0999"));
    let mut clerk = place.sign_in("1001");
    let record = clerk.perform(ListTransmissions).unwrap().remove(0).record.unwrap();
    let again = PrepareTransmission { record, destination: second, mention: None };
    assert_eq!(clerk.perform(again).err(), Some(Reason::InTransmission));
    assert!(matches!(answer(&place, transmission, right(&place, pages)), MatchOutcome::Match(_)));
    let outbox = place.office.house().outbox();
    let orders: Vec<_> = std::fs::read_dir(outbox)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "order"))
        .collect();
    let [order] = orders.as_slice() else { panic!("one order: {orders:?}") };
    let order = crate::order::DispatchOrder::parse(&std::fs::read(order).unwrap()).unwrap();
    assert_eq!(order.destination.address.as_str(), "0300000456");
}

/// A paper that names an addressee, for a partner called 例田医院.
fn request_to_reida(place: &Place) -> (Session, crate::domain::ids::RecordId) {
    let mut clerk = place.sign_in("1001");
    let form = "homecare_support_request";
    let opened = clerk.perform(OpenDraft { form: form.into(), intake: intake(), link: None }).unwrap();
    let catalog = place.office.house().shared_catalog();
    let text = r#"{"reading": "カリノ ハナエ", "name": "仮野 花枝", "sex": "女", "birth_date": "1975-03-04",
        "phone": "0300000123", "requests": ["電話診療"], "urgency": "当日", "consent": "person",
        "requested_on": "2026-07-14", "partner_name": "例田医院"}"#;
    let values = catalog.latest(form).unwrap().parse_json_values(text.as_bytes()).unwrap();
    let done = clerk.perform(RegisterDraft { draft: opened.draft, values, passed: Vec::new() }).unwrap();
    let RegisterOutcome::Registered(done) = done else { panic!("{done:?}") };
    (clerk, done.record)
}

#[test]
fn i4_one_partner_gets_what_was_meant_for_another() {
    let place = Place::new();
    let mail = DestinationProposal {
        organisation: "架空クリニック".into(),
        channel: Channel::Mail,
        address: "kansen@city.example.lg.jp".into(),
        ..place.proposal()
    };
    let destination = place.in_force(mail);
    let (mut clerk, record) = request_to_reida(&place);
    let sending = PrepareTransmission { record, destination, mention: None };
    assert_eq!(clerk.perform(sending).err(), Some(Reason::AddresseeDiffers));
    nothing_left(&place);
}

#[test]
fn i5_a_stand_in_sends_names_to_a_company() {
    let place = Place::new();
    let company = DestinationProposal {
        organisation: "架空配送".into(),
        purposes: vec!["delivery".into()],
        ..place.proposal()
    };
    let destination = place.in_force(company);
    let mut stand_in = place.sign_in("1003");
    let record = register(&mut stand_in, &ehec());
    let sending = PrepareTransmission { record, destination, mention: None };
    assert_eq!(stand_in.perform(sending).err(), Some(Reason::PurposeForbids), "no paper may say why");
    nothing_left(&place);
}

#[test]
fn i6_another_patients_name_stands_inside() {
    let place = Place::new();
    let destination = place.destination();
    let mut clerk = place.sign_in("1001");
    register(&mut clerk, &ehec());
    let mut values = ehec();
    for (key, text) in [
        ("name", "見本 太郎"),
        ("reading", "ミホン タロウ"),
        ("phone", "0300000177"),
        ("remarks", "仮野 花枝さんの件も参照"),
    ] {
        values.set(key, Value::Text(text.into()));
    }
    let record = register(&mut clerk, &values);
    let outcome = clerk.perform(PrepareTransmission { record, destination, mention: None }).unwrap();
    assert!(matches!(outcome, PrepareOutcome::Mentions(_)), "{outcome:?}");
    nothing_left(&place);
}

#[test]
fn i7_two_people_confirmed_a_number_that_was_wrong_at_its_source() {
    // Both keyed what somebody had said over the telephone. One paper is not two, and the page comes out elsewhere:
    // whoever is called cannot read its number out.
    let place = Place::new();
    let mut first = place.sign_in("1001");
    let proposal = fax(&place, "D014", FAX);
    let destination = first.perform(ProposeDestination { proposal }).unwrap().id;
    let mut second = place.sign_in("1002");
    let key = ConfirmDestination { address: FAX.into(), lock: Secret::default(), ..place.rekey(destination) };
    let same_paper = ConfirmDestination { source: place.proposal().source, ..key.clone() };
    assert_eq!(second.perform(same_paper).err(), Some(Reason::SameSource));
    assert_eq!(second.perform(key), Ok(DestinationConfirmed::Confirmed));
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &ehec());
    let sending = PrepareTransmission { record, destination, mention: None };
    assert_eq!(clerk.perform(sending).err(), Some(Reason::DestinationUntested));
    let call = NoteCallBack { id: destination, control: "000000".into(), whom: "例田".into() };
    assert_eq!(clerk.perform(call).err(), Some(Reason::NoTestPage));
    nothing_left(&place);
}

#[test]
fn i8_one_persons_list_goes_to_others_although_two_followed_the_procedure() {
    // Who the paper is about and where it goes are keyed from the papers, for every sending anew: what was given for
    // one does not serve another, and a list for X on the desk does not match what was prepared for Y.
    let place = Place::new();
    let (destination, transmission, pages) = waiting(&place);
    let mut values = ehec();
    values.set("name", Value::Text("見本 太郎".into()));
    values.set("reading", Value::Text("ミホン タロウ".into()));
    values.set("birth_date", Value::Date("1980-01-02".parse().unwrap()));
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &values);
    let other = prepare(&mut clerk, record, destination).transmission;
    let mut second = place.sign_in("1002");
    let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
    let evidence = task.evidence;
    let answers = right(&place, pages);
    second.perform(MatchTransmission { transmission, evidence, answers: answers.clone() }).unwrap();
    let borrowed = MatchTransmission { transmission: other, evidence, answers: answers.clone() };
    assert_eq!(second.perform(borrowed).err(), Some(Reason::StepUpStale), "given for another sending");
    assert!(second.perform(ConfirmTransmission { transmission: other, evidence }).is_err());
    assert!(
        matches!(answer(&place, other, answers), MatchOutcome::Mismatch { .. }),
        "X's paper, Y's sending"
    );
    nothing_left(&place);
}

#[test]
fn i9_another_persons_notice_is_put_in() {
    let place = Place::new();
    let (_, transmission, pages) = waiting(&place);
    let mixed = BlindAnswers { person: Personal::new("3550102".into()), ..right(&place, pages) };
    assert!(matches!(answer(&place, transmission, mixed), MatchOutcome::Mismatch { .. }));
    nothing_left(&place);
}
