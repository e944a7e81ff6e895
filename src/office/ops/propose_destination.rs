//! Enter a destination: the first of two people.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ProposeDestination as Permit};
use super::super::reason::Reason;
use super::super::store::destination::DestinationRow;
use super::super::store::{self, Tx};
use crate::domain::destination::{Channel, DestinationCode, FolderAddress, RecipientKey};
use crate::domain::ids::DestinationId;

const TEXT_MAX: usize = 80;

/// What the first person keys from an official paper.
#[derive(Clone, Debug, Default)]
pub struct DestinationProposal {
    /// The entry to change; `None` for a new one.
    pub change: Option<DestinationId>,
    pub code: String,
    pub organisation: String,
    pub reading: String,
    pub address: String,
    pub recipient: String,
    /// Number of the document that the address was taken from.
    pub source: String,
}

/// Enters a new destination, or a new version of one. It cannot be used before a second person has keyed it blind.
#[derive(Clone, Debug)]
pub struct ProposeDestination {
    pub proposal: DestinationProposal,
}

#[derive(Clone, Copy, Debug)]
pub struct ProposedDestination {
    pub id: DestinationId,
    pub version: u32,
}

impl sealed::Sealed for ProposeDestination {}
impl Operation for ProposeDestination {
    type Needs = Permit;
    type Outcome = ProposedDestination;
    const ACTION: Action = Action::ProposeDestination;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Destination, self.proposal.change.map_or([0; 16], |id| *id.as_bytes()))
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<ProposedDestination>, Reason> {
        let proposal = self.proposal;
        let code = DestinationCode::parse(&proposal.code).ok_or(Reason::CodeInvalid)?;
        let address = FolderAddress::parse(&proposal.address).ok_or(Reason::AddressInvalid)?;
        let recipient = RecipientKey::parse(&proposal.recipient).ok_or(Reason::RecipientInvalid)?;
        let [organisation, reading, source] =
            [proposal.organisation, proposal.reading, proposal.source].map(|text| text.trim().to_owned());
        let fits = |text: &String| !text.is_empty() && text.chars().count() <= TEXT_MAX;
        if ![&organisation, &reading, &source].into_iter().all(fits) {
            return Err(Reason::TextMissing);
        }
        let (id, version, frozen_at) = match proposal.change {
            Some(id) => {
                let present = tx.destination(id)?.ok_or(Reason::NoSuchThing)?;
                // A frozen entry stays frozen: its new version is looked into like any other, by supervisors.
                (id, present.version + 1, present.frozen_at)
            }
            None => (DestinationId::make(desk.now, desk.entropy), 1, None),
        };
        if tx.destination_by_code(&code.to_string())?.is_some_and(|other| other.id != id) {
            return Err(Reason::CodeTaken);
        }
        tx.insert_destination(&DestinationRow {
            id,
            version,
            code: code.to_string(),
            organisation,
            reading,
            channel: Channel::Folder.code().to_owned(),
            address: address.as_str().to_owned(),
            recipient: recipient.as_str().to_owned(),
            source,
            entered_by: permit.account(),
            entered_at: desk.now,
            confirmed_by: None,
            confirmed_at: None,
            valid_until: None,
            misses: 0,
            frozen_at,
        })?;
        Ok(Acted::done(ProposedDestination { id, version })
            .about(ObjectKind::Destination, *id.as_bytes())
            .with_ref(RefKey::Version, &version.to_be_bytes()))
    }
}
