//! Prepare a record for sending: freeze it, seal it, sign for it.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, PrepareTransmission as Permit};
use super::super::reason::Reason;
use super::super::store::transmission::{StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use super::super::vault::identity::{self, Recipient};
use super::list_destinations::DestinationStatus;
use super::open_draft::values_of;
use crate::domain::destination::{Channel, FolderAddress};
use crate::domain::digest::Digest;
use crate::domain::ids::{DestinationId, RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::export;
use crate::form::Context;
use crate::order::{Destination, Item, Manifest, Statement};
use crate::text::Lang;

/// Freezes the present version of a record for one destination of the register and hands it to a second person.
#[derive(Clone, Copy, Debug)]
pub struct PrepareTransmission {
    pub record: RecordId,
    pub destination: DestinationId,
}

#[derive(Clone, Debug)]
pub struct Prepared {
    pub transmission: TransmissionId,
    pub number: u32,
    pub pages: u32,
    /// The document exactly as it will arrive, for the sender's preview.
    pub document: Personal<String>,
}

impl sealed::Sealed for PrepareTransmission {}
impl Operation for PrepareTransmission {
    type Needs = Permit;
    type Outcome = Prepared;
    const ACTION: Action = Action::PrepareTransmission;

    fn target(&self) -> RecordId {
        self.record
    }
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Record, *self.record.as_bytes())
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Prepared>, Reason> {
        let record = tx.record(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let version = tx.version(record.id, record.version)?.ok_or(Reason::NotRegistered)?;
        if tx.has_open_transmission(record.id)? {
            return Err(Reason::InTransmission);
        }
        let entry = tx.destination(self.destination)?.ok_or(Reason::NoSuchThing)?;
        DestinationStatus::of(&entry, desk.now).check_usable()?;

        let form = desk.house.catalog().form(&record.form, record.form_version).ok_or(Reason::FormUnknown)?;
        // The version was complete when it was registered, seen from that day.
        let context =
            Context { today: version.registered_at.date_in_japan(), received_at: record.intake.received_at };
        let complete =
            form.complete(&values_of(&version.content)?, &context).map_err(|_| Reason::FormProblems)?;
        if Digest::of(&complete.canonical_bytes()) != version.digest {
            return Err(Reason::Damaged);
        }
        let rendition = export::text::render(form, &complete, Lang::Ja).map_err(|_| Reason::FormUnknown)?;
        let recipient = Recipient::parse(&entry.recipient).map_err(|_| Reason::RecipientInvalid)?;
        let artefact = identity::seal_to(&[recipient], &rendition.bytes).map_err(|_| Reason::StoreRefused)?;

        let id = TransmissionId::make(desk.now, desk.entropy);
        let size = u64::try_from(rendition.bytes.len()).map_err(|_| Reason::ContentTooLarge)?;
        let item = Item::new(&rendition.file_name, rendition.media_type, Digest::of(&rendition.bytes), size);
        let manifest = item.and_then(|item| Manifest::new(vec![item])).ok_or(Reason::Impossible)?;
        let destination = Destination {
            id: entry.id,
            version: entry.version,
            channel: Channel::Folder,
            address: FolderAddress::from_canonical(&entry.address).ok_or(Reason::Impossible)?,
        };
        let statement = Statement {
            vault: desk.keys.vault_name().vault,
            transmission: id,
            content_version: version.version,
            manifest: manifest.digest(),
            artefact: Digest::of(&artefact),
            destination: destination.digest(),
            nonce: desk.entropy.bytes(),
            submitter: permit.account(),
            at: desk.now,
        };
        let signed = statement.to_bytes();
        let row = TransmissionRow {
            id,
            number: tx.next_transmission_number()?,
            record: record.id,
            record_version: version.version,
            destination: entry.id,
            destination_version: entry.version,
            state: StateCode::Awaiting,
            author: permit.account(),
            submitted_at: desk.now,
            statement_signature: desk.keys.sign(&signed),
            statement: signed,
            manifest: manifest.to_bytes(),
            pages: u32::from(rendition.pages),
            misses: 0,
            second: None,
            confirmation: None,
            confirmation_signature: None,
            confirmed_at: None,
            matched_by: None,
            matched_at: None,
            receipt_reason: None,
            closed_at: None,
        };
        tx.insert_transmission(&row, &artefact)?;
        let document = Personal::new(String::from_utf8_lossy(&rendition.bytes).into_owned());
        let prepared = Prepared { transmission: id, number: row.number, pages: row.pages, document };
        Ok(Acted::done(prepared)
            .about(ObjectKind::Transmission, *id.as_bytes())
            .with_ref(RefKey::Record, record.id.as_bytes())
            .with_ref(RefKey::Version, &version.version.to_be_bytes())
            .with_ref(RefKey::Destination, entry.id.as_bytes())
            .with_ref(RefKey::Statement, Digest::of(&row.statement).as_bytes())
            .with_ref(RefKey::SubmitSignature, &row.statement_signature))
    }
}
