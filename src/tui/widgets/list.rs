//! A list of any length of which only the visible page is ever asked for.
//!
//! Pages stand still: moving inside a page changes two marks, as on office computers, and page n always holds the same
//! rows. Only the position is kept here; how many rows there are and what they say is the screen's business.
use crate::keymap::Command;
use crate::tui::widgets::{cut, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// The selected row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    selected: usize,
}

impl List {
    /// The selected row; never beyond `len`.
    pub fn selected(self, len: usize) -> Option<usize> {
        (len > 0).then(|| self.selected.min(len - 1))
    }

    pub fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// Goes along with what is selected to where it stands now; where it has gone, the place stays.
    pub fn follow(&mut self, row: Option<usize>) {
        self.selected = row.unwrap_or(self.selected);
    }

    /// Moves through `len` rows of which `rows` are visible. False when the command is not a list's.
    pub fn apply(&mut self, command: Command, len: usize, rows: usize) -> bool {
        let last = len.saturating_sub(1);
        let now = self.selected.min(last);
        let page = rows.max(1);
        self.selected = match command {
            Command::Up => now.saturating_sub(1),
            Command::Down => (now + 1).min(last),
            Command::PreviousPage => (now / page).saturating_sub(1) * page,
            Command::NextPage => match (now / page + 1) * page {
                next if next <= last => next,
                _ => last,
            },
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        };
        true
    }

    /// The visible rows.
    pub fn window(self, len: usize, rows: usize) -> std::ops::Range<usize> {
        let page = rows.max(1);
        let first = self.selected.min(len.saturating_sub(1)) / page * page;
        first..(first + page).min(len)
    }

    /// `(3, 12)`: page 3 of 12.
    pub fn page(self, len: usize, rows: usize) -> (usize, usize) {
        let page = rows.max(1);
        (self.selected.min(len.saturating_sub(1)) / page + 1, len.div_ceil(page).max(1))
    }

    /// Draws the visible rows, `>` before the selected one, and returns where the cursor stands: on that mark.
    pub fn draw(
        self,
        buffer: &mut Buffer,
        area: Rect,
        len: usize,
        row: impl Fn(usize) -> String,
    ) -> Position {
        let selected = self.selected(len);
        let mut caret = area.as_position();
        for (y, at) in (area.y..).zip(self.window(len, usize::from(area.height))) {
            let chosen = Some(at) == selected;
            let style = if chosen { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() };
            put(buffer, area, area.x, y, if chosen { ">" } else { " " }, style);
            let room = usize::from(area.width.saturating_sub(1));
            put(buffer, area, area.x + 1, y, &cut(&row(at), room), style);
            if chosen {
                caret = Position::new(area.x, y);
            }
        }
        caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_million_rows_cost_one_page() {
        let asked = Cell::new(0);
        let mut list = List::default();
        list.apply(Command::Last, 1_000_000, 10);
        let area = Rect::new(0, 0, 20, 10);
        let mut buffer = Buffer::empty(area);
        let caret = list.draw(&mut buffer, area, 1_000_000, |n| {
            asked.set(asked.get() + 1);
            format!("row {n}")
        });
        assert_eq!((asked.get(), caret), (10, Position::new(0, 9)));
        assert_eq!(buffer[(0, 9)].symbol(), ">");
        assert_eq!(list.page(1_000_000, 10), (100_000, 100_000));
    }

    #[test]
    fn moving_stays_inside() {
        let mut list = List::default();
        for (command, row) in [
            (Command::Up, 0),
            (Command::NextPage, 4),
            (Command::Down, 5),
            (Command::NextPage, 8),
            (Command::NextPage, 8),
            (Command::PreviousPage, 4),
            (Command::First, 0),
            (Command::Last, 8),
            (Command::Down, 8),
        ] {
            assert!(list.apply(command, 9, 4));
            assert_eq!(list.selected(9), Some(row), "{command:?}");
        }
        assert_eq!(list.selected(3), Some(2), "rows may vanish");
        assert_eq!(list.selected(0), None);
        assert!(!list.apply(Command::Register, 9, 4));
        assert!(list.apply(Command::Down, 0, 0));
    }
}
