//! The worklist (受付一覧): where a clerk's day begins and where every reception is opened.
pub mod columns;
mod counts;
mod describe;
mod search;
#[cfg(test)]
mod tests;

pub(super) use self::columns::age_and_sex;
use self::counts::Counts;
use self::search::Asked;
use super::entry::Entry;
use super::picker::Picker;
use super::places::{self, Place, Workplace};
use super::record::Record;
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Form, Head, Usage};
use crate::keymap::{Command, Context};
use crate::office::Reason;
use crate::office::ops::{
    self, ListInstitutions, OpenedDraft, RecordLine, RecordPage, RecordState, Registered, ResumeDraft,
    UndoRegistration,
};
use crate::text::{Lang, Text, common, fill, worklist as words};
use crate::tui::counter::{Counter, Reply, Request, Value, perform};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::frame::{self, Frame};
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::{Accept, Show, TextField};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::{rc::Rc, sync::Arc};

const LIST: &[Context] = &[Context::List, Context::Global];
const SEARCH: &[Context] = &[Context::Picker, Context::Text, Context::Global];
/// Two rows about the selected line and one for what has to be said.
const MESSAGE_ROWS: u16 = 3;
/// Counters, headings, a rule.
const ROWS_ABOVE: u16 = 3;
/// The paper carries the number in four digits.
const NUMBER_DIGITS: usize = 4;
/// The office takes a registration back within this time.
const UNDO_US: u64 = 30_000_000;
const SEARCH_LIMIT: usize = 30;
const SEARCH_X: u16 = 8;
const SEARCH_COLUMNS: u16 = 32;
const COMMANDS: &[Command] = &[
    Command::Open,
    Command::New,
    Command::Search,
    Command::Refresh,
    Command::PreviousPage,
    Command::NextPage,
    Command::Help,
    Command::Back,
    Command::SendScreen,
];

/// A registration that can still be taken back.
#[derive(Clone, Copy)]
struct Undoable {
    registered: Registered,
    until_us: u64,
}

/// See the module.
pub struct Worklist {
    workplace: Workplace,
    catalog: Option<Arc<Catalog>>,
    forms_asked: bool,
    list_asked: bool,
    page: Option<RecordPage>,
    counts: Counts,
    /// These are the lines of a search for this.
    found: Option<Personal<String>>,
    asked: Option<Asked>,
    list: List,
    /// Digits of a number that is being typed.
    digits: String,
    search: Option<TextField>,
    undoable: Option<Undoable>,
    /// Stands out when the lines arrive: what F10 or Enter does next is meant for it.
    wanted: Option<RecordId>,
    drafts_told: bool,
    /// Something was asked for while nobody was signed in.
    unanswered: bool,
    message: String,
    now: Timestamp,
}

impl Worklist {
    pub fn new(workplace: Workplace) -> Self {
        let now = workplace.face.signed_in_at;
        Self {
            workplace,
            catalog: None,
            forms_asked: false,
            list_asked: false,
            page: None,
            counts: Counts::default(),
            found: None,
            asked: None,
            list: List::default(),
            digits: String::new(),
            search: None,
            undoable: None,
            wanted: None,
            drafts_told: false,
            unanswered: false,
            message: String::new(),
            now,
        }
    }

    fn lines(&self) -> &[RecordLine] {
        self.page.as_ref().map_or(&[], |page| page.lines.as_slice())
    }

    fn selected(&self) -> Option<&RecordLine> {
        self.lines().get(self.list.selected(self.lines().len())?)
    }

    fn on_list(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.digits.clear();
        match command {
            Command::Open => match self.selected().cloned() {
                Some(line) => self.open(&line, desk),
                None => Flow::Stay,
            },
            Command::New => {
                let picker = Picker::new(
                    self.catalog.clone(),
                    self.usage(),
                    Rc::clone(&self.workplace.memory),
                    desk.now,
                );
                Flow::Effects(vec![Effect::Push(Box::new(picker))])
            }
            Command::Search => {
                self.search = Some(TextField::new(Accept::Anything, Show::Plain, SEARCH_LIMIT));
                Flow::Stay
            }
            Command::Refresh => self.ask_for_list(desk),
            Command::Cancel if self.sought().is_some() => self.ask_for_list(desk),
            Command::Undo => self.undo(desk),
            Command::SendScreen => {
                let place = match self.selected() {
                    Some(line) if line.state == RecordState::Registered => Place::Prepare(line.record),
                    _ => Place::Outbox,
                };
                Flow::Effects(vec![Effect::Push(places::open(place, &self.workplace))])
            }
            Command::Back => Flow::Effects(vec![Effect::Push(places::open(Place::Menu, &self.workplace))]),
            _ => {
                let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(usize::from(ROWS_ABOVE));
                if self.list.apply(command, self.lines().len(), rows) { Flow::Stay } else { Flow::Pass }
            }
        }
    }

    fn open(&mut self, line: &RecordLine, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (&line.state, line.draft) {
            (_, Some(draft)) => {
                let resume = perform(ResumeDraft { draft });
                Flow::Effects(vec![Effect::Perform(desk.ticket(), resume)])
            }
            (RecordState::DraftOther { holder }, None) if line.version == 0 => {
                self.message = fill(words::HELD_BY.in_lang(desk.lang), &[holder]);
                Flow::Stay
            }
            _ => match &self.catalog {
                Some(catalog) => {
                    let memory = Rc::clone(&self.workplace.memory);
                    let record = Record::new(line.record, Arc::clone(catalog), memory, desk.now);
                    Flow::Effects(vec![Effect::Push(Box::new(record.for_person(&self.workplace)))])
                }
                None => self.say(words::LOADING.in_lang(desk.lang)),
            },
        }
    }

    fn say(&mut self, sentence: &str) -> Flow<Counter> {
        sentence.clone_into(&mut self.message);
        Flow::Stay
    }

    fn type_number(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(digit) = text.chars().next().filter(char::is_ascii_digit) else { return Flow::Stay };
        self.digits.push(digit);
        if self.digits.len() < NUMBER_DIGITS {
            return Flow::Stay;
        }
        let typed = std::mem::take(&mut self.digits);
        // Numbers begin anew every year; the list is sorted by newness.
        let number = typed.parse().unwrap_or(0u32);
        let Some(at) = self.lines().iter().position(|line| line.number == number) else {
            return self.say(&fill(words::NO_SUCH_NUMBER.in_lang(desk.lang), &[&typed]));
        };
        self.list.select(at);
        match self.selected().cloned() {
            Some(line) => self.open(&line, desk),
            None => Flow::Stay,
        }
    }

    fn undo(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.undoable.take().filter(|undoable| desk.now_us <= undoable.until_us) {
            Some(Undoable { registered, .. }) => {
                let undo = perform(UndoRegistration { record: registered.record });
                Flow::Effects(vec![Effect::Perform(desk.ticket(), undo)])
            }
            None => self.say(words::NOTHING_TO_UNDO.in_lang(desk.lang)),
        }
    }

    fn continue_draft(
        &mut self,
        opened: Result<OpenedDraft, Reason>,
        why: Option<Text>,
        desk: &Desk<'_>,
    ) -> Flow<Counter> {
        let entry = match (opened, &self.catalog) {
            (Err(reason), _) => return self.say(reason.text().in_lang(desk.lang)),
            (Ok(_), None) => return self.say(words::LOADING.in_lang(desk.lang)),
            (Ok(opened), Some(catalog)) => {
                Entry::resume(Arc::clone(catalog), opened, Rc::clone(&self.workplace.memory), desk.now)
            }
        };
        match entry {
            Some(entry) => {
                let why = why.map(|why| why.in_lang(desk.lang).to_owned());
                Flow::Effects(vec![Effect::Push(Box::new(entry.saying(why.unwrap_or_default())))])
            }
            None => self.say(Reason::FormUnknown.text().in_lang(desk.lang)),
        }
    }

    /// How often each form stands in the list.
    fn usage(&self) -> Usage {
        let mut usage = Usage::new();
        for line in self.lines() {
            *usage.entry(line.form.clone()).or_default() += 1;
        }
        usage
    }

    fn counters(&self, lang: Lang) -> String {
        if self.found.is_some() {
            let more = self.page.as_ref().is_some_and(|page| page.more);
            let said = if more { words::FOUND_MORE } else { words::FOUND_COUNT };
            return fill(said.in_lang(lang), &[&self.lines().len()]);
        }
        let all = match &self.page {
            Some(page) if page.more => {
                fill(words::NEWEST_COUNT.in_lang(lang), &[&page.lines.len(), &page.total])
            }
            _ => fill(words::ALL_COUNT.in_lang(lang), &[&self.lines().len()]),
        };
        self.counts.shown(&all, lang)
    }

    /// Counts when lines or forms have come and when a new day begins: a key must not cost what the list is long.
    fn recount(&mut self) {
        let today = self.now.date_in_japan();
        self.counts = Counts::of(self.lines(), |line| columns::is_overdue(line, self.head_of(line), today));
    }

    fn look_at_the_clock(&mut self, now: Timestamp) {
        let before = std::mem::replace(&mut self.now, now);
        if before.date_in_japan() != now.date_in_japan() {
            self.recount();
        }
    }

    fn head_of(&self, line: &RecordLine) -> Option<&Head> {
        self.catalog.as_ref()?.head_of(&line.form, line.form_version)
    }

    fn form_of(&self, line: &RecordLine) -> Option<&Form> {
        self.catalog.as_ref()?.form(&line.form, line.form_version)
    }

    fn messages(&self, lang: Lang) -> [String; 3] {
        let today = self.now.date_in_japan();
        let mut detail = match self.selected() {
            Some(line) => columns::detail(line, self.form_of(line), today, lang),
            None => [String::new(), String::new()],
        };
        let [first, second] = &mut detail;
        [std::mem::take(first), std::mem::take(second), self.message.clone()]
    }

    fn status(&self, lang: Lang) -> String {
        if self.search.is_some() {
            return words::SEARCH_HINT.in_lang(lang).to_owned();
        }
        if !self.digits.is_empty() {
            return fill(words::NUMBER_SO_FAR.in_lang(lang), &[&self.digits]);
        }
        format!("{}  {}", common::EXPECT_ASCII.in_lang(lang), words::NUMBER_HINT.in_lang(lang))
    }
}

impl Screen<Counter> for Worklist {
    fn contexts(&self) -> &[Context] {
        if self.search.is_some() { SEARCH } else { LIST }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.look_at_the_clock(desk.now);
        self.message.clear();
        if self.search.is_some() { self.on_search(command, desk) } else { self.on_list(command, desk) }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, if self.search.is_some() { &[] } else { &[("0-9", words::KEY_NUMBER)] })
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.look_at_the_clock(desk.now);
        self.message.clear();
        match &mut self.search {
            Some(field) => {
                field.insert(text);
                Flow::Stay
            }
            None => self.type_number(text, desk),
        }
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        // A late answer to what is not asked any more is none of these.
        let asked = self.asked.take_if(|asked| asked.ticket == ticket);
        let performed = match reply {
            Reply::Forms(catalog, gazetteer) => {
                self.catalog = Some(catalog);
                self.workplace.memory.borrow_mut().gazetteer = gazetteer;
                self.recount();
                return Flow::Stay;
            }
            Reply::Performed(performed) => *performed,
            Reply::NobodyThere => {
                self.unanswered = true;
                // What was registered while it was being locked is said all the same.
                return match self.undoable {
                    Some(_) => Flow::Stay,
                    None => self.say(words::NOBODY.in_lang(desk.lang)),
                };
            }
            _ => return Flow::Pass,
        };
        match performed {
            ops::Reply::ListInstitutions(Ok(rows)) => self.workplace.memory.borrow_mut().institutions = rows,
            // Without the register institutions are typed, as they always were.
            ops::Reply::ListInstitutions(Err(_)) => {}
            ops::Reply::ListRecords(page) | ops::Reply::SearchRecords(page) => {
                if let Some(asked) = asked {
                    self.take_page(page, asked, desk.lang);
                }
            }
            ops::Reply::ResumeDraft(opened) => return self.continue_draft(opened, None, desk),
            ops::Reply::UndoRegistration(opened) => {
                return self.continue_draft(opened, Some(words::UNDONE), desk);
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.look_at_the_clock(desk.now);
        self.message.clear();
        if let Value::Registered(registered) = value {
            self.wanted = Some(registered.record);
            self.undoable = Some(Undoable { registered, until_us: desk.now_us.saturating_add(UNDO_US) });
            let number = format!("{:04}", registered.number);
            self.message = fill(words::REGISTERED_UNDO.in_lang(desk.lang), &[&number]);
            return self.ask_for_list(desk);
        }
        self.ask_again(desk)
    }

    fn on_unlock(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if !std::mem::take(&mut self.unanswered) {
            return Flow::Pass;
        }
        if self.undoable.is_none() {
            self.message.clear();
        }
        self.ask_again(desk)
    }

    /// The first frame waits for nothing: lines and forms are asked for after it.
    fn deadline_us(&self) -> Option<u64> {
        let offer = self.undoable.map(|undoable| undoable.until_us.saturating_add(1));
        if self.list_asked && self.forms_asked { offer } else { Some(0) }
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let mut effects = Vec::new();
        if !self.list_asked {
            effects.push(self.ask(None, desk));
        }
        if !self.forms_asked {
            self.forms_asked = true;
            effects.push(Effect::Perform(desk.ticket(), Request::Forms));
            effects.push(Effect::Perform(desk.ticket(), perform(ListInstitutions)));
        }
        if self.undoable.is_some_and(|undoable| desk.now_us > undoable.until_us) {
            // The sentence would promise what the office no longer does.
            self.undoable = None;
            self.message.clear();
        }
        if effects.is_empty() { Flow::Stay } else { Flow::Effects(effects) }
    }

    fn describe(&self, view: &View<'_>, spoken: &mut Spoken) {
        self.put_into_words(view.lang, spoken);
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let who = format!("{} {}", self.workplace.face.number, self.workplace.face.name);
        let right = fill(words::WHO.in_lang(lang), &[&who, &columns::moment(view.now, lang)]);
        let at = self.list.selected(self.lines().len()).map_or(0, |at| at + 1);
        let mut commands = COMMANDS.to_vec();
        if self.undoable.is_some() {
            commands.insert(0, Command::Undo);
        }
        let frame = Frame {
            title: words::TITLE.in_lang(lang),
            title_right: &right,
            messages: &self.messages(lang),
            message_rows: MESSAGE_ROWS,
            status: &self.status(lang),
            status_right: &fill(words::COUNT.in_lang(lang), &[&at, &self.lines().len()]),
            commands: &commands,
            ..Frame::default()
        };
        frame.draw(view, self.contexts(), buffer, area);
        let body = frame::body(area, MESSAGE_ROWS);
        let mut on_search = None;
        match &self.search {
            Some(field) => {
                put(buffer, body, body.x + 1, body.y, words::SEARCH.in_lang(lang), Style::new());
                let area = Rect { x: body.x + SEARCH_X, width: SEARCH_COLUMNS, height: 1, ..body };
                on_search = Some(field.draw(buffer, area, Style::new()));
            }
            None => drop(put(buffer, body, body.x + 1, body.y, &self.counters(lang), Style::new())),
        }
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x + 1, body.y + 1, &columns::heading(lang), bold);
        put(buffer, body, body.x, body.y + 2, &"-".repeat(usize::from(body.width)), Style::new());
        let rows = Rect { y: body.y + ROWS_ABOVE, height: body.height.saturating_sub(ROWS_ABOVE), ..body };
        if self.lines().is_empty() {
            let why = if self.page.is_some() { words::EMPTY } else { words::LOADING };
            put(buffer, rows, rows.x + 1, rows.y, why.in_lang(lang), Style::new());
        }
        let today = self.now.date_in_japan();
        let on_row = self.list.draw(buffer, rows, self.lines().len(), |at| match self.lines().get(at) {
            Some(line) => columns::row(line, self.form_of(line), today, lang),
            None => String::new(),
        });
        on_search.unwrap_or(on_row)
    }
}
