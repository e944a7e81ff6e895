//! Lines of a paper, which a terminal can show as they are.
use super::super::face;
use crate::japanese::line_breaking;

/// Breaks settable text into lines of at most so many columns; the lines together are the text without its line ends.
pub(super) fn wrap(text: &str, columns: u16) -> Vec<String> {
    line_breaking::wrap(text, usize::from(columns), |cluster| usize::from(width(cluster)))
}

/// The columns that a line takes.
pub(super) fn width(text: &str) -> u16 {
    text.chars().map(face::columns).fold(0, u16::saturating_add)
}
