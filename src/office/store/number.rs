//! Numbers of events as SQLite keeps them.
use super::{Result, StoreError};

/// SQLite integers are signed; sequence numbers start at 1 and never come near the limit.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// `Impossible` for what no writer of ours has stored.
pub(super) fn unsigned(value: i64) -> Result<u64> {
    u64::try_from(value).map_err(|_| StoreError::Impossible)
}
