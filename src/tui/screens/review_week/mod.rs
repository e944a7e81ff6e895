//! The weekly review (利用記録の点検): one digit a row, until all is decided and the week is signed off.
mod deciding;
mod weeks;
mod words;

#[cfg(test)]
mod tests;

use super::listing::Listing;
use super::parts::{LISTING, MESSAGE_COLUMNS, TEXT_ITEMS, ask, ask_only};
use super::reader::Reader;
use super::review::Review;
use super::verdict::{self, MESSAGE_ROWS, Writing, Written};
use crate::domain::sensitive::Personal;
use crate::domain::week::Week;
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ListReviews, OpenReview, ReviewPage, ReviewRow, SignOffReview, WeekLine};
use crate::office::{Face, Group};
use crate::text::{Lang, Text, common, fill, review as log, review_week as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::look::truncate_to_width;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use deciding::{Asked, Given};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use weeks::Weeks;

/// The kinds and the heads of the columns.
const HEADING_ROWS: u16 = 2;
/// Another letter than the one that asks.
const SIGN: char = 'K';
const REFUSE: char = 'N';

/// See the module.
pub struct ReviewWeek {
    face: Face,
    fresh: bool,
    /// Known to be without a week that is over.
    is_too_early: bool,
    page: Option<ReviewPage>,
    is_late: bool,
    /// `None` shows all kinds.
    group: Option<Group>,
    list: List,
    message: String,
    writing: Option<Writing>,
    /// What the office was asked and has not answered; the rows show it already.
    asked: Vec<(Ticket, Asked)>,
    /// Verdicts that were given here, the newest last, to take them back.
    given: Vec<Given>,
}

impl ReviewWeek {
    pub fn new(face: Face) -> Self {
        Self {
            face,
            fresh: true,
            is_too_early: false,
            page: None,
            is_late: false,
            group: None,
            list: List::default(),
            message: String::new(),
            writing: None,
            asked: Vec::new(),
            given: Vec::new(),
        }
    }

    fn rows(&self) -> Vec<&ReviewRow> {
        let all = self.page.iter().flat_map(|page| page.rows.iter());
        all.filter(|row| self.group.is_none_or(|group| group == row.group)).collect()
    }

    fn selected(&self) -> Option<&ReviewRow> {
        let rows = self.rows();
        rows.get(self.list.selected(rows.len())?).copied()
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        text.in_lang(lang).clone_into(&mut self.message);
        Flow::Stay
    }

    fn next_group(&mut self) -> Flow<Counter> {
        self.group = match self.group {
            None => Some(Group::Unexplained),
            Some(now) => Group::ALL.into_iter().find(|group| *group > now),
        };
        self.list.select(0);
        self.message.clear();
        Flow::Stay
    }

    fn sign_off(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(page) = &self.page else { return Flow::Stay };
        let open = page.rows.iter().filter(|row| !row.is_decided()).count();
        if let Some(signed) = &page.signed {
            self.message = fill(say::SIGNED.in_lang(desk.lang), &[&signed.by]);
            return Flow::Stay;
        }
        if open > 0 {
            self.message = fill(say::STILL_OPEN.in_lang(desk.lang), &[&open]);
            return Flow::Stay;
        }
        let asked = fill(say::SIGN_ASK.in_lang(desk.lang), &[&page.week, &page.rows.len()]);
        let word = |text: Text| text.in_lang(desk.lang).to_owned();
        Flow::Effects(vec![Effect::Ask(Question {
            lines: vec![asked],
            answers: vec![(SIGN, word(say::SIGN_YES)), (REFUSE, word(say::SIGN_NO))],
            refuse: REFUSE,
        })])
    }

    fn open(&mut self, week: Week, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.page = None;
        self.given.clear();
        self.message.clear();
        ask_only(desk, Seat::Main, OpenReview { week })
    }

    /// The week that is read first: the newest that nobody has signed off.
    fn choose(&mut self, lines: &[WeekLine], desk: &mut Desk<'_>) -> Flow<Counter> {
        let newest = lines.iter().find(|line| line.signed.is_none()).or(lines.first()).map(|line| line.week);
        let others_late = lines.iter().any(|line| Some(line.week) != newest && line.is_late(desk.now));
        self.is_too_early = lines.is_empty();
        let Some(week) = newest else { return Flow::Stay };
        let flow = self.open(week, desk);
        if others_late {
            self.say(say::OTHERS_LATE, desk.lang);
        }
        flow
    }

    fn take(&mut self, page: ReviewPage, desk: &Desk<'_>) -> Flow<Counter> {
        self.is_late = page.signed.is_none() && desk.now.date_in_japan() > page.due;
        if let Some(signed) = &page.signed {
            self.message = fill(say::SIGNED.in_lang(desk.lang), &[&signed.by]);
        }
        self.page = Some(page);
        self.group = None;
        self.list.select(0);
        Flow::Stay
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(row) = self.selected() else { return vec![self.message.clone()] };
        let [first, second, third] = words::details(row, lang);
        let whole = |line: String| truncate_to_width(&line, MESSAGE_COLUMNS).into_owned();
        // The reason is written there.
        let third = if self.writing.is_some() { String::new() } else { third };
        let last =
            if self.message.is_empty() { say::CHOOSE.in_lang(lang).to_owned() } else { self.message.clone() };
        vec![whole(first), whole(second), whole(third), last]
    }
}

impl Screen<Counter> for ReviewWeek {
    fn contexts(&self) -> &[Context] {
        if self.writing.is_some() { TEXT_ITEMS } else { LISTING }
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::Refresh, Command::Undo]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Some(writing) = &mut self.writing {
            return match writing.command(command) {
                Written::Finished { seq, verdict, reason } => {
                    self.writing = None;
                    self.send(seq, verdict, reason, desk)
                }
                Written::Blank => self.say(log::REASON_NEEDED, desk.lang),
                Written::Left => {
                    self.writing = None;
                    self.message.clear();
                    Flow::Stay
                }
                Written::Edited => Flow::Stay,
                Written::NotMine => Flow::Pass,
            };
        }
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        let len = self.rows().len();
        match command {
            Command::Open => match self.selected() {
                Some(row) => {
                    let text = Personal::new(words::page(row, desk.lang));
                    Flow::Effects(vec![Effect::Push(Box::new(Reader::new(say::DETAILS_TITLE, &text)))])
                }
                None => Flow::Stay,
            },
            Command::Refresh => match self.page.as_ref().map(|page| page.week) {
                Some(week) => self.open(week, desk),
                None => ask_only(desk, Seat::Main, ListReviews),
            },
            Command::Undo => self.take_back(desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, len, rows) => {
                self.message.clear();
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    /// U stands with the verdicts: one keymap has it as a command of its own.
    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        let words = [
            ("1-4", say::KEY_VERDICT),
            ("N", say::KEY_NEXT),
            ("T", say::KEY_GROUP),
            ("S", say::KEY_SIGN),
            ("W", say::KEY_WEEKS),
            ("L", say::KEY_LOG),
        ];
        if self.writing.is_some() { Vec::new() } else { lettered(lang, &words) }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Some(writing) = &mut self.writing {
            writing.insert(text);
            return Flow::Stay;
        }
        if let Some(verdict) = verdict::of_digit(text) {
            return self.decide(verdict, desk);
        }
        match text.to_ascii_uppercase().as_str() {
            "N" => self.next_open(desk.lang),
            "U" => self.take_back(desk),
            "T" => self.next_group(),
            "S" => self.sign_off(desk),
            "W" => Flow::Effects(vec![Effect::Push(Box::new(Weeks::default()))]),
            "L" => Flow::Effects(vec![Effect::Push(Box::new(Review::new(self.face.clone())))]),
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Week(week) => self.open(week, desk),
            _ => Flow::Stay,
        }
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.page.as_ref().map(|page| page.week) {
            Some(week) if letter == SIGN => {
                Flow::Effects(vec![ask(desk, Seat::Main, SignOffReview { week })])
            }
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ListReviews(Ok(lines)) => self.choose(&lines, desk),
            ops::Reply::OpenReview(Ok(page)) => self.take(page, desk),
            ops::Reply::ReviewEvent(result) | ops::Reply::TakeBackReview(result) => {
                self.answered(ticket, result, desk.lang)
            }
            ops::Reply::SignOffReview(Ok(())) => {
                let again = self.page.as_ref().map(|page| page.week);
                self.say(say::SIGNED_NOW, desk.lang);
                again.map_or(Flow::Stay, |week| ask_only(desk, Seat::Main, OpenReview { week }))
            }
            ops::Reply::ListReviews(Err(reason))
            | ops::Reply::OpenReview(Err(reason))
            | ops::Reply::SignOffReview(Err(reason)) => self.say(reason.text(), desk.lang),
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        ask_only(desk, Seat::Main, ListReviews)
    }

    fn on_unlock(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        // What was on its way when the lock fell is answered by nobody: the stored queue says what stands.
        self.asked.clear();
        self.on_command(Command::Refresh, desk)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.rows().len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let rows = self.rows();
        let progress = self.page.as_ref().map_or(String::new(), |page| {
            fill(say::PROGRESS.in_lang(lang), &[&page.decided(), &page.rows.len()])
        });
        let tabs = self.page.as_ref().map(|page| words::tabs(page, self.group, self.is_late, lang));
        let listing = Listing {
            title: say::TITLE,
            title_right: &format!("{} {}  {progress}", self.face.number, self.face.name),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: if self.writing.is_some() { log::EXPECT_JAPANESE } else { common::EXPECT_ASCII },
            keys: &self.letters(lang),
            contexts: self.contexts(),
            counts: Some(tabs.as_deref().unwrap_or_default()),
            columns: words::COLUMNS,
            headings: &words::HEADINGS,
            instead: match &self.page {
                None if self.is_too_early => say::NO_WEEK,
                None => say::LOADING,
                Some(_) => say::EMPTY_GROUP,
            },
        };
        let at_row = listing.draw(view, buffer, area, self.list, rows.len(), |at| {
            rows.get(at).map(|row| words::cells(row, lang)).unwrap_or_default()
        });
        let Some(writing) = &self.writing else { return at_row };
        writing.draw(buffer, area, lang)
    }
}
