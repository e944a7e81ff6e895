//! The papers as they will arrive, and the package that nobody else can open.
use std::collections::BTreeSet;

use super::super::perform::Desk;
use super::super::reason::Reason;
use super::super::store::Tx;
use super::super::store::destination::DestinationRow;
use super::super::store::meta::Fact;
use super::super::store::record::{RecordRow, VersionRow};
use super::super::vault::identity::{self, Recipient};
use crate::courier;
use crate::domain::destination::{Channel, Protection};
use crate::domain::digest::Digest;
use crate::domain::ids::AccountId;
use crate::domain::sensitive::Personal;
use crate::export::document::{Cover, Document, Letter, Office};
use crate::export::{self, Rendition, RenditionError};
use crate::form::{Complete, Context, Form};
use crate::japanese::destination::in_groups;
use crate::office::content::values_of;

/// Digits of the number on the papers.
const CONTROL_DIGITS: usize = 6;
/// Stands for a digit or letter of an address.
const HIDDEN: char = '*';

/// What is frozen and signed for.
pub struct Papers {
    /// What will be read at the other end.
    pub rendition: Rendition,
    /// The package, which only the recipient, or for paper the dispatcher, can open.
    pub artefact: Vec<u8>,
    /// The same pages for the terminal, on which nobody reads where they go.
    pub preview: Personal<String>,
    /// Characters that the typeface lacks: a mark stands for each, and the last page says which they are.
    pub missing: u32,
}

/// The registered version as it was when it was registered; refused when it is no longer that.
pub fn read_back(form: &Form, record: &RecordRow, version: &VersionRow) -> Result<Complete, Reason> {
    // The version was complete when it was registered, seen from that day.
    let context =
        Context { today: version.registered_at.date_in_japan(), received_at: record.intake.received_at };
    let complete =
        form.complete(&values_of(&version.content)?, &context).map_err(|_| Reason::FormProblems)?;
    if Digest::of(&complete.canonical_bytes()) != version.digest {
        return Err(Reason::Damaged);
    }
    Ok(complete)
}

/// The papers of a record.
pub fn of_record(
    tx: &mut Tx<'_>,
    (form, complete): (&Form, &Complete),
    left_out: &BTreeSet<String>,
    (entry, letter): (&DestinationRow, &Letter),
    desk: &mut Desk<'_>,
) -> Result<Papers, Reason> {
    let placed = |letter: &Letter| Document::of_record(form, complete, letter, left_out).map_err(refused);
    sealed(tx, &placed(letter)?, &placed(&without_address(letter))?, entry, desk)
}

/// A sheet that says nothing about anybody.
pub fn test_page(
    tx: &mut Tx<'_>,
    (entry, letter): (&DestinationRow, &Letter),
    desk: &mut Desk<'_>,
) -> Result<Papers, Reason> {
    let placed = |letter: &Letter| Document::test_page(letter).map_err(refused);
    sealed(tx, &placed(letter)?, &placed(&without_address(letter))?, entry, desk)
}

/// What stands around the record on a paper.
pub fn letter(
    tx: &Tx<'_>,
    entry: &DestinationRow,
    (reference, control): (String, &str),
    by: AccountId,
    desk: &Desk<'_>,
) -> Result<Letter, Reason> {
    let site = desk.house.site();
    let name = String::from_utf8(tx.fact(Fact::OfficeName)?).map_err(|_| Reason::Impossible)?;
    let cover = match entry.address.channel() {
        Channel::Fax => Some(Cover::Fax),
        Channel::ManualFax => Some(Cover::DialledByHand),
        Channel::Folder | Channel::Mail | Channel::Media => None,
    };
    // Whoever gets a fax that is not theirs has to have somebody to call.
    if cover.is_some() && site.phone.is_empty() {
        return Err(Reason::OfficePhoneMissing);
    }
    Ok(Letter {
        to: export::document::Recipient {
            code: entry.code.clone(),
            organisation: entry.organisation.clone(),
            address: in_groups(&entry.address),
            short_dial: entry.short_dial.clone(),
        },
        from: Office { name, phone: site.phone.clone(), fax: site.fax.clone() },
        officer: tx.staff(by)?.map(|staff| staff.name).unwrap_or_default(),
        reference,
        control: control.to_owned(),
        sent_on: desk.now.date_in_japan(),
        cover,
    })
}

/// Whoever prepares anything for an entry could read there what they may be asked to key for somebody else's sending. As many
/// signs as before: every line stays where it is.
fn without_address(letter: &Letter) -> Letter {
    let mut letter = letter.clone();
    let hidden = |c: char| if c.is_alphanumeric() { HIDDEN } else { c };
    let to = &mut letter.to;
    for text in [&mut to.address, &mut to.short_dial] {
        *text = text.chars().map(hidden).collect();
    }
    letter
}

fn refused(error: RenditionError) -> Reason {
    match error {
        RenditionError::OtherForm => Reason::FormUnknown,
        RenditionError::TooLong => Reason::ContentTooLarge,
        RenditionError::Password => Reason::ArchivePasswordInvalid,
        RenditionError::Format => Reason::Impossible,
    }
}

/// Drawn as the way there needs it, and closed so that nobody on the way can read it.
fn sealed(
    tx: &mut Tx<'_>,
    document: &Document,
    on_screen: &Document,
    entry: &DestinationRow,
    desk: &mut Desk<'_>,
) -> Result<Papers, Reason> {
    let pdf = export::pdf::render(document).map_err(refused)?;
    let rendition = match entry.address.channel() {
        Channel::Fax => export::fax::render(&pdf).map_err(refused)?,
        Channel::Folder | Channel::Mail | Channel::Media | Channel::ManualFax => pdf,
    };
    let artefact = match entry.protection {
        Protection::RecipientKey => age_for(&entry.recipient, &rendition)?,
        Protection::UntilItLeaves => age_for(&dispatcher(tx, desk)?, &rendition)?,
        Protection::Password => {
            let sealed = entry.password.as_deref().ok_or(Reason::Impossible)?;
            let password = desk.keys.open_password(entry.id, entry.version, sealed)?;
            export::archive::seal(&rendition, &password, document.made_on()).map_err(refused)?.bytes
        }
    };
    let preview = Personal::new(on_screen.preview().expose().join("\n"));
    let missing = u32::try_from(document.missing().len()).unwrap_or(u32::MAX);
    Ok(Papers { rendition, artefact, preview, missing })
}

fn age_for(recipient: &str, rendition: &Rendition) -> Result<Vec<u8>, Reason> {
    let recipient = Recipient::parse(recipient).map_err(|_| Reason::RecipientInvalid)?;
    identity::seal_to(&[recipient], &rendition.bytes).map_err(|_| Reason::StoreRefused)
}

/// The dispatcher's public key, made when the first papers are prepared and the same ever after: what is sealed to
/// another one could not be printed, and that is better said now than after two people have agreed.
fn dispatcher(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<String, Reason> {
    let state_dir = desk.house.courier_dir();
    if let Some(known) = tx.fact_if_any(Fact::CourierRecipient)? {
        let known = String::from_utf8(known).map_err(|_| Reason::Impossible)?;
        let same = courier::public_key(&state_dir).is_ok_and(|present| present == known);
        return if same { Ok(known) } else { Err(Reason::CourierKeyGone) };
    }
    let made = courier::introduce(&state_dir).map_err(|_| Reason::StoreRefused)?;
    tx.set_fact(Fact::CourierRecipient, made.as_bytes())?;
    Ok(made)
}

/// The number on the papers: what somebody at the other end can read out and nobody here can guess.
pub fn control_number(desk: &mut Desk<'_>) -> String {
    let bytes: [u8; CONTROL_DIGITS] = desk.entropy.bytes();
    bytes.iter().map(|byte| char::from(b'0' + byte % 10)).collect()
}
