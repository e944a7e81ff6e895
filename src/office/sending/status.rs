//! Whether an entry of the register can be used.
use crate::domain::time::Timestamp;
use crate::office::reason::Reason;
use crate::office::store::destination::DestinationRow;
use crate::text::{Text, destinations as say};

/// An entry is looked into again when it has so little time left.
const EXPIRING_S: i64 = 30 * 24 * 3600;

/// Whether a destination can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationStatus {
    /// Taken over from a list: it has to be entered anew.
    Imported,
    /// Waits for a second person to key it blind.
    Unconfirmed,
    /// Keyed differently three times: whoever entered it looks at the source again.
    Disputed,
    /// Waits for its test page and for the call there.
    Untested,
    Usable,
    /// Usable, and about to expire.
    Expiring,
    Expired,
    Frozen,
}

impl DestinationStatus {
    pub fn of(row: &DestinationRow, now: Timestamp) -> Self {
        if row.frozen_at.is_some() {
            return Self::Frozen;
        }
        if row.imported {
            return Self::Imported;
        }
        let Some(until) = row.valid_until else {
            return if row.is_disputed() { Self::Disputed } else { Self::Unconfirmed };
        };
        if until <= now {
            Self::Expired
        } else if row.call.is_none() {
            Self::Untested
        } else if until <= now.plus_seconds(EXPIRING_S) {
            Self::Expiring
        } else {
            Self::Usable
        }
    }

    /// In words: no state is told by colour.
    pub const fn text(self) -> Text {
        match self {
            Self::Imported => say::STATUS_IMPORTED,
            Self::Unconfirmed => say::STATUS_UNCONFIRMED,
            Self::Disputed => say::STATUS_DISPUTED,
            Self::Untested => say::STATUS_UNTESTED,
            Self::Usable => say::STATUS_USABLE,
            Self::Expiring => say::STATUS_EXPIRING,
            Self::Expired => say::STATUS_EXPIRED,
            Self::Frozen => say::STATUS_FROZEN,
        }
    }

    /// The refusal that using such an entry meets.
    pub const fn check_usable(self) -> Result<(), Reason> {
        match self {
            Self::Usable | Self::Expiring => Ok(()),
            Self::Imported => Err(Reason::DestinationImported),
            Self::Unconfirmed => Err(Reason::DestinationUnconfirmed),
            Self::Disputed => Err(Reason::EntryDisputed),
            Self::Untested => Err(Reason::DestinationUntested),
            Self::Expired => Err(Reason::DestinationExpired),
            Self::Frozen => Err(Reason::DestinationFrozen),
        }
    }
}
