//! Stands in for a panel that is not merged yet.
use crate::keymap::{Command, Context};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Effect, Flow, Screen, View};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub struct NotHere;

impl Screen<Counter> for NotHere {
    fn contexts(&self) -> &[Context] {
        &[Context::Reader, Context::Global]
    }
    fn on_command(&mut self, _command: Command, _desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Effects(vec![Effect::Pop])
    }
    fn draw(&self, _view: &View<'_>, _buffer: &mut Buffer, area: Rect) -> Position {
        Position::new(area.x, area.y)
    }
}
