//! The door: staff number, password, code. Also what a locked terminal shows, with the work kept underneath.
use crate::domain::sensitive::Secret;
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Context};
use crate::office::{Credentials, Face, Reason};
use crate::text::{Text, common, fill, sign_in as say};
use crate::tui::counter::{Arrival, Counter, Reply, Request, Seat};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::screens::enrol::Enrol;
use crate::tui::screens::greeting::Greeting;
use crate::tui::screens::labels;
use crate::tui::screens::places::{self, Workplace};
use crate::tui::screens::presence::Presence;
use crate::tui::widgets::column::{Column, Moved};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::text_field::{Accept, Show};
use crate::tui::widgets::{hints, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

const MESSAGE_ROWS: u16 = 2;
const LEFT: u16 = 8;
const TITLE_ROW: u16 = 2;
const FIELDS_ROW: u16 = 5;
const NOTE_ROW: u16 = 12;
const NUMBER: usize = 0;
const PASSWORD: usize = 1;
const CODE: usize = 2;
const NUMBER_DIGITS: usize = 8;
const CODE_DIGITS: usize = 6;
/// The longest password that is taken (`Reason::PasswordTooLong`).
pub(super) const PASSWORD_LIMIT: usize = 256;
pub(super) const PASSWORD_COLUMNS: u16 = 30;

/// What the door knows of the place it stands in.
#[derive(Clone)]
pub struct Porch {
    pub terminal: String,
    pub presence: Presence,
}

/// Why this person stands at the door.
enum Situation {
    /// Nobody is signed in.
    Opening,
    /// Somebody's work lies underneath.
    Locked(Box<Face>),
}

#[derive(PartialEq, Eq)]
enum State {
    Asking,
    /// Keys do nothing until the office answers.
    Working(Ticket),
}

/// See the module.
pub struct SignIn {
    porch: Porch,
    situation: Situation,
    day: Timestamp,
    fields: Column,
    state: State,
    message: Option<Text>,
    /// The forms are loaded while the person types, after this panel was drawn.
    wants_forms: bool,
}

impl SignIn {
    /// The first panel of a day. `notice` says why it is shown, if there is something to say.
    pub fn opening(porch: Porch, now: Timestamp, notice: Option<Text>) -> Self {
        Self {
            porch,
            situation: Situation::Opening,
            day: now,
            fields: fields(),
            state: State::Asking,
            message: notice,
            wants_forms: true,
        }
    }

    /// The panel that hides the work of `face`.
    pub fn locked(porch: Porch, now: Timestamp, face: Face) -> Self {
        let opening = Self::opening(porch, now, None);
        Self { situation: Situation::Locked(Box::new(face)), wants_forms: false, ..opening }
    }

    fn submit(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if let Some(at) = self.fields.first_empty(&[NUMBER, PASSWORD]) {
            self.fields.focus_on(at);
            self.message = Some(say::FILL_IN);
            return Flow::Stay;
        }
        let secret = |at: usize| {
            self.fields.field(at).map_or_else(Secret::default, |f| Secret::new(f.secret().to_string()))
        };
        let credentials =
            Credentials { number: self.fields.value(NUMBER), password: secret(PASSWORD), code: secret(CODE) };
        let ticket = desk.ticket();
        self.state = State::Working(ticket);
        self.message = None;
        Flow::Effects(vec![Effect::Perform(ticket, Request::SignIn { seat: Seat::Main, credentials })])
    }

    fn refuse(&mut self, reason: Reason) -> Flow<Counter> {
        self.fields.clear(PASSWORD);
        self.fields.clear(CODE);
        self.fields.focus_on(PASSWORD);
        self.message = Some(reason.text());
        Flow::Stay
    }

    fn let_in(&self, face: &Face) -> Flow<Counter> {
        self.porch.presence.arrive(face);
        let own_work = matches!(&self.situation, Situation::Locked(before) if before.account == face.account);
        let mut effects = match own_work {
            true => vec![Effect::Pop],
            false => vec![Effect::Reset(places::open(places::home(face), &Workplace::new(face.clone())))],
        };
        // Coming back after a pause is no news, unless somebody else tried meanwhile.
        if !own_work || face.failures > 0 || face.log_alarms > 0 {
            effects.push(Effect::Push(Box::new(Greeting::new(face.clone()))));
        }
        Flow::Effects(effects)
    }
}

impl Screen<Counter> for SignIn {
    fn contexts(&self) -> &[Context] {
        self.fields.contexts()
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.state != State::Asking && command != Command::Redraw {
            return Flow::Stay;
        }
        match command {
            Command::Register => self.submit(desk),
            Command::Back if matches!(self.situation, Situation::Opening) => {
                Flow::Effects(vec![Effect::Quit])
            }
            Command::Cancel => {
                self.fields.clear(self.fields.focus());
                Flow::Stay
            }
            // There is nothing to lock, and behind a lock nothing to go back to.
            Command::Back | Command::Lock => Flow::Stay,
            _ => match self.fields.apply(command) {
                Moved::Through => self.submit(desk),
                Moved::Stayed => Flow::Stay,
                Moved::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.state == State::Asking {
            self.message = (!self.fields.insert(text)).then_some(say::DIGITS_ONLY);
        }
        Flow::Stay
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.state != State::Working(ticket) {
            return Flow::Pass;
        }
        self.state = State::Asking;
        match reply {
            Reply::SignedIn(Ok(Arrival::In(face))) => self.let_in(&face),
            Reply::SignedIn(Ok(Arrival::MustEnrol(enrolment))) => {
                self.porch.presence.leave();
                let enrol = Enrol::new(enrolment, self.porch.clone(), desk.now_us);
                // Below an enrolment lies nothing: another person than the one who locked stands here.
                Flow::Effects(vec![Effect::Reset(Box::new(enrol))])
            }
            Reply::SignedIn(Err(reason)) => self.refuse(reason),
            _ => Flow::Stay,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.wants_forms.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.wants_forms = false;
        Flow::Effects(vec![Effect::Perform(desk.ticket(), Request::Forms)])
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let contexts = self.fields.contexts();
        let mut words = vec![(Command::NextItem, say::NEXT), (Command::Register, say::ENTER)];
        let (title, heading) = match &self.situation {
            Situation::Opening => {
                words.push((Command::Back, say::QUIT));
                (common::PRODUCT.in_lang(lang), say::TITLE)
            }
            Situation::Locked(face) => (face.office.as_str(), say::LOCKED_TITLE),
        };
        let terminal = say::TERMINAL_AND_DATE.in_lang(lang);
        let title_right = fill(terminal, &[&self.porch.terminal, &labels::day(self.day, lang)]);
        let message = match self.state {
            State::Working(_) => say::WORKING.in_lang(lang),
            State::Asking => self
                .message
                .or_else(|| view.training.then_some(say::TRAINING_PEOPLE))
                .map_or("", |text| text.in_lang(lang)),
        };
        let frame = Frame {
            title,
            title_right: &title_right,
            messages: &[message.to_owned(), say::LIMIT.in_lang(lang).to_owned()],
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            status_right: &labels::keymap_is(view),
            fixed: &view.keys(contexts, &words),
            commands: &[Command::Help],
        };
        let body = frame.draw(view, contexts, buffer, area);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x + LEFT, body.y + TITLE_ROW, heading.in_lang(lang), bold);
        if let Situation::Locked(face) = &self.situation {
            let who = fill(say::LOCKED_BY.in_lang(lang), &[&face.number, &face.name]);
            put(buffer, body, body.x + LEFT, body.y + NOTE_ROW, &who, Style::new());
            let other = say::LOCKED_OTHER.in_lang(lang);
            put(buffer, body, body.x + LEFT, body.y + NOTE_ROW + 1, other, Style::new());
        }
        hints::draw(view, buffer, body);
        let fields = Rect { x: body.x + LEFT, y: body.y + FIELDS_ROW, ..body }.intersection(body);
        self.fields.draw(buffer, fields, lang, 2)
    }
}

fn fields() -> Column {
    let code_columns = u16::try_from(CODE_DIGITS).unwrap_or(u16::MAX) + 1;
    Column::default()
        .text(say::NUMBER, Accept::Digits, Show::Plain, NUMBER_DIGITS, 10)
        .text(say::PASSWORD, Accept::Anything, Show::Masked, PASSWORD_LIMIT, PASSWORD_COLUMNS)
        .text(say::CODE, Accept::Digits, Show::Plain, CODE_DIGITS, code_columns)
        .note(say::CODE_NOTE)
}
