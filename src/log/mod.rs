//! The format of the access log, and the check of it: what an auditor with an export and nothing else needs.
//!
//! Pure: bytes in, findings out; public keys only, but for the seal's first key that the auditor brings. It fixes bytes (events, tree,
//! checkpoints, statements of two people, export) as `docs/audit-log.md` describes them. Writing the log is the office's.
pub mod checkpoint;
pub mod export;
pub mod finding;
pub mod merkle;
pub mod record;
pub mod seal;
pub mod slip;
pub mod source;
pub mod statement;
pub mod verify;

pub use checkpoint::{Checkpoint, Note};
pub use finding::{Class, Finding, Weight, What};
pub use slip::PaperRoot;
pub use verify::{Report, SealKeys, Tier, verify};
