//! Planting a drill: whose papers lie on the desk, which entry, and whose paper the program takes them for.
use super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use crate::japanese::width::fold_ascii;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, PlantDrill, PlantedFlaw};
use crate::text::{common, drills as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const RECORD: usize = 0;
const CODE: usize = 1;
const PAGES: usize = 2;
const OTHER: usize = 3;
const NUMBER_DIGITS: usize = 6;
const CODE_LENGTH: usize = 8;

/// See the module.
pub struct DrillForm {
    items: Items,
    message: String,
    busy: bool,
}

impl Default for DrillForm {
    fn default() -> Self {
        let items = Items::new(vec![
            Item::new(say::FIELD_RECORD, Accept::Digits, NUMBER_DIGITS, 8).hint(say::HINT_RECORD),
            Item::new(say::FIELD_CODE, Accept::Anything, CODE_LENGTH, 10).hint(say::HINT_CODE),
            Item::new(say::FIELD_PAGES, Accept::Digits, NUMBER_DIGITS, 8).hint(say::HINT_PAGES),
            Item::new(say::FIELD_OTHER, Accept::Digits, NUMBER_DIGITS, 8).hint(say::HINT_OTHER),
        ]);
        Self { items, message: String::new(), busy: false }
    }
}

impl DrillForm {
    fn plant(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy {
            return Flow::Stay;
        }
        let Some(drill) = self.said() else {
            say::BAD_NUMBER.in_lang(desk.lang).clone_into(&mut self.message);
            return Flow::Stay;
        };
        self.busy = true;
        Flow::Effects(vec![ask(desk, Seat::Main, drill)])
    }

    fn said(&self) -> Option<PlantDrill> {
        let number = |at: usize| fold_ascii(&self.items.text(at)).trim().parse::<u32>().ok();
        let flaw = match self.items.text(OTHER).trim() {
            "" => PlantedFlaw::Address,
            _ => PlantedFlaw::Person(number(OTHER)?),
        };
        let destination = fold_ascii(self.items.text(CODE).trim()).to_ascii_uppercase();
        Some(PlantDrill { record: number(RECORD)?, destination, flaw, pages: number(PAGES)? })
    }
}

impl Screen<Counter> for DrillForm {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.plant(desk),
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
        let ops::Reply::PlantDrill(result) = *reply else { return Flow::Pass };
        self.busy = false;
        match result {
            Ok(_) => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            Err(reason) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let frame = Frame {
            title: say::FORM_TITLE.in_lang(lang),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &view.keys(SHARED_ITEMS, &[(Command::Register, say::KEY_PLANT)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        let plain = Style::new();
        put(buffer, body, body.x + 1, body.y + 1, say::FORM_NOTE.in_lang(lang), plain);
        let mut caret = body.as_position();
        for (y, at) in (body.y + 3..).step_by(2).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        caret
    }
}
