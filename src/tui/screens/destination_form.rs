//! The first keying of a destination, from an official paper.
use super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use crate::domain::ids::DestinationId;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, DestinationLine, DestinationProposal, ProposeDestination};
use crate::text::{common, destinations as say, fill};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 3;
const TEXT_LENGTH: usize = 80;
const ADDRESS_LENGTH: usize = 32;
const RECIPIENT_LENGTH: usize = 62;

/// See the module.
pub struct DestinationForm {
    change: Option<(DestinationId, String)>,
    items: Items,
    message: String,
    busy: bool,
}

impl DestinationForm {
    pub fn new_entry() -> Self {
        Self::with(None, "", "", "")
    }

    /// A new version of an entry. Address and key are keyed again.
    pub fn change(line: &DestinationLine) -> Self {
        Self::with(Some((line.id, line.code.clone())), &line.code, &line.organisation, &line.reading)
    }

    fn with(change: Option<(DestinationId, String)>, code: &str, organisation: &str, reading: &str) -> Self {
        let items = vec![
            Item::new(say::FIELD_CODE, Accept::Anything, 5, 8).hint(say::HINT_CODE).filled(code),
            Item::new(say::FIELD_ORGANISATION, Accept::Anything, TEXT_LENGTH, 54).filled(organisation),
            Item::new(say::FIELD_READING, Accept::Anything, TEXT_LENGTH, 54).filled(reading),
            Item::new(say::FIELD_ADDRESS, Accept::Anything, ADDRESS_LENGTH, 35).hint(say::HINT_ADDRESS),
            Item::new(say::FIELD_RECIPIENT, Accept::Anything, RECIPIENT_LENGTH, 54),
            Item::new(say::FIELD_SOURCE, Accept::Anything, TEXT_LENGTH, 35).hint(say::HINT_SOURCE),
        ];
        Self { change, items: Items::new(items), message: String::new(), busy: false }
    }

    fn propose(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        self.busy = true;
        let proposal = DestinationProposal {
            change: self.change.as_ref().map(|(id, _)| *id),
            code: self.items.text(0),
            organisation: self.items.text(1),
            reading: self.items.text(2),
            address: self.items.text(3),
            recipient: self.items.text(4),
            source: self.items.text(5),
        };
        Flow::Effects(vec![ask(desk, Seat::Main, ProposeDestination { proposal })])
    }
}

impl Screen<Counter> for DestinationForm {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.propose(desk),
            Command::Back => Flow::Effects(vec![Effect::Pop]),
            _ => match self.items.apply(command) {
                Step::Done => Flow::Stay,
                Step::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        self.items.insert(text);
        Flow::Stay
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        let ops::Reply::ProposeDestination(result) = *reply else { return Flow::Pass };
        self.busy = false;
        match result {
            Ok(_) => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            Err(reason) => {
                self.message = reason.text().in_lang(desk.lang).to_owned();
                Flow::Stay
            }
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let (title, note) = match &self.change {
            Some((_, code)) => (fill(say::FORM_CHANGE.in_lang(lang), &[code]), say::FORM_CHANGE_NOTE),
            None => (say::FORM_NEW.in_lang(lang).to_owned(), say::FORM_NOTE),
        };
        let frame = Frame {
            title: &title,
            messages: &message_rows(&[note.in_lang(lang), &self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &view.keys(SHARED_ITEMS, &[(Command::Register, say::KEY_TO_SECOND)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        let mut caret = body.as_position();
        for (y, at) in (body.y + 1..).step_by(2).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        put(buffer, body, body.x + 25, body.y + 10, say::HINT_RECIPIENT.in_lang(lang), Style::new());
        caret
    }
}
