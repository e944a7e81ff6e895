//! The log review (利用記録の点検): what others did, and what a supervisor makes of it.
use super::accesses::AccessList;
use super::listing::Listing;
use super::log_figures::LogFigures;
use super::log_report;
use super::log_rows::{self, COLUMNS, HEADINGS, record_name};
use super::log_search::{LogSearch, query_words};
use super::parts::{LISTING, TEXT_ITEMS, ask_only, day_and_second};
use super::reader::Reader;
use super::verdict::{self, MESSAGE_ROWS, Writing, Written};
use crate::domain::sensitive::Personal;
use crate::keymap::{Command, Context};
use crate::office::ops::{
    self, AcknowledgeClock, ClockStepLine, ListClockSteps, ListLog, LogLine, LogPage, LogQuery, LogRow,
    NamedRecord, ReviewEvent, Verdict, VerifyLog,
};
use crate::office::{Face, log_words};
use crate::text::{Lang, Text, common, fill, log_report as report_text, outbox, review as say};
use crate::tui::counter::{Breaker, Counter, News, Reply, Request, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const HEADING_ROWS: u16 = 1;

/// See the module.
pub struct Review {
    face: Face,
    fresh: bool,
    rows: Vec<LogRow>,
    /// Where older rows go on.
    older: Option<u64>,
    total: u64,
    reviewed: u64,
    /// What is looked for, as the rows were found.
    query: Option<LogQuery>,
    /// Whose records that are.
    found: Option<(NamedRecord, usize)>,
    /// What was asked for last.
    asked: Option<LogQuery>,
    list: List,
    message: String,
    writing: Option<Writing>,
    /// The verdict on its way to the office, so that it is shown only when it is stored.
    sent: Option<(u64, Verdict, Personal<String>)>,
    loading_older: bool,
    /// The step of the clock that the question is about.
    clock: Option<u64>,
    /// What breaks the check off that is going on.
    checking: Option<Breaker>,
}

impl Review {
    pub fn new(face: Face) -> Self {
        Self {
            face,
            fresh: true,
            rows: Vec::new(),
            older: None,
            total: 0,
            reviewed: 0,
            query: None,
            found: None,
            asked: None,
            list: List::default(),
            message: String::new(),
            writing: None,
            sent: None,
            loading_older: false,
            clock: None,
            checking: None,
        }
    }

    fn selected(&self) -> Option<&LogRow> {
        self.rows.get(self.list.selected(self.rows.len())?)
    }

    /// The newest rows of what is looked for.
    fn look(&mut self, query: Option<LogQuery>, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.list.select(0);
        self.loading_older = false;
        self.asked = query.clone();
        ask_only(desk, Seat::Main, ListLog { before: None, query: query.unwrap_or_default() })
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        self.message = text.in_lang(lang).to_owned();
        Flow::Stay
    }

    /// Who else had to do with the person of this row.
    fn accesses(&mut self, lang: Lang) -> Flow<Counter> {
        let line = self.selected().and_then(LogRow::event);
        match line.and_then(|line| line.records.first()).map(|record| record.id) {
            Some(record) => Flow::Effects(vec![Effect::Push(Box::new(AccessList::new(record)))]),
            None => self.say(say::NO_RECORD_HERE, lang),
        }
    }

    /// Checks the whole log. Other questions to the office wait for it.
    fn verify(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.checking.is_some() {
            return Flow::Stay;
        }
        let breaker = Breaker::default();
        self.checking = Some(breaker.clone());
        self.message = fill(say::CHECKING.in_lang(desk.lang), &[&0, &self.total]);
        let request = Request::VerifyLog { request: VerifyLog::default(), breaker };
        Flow::Effects(vec![Effect::Perform(desk.ticket(), request)])
    }

    fn decide(&mut self, verdict: Verdict, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(row) = self.selected() else { return Flow::Stay };
        let Some(line) = row.event() else { return self.say(say::NOTHING_TO_DECIDE, desk.lang) };
        if line.own {
            return self.say(say::OWN_ROW, desk.lang);
        }
        let seq = line.seq;
        if verdict.needs_reason() {
            self.writing = Some(Writing::new(seq, verdict));
            return self.say(say::REASON_HINT, desk.lang);
        }
        self.send(seq, verdict, String::new(), desk)
    }

    fn send(&mut self, seq: u64, verdict: Verdict, reason: String, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.sent.is_some() {
            return Flow::Stay;
        }
        let reason = Personal::new(reason);
        self.sent = Some((seq, verdict, reason.clone()));
        ask_only(desk, Seat::Main, ReviewEvent { seq, verdict, reason })
    }

    /// Only the line changes: reading the log again would add a row and move everything under the eyes.
    fn stored(&mut self, lang: Lang) -> Flow<Counter> {
        self.writing = None;
        if let Some((seq, verdict, reason)) = self.sent.take()
            && let Some(line) = self.rows.iter_mut().find_map(|row| event_of(row, seq))
        {
            self.reviewed += u64::from(line.review.is_none());
            line.review = Some((verdict, reason.into_inner()));
        }
        self.say(say::RECORDED, lang)
    }

    fn next_unreviewed(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let from = self.list.selected(self.rows.len()).map_or(0, |at| at + 1);
        let open = |line: &LogLine| line.review.is_none() && !line.own;
        match self.rows.iter().enumerate().skip(from).find(|(_, row)| row.event().is_some_and(open)) {
            Some((at, _)) => {
                self.list.select(at);
                self.message.clear();
                Flow::Stay
            }
            None => self.say(say::ALL_DONE, desk.lang),
        }
    }

    /// Older events are fetched when the end of what is here comes into sight.
    fn moved(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        let at_end = self.list.selected(self.rows.len()).is_some_and(|at| at + 1 == self.rows.len());
        match self.older {
            Some(before) if at_end && !self.loading_older => {
                self.loading_older = true;
                self.message = say::LOADING_OLDER.in_lang(desk.lang).to_owned();
                let query = self.query.clone().unwrap_or_default();
                ask_only(desk, Seat::Main, ListLog { before: Some(before), query })
            }
            _ => Flow::Stay,
        }
    }

    fn take(&mut self, page: LogPage) -> Flow<Counter> {
        self.total = page.total;
        self.reviewed = page.reviewed;
        self.message.clear();
        self.older = page.older;
        if std::mem::take(&mut self.loading_older) {
            self.rows.extend(page.rows);
        } else {
            self.rows = page.rows;
            (self.query, self.found) = (self.asked.clone(), page.found);
        }
        Flow::Stay
    }

    /// Asks about the oldest step that waits; the others come after it.
    fn ask_clock(&mut self, steps: &[ClockStepLine], lang: Lang) -> Flow<Counter> {
        let mut open = steps.iter().rev().filter(|step| !step.settled).peekable();
        if open.peek().is_none() {
            return self.say(say::CLOCK_NONE, lang);
        }
        let Some(step) = open.find(|step| !step.by_me) else { return self.say(say::CLOCK_MINE, lang) };
        let size = log_words::clock_size(step.size_us, lang);
        let (before, after) = (day_and_second(step.before, lang), day_and_second(step.at, lang));
        let lines = vec![
            fill(say::CLOCK_ASK.in_lang(lang), &[&step.seq, &size]),
            fill(say::CLOCK_FROM_TO.in_lang(lang), &[&before, &after]),
            say::CLOCK_ASK_MORE.in_lang(lang).to_owned(),
        ];
        let answer = |letter: char, text: Text| (letter, text.in_lang(lang).to_owned());
        let answers = vec![answer('T', say::CLOCK_YES), answer('N', say::CLOCK_NO)];
        self.clock = Some(step.seq);
        Flow::Effects(vec![Effect::Ask(Question { lines, answers, refuse: 'N' })])
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(row) = self.selected() else { return vec![self.message.clone()] };
        let [first, second, verdict] = log_rows::details(row, lang);
        let choose = say::CHOOSE.in_lang(lang).to_owned();
        let third = if self.message.is_empty() { choose } else { self.message.clone() };
        vec![first, second, if self.writing.is_none() { verdict } else { String::new() }, third]
    }

    /// The active filter.
    fn filter(&self, lang: Lang) -> Option<String> {
        let found = self.found.as_ref().map(|(first, count)| match count {
            1 => record_name(first),
            count => {
                let count = fill(say::FILTER_RECORDS.in_lang(lang), &[count]);
                format!("{} ({count})", record_name(first))
            }
        });
        self.query.as_ref().map(|query| query_words(query, found, lang))
    }

    fn heading_rows(&self) -> u16 {
        HEADING_ROWS + u16::from(self.query.is_some())
    }
}

fn event_of(row: &mut LogRow, seq: u64) -> Option<&mut LogLine> {
    match row {
        LogRow::Event(line) if line.seq == seq => Some(line),
        _ => None,
    }
}

/// A panel that is put away, by the lock too, leaves nobody waiting for its check.
impl Drop for Review {
    fn drop(&mut self) {
        if let Some(breaker) = &self.checking {
            breaker.break_off();
        }
    }
}

impl Screen<Counter> for Review {
    fn contexts(&self) -> &[Context] {
        if self.writing.is_some() { TEXT_ITEMS } else { LISTING }
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Refresh, Command::Search]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Some(writing) = &mut self.writing {
            return match writing.command(command) {
                Written::Finished { seq, verdict, reason } => self.send(seq, verdict, reason, desk),
                Written::Blank => self.say(say::REASON_NEEDED, desk.lang),
                Written::Left => {
                    self.writing = None;
                    self.message.clear();
                    Flow::Stay
                }
                Written::Edited => Flow::Stay,
                Written::NotMine => Flow::Pass,
            };
        }
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(self.heading_rows().into());
        if let (Some(breaker), Command::Cancel | Command::Back) = (&self.checking, command) {
            breaker.break_off();
            return self.say(say::CHECK_STOPPING, desk.lang);
        }
        match command {
            Command::Refresh => self.look(self.query.clone(), desk),
            Command::Search => {
                let query = self.query.clone().unwrap_or_default();
                Flow::Effects(vec![Effect::Push(Box::new(LogSearch::of(&query)))])
            }
            Command::Cancel if self.query.is_some() => self.look(None, desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.rows.len(), rows) => self.moved(desk),
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        let words = [
            ("1-4", say::KEY_VERDICT),
            ("N", say::KEY_NEXT),
            ("V", say::KEY_VERIFY),
            ("A", say::KEY_ACCESSES),
            ("S", say::KEY_FIGURES),
            ("T", say::KEY_CLOCK),
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
            "N" => self.next_unreviewed(desk),
            "T" => ask_only(desk, Seat::Main, ListClockSteps),
            "A" => self.accesses(desk.lang),
            "S" => {
                let figures = LogFigures::new(desk.now.date_in_japan());
                Flow::Effects(vec![Effect::Push(Box::new(figures))])
            }
            "V" => self.verify(desk),
            _ => Flow::Pass,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::LogQuery(query) if query.is_empty() => self.look(None, desk),
            Value::LogQuery(query) => self.look(Some(*query), desk),
            _ => Flow::Pass,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::ListLog(Ok(page)) => self.take(page),
            ops::Reply::ListLog(Err(reason)) => {
                self.loading_older = false;
                self.say(reason.text(), desk.lang)
            }
            ops::Reply::ReviewEvent(Ok(())) => self.stored(desk.lang),
            ops::Reply::ReviewEvent(Err(reason)) => {
                self.sent = None;
                self.say(reason.text(), desk.lang)
            }
            ops::Reply::ListClockSteps(Ok(steps)) => self.ask_clock(&steps, desk.lang),
            ops::Reply::AcknowledgeClock(Ok(lifted)) => {
                self.say(if lifted { say::CLOCK_LIFTED } else { say::CLOCK_FIRST }, desk.lang)
            }
            ops::Reply::ListClockSteps(Err(reason)) | ops::Reply::AcknowledgeClock(Err(reason)) => {
                self.say(reason.text(), desk.lang)
            }
            ops::Reply::VerifyLog(Ok(found)) => {
                self.checking = None;
                self.message.clear();
                let text = Personal::new(log_report::page(&found, desk.lang));
                Flow::Effects(vec![Effect::Push(Box::new(Reader::new(report_text::TITLE, &text)))])
            }
            ops::Reply::VerifyLog(Err(reason)) => {
                self.checking = None;
                self.say(reason.text(), desk.lang)
            }
            _ => Flow::Pass,
        }
    }

    fn on_news(&mut self, news: &News, desk: &mut Desk<'_>) -> Flow<Counter> {
        let News::RowsChecked(rows) = news;
        match &self.checking {
            Some(breaker) if !breaker.is_broken_off() => {
                self.message = fill(say::CHECKING.in_lang(desk.lang), &[rows, &self.total]);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (self.clock.take(), letter) {
            (Some(seq), 'T') => ask_only(desk, Seat::Main, AcknowledgeClock { seq }),
            _ => Flow::Stay,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        self.look(None, desk)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.rows.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let progress = fill(say::PROGRESS.in_lang(lang), &[&self.reviewed, &self.total]);
        let filter = self.filter(lang);
        let mut keys = self.letters(lang);
        if self.writing.is_none() {
            keys.extend(view.keys(LISTING, &[(Command::Search, say::KEY_SEARCH)]));
        }
        let listing = Listing {
            title: say::TITLE,
            title_right: &format!("{} {}  {progress}", self.face.number, self.face.name),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: if self.writing.is_some() { say::EXPECT_JAPANESE } else { common::EXPECT_ASCII },
            keys: &keys,
            contexts: self.contexts(),
            counts: filter.as_deref(),
            columns: COLUMNS,
            headings: HEADINGS,
            instead: match &self.query {
                _ if self.fresh => outbox::LOADING,
                None => say::EMPTY,
                Some(_) => say::EMPTY_FILTERED,
            },
        };
        let at_row = listing.draw(view, buffer, area, self.list, self.rows.len(), |at| {
            self.rows.get(at).map(|row| log_rows::cells(row, lang)).unwrap_or_default()
        });
        let Some(writing) = &self.writing else { return at_row };
        writing.draw(buffer, area, lang)
    }
}
