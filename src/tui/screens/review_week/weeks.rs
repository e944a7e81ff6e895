//! The weeks that can be reviewed: how far each is, and which is late.
use super::words::short_day;
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ListReviews, WeekLine};
use crate::text::{Lang, common, fill, outbox, review_week as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::screens::listing::Listing;
use crate::tui::screens::parts::{LISTING, ask_only};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 2;
const COLUMNS: &[Column] =
    &[Column::left(10), Column::left(13), Column::left(10), Column::left(8), Column::left(30)];

/// See the module.
#[derive(Default)]
pub struct Weeks {
    /// `None` until the office has answered.
    lines: Option<Vec<WeekLine>>,
    is_asked: bool,
    list: List,
    message: String,
}

impl Weeks {
    fn lines(&self) -> &[WeekLine] {
        self.lines.as_deref().unwrap_or_default()
    }

    fn cells(line: &WeekLine, now: Timestamp, lang: Lang) -> String {
        let state = match &line.signed {
            Some(signed) => fill(say::STATE_SIGNED.in_lang(lang), &[&signed.by]),
            None if line.is_late(now) => say::STATE_LATE.in_lang(lang).to_owned(),
            None => say::STATE_OPEN.in_lang(lang).to_owned(),
        };
        let days = format!("{}-{}", short_day(line.week.monday()), short_day(line.week.sunday()));
        let progress = line.progress.map_or("-".to_owned(), |(rows, decided)| format!("{decided}/{rows}"));
        let cells = [line.week.to_string(), days, progress, short_day(line.due), state];
        row(COLUMNS, &cells.each_ref().map(String::as_str))
    }
}

impl Screen<Counter> for Weeks {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Open => match self.list.selected(self.lines().len()).and_then(|at| self.lines().get(at))
            {
                Some(line) => Flow::Effects(vec![Effect::PopWith(Value::Week(line.week))]),
                None => Flow::Stay,
            },
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines().len(), desk.body_rows(MESSAGE_ROWS)) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ListReviews(Ok(lines)) => self.lines = Some(lines),
            ops::Reply::ListReviews(Err(reason)) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        (!self.is_asked).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.is_asked = true;
        ask_only(desk, Seat::Main, ListReviews)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines().len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let listing = Listing {
            title: say::WEEKS_TITLE,
            title_right: "",
            details: &[say::WEEKS_HOW.in_lang(view.lang).to_owned(), self.message.clone()],
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &[],
            contexts: LISTING,
            counts: None,
            columns: COLUMNS,
            headings: &[
                say::COLUMN_WEEK,
                say::COLUMN_DAYS,
                say::COLUMN_PROGRESS,
                say::COLUMN_DUE,
                say::COLUMN_STATE,
            ],
            instead: if self.lines.is_some() { say::NO_WEEK } else { outbox::LOADING },
        };
        listing.draw(view, buffer, area, self.list, self.lines().len(), |at| {
            self.lines().get(at).map(|line| Self::cells(line, view.now, view.lang)).unwrap_or_default()
        })
    }
}
