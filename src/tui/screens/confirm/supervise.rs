//! A supervisor is called to the terminal after two misses, and lets a last attempt be made.
use super::super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use super::Case;
use crate::domain::ids::TransmissionId;
use crate::keymap::{Command, Context};
use crate::office::Credentials;
use crate::office::ops::{self, AllowThirdAttempt};
use crate::text::{Text, common, outbox as say};
use crate::tui::counter::{Arrival, Counter, Reply, Request, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const NUMBER_LENGTH: usize = 8;
const PASSWORD_LENGTH: usize = 256;
const CODE_LENGTH: usize = 6;

/// See the module.
pub struct Supervise {
    title: Case,
    transmission: TransmissionId,
    items: Items,
    message: String,
    busy: bool,
}

impl Supervise {
    pub fn new(case: &Case) -> Self {
        let items = vec![
            Item::new(say::FIELD_NUMBER, Accept::Digits, NUMBER_LENGTH, 12),
            Item::masked(say::FIELD_PASSWORD, PASSWORD_LENGTH, 34),
            Item::new(say::FIELD_CODE, Accept::Digits, CODE_LENGTH, 10).hint(say::HINT_FRESH),
        ];
        let (title, transmission) = (case.clone(), case.transmission);
        Self { title, transmission, items: Items::new(items), message: String::new(), busy: false }
    }

    fn come(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        self.busy = true;
        self.message.clear();
        let credentials = Credentials {
            number: self.items.text(0),
            password: self.items.secret(1),
            code: self.items.secret(2),
        };
        let request = Request::SignIn { seat: Seat::Supervisor, credentials };
        Flow::Effects(vec![Effect::Perform(desk.ticket(), request)])
    }

    fn refuse(&mut self, why: Text, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.busy = false;
        self.items.clear();
        why.in_lang(desk.lang).clone_into(&mut self.message);
        Flow::Effects(vec![leave(desk)])
    }
}

/// A supervisor comes for one decision and goes again.
fn leave(desk: &mut Desk<'_>) -> Effect<Counter> {
    Effect::Perform(desk.ticket(), Request::Leave { seat: Seat::Supervisor })
}

impl Screen<Counter> for Supervise {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.come(desk),
            Command::NextItem if self.items.is_last() => self.come(desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![leave(desk), Effect::Pop]),
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
        match reply {
            Reply::SignedIn(Ok(Arrival::In(_))) => {
                let allow = AllowThirdAttempt { transmission: self.transmission };
                Flow::Effects(vec![ask(desk, Seat::Supervisor, allow)])
            }
            Reply::SignedIn(Ok(Arrival::MustEnrol(_))) => self.refuse(say::STILL_INITIAL, desk),
            Reply::SignedIn(Err(reason)) => self.refuse(reason.text(), desk),
            Reply::NobodyThere => self.refuse(say::SEAT_LEFT, desk),
            Reply::Performed(reply) => match *reply {
                ops::Reply::AllowThirdAttempt(Ok(())) => {
                    Flow::Effects(vec![leave(desk), Effect::PopWith(Value::Changed)])
                }
                ops::Reply::AllowThirdAttempt(Err(reason)) => self.refuse(reason.text(), desk),
                _ => Flow::Pass,
            },
            _ => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let words = [(Command::Register, say::KEY_ALLOW)];
        let frame = Frame {
            title: &self.title.title(say::SUPERVISE_TITLE, lang),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &view.keys(SHARED_ITEMS, &words),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        let plain = Style::new();
        for (y, note) in (body.y + 1..).zip([say::SUPERVISE_NOTE, say::SUPERVISE_LOOK]) {
            put(buffer, body, body.x + 1, y, note.in_lang(lang), plain);
        }
        let mut caret = body.as_position();
        for (y, at) in (body.y + 5..).step_by(2).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        caret
    }
}
