//! The order to the courier: both signatures, and everything they cover.
use ed25519_dalek::{Signature, VerifyingKey};

use super::confirmation::Confirmation;
use super::roster::{Roster, RosterEntry};
use super::statement::{Destination, Manifest, Statement};
use crate::domain::digest::Digest;
use crate::domain::pae;
use crate::domain::staff::Pair;
use crate::domain::time::Timestamp;

const MAGIC: &[u8] = b"hcorder/1";
/// An order is about a kilobyte.
pub const SIZE_MAX: u64 = 64 * 1024;
/// An agreement is worth nothing after four hours, or on another day.
pub const AGREEMENT_VALID_S: i64 = 4 * 3600;
/// Clocks of one office may differ by this much.
const CLOCK_SLACK_S: i64 = 60;

/// An order as read: nothing about it is believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchOrder {
    pub statement: Statement,
    pub statement_signature: [u8; 64],
    pub confirmation: Confirmation,
    pub confirmation_signature: [u8; 64],
    pub destination: Destination,
    pub manifest: Manifest,
}

/// Why an order is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    #[error("malformed")]
    Malformed,
    #[error("of another installation")]
    OtherInstallation,
    #[error("unknown-party")]
    UnknownParty,
    #[error("suspended-party")]
    SuspendedParty,
    #[error("one-person")]
    OnePerson,
    #[error("bad-signature")]
    BadSignature,
    #[error("other-statement")]
    OtherStatement,
    #[error("other-destination")]
    OtherDestination,
    #[error("other-content")]
    OtherContent,
    #[error("altered-package")]
    AlteredPackage,
    #[error("expired")]
    Expired,
    #[error("from-the-future")]
    FromTheFuture,
    #[error("frozen")]
    Frozen,
}

/// An order whose every claim has been checked. Only [`DispatchOrder::verify`] makes one.
#[derive(Clone, Debug)]
pub struct VerifiedOrder {
    pub(super) order: DispatchOrder,
}

impl VerifiedOrder {
    pub const fn order(&self) -> &DispatchOrder {
        &self.order
    }
}

impl DispatchOrder {
    pub fn encode(&self) -> Vec<u8> {
        pae::encode(&[
            MAGIC,
            &self.statement.encode(),
            &self.statement_signature,
            &self.confirmation.encode(),
            &self.confirmation_signature,
            &self.destination.encode(),
            &self.manifest.encode(),
        ])
    }

    pub fn decode(bytes: &[u8]) -> Result<Self, OrderRefusal> {
        Self::read(bytes).filter(|order| order.encode() == bytes).ok_or(OrderRefusal::Malformed)
    }

    /// Checks everything: two signatures of two different active people over these bytes for this destination, in time.
    pub fn verify(
        self,
        roster: &Roster,
        artefact: Digest,
        now: Timestamp,
    ) -> Result<VerifiedOrder, OrderRefusal> {
        let (statement, confirmation) = (&self.statement, &self.confirmation);
        if statement.vault != roster.vault {
            return Err(OrderRefusal::OtherInstallation);
        }
        let submitter = roster.entry(statement.submitter).ok_or(OrderRefusal::UnknownParty)?;
        let confirmer = roster.entry(confirmation.confirmer).ok_or(OrderRefusal::UnknownParty)?;
        if !submitter.is_active() || !confirmer.is_active() {
            return Err(OrderRefusal::SuspendedParty);
        }
        Pair::new(submitter.party, confirmer.party).ok_or(OrderRefusal::OnePerson)?;
        check_signature(submitter, &statement.encode(), &self.statement_signature)?;
        check_signature(confirmer, &confirmation.encode(), &self.confirmation_signature)?;
        if confirmation.statement != Digest::of(&statement.encode()) {
            return Err(OrderRefusal::OtherStatement);
        }
        if statement.destination != self.destination.digest() {
            return Err(OrderRefusal::OtherDestination);
        }
        if statement.content != self.manifest.digest() {
            return Err(OrderRefusal::OtherContent);
        }
        if statement.sealed != artefact {
            return Err(OrderRefusal::AlteredPackage);
        }
        check_time(statement.submitted_at, confirmation.confirmed_at, now)?;
        Ok(VerifiedOrder { order: self })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let [magic, statement, signature, confirmation, second_signature, destination, manifest] =
            pae::decode(bytes)?.try_into().ok()?;
        (magic == MAGIC).then_some(Self {
            statement: Statement::decode(statement)?,
            statement_signature: signature.try_into().ok()?,
            confirmation: Confirmation::decode(confirmation)?,
            confirmation_signature: second_signature.try_into().ok()?,
            destination: Destination::decode(destination)?,
            manifest: Manifest::decode(manifest)?,
        })
    }
}

fn check_signature(entry: &RosterEntry, message: &[u8], signature: &[u8; 64]) -> Result<(), OrderRefusal> {
    let key = VerifyingKey::from_bytes(&entry.public_key).map_err(|_| OrderRefusal::BadSignature)?;
    key.verify_strict(message, &Signature::from_bytes(signature)).map_err(|_| OrderRefusal::BadSignature)
}

fn check_time(submitted: Timestamp, confirmed: Timestamp, now: Timestamp) -> Result<(), OrderRefusal> {
    if confirmed < submitted || now.seconds_since(confirmed) < -CLOCK_SLACK_S {
        return Err(OrderRefusal::FromTheFuture);
    }
    let same_day =
        submitted.date_in_japan() == now.date_in_japan() && confirmed.date_in_japan() == now.date_in_japan();
    if !same_day || now.seconds_since(confirmed) > AGREEMENT_VALID_S {
        return Err(OrderRefusal::Expired);
    }
    Ok(())
}
