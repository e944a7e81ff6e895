//! Sentences over several rows.
use crate::japanese::line_breaking;
use crate::tui::look::display_width;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The rows of `text` in so many columns. The spaces at which it was broken are not drawn.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let rows = line_breaking::wrap(text, columns, display_width);
    rows.into_iter().map(|row| row.trim_end_matches(' ').to_owned()).collect()
}

/// Draws `text` from the top of `area` and returns the row after it.
pub fn draw(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut y = area.y;
    for row in wrap(text, usize::from(area.width)) {
        put(buffer, area, area.x, y, &row, style);
        y = y.saturating_add(1);
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_no_space_at_their_end() {
        assert_eq!(wrap("届出を登録しました。次の届出を。", 18), ["届出を登録しまし", "た。次の届出を。"]);
        assert_eq!(wrap("write it down and seal it", 10), ["write it", "down and", "seal it"]);
    }
}
