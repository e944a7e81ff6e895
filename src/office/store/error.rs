//! What can go wrong in the store, without any value in it.

pub type Result<T> = std::result::Result<T, StoreError>;

/// Storage failed. The reasons a person can do something about are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full")]
    DiskFull,
    #[error("the file system refuses to write")]
    ReadOnly,
    #[error("another process holds the database for too long")]
    Busy,
    #[error("the database cannot be read with this key or is damaged")]
    Damaged,
    /// A row that our own rules forbid: somebody changed the file behind our back.
    #[error("a row contradicts the rules")]
    Impossible,
    /// The seal and the log disagree (shorter log, missing or unreadable seal).
    #[error("the access log and its seal disagree")]
    LogBroken,
    /// What was to be done is durable, its seal is not. The next transaction seals it, or refuses to go on.
    #[error("recorded, and not sealed yet")]
    Unsealed,
    /// The commit was written and could not be flushed: after a crash it may be there, or not.
    #[error("perhaps recorded")]
    Unsure,
    #[error("the database refused")]
    Other,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => Self::ReadOnly,
            Some(Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed) => Self::Busy,
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => Self::Damaged,
            Some(Code::ConstraintViolation) => Self::Impossible,
            _ => Self::Other,
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => Self::ReadOnly,
            std::io::ErrorKind::WouldBlock => Self::Busy,
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::NotFound => Self::LogBroken,
            _ => Self::Other,
        }
    }
}
