//! Keying from paper what the sender chose, without seeing it.
use super::super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use super::Case;
use super::missed::Missed;
use super::reveal::Reveal;
use crate::domain::sensitive::Personal;
use crate::keymap::{Command, Context};
use crate::office::Reason;
use crate::office::ops::{
    self, BlindAnswers, ConfirmationTask, DrillResult, MatchOutcome, MatchTransmission, PersonCheck,
};
use crate::text::{Text, destinations, drills, fill, outbox as say};
use crate::tui::counter::{Counter, Reply};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const ADDRESS_LENGTH: usize = 254;
const ADDRESS_QUESTION: usize = 1;
const QUESTIONS: [Text; 3] = [say::BLIND_WHOSE, say::BLIND_WHERE, say::BLIND_HOW_MANY];

/// See the module.
pub struct Blind {
    case: Case,
    task: ConfirmationTask,
    /// When the evidence is worth nothing any more.
    ends_us: u64,
    items: Items,
    message: String,
    busy: bool,
}

impl Blind {
    pub fn new(case: Case, task: ConfirmationTask, desk: &Desk<'_>) -> Self {
        let left_s = u64::try_from(task.valid_until.seconds_since(desk.now)).unwrap_or(0);
        Self::until(case, task, desk.now_us.saturating_add(left_s.saturating_mul(1_000_000)))
    }

    /// The same evidence, a fresh start.
    pub(super) fn until(case: Case, task: ConfirmationTask, ends_us: u64) -> Self {
        let person = match task.person {
            PersonCheck::BirthDate => {
                Some(Item::new(say::BLIND_BIRTH, Accept::Anything, 20, 22).hint(say::HINT_BIRTH))
            }
            PersonCheck::RecordNumber => {
                Some(Item::new(say::BLIND_RECEPTION, Accept::Digits, 10, 12).hint(say::HINT_RECEPTION))
            }
            PersonCheck::Nobody => None,
        };
        let items = person.into_iter().chain([
            Item::new(say::BLIND_ADDRESS, Accept::Anything, ADDRESS_LENGTH, 52),
            Item::new(say::BLIND_PAGES, Accept::Digits, 4, 8).hint(say::HINT_PAGES),
        ]);
        let items = items.collect();
        Self { case, task, ends_us, items: Items::new(items), message: String::new(), busy: false }
    }

    fn compare(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy {
            return Flow::Stay;
        }
        if self.items.go_to_empty() {
            self.message = say::BLIND_INCOMPLETE.in_lang(desk.lang).to_owned();
            return Flow::Stay;
        }
        self.busy = true;
        let asked = self.first_question();
        let answers = BlindAnswers {
            person: Personal::new(if asked == 0 { self.items.text(0) } else { String::new() }),
            address: self.items.text(1 - asked),
            pages: self.items.text(2 - asked),
        };
        let (transmission, evidence) = (self.case.transmission, self.task.evidence);
        Flow::Effects(vec![ask(desk, self.case.seat, MatchTransmission { transmission, evidence, answers })])
    }

    /// A test page is about nobody: the first question is left out.
    fn first_question(&self) -> usize {
        usize::from(self.task.person == PersonCheck::Nobody)
    }

    fn compared(&mut self, outcome: Result<MatchOutcome, Reason>, desk: &mut Desk<'_>) -> Flow<Counter> {
        let case = self.case.clone();
        match outcome {
            Ok(MatchOutcome::Match(shown)) => {
                let next = Reveal::new(case, self.task, self.ends_us, shown, desk);
                Flow::Effects(vec![Effect::Replace(Box::new(next))])
            }
            Ok(MatchOutcome::Mismatch { left, call_supervisor }) => {
                let task = ConfirmationTask { attempts_left: left, ..self.task };
                let missed = Missed::new(case, task, self.ends_us, call_supervisor);
                Flow::Effects(vec![Effect::Replace(Box::new(missed))])
            }
            Ok(MatchOutcome::Void) => case.end(say::VOID_TITLE, &[say::VOID_NOTE, say::VOID_NEXT], desk),
            Ok(MatchOutcome::Drill(result)) => case.end(drills::WAS_DRILL, end_of_drill(result), desk),
            Err(reason) => case.refused(reason, desk),
        }
    }
}

const fn end_of_drill(result: DrillResult) -> &'static [Text] {
    match result {
        DrillResult::Caught => drills::CAUGHT,
        DrillResult::Missed => drills::MISSED,
        DrillResult::Neither => drills::NEITHER,
    }
}

impl Screen<Counter> for Blind {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.compare(desk),
            Command::Back => self.case.stop(desk),
            _ => match self.items.apply(command) {
                Step::Done => Flow::Stay,
                Step::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        if text.chars().count() > 1 {
            return self.on_paste(text, desk);
        }
        self.message.clear();
        self.items.insert(text);
        Flow::Stay
    }

    /// Refused, also a single character that came too fast. Its first letters may have passed for typing: they go too.
    fn on_paste(&mut self, _text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.items.clear_focused();
        self.message = destinations::NO_PASTE.in_lang(desk.lang).to_owned();
        Flow::Stay
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        match reply {
            Reply::NobodyThere => self.case.start_again(say::SEAT_LEFT, desk),
            Reply::Performed(reply) => match *reply {
                ops::Reply::MatchTransmission(outcome) => self.compared(outcome, desk),
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
        let words = [(Command::Register, say::KEY_MATCH), (Command::Back, say::KEY_STOP)];
        let frame = Frame {
            title: &self.case.title(say::CONFIRM_TITLE, view.lang),
            title_right: &self.case.confirmer(view.lang),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: destinations::EXPECT_BLIND.in_lang(view.lang),
            status_right: &fill(say::ATTEMPTS_LEFT.in_lang(view.lang), &[&self.task.attempts_left]),
            fixed: &view.keys(SHARED_ITEMS, &words),
            commands: &[Command::NextItem, Command::Help],
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        let plain = Style::new();
        put(buffer, body, body.x + 1, body.y, say::BLIND_NOTE.in_lang(view.lang), plain);
        let mut caret = body.as_position();
        let mut y = body.y + 2;
        let first = self.first_question();
        for (at, question) in QUESTIONS.into_iter().enumerate().skip(first) {
            put(buffer, body, body.x + 1, y, question.in_lang(view.lang), plain);
            caret = self.items.draw(at - first, view, buffer, body, y + 1).unwrap_or(caret);
            // The address takes the whole row: its hint stands below.
            if at == ADDRESS_QUESTION {
                let (x, hint) = (body.x + 24, say::HINT_ADDRESS.in_lang(view.lang));
                put(buffer, body, x, y + 2, hint, plain);
                y += 1;
            }
            y += 3;
        }
        caret
    }
}
