//! Choosing the form of a new record (疾患の選択), with the facts of its arrival above.
//!
//! A digit is searched for as long as it finds something (`o157`, `031`); otherwise it decides (`cho1`).
mod origin;

pub use self::origin::Origin;
use self::origin::Wanted;
use super::entry::memory::SharedMemory;
use super::entry::{Entry, class_name, say};
use crate::domain::intake::{Channel, Intake};
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Deadline, Form, Head, Usage};
use crate::japanese::width::fold_ascii;
use crate::keymap::key::fold_char;
use crate::keymap::{Command, Context};
use crate::text::{Lang, common, entry as words, fill};
use crate::tui::counter::{Counter, Reply, Request};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::{Frame, body};
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::table::{Column, row as table_row};
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use chrono::{NaiveDateTime, NaiveTime};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::rc::Rc;
use std::sync::Arc;

const SEARCH: &[Context] = &[Context::Picker, Context::Text, Context::Global];
const CHOICE: &[Context] = &[Context::Choice, Context::Form, Context::Global];
const TYPED: &[Context] = &[Context::Text, Context::Form, Context::Global];
const MESSAGE_ROWS: u16 = 2;
/// Intake, search field, headings.
const ROWS_ABOVE: u16 = 4;
const FIELD_X: u16 = 8;
const FIELD_COLUMNS: u16 = 24;
const FIELD_LIMIT: usize = 22;
const INTAKE_FIELD_COLUMNS: u16 = 8;
const PAGES_MAX: u16 = 999;
/// Class and date need more room in English.
const ENGLISH_COLUMNS: &[Column] = &[
    Column::left(2),
    Column::left(9),
    Column::left(4),
    Column::left(31),
    Column::left(20),
    Column::right(7),
];
const DETAIL: Column = Column::left(78);
const COLUMNS: &[Column] = &[
    Column::left(2),
    Column::left(4),
    Column::left(4),
    Column::left(34),
    Column::left(24),
    Column::right(6),
];

/// What the keys go to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Search,
    Channel,
    Pages,
    Time,
}

/// See the module.
pub struct Picker {
    catalog: Option<Arc<Catalog>>,
    asked: bool,
    usage: Usage,
    memory: SharedMemory,
    field: TextField,
    list: List,
    /// Ids of the forms found, best first.
    found: Vec<String>,
    /// Enter came before the forms did.
    decide_when_loaded: bool,
    intake: Intake,
    /// The record that the new one comes from.
    origin: Option<Origin>,
    wanted: Wanted,
    focus: Focus,
    intake_field: TextField,
    message: String,
}

impl Picker {
    /// `usage` puts the forms that this office receives most often first.
    pub fn new(catalog: Option<Arc<Catalog>>, usage: Usage, memory: SharedMemory, now: Timestamp) -> Self {
        let mut picker = Self {
            asked: catalog.is_some(),
            catalog,
            usage,
            memory,
            field: TextField::new(Accept::Anything, Show::Plain, FIELD_LIMIT),
            list: List::default(),
            found: Vec::new(),
            decide_when_loaded: false,
            intake: Intake { channel: Channel::Fax, received_at: now, pages: Some(1) },
            origin: None,
            wanted: Wanted::Anything,
            focus: Focus::Search,
            intake_field: TextField::new(
                Accept::Anything,
                Show::Plain,
                usize::from(INTAKE_FIELD_COLUMNS) - 2,
            ),
            message: String::new(),
        };
        picker.search();
        picker
    }

    fn search(&mut self) {
        self.found = self.find(&self.field.text());
        self.list = List::default();
    }

    fn find(&self, query: &str) -> Vec<String> {
        let Some(catalog) = &self.catalog else { return Vec::new() };
        self.offered(catalog, query).into_iter().map(|head| head.id.clone()).collect()
    }

    fn offered<'c>(&self, catalog: &'c Catalog, query: &str) -> Vec<&'c Head> {
        match &self.origin {
            None => catalog.find(query, &self.usage),
            Some(origin) => {
                let mut heads = catalog.find_from(&origin.head, query, &self.usage);
                heads.retain(|head| self.wanted == Wanted::Anything || head.answers);
                heads
            }
        }
    }

    fn head(&self, row: usize) -> Option<&Head> {
        self.catalog.as_ref()?.head(self.found.get(row)?)
    }

    fn form(&self, row: usize) -> Option<&Form> {
        self.catalog.as_ref()?.latest(self.found.get(row)?)
    }

    fn decide(&mut self, row: usize, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(catalog) = &self.catalog else {
            self.decide_when_loaded = true;
            return Flow::Stay;
        };
        let Some(form) = self.form(row) else { return Flow::Stay };
        let link = self.origin.as_ref().map(|origin| origin.link(&form.head));
        let entry = Entry::new(Arc::clone(catalog), form, self.intake, Rc::clone(&self.memory), desk.now);
        let entry = entry.coming_from(link);
        Flow::Effects(vec![Effect::Replace(Box::new(entry))])
    }

    fn on_search(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Cancel | Command::Back => return Flow::Effects(vec![Effect::Pop]),
            Command::Open => {
                let row = self.list.selected(self.found.len()).unwrap_or_default();
                return self.decide(row, desk);
            }
            Command::Candidates => {
                self.focus_on(Focus::Channel);
                return Flow::Stay;
            }
            _ => {}
        }
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(usize::from(ROWS_ABOVE));
        if self.list.apply(command, self.found.len(), rows) {
            return Flow::Stay;
        }
        match self.field.edit(command) {
            Edited::NotMine => Flow::Pass,
            Edited::Changed => {
                self.search();
                Flow::Stay
            }
            _ => Flow::Stay,
        }
    }

    fn on_intake(&mut self, command: Command, desk: &Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        match command {
            Command::Cancel | Command::Back => self.focus_on(Focus::Search),
            Command::NextItem | Command::Candidates if self.take_intake(desk) => {
                let next = match self.focus {
                    Focus::Search => Focus::Channel,
                    Focus::Channel => Focus::Pages,
                    Focus::Pages => Focus::Time,
                    Focus::Time => Focus::Search,
                };
                self.focus_on(next);
            }
            Command::PreviousItem if self.take_intake(desk) => {
                let previous = match self.focus {
                    Focus::Search | Focus::Channel => Focus::Search,
                    Focus::Pages => Focus::Channel,
                    Focus::Time => Focus::Pages,
                };
                self.focus_on(previous);
            }
            Command::NextItem | Command::PreviousItem | Command::Candidates => {
                self.message = words::INTAKE_BAD.in_lang(desk.lang).to_owned();
            }
            _ if self.focus == Focus::Channel => return Flow::Pass,
            _ if self.intake_field.edit(command) == Edited::NotMine => return Flow::Pass,
            _ => {}
        }
        Flow::Stay
    }

    fn focus_on(&mut self, focus: Focus) {
        self.focus = focus;
        self.intake_field.set("");
    }

    /// Makes the typed text part of the intake; empty text leaves it. False: it cannot be read.
    fn take_intake(&mut self, desk: &Desk<'_>) -> bool {
        let typed = self.intake_field.text();
        let typed = fold_ascii(typed.trim()).into_owned();
        if typed.is_empty() {
            return true;
        }
        match self.focus {
            Focus::Pages => match typed.parse::<u16>().ok().filter(|pages| *pages <= PAGES_MAX) {
                Some(pages) => self.intake.pages = (pages > 0).then_some(pages),
                None => return false,
            },
            Focus::Time => {
                let at = time_of(&typed).map(|time| today_at(desk.now, time));
                match at.filter(|at| *at <= desk.now) {
                    Some(at) => self.intake.received_at = at,
                    None => return false,
                }
            }
            Focus::Search | Focus::Channel => {}
        }
        true
    }

    fn choose_channel(&mut self, text: &str, desk: &Desk<'_>) {
        let digit = text.chars().next().map(fold_char).and_then(|c| c.to_digit(10));
        let chosen = digit
            .and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1))
            .and_then(|at| Channel::ALL.get(at).copied());
        match chosen {
            Some(channel) => {
                self.intake.channel = channel;
                let on_paper = matches!(channel, Channel::Fax | Channel::Paper);
                self.intake.pages = on_paper.then_some(self.intake.pages.unwrap_or(1));
                self.message.clear();
                self.focus_on(Focus::Pages);
            }
            None => self.message = say::no_such_answer(&format!("1-{}", Channel::ALL.len()), desk.lang),
        }
    }

    fn messages(&self, lang: Lang) -> [String; 2] {
        if self.focus != Focus::Search {
            return [words::INTAKE_HINT.in_lang(lang).to_owned(), self.message.clone()];
        }
        let chosen = self.list.selected(self.found.len()).and_then(|row| self.form(row));
        let detail = chosen.map(|form| {
            let (items, required) = form.extent();
            let aliases = form.head.aliases.join(" ");
            let title = form.head.short_title().in_lang(lang);
            let detail = words::PICKER_DETAIL.in_lang(lang);
            let detail = fill(detail, &[&title, &aliases, &items, &required]);
            table_row(&[DETAIL], &[&detail])
        });
        [detail.unwrap_or_default(), words::PICKER_DECIDE.in_lang(lang).to_owned()]
    }

    fn row_text(&self, at: usize, lang: Lang) -> String {
        let Some(head) = self.head(at) else { return String::new() };
        let key = if at < 9 { (at + 1).to_string() } else { String::new() };
        table_row(
            if lang == Lang::En { ENGLISH_COLUMNS } else { COLUMNS },
            &[
                &key,
                class_name(head.class).in_lang(lang),
                &head.number,
                head.short_title().in_lang(lang),
                &head.kana,
                &due_shown(head, lang),
            ],
        )
    }

    fn draw_intake(&self, lang: Lang, buffer: &mut Buffer, area: Rect) -> Option<Position> {
        let plain = Style::new();
        let label = match self.focus {
            Focus::Search => {
                put(buffer, area, area.x + 1, area.y, &say::intake(&self.intake, lang), plain);
                return None;
            }
            Focus::Channel => words::INTAKE_CHANNEL,
            Focus::Pages => words::INTAKE_PAGES,
            Focus::Time => words::INTAKE_TIME,
        };
        put(buffer, area, area.x, area.y, ">", plain);
        let x = put(buffer, area, area.x + 1, area.y, label.in_lang(lang), plain) + 2;
        if self.focus == Focus::Channel {
            let mut next = x;
            let mut caret = Position::new(x, area.y);
            for (at, one) in Channel::ALL.into_iter().enumerate() {
                let name = say::channel(one).in_lang(lang);
                let chosen = one == self.intake.channel;
                let text =
                    if chosen { format!("[{} {name}]", at + 1) } else { format!(" {} {name} ", at + 1) };
                if chosen {
                    caret = Position::new(next, area.y);
                }
                next = put(buffer, area, next, area.y, &text, plain) + 1;
            }
            return Some(caret);
        }
        let field = Rect { x, width: INTAKE_FIELD_COLUMNS, height: 1, ..area };
        let caret = self.intake_field.draw(buffer, field, plain);
        let now = match self.focus {
            Focus::Pages => self.intake.pages.map_or_else(|| "-".to_owned(), |pages| pages.to_string()),
            _ => self.intake.received_at.in_japan().format("%m-%d %H:%M").to_string(),
        };
        put(buffer, area, x + INTAKE_FIELD_COLUMNS + 1, area.y, &now, plain);
        Some(caret)
    }
}

impl Screen<Counter> for Picker {
    fn contexts(&self) -> &[Context] {
        match self.focus {
            Focus::Search => SEARCH,
            Focus::Channel => CHOICE,
            Focus::Pages | Focus::Time => TYPED,
        }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.focus {
            Focus::Search => self.on_search(command, desk),
            _ => self.on_intake(command, desk),
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.focus {
            Focus::Search => {}
            Focus::Channel => {
                self.choose_channel(text, desk);
                return Flow::Stay;
            }
            Focus::Pages | Focus::Time => {
                self.intake_field.insert(text);
                return Flow::Stay;
            }
        }
        let digit = match text.chars().next().map(fold_char).and_then(|c| c.to_digit(10)) {
            Some(digit @ 1..) if text.chars().count() == 1 => usize::try_from(digit).ok(),
            _ => None,
        };
        if let Some(row) = digit.and_then(|digit| digit.checked_sub(1))
            && self.catalog.is_some()
            && self.find(&format!("{}{text}", self.field.text())).is_empty()
            && row < self.found.len()
        {
            return self.decide(row, desk);
        }
        self.field.insert(text);
        self.search();
        Flow::Stay
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Forms(catalog, gazetteer) = reply else { return Flow::Pass };
        self.catalog = Some(catalog);
        self.memory.borrow_mut().gazetteer = gazetteer;
        self.search();
        if self.decide_when_loaded { self.decide(0, desk) } else { Flow::Stay }
    }

    fn deadline_us(&self) -> Option<u64> {
        (!self.asked).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.asked = true;
        Flow::Effects(vec![Effect::Perform(desk.ticket(), Request::Forms)])
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        match self.focus {
            Focus::Search => spoken.in_search(self.list, self.found.len()),
            _ => spoken.in_item(),
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let all = self.catalog.as_ref().map_or(0, |catalog| self.offered(catalog, "").len());
        let intake_key = view.keys(SEARCH, &[(Command::Candidates, words::PICKER_INTAKE_KEY)]);
        let searching = self.focus == Focus::Search;
        let adding = self.origin.is_some();
        let frame = Frame {
            title: &self.title(lang),
            title_right: if adding { words::ADD_CHOOSE } else { words::PICKER_TITLE }.in_lang(lang),
            messages: &self.messages(lang),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            status_right: &fill(words::PICKER_COUNT.in_lang(lang), &[&self.found.len(), &all]),
            fixed: if searching { &intake_key } else { &[] },
            commands: if searching {
                &[Command::Open, Command::Back, Command::PreviousPage, Command::NextPage, Command::Help]
            } else {
                &[Command::NextItem, Command::Back, Command::Help]
            },
        };
        frame.draw(view, self.contexts(), buffer, area);
        let body = body(area, MESSAGE_ROWS);
        let on_intake = self.draw_intake(lang, buffer, body);
        let y = body.y + 1;
        put(buffer, body, body.x + 1, y, words::PICKER_PROMPT.in_lang(lang), Style::new());
        let field = Rect { x: body.x + FIELD_X, y, width: FIELD_COLUMNS, height: 1 };
        let on_search = self.field.draw(buffer, field, Style::new());
        let how_x = body.x + FIELD_X + FIELD_COLUMNS + 2;
        put(buffer, body, how_x, y, words::PICKER_HOW.in_lang(lang), Style::new());
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x, y + 2, words::PICKER_HEAD.in_lang(lang), bold);
        let rows = Rect { y: body.y + ROWS_ABOVE, height: body.height.saturating_sub(ROWS_ABOVE), ..body };
        if self.found.is_empty() {
            let why = if self.catalog.is_some() { words::PICKER_NONE } else { words::PICKER_LOADING };
            put(buffer, rows, rows.x + 1, rows.y, why.in_lang(lang), Style::new());
        }
        self.list.draw(buffer, rows, self.found.len(), |at| self.row_text(at, lang));
        on_intake.unwrap_or(on_search)
    }
}

/// `直ちに` or `7日`.
pub fn due_shown(head: &Head, lang: Lang) -> String {
    match &head.deadline {
        Deadline::None => String::new(),
        Deadline::Immediately => words::AT_ONCE.in_lang(lang).to_owned(),
        Deadline::Days { days, .. } => fill(words::DAYS.in_lang(lang), &[days]),
    }
}

/// `912`, `0912` or `09:12`.
fn time_of(text: &str) -> Option<NaiveTime> {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    let number: u32 = digits.parse().ok().filter(|_| (3..=4).contains(&digits.len()))?;
    NaiveTime::from_hms_opt(number / 100, number % 100, 0)
}

fn today_at(now: Timestamp, time: NaiveTime) -> Timestamp {
    Timestamp::from_japan(NaiveDateTime::new(now.date_in_japan(), time))
}
