//! What became of an order, for the office to take in. No personal data, and no free text.
//!
//! A receipt is not signed: whoever can write the outbox can forge one. It therefore decides nothing that protects
//! anybody; it ends the waiting, and the person who acknowledges compares it with the recipient's answer.
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use crate::domain::destination::Channel;
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::time::Timestamp;

use super::report::{RemoteId, Report};

/// A reason in `[a-z0-9-]`, which cannot carry anything personal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReasonCode(String);

impl ReasonCode {
    pub const MAX: usize = 40;

    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=Self::MAX).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// The papers lie in front of a person, who sends them by hand and keys in what the machine reports.
    ToAPerson,
    /// The carrier did not take it; nothing left.
    Failed(ReasonCode),
    /// The courier did not believe the order; nothing left.
    Refused(ReasonCode),
    /// It may have left.
    Uncertain,
}

impl Outcome {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::ToAPerson => "to-a-person",
            Self::Failed(_) => "failed",
            Self::Refused(_) => "refused",
            Self::Uncertain => "uncertain",
        }
    }
    pub const fn reason(&self) -> Option<&ReasonCode> {
        match self {
            Self::Failed(reason) | Self::Refused(reason) => Some(reason),
            Self::Sent | Self::ToAPerson | Self::Uncertain => None,
        }
    }
    fn of(code: &str, reason: Option<ReasonCode>) -> Option<Self> {
        match (code, reason) {
            ("sent", None) => Some(Self::Sent),
            ("to-a-person", None) => Some(Self::ToAPerson),
            ("uncertain", None) => Some(Self::Uncertain),
            ("failed", Some(reason)) => Some(Self::Failed(reason)),
            ("refused", Some(reason)) => Some(Self::Refused(reason)),
            _ => None,
        }
    }
}

/// The content of `<id>.receipt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub transmission: TransmissionId,
    pub outcome: Outcome,
    pub at: Timestamp,
    /// `None` when the order could not be read.
    pub carrier: Option<Channel>,
    /// SHA-256 of the statement that the order rested on; `None` when the order could not be read.
    pub statement: Option<Digest>,
    /// SHA-256 of the package as it was found; `None` when there was none.
    pub artefact: Option<Digest>,
    /// What the carrier said besides.
    pub report: Report,
}

/// Why a receipt is not believed. Says nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    #[error("the receipt is larger than any receipt")]
    TooLarge,
    #[error("the receipt is not in its format")]
    Malformed,
}

impl Receipt {
    pub const MAX_BYTES: usize = 4096;

    pub fn to_json(&self) -> Vec<u8> {
        let stored = Stored {
            transmission: self.transmission.to_string(),
            outcome: self.outcome.code().to_owned(),
            reason: self.outcome.reason().map(|reason| reason.as_str().to_owned()),
            at_us: self.at.micros(),
            carrier: self.carrier.map(|carrier| carrier.code().to_owned()),
            statement: self.statement.map(|digest| digest.to_string()),
            artefact: self.artefact.map(|digest| digest.to_string()),
            remote: self.report.remote.as_ref().map(|remote| remote.as_str().to_owned()),
            pages: self.report.pages,
            duration_s: self.report.duration_s,
        };
        let mut bytes = serde_json::to_vec_pretty(&stored).expect("strings and numbers always serialise");
        bytes.push(b'\n');
        bytes
    }

    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(ReceiptError::TooLarge);
        }
        // serde_json's own error would quote the input.
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| ReceiptError::Malformed)?;
        stored.read().ok_or(ReceiptError::Malformed)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    transmission: String,
    outcome: String,
    reason: Option<String>,
    at_us: i64,
    carrier: Option<String>,
    statement: Option<String>,
    artefact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remote: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pages: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration_s: Option<u32>,
}

impl Stored {
    fn read(self) -> Option<Receipt> {
        let reason = optional(self.reason, ReasonCode::parse)?;
        Some(Receipt {
            transmission: TransmissionId::parse(&self.transmission)?,
            outcome: Outcome::of(&self.outcome, reason)?,
            at: Timestamp::from_micros(self.at_us),
            carrier: optional(self.carrier, Channel::from_code)?,
            statement: optional(self.statement, digest)?,
            artefact: optional(self.artefact, digest)?,
            report: Report {
                remote: optional(self.remote, RemoteId::parse)?,
                pages: self.pages,
                duration_s: self.duration_s,
            },
        })
    }
}

/// Absent is good, present must be readable.
fn optional<T>(text: Option<String>, read: fn(&str) -> Option<T>) -> Option<Option<T>> {
    text.map_or(Some(None), |text| read(&text).map(Some))
}

fn digest(text: &str) -> Option<Digest> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
    Some(Digest::from_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn receipt(outcome: Outcome) -> Receipt {
        Receipt {
            transmission: TransmissionId::from_bytes([0x1e; 16]),
            outcome,
            at: Timestamp::from_seconds(1_783_998_120),
            carrier: Some(Channel::Folder),
            statement: Some(Digest::from_bytes([0x5d; 32])),
            artefact: Some(Digest::from_bytes([0xab; 32])),
            report: Report::default(),
        }
    }

    fn reason() -> ReasonCode {
        ReasonCode::parse("same-person").expect("good")
    }

    #[test]
    fn pinned_text() {
        let text = String::from_utf8(receipt(Outcome::Refused(reason())).to_json()).expect("UTF-8");
        let expected = format!(
            "{{\n  \"transmission\": \"1e1e1e1e-1e1e-1e1e-1e1e-1e1e1e1e1e1e\",\n  \"outcome\": \"refused\",\n  \
             \"reason\": \"same-person\",\n  \"at_us\": 1783998120000000,\n  \"carrier\": \"folder\",\n  \
             \"statement\": \"{}\",\n  \"artefact\": \"{}\"\n}}\n",
            "5d".repeat(32),
            "ab".repeat(32)
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn round_trip() {
        for outcome in [
            Outcome::Sent,
            Outcome::ToAPerson,
            Outcome::Uncertain,
            Outcome::Failed(reason()),
            Outcome::Refused(reason()),
        ] {
            let report =
                Report { remote: RemoteId::parse("03 0000 0456"), pages: Some(2), duration_s: Some(41) };
            let full = Receipt { report, ..receipt(outcome.clone()) };
            let bare = Receipt {
                carrier: None,
                statement: None,
                artefact: None,
                report: Report::default(),
                ..full.clone()
            };
            for receipt in [full, bare] {
                assert_eq!(Receipt::parse(&receipt.to_json()), Ok(receipt));
            }
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let good = String::from_utf8(receipt(Outcome::Failed(reason())).to_json()).expect("UTF-8");
        assert!(Receipt::parse(good.as_bytes()).is_ok(), "the control");
        for (from, to) in [
            ("failed", "sent"),
            ("failed", "lost"),
            ("\"same-person\"", "null"),
            ("same-person", "山田 花子"),
            ("same-person", "Same"),
            ("folder", "pigeon"),
            ("abab", "ABAB"),
            ("abab", "ab"),
            ("at_us", "when"),
            ("\"at_us\"", "\"note\": 1, \"at_us\""),
            ("\"at_us\"", "\"outcome\": \"sent\", \"at_us\""),
            ("1e1e-", "x"),
            ("1783998120000000", "1.5"),
        ] {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            assert_eq!(Receipt::parse(bad.as_bytes()), Err(ReceiptError::Malformed), "{to}");
        }
        assert_eq!(Receipt::parse(&vec![b' '; Receipt::MAX_BYTES + 1]), Err(ReceiptError::TooLarge));
    }

    proptest! {
        #[test]
        fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in any::<String>()) {
            let _ = Receipt::parse(&bytes);
            let _ = Receipt::parse(text.as_bytes());
            let _ = ReasonCode::parse(&text);
        }
    }
}
