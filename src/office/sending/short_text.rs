//! A line that somebody typed: a name, the number of a document, a reason.
use crate::office::reason::Reason;

const MAX: usize = 80;

/// Without the space around it; `missing` where it says nothing, or hides something from the eye.
pub fn short_text(typed: &str, missing: Reason) -> Result<String, Reason> {
    let text = typed.trim();
    if text.chars().count() > MAX {
        return Err(Reason::TextTooLong);
    }
    if text.is_empty() || text.chars().any(char::is_control) { Err(missing) } else { Ok(text.to_owned()) }
}
