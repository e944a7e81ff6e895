//! What crosses from the office to the courier and back: canonical bytes, and checks with public keys only.
pub mod confirmation;
pub mod dispatch;
pub mod receipt;
pub mod roster;
pub mod statement;
