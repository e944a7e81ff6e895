//! The first sign-in: an own password instead of the initial one, and a token, proved by one code.
use crate::domain::sensitive::Secret;
use crate::keymap::{Command, Context};
use crate::office::{Enrolment, Reason};
use crate::text::{Text, common, fill, sign_in as say};
use crate::tui::counter::{Counter, Reply, Request, Seat};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::screens::greeting::Greeting;
use crate::tui::screens::labels;
use crate::tui::screens::places::{self, Workplace};
use crate::tui::screens::sign_in::{PASSWORD_COLUMNS, PASSWORD_LIMIT, Porch, SignIn};
use crate::tui::screens::token_page::TokenPage;
use crate::tui::widgets::column::{Column, Moved};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::paragraph;
use crate::tui::widgets::text_field::{Accept, Show};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
const LEFT: u16 = 4;
const PASSWORD: usize = 0;
const AGAIN: usize = 1;
const CODE: usize = 0;
const CODE_DIGITS: usize = 6;
/// The page shows a secret to a person who is not signed in yet: it does not stay open over lunch.
const PATIENCE_US: u64 = 10 * 60 * 1_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Password,
    Token,
    /// Keys do nothing until the office answers.
    Saving(Ticket),
}

/// See the module.
pub struct Enrol {
    porch: Porch,
    /// `None` only while the office has it.
    enrolment: Option<Box<Enrolment>>,
    step: Step,
    passwords: Column,
    code: Column,
    message: Option<Text>,
    until_us: u64,
}

impl Enrol {
    pub fn new(enrolment: Box<Enrolment>, porch: Porch, now_us: u64) -> Self {
        let masked = |column: Column, label| {
            column.text(label, Accept::Anything, Show::Masked, PASSWORD_LIMIT, PASSWORD_COLUMNS)
        };
        Self {
            porch,
            enrolment: Some(enrolment),
            step: Step::Password,
            passwords: masked(masked(Column::default(), say::NEW_PASSWORD), say::AGAIN),
            code: code_field(),
            message: None,
            until_us: now_us.saturating_add(PATIENCE_US),
        }
    }

    fn password(&self) -> Secret {
        secret(&self.passwords, PASSWORD)
    }

    fn choose_password(&mut self) -> Flow<Counter> {
        let Some(enrolment) = &self.enrolment else { return Flow::Stay };
        match check_twice(&mut self.passwords, PASSWORD, AGAIN, |new| enrolment.check_password(new)) {
            Ok(()) => {
                self.step = Step::Token;
                self.message = None;
                Flow::Effects(vec![Effect::Redraw])
            }
            Err(text) => {
                self.message = Some(text);
                Flow::Stay
            }
        }
    }

    fn save(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.code.is_empty(CODE) {
            self.message = Some(say::CODE_MISSING);
            return Flow::Stay;
        }
        let Some(enrolment) = self.enrolment.take() else { return Flow::Stay };
        let ticket = desk.ticket();
        self.step = Step::Saving(ticket);
        let (password, code) = (self.password(), secret(&self.code, CODE));
        let request = Request::FinishEnrolment { seat: Seat::Main, enrolment, password, code };
        Flow::Effects(vec![Effect::Perform(ticket, request)])
    }

    fn refused(&mut self, enrolment: Box<Enrolment>, reason: Reason) -> Flow<Counter> {
        self.enrolment = Some(enrolment);
        self.step = Step::Token;
        self.code.clear(CODE);
        self.message = Some(reason.text());
        Flow::Stay
    }

    fn leave(&self, desk: &Desk<'_>, notice: Option<Text>) -> Flow<Counter> {
        let door = SignIn::opening(self.porch.clone(), desk.now, notice);
        Flow::Effects(vec![Effect::Reset(Box::new(door))])
    }

    fn draw_password(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let contexts = self.passwords.contexts();
        let frame = Frame {
            title: say::ENROL_TITLE.in_lang(lang),
            title_right: &self.whose(),
            messages: &[self.message.map_or("", |text| text.in_lang(lang)).to_owned()],
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            status_right: &labels::keymap_is(view),
            fixed: &view.keys(contexts, WORDS),
            commands: &[Command::Help],
        };
        let body = frame.draw(view, contexts, buffer, area);
        let inside = Rect { x: body.x + LEFT, width: body.width.saturating_sub(2 * LEFT), ..body };
        let from = |y: u16| Rect { y, height: body.bottom().saturating_sub(y), ..inside };
        let y = paragraph::draw(buffer, from(body.y + 1), say::ENROL_WHY.in_lang(lang), Style::new());
        let y = paragraph::draw(buffer, from(y + 1), say::PASSWORD_RULE.in_lang(lang), Style::new());
        self.passwords.draw(buffer, from(y + 2), lang, 2)
    }

    fn whose(&self) -> String {
        let Some(enrolment) = &self.enrolment else { return String::new() };
        fill("{0} {1}", &[&enrolment.face().number, &enrolment.face().name])
    }
}

const WORDS: &[(Command, Text)] =
    &[(Command::NextItem, say::NEXT), (Command::Register, say::FINISH), (Command::Back, say::QUIT)];

impl Screen<Counter> for Enrol {
    fn contexts(&self) -> &[Context] {
        match self.step {
            Step::Password => self.passwords.contexts(),
            _ => self.code.contexts(),
        }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.until_us = desk.now_us.saturating_add(PATIENCE_US);
        let through = match (self.step, command) {
            (Step::Saving(_), _) => return Flow::Stay,
            (Step::Password, Command::Back | Command::Cancel) => return self.leave(desk, None),
            (Step::Token, Command::Back | Command::Cancel) => {
                self.step = Step::Password;
                self.message = None;
                return Flow::Effects(vec![Effect::Redraw]);
            }
            (_, Command::Register) => Moved::Through,
            (Step::Password, _) => self.passwords.apply(command),
            (Step::Token, _) => self.code.apply(command),
        };
        match (through, self.step) {
            (Moved::NotMine, _) => Flow::Pass,
            (Moved::Stayed, _) => Flow::Stay,
            (Moved::Through, Step::Password) => self.choose_password(),
            (Moved::Through, _) => self.save(desk),
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.until_us = desk.now_us.saturating_add(PATIENCE_US);
        let taken = match self.step {
            Step::Password => self.passwords.insert(text),
            Step::Token => self.code.insert(text),
            Step::Saving(_) => return Flow::Stay,
        };
        self.message = (!taken).then_some(say::DIGITS_ONLY);
        Flow::Stay
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        match reply {
            _ if self.step != Step::Saving(ticket) => Flow::Pass,
            Reply::Enrolled(Ok(face)) => {
                self.porch.presence.arrive(&face);
                let home = places::open(places::home(&face), &Workplace::new((*face).clone()));
                Flow::Effects(vec![Effect::Reset(home), Effect::Push(Box::new(Greeting::new(*face)))])
            }
            Reply::Enrolled(Err((enrolment, reason))) => self.refused(enrolment, reason),
            _ => self.leave(desk, None),
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        (!matches!(self.step, Step::Saving(_))).then_some(self.until_us)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.leave(desk, Some(say::ENROL_STALE))
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let Some(enrolment) = self.enrolment.as_ref().filter(|_| self.step == Step::Token) else {
            let caret = self.draw_password(view, buffer, area);
            return match self.step {
                Step::Saving(_) => labels::only(view, buffer, area, say::ENROL_SAVING),
                _ => caret,
            };
        };
        let page = TokenPage {
            title: say::ENROL_TOKEN_TITLE,
            whose: &self.whose(),
            offer: &enrolment.token(),
            fields: &self.code,
            message: self.message.map_or("", |text| text.in_lang(view.lang)),
            words: &[(Command::Register, say::FINISH), (Command::Back, common::GO_BACK)],
        };
        page.draw(view, self.code.contexts(), buffer, area)
    }
}

/// The one field of a token page.
pub(super) fn code_field() -> Column {
    Column::default().text(say::CODE, Accept::Digits, Show::Plain, CODE_DIGITS, 7)
}

/// The content of a password field.
pub(super) fn secret(column: &Column, at: usize) -> Secret {
    column.field(at).map_or_else(Secret::default, |field| Secret::new(field.secret().to_string()))
}

/// Whether both entries agree and the office takes the password; else both are emptied and the sentence says why.
pub(super) fn check_twice(
    column: &mut Column,
    first: usize,
    again: usize,
    check: impl Fn(&Secret) -> Result<(), Reason>,
) -> Result<(), Text> {
    let (new, second) = (secret(column, first), secret(column, again));
    let verdict = match check(&new) {
        Ok(()) if new.expose() == second.expose() => return Ok(()),
        Ok(()) => say::PASSWORDS_DIFFER,
        Err(reason) => reason.text(),
    };
    column.clear(first);
    column.clear(again);
    column.focus_on(first);
    Err(verdict)
}
