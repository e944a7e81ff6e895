//! Reporting a misdelivery (誤送付): when it was noticed, how many people, what happened. F12 stops the destination.
use super::incident::IncidentCourse;
use super::parts::{Item, Items, Step, TEXT_ITEMS, ask, message_rows};
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::japanese::era::EraDate;
use crate::japanese::time_input::parse_time;
use crate::japanese::width::fold_ascii;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ReportMisdelivery, SentTo};
use crate::text::{Text, common, fill, incidents as say};
use crate::tui::counter::{Counter, Reply, Seat};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use chrono::{NaiveDate, NaiveTime};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const DAY: usize = 0;
const TIME: usize = 1;
const PEOPLE: usize = 2;
const WORDS: usize = 3;
const PEOPLE_DIGITS: usize = 5;
const WORDS_LENGTH: usize = 400;

/// See the module.
pub struct MisdeliveryForm {
    destination: DestinationId,
    transmission: Option<TransmissionId>,
    /// What it is about: `T-0003 D014`, `D014`.
    about: String,
    code: String,
    items: Items,
    message: String,
    busy: bool,
}

impl MisdeliveryForm {
    /// About one sending.
    pub fn of_sending(id: TransmissionId, number: u32, to: &SentTo, now: Timestamp) -> Self {
        let about = format!("T-{number:04} {}", to.code);
        Self::with(to.id, Some(id), about, &to.code, now)
    }

    /// About an entry of the register: which sending it was is not known.
    pub fn of_entry(id: DestinationId, code: &str, now: Timestamp) -> Self {
        Self::with(id, None, code.to_owned(), code, now)
    }

    fn with(
        destination: DestinationId,
        transmission: Option<TransmissionId>,
        about: String,
        code: &str,
        now: Timestamp,
    ) -> Self {
        let [day, time] = moment_items([say::FIELD_DAY, say::FIELD_TIME], now);
        let mut items = Items::new(vec![
            day,
            time,
            Item::new(say::FIELD_PEOPLE, Accept::Digits, PEOPLE_DIGITS, 7).hint(say::HINT_PEOPLE),
            Item::new(say::FIELD_WORDS, Accept::Anything, WORDS_LENGTH, 52),
        ]);
        // Mostly it is noticed now, and there is no time to lose.
        items.go_to(PEOPLE);
        let (code, message) = (code.to_owned(), String::new());
        Self { destination, transmission, about, code, items, message, busy: false }
    }

    fn report(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        match self.said(desk.now.date_in_japan()) {
            Ok(report) => {
                self.busy = true;
                Flow::Effects(vec![ask(desk, Seat::Main, report)])
            }
            Err((at, why)) => {
                self.items.go_to(at);
                why.in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn said(&self, today: NaiveDate) -> Result<ReportMisdelivery, (usize, Text)> {
        let text = |at: usize| self.items.text(at);
        Ok(ReportMisdelivery {
            destination: self.destination,
            transmission: self.transmission,
            found_at: read_moment([DAY, TIME], text, today)?,
            people: read_people(&text(PEOPLE)).ok_or((PEOPLE, say::BAD_PEOPLE))?,
            words: Personal::new(text(WORDS)),
        })
    }
}

/// A day and a time below each other, both filled with now.
pub(super) fn moment_items([day, time]: [Text; 2], now: Timestamp) -> [Item; 2] {
    let today = EraDate::from_date(now.date_in_japan()).map(EraDate::compact).unwrap_or_default();
    let clock = now.in_japan().format("%H:%M").to_string();
    [
        Item::new(day, Accept::Anything, 16, 18).hint(say::HINT_DAY).filled(&today),
        Item::new(time, Accept::Anything, 8, 10).hint(say::HINT_TIME).filled(&clock),
    ]
}

/// The moment that stands in two items; else the item that cannot be read, and why.
pub(super) fn read_moment(
    [day, time]: [usize; 2],
    text: impl Fn(usize) -> String,
    today: NaiveDate,
) -> Result<Timestamp, (usize, Text)> {
    let date = parse_date(&text(day), &DateContext::recent(today)).map_err(|_| (day, say::BAD_DAY))?;
    let clock = parse_time(&text(time)).and_then(|clock| NaiveTime::parse_from_str(&clock, "%H:%M").ok());
    let clock = clock.ok_or((time, say::BAD_TIME))?;
    Ok(Timestamp::from_japan(date.and_time(clock)))
}

/// A number of people in any width.
pub(super) fn read_people(typed: &str) -> Option<u32> {
    fold_ascii(typed).trim().parse().ok()
}

impl Screen<Counter> for MisdeliveryForm {
    fn contexts(&self) -> &[Context] {
        TEXT_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.report(desk),
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
        let ops::Reply::ReportMisdelivery(result) = *reply else { return Flow::Pass };
        self.busy = false;
        match result {
            Ok(reported) => {
                Flow::Effects(vec![Effect::Replace(Box::new(IncidentCourse::new(reported.incident)))])
            }
            Err(reason) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let message = if self.busy { say::WORKING.in_lang(lang) } else { self.message.as_str() };
        let frame = Frame {
            title: &fill(say::REPORT_TITLE.in_lang(lang), &[&self.about]),
            messages: &message_rows(&[message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_KANA.in_lang(lang),
            fixed: &view.keys(TEXT_ITEMS, &[(Command::Register, say::KEY_REPORT)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, TEXT_ITEMS, buffer, area);
        let plain = Style::new();
        let effect = fill(say::REPORT_EFFECT.in_lang(lang), &[&self.code]);
        put(buffer, body, body.x + 1, body.y + 1, &effect, plain);
        put(buffer, body, body.x + 1, body.y + 2, say::REPORT_AFTER.in_lang(lang), plain);
        let mut caret = body.as_position();
        for (y, at) in (body.y + 4..).step_by(2).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        put(buffer, body, body.x + 24, body.y + 11, say::REPORT_NO_NAMES.in_lang(lang), plain);
        caret
    }
}
