//! No match: how many attempts are left, and nothing about what differs.
use super::blind::Blind;
use super::supervise::Supervise;
use super::{Case, FIXED};
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ConfirmationTask};
use crate::text::{Lang, common, fill, outbox as say};
use crate::tui::counter::{Counter, Reply, Value};
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
    /// Two in a row: nobody goes on before a supervisor has come.
    call_supervisor: bool,
    message: String,
    busy: bool,
}

impl Missed {
    pub fn new(case: Case, task: ConfirmationTask, ends_us: u64, call_supervisor: bool) -> Self {
        Self { case, task, ends_us, call_supervisor, message: String::new(), busy: false }
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
        let first = if self.call_supervisor { ("H", say::KEY_SUPERVISOR) } else { ("R", say::KEY_AGAIN) };
        lettered(lang, &[first, ("B", say::KEY_RETURN)])
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match text {
            "H" if self.call_supervisor && !self.busy => {
                Flow::Effects(vec![Effect::Push(Box::new(Supervise::new(&self.case)))])
            }
            "R" if !self.busy && !self.call_supervisor => {
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

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        if matches!(value, Value::Changed) {
            self.call_supervisor = false;
            say::SUPERVISOR_CAME.in_lang(desk.lang).clone_into(&mut self.message);
        }
        Flow::Stay
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
        let first = if self.call_supervisor { say::MISSED_TWICE } else { say::MISSED_1 };
        for (y, (at, text)) in (body.y + 5..).zip((1..).zip([first, say::MISSED_2, say::MISSED_3])) {
            put(buffer, body, body.x + 3, y, &format!("{at}  {}", text.in_lang(lang)), plain);
        }
        let left = fill(say::MISSED_LEFT.in_lang(lang), &[&self.task.attempts_left]);
        put(buffer, body, body.x + 3, body.y + 9, &left, plain);
        put(buffer, body, body.x + 3, body.y + 11, &self.message, bold);
        Position::new(body.x + 3, body.y + 5)
    }
}
