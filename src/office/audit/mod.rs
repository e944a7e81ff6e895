//! The access log: who did what to which record, so that nobody can alter it unseen.
//!
//! Codes and ids only; the little free text that is needed (a search term, a reason) is an erasable detail of which
//! the sealed record holds a commitment. The format is fixed by `docs/audit-log.md`.
pub mod action;
pub mod agreement;
pub mod append;
pub mod checkpoint;
pub mod clock;
pub mod event;
pub mod filter;
pub mod glance;
pub mod preauth;
pub mod purge;
pub mod seal;
pub mod verify;

pub use action::{Action, ObjectKind, Outcome, RefKey};
pub use append::{Entry, Note, append};
