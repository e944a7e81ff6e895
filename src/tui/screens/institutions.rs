//! The register of institutions (医療機関台帳): those that reported last come first; found by reading, name or number.
use super::institution_form::InstitutionEntry;
use super::listing::Listing;
use super::parts::{LISTING, ask_only};
use crate::domain::institution::{Band, Contract, Institution};
use crate::japanese::era::EraDate;
use crate::japanese::kana::{Voicing, search_key};
use crate::japanese::romaji;
use crate::keymap::{Command, Context};
use crate::office::InstitutionRow;
use crate::office::ops::{self, ListInstitutions};
use crate::text::{Lang, Text, common, fill, institutions as words};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::table::{Column, row};
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 3;
const HEADING_ROWS: u16 = 1;
const SEARCH_LIMIT: usize = 20;
const SEARCHING: &[Context] = &[Context::Picker, Context::Text, Context::Global];
const COLUMNS: &[Column] =
    &[Column::left(10), Column::left(20), Column::left(12), Column::left(13), Column::left(20)];

/// See the module.
pub struct Institutions {
    fresh: bool,
    rows: Vec<InstitutionRow>,
    /// Rows that the search leaves, as indices.
    found: Vec<usize>,
    search: Option<TextField>,
    list: List,
    message: String,
    today: NaiveDate,
}

impl Institutions {
    pub fn new(today: NaiveDate) -> Self {
        Self {
            fresh: true,
            rows: Vec::new(),
            found: Vec::new(),
            search: None,
            list: List::default(),
            message: String::new(),
            today,
        }
    }

    fn selected(&self) -> Option<&InstitutionRow> {
        self.rows.get(*self.found.get(self.list.selected(self.found.len())?)?)
    }

    fn look_for(&mut self) {
        let term = self.search.as_ref().map(TextField::text).unwrap_or_default();
        let matches = |row: &InstitutionRow| begins_with(&row.institution, &term);
        self.found = self.rows.iter().enumerate().filter(|(_, row)| matches(row)).map(|(at, _)| at).collect();
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(row) = self.selected() else { return vec![self.message.clone()] };
        let Institution { doctors, contract, address, fax, .. } = &row.institution;
        let names: Vec<&str> = doctors.iter().map(|doctor| doctor.name.as_str()).collect();
        let doctors = fill(words::DOCTORS.in_lang(lang), &[&names.join("、")]);
        let contract = contract.as_ref().map(|contract| self.standing(contract, lang)).unwrap_or_default();
        let fax = if fax.is_empty() { String::new() } else { format!("  FAX {fax}") };
        let last = if self.message.is_empty() { contract } else { self.message.clone() };
        vec![format!("{address}{fax}"), doctors, last]
    }

    fn cells(&self, institution: &Institution, lang: Lang) -> String {
        let contract = institution.contract.as_ref();
        let contract = contract.map_or_else(String::new, |contract| self.period(contract, lang));
        let Institution { code, name, reading, phone, .. } = institution;
        let phone = crate::japanese::phone::Typed::read(phone).shown;
        row(COLUMNS, &[code, name, reading, &phone, &contract])
    }

    /// `R8.4.1-R9.3.31`, marked outside of it.
    fn period(&self, contract: &Contract, lang: Lang) -> String {
        let day = |date: NaiveDate| match (lang, EraDate::from_date(date)) {
            (Lang::Ja, Some(era)) => era.compact(),
            _ => date.format("%y/%m/%d").to_string(),
        };
        let holds = (contract.from..=contract.until).contains(&self.today);
        let mark = if holds { "" } else { "!" };
        format!("{mark}{}-{}", day(contract.from), day(contract.until))
    }

    /// How a contract stands today, in words.
    fn standing(&self, contract: &Contract, lang: Lang) -> String {
        let today = match () {
            () if contract.until < self.today => words::CONTRACT_OVER,
            () if self.today < contract.from => words::CONTRACT_YET,
            () => words::CONTRACT_HOLDS,
        };
        format!("{}  {}", contract_text(contract, lang), today.in_lang(lang))
    }
}

/// Whether reading, name or number begin with what was typed.
pub fn begins_with(institution: &Institution, term: &str) -> bool {
    let term = term.trim();
    let key = |text: &str| search_key(&romaji::to_katakana(text).kana, Voicing::Ignored);
    let wanted = key(term);
    let number = crate::japanese::width::fold_ascii(term);
    term.is_empty()
        || institution.name.starts_with(term)
        || institution.code.starts_with(number.as_ref())
        || !wanted.is_empty() && key(&institution.reading).starts_with(&wanted)
}

const fn band_name(band: Band) -> Text {
    match band {
        Band::Weekday => words::BAND_WEEKDAY,
        Band::Night => words::BAND_NIGHT,
        Band::Holiday => words::BAND_HOLIDAY,
    }
}

fn contract_text(contract: &Contract, lang: Lang) -> String {
    let bands: Vec<&str> = contract.bands.iter().map(|band| band_name(*band).in_lang(lang)).collect();
    let day = |date: NaiveDate| crate::tui::screens::entry::say::day(date, lang);
    fill(words::CONTRACT.in_lang(lang), &[&day(contract.from), &day(contract.until), &bands.join(" ")])
}

impl Screen<Counter> for Institutions {
    fn contexts(&self) -> &[Context] {
        if self.search.is_some() { SEARCHING } else { LISTING }
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::New, Command::Refresh, Command::Search]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        self.today = desk.now.date_in_japan();
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match (command, &mut self.search) {
            (Command::Open, Some(_)) if self.found.len() != 1 => {
                // The search stays as a filter; Enter on the list opens.
                self.search = None;
                Flow::Stay
            }
            (Command::Open, _) => match self.selected() {
                Some(row) => Flow::Effects(vec![Effect::Push(Box::new(InstitutionEntry::change(row)))]),
                None => Flow::Stay,
            },
            (Command::Back | Command::Cancel, Some(_)) => {
                self.search = None;
                self.look_for();
                Flow::Stay
            }
            (Command::Back | Command::Cancel, None) => Flow::Effects(vec![Effect::Pop]),
            (Command::Search, None) => {
                self.search = Some(TextField::new(Accept::Anything, Show::Plain, SEARCH_LIMIT));
                Flow::Stay
            }
            (Command::New, None) => Flow::Effects(vec![Effect::Push(Box::new(InstitutionEntry::empty()))]),
            (Command::Refresh, None) => ask_only(desk, Seat::Main, ListInstitutions),
            _ if self.list.apply(command, self.found.len(), rows) => Flow::Stay,
            (_, Some(field)) => match field.edit(command) {
                Edited::NotMine => Flow::Pass,
                _ => {
                    self.look_for();
                    Flow::Stay
                }
            },
            _ => Flow::Pass,
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(field) = &mut self.search else { return Flow::Pass };
        field.insert(text);
        self.list = List::default();
        self.look_for();
        Flow::Stay
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => {
                self.message = words::KEPT.in_lang(desk.lang).to_owned();
                ask_only(desk, Seat::Main, ListInstitutions)
            }
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ListInstitutions(Ok(rows)) => {
                let chosen = self.selected().map(|row| row.institution.code.clone());
                self.rows = rows;
                self.look_for();
                let code = |at: &usize| self.rows.get(*at).map(|row| row.institution.code.clone());
                let again = self.found.iter().position(|at| chosen.is_some() && code(at) == chosen);
                self.list.follow(again);
                Flow::Stay
            }
            ops::Reply::ListInstitutions(Err(reason)) => {
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
        ask_only(desk, Seat::Main, ListInstitutions)
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let keys = match self.search {
            Some(_) => Vec::new(),
            None => view.keys(
                LISTING,
                &[
                    (Command::Open, words::KEY_CHANGE),
                    (Command::New, words::KEY_NEW),
                    (Command::Search, words::SEARCH),
                ],
            ),
        };
        let none = if self.rows.is_empty() { words::EMPTY } else { words::NOT_FOUND };
        let listing = Listing {
            title: words::TITLE,
            title_right: &fill(words::COUNT.in_lang(lang), &[&self.found.len()]),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: if self.search.is_some() { words::SEARCH_HINT } else { common::EXPECT_ASCII },
            keys: &keys,
            contexts: self.contexts(),
            counts: None,
            columns: COLUMNS,
            headings: &[
                words::COLUMN_CODE,
                words::COLUMN_NAME,
                words::COLUMN_READING,
                words::COLUMN_PHONE,
                words::COLUMN_CONTRACT,
            ],
            instead: if self.fresh { words::LOADING } else { none },
        };
        let caret = listing.draw(view, buffer, area, self.list, self.found.len(), |at| {
            let row = self.found.get(at).and_then(|at| self.rows.get(*at));
            row.map_or_else(String::new, |row| self.cells(&row.institution, lang))
        });
        let Some(field) = &self.search else { return caret };
        let body = crate::tui::widgets::frame::body(area, MESSAGE_ROWS);
        let y = body.bottom().saturating_sub(1);
        let line = Rect { y, height: 1, ..body };
        put(buffer, line, line.x, y, &" ".repeat(usize::from(line.width)), Style::new());
        let x = put(buffer, line, line.x + 1, y, words::SEARCH.in_lang(lang), Style::new()) + 1;
        let width = u16::try_from(SEARCH_LIMIT * 2 + 2).unwrap_or(line.width);
        field.draw(buffer, Rect { x, width, ..line }, Style::new())
    }
}

#[cfg(test)]
mod tests;
