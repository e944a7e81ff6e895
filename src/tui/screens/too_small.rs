//! What is shown instead of a screen when the window is too small for it. Nothing is lost: the screens stay as they are.
use crate::text::{common as say, fill};
use crate::tui::screen::View;
use crate::tui::widgets::frame::{MIN_COLUMNS, MIN_ROWS};
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;

/// Whether screens can be drawn at all.
pub fn is_too_small(size: Size) -> bool {
    size.width < MIN_COLUMNS || size.height < MIN_ROWS
}

/// Draws the notice; the cursor waits at its end.
pub fn draw(view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
    let now = fill(say::TOO_SMALL_NOW.in_lang(view.lang), &[&area.width, &area.height]);
    let lines = [
        say::TOO_SMALL_TITLE.in_lang(view.lang).to_owned(),
        say::TOO_SMALL_BODY.in_lang(view.lang).to_owned(),
        now,
        say::TOO_SMALL_KEPT.in_lang(view.lang).to_owned(),
    ];
    let mut caret = area.as_position();
    for (y, line) in (area.top()..area.bottom()).zip(&lines) {
        let end = put(buffer, area, area.x, y, line, Style::new());
        caret = Position::new(end.min(area.right().saturating_sub(1)), y);
    }
    caret
}
