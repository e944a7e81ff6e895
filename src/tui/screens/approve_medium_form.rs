//! A supervisor lets a sending out of the house on a medium: why, and F12 signs.
use super::parts::{Item, Items, Step, TEXT_ITEMS, ask, message_rows};
use crate::domain::ids::TransmissionId;
use crate::domain::sensitive::Personal;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ApproveMedium};
use crate::text::{common, fill, media as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const WHY: usize = 0;
const WHY_LENGTH: usize = 80;

/// See the module.
pub struct ApproveMediumForm {
    transmission: TransmissionId,
    number: u32,
    items: Items,
    message: String,
    busy: bool,
}

impl ApproveMediumForm {
    pub fn new(transmission: TransmissionId, number: u32) -> Self {
        let items = Items::new(vec![Item::new(say::FIELD_WHY, Accept::Anything, WHY_LENGTH, 52)]);
        Self { transmission, number, items, message: String::new(), busy: false }
    }

    fn approve(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        self.busy = true;
        let reason = Personal::new(self.items.text(WHY));
        let approval = ApproveMedium { transmission: self.transmission, reason };
        Flow::Effects(vec![ask(desk, Seat::Main, approval)])
    }
}

impl Screen<Counter> for ApproveMediumForm {
    fn contexts(&self) -> &[Context] {
        TEXT_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.approve(desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ => match self.items.apply(command) {
                Step::Done => Flow::Stay,
                Step::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        self.items.insert(text);
        Flow::Stay
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        let ops::Reply::ApproveMedium(result) = *reply else { return Flow::Pass };
        self.busy = false;
        match result {
            Ok(()) => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            Err(reason) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let frame = Frame {
            title: &fill(say::APPROVE_TITLE.in_lang(lang), &[&format!("{:04}", self.number)]),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_KANA.in_lang(lang),
            fixed: &view.keys(TEXT_ITEMS, &[(Command::Register, say::KEY_APPROVE)]),
            commands: &[Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, TEXT_ITEMS, buffer, area);
        let plain = Style::new();
        put(buffer, body, body.x + 1, body.y + 1, say::APPROVE_NOTE.in_lang(lang), plain);
        self.items.draw(WHY, view, buffer, body, body.y + 4).unwrap_or(body.as_position())
    }
}
