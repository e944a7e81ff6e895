//! What was done about a misdelivery: one step, to be recorded.
use super::misdelivery_form::{moment_items, read_moment, read_people};
use super::parts::{Item, Items, Step, TEXT_ITEMS, ask, message_rows};
use crate::domain::ids::IncidentId;
use crate::domain::incident::StepKind;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::japanese::width::fold_ascii;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, NoteIncidentStep, step_name};
use crate::text::{Lang, Text, common, fill, incidents as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const KIND: usize = 0;
const DAY: usize = 1;
const TIME: usize = 2;
const WHOM: usize = 3;
const WORDS: usize = 4;
const PEOPLE: usize = 5;
const WHOM_LENGTH: usize = 40;
const WORDS_LENGTH: usize = 400;
/// Kinds in one row of the explanation.
const KINDS_IN_ROW: usize = 5;

/// See the module.
pub struct IncidentStepForm {
    incident: IncidentId,
    number: u32,
    items: Items,
    message: String,
    busy: bool,
}

impl IncidentStepForm {
    pub fn new(incident: IncidentId, number: u32, now: Timestamp) -> Self {
        let [day, time] = moment_items([say::FIELD_STEP_DAY, say::FIELD_STEP_TIME], now);
        let any = Accept::Anything;
        let items = Items::new(vec![
            Item::new(say::FIELD_KIND, Accept::Digits, 1, 3).hint(say::HINT_KIND),
            day,
            time,
            Item::new(say::FIELD_WHOM, any, WHOM_LENGTH, 42).optional(),
            Item::new(say::FIELD_STEP_WORDS, any, WORDS_LENGTH, 52).optional(),
            Item::new(say::FIELD_STEP_PEOPLE, Accept::Digits, 5, 7).optional(),
        ]);
        Self { incident, number, items, message: String::new(), busy: false }
    }

    fn record(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        match self.said(desk.now.date_in_japan()) {
            Ok(step) => {
                self.busy = true;
                Flow::Effects(vec![ask(desk, Seat::Main, step)])
            }
            Err((at, why)) => {
                self.items.go_to(at);
                why.in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn said(&self, today: NaiveDate) -> Result<NoteIncidentStep, (usize, Text)> {
        let text = |at: usize| self.items.text(at);
        let people = match text(PEOPLE).trim() {
            "" => None,
            typed => Some(read_people(typed).ok_or((PEOPLE, say::BAD_PEOPLE))?),
        };
        Ok(NoteIncidentStep {
            incident: self.incident,
            kind: kind_of(&text(KIND)).ok_or((KIND, say::BAD_KIND))?,
            done_at: read_moment([DAY, TIME], text, today)?,
            whom: Personal::new(text(WHOM)),
            words: Personal::new(text(WORDS)),
            people,
        })
    }
}

/// The kind behind a digit, counted from one.
fn kind_of(typed: &str) -> Option<StepKind> {
    let number: usize = fold_ascii(typed).trim().parse().ok()?;
    StepKind::ALL.get(number.checked_sub(1)?).copied()
}

/// `1 連絡した  2 回収した ...`
fn kind_rows(lang: Lang) -> Vec<String> {
    let numbered: Vec<String> = (1..)
        .zip(StepKind::ALL)
        .map(|(number, kind)| format!("{number} {}", step_name(*kind).in_lang(lang)))
        .collect();
    numbered.chunks(KINDS_IN_ROW).map(|row| row.join("  ")).collect()
}

impl Screen<Counter> for IncidentStepForm {
    fn contexts(&self) -> &[Context] {
        TEXT_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.record(desk),
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
        let ops::Reply::NoteIncidentStep(result) = *reply else { return Flow::Pass };
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
        let message = if self.busy { say::WORKING.in_lang(lang) } else { self.message.as_str() };
        let number = format!("{:04}", self.number);
        let frame = Frame {
            title: &fill(say::FORM_TITLE.in_lang(lang), &[&number]),
            messages: &message_rows(&[say::FORM_NOTE.in_lang(lang), message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_KANA.in_lang(lang),
            fixed: &view.keys(TEXT_ITEMS, &[(Command::Register, say::KEY_RECORD)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, TEXT_ITEMS, buffer, area);
        let mut caret = body.as_position();
        for (y, row) in (body.y + 1..).zip(kind_rows(lang)) {
            put(buffer, body, body.x + 2, y, &row, Style::new());
        }
        for (y, at) in (body.y + 4..).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        caret
    }
}
