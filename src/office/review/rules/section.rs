//! Records of another section.
use crate::domain::ids::RecordId;
use crate::office::review::facts::{About, Worker};
use crate::office::review::works::Works;

/// Whether a record was registered by another section and nobody of the own one has worked on it. Where that is not
/// known (it was registered by somebody who left), it is nobody else's.
pub fn is_of_another(works: &Works, worker: &Worker, record: RecordId, about: Option<&About>) -> bool {
    let registered_by = about.and_then(|about| about.section.as_ref());
    registered_by.is_some_and(|section| *section != worker.section)
        && !works.is_of_section(record, &worker.section)
}
