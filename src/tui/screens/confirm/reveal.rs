//! Everything matched: read it aloud, then S. Not before two seconds, not with Enter, not twice.
use super::wording::{VALUE_COLUMNS, aloud, rows};
use super::{Case, FIXED};
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ConfirmTransmission, ConfirmationTask, Reveal as Shown};
use crate::text::{Lang, common, outbox as say};
use crate::tui::counter::{Counter, Reply};
use crate::tui::screen::{Desk, Flow, Screen, Ticket, View, lettered};
use crate::tui::screens::parts::ask_only;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::paragraph::wrap;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const VALUE_X: u16 = 12;
/// The heading of what is read aloud, an empty row, S and N.
const ROWS_BELOW: usize = 4;

/// Where the letter S stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letter {
    Inert,
    /// Pressed before its time: the wait has begun again.
    TooEarly,
    Works,
    /// Pressed, or sent back: no letter does anything any more.
    Spent,
}

/// See the module.
pub struct Reveal {
    case: Case,
    task: ConfirmationTask,
    works_us: u64,
    ends_us: u64,
    shown: Shown,
    letter: Letter,
}

impl Reveal {
    pub fn new(case: Case, task: ConfirmationTask, ends_us: u64, shown: Shown, desk: &Desk<'_>) -> Self {
        // Long enough to look, short enough to stay: a lock-out makes people check.
        let works_us = desk.now_us.saturating_add(desk.send_wait_us);
        Self { case, task, works_us, ends_us, shown, letter: Letter::Inert }
    }
}

impl Screen<Counter> for Reveal {
    fn contexts(&self) -> &[Context] {
        FIXED
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Back if self.letter != Letter::Spent => self.case.stop(desk),
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("S", say::KEY_SEND), ("N", say::KEY_NOT_SEND)])
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (text, self.letter) {
            ("S", Letter::Works) => {
                self.letter = Letter::Spent;
                let (transmission, evidence) = (self.case.transmission, self.task.evidence);
                ask_only(desk, self.case.seat, ConfirmTransmission { transmission, evidence })
            }
            // A key that is held comes again and again: were the wait not to begin anew, the first of them after it would
            // send what nobody has looked at.
            ("S", Letter::Inert | Letter::TooEarly) => {
                self.letter = Letter::TooEarly;
                self.works_us = desk.now_us.saturating_add(desk.send_wait_us);
                Flow::Stay
            }
            ("N", Letter::Works | Letter::Inert | Letter::TooEarly) => {
                self.letter = Letter::Spent;
                self.case.return_it(desk)
            }
            _ => Flow::Pass,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        match reply {
            Reply::NobodyThere => self.case.start_again(say::SEAT_LEFT, desk),
            Reply::Performed(reply) => match *reply {
                ops::Reply::ConfirmTransmission(Ok(_)) => {
                    self.case.end(say::SENT_TITLE, &[say::SENT_NOTE], desk)
                }
                ops::Reply::ConfirmTransmission(Err(reason)) => self.case.refused(reason, desk),
                ops::Reply::ReturnTransmission(result) => self.case.returned(result, desk),
                _ => Flow::Pass,
            },
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        match self.letter {
            Letter::Inert | Letter::TooEarly => Some(self.works_us.min(self.ends_us)),
            Letter::Works => Some(self.ends_us),
            Letter::Spent => None,
        }
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if matches!(self.letter, Letter::Inert | Letter::TooEarly) && desk.now_us < self.ends_us {
            self.letter = Letter::Works;
            return Flow::Stay;
        }
        self.case.start_again(say::EVIDENCE_OLD, desk)
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let state = match self.letter {
            Letter::Inert => say::NOT_YET,
            Letter::TooEarly => say::TOO_EARLY,
            Letter::Works => say::S_WORKS,
            Letter::Spent => say::SENDING,
        };
        let mut fixed = self.letters(lang);
        fixed.extend(view.keys(FIXED, &[(Command::Back, say::KEY_STOP)]));
        let frame = Frame {
            title: &self.case.title(say::REVEAL_TITLE, lang),
            title_right: &self.case.confirmer(lang),
            status: common::EXPECT_ASCII.in_lang(lang),
            status_right: say::ENTER_INERT.in_lang(lang),
            fixed: &fixed,
            commands: &[Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, FIXED, buffer, area);
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let rows: Vec<(String, Vec<String>)> = rows(&self.shown, lang)
            .into_iter()
            .map(|(label, value)| (label, wrap(&value, VALUE_COLUMNS)))
            .collect();
        let aloud: Vec<String> =
            aloud(&self.shown, lang).iter().flat_map(|line| wrap(line, VALUE_COLUMNS)).collect();
        let needed = rows.iter().map(|(_, lines)| lines.len() + 1).sum::<usize>() + aloud.len() + ROWS_BELOW;
        // Air between the rows while there is room: what is read aloud has to stand alone.
        let air = u16::from(needed <= usize::from(body.height));
        let mut y = body.y;
        for (label, lines) in &rows {
            put(buffer, body, body.x + 2, y, label, plain);
            for row in lines {
                put(buffer, body, body.x + VALUE_X, y, row, bold);
                y += 1;
            }
            y += air;
        }
        y += 1 - air;
        put(buffer, body, body.x + 2, y, say::REVEAL_ALOUD.in_lang(lang), plain);
        for row in &aloud {
            y += 1;
            put(buffer, body, body.x + 4, y, row, bold);
        }
        y += 2;
        let caret = Position::new(body.x + 2, y.min(body.bottom().saturating_sub(1)));
        let send = format!("S  {}   {}", say::KEY_SEND.in_lang(lang), state.in_lang(lang));
        put(buffer, body, caret.x, caret.y, &send, bold);
        put(buffer, body, caret.x, caret.y + 1, &format!("N  {}", say::KEY_NOT_SEND.in_lang(lang)), bold);
        caret
    }
}
