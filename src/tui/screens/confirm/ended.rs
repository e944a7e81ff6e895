//! How a confirmation ended. Enter closes; there is nothing left that a key could do.
use super::Case;
use crate::keymap::{Command, Context};
use crate::text::{Text, outbox as say};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Flow, Screen, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::paragraph;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const CONTEXTS: &[Context] = &[Context::Reader, Context::Global];
/// Columns free at the left; at the right it is one.
const LEFT: u16 = 3;

/// See the module.
pub struct Ended {
    case: Case,
    title: Text,
    lines: Vec<Text>,
}

impl Ended {
    pub fn new(case: Case, title: Text, lines: Vec<Text>) -> Self {
        Self { case, title, lines }
    }
}

impl Screen<Counter> for Ended {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn on_command(&mut self, command: Command, _desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Close | Command::Back | Command::Cancel => self.case.close(),
            _ => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let frame = Frame {
            title: &self.case.title(self.title, view.lang),
            title_right: &self.case.confirmer(view.lang),
            status: say::CLOSE_WITH_ENTER.in_lang(view.lang),
            commands: &[Command::Close, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, CONTEXTS, buffer, area);
        let caret = Position::new(body.x + LEFT, body.y + 1);
        let mut rest = Rect { x: caret.x, y: caret.y, width: body.width.saturating_sub(LEFT + 1), ..body };
        for line in &self.lines {
            let after = paragraph::draw(buffer, rest, line.in_lang(view.lang), Style::new());
            rest.y = (after + 1).min(body.bottom());
            rest.height = body.bottom().saturating_sub(rest.y);
        }
        caret
    }
}
