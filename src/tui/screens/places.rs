//! The way from one panel to another: every panel of the office, by name.
use crate::domain::ids::RecordId;
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
    /// Preparing one registered record for sending.
    Prepare(RecordId),
}

/// Opens a place for the person at the main seat.
pub fn open(place: Place, face: &Face) -> Box<dyn Screen<Counter>> {
    use super::not_here::NotHere;
    match place {
        Place::Menu => Box::new(NotHere),
        Place::Worklist => Box::new(super::worklist::Worklist::new(face)),
        Place::Outbox => Box::new(NotHere),
        Place::Destinations => Box::new(NotHere),
        Place::Review => Box::new(NotHere),
        Place::Staff => Box::new(NotHere),
        Place::Prepare(_) => Box::new(NotHere),
    }
}
