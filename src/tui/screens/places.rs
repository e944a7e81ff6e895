//! The way from one panel to another: every panel of the office, by name.
use crate::domain::ids::RecordId;
use crate::domain::staff::Role;
use crate::office::Face;
use crate::tui::counter::Counter;
use crate::tui::screen::Screen;

/// A panel that others can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The list of places that this person may go to.
    Menu,
    Worklist,
    Outbox,
    Destinations,
    Review,
    Staff,
    /// The register of institutions.
    Institutions,
    /// Requests without an answer, and the figures of the month.
    HomeCare,
    /// Preparing one registered record for sending.
    Prepare(RecordId),
}

/// Opens a place for the person at the main seat.
pub fn open(place: Place, face: &Face) -> Box<dyn Screen<Counter>> {
    match place {
        Place::Menu => Box::new(super::menu::Menu::new(face.clone())),
        Place::Worklist => Box::new(super::worklist::Worklist::new(face)),
        Place::Outbox => Box::new(super::outbox::Outbox::new(face.clone())),
        Place::Destinations => Box::new(super::destinations::Destinations::new(face.clone())),
        Place::Review => Box::new(super::review::Review::new(face.clone())),
        Place::Staff => Box::new(super::staff::Staff::new(face.clone())),
        Place::Institutions => {
            Box::new(super::institutions::Institutions::new(face.signed_in_at.date_in_japan()))
        }
        Place::HomeCare => Box::new(super::homecare::HomeCare::new(face.clone())),
        Place::Prepare(record) => Box::new(super::prepare::Prepare::new(face.clone(), record)),
    }
}

/// Where this person's day begins.
pub fn home(face: &Face) -> Place {
    let works_on_records = [Role::Clerk, Role::Confirmer].iter().any(|role| face.roles.contains(*role));
    if works_on_records { Place::Worklist } else { Place::Menu }
}
