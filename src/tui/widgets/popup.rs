//! Mends what ratatui 0.30.2 cannot draw: a wide character that something else overwrote by half.
//!
//! When the right half of a wide character is overwritten, ratatui still prints the whole character and never writes
//! the cell that replaced its half: the left border of a popup disappears (ratatui#2526). A styled wide character in
//! the very last column panics in its diff (ratatui#2695). Both are cured by one pass at the end of a draw.
use ratatui::buffer::{Buffer, CellWidth};

/// Replaces every wide character that lost its right half, or has no room for it, by a space.
pub fn mend(buffer: &mut Buffer) {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let wide = buffer[(x, y)].cell_width() > 1;
            let covered = x + 1 >= area.right() || buffer[(x + 1, y)].symbol() != " ";
            if wide && covered {
                buffer[(x, y)].set_symbol(" ");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    fn popup_over_wide_text(x: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        buffer.set_string(0, 0, "あいうえおかきくけこ", Style::new());
        buffer.set_string(x, 0, "|ok|", Style::new());
        buffer
    }

    /// Behaviour 7.
    #[test]
    fn both_borders_are_written_at_odd_and_even_columns() {
        for x in 0..16 {
            let mut buffer = popup_over_wide_text(x);
            mend(&mut buffer);
            let before = Buffer::empty(buffer.area);
            let written: Vec<(u16, &str)> =
                before.diff(&buffer).into_iter().map(|(x, _, c)| (x, c.symbol())).collect();
            assert!(
                written.contains(&(x, "|")) && written.contains(&(x + 3, "|")),
                "popup at {x}: {written:?}"
            );
        }
    }

    /// Fails when ratatui is repaired: then this file can go.
    #[test]
    fn ratatui_still_needs_mending() {
        let buffer = popup_over_wide_text(5);
        let before = Buffer::empty(buffer.area);
        assert!(!before.diff(&buffer).iter().any(|(x, _, c)| *x == 5 && c.symbol() == "|"));
    }

    #[test]
    fn nothing_wide_stays_in_the_last_column() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer[(2, 0)].set_symbol("届").set_style(Style::new().add_modifier(Modifier::REVERSED));
        mend(&mut buffer);
        assert_eq!(buffer[(2, 0)].symbol(), " ");
        let _ = Buffer::empty(buffer.area).diff(&buffer);
    }

    #[test]
    fn whole_characters_are_left_alone() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, "a届 b出", Style::new());
        let before = buffer.clone();
        mend(&mut buffer);
        assert_eq!(before, buffer);
    }
}
