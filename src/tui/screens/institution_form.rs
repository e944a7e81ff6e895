//! One institution of the register, to be entered or changed.
use super::parts::{Item, Items, Step, TEXT_ITEMS, ask, message_rows};
use crate::domain::ids::InstitutionId;
use crate::domain::institution::{Band, Institution};
use crate::japanese::era::EraDate;
use crate::japanese::institution::{Typed, Unreadable, read};
use crate::japanese::width::fold_ascii;
use crate::keymap::{Command, Context};
use crate::office::InstitutionRow;
use crate::office::ops::{self, KeepInstitution};
use crate::text::{Text, common, fill, institutions as words};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 2;
const DOCTORS_LENGTH: usize = 200;

/// See the module.
pub struct InstitutionForm {
    /// `None` for a new one; the code stands in the title.
    change: Option<(InstitutionId, u32, String)>,
    items: Items,
    message: String,
    busy: bool,
}

impl InstitutionForm {
    pub fn new_entry() -> Self {
        Self::with(None, &Institution::default())
    }

    pub fn change(row: &InstitutionRow) -> Self {
        Self::with(Some((row.id, row.version, row.institution.code.clone())), &row.institution)
    }

    fn with(change: Option<(InstitutionId, u32, String)>, now: &Institution) -> Self {
        let any = Accept::Anything;
        let day = |date: Option<NaiveDate>| {
            date.and_then(EraDate::from_date).map(EraDate::compact).unwrap_or_default()
        };
        let doctors: Vec<&str> = now.doctors.iter().map(|doctor| doctor.name.as_str()).collect();
        let contract = now.contract.as_ref();
        let bands: String = contract
            .map(|contract| contract.bands.iter().filter_map(|band| digit(*band)).collect())
            .unwrap_or_default();
        let items = vec![
            Item::new(words::FIELD_CODE, any, 10, 12).hint(words::HINT_CODE).filled(&now.code),
            Item::new(words::FIELD_NAME, any, 60, 50).filled(&now.name),
            Item::new(words::FIELD_READING, any, 60, 50).filled(&now.reading),
            Item::new(words::FIELD_POSTAL, any, 8, 10).filled(&now.postal_code),
            Item::new(words::FIELD_ADDRESS, any, 60, 50).filled(&now.address),
            Item::new(words::FIELD_PHONE, any, 13, 15).filled(&now.phone),
            Item::new(words::FIELD_FAX, any, 13, 15).filled(&now.fax),
            Item::new(words::FIELD_DOCTORS, any, DOCTORS_LENGTH, 36)
                .hint(words::HINT_DOCTORS)
                .filled(&doctors.join("、")),
            Item::new(words::FIELD_FROM, any, 12, 14)
                .hint(words::HINT_DATE)
                .filled(&day(contract.map(|contract| contract.from))),
            Item::new(words::FIELD_UNTIL, any, 12, 14).filled(&day(contract.map(|contract| contract.until))),
            Item::new(words::FIELD_BANDS, any, 3, 5).hint(words::HINT_BANDS).filled(&bands),
        ];
        Self { change, items: Items::new(items), message: String::new(), busy: false }
    }

    fn keep(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy {
            return Flow::Stay;
        }
        match self.said(desk.now.date_in_japan()) {
            Ok(institution) => {
                self.busy = true;
                let change = self.change.as_ref().map(|(id, version, _)| (*id, *version));
                Flow::Effects(vec![ask(desk, Seat::Main, KeepInstitution { change, institution })])
            }
            Err(why) => {
                self.message = why.in_lang(desk.lang).to_owned();
                Flow::Stay
            }
        }
    }

    /// What was typed, in the forms in which it is kept.
    fn said(&self, today: NaiveDate) -> Result<Institution, Text> {
        let text = |at: usize| self.items.text(at);
        let bands = text(10);
        let bands = fold_ascii(&bands);
        let typed = Typed {
            code: text(0),
            name: text(1),
            reading: text(2),
            postal_code: text(3),
            address: text(4),
            phone: text(5),
            fax: text(6),
            doctors: text(7),
            from: text(8),
            until: text(9),
            bands: Band::ALL
                .into_iter()
                .filter(|band| digit(*band).is_some_and(|d| bands.contains(d)))
                .collect(),
        };
        read(&typed, today).map_err(unreadable)
    }
}

const fn unreadable(what: Unreadable) -> Text {
    match what {
        Unreadable::Reading => words::BAD_READING,
        Unreadable::PostalCode => words::BAD_POSTAL,
        Unreadable::Phone => words::BAD_PHONE,
        Unreadable::Date => words::BAD_DATE,
    }
}

/// The digit that stands for the hours of a band.
fn digit(band: Band) -> Option<char> {
    let at = Band::ALL.into_iter().position(|known| known == band)?;
    char::from_digit(u32::try_from(at + 1).ok()?, 10)
}

impl Screen<Counter> for InstitutionForm {
    fn contexts(&self) -> &[Context] {
        TEXT_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.keep(desk),
            Command::Back => Flow::Effects(vec![Effect::Pop]),
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
        let ops::Reply::KeepInstitution(result) = *reply else { return Flow::Pass };
        self.busy = false;
        match result {
            Ok(_) => Flow::Effects(vec![Effect::PopWith(Value::Changed)]),
            Err(reason) => {
                self.message = reason.text().in_lang(desk.lang).to_owned();
                Flow::Stay
            }
        }
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let title = match &self.change {
            Some((.., code)) => fill(words::FORM_CHANGE.in_lang(lang), &[code]),
            None => words::FORM_NEW.in_lang(lang).to_owned(),
        };
        let frame = Frame {
            title: &title,
            messages: &message_rows(&[words::FORM_NOTE.in_lang(lang), &self.message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_KANA.in_lang(lang),
            fixed: &view.keys(TEXT_ITEMS, &[(Command::Register, words::KEY_KEEP)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, TEXT_ITEMS, buffer, area);
        let mut caret = body.as_position();
        for (y, at) in (body.y + 1..).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        caret
    }
}
