//! A text to read and close: the document as it will arrive, the report of a verification.
use crate::domain::sensitive::Personal;
use crate::keymap::{Command, Context};
use crate::text::{Text, common as say, fill};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Effect, Flow, Screen, View};
use crate::tui::widgets::frame::{self, Frame};
use crate::tui::widgets::paragraph::wrap;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const CONTEXTS: &[Context] = &[Context::Reader, Context::Global];
/// A column free at each side.
const COLUMNS: usize = 78;

/// See the module.
pub struct Reader {
    title: Text,
    rows: Personal<Vec<String>>,
    first: usize,
}

impl Reader {
    pub fn new(title: Text, text: &Personal<String>) -> Self {
        let rows = text.expose().lines().flat_map(|line| wrap(line, COLUMNS)).collect();
        Self { title, rows: Personal::new(rows), first: 0 }
    }
}

impl Screen<Counter> for Reader {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let page = desk.body_rows(0).max(1);
        let last = self.rows.expose().len().saturating_sub(page);
        self.first = match command {
            Command::Close | Command::Cancel | Command::Back => return Flow::Effects(vec![Effect::Pop]),
            Command::Up => self.first.saturating_sub(1),
            Command::Down => (self.first + 1).min(last),
            Command::PreviousPage => self.first.saturating_sub(page),
            Command::NextPage => (self.first + page).min(last),
            Command::First => 0,
            Command::Last => last,
            _ => return Flow::Pass,
        };
        Flow::Stay
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let rows = usize::from(frame::body(area, 0).height).max(1);
        let all = self.rows.expose();
        let shown = (self.first + rows).min(all.len());
        let frame = Frame {
            title: self.title.in_lang(view.lang),
            status: say::HELP_CLOSE.in_lang(view.lang),
            status_right: &fill(say::PAGE_OF.in_lang(view.lang), &[&shown, &all.len()]),
            commands: &[Command::Close, Command::PreviousPage, Command::NextPage, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, CONTEXTS, buffer, area);
        for (y, row) in (body.y..body.bottom()).zip(all.iter().skip(self.first)) {
            put(buffer, body, body.x + 1, y, row, Style::new());
        }
        Position::new(body.x, body.y)
    }
}
