//! Looking when the office is closed.
use crate::domain::hours::OfficeHours;
use crate::domain::ids::PersonId;
use crate::domain::time::Timestamp;
use crate::office::review::works::Works;

/// Whether a look was made outside of office hours by somebody who was not working then: overtime is daily work, and
/// leaves work behind. A look that nothing explains counts whatever else was done that evening.
pub fn is_after_hours(
    hours: OfficeHours,
    works: &Works,
    person: PersonId,
    at: Timestamp,
    explained: bool,
) -> bool {
    let works_late = explained && works.is_busy(person, at);
    !hours.contains(at) && !works_late
}
