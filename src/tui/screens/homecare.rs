//! Home care (在宅療養): requests to which no answer has come, the longest waiting first.
use super::labels::short_day;
use super::listing::Listing;
use super::parts::{LISTING, ask_only};
use super::picker::{Origin, Picker};
use super::places::Workplace;
use super::results::Results;
use super::worklist::columns::state_word;
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Usage};
use crate::keymap::{Command, Context};
use crate::office::ComesFrom;
use crate::office::ops::{self, ListInstitutions, ListUnanswered, RecordLine};
use crate::text::{Lang, common, fill, homecare as words};
use crate::tui::counter::{Counter, Reply, Request, Seat, Value, perform};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::rc::Rc;
use std::sync::Arc;

const MESSAGE_ROWS: u16 = 2;
const HEADING_ROWS: u16 = 1;
const COLUMNS: &[Column] = &[
    Column::left(4),
    Column::left(11),
    Column::left(8),
    Column::left(20),
    Column::left(18),
    Column::left(10),
];
/// After this long somebody has to telephone.
const PATIENCE_HOURS: i64 = 24;
const HOUR_US: i64 = 3_600_000_000;

/// See the module.
pub struct HomeCare {
    workplace: Workplace,
    catalog: Option<Arc<Catalog>>,
    fresh: bool,
    lines: Vec<RecordLine>,
    list: List,
    message: String,
    now: Timestamp,
}

impl HomeCare {
    pub fn new(workplace: Workplace) -> Self {
        let now = workplace.face.signed_in_at;
        Self {
            workplace,
            catalog: None,
            fresh: true,
            lines: Vec::new(),
            list: List::default(),
            message: String::new(),
            now,
        }
    }

    fn selected(&self) -> Option<&RecordLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn take(&mut self, lines: Vec<RecordLine>) {
        let chosen = self.selected().map(|line| line.record);
        self.lines = lines;
        self.list.follow(self.lines.iter().position(|line| Some(line.record) == chosen));
    }

    /// The answer that came: a record that belongs to the request.
    fn answer(&self, now: Timestamp) -> Flow<Counter> {
        let (Some(line), Some(catalog)) = (self.selected(), &self.catalog) else { return Flow::Stay };
        let Some(head) = catalog.head_of(&line.form, line.form_version) else { return Flow::Stay };
        let who = ComesFrom::new(line.record, line.case(), line.subject.as_ref());
        let origin = Origin { head: head.clone(), who };
        let memory = Rc::clone(&self.workplace.memory);
        let picker = Picker::new(Some(Arc::clone(catalog)), Usage::new(), memory, now);
        Flow::Effects(vec![Effect::Push(Box::new(picker.answering(origin)))])
    }

    fn open(&self, now: Timestamp) -> Flow<Counter> {
        let (Some(line), Some(catalog)) = (self.selected(), &self.catalog) else { return Flow::Stay };
        let memory = Rc::clone(&self.workplace.memory);
        let record = super::record::Record::new(line.record, Arc::clone(catalog), memory, now);
        Flow::Effects(vec![Effect::Push(Box::new(record.for_person(&self.workplace)))])
    }

    fn hours(&self, line: &RecordLine) -> i64 {
        (self.now.micros() - line.intake.received_at.micros()) / HOUR_US
    }

    fn cells(&self, line: &RecordLine, lang: Lang) -> String {
        let at = line.intake.received_at;
        let hours = self.hours(line);
        let waits = match hours {
            0..=47 => fill(words::HOURS.in_lang(lang), &[&hours]),
            _ => fill(words::DAYS.in_lang(lang), &[&(hours / 24)]),
        };
        let mark = if hours > PATIENCE_HOURS { "!" } else { "" };
        let head = self.catalog.as_ref().and_then(|c| c.head_of(&line.form, line.form_version));
        let title = head.map_or(line.form.as_str(), |head| head.short_title().in_lang(lang));
        let who = line.subject.as_ref().map(|subject| subject.expose().name.clone()).unwrap_or_default();
        let cells = [
            format!("{:04}", line.number),
            format!("{:>5} {}", short_day(at), at.in_japan().format("%H:%M")),
            format!("{mark}{waits}"),
            title.to_owned(),
            who,
            state_word(&line.state).in_lang(lang).to_owned(),
        ];
        row(COLUMNS, &cells.each_ref().map(String::as_str))
    }
}

impl Screen<Counter> for HomeCare {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::New, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.message.clear();
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => self.open(desk.now),
            Command::New => self.answer(desk.now),
            Command::Refresh => ask_only(desk, Seat::Main, ListUnanswered),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("S", words::KEY_RESULTS)])
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (text.to_ascii_uppercase().as_str(), &self.catalog) {
            ("S", Some(catalog)) => {
                let results = Results::new(Arc::clone(catalog), desk.now.date_in_japan());
                Flow::Effects(vec![Effect::Push(Box::new(results))])
            }
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.message.clear();
        if let Value::Registered(registered) = value {
            let number = format!("{:04}", registered.number);
            self.message = fill(common::REGISTERED.in_lang(desk.lang), &[&number]);
        }
        ask_only(desk, Seat::Main, ListUnanswered)
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        match reply {
            Reply::Forms(catalog, gazetteer) => {
                self.catalog = Some(catalog);
                self.workplace.memory.borrow_mut().gazetteer = gazetteer;
            }
            Reply::Performed(reply) => match *reply {
                ops::Reply::ListInstitutions(Ok(rows)) => {
                    self.workplace.memory.borrow_mut().institutions = rows;
                }
                // Without the register institutions are typed.
                ops::Reply::ListInstitutions(Err(_)) => {}
                ops::Reply::ListUnanswered(Ok(lines)) => self.take(lines),
                ops::Reply::ListUnanswered(Err(reason)) => {
                    self.message = reason.text().in_lang(desk.lang).to_owned();
                }
                _ => return Flow::Pass,
            },
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        self.now = desk.now;
        let forms = Effect::Perform(desk.ticket(), Request::Forms);
        let register = Effect::Perform(desk.ticket(), perform(ListInstitutions));
        let Flow::Effects(mut effects) = ask_only(desk, Seat::Main, ListUnanswered) else {
            return Flow::Stay;
        };
        effects.extend([forms, register]);
        Flow::Effects(effects)
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let late = self.lines.iter().filter(|line| self.hours(line) > PATIENCE_HOURS).count();
        let count = fill(words::COUNT.in_lang(lang), &[&self.lines.len(), &late]);
        let second = match self.message.as_str() {
            "" => words::HOW.in_lang(lang).to_owned(),
            said => said.to_owned(),
        };
        let mut keys =
            view.keys(LISTING, &[(Command::Open, common::KEY_OPEN), (Command::New, words::KEY_ANSWER)]);
        keys.extend(self.letters(lang));
        let listing = Listing {
            title: words::TITLE,
            title_right: &format!("{} {}", self.workplace.face.number, self.workplace.face.name),
            details: &[count, second],
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &keys,
            contexts: LISTING,
            counts: None,
            columns: COLUMNS,
            headings: &[
                words::COLUMN_NUMBER,
                words::COLUMN_AT,
                words::COLUMN_WAITS,
                words::COLUMN_FORM,
                words::COLUMN_WHO,
                words::COLUMN_STATE,
            ],
            instead: if self.fresh { words::LOADING } else { words::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map_or_else(String::new, |line| self.cells(line, lang))
        })
    }
}

#[cfg(test)]
mod tests;
