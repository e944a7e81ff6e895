//! Who works here: the list, approving what another administrator entered, suspending.
use crate::domain::ids::AccountId;
use crate::domain::staff::{Role, Roles};
use crate::keymap::{Command, Context};
use crate::office::ops::{self, ApproveStaff, ListStaff, SuspendStaff};
use crate::office::{Face, Reason, StaffStatus};
use crate::text::{Lang, Text, common, fill, staff as say};
use crate::tui::counter::{Counter, Reply, Request, Value, perform};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View};
use crate::tui::screens::labels;
use crate::tui::screens::parts::message_rows;
use crate::tui::screens::staff_form::StaffForm;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list::List;
use crate::tui::widgets::put;
use crate::tui::widgets::table::{self, Column};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::rc::Rc;

const CONTEXTS: &[Context] = &[Context::List, Context::Global];
const MESSAGE_ROWS: u16 = 2;
/// Counts, heading, and a rule.
const ROWS_ABOVE: u16 = 3;
const COLUMNS: &[Column] = &[
    Column::left(8),
    Column::left(16),
    Column::left(14),
    Column::left(14),
    Column::left(11),
    Column::left(10),
];
const APPROVE: char = 'A';
const SUSPEND: char = 'S';
const REFUSE: char = 'N';

/// One account as the list has it.
pub type Line = crate::office::ops::StaffLine;

enum Waiting {
    Nothing,
    /// Nothing was asked yet.
    First,
    List(Ticket),
    Approval(Ticket),
    Suspension(Ticket),
}

/// See the module.
pub struct Staff {
    face: Face,
    lines: Rc<Vec<Line>>,
    list: List,
    waiting: Waiting,
    asked_about: Option<AccountId>,
    message: Option<Text>,
}

impl Staff {
    pub fn new(face: Face) -> Self {
        Self {
            face,
            lines: Rc::default(),
            list: List::default(),
            waiting: Waiting::First,
            asked_about: None,
            message: None,
        }
    }

    fn load(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let ticket = desk.ticket();
        self.waiting = Waiting::List(ticket);
        Flow::Effects(vec![Effect::Perform(ticket, perform(ListStaff))])
    }

    fn selected(&self) -> Option<&Line> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }

    fn administers(&self) -> bool {
        self.face.roles.contains(Role::Administrator)
    }

    fn refuse(&mut self, text: Text) -> Flow<Counter> {
        self.message = Some(text);
        Flow::Stay
    }

    fn add(&mut self) -> Flow<Counter> {
        if !self.administers() {
            return self.refuse(Reason::RoleForbids.text());
        }
        Flow::Effects(vec![Effect::Push(Box::new(StaffForm::new(Rc::clone(&self.lines))))])
    }

    fn ask(&mut self, letter: char, lang: Lang) -> Flow<Counter> {
        let Some(line) = self.selected() else { return Flow::Stay };
        let who = format!("{} {}", line.number, line.name);
        let (first, more, yes) = match (letter, line.status) {
            _ if !self.administers() => return self.refuse(Reason::RoleForbids.text()),
            (APPROVE, StaffStatus::Proposed) => (
                fill(say::ASK_APPROVE.in_lang(lang), &[&who, &roles_text(line.roles, lang)]),
                say::ASK_APPROVE_MORE,
                say::YES_APPROVE,
            ),
            (APPROVE, _) => return self.refuse(say::NOT_PROPOSED),
            (_, StaffStatus::Suspended) => return self.refuse(say::ALREADY_SUSPENDED),
            _ => (fill(say::ASK_SUSPEND.in_lang(lang), &[&who]), say::ASK_SUSPEND_MORE, say::YES_SUSPEND),
        };
        self.asked_about = Some(line.account);
        Flow::Effects(vec![Effect::Ask(Question {
            lines: vec![first, more.in_lang(lang).to_owned()],
            answers: vec![(letter, yes.in_lang(lang).to_owned()), (REFUSE, say::NO.in_lang(lang).to_owned())],
            refuse: REFUSE,
        })])
    }

    fn done(&mut self, outcome: Result<(), Reason>, said: Text, desk: &mut Desk<'_>) -> Flow<Counter> {
        match outcome {
            Ok(()) => {
                self.message = Some(said);
                self.load(desk)
            }
            // Done; only its files are not written yet.
            Err(reason @ Reason::FilesPending) => {
                self.message = Some(reason.text());
                self.load(desk)
            }
            Err(reason) => {
                self.waiting = Waiting::Nothing;
                self.refuse(reason.text())
            }
        }
    }

    fn row(&self, at: usize, lang: Lang, today: chrono::NaiveDate) -> String {
        let Some(line) = self.lines.get(at) else { return String::new() };
        let last = match line.last_sign_in_at {
            None => say::NEVER.in_lang(lang).to_owned(),
            Some(at) if at.date_in_japan() == today => labels::clock(at),
            Some(at) => labels::short_day(at),
        };
        let cells = [
            line.number.as_str(),
            &line.name,
            &line.section,
            &roles_text(line.roles, lang),
            &last,
            status_text(line.status).in_lang(lang),
        ];
        table::row(COLUMNS, &cells)
    }

    fn counts(&self, lang: Lang) -> String {
        let count = |wanted: &[StaffStatus]| self.lines.iter().filter(|l| wanted.contains(&l.status)).count();
        let waiting = count(&[StaffStatus::Proposed, StaffStatus::Invited]);
        let values: [&dyn std::fmt::Display; 3] =
            [&count(&[StaffStatus::Active]), &waiting, &count(&[StaffStatus::Suspended])];
        fill(say::COUNTS.in_lang(lang), &values)
    }

    /// About the selected row, and what came of the last act.
    fn messages(&self, lang: Lang) -> Vec<String> {
        let proposer = self.selected().filter(|line| line.status == StaffStatus::Proposed);
        let about = proposer.and_then(|line| line.proposed_by).map(|by| {
            let who = self.lines.iter().find(|line| line.account == by);
            let who = who.map_or_else(String::new, |line| format!("{} {}", line.number, line.name));
            fill(say::PROPOSED_BY.in_lang(lang), &[&who])
        });
        let said = match self.waiting {
            Waiting::First | Waiting::List(_) if self.message.is_none() => say::LOADING.in_lang(lang),
            Waiting::Approval(_) | Waiting::Suspension(_) => common::WORKING.in_lang(lang),
            _ => self.message.map_or("", |text| text.in_lang(lang)),
        };
        let mut rows = message_rows(&[said]);
        rows.resize_with(rows.len().max(1), String::new);
        rows.extend(about);
        rows
    }
}

impl Screen<Counter> for Staff {
    fn contexts(&self) -> &[Context] {
        CONTEXTS
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::New, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(usize::from(ROWS_ABOVE));
        match command {
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if matches!(self.waiting, Waiting::Approval(_) | Waiting::Suspension(_)) => Flow::Pass,
            Command::New => self.add(),
            Command::Refresh => {
                self.message = None;
                self.load(desk)
            }
            _ if self.list.apply(command, self.lines.len(), rows) => {
                self.message = None;
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        let word = |letter: char, text: Text| (letter.to_string(), text.in_lang(lang).to_owned());
        if self.administers() {
            vec![word(APPROVE, say::APPROVE), word(SUSPEND, say::SUSPEND)]
        } else {
            Vec::new()
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        let letter = text.chars().next().map(|c| c.to_ascii_uppercase());
        match letter {
            Some(letter @ (APPROVE | SUSPEND)) if matches!(self.waiting, Waiting::Nothing) => {
                self.ask(letter, desk.lang)
            }
            _ => Flow::Pass,
        }
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(account) = self.asked_about.take() else { return Flow::Stay };
        let ticket = desk.ticket();
        let (waiting, request): (_, Request) = match letter {
            APPROVE => (Waiting::Approval(ticket), perform(ApproveStaff { account })),
            SUSPEND => (Waiting::Suspension(ticket), perform(SuspendStaff { account })),
            _ => return Flow::Stay,
        };
        self.waiting = waiting;
        self.message = None;
        Flow::Effects(vec![Effect::Perform(ticket, request)])
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        if matches!(value, Value::Changed) { self.load(desk) } else { Flow::Stay }
    }

    fn on_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let expected = match self.waiting {
            Waiting::List(t) | Waiting::Approval(t) | Waiting::Suspension(t) => t == ticket,
            Waiting::Nothing | Waiting::First => false,
        };
        if !expected {
            return Flow::Pass;
        }
        let Reply::Performed(reply) = reply else {
            self.waiting = Waiting::Nothing;
            return self.refuse(say::NOBODY_THERE);
        };
        match *reply {
            ops::Reply::ListStaff(Ok(lines)) => {
                self.lines = Rc::new(lines);
                self.waiting = Waiting::Nothing;
                Flow::Stay
            }
            ops::Reply::ListStaff(Err(reason)) => {
                self.waiting = Waiting::Nothing;
                self.refuse(reason.text())
            }
            ops::Reply::ApproveStaff(outcome) => self.done(outcome, say::APPROVED, desk),
            ops::Reply::SuspendStaff(outcome) => self.done(outcome, say::IS_SUSPENDED, desk),
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        matches!(self.waiting, Waiting::First).then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.load(desk)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let word = |text: Text| text.in_lang(lang).to_owned();
        let mut fixed = view.keys(CONTEXTS, &[(Command::New, say::ADD)]);
        fixed.extend(self.letters(lang));
        if !self.administers() {
            fixed.clear();
        }
        fixed.extend(view.keys(CONTEXTS, &[(Command::Back, say::BACK)]));
        let frame = Frame {
            title: say::TITLE.in_lang(lang),
            title_right: &format!("{} {}", self.face.number, self.face.name),
            messages: &self.messages(lang),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            status_right: say::TWO_NEEDED.in_lang(lang),
            fixed: &fixed,
            commands: &[Command::Refresh, Command::PreviousPage, Command::NextPage, Command::Help],
        };
        let body = frame.draw(view, CONTEXTS, buffer, area);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x + 1, body.y, &self.counts(lang), Style::new());
        let heads =
            [say::NUMBER, say::NAME, say::SECTION, say::ROLES, say::LAST_SIGN_IN, say::STATUS].map(word);
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        put(buffer, body, body.x + 1, body.y + 1, &table::row(COLUMNS, &heads), bold);
        put(buffer, body, body.x, body.y + 2, &"-".repeat(usize::from(body.width)), Style::new());
        let rows = Rect { y: body.y + ROWS_ABOVE, height: body.height.saturating_sub(ROWS_ABOVE), ..body };
        let today = self.face.signed_in_at.date_in_japan();
        self.list.draw(buffer, rows, self.lines.len(), |at| self.row(at, lang, today))
    }
}

/// `点検・管理`
pub fn roles_text(roles: Roles, lang: Lang) -> String {
    let names: Vec<&str> = roles.iter().map(|role| role_text(role).in_lang(lang)).collect();
    names.join(if lang == Lang::Ja { "・" } else { "," })
}

pub const fn role_text(role: Role) -> Text {
    match role {
        Role::Clerk => say::CLERK,
        Role::Confirmer => say::CONFIRMER,
        Role::Supervisor => say::SUPERVISOR,
        Role::Administrator => say::ADMINISTRATOR,
    }
}

const fn status_text(status: StaffStatus) -> Text {
    match status {
        StaffStatus::Proposed => say::PROPOSED,
        StaffStatus::Invited => say::INVITED,
        StaffStatus::Active => say::ACTIVE,
        StaffStatus::Suspended => say::SUSPENDED,
    }
}
