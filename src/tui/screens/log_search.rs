//! What to look for in the access log: some items, all of which may stay empty.
use super::log_words;
use super::parts::{Item, Items, Step, TEXT_ITEMS, message_rows};
use crate::domain::ids::StaffNumber;
use crate::domain::sensitive::Personal;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::japanese::width::fold_ascii;
use crate::keymap::{Command, Context};
use crate::office::ops::{LogQuery, Whom};
use crate::text::{Lang, Text, fill, review as say};
use crate::tui::counter::{Counter, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::paragraph::wrap;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const WHOM: usize = 0;
const STAFF: usize = 1;
const ACTION: usize = 2;
const FROM: usize = 3;
const TO: usize = 4;
const TERMINAL: usize = 5;
const ITEMS: u16 = 6;
const WORDS_LENGTH: usize = 40;
const DAY_LENGTH: usize = 20;

/// See the module.
pub struct LogSearch {
    items: Items,
    message: String,
}

impl LogSearch {
    /// Begins with what is looked for now.
    pub fn of(query: &LogQuery) -> Self {
        let any = Accept::Anything;
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let whom = match &query.whom {
            Some(Whom::Term(term)) => term.expose().clone(),
            _ => String::new(),
        };
        let staff = query.staff.as_ref().map(ToString::to_string).unwrap_or_default();
        let terminal = query.terminal.clone().unwrap_or_default();
        let items = vec![
            Item::new(say::SEARCH_WHOM, any, WORDS_LENGTH, 30).hint(say::SEARCH_WHOM_HINT).filled(&whom),
            Item::new(say::SEARCH_STAFF, any, 8, 12).hint(say::SEARCH_STAFF_HINT).ascii().filled(&staff),
            Item::new(say::SEARCH_ACTION, any, DAY_LENGTH, 24).hint(say::SEARCH_ACTION_HINT),
            Item::new(say::SEARCH_FROM, any, DAY_LENGTH, 24)
                .hint(say::SEARCH_DAY_HINT)
                .ascii()
                .filled(&day(query.from)),
            Item::new(say::SEARCH_TO, any, DAY_LENGTH, 24)
                .hint(say::SEARCH_DAY_HINT)
                .ascii()
                .filled(&day(query.to)),
            Item::new(say::SEARCH_TERMINAL, any, DAY_LENGTH, 24)
                .hint(say::SEARCH_TERMINAL_HINT)
                .ascii()
                .filled(&terminal),
        ];
        Self { items: Items::new(items), message: String::new() }
    }

    fn search(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        match self.query(desk.now.date_in_japan()) {
            Ok(query) => Flow::Effects(vec![Effect::PopWith(Value::LogQuery(Box::new(query)))]),
            Err((at, why)) => {
                self.items.go_to(at);
                why.in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn query(&self, today: NaiveDate) -> Result<LogQuery, (usize, Text)> {
        let text = |at: usize| Some(self.items.text(at).trim().to_owned()).filter(|text| !text.is_empty());
        let staff = text(STAFF)
            .map(|typed| StaffNumber::parse(&fold_ascii(&typed)).ok_or((STAFF, say::SEARCH_NO_STAFF)));
        let actions = text(ACTION).map(|typed| {
            let found = log_words::actions_named(&typed);
            if found.is_empty() { Err((ACTION, say::SEARCH_NO_ACTION)) } else { Ok(found) }
        });
        let day = |at: usize| {
            let read = |typed: String| parse_date(&typed, &DateContext::recent(today));
            text(at).map(|typed| read(typed).map_err(|_| (at, say::SEARCH_NO_DAY))).transpose()
        };
        let (from, to) = (day(FROM)?, day(TO)?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err((TO, say::SEARCH_DAYS_TURNED));
        }
        Ok(LogQuery {
            whom: text(WHOM).map(|term| Whom::Term(Personal::new(term))),
            staff: staff.transpose()?,
            actions: actions.transpose()?.unwrap_or_default(),
            from,
            to,
            terminal: text(TERMINAL).map(|typed| fold_ascii(&typed).into_owned()),
        })
    }

    /// What the words under "action" mean.
    fn actions_row(&self, lang: Lang) -> String {
        let typed = self.items.text(ACTION);
        if typed.trim().is_empty() {
            return String::new();
        }
        let found = log_words::actions_named(typed.trim());
        if found.is_empty() {
            return say::SEARCH_NO_ACTION.in_lang(lang).to_owned();
        }
        let names = found.iter().map(|action| log_words::action(*action).in_lang(lang).replace(' ', "_"));
        format!("{} {}", say::SEARCH_ACTIONS.in_lang(lang), names.collect::<Vec<_>>().join("  "))
    }
}

/// What is looked for, in one row.
pub fn query_words(query: &LogQuery, found: Option<String>, lang: Lang) -> String {
    let day = |text: Text, day: Option<NaiveDate>| day.map(|day| fill(text.in_lang(lang), &[&day]));
    let mut parts: Vec<String> = Vec::new();
    parts.extend(query.whom.as_ref().and(found));
    parts.extend(query.staff.as_ref().map(ToString::to_string));
    parts.extend(match query.actions.len() {
        0 => None,
        1 => query.actions.first().map(|action| log_words::action(*action).in_lang(lang).to_owned()),
        count => Some(fill(say::FILTER_ACTIONS.in_lang(lang), &[&count])),
    });
    parts.extend(day(say::FILTER_FROM, query.from));
    parts.extend(day(say::FILTER_TO, query.to));
    parts.extend(query.terminal.as_ref().map(|name| fill(say::AT_TERMINAL.in_lang(lang), &[name])));
    fill(say::FILTER.in_lang(lang), &[&parts.join(" / ")])
}

impl Screen<Counter> for LogSearch {
    fn contexts(&self) -> &[Context] {
        TEXT_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        match command {
            Command::Register => self.search(desk),
            Command::NextItem if self.items.is_last() => self.search(desk),
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

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let message = match self.message.as_str() {
            "" => say::SEARCH_NOTE.in_lang(lang),
            said => said,
        };
        let frame = Frame {
            title: say::SEARCH_TITLE.in_lang(lang),
            messages: &message_rows(&[message]),
            message_rows: MESSAGE_ROWS,
            status: self.items.expected().in_lang(lang),
            fixed: &view.keys(TEXT_ITEMS, &[(Command::Register, say::SEARCH_ACT)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, TEXT_ITEMS, buffer, area);
        let mut caret = body.as_position();
        let top = body.y + 1;
        for (y, at) in (top..).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        let columns = usize::from(body.width.saturating_sub(4));
        for (y, line) in (top + ITEMS + 1..body.bottom()).zip(wrap(&self.actions_row(lang), columns)) {
            put(buffer, body, body.x + 2, y, &line.replace('_', " "), Style::new());
        }
        caret
    }
}
