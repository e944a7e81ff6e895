//! Room for characters that the terminal draws two columns wide although ratatui counts one (`--ambiguous-width 2`).
//!
//! Only data holds such characters, never our own words. Each takes a blank column from the next gap of its row, so that
//! every column behind the gap stays where it is; where a row has no gap its end makes room.
use crate::japanese::ambiguous::is_ambiguous;
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::Position;
use std::num::NonZeroU16;

/// The last cell of a row from which something had to go.
const CUT: &str = "+";

/// Gives two columns to every ambiguous character; where the caret stands then.
pub fn widen(buffer: &mut Buffer, caret: Position) -> Position {
    let area = buffer.area;
    let mut caret = caret;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let wide = buffer[(x, y)].symbol().chars().next().is_some_and(is_ambiguous);
            if !wide {
                x += width(buffer, x, y);
                continue;
            }
            let room = make_room(buffer, x, y);
            if caret.y == y && caret.x > x && caret.x <= room {
                caret.x = (caret.x + 1).min(area.right().saturating_sub(1));
            }
            x += 2;
        }
    }
    caret
}

/// Moves what follows one column to the right, as far as the next gap; where that was.
fn make_room(buffer: &mut Buffer, x: u16, y: u16) -> u16 {
    let end = buffer.area.right().saturating_sub(1);
    let room = gap_behind(buffer, x, y).unwrap_or(end);
    // The right half of a wide character is a blank cell.
    let ends_wide = end > x && width(buffer, end - 1, y) == 2;
    let is_cut = room == end && (ends_wide || buffer[(end, y)].symbol() != " ");
    for to in (x + 2..=room).rev() {
        buffer[(to, y)] = buffer[(to - 1, y)].clone();
    }
    if x < end {
        let two = NonZeroU16::new(2).unwrap_or(NonZeroU16::MIN);
        buffer[(x, y)].set_diff_option(CellDiffOption::ForcedWidth(two));
        buffer[(x + 1, y)] = Cell::EMPTY;
    }
    if is_cut {
        buffer[(end, y)].set_symbol(CUT);
    }
    room
}

/// The first blank that can go: another one stands behind it, or the end of the row.
fn gap_behind(buffer: &Buffer, x: u16, y: u16) -> Option<u16> {
    let blank = |x: u16| buffer.cell((x, y)).is_none_or(|cell| cell.symbol() == " ");
    let mut at = x + 1;
    while at < buffer.area.right() {
        if blank(at) && blank(at + 1) {
            return Some(at);
        }
        at += width(buffer, at, y);
    }
    None
}

fn width(buffer: &Buffer, x: u16, y: u16) -> u16 {
    buffer[(x, y)].cell_width().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widgets::popup;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const COLUMNS: u16 = 24;

    fn row(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, 1));
        buffer.set_string(0, 0, text, Style::new());
        buffer
    }

    /// A terminal that gives two columns to ambiguous characters: what stands in each column after a frame. As the
    /// backend does, it is told a place only when the next cell is not the neighbour of the last.
    fn on_glass(before: &Buffer, after: &Buffer) -> Vec<String> {
        let mut glass = vec![" ".to_owned(); usize::from(COLUMNS) + 2];
        let (mut column, mut last) = (0, None::<u16>);
        for (x, _, cell) in before.diff(after) {
            if last.is_none_or(|last| last + 1 != x) {
                column = usize::from(x);
            }
            let symbol = cell.symbol();
            let wide = symbol.chars().next().is_some_and(is_ambiguous);
            let columns = if wide { 2 } else { usize::from(symbol.cell_width()) };
            glass[column] = symbol.to_owned();
            glass[column + 1..column + columns].fill(String::new());
            column += columns;
            last = Some(x);
        }
        glass
    }

    fn shown(text: &str, caret: u16) -> (String, u16) {
        let mut buffer = row(text);
        let caret = widen(&mut buffer, Position::new(caret, 0));
        popup::mend(&mut buffer);
        (on_glass(&Buffer::empty(buffer.area), &buffer).concat().trim_end().to_owned(), caret.x)
    }

    /// Behaviour 6.
    #[test]
    fn columns_behind_circled_digits_and_greek_stay_in_place() {
        for name in ["\u{2460}\u{3B1}届", "\u{3B1}", "届\u{2460}x", "abc"] {
            let mut buffer = row(name);
            buffer.set_string(16, 0, "|12|", Style::new());
            widen(&mut buffer, Position::ORIGIN);
            popup::mend(&mut buffer);
            let glass = on_glass(&Buffer::empty(buffer.area), &buffer);
            assert_eq!(glass[16..20].concat(), "|12|", "{name}: {glass:?}");
            assert!(glass.concat().replace(' ', "").starts_with(name), "{name}: nothing is lost");
        }
    }

    #[test]
    fn the_caret_moves_with_its_text() {
        assert_eq!(shown("[\u{2460}\u{3B1}x     ] a", 4), ("[\u{2460}\u{3B1}x   ] a".to_owned(), 6));
        assert_eq!(shown("[\u{2460}\u{3B1}x     ] a", 1).1, 1, "before the first of them");
        assert_eq!(shown("[\u{2460}\u{3B1}x     ] a", 2).1, 3, "behind the first of them");
    }

    #[test]
    fn a_wide_character_that_is_cut_is_told_too() {
        let full = format!("\u{2460}x{}", "あ".repeat(11));
        assert_eq!(shown(&full, 0).0, format!("\u{2460}x{}+", "あ".repeat(10)));
    }

    #[test]
    fn a_row_without_a_gap_makes_room_at_its_end_and_says_what_it_cut() {
        let full = format!("\u{2460}{}", "x".repeat(23));
        assert_eq!(shown(&full, 0).0, format!("\u{2460}{}+", "x".repeat(21)));
        let one_left = format!("\u{2460}{} ", "x".repeat(22));
        assert_eq!(shown(&one_left, 0).0, format!("\u{2460}{}", "x".repeat(22)));
    }

    /// What was narrow before becomes wide and the other way round.
    #[test]
    fn frames_follow_one_another() {
        let mut wide = row("\u{2460}a  |");
        widen(&mut wide, Position::ORIGIN);
        let narrow = row("bac |");
        let glass = on_glass(&wide, &narrow);
        assert_eq!(glass[..3].concat(), "bac");
        let glass = on_glass(&narrow, &wide);
        assert_eq!(glass[..3].concat(), "\u{2460}a");
    }
}
