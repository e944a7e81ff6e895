//! Key a destination a second time, blind, from another paper.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmDestination as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::super::vault::identity::Recipient;
use super::begin_confirmation::credential_ties;
use crate::domain::destination::FolderAddress;
use crate::domain::ids::DestinationId;

/// A register entry is verified again at least once a year.
const VALID_S: i64 = 365 * 24 * 3600;
/// After this many misses the first person has to look at the source again and to enter a new version.
const MISSES_MAX: u32 = 3;
/// The last characters of the recipient key are keyed, not all sixty-two.
pub const KEY_TAIL: usize = 6;

/// The second person's keying. Nothing of the first person's is shown before it.
#[derive(Clone, Debug)]
pub struct ConfirmDestination {
    pub id: DestinationId,
    pub address: String,
    /// The last six characters of the recipient key.
    pub recipient_tail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationConfirmed {
    Confirmed,
    /// No match; which of the two differs is not said.
    Mismatch {
        left: u32,
    },
}

impl sealed::Sealed for ConfirmDestination {}
impl Operation for ConfirmDestination {
    type Needs = Permit;
    type Outcome = DestinationConfirmed;
    const ACTION: Action = Action::ConfirmDestination;

    fn target(&self) -> DestinationId {
        self.id
    }
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Destination, *self.id.as_bytes())
    }
    fn facts(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
        let Some(row) = tx.destination(self.id)? else { return Ok(None) };
        let Some(first) = tx.staff(row.entered_by)? else { return Ok(None) };
        let credential_ties = credential_ties(tx, row.entered_by, desk)?;
        Ok(Some(OtherPerson { first: first.party, editors: Vec::new(), credential_ties }))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<DestinationConfirmed>, Reason> {
        let row = tx.destination(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if row.confirmed_by.is_some() {
            return Err(Reason::OutOfOrder);
        }
        if row.misses >= MISSES_MAX {
            return Err(Reason::TooManyMisses);
        }
        let version = row.version.to_be_bytes();
        let typed = FolderAddress::parse(&self.address);
        let stored = FolderAddress::from_canonical(&row.address).ok_or(Reason::Impossible)?;
        let tail: String = tail_of(&row.recipient);
        let same_address = typed.is_some_and(|typed| typed.matches(&stored));
        let same_key = Recipient::parse(&row.recipient).is_ok() && fold(&self.recipient_tail) == tail;
        if !(same_address & same_key) {
            tx.count_destination_miss(row.id, row.version)?;
            let left = MISSES_MAX.saturating_sub(row.misses + 1);
            return Ok(Acted::done(DestinationConfirmed::Mismatch { left })
                .but_failed(Reason::RekeyMismatch)
                .with_ref(RefKey::Version, &version)
                .with_ref(RefKey::Attempts, &(row.misses + 1).to_be_bytes()));
        }
        tx.confirm_destination(
            row.id,
            row.version,
            permit.account(),
            desk.now,
            desk.now.plus_seconds(VALID_S),
        )?;
        Ok(Acted::done(DestinationConfirmed::Confirmed)
            .with_ref(RefKey::Version, &version)
            .with_ref(RefKey::OtherAccount, row.entered_by.as_bytes()))
    }
}

fn tail_of(recipient: &str) -> String {
    let characters: Vec<char> = recipient.chars().collect();
    characters.iter().skip(characters.len().saturating_sub(KEY_TAIL)).collect()
}

fn fold(typed: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    typed.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
