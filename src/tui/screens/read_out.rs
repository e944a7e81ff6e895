//! What is read from a paper: over the telephone from the one that arrived, or from the fax machine's report.
use super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::keymap::{Command, Context};
use crate::office::Reason;
use crate::office::ops::{self, AcknowledgeArrival, MachineReport, NoteCallBack, NoteManualFax};
use crate::text::{Text, common, fill, read_out as say};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const MESSAGE_ROWS: u16 = 2;
/// The control number, or the number dialled.
const FIRST: usize = 0;
/// Who answered, or the pages.
const SECOND: usize = 1;
const CONTROL_LENGTH: usize = 9;
const WHOM_LENGTH: usize = 40;
const NUMBER_LENGTH: usize = 20;
const PAGES_LENGTH: usize = 4;

/// What is read out.
#[derive(Clone, Copy)]
enum About {
    /// The test page at a new destination.
    TestPage(DestinationId),
    /// The papers of a sending.
    Papers(TransmissionId),
    /// What the fax machine printed about a sending by hand.
    Machine(TransmissionId),
}

/// See the module.
pub struct ReadOut {
    about: About,
    title: String,
    /// Whom to call.
    phone: String,
    items: Items,
    message: String,
    busy: bool,
}

impl ReadOut {
    /// After the test page: from now on the destination may be used.
    pub fn of_test_page(id: DestinationId, code: &str) -> Self {
        Self::with(About::TestPage(id), code.to_owned(), String::new())
    }

    /// The papers have arrived.
    pub fn of_papers(id: TransmissionId, number: &str, phone: &str) -> Self {
        Self::with(About::Papers(id), number.to_owned(), phone.to_owned())
    }

    /// A fax machine printed how it went.
    pub fn of_machine(id: TransmissionId, number: &str) -> Self {
        Self::with(About::Machine(id), number.to_owned(), String::new())
    }

    fn with(about: About, title: String, phone: String) -> Self {
        let items = match about {
            About::TestPage(_) | About::Papers(_) => vec![
                Item::new(say::FIELD_CONTROL, Accept::Anything, CONTROL_LENGTH, 12).hint(say::HINT_CONTROL),
                Item::new(say::FIELD_WHOM, Accept::Anything, WHOM_LENGTH, 42),
            ],
            About::Machine(_) => vec![
                Item::new(say::FIELD_DIALLED, Accept::Anything, NUMBER_LENGTH, 22),
                Item::new(say::FIELD_ARRIVED, Accept::Anything, PAGES_LENGTH, 6),
            ],
        };
        Self { about, title, phone, items: Items::new(items), message: String::new(), busy: false }
    }

    fn record(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        self.busy = true;
        let (first, second) = (self.items.text(FIRST), self.items.text(SECOND));
        let effect = match self.about {
            About::TestPage(id) => ask(desk, Seat::Main, NoteCallBack { id, control: first, whom: second }),
            About::Papers(transmission) => {
                ask(desk, Seat::Main, AcknowledgeArrival { transmission, control: first, whom: second })
            }
            About::Machine(transmission) => {
                let report = MachineReport::Sent { number: first, pages: second };
                ask(desk, Seat::Main, NoteManualFax { transmission, report })
            }
        };
        Flow::Effects(vec![effect])
    }

    const fn words(&self) -> (Text, Text) {
        match self.about {
            About::TestPage(_) => (say::TEST_TITLE, say::TEST_NOTE),
            About::Papers(_) => (say::PAPERS_TITLE, say::PAPERS_NOTE),
            About::Machine(_) => (say::MACHINE_TITLE, say::MACHINE_NOTE),
        }
    }
}

impl Screen<Counter> for ReadOut {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.record(desk),
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ => match self.items.apply(command) {
                Step::Done => Flow::Stay,
                Step::NotMine => Flow::Pass,
            },
        }
    }

    fn on_text(&mut self, text: &str, _desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        self.items.insert(text);
        Flow::Stay
    }

    fn on_reply(&mut self, _ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Reply::Performed(reply) = reply else { return Flow::Pass };
        let refused = match *reply {
            ops::Reply::NoteCallBack(result) => result.err(),
            ops::Reply::AcknowledgeArrival(result) => result.err(),
            ops::Reply::NoteManualFax(result) => result.err(),
            _ => return Flow::Pass,
        };
        self.busy = false;
        let Some(reason) = refused else { return Flow::Effects(vec![Effect::PopWith(Value::Changed)]) };
        reason.text().in_lang(desk.lang).clone_into(&mut self.message);
        if reason == Reason::ControlDiffers {
            // Read out again rather than corrected until it fits.
            self.items.clear();
        }
        Flow::Stay
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let (title, note) = self.words();
        let frame = Frame {
            title: &fill(title.in_lang(lang), &[&self.title]),
            messages: &message_rows(&[&self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &view.keys(SHARED_ITEMS, &[(Command::Register, say::KEY_RECORD)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        let plain = Style::new();
        put(buffer, body, body.x + 1, body.y + 1, note.in_lang(lang), plain);
        if !self.phone.is_empty() {
            let shown = crate::japanese::phone::Typed::read(&self.phone).shown;
            put(buffer, body, body.x + 1, body.y + 2, &fill(say::CALL.in_lang(lang), &[&shown]), plain);
        }
        let mut caret = body.as_position();
        for (y, at) in (body.y + 4..).step_by(2).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        put(buffer, body, body.x + 1, body.y + 9, say::IF_ANOTHER.in_lang(lang), plain);
        caret
    }
}
