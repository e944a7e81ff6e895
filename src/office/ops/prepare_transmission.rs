//! Prepare something for sending: look at it, freeze it, seal it, sign for it.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, PrepareTransmission as Permit};
use super::super::reason::Reason;
use super::super::sending::papers::{self, Papers};
use super::super::sending::status::DestinationStatus;
use super::super::sending::{addressee, mentions, purposes};
use super::super::store::destination::DestinationRow;
use super::super::store::transmission::{Matter, StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use crate::domain::destination::Channel;
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, DestinationId, RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::form::Bilingual;
use crate::order::{Destination, Item, Manifest, Statement};

const MENTION_MAX: usize = 80;

/// Freezes the present version of a record for one destination of the register and hands it to a second person.
#[derive(Clone, Debug)]
pub struct PrepareTransmission {
    pub record: RecordId,
    pub destination: DestinationId,
    /// Why the name or number of somebody else has to stand in it; shown to whoever confirms.
    pub mention: Option<Personal<String>>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum PrepareOutcome {
    Prepared(Prepared),
    /// Nothing was prepared: these items name somebody else, or give somebody else's telephone number.
    Mentions(Vec<Bilingual>),
}

#[derive(Clone, Debug)]
pub struct Prepared {
    pub transmission: TransmissionId,
    pub number: u32,
    pub pages: u32,
    pub channel: Channel,
    /// Items of the record that the destination may not know.
    pub left_out: u32,
    /// Characters that cannot be printed: a mark stands for each.
    pub missing: u32,
    /// The document as it will arrive, for the sender's preview; of the address only the shape is in it.
    pub document: Personal<String>,
}

impl sealed::Sealed for PrepareTransmission {}
impl Operation for PrepareTransmission {
    type Needs = Permit;
    type Outcome = PrepareOutcome;
    const ACTION: Action = Action::PrepareTransmission;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<PrepareOutcome>, Reason> {
        let record = tx.record(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let version = tx.version(record.id, record.version)?.ok_or(Reason::NotRegistered)?;
        if tx.has_open_transmission(record.id)? {
            return Err(Reason::InTransmission);
        }
        let entry = tx.destination(self.destination)?.ok_or(Reason::NoSuchThing)?;
        DestinationStatus::of(&entry, desk.now).check_usable()?;

        let catalog = desk.house.catalog();
        let form = catalog.form(&record.form, record.form_version).ok_or(Reason::FormUnknown)?;
        let complete = papers::read_back(form, &record, &version)?;
        let left_out = purposes::left_out(catalog, &entry, form)?;
        addressee::check(form, &complete, &entry)?;
        let mention = self.mention.as_ref().map(check_mention).transpose()?;
        let named = mentions::find(tx, record.id, form, &complete, &left_out)?;
        if !named.is_empty() && mention.is_none() {
            return Ok(Acted::done(PrepareOutcome::Mentions(named))
                .but_failed(Reason::OthersMentioned)
                .with_ref(RefKey::Destination, entry.id.as_bytes()));
        }
        let mention = mention.filter(|_| !named.is_empty());

        let matter = Matter::Record { id: record.id, version: version.version };
        let frozen = Frozen::new(matter, &entry, mention, desk);
        let hidden = complete.values().iter().filter(|(key, _)| left_out.contains(key)).count();
        let reference = format!("{:04}", record.number);
        let letter = papers::letter(tx, &entry, (reference, &frozen.control), permit.account(), desk)?;
        let papers = papers::of_record(tx, (form, &complete), &left_out, (&entry, &letter), desk)?;
        let (row, acted) = frozen.submit(tx, &papers, permit.account(), desk)?;
        let prepared = Prepared {
            transmission: row.id,
            number: row.number,
            pages: row.pages,
            channel: entry.address.channel(),
            left_out: u32::try_from(hidden).unwrap_or(u32::MAX),
            missing: papers.missing,
            document: papers.preview,
        };
        Ok(acted(PrepareOutcome::Prepared(prepared))
            .with_ref(RefKey::Record, record.id.as_bytes())
            .with_ref(RefKey::Version, &version.version.to_be_bytes()))
    }
}

fn check_mention(words: &Personal<String>) -> Result<Personal<String>, Reason> {
    let words = words.expose().trim();
    let fits =
        !words.is_empty() && words.chars().count() <= MENTION_MAX && !words.chars().any(char::is_control);
    if fits { Ok(Personal::new(words.to_owned())) } else { Err(Reason::MentionReasonMissing) }
}

/// What is decided before anything is rendered: where it goes, and under which number.
pub(super) struct Frozen<'a> {
    matter: Matter,
    entry: &'a DestinationRow,
    mention: Option<Personal<String>>,
    id: TransmissionId,
    pub control: String,
}

impl<'a> Frozen<'a> {
    pub fn new(
        matter: Matter,
        entry: &'a DestinationRow,
        mention: Option<Personal<String>>,
        desk: &mut Desk<'_>,
    ) -> Self {
        let id = TransmissionId::make(desk.now, desk.entropy);
        Self { matter, entry, mention, id, control: papers::control_number(desk) }
    }

    /// Signs for exactly these papers to exactly this version of this destination, and lets them wait for a second person.
    pub fn submit<T>(
        self,
        tx: &mut Tx<'_>,
        papers: &Papers,
        by: AccountId,
        desk: &mut Desk<'_>,
    ) -> Result<(TransmissionRow, impl FnOnce(T) -> Acted<T> + use<T>), Reason> {
        let Self { matter, entry, mention, id, control } = self;
        let rendition = &papers.rendition;
        let size = u64::try_from(rendition.bytes.len()).map_err(|_| Reason::ContentTooLarge)?;
        let item = Item::new(&rendition.file_name, rendition.media_type, Digest::of(&rendition.bytes), size);
        let manifest = item.and_then(|item| Manifest::new(vec![item])).ok_or(Reason::Impossible)?;
        let destination =
            Destination { id: entry.id, version: entry.version, address: entry.address.clone() };
        let statement = Statement {
            vault: desk.keys.vault_name().vault,
            transmission: id,
            content_version: matter.version(),
            manifest: manifest.digest(),
            artefact: Digest::of(&papers.artefact),
            destination: destination.digest(),
            nonce: desk.entropy.bytes(),
            submitter: by,
            at: desk.now,
        };
        let signed = statement.to_bytes();
        let row = TransmissionRow {
            id,
            number: tx.next_transmission_number()?,
            matter,
            destination: entry.id,
            destination_version: entry.version,
            state: StateCode::Awaiting,
            author: by,
            submitted_at: desk.now,
            statement_signature: desk.keys.sign(&signed),
            statement: signed,
            manifest: manifest.to_bytes(),
            pages: u32::from(rendition.pages),
            control,
            mention,
            misses: 0,
            called: None,
            second: None,
            confirmation: None,
            confirmation_signature: None,
            confirmed_at: None,
            matched_by: None,
            matched_at: None,
            receipt_reason: None,
            closed_at: None,
            handed_at: None,
            reported_at: None,
            report: crate::order::Report::default(),
            arrival: None,
        };
        tx.insert_transmission(&row, &papers.artefact)?;
        let (statement, signature) = (Digest::of(&row.statement), row.statement_signature);
        let destination = entry.id;
        Ok((row, move |value| {
            Acted::done(value)
                .about(ObjectKind::Transmission, *id.as_bytes())
                .with_ref(RefKey::Destination, destination.as_bytes())
                .with_ref(RefKey::Statement, statement.as_bytes())
                .with_ref(RefKey::SubmitSignature, &signature)
        }))
    }
}
