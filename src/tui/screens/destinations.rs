//! The destination register (送り先台帳): who may be sent to, and how far each entry has been checked.
use super::destination_form::DestinationForm;
use super::destination_rekey::DestinationRekey;
use super::listing::Listing;
use super::parts::{LISTING, ask_only, day};
use crate::domain::ids::DestinationId;
use crate::keymap::{Command, Context};
use crate::office::Face;
use crate::office::ops::{self, DestinationLine, DestinationStatus, FreezeDestination, ListDestinations};
use crate::text::{Lang, Text, common, destinations as say, fill, outbox};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 3;
const HEADING_ROWS: u16 = 1;
const COLUMNS: &[Column] = &[
    Column::left(5),
    Column::left(26),
    Column::left(8),
    Column::left(14),
    Column::left(10),
    Column::left(10),
];

/// What the list is open for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Keep,
    /// A sender chooses one.
    Pick,
}

/// See the module.
pub struct Destinations {
    face: Face,
    purpose: Purpose,
    fresh: bool,
    lines: Vec<DestinationLine>,
    list: List,
    message: String,
    freezing: Option<DestinationId>,
}

impl Destinations {
    pub fn new(face: Face) -> Self {
        Self::with(face, Purpose::Keep)
    }

    /// Hands the chosen entry back as `Value::Destination`.
    pub fn pick(face: Face) -> Self {
        Self::with(face, Purpose::Pick)
    }

    fn with(face: Face, purpose: Purpose) -> Self {
        let list = List::default();
        Self { face, purpose, fresh: true, lines: Vec::new(), list, message: String::new(), freezing: None }
    }

    fn selected(&self) -> Option<&DestinationLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        self.message = text.in_lang(lang).to_owned();
        Flow::Stay
    }

    fn open(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return self.say(say::NOTHING_SELECTED, desk.lang) };
        match (self.purpose, line.status) {
            (Purpose::Pick, DestinationStatus::Usable) => {
                Flow::Effects(vec![Effect::PopWith(Value::Destination(line.id))])
            }
            (Purpose::Pick, _) => self.say(say::NOT_USABLE, desk.lang),
            (Purpose::Keep, _) => self.second_keying(desk),
        }
    }

    fn second_keying(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return self.say(say::NOTHING_SELECTED, desk.lang) };
        if line.confirmed_by_name.is_some() {
            return self.say(say::ALREADY_CONFIRMED, desk.lang);
        }
        if line.entered_by == self.face.account {
            return self.say(say::OWN_ENTRY, desk.lang);
        }
        Flow::Effects(vec![Effect::Push(Box::new(DestinationRekey::new(line)))])
    }

    fn freeze(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return self.say(say::NOTHING_SELECTED, desk.lang) };
        let lang = desk.lang;
        let question = Question {
            lines: vec![
                fill(say::FREEZE_ASK.in_lang(lang), &[&line.code, &line.organisation]),
                say::FREEZE_ASK_MORE.in_lang(lang).to_owned(),
            ],
            answers: vec![
                ('X', say::FREEZE_YES.in_lang(lang).to_owned()),
                ('N', say::FREEZE_NO.in_lang(lang).to_owned()),
            ],
            refuse: 'N',
        };
        self.freezing = Some(line.id);
        Flow::Effects(vec![Effect::Ask(question)])
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(line) = self.selected() else { return Vec::new() };
        let who = match &line.confirmed_by_name {
            Some(second) => {
                fill(say::ENTERED_AND_CONFIRMED_BY.in_lang(lang), &[&line.entered_by_name, second])
            }
            None => fill(say::ENTERED_BY.in_lang(lang), &[&line.entered_by_name]),
        };
        let source = fill(say::SOURCE_IS.in_lang(lang), &[&line.source]);
        let hidden = line.address.is_none().then(|| say::ADDRESS_HIDDEN.in_lang(lang).to_owned());
        let last = if self.message.is_empty() { hidden.unwrap_or_default() } else { self.message.clone() };
        let address = line.address.as_deref().unwrap_or_default();
        vec![format!("{}  {address}  {}", line.code, line.organisation), format!("{who}  {source}"), last]
    }

    fn cells(line: &DestinationLine, lang: Lang) -> String {
        let until = line.valid_until.map(|at| match lang {
            Lang::Ja => crate::japanese::era::EraDate::from_date(at.date_in_japan())
                .map(crate::japanese::era::EraDate::compact)
                .unwrap_or_default(),
            Lang::En => day(at, lang),
        });
        let channel = match crate::domain::destination::Channel::from_code(&line.channel) {
            Some(crate::domain::destination::Channel::Folder) => say::CHANNEL_FOLDER.in_lang(lang),
            None => "?",
        };
        let cells = [
            line.code.as_str(),
            &line.organisation,
            channel,
            line.address.as_deref().unwrap_or("-"),
            status(line.status).in_lang(lang),
            until.as_deref().unwrap_or("-"),
        ];
        row(COLUMNS, &cells)
    }
}

/// In words: no state is told by colour.
pub(super) const fn status(status: DestinationStatus) -> Text {
    match status {
        DestinationStatus::Unconfirmed => say::STATUS_UNCONFIRMED,
        DestinationStatus::Usable => say::STATUS_USABLE,
        DestinationStatus::Expired => say::STATUS_EXPIRED,
        DestinationStatus::Frozen => say::STATUS_FROZEN,
    }
}

impl Screen<Counter> for Destinations {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::New, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => self.open(desk),
            Command::Refresh => ask_only(desk, Seat::Main, ListDestinations),
            Command::New if self.purpose == Purpose::Keep => {
                Flow::Effects(vec![Effect::Push(Box::new(DestinationForm::new_entry()))])
            }
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => {
                self.message.clear();
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        let words = [("C", say::KEY_CHANGE), ("2", say::KEY_SECOND), ("X", say::KEY_FREEZE)];
        match self.purpose {
            Purpose::Keep => lettered(lang, &words),
            Purpose::Pick => Vec::new(),
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.purpose == Purpose::Pick {
            return Flow::Pass;
        }
        match text.to_ascii_uppercase().as_str() {
            "2" => self.second_keying(desk),
            "X" => self.freeze(desk),
            "C" => match self.selected() {
                Some(line) => Flow::Effects(vec![Effect::Push(Box::new(DestinationForm::change(line)))]),
                None => self.say(say::NOTHING_SELECTED, desk.lang),
            },
            _ => Flow::Pass,
        }
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (letter, self.freezing.take()) {
            ('X', Some(id)) => ask_only(desk, Seat::Main, FreezeDestination { id }),
            _ => Flow::Stay,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => ask_only(desk, Seat::Main, ListDestinations),
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ListDestinations(Ok(lines)) => {
                let chosen = self.selected().map(|line| line.id);
                self.lines = lines;
                self.list.follow(self.lines.iter().position(|line| Some(line.id) == chosen));
                Flow::Stay
            }
            ops::Reply::FreezeDestination(Ok(())) => {
                self.message = say::FROZEN_NOW.in_lang(desk.lang).to_owned();
                ask_only(desk, Seat::Main, ListDestinations)
            }
            ops::Reply::ListDestinations(Err(reason)) | ops::Reply::FreezeDestination(Err(reason)) => {
                self.say(reason.text(), desk.lang)
            }
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        ask_only(desk, Seat::Main, ListDestinations)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let (title, mut fixed) = match self.purpose {
            Purpose::Pick => (say::PICK_TITLE, view.keys(LISTING, &[(Command::Open, say::KEY_CHOOSE)])),
            Purpose::Keep => (say::TITLE, view.keys(LISTING, &[(Command::New, say::KEY_NEW)])),
        };
        fixed.extend(self.letters(lang));
        let listing = Listing {
            title,
            title_right: &format!("{} {}", self.face.number, self.face.name),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &fixed,
            contexts: LISTING,
            counts: None,
            columns: COLUMNS,
            headings: &[
                say::COLUMN_CODE,
                say::COLUMN_ORGANISATION,
                say::COLUMN_CHANNEL,
                say::COLUMN_ADDRESS,
                say::COLUMN_STATUS,
                say::COLUMN_UNTIL,
            ],
            instead: if self.fresh { outbox::LOADING } else { say::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map(|line| Self::cells(line, lang)).unwrap_or_default()
        })
    }
}
