//! The second person proves to be at the keyboard: for this one confirmation.
use super::super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use super::Case;
use super::blind::Blind;
use crate::domain::ids::TransmissionId;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, BeginConfirmation, Proof};
use crate::office::{Credentials, Face};
use crate::text::{Lang, Text, common, outbox as say};
use crate::tui::counter::{Arrival, Counter, Reply, Request, Seat};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::text_field::Accept;
use crate::tui::widgets::{hints, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const NUMBER_LENGTH: usize = 8;
const PASSWORD_LENGTH: usize = 256;
const CODE_LENGTH: usize = 6;

/// See the module.
pub struct Identify {
    case: Case,
    items: Items,
    message: String,
    busy: bool,
}

impl Identify {
    /// A colleague steps to the sender's terminal.
    pub fn on_the_spot(transmission: TransmissionId, number: u32) -> Self {
        Self::with(Case { seat: Seat::Second, transmission, number, confirmer: String::new() })
    }

    /// From the outbox, in the confirmer's own session.
    pub fn in_own_session(transmission: TransmissionId, number: u32, me: &Face) -> Self {
        let confirmer = format!("{} {}", me.number, me.name);
        Self::with(Case { seat: Seat::Main, transmission, number, confirmer })
    }

    /// The evidence is gone; says why.
    pub(super) fn again(case: &Case, why: Text, lang: Lang) -> Self {
        let confirmer = if case.seat == Seat::Main { case.confirmer.clone() } else { String::new() };
        let mut screen = Self::with(Case { confirmer, ..case.clone() });
        screen.message = why.in_lang(lang).to_owned();
        screen
    }

    fn with(case: Case) -> Self {
        let mut items = vec![
            Item::masked(say::FIELD_PASSWORD, PASSWORD_LENGTH, 34),
            Item::new(say::FIELD_CODE, Accept::Digits, CODE_LENGTH, 10).hint(say::HINT_FRESH),
        ];
        if case.seat == Seat::Second {
            items.insert(0, Item::new(say::FIELD_NUMBER, Accept::Digits, NUMBER_LENGTH, 12));
        }
        Self { case, items: Items::new(items), message: String::new(), busy: false }
    }

    fn begin(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        self.busy = true;
        self.message.clear();
        match self.case.seat {
            Seat::Second | Seat::Supervisor => {
                let credentials = Credentials {
                    number: self.items.text(0),
                    password: self.items.secret(1),
                    code: self.items.secret(2),
                };
                let request = Request::SignIn { seat: self.case.seat, credentials };
                Flow::Effects(vec![Effect::Perform(desk.ticket(), request)])
            }
            Seat::Main => {
                let proof = Proof::Again { password: self.items.secret(0), code: self.items.secret(1) };
                self.ask_to_begin(proof, desk)
            }
        }
    }

    fn ask_to_begin(&self, proof: Proof, desk: &mut Desk<'_>) -> Flow<Counter> {
        let begin = BeginConfirmation { transmission: self.case.transmission, proof };
        Flow::Effects(vec![ask(desk, self.case.seat, begin)])
    }

    fn refuse(&mut self, why: Text, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.busy = false;
        self.items.clear();
        self.message = why.in_lang(desk.lang).to_owned();
        if self.case.seat == Seat::Second {
            self.case.confirmer.clear();
        }
        match self.case.leave(desk) {
            effects if effects.is_empty() => Flow::Stay,
            effects => Flow::Effects(effects),
        }
    }
}

impl Screen<Counter> for Identify {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.begin(desk),
            Command::Back | Command::Cancel => self.case.stop(desk),
            // Enter behind the last item begins: there is nothing to look over here.
            Command::NextItem if self.items.is_last() => self.begin(desk),
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
            Reply::SignedIn(Ok(Arrival::In(face))) => {
                self.case.confirmer = format!("{} {}", face.number, face.name);
                self.ask_to_begin(Proof::JustSignedIn, desk)
            }
            Reply::SignedIn(Ok(Arrival::MustEnrol(_))) => self.refuse(say::STILL_INITIAL, desk),
            Reply::SignedIn(Err(reason)) => self.refuse(reason.text(), desk),
            Reply::NobodyThere => self.refuse(say::SEAT_LEFT, desk),
            Reply::Performed(reply) => match *reply {
                ops::Reply::BeginConfirmation(Ok(task)) => {
                    let next = Blind::new(self.case.clone(), task, desk);
                    Flow::Effects(vec![Effect::Replace(Box::new(next))])
                }
                ops::Reply::BeginConfirmation(Err(reason)) => self.refuse(reason.text(), desk),
                _ => Flow::Pass,
            },
            _ => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let fixed =
            view.keys(SHARED_ITEMS, &[(Command::Register, say::KEY_BEGIN), (Command::Back, say::KEY_STOP)]);
        let frame = Frame {
            title: &self.case.title(say::CONFIRM_TITLE, view.lang),
            title_right: &self.case.confirmer(view.lang),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(view.lang),
            fixed: &fixed,
            commands: &[Command::NextItem, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        let note = match self.case.seat {
            Seat::Second | Seat::Supervisor => say::IDENTIFY_SPOT,
            Seat::Main => say::IDENTIFY_OWN,
        };
        hints::draw(view, buffer, body);
        let plain = Style::new();
        put(buffer, body, body.x + 1, body.y + 1, note.in_lang(view.lang), plain);
        put(buffer, body, body.x + 1, body.y + 2, say::IDENTIFY_BRING.in_lang(view.lang), plain);
        let mut caret = body.as_position();
        let mut y = body.y + 4;
        for at in 0..self.items.len() {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
            y += 2;
        }
        put(buffer, body, body.x + 1, y, say::IDENTIFY_OTHER.in_lang(view.lang), plain);
        caret
    }
}
