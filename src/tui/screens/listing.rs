//! What the lists of the office have in common: headings, rows by page, details below, the same keys.
use crate::keymap::{Command, Context};
use crate::text::{Text, common, fill};
use crate::tui::screen::View;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const COMMANDS: &[Command] =
    &[Command::Refresh, Command::PreviousPage, Command::NextPage, Command::Back, Command::Help];

/// Everything around the rows.
pub struct Listing<'a> {
    pub title: Text,
    pub title_right: &'a str,
    pub details: &'a [String],
    pub detail_rows: u16,
    /// What the keyboard should send now.
    pub expect: Text,
    pub keys: &'a [(String, String)],
    pub contexts: &'a [Context],
    /// A row of figures above the headings.
    pub counts: Option<&'a str>,
    pub columns: &'a [Column],
    pub headings: &'a [Text],
    /// Stands where the rows would be, while there are none.
    pub instead: Text,
}

impl Listing<'_> {
    /// Draws it with `len` rows and gives the place of the cursor.
    pub fn draw(
        &self,
        view: &View<'_>,
        buffer: &mut Buffer,
        area: Rect,
        list: List,
        len: usize,
        cells: impl Fn(usize) -> String,
    ) -> Position {
        let lang = view.lang;
        let body = crate::tui::widgets::frame::body(area, self.detail_rows);
        let above = 1 + u16::from(self.counts.is_some());
        let rows = Rect { y: body.y + above, height: body.height.saturating_sub(above), ..body };
        let (page, pages) = list.page(len, usize::from(rows.height));
        let frame = Frame {
            title: self.title.in_lang(lang),
            title_right: self.title_right,
            messages: self.details,
            message_rows: self.detail_rows,
            status: self.expect.in_lang(lang),
            status_right: &fill(common::PAGE_OF.in_lang(lang), &[&page, &pages]),
            fixed: self.keys,
            commands: COMMANDS,
        };
        frame.draw(view, self.contexts, buffer, area);
        if let Some(counts) = self.counts {
            put(buffer, body, body.x + 1, body.y, counts, Style::new());
        }
        let headings: Vec<&str> = self.headings.iter().map(|text| text.in_lang(lang)).collect();
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x + 1, body.y + above - 1, &row(self.columns, &headings), bold);
        if len == 0 {
            put(buffer, rows, rows.x + 1, rows.y, self.instead.in_lang(lang), Style::new());
        }
        list.draw(buffer, rows, len, cells)
    }
}
