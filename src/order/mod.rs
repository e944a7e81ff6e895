//! Dispatch orders, receipts and the roster: what leaves the office's wall in signed form.
//!
//! Pure: bytes in, checked values out, and back. It builds the canonical bytes that people sign and verifies with public
//! keys; secret keys never come here. Every format is `domain::pae`, so that two different values never have the
//! same bytes. There is no training variant of an order: a drill cannot be sent by mistake.
pub mod approval;
pub mod confirmation;
pub mod dispatch;
pub mod frozen;
pub mod key;
pub mod names;
pub mod receipt;
pub mod report;
pub mod roster;
pub mod statement;

mod fields;
#[cfg(test)]
pub(crate) mod fixtures;

pub use approval::{Approval, Approved};
pub use confirmation::Confirmation;
pub use dispatch::{DispatchOrder, OrderRefusal, VerifiedOrder};
pub use frozen::{FrozenList, SuspendedList};
pub use key::{PublicKey, Signature};
pub use receipt::{Outcome, ReasonCode, Receipt, ReceiptError};
pub use report::{RemoteId, Report};
pub use roster::{Endorsement, Entry, Roster, RosterChain, RosterError, RosterLimits, Status};
pub use statement::{Destination, Item, Manifest, Statement};
