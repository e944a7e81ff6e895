//! The log review (利用記録の点検): what others did, and what a supervisor makes of it.
use super::listing::Listing;
use super::log_words;
use super::parts::{LISTING, TEXT_ITEMS, ask, ask_only, day_and_second, day_and_time};
use super::reader::Reader;
use crate::domain::sensitive::Personal;
use crate::keymap::{Command, Context};
use crate::office::Face;
use crate::office::ops::{self, ListLog, LogLine, LogPage, LogReport, ReviewEvent, Verdict, VerifyLog};
use crate::text::{Lang, Text, common, fill, outbox, review as say};
use crate::tui::counter::{Counter, Reply, Seat};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::frame::{self};
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::table::{Column, row};
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const MESSAGE_ROWS: u16 = 4;
const HEADING_ROWS: u16 = 1;
/// The third message row.
const REASON_ROW: u16 = 3;
const REASON_LENGTH: usize = 200;
const COLUMNS: &[Column] = &[
    Column::left(11),
    Column::left(16),
    Column::left(14),
    Column::left(17),
    Column::left(6),
    Column::left(9),
];

/// A verdict that waits for its reason.
struct Writing {
    seq: u64,
    verdict: Verdict,
    field: TextField,
}

/// See the module.
pub struct Review {
    face: Face,
    fresh: bool,
    lines: Vec<LogLine>,
    total: u64,
    reviewed: u64,
    list: List,
    message: String,
    writing: Option<Writing>,
    /// The verdict on its way to the office, so that it is shown only when it is stored.
    sent: Option<(u64, Verdict, Personal<String>)>,
    loading_older: bool,
}

impl Review {
    pub fn new(face: Face) -> Self {
        Self {
            face,
            fresh: true,
            lines: Vec::new(),
            total: 0,
            reviewed: 0,
            list: List::default(),
            message: String::new(),
            writing: None,
            sent: None,
            loading_older: false,
        }
    }

    fn selected(&self) -> Option<&LogLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        self.message = text.in_lang(lang).to_owned();
        Flow::Stay
    }

    fn decide(&mut self, verdict: Verdict, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return Flow::Stay };
        if line.own {
            return self.say(say::OWN_ROW, desk.lang);
        }
        let seq = line.seq;
        if verdict.needs_reason() {
            let field = TextField::new(Accept::Anything, Show::Plain, REASON_LENGTH);
            self.writing = Some(Writing { seq, verdict, field });
            return self.say(say::REASON_HINT, desk.lang);
        }
        self.send(seq, verdict, String::new(), desk)
    }

    fn finish_reason(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(writing) = &self.writing else { return Flow::Stay };
        let reason = writing.field.text();
        if reason.trim().is_empty() {
            return self.say(say::REASON_NEEDED, desk.lang);
        }
        let (seq, verdict) = (writing.seq, writing.verdict);
        self.send(seq, verdict, reason, desk)
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
            && let Some(line) = self.lines.iter_mut().find(|line| line.seq == seq)
        {
            self.reviewed += u64::from(line.review.is_none());
            line.review = Some((verdict, reason.into_inner()));
        }
        self.say(say::RECORDED, lang)
    }

    fn next_unreviewed(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let from = self.list.selected(self.lines.len()).map_or(0, |at| at + 1);
        let open = |line: &LogLine| line.review.is_none() && !line.own;
        match self.lines.iter().enumerate().skip(from).find(|(_, line)| open(line)) {
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
        let at_end = self.list.selected(self.lines.len()).is_some_and(|at| at + 1 == self.lines.len());
        let oldest = self.lines.last().map(|line| line.seq).filter(|seq| *seq > FIRST_SEQ);
        match oldest {
            Some(before) if at_end && !self.loading_older => {
                self.loading_older = true;
                self.message = say::LOADING_OLDER.in_lang(desk.lang).to_owned();
                ask_only(desk, Seat::Main, ListLog { before: Some(before) })
            }
            _ => Flow::Stay,
        }
    }

    fn take(&mut self, page: LogPage) -> Flow<Counter> {
        self.total = page.total;
        self.reviewed = page.reviewed;
        self.message.clear();
        if std::mem::take(&mut self.loading_older) {
            self.lines.extend(page.lines);
        } else {
            self.lines = page.lines;
        }
        Flow::Stay
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(line) = self.selected() else { return vec![self.message.clone()] };
        let terminal = fill(say::AT_TERMINAL.in_lang(lang), &[&line.terminal]);
        let first = format!(
            "{}  {terminal}  {} {}  {} {}",
            day_and_second(line.at, lang),
            line.actor_number,
            line.actor_name,
            log_words::kind(line.object).in_lang(lang),
            log_words::action(line.action).in_lang(lang),
        );
        let detail = line.detail.as_ref().map(|text| text.expose().as_str()).unwrap_or_default();
        let reason = line.reason.map(|reason| reason.text().in_lang(lang)).unwrap_or_default();
        let verdict = line.review.as_ref().map(|(verdict, reason)| {
            format!(
                "{} {} {reason}",
                say::COLUMN_VERDICT.in_lang(lang),
                log_words::verdict(*verdict).in_lang(lang)
            )
        });
        let choose = say::CHOOSE.in_lang(lang).to_owned();
        let third = if self.message.is_empty() { choose } else { self.message.clone() };
        vec![
            first,
            format!("{detail} {reason}").trim().to_owned(),
            verdict.filter(|_| self.writing.is_none()).unwrap_or_default(),
            third,
        ]
    }

    fn cells(line: &LogLine, lang: Lang) -> String {
        let who = match line.actor_number.is_empty() {
            true => say::NOBODY.in_lang(lang).to_owned(),
            false => format!("{} {}", line.actor_number, line.actor_name),
        };
        let record = line.record.as_ref().map(|(number, name)| format!("{number:04} {}", name.expose()));
        let verdict = match (&line.review, line.own) {
            (_, true) => say::OWN.in_lang(lang),
            (Some((verdict, _)), false) => log_words::verdict(*verdict).in_lang(lang),
            (None, false) => "",
        };
        let cells = [
            day_and_time(line.at),
            who,
            log_words::action(line.action).in_lang(lang).to_owned(),
            record.unwrap_or_else(|| log_words::kind(line.object).in_lang(lang).to_owned()),
            log_words::outcome(line.outcome).in_lang(lang).to_owned(),
            verdict.to_owned(),
        ];
        row(COLUMNS, &cells.each_ref().map(String::as_str))
    }
}

/// The log begins with event 1.
const FIRST_SEQ: u64 = 1;

/// What the verification found, as a page to read.
fn report(report: &LogReport, lang: Lang) -> String {
    let mut lines = vec![
        fill(say::REPORT_EVENTS.in_lang(lang), &[&report.events]),
        say::REPORT_HEAD.in_lang(lang).to_owned(),
        format!("  {}", report.head),
        String::new(),
    ];
    if report.findings.is_empty() {
        lines.push(say::REPORT_SOUND.in_lang(lang).to_owned());
    } else {
        lines.push(fill(say::REPORT_FOUND.in_lang(lang), &[&report.findings.len()]));
        lines
            .extend(report.findings.iter().map(|finding| format!("  {}", log_words::finding(finding, lang))));
    }
    let seal = if report.seal_checked { say::REPORT_SEAL } else { say::REPORT_NO_SEAL };
    lines.extend([String::new(), seal.in_lang(lang).to_owned()]);
    lines.join("\n")
}

impl Screen<Counter> for Review {
    fn contexts(&self) -> &[Context] {
        if self.writing.is_some() { TEXT_ITEMS } else { LISTING }
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Some(writing) = &mut self.writing {
            match command {
                Command::NextItem | Command::Register => return self.finish_reason(desk),
                Command::Cancel | Command::Back => {
                    self.writing = None;
                    self.message.clear();
                }
                _ if writing.field.edit(command) != Edited::NotMine => {}
                _ => return Flow::Pass,
            }
            return Flow::Stay;
        }
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Refresh => {
                self.list.select(0);
                ask_only(desk, Seat::Main, ListLog { before: None })
            }
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => self.moved(desk),
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        let words = [("1-4", say::KEY_VERDICT), ("N", say::KEY_NEXT), ("V", say::KEY_VERIFY)];
        if self.writing.is_some() { Vec::new() } else { lettered(lang, &words) }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Some(writing) = &mut self.writing {
            writing.field.insert(text);
            return Flow::Stay;
        }
        match text.to_ascii_uppercase().as_str() {
            "1" => self.decide(Verdict::Work, desk),
            "2" => self.decide(Verdict::Ask, desk),
            "3" => self.decide(Verdict::Doubtful, desk),
            "4" => self.decide(Verdict::Later, desk),
            "N" => self.next_unreviewed(desk),
            "V" => Flow::Effects(vec![ask(desk, Seat::Main, VerifyLog { auditor: None })]),
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
            ops::Reply::VerifyLog(Ok(found)) => {
                let text = Personal::new(report(&found, desk.lang));
                Flow::Effects(vec![Effect::Push(Box::new(Reader::new(say::REPORT_TITLE, &text)))])
            }
            ops::Reply::VerifyLog(Err(reason)) => self.say(reason.text(), desk.lang),
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        ask_only(desk, Seat::Main, ListLog { before: None })
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let progress = fill(say::PROGRESS.in_lang(lang), &[&self.reviewed, &self.total]);
        let listing = Listing {
            title: say::TITLE,
            title_right: &format!("{} {}  {progress}", self.face.number, self.face.name),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: if self.writing.is_some() { say::EXPECT_JAPANESE } else { common::EXPECT_ASCII },
            keys: &self.letters(lang),
            contexts: self.contexts(),
            counts: None,
            columns: COLUMNS,
            headings: &[
                say::COLUMN_WHEN,
                say::COLUMN_WHO,
                say::COLUMN_ACTION,
                say::COLUMN_RECORD,
                say::COLUMN_OUTCOME,
                say::COLUMN_VERDICT,
            ],
            instead: if self.fresh { outbox::LOADING } else { say::EMPTY },
        };
        let at_row = listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map(|line| Self::cells(line, lang)).unwrap_or_default()
        });
        let Some(writing) = &self.writing else { return at_row };
        // In a message row: the list keeps its pages.
        let y = frame::body(area, MESSAGE_ROWS).bottom() + REASON_ROW;
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let x = put(buffer, area, area.x + 1, y, say::REASON.in_lang(lang), bold);
        let field = Rect { x: x + 1, y, width: area.width.saturating_sub(x + 3), height: 1 };
        writing.field.draw(buffer, field, Style::new())
    }
}
