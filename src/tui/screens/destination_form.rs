//! The first keying of a destination, from an official paper.
use super::parts::{Item, Items, SHARED_ITEMS, Step, ask, message_rows};
use super::purposes::Purposes;
use crate::domain::destination::Channel;
use crate::domain::ids::DestinationId;
use crate::domain::institution::Band;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::keymap::{Command, Context};
use crate::office::Reason;
use crate::office::ops::{self, DestinationLine, DestinationProposal, ProposeDestination, ProposedLock};
use crate::text::{Lang, Text, common, destinations as say, fill};
use crate::tui::counter::{Counter, Reply, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, Ticket, View};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::text_field::Accept;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

const MESSAGE_ROWS: u16 = 2;
const TEXT_LENGTH: usize = 80;
/// The longest are mail addresses.
const ADDRESS_LENGTH: usize = 254;
const RECIPIENT_LENGTH: usize = 62;
const PASSWORD_LENGTH: usize = 64;

/// The rows, in the order of the paper.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Code,
    Organisation,
    Reading,
    Channel,
    Address,
    Recipient,
    Password,
    Phone,
    ShortDial,
    Institution,
    Purposes,
    Contract,
    Bands,
    Source,
}

impl Row {
    const ALL: [Self; 14] = [
        Self::Code,
        Self::Organisation,
        Self::Reading,
        Self::Channel,
        Self::Address,
        Self::Recipient,
        Self::Password,
        Self::Phone,
        Self::ShortDial,
        Self::Institution,
        Self::Purposes,
        Self::Contract,
        Self::Bands,
        Self::Source,
    ];

    fn item(self) -> Item {
        match self {
            Self::Code => Item::new(say::FIELD_CODE, Accept::Anything, 5, 8).hint(say::HINT_CODE),
            Self::Organisation => Item::new(say::FIELD_ORGANISATION, Accept::Anything, TEXT_LENGTH, 52),
            Self::Reading => Item::new(say::FIELD_READING, Accept::Anything, TEXT_LENGTH, 52),
            Self::Channel => Item::new(say::FIELD_CHANNEL, Accept::Digits, 1, 3).hint(say::HINT_CHANNEL),
            Self::Address => Item::new(say::FIELD_ADDRESS, Accept::Anything, ADDRESS_LENGTH, 52),
            Self::Recipient => {
                Item::new(say::FIELD_RECIPIENT, Accept::Anything, RECIPIENT_LENGTH, 52).optional()
            }
            Self::Password => Item::masked(say::FIELD_ARCHIVE_PASSWORD, PASSWORD_LENGTH, 26)
                .hint(say::HINT_ARCHIVE_PASSWORD)
                .optional(),
            Self::Phone => Item::new(say::FIELD_PHONE, Accept::Anything, 16, 18).hint(say::HINT_PHONE),
            Self::ShortDial => Item::new(say::FIELD_SHORT_DIAL, Accept::Anything, 8, 10)
                .hint(say::HINT_SHORT_DIAL)
                .optional(),
            Self::Institution => Item::new(say::FIELD_INSTITUTION, Accept::Anything, 10, 12)
                .hint(say::HINT_INSTITUTION)
                .optional(),
            Self::Purposes => {
                Item::new(say::FIELD_PURPOSES, Accept::Anything, 12, 14).hint(say::HINT_PURPOSES)
            }
            Self::Contract => {
                Item::new(say::FIELD_CONTRACT, Accept::Anything, 20, 14).hint(say::HINT_CONTRACT).optional()
            }
            Self::Bands => {
                Item::new(say::FIELD_BANDS, Accept::Anything, 6, 8).hint(say::HINT_BANDS).optional()
            }
            Self::Source => {
                Item::new(say::FIELD_SOURCE, Accept::Anything, TEXT_LENGTH, 35).hint(say::HINT_SOURCE)
            }
        }
    }

    fn at(self) -> usize {
        Self::ALL.iter().position(|row| *row == self).unwrap_or_default()
    }
}

/// See the module.
pub struct DestinationForm {
    change: Option<(DestinationId, String)>,
    purposes: Purposes,
    items: Items,
    message: String,
    busy: bool,
}

impl DestinationForm {
    pub fn new_entry(purposes: Purposes) -> Self {
        let items = Row::ALL.into_iter().map(Row::item).collect();
        Self { change: None, purposes, items: Items::new(items), message: String::new(), busy: false }
    }

    /// A new version of an entry. Address, key and telephone are keyed again.
    pub fn change(line: &DestinationLine, purposes: Purposes) -> Self {
        let channel = Channel::ALL.iter().position(|channel| *channel == line.channel).map_or(0, |at| at + 1);
        let bands = Band::ALL.iter().zip(1..).filter(|(band, _)| line.bands.contains(band));
        let bands: String = bands.map(|(_, digit): (_, u32)| digit.to_string()).collect();
        let kept = |row: Row| match row {
            Row::Code => line.code.clone(),
            Row::Organisation => line.organisation.clone(),
            Row::Reading => line.reading.clone(),
            Row::Channel => channel.to_string(),
            Row::Institution => line.institution.clone(),
            Row::Purposes => purposes.digits(&line.purposes),
            Row::Contract => {
                line.contract_until.map(|day| day.format("%Y%m%d").to_string()).unwrap_or_default()
            }
            Row::Bands => bands.clone(),
            _ => String::new(),
        };
        let items = Row::ALL.into_iter().map(|row| row.item().filled(&kept(row))).collect();
        let change = Some((line.id, line.code.clone()));
        Self { change, purposes, items: Items::new(items), message: String::new(), busy: false }
    }

    fn text(&self, row: Row) -> String {
        self.items.text(row.at())
    }

    fn propose(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.busy || self.items.go_to_empty() {
            return Flow::Stay;
        }
        match self.proposal(desk) {
            Ok(proposal) => {
                self.busy = true;
                Flow::Effects(vec![ask(desk, Seat::Main, ProposeDestination { proposal })])
            }
            Err((row, text)) => {
                self.items.go_to(row.at());
                text.in_lang(desk.lang).clone_into(&mut self.message);
                Flow::Stay
            }
        }
    }

    fn proposal(&self, desk: &Desk<'_>) -> Result<DestinationProposal, (Row, Text)> {
        let channel = self
            .text(Row::Channel)
            .parse()
            .ok()
            .and_then(|digit: usize| Channel::ALL.get(digit.checked_sub(1)?));
        let channel = *channel.ok_or((Row::Channel, say::HINT_CHANNEL))?;
        let purposes = self
            .purposes
            .read(&self.text(Row::Purposes))
            .ok_or((Row::Purposes, Reason::PurposeMissing.text()))?;
        let contract = self.text(Row::Contract);
        let today = DateContext::near(desk.now.date_in_japan());
        let contract_until = match contract.trim() {
            "" => None,
            typed => Some(parse_date(typed, &today).map_err(|_| (Row::Contract, say::HINT_CONTRACT))?),
        };
        let bands: Option<Vec<Band>> =
            self.text(Row::Bands).chars().filter(|c| !c.is_whitespace()).map(band).collect();
        let lock = match (self.text(Row::Recipient).trim(), self.items.secret(Row::Password.at())) {
            ("", password) if password.expose().is_empty() => ProposedLock::None,
            ("", password) => ProposedLock::Password(password),
            (key, password) if password.expose().is_empty() => ProposedLock::RecipientKey(key.to_owned()),
            _ => return Err((Row::Password, say::ONE_LOCK)),
        };
        Ok(DestinationProposal {
            change: self.change.as_ref().map(|(id, _)| *id),
            code: self.text(Row::Code),
            organisation: self.text(Row::Organisation),
            reading: self.text(Row::Reading),
            channel,
            address: self.text(Row::Address),
            lock,
            institution: self.text(Row::Institution),
            purposes,
            contract_until,
            bands: bands.ok_or((Row::Bands, say::HINT_BANDS))?,
            phone: self.text(Row::Phone),
            short_dial: self.text(Row::ShortDial),
            source: self.text(Row::Source),
        })
    }

    /// What the item with the caret wants to know, where the row has no room for it.
    fn explanation(&self, lang: Lang) -> String {
        match Row::ALL.get(self.items.focus()) {
            Some(Row::Purposes) => self.purposes.offered(lang),
            Some(Row::Address) => say::HINT_ADDRESSES.in_lang(lang).to_owned(),
            Some(Row::Recipient) => say::HINT_RECIPIENT.in_lang(lang).to_owned(),
            _ => String::new(),
        }
    }
}

fn band(digit: char) -> Option<Band> {
    let at = digit.to_digit(10)?.checked_sub(1)?;
    Band::ALL.get(usize::try_from(at).ok()?).copied()
}

impl Screen<Counter> for DestinationForm {
    fn contexts(&self) -> &[Context] {
        SHARED_ITEMS
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Register => self.propose(desk),
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
        let ops::Reply::ProposeDestination(result) = *reply else { return Flow::Pass };
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
        let (title, note) = match &self.change {
            Some((_, code)) => (fill(say::FORM_CHANGE.in_lang(lang), &[code]), say::FORM_CHANGE_NOTE),
            None => (say::FORM_NEW.in_lang(lang).to_owned(), say::FORM_NOTE),
        };
        let explanation = self.explanation(lang);
        let note = if explanation.is_empty() { note.in_lang(lang) } else { &explanation };
        let message = if self.message.is_empty() { note } else { &self.message };
        let frame = Frame {
            title: &title,
            messages: &message_rows(&[message]),
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &view.keys(SHARED_ITEMS, &[(Command::Register, say::KEY_TO_SECOND)]),
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, SHARED_ITEMS, buffer, area);
        let mut caret = body.as_position();
        for (y, at) in (body.y..body.bottom()).zip(0..self.items.len()) {
            caret = self.items.draw(at, view, buffer, body, y).unwrap_or(caret);
        }
        caret
    }
}
