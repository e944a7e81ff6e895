//! The destination register (送り先台帳).
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListDestinations as Permit};
use super::super::reason::Reason;
use super::super::store::destination::DestinationRow;
use super::super::store::{self, Tx};
use crate::domain::ids::{AccountId, DestinationId};
use crate::domain::time::Timestamp;

/// All entries, by register code.
///
/// Whoever sees an address here cannot confirm a transmission to it from memory of the screen alone: a confirmer works
/// from the paper register. Addresses that wait for their second keying are not shown to anybody.
#[derive(Clone, Copy, Debug)]
pub struct ListDestinations;

#[derive(Clone, Debug)]
pub struct DestinationLine {
    pub id: DestinationId,
    pub version: u32,
    pub code: String,
    pub organisation: String,
    pub reading: String,
    pub channel: String,
    /// `None` while the second keying is outstanding.
    pub address: Option<String>,
    pub source: String,
    pub status: DestinationStatus,
    pub entered_by: AccountId,
    pub entered_by_name: String,
    pub confirmed_by_name: Option<String>,
    pub valid_until: Option<Timestamp>,
}

/// Whether a destination can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationStatus {
    /// Waits for a second person to key it blind.
    Unconfirmed,
    Usable,
    Expired,
    Frozen,
}

impl DestinationStatus {
    pub fn of(row: &DestinationRow, now: Timestamp) -> Self {
        match (row.frozen_at, row.valid_until) {
            (Some(_), _) => Self::Frozen,
            (None, None) => Self::Unconfirmed,
            (None, Some(until)) if until <= now => Self::Expired,
            (None, Some(_)) => Self::Usable,
        }
    }

    /// The refusal that using such an entry meets.
    pub const fn check_usable(self) -> Result<(), Reason> {
        match self {
            Self::Usable => Ok(()),
            Self::Unconfirmed => Err(Reason::DestinationUnconfirmed),
            Self::Expired => Err(Reason::DestinationExpired),
            Self::Frozen => Err(Reason::DestinationFrozen),
        }
    }
}

impl sealed::Sealed for ListDestinations {}
impl Operation for ListDestinations {
    type Needs = Permit;
    type Outcome = Vec<DestinationLine>;
    const ACTION: Action = Action::ListDestinations;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Nothing, [0; 16])
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<DestinationLine>>, Reason> {
        let mut lines = Vec::new();
        for row in tx.destinations()? {
            let name = |account: AccountId| -> Result<String, Reason> {
                Ok(tx.staff(account)?.map(|staff| staff.name).unwrap_or_default())
            };
            let status = DestinationStatus::of(&row, desk.now);
            lines.push(DestinationLine {
                id: row.id,
                version: row.version,
                entered_by_name: name(row.entered_by)?,
                confirmed_by_name: row.confirmed_by.map(name).transpose()?,
                address: row.confirmed_by.is_some().then_some(row.address),
                code: row.code,
                organisation: row.organisation,
                reading: row.reading,
                channel: row.channel,
                source: row.source,
                status,
                entered_by: row.entered_by,
                valid_until: row.valid_until,
            });
        }
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}
