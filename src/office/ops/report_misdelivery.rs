//! A misdelivery (誤送付) was noticed: stop everything to that destination, and open its course.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::outbox;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReportMisdelivery as Permit};
use super::super::reason::Reason;
use super::super::store::incident::IncidentRow;
use super::super::store::transmission::{StateCode, TransmissionRow};
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
        if about.as_ref().is_some_and(|row| never_left(row.state)) {
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
        let Stopped { taken_back, gone } = stop_orders(tx, destination, desk)?;
        let stopped = u32::try_from(taken_back.len()).unwrap_or(u32::MAX);
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
        let named: Vec<u8> = taken_back.iter().flat_map(|id| *id.as_bytes()).collect();
        Ok(Acted::done(MisdeliveryReported { incident: id, number, stopped, gone })
            .about(ObjectKind::Incident, *id.as_bytes())
            .with_ref(RefKey::Destination, destination.as_bytes())
            .with_ref_to(RefKey::Transmission, self.transmission.as_ref().map(TransmissionId::as_bytes))
            .with_ref(RefKey::Stopped, &named))
    }
}

/// What became of the orders to a destination.
struct Stopped {
    taken_back: Vec<TransmissionId>,
    gone: u32,
}

/// The list of frozen destinations stands already: whatever the courier takes from now on it refuses by itself. So an
/// order that cannot be reached keeps nobody from reporting; it stays queued until the courier has answered.
fn stop_orders(tx: &mut Tx<'_>, destination: DestinationId, desk: &Desk<'_>) -> Result<Stopped, Reason> {
    let of_it = |row: &TransmissionRow| row.destination == destination;
    let mut taken_back = Vec::new();
    let mut out_of_reach = 0;
    for row in tx.transmissions_in(StateCode::Queued)?.into_iter().filter(of_it) {
        // Another order would only wait behind the same hand.
        let revoked = if out_of_reach > 0 { Err(Reason::Busy) } else { outbox::revoke(desk.house, row.id) };
        let (next, reason) = match revoked {
            Ok(()) => {
                taken_back.push(row.id);
                (StateCode::Withdrawn, Some(Reason::StoppedByIncident.code()))
            }
            // The courier was faster. Its receipt will say what became of it.
            Err(Reason::AlreadyLeft) => (StateCode::Dispatching, None),
            Err(_) => {
                out_of_reach += 1;
                continue;
            }
        };
        tx.move_transmission(row.id, StateCode::Queued, next, reason, desk.now)?;
    }
    let under_way = tx.transmissions_in(StateCode::Dispatching)?.into_iter().filter(of_it).count();
    let gone = u32::try_from(under_way + out_of_reach).unwrap_or(u32::MAX);
    Ok(Stopped { taken_back, gone })
}

/// Nobody can have received it.
const fn never_left(state: StateCode) -> bool {
    matches!(
        state,
        StateCode::Awaiting
            | StateCode::Confirmed
            | StateCode::Returned
            | StateCode::Withdrawn
            | StateCode::Void
    )
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
