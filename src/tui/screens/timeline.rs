//! The course (経過) of a case, or of its person over all cases (T): what arrived, what was registered and what was sent,
//! in the order of the days that it is about.
use super::entry::memory::SharedMemory;
use super::entry::{say, shown_value};
use super::labels::{short_date, short_day};
use super::listing::Listing;
use super::outbox::state_name;
use super::parts::{LISTING, ask_only};
use super::picker::{Origin, Picker};
use super::places::Workplace;
use super::record::Record;
use crate::domain::ids::RecordId;
use crate::domain::link::Relation;
use crate::domain::time::Timestamp;
use crate::form::{Catalog, Usage};
use crate::keymap::{Command, Context};
use crate::office::ComesFrom;
use crate::office::ops::{self, Happened, ShowTimeline, Timeline as Case, TimelineEntry, TimelineOf};
use crate::text::{Lang, common, fill, timeline as words};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use chrono::Datelike as _;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

const MESSAGE_ROWS: u16 = 2;
const HEADING_ROWS: u16 = 1;
/// The second message row with its margins.
const DETAIL: &[Column] = &[Column::left(78)];
const COLUMNS: &[Column] =
    &[Column::left(12), Column::left(4), Column::left(24), Column::left(23), Column::left(11)];

/// See the module.
pub struct Timeline {
    workplace: Workplace,
    record: RecordId,
    of: TimelineOf,
    /// The records of the case from which a person's timeline was opened.
    below: BTreeSet<RecordId>,
    catalog: Arc<Catalog>,
    fresh: bool,
    case: Option<Case>,
    list: List,
    message: String,
    now: Timestamp,
}

impl Timeline {
    /// Of the case to which this record belongs.
    pub fn new(workplace: Workplace, record: RecordId, catalog: Arc<Catalog>, now: Timestamp) -> Self {
        Self {
            workplace,
            record,
            of: TimelineOf::Case,
            below: BTreeSet::new(),
            catalog,
            fresh: true,
            case: None,
            list: List::default(),
            message: String::new(),
            now,
        }
    }

    fn ask(&self, desk: &mut Desk<'_>) -> Flow<Counter> {
        ask_only(desk, Seat::Main, ShowTimeline { record: self.record, of: self.of })
    }

    /// From the case to its person, or to the person of the selected entry; and from a person to the case of an entry.
    /// It lies on top, so that the way back leads to where one came from.
    fn turn(&self, desk: &Desk<'_>) -> Flow<Counter> {
        let record = self.selected().map_or(self.record, |entry| entry.record);
        if self.below.contains(&record) {
            return Flow::Effects(vec![Effect::PopWith(Value::Changed)]);
        }
        let turned = Self::new(self.workplace.clone(), record, Arc::clone(&self.catalog), desk.now);
        let turned = match self.of {
            TimelineOf::Case => Self { of: TimelineOf::Person, below: self.records(), ..turned },
            TimelineOf::Person => turned,
        };
        Flow::Effects(vec![Effect::Push(Box::new(turned))])
    }

    fn records(&self) -> BTreeSet<RecordId> {
        self.entries().iter().map(|entry| entry.record).collect()
    }

    /// The selection stays on what it was on, whatever came before it meanwhile.
    fn take(&mut self, case: Case) {
        let chosen = self.selected().map(|entry| (entry.record, entry.what.clone()));
        let same = |of: &dyn Fn(&TimelineEntry) -> bool| case.entries.iter().position(of);
        let again = chosen.and_then(|(record, what)| {
            same(&|entry| entry.record == record && entry.what == what)
                .or_else(|| same(&|entry| entry.record == record))
        });
        // The newest entry is what somebody who opens a case wants to know first.
        self.list.select(again.unwrap_or_else(|| case.entries.len().saturating_sub(1)));
        self.case = Some(case);
    }

    fn entries(&self) -> &[TimelineEntry] {
        self.case.as_ref().map_or(&[], |case| &case.entries)
    }

    fn selected(&self) -> Option<&TimelineEntry> {
        self.entries().get(self.list.selected(self.entries().len())?)
    }

    /// The record of the selected entry; what is still a draft is found in the worklist.
    fn open(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(entry) = self.selected() else { return Flow::Stay };
        if !self.is_registered(entry.record) {
            self.message = words::NOT_REGISTERED.in_lang(desk.lang).to_owned();
            return Flow::Stay;
        }
        let record =
            Record::new(entry.record, Arc::clone(&self.catalog), Rc::clone(&self.workplace.memory), desk.now);
        Flow::Effects(vec![Effect::Push(Box::new(record.for_person(&self.workplace)))])
    }

    fn is_registered(&self, record: RecordId) -> bool {
        let of_it = self.entries().iter().filter(|entry| entry.record == record);
        of_it.into_iter().any(|entry| matches!(entry.what, Happened::Registered | Happened::Corrected(_)))
    }

    /// Something new that comes from the record of the selected entry.
    fn add(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let origin = self.selected().filter(|entry| self.is_registered(entry.record)).and_then(|entry| {
            let head = self.catalog.head_of(&entry.form, entry.form_version)?.clone();
            let of_all = self.case.as_ref().and_then(|case| case.subject.as_ref());
            let who = match &entry.person {
                Some(name) => ComesFrom { record: entry.record, case: entry.case, name: name.clone() },
                None => ComesFrom::new(entry.record, entry.case, of_all),
            };
            Some(Origin { head, who })
        });
        let Some(origin) = origin else {
            self.message = words::NOT_REGISTERED.in_lang(desk.lang).to_owned();
            return Flow::Stay;
        };
        Flow::Effects(vec![Effect::Push(add_from(origin, &self.catalog, &self.workplace.memory, desk.now))])
    }

    fn cells(&self, entry: &TimelineEntry, lang: Lang) -> String {
        let mark = match entry.relation {
            None => "",
            Some(Relation::Belongs) => words::BELONGS.in_lang(lang),
            Some(Relation::Became) => words::BECAME.in_lang(lang),
        };
        let head = self.catalog.head_of(&entry.form, entry.form_version);
        let title = head.map_or(entry.form.as_str(), |head| head.short_title().in_lang(lang));
        let who = entry.person.as_ref().map(|name| format!("{} ", name.expose())).unwrap_or_default();
        let says: Vec<String> = self.says(entry, lang).into_iter().map(|(_, value)| value).collect();
        let what = match (&entry.what, says.as_slice()) {
            (_, []) => self.day_item(entry, lang).unwrap_or_else(|| happened(entry, lang)),
            (Happened::Corrected(_), says) => format!("{} {}", happened(entry, lang), says.join(" ")),
            (_, says) => says.join(" "),
        };
        let cells = [
            self.when(entry),
            format!("{:04}", entry.case.number),
            format!("{mark}{who}{title}"),
            what,
            entry.by.clone(),
        ];
        row(COLUMNS, &cells.each_ref().map(String::as_str))
    }

    /// The day that the entry is about, and when it was entered: the time, or the day where that is another.
    fn when(&self, entry: &TimelineEntry) -> String {
        let (day, local) = (entry.day(), entry.at.in_japan());
        if day.year() != self.now.in_japan().year() {
            // A person comes back after years.
            return day.format("%Y-%m-%d").to_string();
        }
        match day == entry.at.date_in_japan() {
            true => format!("{:>5} {}", short_date(day), local.format("%H:%M")),
            false => format!("{:>5}({})", short_date(day), short_day(entry.at)),
        }
    }

    /// What matters in a record: label and value.
    fn says(&self, entry: &TimelineEntry, lang: Lang) -> Vec<(String, String)> {
        let Some(form) = self.catalog.form(&entry.form, entry.form_version) else { return Vec::new() };
        let today = self.now.date_in_japan();
        let said = entry.essence.iter().flat_map(|essence| &essence.says);
        said.filter_map(|(key, value)| {
            let item = form.item(key)?;
            Some((item.label.in_lang(lang).to_owned(), shown_value(form, item, value, today, lang)))
        })
        .collect()
    }

    /// A record that stands at another day than that of its registration: which day that is.
    fn day_item(&self, entry: &TimelineEntry, lang: Lang) -> Option<String> {
        let (key, day) = entry.essence.as_ref()?.on.as_ref()?;
        let form = self.catalog.form(&entry.form, entry.form_version)?;
        let label = form.item(key)?.label.in_lang(lang).to_owned();
        (*day != entry.at.date_in_japan()).then_some(label)
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let count = fill(words::COUNT.in_lang(lang), &[&self.entries().len(), &self.records().len()]);
        let said = match self.selected().filter(|_| self.message.is_empty()) {
            Some(entry) => self.in_full(entry, lang),
            None => self.message.clone(),
        };
        vec![count, said]
    }

    /// What the row of a record has no room for.
    fn in_full(&self, entry: &TimelineEntry, lang: Lang) -> String {
        if entry.essence.is_none() {
            return String::new();
        }
        let entered = entry.at.in_japan().format("%Y-%m-%d %H:%M").to_string();
        let says = self.says(entry, lang).into_iter().map(|(label, value)| format!("{label} {value}"));
        let parts: Vec<String> =
            [fill(words::ENTERED.in_lang(lang), &[&entered])].into_iter().chain(says).collect();
        row(DETAIL, &[&parts.join("  ")]).trim_end().to_owned()
    }
}

/// The picker of everything that can come from a record.
pub fn add_from(
    origin: Origin,
    catalog: &Arc<Catalog>,
    memory: &SharedMemory,
    now: Timestamp,
) -> Box<dyn Screen<Counter>> {
    let picker = Picker::new(Some(Arc::clone(catalog)), Usage::new(), Rc::clone(memory), now);
    Box::new(picker.from_record(origin))
}

fn happened(entry: &TimelineEntry, lang: Lang) -> String {
    match &entry.what {
        Happened::Arrived(channel) => {
            fill(words::ARRIVED.in_lang(lang), &[&say::channel(*channel).in_lang(lang)])
        }
        Happened::Registered => words::REGISTERED.in_lang(lang).to_owned(),
        Happened::Corrected(version) => fill(words::CORRECTED.in_lang(lang), &[version]),
        Happened::Transcribed { reference, .. } => fill(words::TRANSCRIBED.in_lang(lang), &[reference]),
        Happened::Submitted(number) => fill(words::SUBMITTED.in_lang(lang), &[number]),
        Happened::Confirmed(number) => fill(words::CONFIRMED.in_lang(lang), &[number]),
        Happened::Transmission(number, state) => {
            fill(words::STATE.in_lang(lang), &[number, &state_name(*state).in_lang(lang)])
        }
    }
}

impl Screen<Counter> for Timeline {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::New, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.message.clear();
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => self.open(desk),
            Command::New => self.add(desk),
            Command::Refresh => self.ask(desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            _ if self.list.apply(command, self.entries().len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.now = desk.now;
        self.message.clear();
        if text.eq_ignore_ascii_case("t") { self.turn(desk) } else { Flow::Pass }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Value::Registered(added) = value {
            let number = format!("{:04}", added.number);
            self.message = fill(common::REGISTERED.in_lang(desk.lang), &[&number]);
        }
        self.ask(desk)
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ShowTimeline(Ok(case)) => {
                self.take(case);
                Flow::Stay
            }
            ops::Reply::ShowTimeline(Err(reason)) => {
                self.message = reason.text().in_lang(desk.lang).to_owned();
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
        self.ask(desk)
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let case = self.case.as_ref().map(|case| {
            let name = case.subject.as_ref().map(|subject| subject.expose().name.clone()).unwrap_or_default();
            match self.of {
                TimelineOf::Case => fill(words::CASE.in_lang(lang), &[&case.case, &name]),
                TimelineOf::Person => fill(words::PERSON.in_lang(lang), &[&name]),
            }
        });
        let other = match self.of {
            TimelineOf::Case => words::KEY_PERSON,
            TimelineOf::Person => words::KEY_CASE,
        };
        let mut keys =
            view.keys(LISTING, &[(Command::Open, common::KEY_OPEN), (Command::New, words::KEY_ADD)]);
        keys.extend(lettered(lang, &[("T", other)]));
        let listing = Listing {
            title: words::TITLE,
            title_right: &case.unwrap_or_default(),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &keys,
            contexts: LISTING,
            counts: None,
            columns: COLUMNS,
            headings: &[
                words::COLUMN_AT,
                words::COLUMN_NUMBER,
                words::COLUMN_FORM,
                words::COLUMN_WHAT,
                words::COLUMN_WHO,
            ],
            instead: if self.case.is_none() { words::LOADING } else { words::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.entries().len(), |at| {
            self.entries().get(at).map_or_else(String::new, |entry| self.cells(entry, lang))
        })
    }
}

#[cfg(test)]
mod tests;
