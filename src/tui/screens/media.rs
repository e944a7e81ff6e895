//! The register of media (媒体管理簿): what is out of the house, who allowed it and why, what came back.
use super::listing::Listing;
use super::parts::{LISTING, ask_only, short_time};
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Context};
use crate::office::Face;
use crate::office::ops::{self, ListMedia, MediumLine, ReturnMedium};
use crate::text::{Lang, common, fill, media as say};
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
    Column::left(14),
    Column::left(22),
    Column::left(12),
    Column::left(10),
    Column::left(9),
];

/// See the module.
pub struct Media {
    face: Face,
    fresh: bool,
    lines: Vec<MediumLine>,
    /// When the lines were read: times of today are shown as times.
    read_at: Timestamp,
    list: List,
    message: String,
}

impl Media {
    pub fn new(face: Face) -> Self {
        let read_at = face.signed_in_at;
        Self { face, fresh: true, lines: Vec::new(), read_at, list: List::default(), message: String::new() }
    }

    fn selected(&self) -> Option<&MediumLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn cells(&self, line: &MediumLine, lang: Lang) -> String {
        let hidden = say::HIDDEN.in_lang(lang);
        let back = match &line.returned {
            Some((_, at)) => short_time(*at, self.read_at),
            None => say::OUT.in_lang(lang).to_owned(),
        };
        let cells = [
            &format!("T-{:04}", line.number),
            line.medium.as_deref().unwrap_or(hidden),
            line.reason.expose(),
            &line.approved_by_name,
            &short_time(line.approved_at, self.read_at),
            &back,
        ];
        row(COLUMNS, &cells)
    }
}

impl Screen<Counter> for Media {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Refresh => ask_only(desk, Seat::Main, ListMedia),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("T", say::KEY_BACK)])
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (text.to_ascii_uppercase().as_str(), self.selected()) {
            ("T", Some(line)) => ask_only(desk, Seat::Main, ReturnMedium { transmission: line.transmission }),
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => ask_only(desk, Seat::Main, ListMedia),
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        let refused = match *reply {
            ops::Reply::ListMedia(Ok(lines)) => {
                self.lines = lines;
                self.list.follow(None);
                self.read_at = desk.now;
                return Flow::Stay;
            }
            ops::Reply::ListMedia(Err(reason)) => reason,
            ops::Reply::ReturnMedium(Ok(())) => {
                say::BACK_NOW.in_lang(desk.lang).clone_into(&mut self.message);
                return ask_only(desk, Seat::Main, ListMedia);
            }
            ops::Reply::ReturnMedium(Err(reason)) => reason,
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
        ask_only(desk, Seat::Main, ListMedia)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let out = self.lines.iter().filter(|line| line.returned.is_none()).count();
        let counts = fill(say::COUNTS.in_lang(lang), &[&self.lines.len(), &out]);
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
                say::COLUMN_MEDIUM,
                say::COLUMN_WHY,
                say::COLUMN_BY,
                say::COLUMN_SINCE,
                say::COLUMN_BACK,
            ],
            instead: if self.fresh { say::LOADING } else { say::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map(|line| self.cells(line, lang)).unwrap_or_default()
        })
    }
}
