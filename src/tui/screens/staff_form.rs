//! A new account: what one administrator enters, and the initial password that is shown once.
use crate::domain::sensitive::Secret;
use crate::domain::staff::{Role, Roles};
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ProposeStaff};
use crate::text::{Text, common, fill, staff as say};
use crate::tui::counter::{Counter, Reply, Value, perform};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::screens::staff::{Line, role_text};
use crate::tui::widgets::column::{Column, Moved};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::{Accept, Show};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::rc::Rc;

const MESSAGE_ROWS: u16 = 2;
const LEFT: u16 = 4;
const NUMBER: usize = 0;
const NAME: usize = 1;
const SECTION: usize = 2;
const ROLES: usize = 3;
const SAME_PERSON: usize = 4;
const NUMBER_DIGITS: usize = 8;
pub(super) const NAME_LIMIT: usize = 40;
pub(super) const NAME_COLUMNS: u16 = 30;

/// See the module.
pub struct StaffForm {
    others: Rc<Vec<Line>>,
    fields: Column,
    saving: Option<Ticket>,
    message: Option<Text>,
}

impl StaffForm {
    pub fn new(others: Rc<Vec<Line>>) -> Self {
        let fields = Column::default()
            .text(say::STAFF_NUMBER, Accept::Digits, Show::Plain, NUMBER_DIGITS, 10)
            .note(say::NUMBER_NOTE)
            .text(say::NAME, Accept::Anything, Show::Plain, NAME_LIMIT, NAME_COLUMNS)
            .text(say::SECTION, Accept::Anything, Show::Plain, NAME_LIMIT, NAME_COLUMNS)
            .marks(say::ROLES, Role::ALL.map(role_text).to_vec())
            .note(say::ROLES_NOTE)
            .text(say::SAME_PERSON, Accept::Digits, Show::Plain, NUMBER_DIGITS, 10)
            .note(say::SAME_PERSON_NOTE);
        Self { others, fields, saving: None, message: None }
    }

    fn save(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let wanted = self.fields.value(SAME_PERSON);
        let same = self.others.iter().find(|line| line.number.as_str() == wanted);
        if !wanted.is_empty() && same.is_none() {
            self.fields.focus_on(SAME_PERSON);
            self.message = Some(say::SAME_PERSON_UNKNOWN);
            return Flow::Stay;
        }
        let proposal = ops::StaffProposal {
            number: self.fields.value(NUMBER),
            name: self.fields.value(NAME),
            section: self.fields.value(SECTION),
            roles: Roles::from_bits(self.fields.chosen(ROLES)).unwrap_or_default(),
            same_person_as: same.map(|line| line.account),
        };
        let ticket = desk.ticket();
        self.saving = Some(ticket);
        self.message = None;
        Flow::Effects(vec![Effect::Perform(ticket, perform(ProposeStaff { proposal }))])
    }
}

impl Screen<Counter> for StaffForm {
    fn contexts(&self) -> &[Context] {
        self.fields.contexts()
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            _ if self.saving.is_some() => Flow::Stay,
            Command::Register => self.save(desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            // Enter on the last item only goes round: entering an account is a deliberate key.
            _ => match self.fields.apply(command) {
                Moved::Through => {
                    self.fields.focus_on(NUMBER);
                    Flow::Stay
                }
                Moved::Stayed => Flow::Stay,
                Moved::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.saving.is_none() {
            self.message = (!self.fields.insert(text)).then_some(crate::text::sign_in::DIGITS_ONLY);
        }
        Flow::Stay
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.saving != Some(ticket) {
            return Flow::Pass;
        }
        self.saving = None;
        let Reply::Performed(reply) = reply else {
            self.message = Some(say::NOBODY_THERE);
            return Flow::Stay;
        };
        match *reply {
            ops::Reply::ProposeStaff(Ok(proposed)) => {
                let who = format!("{} {}", self.fields.value(NUMBER), self.fields.value(NAME));
                let slip = InitialPassword { who, password: proposed.initial_password };
                Flow::Effects(vec![Effect::Replace(Box::new(slip))])
            }
            ops::Reply::ProposeStaff(Err(reason)) => {
                self.message = Some(reason.text());
                Flow::Stay
            }
            _ => Flow::Stay,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let contexts = self.fields.contexts();
        let words = [
            (Command::NextItem, crate::text::sign_in::NEXT),
            (Command::Register, say::SAVE),
            (Command::Back, say::BACK),
        ];
        let message = match self.saving {
            Some(_) => common::WORKING.in_lang(lang),
            None => self.message.map_or("", |text| text.in_lang(lang)),
        };
        let kana = matches!(self.fields.focus(), NAME | SECTION);
        let frame = Frame {
            title: say::FORM_TITLE.in_lang(lang),
            messages: &[message.to_owned(), say::FORM_HOW.in_lang(lang).to_owned()],
            message_rows: MESSAGE_ROWS,
            status: if kana { common::EXPECT_KANA } else { common::EXPECT_ASCII }.in_lang(lang),
            status_right: say::TWO_NEEDED.in_lang(lang),
            fixed: &view.keys(contexts, &words),
            commands: &[Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, contexts, buffer, area);
        let fields = Rect { x: body.x + LEFT, y: body.y + 2, ..body }.intersection(body);
        self.fields.draw(buffer, fields, lang, 2)
    }
}

/// The slip of paper, once.
struct InitialPassword {
    who: String,
    password: Secret,
}

const SLIP: &[Context] = &[Context::Reader, Context::Global];

impl Screen<Counter> for InitialPassword {
    fn contexts(&self) -> &[Context] {
        SLIP
    }

    fn on_command(&mut self, command: Command, _desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Close => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            // Closing by habit would lose what nobody can show again.
            Command::Back | Command::Cancel => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let frame = Frame {
            title: say::INITIAL_TITLE.in_lang(lang),
            status: say::INITIAL_CLOSE.in_lang(lang),
            commands: &[Command::Close],
            ..Frame::default()
        };
        let body = frame.draw(view, SLIP, buffer, area);
        let left = body.x + LEFT;
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let who = fill(say::INITIAL_FOR.in_lang(lang), &[&self.who]);
        put(buffer, body, left, body.y + 2, &who, Style::new());
        put(buffer, body, left + LEFT, body.y + 4, self.password.expose(), bold);
        for (y, how) in
            (body.y + 6..).step_by(2).zip([say::INITIAL_HOW_1, say::INITIAL_HOW_2, say::INITIAL_HOW_3])
        {
            put(buffer, body, left, y, how.in_lang(lang), Style::new());
        }
        Position::new(left + LEFT, body.y + 4)
    }
}
