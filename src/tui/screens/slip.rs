//! A slip (伝票): some items of text below each other; F12 hands them in as one operation.
//!
//! Every slip keeps the same promises: nothing is handed in while something is missing or cannot be read, a refusal
//! leaves what was typed, F12 twice is F12 once, and what was typed is not put away without asking.
use super::parts::{Item, Items, Step, TEXT_ITEMS, ask, message_rows};
use crate::keymap::{Command, Context};
use crate::office::{Reason, ops};
use crate::text::{Lang, Text, common as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const DISCARD: char = 'D';
const KEEP: char = 'N';

/// An item that cannot be read, and why.
pub type Unreadable = (usize, Text);

/// What a slip that was taken leads to, or why it was not.
pub type Answered = Result<Effect<Counter>, Reason>;

/// What one kind of slip has of its own.
pub trait Slip: 'static {
    fn title(&self, lang: Lang) -> String;
    /// What F12 does.
    fn act(&self) -> Text;
    /// Rows above the items.
    fn above(&self, _lang: Lang) -> Vec<String> {
        Vec::new()
    }
    /// A row below the items.
    fn below(&self) -> Option<Text> {
        None
    }
    /// Where messages stand, while there is none; `at` is the item with the caret.
    fn note(&self, _at: usize, _lang: Lang) -> String {
        String::new()
    }
    /// What the items say. None that has to be there is empty.
    fn operation(&self, items: &Items, today: NaiveDate) -> Result<ops::Request, Unreadable>;
    /// What comes of the answer; `None` when it answers another operation.
    fn answered(&self, reply: ops::Reply, lang: Lang) -> Option<Answered>;
    /// Whether this refusal makes everything to be typed again.
    fn begins_again(&self, _reason: Reason) -> bool {
        false
    }
}

/// The answer to an operation after which the slip closes, and the screen below has to look again.
pub fn closed<T>(result: Result<T, Reason>) -> Option<Answered> {
    Some(result.map(|_| Effect::PopWith(Value::Changed)))
}

/// One slip being filled in.
pub struct Filling<S> {
    slip: S,
    items: Items,
    /// Whether anything was typed that would be lost.
    touched: bool,
    waiting: Option<Ticket>,
    message: String,
}

impl<S: Slip> Filling<S> {
    pub fn new(slip: S, items: Vec<Item>) -> Self {
        Self { slip, items: Items::new(items), touched: false, waiting: None, message: String::new() }
    }

    /// Begins at another item than the first.
    pub fn begin_at(mut self, at: usize) -> Self {
        self.items.go_to(at);
        self
    }

    fn hand_in(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.items.go_to_empty() {
            say::SLIP_EMPTY.in_lang(desk.lang).clone_into(&mut self.message);
            return Flow::Stay;
        }
        match self.slip.operation(&self.items, desk.now.date_in_japan()) {
            Ok(request) => {
                let effect = ask(desk, Seat::Main, request);
                if let Effect::Perform(ticket, _) = &effect {
                    self.waiting = Some(*ticket);
                }
                Flow::Effects(vec![effect])
            }
            Err((at, why)) => {
                self.items.go_to(at);
                why.in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn leave(&self, lang: Lang) -> Flow<Counter> {
        if !self.touched {
            return Flow::Effects(vec![Effect::Pop]);
        }
        let answers = [(DISCARD, say::SLIP_DISCARD), (KEEP, say::SLIP_KEEP)];
        let question = Question {
            lines: vec![say::SLIP_LEAVE.in_lang(lang).to_owned()],
            answers: answers.map(|(letter, text)| (letter, text.in_lang(lang).to_owned())).to_vec(),
            refuse: KEEP,
        };
        Flow::Effects(vec![Effect::Ask(question)])
    }
}

impl<S: Slip> Screen<Counter> for Filling<S> {
    fn contexts(&self) -> &[Context] {
        TEXT_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            _ if self.waiting.is_some() => Flow::Stay,
            Command::Register => self.hand_in(desk),
            Command::Back | Command::Cancel => self.leave(desk.lang),
            _ => match self.items.apply(command) {
                Step::Done => Flow::Stay,
                Step::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.waiting.is_none() {
            self.message.clear();
            self.touched = true;
            self.items.insert(text);
        }
        Flow::Stay
    }

    fn on_answer(&mut self, letter: char, _desk: &mut Desk<'_>) -> Flow<Counter> {
        match letter {
            DISCARD => Flow::Effects(vec![Effect::Pop]),
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.waiting != Some(ticket) {
            return Flow::Pass;
        }
        self.waiting = None;
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match self.slip.answered(*reply, desk.lang) {
            None => Flow::Pass,
            Some(Ok(effect)) => Flow::Effects(vec![effect]),
            Some(Err(reason)) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
                if self.slip.begins_again(reason) {
                    self.items.clear();
                }
                Flow::Stay
            }
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let message = match self.waiting {
            Some(_) => say::WORKING.in_lang(lang).to_owned(),
            None if self.message.is_empty() => self.slip.note(self.items.focus(), lang),
            None => self.message.clone(),
        };
        let all = [Command::NextItem, Command::Back, Command::Help];
        let frame = Frame {
            title: &self.slip.title(lang),
            messages: &message_rows(&[&message]),
            message_rows: MESSAGE_ROWS,
            status: self.items.expected().in_lang(lang),
            fixed: &view.keys(TEXT_ITEMS, &[(Command::Register, self.slip.act())]),
            // Where there is one item, there is no next.
            commands: all.get(usize::from(self.items.len() == 1)..).unwrap_or_default(),
            ..Frame::default()
        };
        let body = frame.draw(view, TEXT_ITEMS, buffer, area);
        self.draw_body(view, buffer, body)
    }
}

impl<S: Slip> Filling<S> {
    /// Airy where there is room, tight where there is none.
    fn draw_body(&self, view: &View<'_>, buffer: &mut Buffer, body: Rect) -> Position {
        let plain = Style::new();
        let (above, below) = (self.slip.above(view.lang), self.slip.below());
        let heads = u16::try_from(above.len() + usize::from(!above.is_empty())).unwrap_or(u16::MAX);
        let feet = if below.is_some() { 2 } else { 0 };
        let count = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        let needs = |step: u16| 1 + heads + count.saturating_sub(1) * step + 1 + feet;
        let step = if needs(2) <= body.height { 2 } else { 1 };
        let top = body.y + u16::from(needs(step) <= body.height);
        for (y, row) in (top..).zip(&above) {
            put(buffer, body, body.x + 1, y, row, plain);
        }
        let mut caret = body.as_position();
        let first = top + heads;
        for (y, at) in (first..).step_by(step.into()).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        if let Some(text) = below {
            let y = first + count.saturating_sub(1) * step + 2;
            put(buffer, body, body.x + 1, y, text.in_lang(view.lang), plain);
        }
        caret
    }
}
