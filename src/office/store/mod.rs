//! The record store: the only module that knows SQL. One file per table.
//!
//! Its public face names no SQLite type. Whoever wants to write needs a permit of the policy, and whoever wants to
//! commit needs the entry that only the access log makes.
pub mod checkpoint;
pub mod clock;
mod connection;
pub mod destination;
pub mod draft;
pub mod drill;
mod error;
pub mod incident;
pub mod institution;
pub mod kin;
pub mod likeness;
pub mod link;
pub mod log;
pub mod log_scan;
pub mod medium_loan;
pub mod meta;
mod name_memory;
mod number;
pub mod page_check;
mod passed;
pub mod purge;
pub mod record;
pub mod reserve;
mod review;
pub mod review_week;
pub mod snapshot;
pub mod staff;
pub mod subject;
pub mod transcription;
pub mod transmission;
mod tx;
pub mod use_of_destination;

pub use connection::Store;
pub use error::{Result, StoreError};
pub use tx::Tx;
