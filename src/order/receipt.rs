//! What the courier reports: no personal data, no signature; the office treats it as a claim.
use serde::{Deserialize, Serialize};

use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::time::Timestamp;

pub const SIZE_MAX: u64 = 4096;

/// How a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome", content = "code", deny_unknown_fields)]
pub enum DeliveryOutcome {
    Sent,
    /// The carrier did not take it; nothing left.
    Failed(String),
    /// The order was not believed; nothing left.
    Refused(String),
    /// Something may have left: a person has to look.
    Uncertain(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub transmission: TransmissionId,
    pub outcome: DeliveryOutcome,
    pub at: Timestamp,
    pub carrier: String,
    pub artefact: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceiptFile {
    transmission: String,
    result: DeliveryOutcome,
    at_us: i64,
    carrier: String,
    artefact: String,
}

impl Receipt {
    pub fn to_json(&self) -> Vec<u8> {
        let file = ReceiptFile {
            transmission: self.transmission.to_string(),
            result: self.outcome.clone(),
            at_us: self.at.micros(),
            carrier: self.carrier.clone(),
            artefact: self.artefact.to_string(),
        };
        serde_json::to_vec_pretty(&file).expect("text and numbers always serialise")
    }

    /// `None` for anything that is not a receipt of ours.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let file: ReceiptFile = serde_json::from_slice(bytes).ok()?;
        let artefact = data_encoding::HEXLOWER.decode(file.artefact.as_bytes()).ok()?;
        Some(Self {
            transmission: TransmissionId::parse(&file.transmission)?,
            outcome: file.result,
            at: Timestamp::from_micros(file.at_us),
            carrier: file.carrier,
            artefact: Digest::from_bytes(artefact.try_into().ok()?),
        })
    }
}
