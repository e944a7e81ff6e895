//! Where a log is read from: the database, an export, or a log made in memory for a test.
use std::ops::ControlFlow;

use super::seal::SealPosition;
use crate::domain::ids::{AccountId, PersonId};
use crate::order::PublicKey;

/// One stored row: sealed bytes beside the columns that queries use.
#[derive(Clone, Copy, Debug)]
pub struct EventRow<'a> {
    pub seq: u64,
    pub first_of_transaction: u64,
    /// `None` when it was erased.
    pub body: Option<&'a [u8]>,
    pub hash: &'a [u8],
    pub columns: Columns<'a>,
}

/// Copies of fields of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns<'a> {
    pub wall_us: i64,
    pub actor: &'a [u8],
    pub action: i64,
    pub object_kind: i64,
    pub object: &'a [u8],
    pub outcome: i64,
}

impl Columns<'_> {
    /// What stands beside an erased record.
    pub const ERASED: Columns<'static> =
        Columns { wall_us: 0, actor: &[0; 16], action: 0, object_kind: 0, object: &[0; 16], outcome: 0 };
}

/// One stored checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointRow {
    pub size: u64,
    pub aggregate: [u8; 32],
    pub frontier: Vec<[u8; 32]>,
    pub note: String,
}

/// One stored cosignature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CosignatureRow {
    pub size: u64,
    pub account: AccountId,
    pub line: String,
}

/// Whose signatures count. Two accounts of one person are one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signer {
    pub account: AccountId,
    pub person: PersonId,
    pub key: PublicKey,
}

/// What is known of the log besides its rows.
#[derive(Clone, Debug)]
pub struct Head {
    pub log_id: [u8; 16],
    /// The public key that this installation signs checkpoints with.
    pub host_key: [u8; 32],
    /// `None` when the seal cannot be read.
    pub seal: Option<SealPosition>,
    /// Whether details are there to be checked.
    pub with_details: bool,
    pub signers: Vec<Signer>,
    /// Ascending by size.
    pub checkpoints: Vec<CheckpointRow>,
    pub cosignatures: Vec<CosignatureRow>,
}

/// A log that can be read from its first row to its last.
pub trait Source {
    type Error;

    fn head(&mut self) -> Result<Head, Self::Error>;
    /// Every row in ascending order, until `f` breaks off.
    fn each_event(&mut self, f: &mut dyn FnMut(EventRow<'_>) -> ControlFlow<()>) -> Result<(), Self::Error>;
    /// Every detail: sequence number, nonce, text.
    fn each_detail(&mut self, f: &mut dyn FnMut(u64, &[u8], &str)) -> Result<(), Self::Error>;
}
