//! The second keying of a destination, blind and from another paper.
use super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use crate::domain::destination::Protection;
use crate::domain::ids::DestinationId;
use crate::domain::sensitive::Secret;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ConfirmDestination, DestinationConfirmed, DestinationLine, KEY_TAIL};
use crate::text::{destinations as say, fill};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;

/// See the module.
pub struct DestinationRekey {
    id: DestinationId,
    code: String,
    organisation: String,
    items: Items,
    message: String,
    busy: bool,
}

impl DestinationRekey {
    pub fn new(line: &DestinationLine) -> Self {
        let mut items = vec![Item::new(say::FIELD_ADDRESS, Accept::Anything, 254, 52)];
        match line.protection {
            Protection::RecipientKey => {
                items.push(Item::new(say::FIELD_TAIL, Accept::Anything, KEY_TAIL, 10).hint(say::HINT_TAIL));
            }
            Protection::Password => items.push(Item::masked(say::FIELD_ARCHIVE_PASSWORD, 64, 26)),
            Protection::UntilItLeaves => {}
        }
        items.push(Item::new(say::FIELD_SECOND_SOURCE, Accept::Anything, 80, 35).hint(say::HINT_SOURCE));
        Self {
            id: line.id,
            code: line.code.clone(),
            organisation: line.organisation.clone(),
            items: Items::new(items),
            message: String::new(),
            busy: false,
        }
    }

    /// Address and lock are keyed blind. The source only has to be another one than the first person's, and the number
    /// of a Japanese document comes from the input method all at once.
    fn is_blind(&self) -> bool {
        !self.items.is_last()
    }

    fn insert(&mut self, text: &str) -> Flow<Counter> {
        self.message.clear();
        self.items.insert(text);
        Flow::Stay
    }

    fn compare(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        self.busy = true;
        let last = self.items.len().saturating_sub(1);
        // Between address and source there is what opens the packages, where there is anything.
        let lock = if last > 1 { self.items.secret(1) } else { Secret::default() };
        let (address, source) = (self.items.text(0), self.items.text(last));
        Flow::Effects(vec![ask(desk, Seat::Main, ConfirmDestination { id: self.id, address, lock, source })])
    }
}

impl Screen<Counter> for DestinationRekey {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.compare(desk),
            Command::Back => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            _ => match self.items.apply(command) {
                Step::Done => Flow::Stay,
                Step::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        if text.chars().count() > 1 {
            return self.on_paste(text, desk);
        }
        self.insert(text)
    }

    /// Refused where it is blind, also a single character that came too fast. Its first letters may have passed for
    /// typing: they go too.
    fn on_paste(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        if !self.is_blind() {
            return self.insert(text);
        }
        self.items.clear_focused();
        self.message = say::NO_PASTE.in_lang(desk.lang).to_owned();
        Flow::Stay
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        let ops::Reply::ConfirmDestination(result) = *reply else { return Flow::Pass };
        self.busy = false;
        self.items.clear();
        self.message = match result {
            Ok(DestinationConfirmed::Confirmed) => {
                return Flow::Effects(vec![Effect::PopWith(Value::Changed)]);
            }
            Ok(DestinationConfirmed::Mismatch { left: 0 }) => {
                say::REKEY_EXHAUSTED.in_lang(desk.lang).to_owned()
            }
            Ok(DestinationConfirmed::Mismatch { left }) => {
                fill(say::REKEY_MISMATCH.in_lang(desk.lang), &[&left])
            }
            Err(reason) => reason.text().in_lang(desk.lang).to_owned(),
        };
        Flow::Stay
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let words = [(Command::Register, say::KEY_COMPARE)];
        let expected = if self.is_blind() { say::EXPECT_BLIND } else { self.items.expected() };
        let frame = Frame {
            title: &fill(say::REKEY_TITLE.in_lang(lang), &[&self.code]),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: expected.in_lang(lang),
            fixed: &view.keys(SHARED_ITEMS, &words),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        put(buffer, body, body.x + 1, body.y + 1, &self.organisation, Style::new());
        put(buffer, body, body.x + 1, body.y + 3, say::REKEY_NOTE.in_lang(lang), Style::new());
        let mut caret = body.as_position();
        for (y, at) in (body.y + 5..).step_by(2).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        caret
    }
}
