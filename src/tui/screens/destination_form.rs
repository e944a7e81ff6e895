//! The first keying of a destination, from an official paper.
use super::parts::{Item, Items};
use super::purposes::Purposes;
use super::slip::{Answered, Filling, Slip, Unreadable};
use crate::domain::destination::Channel;
use crate::domain::ids::DestinationId;
use crate::domain::institution::Band;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::japanese::width::fold_ascii;
use crate::office::Reason;
use crate::office::ops::{self, DestinationLine, DestinationProposal, ProposeDestination, ProposedLock};
use crate::text::{Lang, Text, destinations as say, fill};
use crate::tui::counter::Value;
use crate::tui::screen::Effect;
use crate::tui::widgets::text_field::Accept;
use chrono::NaiveDate;

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
            Self::Code => Item::new(say::FIELD_CODE, Accept::Anything, 5, 8).ascii().hint(say::HINT_CODE),
            Self::Organisation => Item::new(say::FIELD_ORGANISATION, Accept::Anything, TEXT_LENGTH, 52),
            Self::Reading => Item::new(say::FIELD_READING, Accept::Anything, TEXT_LENGTH, 52),
            Self::Channel => Item::new(say::FIELD_CHANNEL, Accept::Digits, 1, 3).hint(say::HINT_CHANNEL),
            Self::Address => Item::new(say::FIELD_ADDRESS, Accept::Anything, ADDRESS_LENGTH, 52).ascii(),
            Self::Recipient => {
                Item::new(say::FIELD_RECIPIENT, Accept::Anything, RECIPIENT_LENGTH, 52).ascii().optional()
            }
            Self::Password => Item::masked(say::FIELD_ARCHIVE_PASSWORD, PASSWORD_LENGTH, 26)
                .hint(say::HINT_ARCHIVE_PASSWORD)
                .optional(),
            Self::Phone => {
                Item::new(say::FIELD_PHONE, Accept::Anything, 16, 18).ascii().hint(say::HINT_PHONE)
            }
            Self::ShortDial => Item::new(say::FIELD_SHORT_DIAL, Accept::Anything, 8, 10)
                .ascii()
                .hint(say::HINT_SHORT_DIAL)
                .optional(),
            Self::Institution => Item::new(say::FIELD_INSTITUTION, Accept::Anything, 10, 12)
                .ascii()
                .hint(say::HINT_INSTITUTION)
                .optional(),
            Self::Purposes => {
                Item::new(say::FIELD_PURPOSES, Accept::Anything, 12, 14).ascii().hint(say::HINT_PURPOSES)
            }
            Self::Contract => Item::new(say::FIELD_CONTRACT, Accept::Anything, 20, 14)
                .ascii()
                .hint(say::HINT_CONTRACT)
                .optional(),
            Self::Bands => {
                Item::new(say::FIELD_BANDS, Accept::Anything, 6, 8).ascii().hint(say::HINT_BANDS).optional()
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
pub struct DestinationEntry {
    change: Option<(DestinationId, String)>,
    purposes: Purposes,
}

impl DestinationEntry {
    pub fn empty(purposes: Purposes) -> Filling<Self> {
        let items = Row::ALL.into_iter().map(Row::item).collect();
        Filling::new(Self { change: None, purposes }, items)
    }

    /// A new version of an entry. Address, key and telephone are keyed again.
    pub fn change(line: &DestinationLine, purposes: Purposes) -> Filling<Self> {
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
        Filling::new(Self { change, purposes }, items)
    }

    fn proposal(&self, items: &Items, today: NaiveDate) -> Result<DestinationProposal, (Row, Text)> {
        let text = |row: Row| items.text(row.at());
        let channel = text(Row::Channel).parse().ok();
        let channel = channel.and_then(|digit: usize| Channel::ALL.get(digit.checked_sub(1)?));
        let channel = *channel.ok_or((Row::Channel, say::HINT_CHANNEL))?;
        let purposes =
            self.purposes.read(&text(Row::Purposes)).ok_or((Row::Purposes, Reason::PurposeMissing.text()))?;
        let contract_until = match text(Row::Contract).trim() {
            "" => None,
            typed => {
                let date = parse_date(typed, &DateContext::near(today));
                Some(date.map_err(|_| (Row::Contract, say::HINT_CONTRACT))?)
            }
        };
        let bands: Option<Vec<Band>> =
            fold_ascii(&text(Row::Bands)).chars().filter(|c| !c.is_whitespace()).map(band).collect();
        Ok(DestinationProposal {
            change: self.change.as_ref().map(|(id, _)| *id),
            code: text(Row::Code),
            organisation: text(Row::Organisation),
            reading: text(Row::Reading),
            channel,
            address: text(Row::Address),
            lock: lock(items)?,
            institution: text(Row::Institution),
            purposes,
            contract_until,
            bands: bands.ok_or((Row::Bands, say::HINT_BANDS))?,
            phone: text(Row::Phone),
            short_dial: text(Row::ShortDial),
            source: text(Row::Source),
        })
    }
}

impl Slip for DestinationEntry {
    fn title(&self, lang: Lang) -> String {
        match &self.change {
            Some((_, code)) => fill(say::FORM_CHANGE.in_lang(lang), &[code]),
            None => say::FORM_NEW.in_lang(lang).to_owned(),
        }
    }

    fn act(&self) -> Text {
        say::KEY_TO_SECOND
    }

    /// What the item with the caret wants to know, where the row has no room for it.
    fn note(&self, at: usize, lang: Lang) -> String {
        let note = match Row::ALL.get(at) {
            Some(Row::Purposes) => return self.purposes.offered(lang),
            Some(Row::Address) => say::HINT_ADDRESSES,
            Some(Row::Recipient) => say::HINT_RECIPIENT,
            _ if self.change.is_some() => say::FORM_CHANGE_NOTE,
            _ => say::FORM_NOTE,
        };
        note.in_lang(lang).to_owned()
    }

    fn operation(&self, items: &Items, today: NaiveDate) -> Result<ops::Request, Unreadable> {
        let proposal = self.proposal(items, today).map_err(|(row, why)| (row.at(), why))?;
        Ok(ProposeDestination { proposal }.into())
    }

    fn answered(&self, reply: ops::Reply, lang: Lang) -> Option<Answered> {
        let ops::Reply::ProposeDestination(result) = reply else { return None };
        Some(result.map(|proposed| match (proposed.stopped, proposed.gone) {
            (0, 0) => Effect::PopWith(Value::Changed),
            (stopped, gone) => {
                let told = fill(say::CHANGED_STOPPED.in_lang(lang), &[&stopped, &gone]);
                Effect::PopWith(Value::ChangedAnd(told))
            }
        }))
    }
}

/// What opens the packages: a key or a password, never both.
fn lock(items: &Items) -> Result<ProposedLock, (Row, Text)> {
    let password = items.secret(Row::Password.at());
    match items.text(Row::Recipient.at()).trim() {
        "" if password.expose().is_empty() => Ok(ProposedLock::None),
        "" => Ok(ProposedLock::Password(password)),
        key if password.expose().is_empty() => Ok(ProposedLock::RecipientKey(key.to_owned())),
        _ => Err((Row::Password, say::ONE_LOCK)),
    }
}

fn band(digit: char) -> Option<Band> {
    let at = digit.to_digit(10)?.checked_sub(1)?;
    Band::ALL.get(usize::try_from(at).ok()?).copied()
}
