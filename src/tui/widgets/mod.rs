//! What screens are built of. A widget draws itself from `&self` and owns no key: screens hand it commands.
pub mod ambiguous;
pub mod column;
pub mod frame;
pub mod hints;
pub mod list;
pub mod paragraph;
pub mod popup;
pub mod qr;
pub mod table;
pub mod text_field;

use crate::tui::look::{display_width, for_display, truncate_to_width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Writes `text` into one row from `x`, at most to the right edge of `area`; returns the column after it.
///
/// The one way of putting text on the screen: everything passes the display boundary here.
pub fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    if y < area.top() || y >= area.bottom() || x >= area.right() {
        return x;
    }
    let shown = for_display(text);
    let room = usize::from(area.right().saturating_sub(x));
    buffer.set_stringn(x, y, truncate_to_width(&shown, room), room, style).0
}

/// Writes `text` so that it ends at the right edge of `area`.
pub fn put_right(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) {
    let width = u16::try_from(display_width(&for_display(text))).unwrap_or(u16::MAX);
    let x = area.right().saturating_sub(width).max(area.left());
    put(buffer, area, x, y, text, style);
}
