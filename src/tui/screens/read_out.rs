//! What is read from a paper: over the telephone from the one that arrived, or from the fax machine's report.
use super::parts::{Item, Items};
use super::slip::{Answered, Filling, Slip, Unreadable, closed};
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::japanese::phone::Typed;
use crate::office::Reason;
use crate::office::ops::{self, AcknowledgeArrival, MachineReport, NoteCallBack, NoteManualFax};
use crate::text::{Lang, Text, fill, read_out as say};
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

/// The control number, or the number dialled.
const FIRST: usize = 0;
/// Who answered, or the pages.
const SECOND: usize = 1;
const CONTROL_LENGTH: usize = 9;
const WHOM_LENGTH: usize = 40;
const NUMBER_LENGTH: usize = 20;
const PAGES_LENGTH: usize = 4;

/// What is read out.
enum About {
    /// The test page at a new destination, and whom to call: not the number that the page went to.
    TestPage(DestinationId, String),
    /// The papers of a sending, and whom to call.
    Papers(TransmissionId, String),
    /// What the fax machine printed about a sending by hand.
    Machine(TransmissionId),
}

/// See the module.
pub struct ReadOut {
    about: About,
    /// A code of the register, or the number of a sending.
    name: String,
}

impl ReadOut {
    /// After the test page: from now on the destination may be used.
    pub fn of_test_page(id: DestinationId, code: &str, phone: &str) -> Filling<Self> {
        Self { about: About::TestPage(id, phone.to_owned()), name: code.to_owned() }.begun(called_items())
    }

    /// The papers have arrived.
    pub fn of_papers(id: TransmissionId, number: &str, phone: &str) -> Filling<Self> {
        let about = About::Papers(id, phone.to_owned());
        Self { about, name: number.to_owned() }.begun(called_items())
    }

    /// A fax machine printed how it went.
    pub fn of_machine(id: TransmissionId, number: &str) -> Filling<Self> {
        let items = vec![
            Item::new(say::FIELD_DIALLED, Accept::Anything, NUMBER_LENGTH, 22).ascii(),
            Item::new(say::FIELD_ARRIVED, Accept::Anything, PAGES_LENGTH, 6).ascii(),
        ];
        Self { about: About::Machine(id), name: number.to_owned() }.begun(items)
    }

    fn begun(self, items: Vec<Item>) -> Filling<Self> {
        Filling::new(self, items)
    }
}

/// What the other end says.
fn called_items() -> Vec<Item> {
    vec![
        Item::new(say::FIELD_CONTROL, Accept::Anything, CONTROL_LENGTH, 12).hint(say::HINT_CONTROL).ascii(),
        Item::new(say::FIELD_WHOM, Accept::Anything, WHOM_LENGTH, 42),
    ]
}

impl Slip for ReadOut {
    fn title(&self, lang: Lang) -> String {
        let title = match self.about {
            About::TestPage(..) => say::TEST_TITLE,
            About::Papers(..) => say::PAPERS_TITLE,
            About::Machine(_) => say::MACHINE_TITLE,
        };
        fill(title.in_lang(lang), &[&self.name])
    }

    fn act(&self) -> Text {
        say::KEY_RECORD
    }

    fn above(&self, lang: Lang) -> Vec<String> {
        let (note, phone) = match &self.about {
            About::TestPage(_, phone) => (say::TEST_NOTE, phone.as_str()),
            About::Papers(_, phone) => (say::PAPERS_NOTE, phone.as_str()),
            About::Machine(_) => (say::MACHINE_NOTE, ""),
        };
        let mut rows = vec![note.in_lang(lang).to_owned()];
        if !phone.is_empty() {
            rows.push(fill(say::CALL.in_lang(lang), &[&Typed::read(phone).shown]));
        }
        rows
    }

    fn below(&self) -> Option<Text> {
        Some(say::IF_ANOTHER)
    }

    fn operation(&self, items: &Items, _today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let (first, second) = (items.text(FIRST), items.text(SECOND));
        Ok(match self.about {
            About::TestPage(id, _) => NoteCallBack { id, control: first, whom: second }.into(),
            About::Papers(transmission, _) => {
                AcknowledgeArrival { transmission, control: first, whom: second }.into()
            }
            About::Machine(transmission) => {
                let report = MachineReport::Sent { number: first, pages: second };
                NoteManualFax { transmission, report }.into()
            }
        })
    }

    fn answered(&self, reply: ops::Reply, _lang: Lang) -> Option<Answered> {
        match reply {
            ops::Reply::NoteCallBack(result) => closed(result),
            ops::Reply::AcknowledgeArrival(result) => closed(result),
            ops::Reply::NoteManualFax(result) => closed(result),
            _ => None,
        }
    }

    /// Read out again rather than corrected until it fits.
    fn begins_again(&self, reason: Reason) -> bool {
        reason == Reason::ControlDiffers
    }
}
