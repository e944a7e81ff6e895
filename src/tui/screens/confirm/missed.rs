//! No match: how many attempts are left, and nothing about what differs.
use super::blind::Blind;
use super::{Case, FIXED};
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ConfirmationTask};
use crate::text::{Lang, common, fill, outbox as say};
use crate::tui::counter::{Counter, Reply};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View, lettered};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// See the module.
pub struct Missed {
    case: Case,
    task: ConfirmationTask,
    ends_us: u64,
    busy: bool,
}

impl Missed {
    pub fn new(case: Case, task: ConfirmationTask, ends_us: u64) -> Self {
        Self { case, task, ends_us, busy: false }
    }
}

impl Screen<Counter> for Missed {
    fn contexts(&self) -> &[Context] {
        FIXED
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Back | Command::Cancel if !self.busy => self.case.stop(desk),
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(lang, &[("R", say::KEY_AGAIN), ("B", say::KEY_RETURN)])
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match text {
            "R" if !self.busy => {
                let next = Blind::until(self.case.clone(), self.task, self.ends_us);
                Flow::Effects(vec![Effect::Replace(Box::new(next))])
            }
            "B" if !self.busy => {
                self.busy = true;
                self.case.return_it(desk)
            }
            _ => Flow::Pass,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        match reply {
            Reply::NobodyThere => self.case.start_again(say::SEAT_LEFT, desk),
            Reply::Performed(reply) => match *reply {
                ops::Reply::ReturnTransmission(result) => self.case.returned(result, desk),
                _ => Flow::Pass,
            },
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        (!self.busy).then_some(self.ends_us)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.case.start_again(say::EVIDENCE_OLD, desk)
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let mut fixed = self.letters(lang);
        fixed.extend(view.keys(FIXED, &[(Command::Back, say::KEY_STOP)]));
        let frame = Frame {
            title: &self.case.title(say::MISSED_TITLE, lang),
            title_right: &self.case.confirmer(lang),
            status: common::EXPECT_ASCII.in_lang(lang),
            status_right: say::MISSED_STATUS.in_lang(lang),
            fixed: &fixed,
            commands: &[Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, FIXED, buffer, area);
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        put(buffer, body, body.x + 3, body.y + 1, say::NOT_SENT.in_lang(lang), bold);
        put(buffer, body, body.x + 3, body.y + 3, say::MISSED_WHICH.in_lang(lang), plain);
        for (y, (at, text)) in (body.y + 5..).zip((1..).zip([say::MISSED_1, say::MISSED_2, say::MISSED_3])) {
            put(buffer, body, body.x + 3, y, &format!("{at}  {}", text.in_lang(lang)), plain);
        }
        let left = fill(say::MISSED_LEFT.in_lang(lang), &[&self.task.attempts_left]);
        put(buffer, body, body.x + 3, body.y + 9, &left, plain);
        Position::new(body.x + 3, body.y + 5)
    }
}
