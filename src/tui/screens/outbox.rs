//! The outbox (送付箱): what waits for a second person, what is on its way, and what became of it.
use super::approve_medium_form::MediumApproval;
use super::confirm::Identify;
use super::listing::Listing;
use super::misdelivery_form::Misdelivery;
use super::parts::{LISTING, ask_only, message_rows, short_time};
use super::read_out::ReadOut;
use crate::domain::destination::Channel;
use crate::domain::ids::TransmissionId;
use crate::domain::staff::Role;
use crate::domain::time::Timestamp;
use crate::keymap::{Command, Context};
use crate::office::ops::{
    self, AllowThirdAttempt, ListTransmissions, MachineReport, NoteManualFax, Reconcile,
    ReconcileTransmission, TakeReceipts, TransmissionLine, WithdrawTransmission,
};
use crate::office::{Face, Reason, StateCode};
use crate::text::{Lang, Text, common, fill, outbox as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::lines::Spoken;
use crate::tui::screen::{Desk, Effect, Flow, Question, Screen, Ticket, View, lettered};
use crate::tui::widgets::list::List;
use crate::tui::widgets::table::{Column, row};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 4;
/// The counts and the heads of the columns.
const HEADING_ROWS: u16 = 2;
const COLUMNS: &[Column] =
    &[Column::left(6), Column::left(5), Column::left(26), Column::left(20), Column::left(7), Column::left(9)];

/// What was asked about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Withdraw,
    /// How a sending by hand ended.
    Machine,
    /// A last attempt after two misses.
    Allow,
    Settle,
}

/// See the module.
pub struct Outbox {
    face: Face,
    fresh: bool,
    lines: Vec<TransmissionLine>,
    /// When the lines were read: times of today are shown as times.
    read_at: Timestamp,
    list: List,
    message: String,
    asked: Option<(Asked, TransmissionId)>,
}

impl Outbox {
    pub fn new(face: Face) -> Self {
        let read_at = face.signed_in_at;
        let list = List::default();
        Self { face, fresh: true, lines: Vec::new(), read_at, list, message: String::new(), asked: None }
    }

    fn selected(&self) -> Option<&TransmissionLine> {
        self.lines.get(self.list.selected(self.lines.len())?)
    }
    fn is_mine(&self, line: &TransmissionLine) -> bool {
        line.author == self.face.account
    }

    fn say(&mut self, text: Text, lang: Lang) -> Flow<Counter> {
        self.message = text.in_lang(lang).to_owned();
        Flow::Stay
    }

    fn open(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return Flow::Stay };
        match line.state {
            StateCode::Awaiting if self.is_mine(line) => self.say(Reason::OwnWork.text(), desk.lang),
            StateCode::Awaiting if line.needs_supervisor && self.face.roles.contains(Role::Supervisor) => {
                self.ask(Asked::Allow, desk.lang)
            }
            StateCode::Awaiting if line.needs_approval && self.face.roles.contains(Role::Supervisor) => {
                let next = MediumApproval::of(line, desk.lang);
                Flow::Effects(vec![Effect::Push(Box::new(next))])
            }
            StateCode::Awaiting if line.needs_approval => self.say(Reason::NotApproved.text(), desk.lang),
            StateCode::Awaiting => {
                let next = Identify::in_own_session(line.id, line.number, &self.face);
                Flow::Effects(vec![Effect::Push(Box::new(next))])
            }
            StateCode::Uncertain => self.ask(Asked::Settle, desk.lang),
            _ => Flow::Stay,
        }
    }

    fn withdraw(&mut self, lang: Lang) -> Flow<Counter> {
        let open = [StateCode::Awaiting, StateCode::Queued, StateCode::Failed];
        match self.selected() {
            Some(line) if open.contains(&line.state) => self.ask(Asked::Withdraw, lang),
            _ => self.say(say::NOT_WITHDRAWABLE, lang),
        }
    }

    /// The fax machine printed a report, or did not get through.
    fn note_machine(&mut self, lang: Lang) -> Flow<Counter> {
        match self.selected() {
            Some(line) if line.in_hand => self.ask(Asked::Machine, lang),
            _ => self.say(say::NOT_IN_HAND, lang),
        }
    }

    fn acknowledge(&mut self, lang: Lang) -> Flow<Counter> {
        match self.selected() {
            Some(line) if line.state == StateCode::Sent => {
                let phone = line.destination.as_ref().map(|to| to.phone.clone()).unwrap_or_default();
                let number = format!("{:04}", line.number);
                Flow::Effects(vec![Effect::Push(Box::new(ReadOut::of_papers(line.id, &number, &phone)))])
            }
            _ => self.say(say::NOT_SENT_YET, lang),
        }
    }

    /// It reached somebody else: everything to that destination stops, whoever sent it.
    fn report(&mut self, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(line) = self.selected() else { return Flow::Stay };
        if !line.may_have_left {
            return self.say(Reason::NothingHasLeft.text(), desk.lang);
        }
        // Also while the name of the destination is hidden: what went wrong is stopped now, not after the check.
        let form = Misdelivery::of_sending(line, desk.now, desk.lang);
        Flow::Effects(vec![Effect::Push(Box::new(form))])
    }

    fn ask(&mut self, asked: Asked, lang: Lang) -> Flow<Counter> {
        let Some(line) = self.selected() else { return Flow::Stay };
        let number = format!("{:04}", line.number);
        let answer = |letter: char, text: Text| (letter, text.in_lang(lang).to_owned());
        let (text, mut answers) = match asked {
            Asked::Withdraw => (say::WITHDRAW_ASK, vec![answer('C', say::WITHDRAW_YES)]),
            Asked::Machine => {
                let answers = vec![answer('S', say::MACHINE_SENT), answer('F', say::MACHINE_NOT_SENT)];
                (say::MACHINE_ASK, answers)
            }
            Asked::Allow => (say::ALLOW_ASK, vec![answer('L', say::KEY_ALLOW)]),
            Asked::Settle => {
                let answers = vec![answer('S', say::RECONCILE_SENT), answer('F', say::RECONCILE_NOT_SENT)];
                (say::RECONCILE_ASK, answers)
            }
        };
        answers.push(answer('N', say::NO_CHANGE));
        let mut lines = vec![fill(text.in_lang(lang), &[&number])];
        if asked == Asked::Settle {
            lines.push(say::RECONCILE_ASK_MORE.in_lang(lang).to_owned());
        }
        self.asked = Some((asked, line.id));
        Flow::Effects(vec![Effect::Ask(Question { lines, answers, refuse: 'N' })])
    }

    fn done(&mut self, result: Result<(), Reason>, text: Text, desk: &mut Desk<'_>) -> Flow<Counter> {
        match result {
            Ok(()) => {
                self.message = text.in_lang(desk.lang).to_owned();
                ask_only(desk, Seat::Main, ListTransmissions)
            }
            Err(reason) => self.say(reason.text(), desk.lang),
        }
    }

    fn counts(&self, lang: Lang) -> String {
        let count = |states: &[StateCode]| self.lines.iter().filter(|l| states.contains(&l.state)).count();
        fill(
            say::COUNTS.in_lang(lang),
            &[
                &self.lines.len(),
                &count(&[StateCode::Awaiting]),
                &count(&[StateCode::Confirmed, StateCode::Queued, StateCode::Dispatching]),
                &count(&[StateCode::Failed, StateCode::Uncertain]),
                &count(&[StateCode::Sent]),
            ],
        )
    }

    fn cells(&self, line: &TransmissionLine, lang: Lang) -> String {
        let hidden = say::HIDDEN.in_lang(lang);
        let to = line.destination.as_ref().map_or(hidden, |to| to.organisation.as_str());
        let pages = line.pages.map(|pages| fill(say::PAGES.in_lang(lang), &[&pages]));
        let name = match (&line.subject, line.record) {
            (Some(name), _) => name.expose().as_str(),
            (None, Some(_)) => "",
            (None, None) => say::TEST_PAGE_SHORT.in_lang(lang),
        };
        let what = pages.map_or_else(|| hidden.to_owned(), |pages| format!("{name} {pages}"));
        let who = format!("{}/{}", line.author_number, line.second_number.as_deref().unwrap_or("-"));
        let cells = [
            &format!("T-{:04}", line.number),
            &short_time(line.submitted_at, self.read_at),
            to,
            what.trim(),
            self.state(line).in_lang(lang),
            &who,
        ];
        row(COLUMNS, &cells)
    }

    /// What has waited a day for the recipient's answer is overdue.
    fn state(&self, line: &TransmissionLine) -> Text {
        const ANSWERED_WITHIN_S: i64 = 24 * 3600;
        let waited = line.confirmed_at.map_or(0, |at| self.read_at.seconds_since(at));
        match line.state {
            StateCode::Awaiting if line.needs_supervisor => say::STATE_SUPERVISOR,
            StateCode::Awaiting if line.needs_approval => say::STATE_APPROVAL,
            StateCode::Dispatching if line.in_hand => say::STATE_IN_HAND,
            StateCode::Sent if waited > ANSWERED_WITHIN_S => say::STATE_UNANSWERED,
            state => state_name(state),
        }
    }

    fn details(&self, lang: Lang) -> Vec<String> {
        let Some(line) = self.selected() else { return vec![self.message.clone()] };
        let hint = match line.state {
            StateCode::Awaiting if self.is_mine(line) => say::WAITING_OWN,
            StateCode::Awaiting if line.needs_supervisor => say::SUPERVISOR_HINT,
            StateCode::Awaiting if line.needs_approval => say::APPROVAL_HINT,
            StateCode::Awaiting => say::HIDDEN_WHY,
            StateCode::Confirmed | StateCode::Queued => say::WAITING_QUEUED,
            StateCode::Dispatching if line.in_hand => say::IN_HAND_HINT,
            StateCode::Dispatching => say::WAITING_DISPATCHING,
            StateCode::Sent => say::SENT_HINT,
            StateCode::Acknowledged => say::ARRIVED,
            StateCode::Failed => say::FAILED_HINT,
            StateCode::Uncertain => say::UNCERTAIN_HINT,
            StateCode::Returned => say::RETURNED_HINT,
            StateCode::Withdrawn => say::WITHDRAWN_HINT,
            StateCode::Void => say::VOID_HINT,
        };
        let mut why = line.reason.map(|reason| reason.text().in_lang(lang).to_owned()).unwrap_or_default();
        if line.misses > 0 {
            why = format!("{why} {}", fill(say::MISSES.in_lang(lang), &[&line.misses])).trim().to_owned();
        }
        // What whoever received it has in hand when they call.
        if line.destination.as_ref().is_some_and(|to| to.channel == Channel::Mail) {
            let number = fill(say::MAIL_NUMBER.in_lang(lang), &[&line.id.short()]);
            why = format!("{number} {why}").trim().to_owned();
        }
        message_rows(&[hint.in_lang(lang), &why, &self.message])
    }
}

/// In words: no state is told by colour.
pub(super) const fn state_name(state: StateCode) -> Text {
    match state {
        StateCode::Awaiting => say::STATE_AWAITING,
        StateCode::Confirmed => say::STATE_CONFIRMED,
        StateCode::Queued => say::STATE_QUEUED,
        StateCode::Dispatching => say::STATE_DISPATCHING,
        StateCode::Sent => say::STATE_SENT,
        StateCode::Acknowledged => say::STATE_ACKNOWLEDGED,
        StateCode::Failed => say::STATE_FAILED,
        StateCode::Uncertain => say::STATE_UNCERTAIN,
        StateCode::Returned => say::STATE_RETURNED,
        StateCode::Withdrawn => say::STATE_WITHDRAWN,
        StateCode::Void => say::STATE_VOID,
    }
}

impl Screen<Counter> for Outbox {
    fn contexts(&self) -> &[Context] {
        LISTING
    }

    fn list_acts(&self) -> &[Command] {
        &[Command::Open, Command::Refresh]
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(MESSAGE_ROWS).saturating_sub(HEADING_ROWS.into());
        match command {
            Command::Open => self.open(desk),
            Command::Refresh => {
                self.message.clear();
                ask_only(desk, Seat::Main, TakeReceipts)
            }
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.list.apply(command, self.lines.len(), rows) => {
                self.message.clear();
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        lettered(
            lang,
            &[
                ("A", say::KEY_ARRIVED),
                ("C", say::KEY_WITHDRAW),
                ("T", say::KEY_MACHINE),
                ("X", say::KEY_MISDELIVERY),
            ],
        )
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        match text.to_ascii_uppercase().as_str() {
            "C" => self.withdraw(desk.lang),
            "A" => self.acknowledge(desk.lang),
            "T" => self.note_machine(desk.lang),
            "X" => self.report(desk),
            _ => Flow::Pass,
        }
    }

    fn on_answer(&mut self, letter: char, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some((asked, transmission)) = self.asked.take() else { return Flow::Stay };
        match (asked, letter) {
            (Asked::Withdraw, 'C') => ask_only(desk, Seat::Main, WithdrawTransmission { transmission }),
            (Asked::Allow, 'L') => ask_only(desk, Seat::Main, AllowThirdAttempt { transmission }),
            (Asked::Machine, 'S') => {
                let number =
                    self.lines.iter().find(|line| line.id == transmission).map_or(0, |line| line.number);
                let next = ReadOut::of_machine(transmission, &format!("{number:04}"));
                Flow::Effects(vec![Effect::Push(Box::new(next))])
            }
            (Asked::Machine, 'F') => {
                let report = MachineReport::NotSent;
                ask_only(desk, Seat::Main, NoteManualFax { transmission, report })
            }
            (Asked::Settle, 'S') => {
                let found = Reconcile::Sent;
                ask_only(desk, Seat::Main, ReconcileTransmission { transmission, found })
            }
            (Asked::Settle, 'F') => {
                let found = Reconcile::NotSent;
                ask_only(desk, Seat::Main, ReconcileTransmission { transmission, found })
            }
            _ => Flow::Stay,
        }
    }

    fn on_value(&mut self, value: Value, desk: &mut Desk<'_>) -> Flow<Counter> {
        match value {
            Value::Changed => ask_only(desk, Seat::Main, ListTransmissions),
            _ => Flow::Stay,
        }
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        match *reply {
            ops::Reply::TakeReceipts(result) => {
                // The list is worth showing even when no receipt could be read.
                if let Err(reason) = result {
                    self.message = reason.text().in_lang(desk.lang).to_owned();
                }
                ask_only(desk, Seat::Main, ListTransmissions)
            }
            ops::Reply::ListTransmissions(Ok(lines)) => {
                let chosen = self.selected().map(|line| line.id);
                self.lines = lines;
                self.list.follow(self.lines.iter().position(|line| Some(line.id) == chosen));
                self.read_at = desk.now;
                Flow::Stay
            }
            ops::Reply::ListTransmissions(Err(reason)) => self.say(reason.text(), desk.lang),
            ops::Reply::NoteManualFax(result) => self.done(result.map(|_| ()), say::DONE, desk),
            ops::Reply::WithdrawTransmission(result) => self.done(result, say::WITHDRAWN_NOW, desk),
            ops::Reply::ReconcileTransmission(result) | ops::Reply::AllowThirdAttempt(result) => {
                self.done(result, say::DONE, desk)
            }
            _ => Flow::Pass,
        }
    }

    fn deadline_us(&self) -> Option<u64> {
        self.fresh.then_some(0)
    }

    fn on_time(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.fresh = false;
        ask_only(desk, Seat::Main, TakeReceipts)
    }

    fn describe(&self, _view: &View<'_>, spoken: &mut Spoken) {
        spoken.in_list(self.list, self.lines.len());
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let mut fixed = view.keys(LISTING, &[(Command::Open, say::KEY_CONFIRM)]);
        fixed.extend(self.letters(lang));
        let listing = Listing {
            title: say::TITLE,
            title_right: &format!("{} {}", self.face.number, self.face.name),
            details: &self.details(lang),
            detail_rows: MESSAGE_ROWS,
            expect: common::EXPECT_ASCII,
            keys: &fixed,
            contexts: LISTING,
            counts: Some(&self.counts(lang)),
            columns: COLUMNS,
            headings: &[
                say::COLUMN_NUMBER,
                say::COLUMN_TIME,
                say::COLUMN_TO,
                say::COLUMN_WHAT,
                say::COLUMN_STATE,
                say::COLUMN_WHO,
            ],
            instead: if self.fresh { say::LOADING } else { say::EMPTY },
        };
        listing.draw(view, buffer, area, self.list, self.lines.len(), |at| {
            self.lines.get(at).map(|line| self.cells(line, lang)).unwrap_or_default()
        })
    }
}
