//! The papers as they will arrive, and the package that nobody else can open.
use std::collections::BTreeSet;

use super::super::perform::Desk;
use super::super::reason::Reason;
use super::super::store::Tx;
use super::super::store::destination::DestinationRow;
use super::super::store::meta::Fact;
use super::super::store::record::{RecordRow, VersionRow};
use super::super::vault::identity::{self, Recipient};
use crate::domain::destination::Protection;
use crate::domain::digest::Digest;
use crate::domain::sensitive::Personal;
use crate::export::{self, Rendition};
use crate::form::{Complete, Context, Form};
use crate::office::ops::values_of;
use crate::text::Lang;

/// Digits of the number on the papers.
const CONTROL_DIGITS: usize = 6;

/// What is frozen and signed for.
pub struct Papers {
    /// What will be read at the other end.
    pub rendition: Rendition,
    /// The package, which only the recipient, or for paper the dispatcher, can open.
    pub artefact: Vec<u8>,
    /// The same pages for the terminal.
    pub preview: Personal<String>,
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
    form: &Form,
    complete: &Complete,
    left_out: &BTreeSet<String>,
    entry: &DestinationRow,
    desk: &mut Desk<'_>,
) -> Result<Papers, Reason> {
    let rendition =
        export::text::render(form, complete, left_out, Lang::Ja).map_err(|_| Reason::FormUnknown)?;
    sealed(tx, rendition, entry, desk)
}

/// A sheet that says nothing about anybody.
pub fn test_page(
    tx: &mut Tx<'_>,
    entry: &DestinationRow,
    control: &str,
    desk: &mut Desk<'_>,
) -> Result<Papers, Reason> {
    let rendition = export::text::test_page(&entry.organisation, control, Lang::Ja);
    sealed(tx, rendition, entry, desk)
}

fn sealed(
    tx: &mut Tx<'_>,
    rendition: Rendition,
    entry: &DestinationRow,
    desk: &mut Desk<'_>,
) -> Result<Papers, Reason> {
    let recipient = match entry.protection {
        Protection::RecipientKey => entry.recipient.clone(),
        Protection::UntilItLeaves => dispatcher(tx, desk)?,
        Protection::Password => return Err(Reason::RecipientInvalid),
    };
    let recipient = Recipient::parse(&recipient).map_err(|_| Reason::RecipientInvalid)?;
    let artefact = identity::seal_to(&[recipient], &rendition.bytes).map_err(|_| Reason::StoreRefused)?;
    let preview = Personal::new(String::from_utf8_lossy(&rendition.bytes).into_owned());
    Ok(Papers { rendition, artefact, preview })
}

/// The dispatcher's public key; an installation from before there was one makes it now.
fn dispatcher(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<String, Reason> {
    if let Some(known) = tx.fact_if_any(Fact::CourierRecipient)? {
        return String::from_utf8(known).map_err(|_| Reason::Impossible);
    }
    let made = crate::courier::introduce(&desk.house.courier_dir()).map_err(|_| Reason::StoreRefused)?;
    tx.set_fact(Fact::CourierRecipient, made.as_bytes())?;
    Ok(made)
}

/// The number on the papers: what somebody at the other end can read out and nobody here can guess.
pub fn control_number(desk: &mut Desk<'_>) -> String {
    let bytes: [u8; CONTROL_DIGITS] = desk.entropy.bytes();
    bytes.iter().map(|byte| char::from(b'0' + byte % 10)).collect()
}
