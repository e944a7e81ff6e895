//! Drills (抜き打ち訓練): what supervisors planted, and whether it was noticed.
use super::drill_form::DrillForm;
use super::listing::Listing;
use super::parts::{LISTING, ask_only, short_time};
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Context};
use crate::office::Face;
use crate::office::ops::{self, DrillLine, DrillStanding, Flaw, ListDrills};
use crate::text::{Lang, Text, common, drills as say, fill};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 2;
/// The counts and the heads of the columns.
const HEADING_ROWS: u16 = 2;
const COLUMNS: &[Column] = &[
    Column::left(7),
    Column::left(12),
    Column::left(14),
    Column::left(13),
    Column::left(12),
    Column::left(13),
];

/// See the module.
pub struct Drills {
    face: Face,
    fresh: bool,
    lines: Vec<DrillLine>,
    /// When the lines were read: times of today are shown as times.
    read_at: Timestamp,
    list: List,
    message: String,
}

impl Drills {
    pub fn new(face: Face) -> Self {
        let read_at = face.signed_in_at;
        Self { face, fresh: true, lines: Vec::new(), read_at, list: List::default(), message: String::new() }
    }

    fn cells(&self, line: &DrillLine, lang: Lang) -> String {
        let cells = [
            &format!("T-{:04}", line.number),
            &short_time(line.planted_at, self.read_at),
            &line.planted_by_name,
            flaw_text(line.flaw).in_lang(lang),
            standing_text(line.standing).in_lang(lang),
            line.second_name.as_deref().unwrap_or("-"),
        ];
        row(COLUMNS, &cells)
    }
}

const fn flaw_text(flaw: Flaw) -> Text {
    match flaw {
        Flaw::Address => say::FLAW_ADDRESS,
        Flaw::Person => say::FLAW_PERSON,
    }
}

const fn standing_text(standing: DrillStanding) -> Text {
    match standing {
        DrillStanding::Waiting => say::RESULT_WAITING,
        DrillStanding::Noticed => say::RESULT_CAUGHT,
        DrillStanding::Missed => say::RESULT_MISSED,
        DrillStanding::Unseen => say::RESULT_ENDED,
    }
}

impl Screen<Counter> for Drills {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Refresh => ask_only(desk, Seat::Main, ListDrills),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("N", say::KEY_PLANT)])
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        match text.to_ascii_uppercase().as_str() {
            "N" => {
                self.message.clear();
                Flow::Effects(vec![Effect::Push(Box::new(DrillForm::default()))])
            }
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => ask_only(desk, Seat::Main, ListDrills),
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        let refused = match *reply {
            ops::Reply::ListDrills(Ok(lines)) => {
                self.lines = lines;
                self.list.follow(None);
                self.read_at = desk.now;
                return Flow::Stay;
            }
            ops::Reply::ListDrills(Err(reason)) => reason,
            _ => return Flow::Pass,
        };
        refused.text().in_lang(desk.lang).clone_into(&mut self.message);
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        ask_only(desk, Seat::Main, ListDrills)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let count = |standing| self.lines.iter().filter(|line| line.standing == standing).count();
        let counts = fill(
            say::COUNTS.in_lang(lang),
            &[
                &self.lines.len(),
                &count(DrillStanding::Noticed),
                &count(DrillStanding::Missed),
                &count(DrillStanding::Waiting),
            ],
        );
        let how = if self.message.is_empty() { say::HOW.in_lang(lang) } else { self.message.as_str() };
        let listing = Listing {
            title: say::TITLE,
            title_right: &format!("{} {}", self.face.number, self.face.name),
            details: &[how.to_owned()],
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &self.letters(lang),
            contexts: LISTING,
            counts: Some(&counts),
            columns: COLUMNS,
            headings: &[
                say::COLUMN_NUMBER,
                say::COLUMN_PLANTED,
                say::COLUMN_BY,
                say::COLUMN_FLAW,
                say::COLUMN_RESULT,
                say::COLUMN_SECOND,
            ],
            instead: if self.fresh { say::LOADING } else { say::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map(|line| self.cells(line, lang)).unwrap_or_default()
        })
    }
}
