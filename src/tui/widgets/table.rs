//! Columns that stay in place whatever stands in them.
use crate::tui::look::{display_width, for_display, truncate_to_width};

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub width: usize,
    pub align: Align,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

impl Column {
    pub const fn left(width: usize) -> Self {
        Self { width, align: Align::Left }
    }
    pub const fn right(width: usize) -> Self {
        Self { width, align: Align::Right }
    }
}

/// One row: each cell cut or filled to its column, one space between columns.
///
/// A cell that had to be cut ends in `+`, so that nobody takes a part for the whole.
pub fn row(columns: &[Column], cells: &[&str]) -> String {
    let mut out = String::new();
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let shown = for_display(cells.get(at).copied().unwrap_or_default());
        let fits = display_width(&shown) <= column.width;
        let text = if fits {
            shown.into_owned()
        } else {
            format!("{}+", truncate_to_width(&shown, column.width.saturating_sub(1)))
        };
        let gap = " ".repeat(column.width.saturating_sub(display_width(&text)));
        match column.align {
            Align::Left => out.extend([text, gap]),
            Align::Right => out.extend([gap, text]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{buffer::Buffer, layout::Rect, style::Style};

    const COLUMNS: &[Column] = &[Column::left(8), Column::right(4)];

    /// Behaviour 3: the column behind half-width kana stays in place on the screen.
    #[test]
    fn columns_stay_aligned_behind_every_kind_of_text() {
        for name in ["\u{FF76}\u{FF9E}", "仮野 花", "\u{845B}\u{E0100}", "\u{20BB7}", "か\u{3099}", "abc", ""]
        {
            let area = Rect::new(0, 0, 20, 1);
            let mut buffer = Buffer::empty(area);
            crate::tui::widgets::put(&mut buffer, area, 0, 0, &row(COLUMNS, &[name, "12"]), Style::new());
            assert_eq!(buffer[(11, 0)].symbol(), "1", "{name:?}");
        }
        let area = Rect::new(0, 0, 4, 1);
        let mut buffer = Buffer::empty(area);
        crate::tui::widgets::put(&mut buffer, area, 0, 0, "\u{FF76}\u{FF9E}x", Style::new());
        assert_eq!((buffer[(0, 0)].symbol(), buffer[(2, 0)].symbol()), ("ガ", "x"));
    }

    #[test]
    fn cut_cells_say_so() {
        assert_eq!(row(COLUMNS, &["架空総合病院", "12345"]), "架空総+  123+");
        assert_eq!(display_width(&row(COLUMNS, &["架空総合病院", "12345"])), 13);
    }
}
