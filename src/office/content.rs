//! What is stored of a record: its values, as the form wrote them.
use super::reason::Reason;
use crate::domain::sensitive::Personal;
use crate::form::Values;

/// A record of a form is a few kilobytes; more is not typed by hand.
const CONTENT_MAX: usize = 256 * 1024;

pub fn content_of(values: &Values) -> Result<Personal<String>, Reason> {
    let json = values.to_json();
    if json.len() > CONTENT_MAX {
        return Err(Reason::ContentTooLarge);
    }
    String::from_utf8(json).map(Personal::new).map_err(|_| Reason::Impossible)
}

/// Stored values; `Impossible` when they are not what this program writes.
pub fn values_of(content: &Personal<String>) -> Result<Values, Reason> {
    Values::from_json(content.expose().as_bytes()).map_err(|_| Reason::Impossible)
}
