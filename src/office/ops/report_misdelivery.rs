//! A misdelivery (誤送付) was noticed: stop everything to that destination, and open its course.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReportMisdelivery as Permit};
use super::super::reason::Reason;
use super::super::room::Room;
use super::super::sending::halting::halt;
use super::super::store::incident::IncidentRow;
use super::super::store::{self, Tx};
use super::freeze_destination::freeze;
use crate::domain::ids::{DestinationId, IncidentId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

pub(super) const WORDS_MAX: usize = 400;
pub(super) const PEOPLE_MAX: u32 = 99_999;
/// What is older is a slip of the pen.
const LATEST_REPORT_S: i64 = 365 * 24 * 3600;

/// By whoever learns of it, not only by whoever sent it. The destination is frozen for everybody, orders to it that the
/// courier has not taken are taken back, and what waits for a second person cannot be confirmed any more.
#[derive(Clone, Debug)]
pub struct ReportMisdelivery {
    pub destination: DestinationId,
    /// What went wrong, where it is known which one it was.
    pub transmission: Option<TransmissionId>,
    /// When somebody in the office learnt of it.
    pub found_at: Timestamp,
    /// How many people it concerns, as far as is known.
    pub people: u32,
    /// What happened.
    pub words: Personal<String>,
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct MisdeliveryReported {
    pub incident: IncidentId,
    pub number: u32,
    /// Orders that were taken back.
    pub stopped: u32,
    /// Orders that the courier had already taken, or that could not be reached.
    pub gone: u32,
}

impl sealed::Sealed for ReportMisdelivery {}
impl Operation for ReportMisdelivery {
    type Needs = Permit;
    type Outcome = MisdeliveryReported;
    const ACTION: Action = Action::ReportMisdelivery;
    const ROOM: Room = Room::None;

    fn target(&self) -> DestinationId {
        self.destination
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        let of_it = match self.transmission {
            Some(id) => tx.transmission(id)?.is_some_and(|row| row.destination == self.destination),
            None => true,
        };
        Ok(tx.destination(self.destination)?.filter(|_| of_it).map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<MisdeliveryReported>, Reason> {
        let destination = permit.target();
        let entry = tx.destination(destination)?.ok_or(Reason::NoSuchThing)?;
        let about = self.transmission.map(|id| tx.transmission(id)).transpose()?.flatten();
        if about.as_ref().is_some_and(|row| !row.may_have_left()) {
            return Err(Reason::NothingHasLeft);
        }
        if tx.is_reported(destination, self.transmission)? {
            return Err(Reason::AlreadyReported);
        }
        let words = check_words(&self.words).ok_or(Reason::WhatHappenedMissing)?;
        check_moment(self.found_at, desk.now)?;
        if self.people > PEOPLE_MAX {
            return Err(Reason::TooManyPeople);
        }

        let destination_version = match &about {
            Some(row) => row.destination_version,
            // What is being entered now has carried nothing yet.
            None => tx.destination_in_force(destination)?.unwrap_or(entry).version,
        };
        freeze(tx, destination, desk)?;
        // The list of frozen destinations stands already: whatever the courier takes from now on it refuses by itself. So an
        // order that cannot be reached keeps nobody from reporting.
        let halt = halt(tx, destination, Reason::StoppedByIncident, desk)?;
        let (stopped, gone) = (halt.stopped(), halt.gone.saturating_add(halt.out_of_reach));
        let id = IncidentId::make(desk.now, desk.entropy);
        let number = tx.next_incident_number()?;
        tx.insert_incident(&IncidentRow {
            id,
            number,
            destination,
            destination_version,
            transmission: self.transmission,
            found_at: self.found_at,
            people: self.people,
            words,
            stopped,
            gone,
            reported_by: permit.account(),
            reported_at: desk.now,
            closing: None,
        })?;
        let named: Vec<u8> = halt.taken_back.iter().flat_map(|id| *id.as_bytes()).collect();
        Ok(Acted::done(MisdeliveryReported { incident: id, number, stopped, gone })
            .about(ObjectKind::Incident, *id.as_bytes())
            .with_ref(RefKey::Destination, destination.as_bytes())
            .with_ref_to(RefKey::Transmission, self.transmission.as_ref().map(TransmissionId::as_bytes))
            .with_ref(RefKey::Stopped, &named))
    }
}

/// Words of one paragraph, without what a terminal would obey.
pub(super) fn check_words(words: &Personal<String>) -> Option<Personal<String>> {
    let words = words.expose().trim();
    let fits =
        !words.is_empty() && words.chars().count() <= WORDS_MAX && !words.chars().any(char::is_control);
    fits.then(|| Personal::new(words.to_owned()))
}

/// Something that has happened, and lately.
pub(super) fn check_moment(at: Timestamp, now: Timestamp) -> Result<(), Reason> {
    let ago = now.seconds_since(at);
    if (0..=LATEST_REPORT_S).contains(&ago) { Ok(()) } else { Err(Reason::MomentInvalid) }
}
