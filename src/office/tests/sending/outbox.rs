//! What lies in the outbox: taken back, delivered, answered, lost.
use super::super::support::*;
use super::{courier, order_file};
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::office::ops::*;
use crate::office::*;
use crate::order::{DispatchOrder, OrderRefusal, RosterChain, RosterLimits};

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

/// The outbox says that it waits; the courier knows that it has begun it.
#[test]
fn what_was_begun_is_not_taken_back_by_moving_its_claim() {
    let place = Place::new();
    let (_, _, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    let begun = place.office.house().courier_dir().join("begun");
    std::fs::create_dir_all(&begun).unwrap();
    std::fs::copy(order_file(&place, transmission), begun.join(transmission.to_string())).unwrap();
    let mut author = place.sign_in("1001");
    assert_eq!(author.perform(WithdrawTransmission { transmission }).err(), Some(Reason::AlreadyLeft));
    author.perform(TakeReceipts).unwrap();
    let state = |author: &mut Session| author.perform(ListTransmissions).unwrap().remove(0).state;
    assert_eq!(state(&mut author), StateCode::Dispatching);
    // The courier goes on with it, and then it has its end.
    let delivered = crate::courier::run_once(&courier(&place), &place.clock).unwrap();
    assert_eq!((delivered[0].code(), delivered[0].resumed), ("sent", true));
    author.perform(TakeReceipts).unwrap();
    assert_eq!(state(&mut author), StateCode::Sent);
}

/// In a bad week hundreds follow. What nobody has settled is still in the list, or it would be settled never.
#[test]
fn what_is_not_done_with_stays_in_the_list() {
    let place = Place::new();
    let (_, destination, old, pages) = place.awaiting();
    place.confirm(old, pages);
    let mut clerk = place.sign_in("1001");
    let record = register(&mut clerk, &edited());
    let new = prepare(&mut clerk, record, destination).transmission;
    clerk.store.raw().execute_batch("DROP TRIGGER transmission_envelope_fixed").unwrap();
    let number = |id: TransmissionId, number: u32| {
        let sql = "UPDATE transmission SET number = ?2 WHERE id = ?1";
        clerk.store.raw().execute(sql, (id.as_bytes(), number)).unwrap();
    };
    number(old, 1);
    number(new, 9_000);
    let listed = |clerk: &mut Session| -> Vec<u32> {
        clerk.perform(ListTransmissions).unwrap().iter().map(|line| line.number).collect()
    };
    assert_eq!(listed(&mut clerk), [9_000, 1], "queued");
    crate::courier::run_once(&courier(&place), &place.clock).unwrap();
    clerk.perform(TakeReceipts).unwrap();
    assert_eq!(listed(&mut clerk), [9_000, 1], "nobody has called back yet");
    let (control, whom) = (control_of(&clerk, old), "例田".to_owned());
    clerk.perform(AcknowledgeArrival { transmission: old, control, whom }).unwrap();
    assert_eq!(listed(&mut clerk), [9_000], "done with");
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
