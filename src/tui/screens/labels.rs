//! Pieces of chrome that several panels of people share.
use crate::domain::time::Timestamp;
use crate::japanese::era::{EraDate, weekday_kanji};
use crate::keymap::{Command, Context};
use crate::text::{Lang, Text, common as say, fill};
use crate::tui::screen::View;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use chrono::{Datelike as _, NaiveDate, Timelike as _};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Right end of the status row: the active keymap.
pub fn keymap_is(view: &View<'_>) -> String {
    fill(say::KEYMAP_IS.in_lang(view.lang), &[&view.chosen.title_in(view.lang)])
}

/// `令和8年7月14日(火) 09:31`, or the western date in English.
pub fn moment(at: Timestamp, lang: Lang) -> String {
    let local = at.in_japan();
    format!("{} {:02}:{:02}", day(at, lang), local.hour(), local.minute())
}

/// `令和8年7月14日(火)`
pub fn day(at: Timestamp, lang: Lang) -> String {
    let date = at.date_in_japan();
    match (lang, EraDate::from_date(date)) {
        (Lang::Ja, Some(era)) => format!("{era}({})", weekday_kanji(date)),
        _ => date.format("%Y-%m-%d (%a)").to_string(),
    }
}

/// `09:31`
pub fn clock(at: Timestamp) -> String {
    let local = at.in_japan();
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// Nothing but one sentence: while the office has what the panel showed.
pub fn only(view: &View<'_>, buffer: &mut Buffer, area: Rect, what: Text) -> Position {
    buffer.set_style(area, Style::reset());
    for y in area.top()..area.bottom() {
        put(buffer, area, area.x, y, &" ".repeat(usize::from(area.width)), Style::new());
    }
    let frame = Frame { title: what.in_lang(view.lang), commands: &[Command::Redraw], ..Frame::default() };
    let body = frame.draw(view, &[Context::Global], buffer, area);
    body.as_position()
}

/// `7/14`, as lists write it.
pub fn short_day(at: Timestamp) -> String {
    short_date(at.date_in_japan())
}

/// The same of a date.
pub fn short_date(date: NaiveDate) -> String {
    format!("{}/{}", date.month(), date.day())
}
