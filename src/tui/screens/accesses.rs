//! Who had to do with the records of a person (開示請求): the whole log, on one panel, and as a paper.
use super::listing::Listing;
use super::log_rows::record_name;
use super::parts::{LISTING, ask, ask_only, day_and_second, day_and_time};
use super::reader::Reader;
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::keymap::{Command, Context};
use crate::office::log_words;
use crate::office::ops::{self, AccessLine, AccessPaper, Accesses, PrintAccesses, ShowAccesses, why_words};
use crate::text::{Lang, common, figures as say, fill, papers, review};
use crate::tui::counter::{Counter, Reply, Seat};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 4;
/// The row of figures, and the headings.
const HEADING_ROWS: u16 = 2;
const COLUMNS: &[Column] = &[
    Column::left(11),
    Column::left(16),
    Column::left(14),
    Column::left(8),
    Column::left(16),
    Column::left(6),
];

/// See the module.
pub struct AccessList {
    record: RecordId,
    asked: bool,
    accesses: Option<Box<Accesses>>,
    list: List,
    message: String,
}

impl AccessList {
    pub fn new(record: RecordId) -> Self {
        Self { record, asked: false, accesses: None, list: List::default(), message: String::new() }
    }

    fn lines(&self) -> &[AccessLine] {
        self.accesses.as_ref().map(|accesses| accesses.lines.as_slice()).unwrap_or_default()
    }

    fn paper(&self, paper: &AccessPaper, lang: Lang) -> Flow<Counter> {
        let first = self.accesses.as_ref().and_then(|accesses| accesses.records.first());
        let number = first.map(|record| record.number).unwrap_or_default();
        let how = fill(say::PDF_WITH.in_lang(lang), &[&number]);
        let text = Personal::new(format!("{how}\n\n{}", paper.text.expose()));
        Flow::Effects(vec![Effect::Push(Box::new(Reader::new(papers::ACCESSES_TITLE, &text)))])
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let mut rows = match self.list.selected(self.lines().len()).and_then(|at| self.lines().get(at)) {
            None => vec![String::new(), String::new()],
            Some(line) => vec![
                format!(
                    "{}  {} {}  {}",
                    day_and_second(line.at, lang),
                    line.number,
                    line.name,
                    log_words::action(line.action).in_lang(lang)
                ),
                why_words(line.why, lang),
            ],
        };
        let unread = self.accesses.as_ref().map(|accesses| accesses.unread).unwrap_or_default();
        rows.push(match unread.damaged + unread.erased + unread.missing {
            0 => String::new(),
            _ => fill(say::UNREAD.in_lang(lang), &[&unread.damaged, &unread.erased, &unread.missing]),
        });
        rows.push(self.message.clone());
        rows
    }

    fn cells(line: &AccessLine, lang: Lang) -> String {
        let who = match line.number.is_empty() {
            true => review::NOBODY.in_lang(lang).to_owned(),
            false => format!("{} {}", line.number, line.name),
        };
        let cells = [
            day_and_time(line.at),
            who,
            line.section.clone(),
            line.terminal.clone(),
            log_words::action(line.action).in_lang(lang).to_owned(),
            log_words::outcome(line.outcome).in_lang(lang).to_owned(),
        ];
        row(COLUMNS, &cells.each_ref().map(String::as_str))
    }
}

impl Screen<Counter> for AccessList {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Refresh]
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("T", say::KEY_PRINT)])
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match text.to_ascii_uppercase().as_str() {
            "T" => Flow::Effects(vec![ask(desk, Seat::Main, PrintAccesses { record: self.record })]),
            _ => Flow::Pass,
        }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Refresh => {
                self.asked = false;
                Flow::Stay
            }
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines().len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ShowAccesses(Ok(accesses)) => self.accesses = Some(accesses),
            ops::Reply::PrintAccesses(Ok(paper)) => return self.paper(&paper, desk.lang),
            ops::Reply::ShowAccesses(Err(reason)) | ops::Reply::PrintAccesses(Err(reason)) => {
                reason.text().in_lang(desk.lang).clone_into(&mut self.message);
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
        ask_only(desk, Seat::Main, ShowAccesses { record: self.record })
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines().len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let counts = self.accesses.as_ref().map(|accesses| {
            let (found, records) = (accesses.lines.len(), accesses.records.len());
            fill(say::ACCESSES_COUNTS.in_lang(lang), &[&found, &accesses.people, &records, &accesses.events])
        });
        let whose = self.accesses.as_ref().and_then(|accesses| accesses.records.first()).map(record_name);
        let listing = Listing {
            title: say::ACCESSES_TITLE,
            title_right: &whose.unwrap_or_default(),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &self.letters(lang),
            contexts: LISTING,
            counts: Some(counts.as_deref().unwrap_or_default()),
            columns: COLUMNS,
            headings: &[
                review::COLUMN_WHEN,
                review::COLUMN_WHO,
                say::COLUMN_SECTION,
                say::COLUMN_TERMINAL,
                review::COLUMN_ACTION,
                review::COLUMN_OUTCOME,
            ],
            instead: if self.accesses.is_some() { review::EMPTY } else { say::ACCESSES_LOADING },
        };
        listing.draw(view, buffer, area, self.list, self.lines().len(), |at| {
            self.lines().get(at).map(|line| Self::cells(line, lang)).unwrap_or_default()
        })
    }
}
