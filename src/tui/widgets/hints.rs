//! Who may sign in to an exercise, at the foot of the screens that ask for it.
use crate::tui::screen::View;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws the hints upwards from the last row of the body; nothing in a real office.
pub fn draw(view: &View<'_>, buffer: &mut Buffer, body: Rect) {
    for (line, y) in view.hints.iter().rev().zip((body.y..body.bottom()).rev()) {
        put(buffer, body, body.x + 1, y, line, Style::new());
    }
}
