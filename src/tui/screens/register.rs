//! A register (帳簿): a short list that is read whole, with figures above it and letters for what can be done.
//!
//! Longer lists, which are searched or read page by page, have panels of their own.
use super::listing::Listing;
use super::parts::{LISTING, ask, ask_only};
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Context};
use crate::office::{Face, Reason, ops};
use crate::text::{Lang, Text, common, fill};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 2;
/// The figures and the heads of the columns.
const HEADING_ROWS: u16 = 2;
const REFUSE: char = 'N';

/// What one register has of its own.
pub trait Register: 'static {
    type Line;
    /// What tells two lines apart, to find the chosen one again.
    type Id: PartialEq;
    const WORDS: Words;
    const COLUMNS: &'static [(Column, Text)];
    /// The letters that the panel takes, and what they do.
    const LETTERS: &'static [(&'static str, Text)] = &[];
    /// The panel behind a line, where there is one.
    const OPEN: Option<Opens<Self::Line>> = None;

    fn read() -> ops::Request;
    fn id(line: &Self::Line) -> Self::Id;
    fn counts(lines: &[Self::Line], lang: Lang) -> String;
    fn cells(line: &Self::Line, read_at: Timestamp, lang: Lang) -> Vec<String>;
    /// What a letter does; `line` is the chosen one.
    fn act(_letter: &str, _line: Option<&Self::Line>) -> Option<Act> {
        None
    }
    fn answered(reply: ops::Reply) -> Option<Answer<Self::Line>>;
}

/// Makes the panel behind a line.
pub type Opens<L> = fn(&L) -> Box<dyn Screen<Counter>>;

/// The sentences of a register.
pub struct Words {
    pub title: Text,
    pub loading: Text,
    pub empty: Text,
    /// What can be done here.
    pub how: Text,
}

/// What a letter of a register leads to.
pub enum Act {
    Push(Box<dyn Screen<Counter>>),
    Ask(Box<ops::Request>),
    /// The same once the person has said yes.
    AskFirst(Doubt, Box<ops::Request>),
}

/// What is asked before something is written that cannot be taken back. N refuses.
pub struct Doubt {
    pub question: Text,
    /// What it is about.
    pub about: [String; 2],
    /// Another letter than the one that led here: a key that is held answers nothing.
    pub yes: (char, Text),
    pub no: Text,
}

impl Doubt {
    fn question(&self, lang: Lang) -> Question {
        let [first, second] = &self.about;
        let (letter, yes) = self.yes;
        Question {
            lines: vec![fill(self.question.in_lang(lang), &[first, second])],
            answers: vec![(letter, yes.in_lang(lang).to_owned()), (REFUSE, self.no.in_lang(lang).to_owned())],
            refuse: REFUSE,
        }
    }
}

/// What an answer means for a register.
pub enum Answer<L> {
    Lines(Vec<L>),
    /// Something was written: this is said, and the lines are read again.
    Written(Text),
    Refused(Reason),
}

/// The panel of a register.
pub struct Panel<R: Register> {
    face: Face,
    fresh: bool,
    lines: Vec<R::Line>,
    /// When the lines were read, once they were: times of today are shown as times.
    read_at: Option<Timestamp>,
    list: List,
    message: String,
    /// What is asked of the office after this letter.
    doubted: Option<(char, ops::Request)>,
}

impl<R: Register> Panel<R> {
    pub fn new(face: Face) -> Self {
        let (lines, list) = (Vec::new(), List::default());
        Self { face, fresh: true, lines, read_at: None, list, message: String::new(), doubted: None }
    }

    fn selected(&self) -> Option<&R::Line> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn say(&mut self, text: Text, lang: Lang) {
        text.in_lang(lang).clone_into(&mut self.message);
    }

    fn read_again(desk: &mut Desk<'_>) -> Flow<Counter> {
        ask_only(desk, Seat::Main, R::read())
    }
}

impl<R: Register> Screen<Counter> for Panel<R> {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        if R::OPEN.is_some() { &[Command::Open, Command::Refresh] } else { &[Command::Refresh] }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => match (R::OPEN, self.selected()) {
                (Some(open), Some(line)) => Flow::Effects(vec![Effect::Push(open(line))]),
                _ => Flow::Stay,
            },
            Command::Refresh => Self::read_again(desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, R::LETTERS)
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(act) = R::act(&text.to_ascii_uppercase(), self.selected()) else { return Flow::Pass };
        self.message.clear();
        Flow::Effects(vec![match act {
            Act::Push(next) => Effect::Push(next),
            Act::Ask(request) => ask(desk, Seat::Main, *request),
            Act::AskFirst(doubt, request) => {
                self.doubted = Some((doubt.yes.0, *request));
                Effect::Ask(doubt.question(desk.lang))
            }
        }])
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.doubted.take() {
            Some((yes, request)) if letter == yes => ask_only(desk, Seat::Main, request),
            _ => Flow::Stay,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => Self::read_again(desk),
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match R::answered(*reply) {
            None => return Flow::Pass,
            Some(Answer::Lines(lines)) => {
                let chosen = self.selected().map(R::id);
                self.list.follow(lines.iter().position(|line| Some(R::id(line)) == chosen));
                self.lines = lines;
                self.read_at = Some(desk.now);
            }
            Some(Answer::Written(text)) => {
                self.say(text, desk.lang);
                return Self::read_again(desk);
            }
            Some(Answer::Refused(reason)) => self.say(reason.text(), desk.lang),
        }
        Flow::Stay
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        Self::read_again(desk)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let columns: Vec<Column> = R::COLUMNS.iter().map(|(column, _)| *column).collect();
        let headings: Vec<Text> = R::COLUMNS.iter().map(|(_, heading)| *heading).collect();
        let mut keys = self.letters(lang);
        if R::OPEN.is_some() {
            keys.extend(view.keys(LISTING, &[(Command::Open, common::KEY_OPEN)]));
        }
        let how = if self.message.is_empty() { R::WORDS.how.in_lang(lang) } else { self.message.as_str() };
        let listing = Listing {
            title: R::WORDS.title,
            title_right: &format!("{} {}", self.face.number, self.face.name),
            details: &[how.to_owned()],
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &keys,
            contexts: LISTING,
            counts: Some(&R::counts(&self.lines, lang)),
            columns: &columns,
            headings: &headings,
            instead: if self.read_at.is_some() { R::WORDS.empty } else { R::WORDS.loading },
        };
        let read_at = self.read_at.unwrap_or(view.now);
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            let cells = self.lines.get(at).map(|line| R::cells(line, read_at, lang)).unwrap_or_default();
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            row(&columns, &cells)
        })
    }
}
