//! The first start: office name, two supervisors with their tokens, three envelopes, and one key that writes it all.
//!
//! Nothing is written before that key. One step back keeps what was typed.
mod draw;
mod envelopes;
mod first_slip;

use crate::domain::staff::{Role, Roles};
use crate::keymap::{Command, Context};
use crate::office::{Envelope, Founder, Reason, SetUp};
use crate::text::{Lang, Text, sign_in, wizard as say};
use crate::tui::counter::{Counter, Reply, Request};
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View};
use crate::tui::screens::enrol::{check_twice, code_field, secret};
use crate::tui::screens::sign_in::{PASSWORD_COLUMNS, PASSWORD_LIMIT, Porch, SignIn};
use crate::tui::screens::staff_form::{NAME_COLUMNS, NAME_LIMIT};
use crate::tui::widgets::column::{Column, Moved};
use crate::tui::widgets::text_field::{Accept, Show};
use envelopes::Probe;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const READING: &[Context] = &[Context::Reader, Context::Global];
/// F12 is the only way on from the summary.
const DECIDING: &[Context] = &[Context::Form, Context::Global];
const NUMBER: usize = 0;
const NAME: usize = 1;
const SECTION: usize = 2;
const PASSWORD: usize = 3;
const AGAIN: usize = 4;
const NUMBER_DIGITS: usize = 8;
const LEAVE: char = 'Y';
const GO_ON: char = 'N';

/// Where in the set-up we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Office,
    Person(usize),
    Token(usize),
    Write(Envelope),
    Check(Envelope),
    Summary,
}

const STEPS: [Step; 12] = [
    Step::Office,
    Step::Person(0),
    Step::Token(0),
    Step::Person(1),
    Step::Token(1),
    Step::Write(Envelope::Recovery),
    Step::Check(Envelope::Recovery),
    Step::Write(Envelope::Backup),
    Step::Check(Envelope::Backup),
    Step::Write(Envelope::Auditor),
    Step::Check(Envelope::Auditor),
    Step::Summary,
];

/// Where the set-up itself is: here, or with the office.
enum Holder {
    /// Not asked for yet, or refused.
    Nobody,
    Beginning(Ticket),
    Here(Box<SetUp>),
    Saving(Ticket),
}

/// See the module.
pub struct Wizard {
    porch: Porch,
    at: usize,
    holder: Holder,
    office: Column,
    people: [Column; 2],
    codes: [Column; 2],
    probe: Probe,
    message: Option<Text>,
}

impl Wizard {
    pub fn new(porch: Porch) -> Self {
        Self {
            porch,
            at: 0,
            holder: Holder::Nobody,
            office: Column::default().text(
                say::OFFICE,
                Accept::Anything,
                Show::Plain,
                NAME_LIMIT,
                NAME_COLUMNS,
            ),
            people: [person_fields(), person_fields()],
            codes: [code_field(), code_field()],
            probe: Probe::default(),
            message: None,
        }
    }

    fn step(&self) -> Step {
        STEPS.get(self.at).copied().unwrap_or(Step::Summary)
    }

    fn set_up(&self) -> Option<&SetUp> {
        match &self.holder {
            Holder::Here(set_up) => Some(set_up),
            _ => None,
        }
    }

    fn column_mut(&mut self) -> Option<&mut Column> {
        match self.step() {
            Step::Office => Some(&mut self.office),
            Step::Person(n) => self.people.get_mut(n),
            Step::Token(n) => self.codes.get_mut(n),
            Step::Check(_) => Some(&mut self.probe.fields),
            Step::Write(_) | Step::Summary => None,
        }
    }

    fn begin(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let ticket = desk.ticket();
        self.holder = Holder::Beginning(ticket);
        Flow::Effects(vec![Effect::Perform(ticket, Request::BeginSetUp)])
    }

    /// Checks this step and goes to the next one, or says what is missing.
    fn forward(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if matches!(self.holder, Holder::Nobody) {
            return self.begin(desk);
        }
        match self.check() {
            Ok(()) => {
                self.message = None;
                self.at = (self.at + 1).min(STEPS.len() - 1);
                self.arrive(desk.now_us);
                Flow::Effects(vec![Effect::Redraw])
            }
            Err(text) => {
                self.message = Some(text);
                Flow::Stay
            }
        }
    }

    /// Makes the step ready: a code is for one moment, and each check asks for other groups.
    fn arrive(&mut self, now_us: u64) {
        match self.step() {
            Step::Token(n) => {
                if let Some(code) = self.codes.get_mut(n) {
                    code.clear(0);
                }
            }
            Step::Check(_) => self.probe = Probe::pick(now_us),
            _ => {}
        }
    }

    fn check(&mut self) -> Result<(), Text> {
        match self.step() {
            Step::Office if self.office.value(0).trim().is_empty() => Err(say::OFFICE_MISSING),
            Step::Person(n) => self.check_person(n),
            Step::Token(n) => self.check_token(n),
            Step::Check(envelope) => {
                let Holder::Here(set_up) = &self.holder else { return Err(say::BEGINNING) };
                self.probe.check(set_up, envelope)
            }
            Step::Office | Step::Write(_) | Step::Summary => Ok(()),
        }
    }

    fn check_person(&mut self, n: usize) -> Result<(), Text> {
        let founder = self.founder(n);
        let taken = n > 0 && self.people.first().is_some_and(|first| first.value(NUMBER) == founder.number);
        let (office, Holder::Here(set_up)) = (self.office.value(0), &self.holder) else {
            return Err(say::BEGINNING);
        };
        let Some(person) = self.people.get_mut(n) else { return Ok(()) };
        if taken {
            person.focus_on(NUMBER);
            return Err(Reason::NumberTaken.text());
        }
        match set_up.check_founder(&founder, &office) {
            Err(reason @ Reason::NumberInvalid) => {
                person.focus_on(NUMBER);
                Err(reason.text())
            }
            Err(reason @ Reason::NameMissing) => {
                person.focus_on(NAME);
                Err(reason.text())
            }
            verdict => check_twice(person, PASSWORD, AGAIN, |_| verdict),
        }
    }

    fn check_token(&mut self, n: usize) -> Result<(), Text> {
        let Some(code) = self.codes.get_mut(n) else { return Ok(()) };
        let typed = secret(code, 0);
        let Holder::Here(set_up) = &mut self.holder else { return Err(say::BEGINNING) };
        if typed.expose().is_empty() {
            return Err(sign_in::CODE_MISSING);
        }
        if set_up.prove_token(n, &typed) {
            return Ok(());
        }
        code.clear(0);
        Err(say::CODE_STALE)
    }

    fn founder(&self, n: usize) -> Founder {
        let value = |at| self.people.get(n).map_or_else(String::new, |person| person.value(at));
        Founder {
            number: value(NUMBER),
            name: value(NAME),
            section: value(SECTION),
            roles: Roles::of(&[Role::Supervisor, Role::Administrator]),
            password: self.people.get(n).map(|person| secret(person, PASSWORD)).unwrap_or_default(),
        }
    }

    fn back(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        self.message = None;
        match self.at.checked_sub(1) {
            Some(before) => {
                self.at = before;
                self.arrive(desk.now_us);
                Flow::Effects(vec![Effect::Redraw])
            }
            None => Flow::Effects(vec![Effect::Ask(leaving(desk.lang))]),
        }
    }

    fn write(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let ticket = desk.ticket();
        match std::mem::replace(&mut self.holder, Holder::Saving(ticket)) {
            Holder::Here(set_up) => {
                let founders = vec![self.founder(0), self.founder(1)];
                let request = Request::FinishSetUp { set_up, office_name: self.office.value(0), founders };
                Flow::Effects(vec![Effect::Perform(ticket, request)])
            }
            other => {
                self.holder = other;
                Flow::Stay
            }
        }
    }

    fn to_the_door(&self, desk: &Desk<'_>, notice: Text) -> Flow<Counter> {
        let door = SignIn::opening(self.porch.clone(), desk.now, Some(notice));
        Flow::Effects(vec![Effect::Reset(Box::new(door))])
    }
}

impl Screen<Counter> for Wizard {
    fn contexts(&self) -> &[Context] {
        match self.step() {
            Step::Office => self.office.contexts(),
            Step::Person(n) => self.people.get(n).map_or(READING, Column::contexts),
            Step::Token(n) => self.codes.get(n).map_or(READING, Column::contexts),
            Step::Check(_) => self.probe.fields.contexts(),
            Step::Write(_) => READING,
            Step::Summary => DECIDING,
        }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match (command, self.step()) {
            _ if matches!(self.holder, Holder::Saving(_)) => Flow::Stay,
            (Command::Back | Command::Cancel, _) => self.back(desk),
            (Command::Close, Step::Write(_)) => self.forward(desk),
            (Command::Register, Step::Summary) => self.write(desk),
            _ => match self.column_mut().map_or(Moved::NotMine, |column| column.apply(command)) {
                Moved::Through => self.forward(desk),
                Moved::Stayed => Flow::Stay,
                Moved::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if matches!(self.holder, Holder::Saving(_)) {
            return Flow::Stay;
        }
        let Some(column) = self.column_mut() else { return Flow::Pass };
        let taken = column.insert(text);
        self.message = (!taken).then_some(sign_in::DIGITS_ONLY);
        Flow::Stay
    }

    fn on_answer(&mut self, letter: char, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if letter == LEAVE { Flow::Effects(vec![Effect::Quit]) } else { Flow::Stay }
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let expected =
            matches!(self.holder, Holder::Beginning(waiting) | Holder::Saving(waiting) if waiting == ticket);
        match reply {
            _ if !expected => Flow::Pass,
            Reply::SetUpBegun(Ok(set_up)) => {
                self.holder = Holder::Here(set_up);
                Flow::Stay
            }
            Reply::SetUpBegun(Err(reason)) => {
                self.holder = Holder::Nobody;
                self.message = Some(reason.text());
                match reason {
                    Reason::AlreadySetUp => self.to_the_door(desk, reason.text()),
                    _ => Flow::Stay,
                }
            }
            Reply::SetUpFinished(Ok(first)) => {
                let door = SignIn::opening(self.porch.clone(), desk.now, Some(say::DONE));
                let slip = first_slip::page(&first, desk.lang);
                Flow::Effects(vec![Effect::Reset(Box::new(door)), Effect::Push(Box::new(slip))])
            }
            Reply::SetUpFinished(Err((set_up, reason))) => {
                self.holder = Holder::Here(set_up);
                self.message = Some(reason.text());
                Flow::Stay
            }
            _ => Flow::Stay,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        // The keys are made once the first page is on the screen; a refusal is tried again by Enter.
        (matches!(self.holder, Holder::Nobody) && self.message.is_none() && self.at == 0).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.begin(desk)
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        self.draw_step(view, buffer, area)
    }
}

fn person_fields() -> Column {
    let masked = |column: Column, label| {
        column.text(label, Accept::Anything, Show::Masked, PASSWORD_LIMIT, PASSWORD_COLUMNS)
    };
    let open = Column::default()
        .text(say::STAFF_NUMBER, Accept::Digits, Show::Plain, NUMBER_DIGITS, 10)
        .text(say::NAME, Accept::Anything, Show::Plain, NAME_LIMIT, NAME_COLUMNS)
        .text(say::SECTION, Accept::Anything, Show::Plain, NAME_LIMIT, NAME_COLUMNS);
    masked(masked(open, say::PASSWORD), say::AGAIN)
}

fn leaving(lang: Lang) -> Question {
    let word = |text: Text| text.in_lang(lang).to_owned();
    Question {
        lines: vec![word(say::ASK_LEAVE), word(say::ASK_LEAVE_MORE)],
        answers: vec![(LEAVE, word(say::YES_LEAVE)), (GO_ON, word(say::NO_GO_ON))],
        refuse: GO_ON,
    }
}
