//! Misdeliveries: what stops at once, what is written down, who closes it.
mod course;
mod report;

use std::sync::Barrier;
use std::thread;

use super::sending::courier;
use super::support::*;
use crate::courier::run_once;
use crate::domain::ids::{DestinationId, IncidentId, TransmissionId};
use crate::domain::incident::{Conclusion, Due, Noted, StepKind, Warning};
use crate::domain::sensitive::Personal;
use crate::domain::staff::{Role, Roles};
use crate::office::audit::event::Event;
use crate::office::audit::{Action, ObjectKind, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::*;
use crate::order::{FrozenList, names};
use crate::os::files::Lock;

pub const WORDS: &str = "架空病院の人から、仮野さんの届出が届いたと電話があった";

pub fn report(place: &Place, destination: DestinationId, of: Option<TransmissionId>) -> ReportMisdelivery {
    ReportMisdelivery {
        destination,
        transmission: of,
        found_at: place.now(),
        people: 1,
        words: Personal::new(WORDS.into()),
    }
}

pub fn step(place: &Place, incident: IncidentId, kind: StepKind) -> NoteIncidentStep {
    NoteIncidentStep {
        incident,
        noted: Noted::Done(kind),
        done_at: place.now(),
        whom: Personal::new("仮野 花枝".into()),
        words: Personal::new("電話で話した".into()),
        people: None,
    }
}

/// A sending that a colleague has confirmed and the courier has not seen.
pub fn queued(place: &Place) -> (DestinationId, TransmissionId) {
    let (_, destination, transmission, pages) = place.awaiting();
    place.confirm(transmission, pages);
    (destination, transmission)
}

/// The same after the courier has delivered it.
pub fn sent(place: &Place) -> (DestinationId, TransmissionId) {
    let (destination, transmission) = queued(place);
    run_once(&courier(place), &place.clock).unwrap();
    assert_eq!(place.sign_in("1001").perform(TakeReceipts).unwrap(), 1);
    (destination, transmission)
}

pub fn state(session: &mut Session, id: TransmissionId) -> (StateCode, Option<Reason>) {
    let lines = session.perform(ListTransmissions).unwrap();
    let line = lines.into_iter().find(|line| line.id == id).unwrap();
    (line.state, line.reason)
}

pub fn frozen_file(place: &Place) -> Vec<u8> {
    std::fs::read(place.office.house().outbox().join(names::FROZEN)).unwrap_or_default()
}

pub fn newest(place: &Place, session: &mut Session) -> Event {
    place.events(session).remove(0)
}
