//! The way from one panel to another: every panel of the office, by name.
use super::entry::memory::SharedMemory;
use super::register::Panel;
use crate::domain::ids::RecordId;
use crate::domain::staff::Role;
use crate::office::Face;
use crate::tui::counter::Counter;
use crate::tui::screen::Screen;
use std::rc::Rc;

/// A panel that others can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The list of places that this person may go to.
    Menu,
    Worklist,
    Outbox,
    /// Misdeliveries.
    Incidents,
    Destinations,
    /// The register of removable media.
    Media,
    /// The weekly review; the log itself stands behind it.
    Review,
    /// Whom one declares as near.
    Kin,
    /// Drills: for supervisors.
    Drills,
    Staff,
    /// The register of institutions.
    Institutions,
    /// Requests without an answer, and the figures of the month.
    HomeCare,
    /// Preparing one registered record for sending.
    Prepare(RecordId),
}

/// Who sits at the main seat, and what is at hand there until they leave: every place that they open shares it.
#[derive(Clone)]
pub struct Workplace {
    pub face: Rc<Face>,
    pub memory: SharedMemory,
}

impl Workplace {
    /// For somebody who has just signed in.
    pub fn new(face: Face) -> Self {
        Self { face: Rc::new(face), memory: SharedMemory::default() }
    }
}

/// Opens a place for the person at the main seat.
pub fn open(place: Place, workplace: &Workplace) -> Box<dyn Screen<Counter>> {
    let face = &*workplace.face;
    match place {
        Place::Menu => Box::new(super::menu::Menu::new(workplace.clone())),
        Place::Worklist => Box::new(super::worklist::Worklist::new(workplace.clone())),
        Place::Outbox => Box::new(super::outbox::Outbox::new(face.clone())),
        Place::Incidents => Box::new(Panel::<super::incidents::Incidents>::new(face.clone())),
        Place::Destinations => Box::new(super::destinations::Destinations::new(face.clone())),
        Place::Media => Box::new(Panel::<super::media::Media>::new(face.clone())),
        Place::Kin => Box::new(Panel::<super::kin::OwnKin>::new(face.clone())),
        Place::Drills => Box::new(Panel::<super::drills::Drills>::new(face.clone())),
        Place::Review => Box::new(super::review_week::ReviewWeek::new(face.clone())),
        Place::Staff => Box::new(super::staff::Staff::new(face.clone())),
        Place::Institutions => {
            Box::new(super::institutions::Institutions::new(face.signed_in_at.date_in_japan()))
        }
        Place::HomeCare => Box::new(super::homecare::HomeCare::new(workplace.clone())),
        Place::Prepare(record) => Box::new(super::prepare::Prepare::new(face.clone(), record)),
    }
}

/// Where this person's day begins.
pub fn home(face: &Face) -> Place {
    let works_on_records = [Role::Clerk, Role::Confirmer].iter().any(|role| face.roles.contains(*role));
    if works_on_records { Place::Worklist } else { Place::Menu }
}
