//! The misdeliveries (誤送付): open ones first, with what is left of the days that the law gives.
use super::incident::{IncidentCourse, sending};
use super::labels::short_date;
use super::listing::Listing;
use super::parts::{LISTING, ask_only, day_and_time};
use crate::domain::incident::Due;
use crate::keymap::{Command, Context};
use crate::office::Face;
use crate::office::ops::{self, IncidentLine, ListIncidents};
use crate::text::{Lang, common, fill, incidents as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 2;
/// The counts and the heads of the columns.
const HEADING_ROWS: u16 = 2;
const COLUMNS: &[Column] = &[
    Column::left(5),
    Column::left(11),
    Column::left(6),
    Column::left(7),
    Column::left(7),
    Column::left(14),
    Column::left(14),
    Column::left(7),
];

/// See the module.
pub struct Incidents {
    face: Face,
    fresh: bool,
    lines: Vec<IncidentLine>,
    list: List,
    message: String,
}

impl Incidents {
    pub fn new(face: Face) -> Self {
        let list = List::default();
        Self { face, fresh: true, lines: Vec::new(), list, message: String::new() }
    }

    fn selected(&self) -> Option<&IncidentLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn open(&self) -> Flow<Counter> {
        match self.selected() {
            Some(line) => Flow::Effects(vec![Effect::Push(Box::new(IncidentCourse::new(line.id)))]),
            None => Flow::Stay,
        }
    }

    fn cells(line: &IncidentLine, lang: Lang) -> String {
        let ops::Reporting { due, preliminary, last } = line.reporting;
        let state = if line.closed.is_some() { say::CLOSED } else { say::OPEN };
        let cells = [
            &format!("{:04}", line.number),
            &day_and_time(line.found_at),
            &line.code,
            &sending(line, lang),
            &fill(say::PEOPLE.in_lang(lang), &[&line.people]),
            &with_day(preliminary, due.preliminary_until, lang),
            &with_day(last, due.final_until, lang),
            state.in_lang(lang),
        ];
        row(COLUMNS, &cells)
    }
}

/// How a report stands; while it is waited for, its last day too.
fn with_day(due: Due, until: NaiveDate, lang: Lang) -> String {
    let words = due_words(due, lang);
    if matches!(due, Due::Left(_)) { format!("{} {words}", short_date(until)) } else { words }
}

/// How a report stands.
pub(super) fn due_words(due: Due, lang: Lang) -> String {
    match due {
        Due::Done => say::DUE_DONE.in_lang(lang).to_owned(),
        Due::NotNeeded => say::DUE_NOT_NEEDED.in_lang(lang).to_owned(),
        Due::Left(0) => say::DUE_TODAY.in_lang(lang).to_owned(),
        Due::Left(days) => fill(say::DUE_LEFT.in_lang(lang), &[&days]),
        Due::Late(days) => fill(say::DUE_LATE.in_lang(lang), &[&days]),
    }
}

impl Screen<Counter> for Incidents {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => self.open(),
            Command::Refresh => ask_only(desk, Seat::Main, ListIncidents),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => ask_only(desk, Seat::Main, ListIncidents),
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ListIncidents(Ok(lines)) => {
                let chosen = self.selected().map(|line| line.id);
                self.lines = lines;
                self.list.follow(self.lines.iter().position(|line| Some(line.id) == chosen));
                Flow::Stay
            }
            ops::Reply::ListIncidents(Err(reason)) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        ask_only(desk, Seat::Main, ListIncidents)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let open = self.lines.iter().filter(|line| line.closed.is_none()).count();
        let counts = fill(say::COUNTS.in_lang(lang), &[&open, &self.lines.len()]);
        let how = if self.message.is_empty() { say::HOW.in_lang(lang) } else { self.message.as_str() };
        let listing = Listing {
            title: say::TITLE,
            title_right: &format!("{} {}", self.face.number, self.face.name),
            details: &[how.to_owned()],
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &view.keys(LISTING, &[(Command::Open, common::KEY_OPEN)]),
            contexts: LISTING,
            counts: Some(&counts),
            columns: COLUMNS,
            headings: &[
                say::COLUMN_NUMBER,
                say::COLUMN_FOUND,
                say::COLUMN_TO,
                say::COLUMN_SENDING,
                say::COLUMN_PEOPLE,
                say::COLUMN_PRELIMINARY,
                say::COLUMN_FINAL,
                say::COLUMN_STATE,
            ],
            instead: if self.fresh { say::LOADING } else { say::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map(|line| Self::cells(line, lang)).unwrap_or_default()
        })
    }
}
