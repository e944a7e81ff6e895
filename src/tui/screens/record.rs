//! A registered record to read (登録内容): every item with its value, to be corrected or sent from here.
use super::accesses::AccessList;
use super::entry::memory::SharedMemory;
use super::entry::{Entry, reason_text, say, shown_value};
use super::picker::Origin;
use super::places::{self, Place, Workplace};
use super::timeline::{Timeline, add_from};
use crate::domain::ids::RecordId;
use crate::domain::staff::Role;
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Context as FormContext, Identity, Kind, Passed, Problem};
use crate::japanese::width::fold_ascii_char;
use crate::keymap::{Command, Context};
use crate::office::ComesFrom;
use crate::office::ops::{self, NoteTranscription, RecordView, ReviseRecord, ShowRecord};
use crate::text::{Lang, common, entry as words, fill, review, timeline};
use crate::tui::counter::{Counter, Reply, Value, perform};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::frame::{self, Frame};
use crate::tui::widgets::list::List;
use crate::tui::widgets::paragraph::wrap;
use crate::tui::widgets::put;
use crate::tui::widgets::table::{Column, row as table_row};
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::rc::Rc;
use std::sync::Arc;

const CONTEXTS: &[Context] = &[Context::List, Context::Global];
const STAMPING: &[Context] = &[Context::Text, Context::Form, Context::Global];
/// As many characters as the office keeps of such a number.
const NESID_MAX: usize = 30;
const MESSAGE_ROWS: u16 = 1;
const LABEL_COLUMNS: usize = 24;
const COMMANDS: &[Command] =
    &[Command::PreviousPage, Command::NextPage, Command::SendScreen, Command::Help, Command::Back];

const COMMANDS_ALONE: &[Command] = &[Command::PreviousPage, Command::NextPage, Command::Help, Command::Back];
const ACTS: &[Command] = &[Command::Open, Command::New, Command::SendScreen, Command::Refresh];
/// In the look at a colleague's version.
const ACTS_ALONE: &[Command] = &[Command::Open, Command::Refresh];

/// See the module.
pub struct Record {
    record: RecordId,
    catalog: Arc<Catalog>,
    memory: SharedMemory,
    /// Who may open the sending panel; without it F10 is not offered.
    workplace: Option<Workplace>,
    asked: bool,
    shown: Option<Box<RecordView>>,
    list: List,
    /// The number in NESID, while it is typed.
    stamping: Option<TextField>,
    message: String,
    now: Timestamp,
}

impl Record {
    pub fn new(record: RecordId, catalog: Arc<Catalog>, memory: SharedMemory, now: Timestamp) -> Self {
        Self {
            record,
            catalog,
            memory,
            workplace: None,
            asked: false,
            shown: None,
            list: List::default(),
            stamping: None,
            message: String::new(),
            now,
        }
    }

    /// With the way to the sending panel.
    #[must_use]
    pub fn for_person(self, workplace: &Workplace) -> Self {
        Self { workplace: Some(workplace.clone()), ..self }
    }

    /// The course of the case; for people, not for the look at a colleague's version during a conflict.
    fn timeline(&self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(workplace) = &self.workplace else { return Flow::Pass };
        let timeline = Timeline::new(workplace.clone(), self.record, Arc::clone(&self.catalog), desk.now);
        Flow::Effects(vec![Effect::Push(Box::new(timeline))])
    }

    fn is_supervised(&self) -> bool {
        self.workplace.as_ref().is_some_and(|workplace| workplace.face.roles.contains(Role::Supervisor))
    }

    /// Whether it is a report of a notifiable disease: only those are copied into NESID.
    fn is_report(&self) -> bool {
        let head =
            self.shown.as_ref().and_then(|shown| self.catalog.head_of(&shown.form, shown.form_version));
        head.is_some_and(|head| head.class.is_notifiable())
    }

    /// Something that comes from this record.
    fn add(&self, desk: &Desk<'_>) -> Flow<Counter> {
        let (Some(shown), Some(_)) = (&self.shown, &self.workplace) else { return Flow::Pass };
        let Some(head) = self.catalog.head_of(&shown.form, shown.form_version) else { return Flow::Pass };
        let who = ComesFrom::new(self.record, shown.case(), shown.subject.as_ref());
        let origin = Origin { head: head.clone(), who };
        Flow::Effects(vec![Effect::Push(add_from(origin, &self.catalog, &self.memory, desk.now))])
    }

    /// A command while the number is typed.
    fn on_stamping(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(field) = &mut self.stamping else { return Flow::Pass };
        match command {
            Command::NextItem | Command::Open => {
                let reference = field.text().chars().map(fold_ascii_char).collect();
                let note = NoteTranscription { record: self.record, reference };
                Flow::Effects(vec![Effect::Perform(desk.ticket(), perform(note))])
            }
            Command::Cancel | Command::Back => {
                self.stamping = None;
                Flow::Stay
            }
            _ if field.edit(command) != Edited::NotMine => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    /// The stamp, and whether the record was corrected since.
    fn stamp(&self, lang: Lang) -> String {
        let Some(shown) = &self.shown else { return String::new() };
        let Some(stamp) = &shown.transcription else { return String::new() };
        let said = fill(timeline::NESID_IS.in_lang(lang), &[&stamp.reference, &stamp.version]);
        match stamp.version == shown.version {
            true => said,
            false => format!("{said}  {}", timeline::NESID_OLD.in_lang(lang)),
        }
    }

    /// Label and value of every item that is shown, long values on several rows.
    fn lines(&self, lang: Lang, columns: usize) -> Vec<String> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let Some(form) = self.catalog.form(&shown.form, shown.form_version) else { return Vec::new() };
        let today = self.now.date_in_japan();
        let context =
            FormContext { today: shown.registered_at.date_in_japan(), received_at: shown.intake.received_at };
        let view = form.view(&shown.values, &context);
        let mut lines = Vec::new();
        let mut page = None;
        for (item, one) in form.items.iter().zip(&view.items) {
            if !one.shown || (one.value.is_none() && matches!(item.kind, Kind::Computed { .. })) {
                continue;
            }
            if page != Some(item.page) {
                page = Some(item.page);
                let title = form.pages.get(item.page).map_or("", |page| page.title.in_lang(lang));
                lines.push(format!("-- {title}"));
            }
            let value = one.value.as_ref().map(|value| shown_value(form, item, value, today, lang));
            let mut value = value.unwrap_or_else(|| words::EMPTY.in_lang(lang).to_owned());
            if item.identity == Some(Identity::Address)
                && self.memory.borrow().gazetteer.elsewhere(&value).is_some()
            {
                value = format!("{value}  {}", words::OUTSIDE.in_lang(lang));
            }
            let label = table_row(&[Column::left(LABEL_COLUMNS)], &[item.label.in_lang(lang)]);
            let room = columns.saturating_sub(LABEL_COLUMNS + 4);
            for (at, part) in wrap(&value, room).into_iter().enumerate() {
                let head = if at == 0 { label.clone() } else { " ".repeat(LABEL_COLUMNS) };
                lines.push(format!("{head} {part}"));
            }
            for passed in shown.passed.iter().filter(|passed| passed.item == item.key) {
                let said = stood(passed, &one.problems, lang);
                let rows = wrap(&said, room).into_iter();
                lines.extend(rows.map(|part| format!("{} {part}", " ".repeat(LABEL_COLUMNS))));
            }
        }
        lines
    }

    fn title(&self, lang: Lang) -> String {
        let Some(shown) = &self.shown else { return words::RECORD_TITLE.in_lang(lang).to_owned() };
        let what = match self.catalog.head_of(&shown.form, shown.form_version) {
            Some(head) => say::form_and_class(head, lang),
            None => shown.form.clone(),
        };
        let whose = shown.comes_from.as_ref().map(|from| say::whose(from, &what, self.now, lang));
        format!("{} {:04}  {}", words::RECORD_TITLE.in_lang(lang), shown.number, whose.unwrap_or(what))
    }
}

impl Screen<Counter> for Record {
    fn contexts(&self) -> &[Context] {
        if self.stamping.is_some() { STAMPING } else { CONTEXTS }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        if self.workplace.is_none() {
            return Vec::new();
        }
        let mut words = vec![("T", timeline::KEY_TIMELINE)];
        if self.is_report() {
            words.push(("N", timeline::KEY_NESID));
        }
        if self.is_supervised() {
            words.push(("A", review::KEY_ACCESSES));
        }
        lettered(lang, &words)
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        if let Some(field) = &mut self.stamping {
            field.insert(text);
            return Flow::Stay;
        }
        match text.to_ascii_uppercase().as_str() {
            "T" => self.timeline(desk),
            "A" if self.is_supervised() => {
                Flow::Effects(vec![Effect::Push(Box::new(AccessList::new(self.record)))])
            }
            "N" if self.workplace.is_some() && self.is_report() => {
                let mut field = TextField::new(Accept::Anything, Show::Plain, NESID_MAX);
                if let Some(stamp) = self.shown.as_ref().and_then(|shown| shown.transcription.as_ref()) {
                    field.set(&stamp.reference);
                }
                self.stamping = Some(field);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn list_acts(&self) -> &[Command] {
        if self.workplace.is_some() { ACTS } else { ACTS_ALONE }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.message.clear();
        if self.stamping.is_some() {
            return self.on_stamping(command, desk);
        }
        match command {
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            Command::Open if self.shown.is_some() => {
                let revise = perform(ReviseRecord { record: self.record });
                Flow::Effects(vec![Effect::Perform(desk.ticket(), revise)])
            }
            Command::SendScreen => match &self.workplace {
                Some(workplace) => {
                    Flow::Effects(vec![Effect::Push(places::open(Place::Prepare(self.record), workplace))])
                }
                None => Flow::Stay,
            },
            Command::New => self.add(desk),
            Command::Refresh => {
                self.asked = false;
                Flow::Stay
            }
            _ => {
                let lines = self.lines(desk.lang, usize::from(desk.size.width)).len();
                if self.list.apply(command, lines, desk.body_rows(MESSAGE_ROWS)) {
                    Flow::Stay
                } else {
                    Flow::Pass
                }
            }
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(performed) = reply else {
            self.message = words::NOBODY.in_lang(desk.lang).to_owned();
            return Flow::Stay;
        };
        match *performed {
            ops::Reply::ShowRecord(Ok(shown)) => {
                self.shown = Some(Box::new(shown));
                Flow::Stay
            }
            ops::Reply::ReviseRecord(Ok(opened)) => {
                let catalog = Arc::clone(&self.catalog);
                match Entry::resume(catalog, opened, Rc::clone(&self.memory), desk.now) {
                    Some(entry) => Flow::Effects(vec![Effect::Replace(Box::new(entry))]),
                    None => {
                        self.message =
                            crate::office::Reason::FormUnknown.text().in_lang(desk.lang).to_owned();
                        Flow::Stay
                    }
                }
            }
            ops::Reply::NoteTranscription(Ok(_)) => {
                self.stamping = None;
                self.message = timeline::NESID_DONE.in_lang(desk.lang).to_owned();
                self.asked = false;
                Flow::Stay
            }
            ops::Reply::ShowRecord(Err(reason))
            | ops::Reply::ReviseRecord(Err(reason))
            | ops::Reply::NoteTranscription(Err(reason)) => {
                self.message = reason.text().in_lang(desk.lang).to_owned();
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Value::Registered(added) = value {
            let number = format!("{:04}", added.number);
            self.message = fill(common::REGISTERED.in_lang(desk.lang), &[&number]);
        }
        self.asked = false;
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        (!self.asked).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.asked = true;
        let show = perform(ShowRecord { record: self.record });
        Flow::Effects(vec![Effect::Perform(desk.ticket(), show)])
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let lines = self.lines(lang, usize::from(area.width));
        let rows = usize::from(frame::body(area, MESSAGE_ROWS).height);
        let (page, pages) = self.list.page(lines.len(), rows);
        let version = self.shown.as_ref().map(|shown| {
            let at = shown.registered_at.in_japan().format("%m-%d %H:%M").to_string();
            fill(words::RECORD_VERSION.in_lang(lang), &[&shown.version, &shown.editor, &at])
        });
        let mut fixed = view.keys(CONTEXTS, &[(Command::Open, words::RECORD_CORRECT)]);
        if self.workplace.is_some() {
            fixed.extend(view.keys(CONTEXTS, &[(Command::New, timeline::KEY_ADD)]));
            fixed.extend(self.letters(lang));
        }
        let stamping = self.stamping.is_some();
        let said = if self.message.is_empty() { self.stamp(lang) } else { self.message.clone() };
        let loading =
            if self.shown.is_none() && self.message.is_empty() { words::LOADING.in_lang(lang) } else { "" };
        let frame = Frame {
            title: &self.title(lang),
            title_right: &version.unwrap_or_default(),
            messages: &[format!("{said}{loading}")],
            message_rows: MESSAGE_ROWS,
            status: match &self.workplace {
                _ if stamping => timeline::NESID_HOW,
                Some(_) => words::RECORD_HOW,
                None => words::RECORD_HOW_ALONE,
            }
            .in_lang(lang),
            status_right: &format!("{page}/{pages}"),
            fixed: if stamping { &[] } else { &fixed },
            commands: match &self.workplace {
                _ if stamping => &[Command::NextItem, Command::Back],
                Some(_) => COMMANDS,
                None => COMMANDS_ALONE,
            },
        };
        let body = frame.draw(view, self.contexts(), buffer, area);
        let caret =
            self.list.draw(buffer, body, lines.len(), |at| lines.get(at).cloned().unwrap_or_default());
        let Some(field) = &self.stamping else { return caret };
        let line = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        put(buffer, line, line.x, line.y, &" ".repeat(usize::from(line.width)), Style::new());
        let x = put(buffer, line, line.x + 1, line.y, timeline::NESID_LABEL.in_lang(lang), Style::new()) + 1;
        let width = u16::try_from(NESID_MAX + 2).unwrap_or(line.width);
        field.draw(buffer, Rect { x, width, ..line }, Style::new())
    }
}

/// A warning that somebody let stand, and why.
fn stood(passed: &Passed, problems: &[Problem], lang: Lang) -> String {
    let warning = problems.iter().find(|problem| problem.code.as_str() == passed.code);
    let warning = warning.map_or(passed.code.as_str(), |problem| problem.text.in_lang(lang));
    let why = fill(words::REASON_IS.in_lang(lang), &[&reason_text(&passed.why, lang)]);
    format!("! {warning} {why}")
}
