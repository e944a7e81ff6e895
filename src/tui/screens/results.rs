//! The figures of a month (実績報告) as bars: counts of answers, never names.
use super::parts::{LISTING, ask_only};
use crate::form::{Catalog, Form};
use crate::keymap::{Command, Context};
use crate::office::ops::{self, CountResults, Tally};
use crate::text::{Lang, common, fill, homecare as words};
use crate::tui::counter::{Counter, Reply, Seat};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::bars::bar;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use chrono::{Datelike as _, Months, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::sync::Arc;

const MESSAGE_ROWS: u16 = 1;
const COLUMNS: &[Column] = &[Column::left(24), Column::left(6), Column::left(44)];
const BAR: usize = 40;
const COMMANDS: &[Command] =
    &[Command::First, Command::Last, Command::PreviousPage, Command::NextPage, Command::Back, Command::Help];

/// See the module.
pub struct Results {
    catalog: Arc<Catalog>,
    /// The form that is counted; the first that says what to count.
    form: Option<String>,
    /// The first day of the month shown.
    month: NaiveDate,
    asked: bool,
    tally: Option<Tally>,
    list: List,
    message: String,
}

impl Results {
    pub fn new(catalog: Arc<Catalog>, today: NaiveDate) -> Self {
        let form = catalog.forms().find(|form| form.results.is_some()).map(|form| form.head.id.clone());
        let month = today.with_day(1).unwrap_or(today);
        Self {
            catalog,
            form,
            month,
            asked: false,
            tally: None,
            list: List::default(),
            message: String::new(),
        }
    }

    fn form(&self) -> Option<&Form> {
        self.catalog.latest(self.form.as_ref()?)
    }

    fn turn(&mut self, forward: bool) -> Flow<Counter> {
        let turned = match forward {
            true => self.month.checked_add_months(Months::new(1)),
            false => self.month.checked_sub_months(Months::new(1)),
        };
        self.month = turned.unwrap_or(self.month);
        self.asked = false;
        Flow::Stay
    }

    /// Every figure: each item with its answers as bars, then the one against the other.
    fn lines(&self, lang: Lang) -> Vec<String> {
        let (Some(tally), Some(form)) = (&self.tally, self.form()) else { return Vec::new() };
        let label = |key: &str| form.item(key).map_or(key, |item| item.label.in_lang(lang)).to_owned();
        let answer = |key: &str, code: &str| -> String {
            let options = form.item(key).map_or(&[][..], |item| item.kind.options());
            let option = options.iter().find(|option| option.code == code);
            option.map_or(code, |option| option.label.in_lang(lang)).to_owned()
        };
        let mut lines = Vec::new();
        for item in &tally.items {
            lines.push(format!("-- {}", label(&item.item)));
            let most = item.answers.iter().map(|(_, count)| *count).max().unwrap_or_default();
            lines.extend(item.answers.iter().map(|(code, count)| {
                row(COLUMNS, &[&answer(&item.item, code), &format!("{count:>5}"), &bar(*count, most, BAR)])
            }));
        }
        if let Some((one, other)) = form.results.as_ref().and_then(|results| results.cross.as_ref()) {
            lines.push(format!("-- {}", fill(words::CROSS.in_lang(lang), &[&label(one), &label(other)])));
            let most = tally.cross.iter().map(|(.., count)| *count).max().unwrap_or_default();
            lines.extend(tally.cross.iter().map(|(first, second, count)| {
                let both = format!("{} {}", answer(one, first), answer(other, second));
                row(COLUMNS, &[&both, &format!("{count:>5}"), &bar(*count, most, BAR)])
            }));
        }
        lines
    }
}

impl Screen<Counter> for Results {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        let (len, rows) = (self.lines(desk.lang).len(), desk.body_rows(MESSAGE_ROWS));
        match command {
            Command::First => self.turn(false),
            Command::Last => self.turn(true),
            Command::Refresh => {
                self.asked = false;
                Flow::Stay
            }
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, len, rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::CountResults(Ok(tally)) => self.tally = Some(tally),
            ops::Reply::CountResults(Err(reason)) => {
                self.message = reason.text().in_lang(desk.lang).to_owned();
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        (!self.asked).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.asked = true;
        let Some(form) = self.form.clone() else {
            self.message = words::NO_FORM.in_lang(desk.lang).to_owned();
            return Flow::Stay;
        };
        let (year, month) = (self.month.year(), self.month.month());
        ask_only(desk, Seat::Main, CountResults { form, year, month })
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let lines = self.lines(lang);
        let total = self.tally.as_ref().map(|tally| fill(words::TOTAL.in_lang(lang), &[&tally.total]));
        let title = self.form().map_or("", |form| form.head.short_title().in_lang(lang));
        let month = fill(words::MONTH.in_lang(lang), &[&title, &self.month.format("%Y-%m")]);
        let frame = Frame {
            title: words::RESULTS_TITLE.in_lang(lang),
            title_right: &month,
            messages: &[match self.message.as_str() {
                "" => total.unwrap_or_else(|| words::LOADING.in_lang(lang).to_owned()),
                said => said.to_owned(),
            }],
            message_rows: MESSAGE_ROWS,
            status: words::RESULTS_HOW.in_lang(lang),
            status_right: common::EXPECT_ASCII.in_lang(lang),
            commands: COMMANDS,
            ..Frame::default()
        };
        let body = frame.draw(view, LISTING, buffer, area);
        self.list.draw(buffer, body, lines.len(), |at| lines.get(at).cloned().unwrap_or_default())
    }
}
