//! What screens are built of. A widget draws itself from `&self` and owns no key: screens hand it commands.
pub mod ambiguous;
pub mod bars;
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
use std::borrow::Cow;

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

/// The text, or as much of it as fits with a mark behind it: nobody takes a part for the whole.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    const MARK: &str = "..";
    let shown = for_display(text);
    if display_width(&shown) <= columns {
        return shown;
    }
    Cow::Owned(format!("{}{MARK}", truncate_to_width(text, columns.saturating_sub(MARK.len()))))
}

/// The first text that fits; where none does, the last, which is cut where it is drawn.
pub fn fitting(texts: &[String], columns: usize) -> String {
    let fits = texts.iter().find(|text| display_width(text) <= columns);
    fits.or(texts.last()).cloned().unwrap_or_default()
}

/// Writes `text` so that it ends at the right edge of `area`.
pub fn put_right(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) {
    let width = u16::try_from(display_width(&for_display(text))).unwrap_or(u16::MAX);
    let x = area.right().saturating_sub(width).max(area.left());
    put(buffer, area, x, y, text, style);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_says_so_between_characters() {
        assert_eq!(cut("F2 で候補", 9), "F2 で候補");
        assert_eq!(cut("F2 で候補を見る", 9), "F2 で候..", "nine columns");
        assert_eq!(cut("F2 で候補を見る", 10), "F2 で候..", "no half of a character");
        assert_eq!(cut("abc", 1), "..");
    }

    #[test]
    fn the_first_that_fits_is_shown() {
        let texts = ["label: help  example", "label: help", "help"].map(str::to_owned);
        for (columns, shown) in [(20, 0), (19, 1), (11, 1), (10, 2), (2, 2)] {
            assert_eq!(fitting(&texts, columns), texts[shown], "{columns}");
        }
    }
}
