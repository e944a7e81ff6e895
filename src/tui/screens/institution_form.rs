//! One institution of the register, to be entered or changed.
use super::parts::{Item, Items, Step, TEXT_ITEMS, ask, message_rows};
use crate::domain::ids::InstitutionId;
use crate::domain::institution::{Band, Contract, Doctor, Institution};
use crate::japanese::date_input::{DateContext, parse_date};
use crate::japanese::era::EraDate;
use crate::japanese::phone::Phone;
use crate::japanese::postal::PostalCode;
use crate::japanese::romaji;
use crate::japanese::width::{fold_ascii, fold_ascii_char};
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
        let text = |at: usize| self.items.text(at).trim().to_owned();
        let reading = match text(2) {
            empty if empty.is_empty() => empty,
            typed => romaji::finish(&typed).map_err(|_| words::BAD_READING)?,
        };
        let number = |at: usize| match text(at) {
            empty if empty.is_empty() => Ok(empty),
            typed => {
                Phone::parse(&typed).map(|phone| phone.digits().to_owned()).map_err(|_| words::BAD_PHONE)
            }
        };
        let postal_code = match text(3) {
            empty if empty.is_empty() => empty,
            typed => PostalCode::parse(&typed).map_err(|_| words::BAD_POSTAL)?.digits(),
        };
        let doctors = self.items.text(7);
        let doctors = doctors.split(['、', ',', '，']).map(str::trim).filter(|name| !name.is_empty());
        Ok(Institution {
            code: text(0).chars().map(fold_ascii_char).collect(),
            name: text(1),
            reading,
            postal_code,
            address: text(4),
            phone: number(5)?,
            fax: number(6)?,
            doctors: doctors.map(|name| Doctor { name: name.to_owned(), reading: String::new() }).collect(),
            contract: self.contract(today)?,
        })
    }

    fn contract(&self, today: NaiveDate) -> Result<Option<Contract>, Text> {
        let [from, until] = [8, 9].map(|at| self.items.text(at).trim().to_owned());
        if from.is_empty() && until.is_empty() {
            return Ok(None);
        }
        // A contract begins before today and ends after it.
        let context = DateContext { latest: None, ..DateContext::recent(today) };
        let day = |text: &str| parse_date(text, &context).map_err(|_| words::BAD_DATE);
        let typed = self.items.text(10);
        let typed = fold_ascii(&typed);
        let bands = Band::ALL.into_iter().filter(|band| digit(*band).is_some_and(|d| typed.contains(d)));
        Ok(Some(Contract { from: day(&from)?, until: day(&until)?, bands: bands.collect() }))
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
