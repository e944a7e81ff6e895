//! The export: JSON Lines with everything that the three tiers need, and none of the keys.
use std::collections::BTreeSet;
use std::ops::ControlFlow;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::seal::SealPosition;
use super::source::{CheckpointRow, Columns, CosignatureRow, EventRow, Head, Signer, Source};
use crate::domain::ids::{AccountId, PersonId};
use crate::order::PublicKey;

pub const FORMAT: &str = "hcaudit-export/1";

/// One line. The schema is `docs/audit-export.schema.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Line {
    Log {
        format: String,
        log_id: String,
        host_key: String,
        details: bool,
        // Named here so that a field left out is not taken for null.
        #[serde(deserialize_with = "Option::deserialize")]
        seal: Option<SealLine>,
    },
    Person {
        account: String,
        person: String,
        number: String,
        public_key: String,
    },
    Event(EventLine),
    Detail {
        seq: u64,
        nonce: String,
        text: String,
    },
    Checkpoint {
        size: u64,
        aggregate: String,
        frontier: Vec<String>,
        note: String,
    },
    Cosignature {
        size: u64,
        account: String,
        line: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealLine {
    pub epoch: u32,
    pub seq: u64,
    pub key_digest: String,
    pub aggregate: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventLine {
    pub seq: u64,
    pub first: u64,
    #[serde(deserialize_with = "Option::deserialize")]
    pub body: Option<String>,
    pub hash: String,
    pub wall_us: i64,
    pub actor: String,
    pub action: u64,
    pub object_kind: u64,
    pub object: String,
    pub outcome: u64,
}

/// A line that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnExport {
    /// From 1.
    pub line: usize,
}

/// Writes a log line by line. Staff numbers stand beside the keys, so that people know whose they are.
pub fn write<S: Source, E: From<S::Error>>(
    source: &mut S,
    number: &dyn Fn(AccountId) -> String,
    line: &mut dyn FnMut(&Line) -> Result<(), E>,
) -> Result<(), E> {
    let head = source.head()?;
    line(&Line::Log {
        format: FORMAT.to_owned(),
        log_id: HEXLOWER.encode(&head.log_id),
        host_key: HEXLOWER.encode(&head.host_key),
        details: head.with_details,
        seal: head.seal.map(|seal| SealLine {
            epoch: seal.epoch,
            seq: seal.seq,
            key_digest: HEXLOWER.encode(&seal.key_digest),
            aggregate: HEXLOWER.encode(&seal.aggregate),
        }),
    })?;
    for signer in &head.signers {
        line(&Line::Person {
            account: HEXLOWER.encode(signer.account.as_bytes()),
            person: HEXLOWER.encode(signer.person.as_bytes()),
            number: number(signer.account),
            public_key: HEXLOWER.encode(signer.key.as_bytes()),
        })?;
    }
    let mut failed = Ok(());
    source.each_event(&mut |row| {
        failed = line(&Line::Event(event_line(&row)));
        if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed?;
    if head.with_details {
        let mut failed = Ok(());
        source.each_detail(&mut |seq, nonce, text| {
            if failed.is_ok() {
                failed = line(&Line::Detail { seq, nonce: HEXLOWER.encode(nonce), text: text.to_owned() });
            }
        })?;
        failed?;
    }
    for row in &head.checkpoints {
        line(&Line::Checkpoint {
            size: row.size,
            aggregate: HEXLOWER.encode(&row.aggregate),
            frontier: row.frontier.iter().map(|hash| HEXLOWER.encode(hash)).collect(),
            note: row.note.clone(),
        })?;
    }
    for row in &head.cosignatures {
        line(&Line::Cosignature {
            size: row.size,
            account: HEXLOWER.encode(row.account.as_bytes()),
            line: row.line.clone(),
        })?;
    }
    Ok(())
}

fn event_line(row: &EventRow<'_>) -> EventLine {
    let code = |value: i64| u64::try_from(value).unwrap_or(u64::MAX);
    EventLine {
        seq: row.seq,
        first: row.first_of_transaction,
        body: row.body.map(|body| HEXLOWER.encode(body)),
        hash: HEXLOWER.encode(row.hash),
        wall_us: row.columns.wall_us,
        actor: HEXLOWER.encode(row.columns.actor),
        action: code(row.columns.action),
        object_kind: code(row.columns.object_kind),
        object: HEXLOWER.encode(row.columns.object),
        outcome: code(row.columns.outcome),
    }
}

/// A log that was read from an export.
#[derive(Clone, Debug)]
pub struct Export {
    head: Head,
    events: Vec<StoredRow>,
    details: Vec<(u64, [u8; 32], String)>,
    /// Those that came, also with a key that is none.
    accounts: BTreeSet<AccountId>,
}

#[derive(Clone, Debug)]
struct StoredRow {
    seq: u64,
    first: u64,
    body: Option<Vec<u8>>,
    hash: [u8; 32],
    wall_us: i64,
    actor: [u8; 16],
    action: i64,
    object_kind: i64,
    object: [u8; 16],
    outcome: i64,
}

impl Export {
    /// Reads the whole text of an export.
    pub fn read(text: &str) -> Result<Self, NotAnExport> {
        // serde_json's own error would quote the input.
        let lines = text
            .lines()
            .enumerate()
            .map(|(at, line)| serde_json::from_str(line).map_err(|_| NotAnExport { line: at + 1 }));
        Self::collect(lines)
    }

    /// The same from lines that were parsed already.
    pub fn from_lines(lines: impl IntoIterator<Item = Line>) -> Result<Self, NotAnExport> {
        Self::collect(lines.into_iter().map(Ok))
    }

    fn collect(lines: impl Iterator<Item = Result<Line, NotAnExport>>) -> Result<Self, NotAnExport> {
        let mut export: Option<Self> = None;
        for (at, line) in lines.enumerate() {
            let wrong = NotAnExport { line: at + 1 };
            match (&mut export, line?) {
                (None, first) => export = Some(Self::begin(first).ok_or(wrong)?),
                (Some(export), line) => export.take(line).ok_or(wrong)?,
            }
        }
        export.ok_or(NotAnExport { line: 1 })
    }

    fn begin(line: Line) -> Option<Self> {
        let Line::Log { format, log_id, host_key, details, seal } = line else { return None };
        if format != FORMAT {
            return None;
        }
        let seal = match seal {
            None => None,
            Some(seal) => Some(SealPosition {
                epoch: seal.epoch,
                seq: seal.seq,
                key_digest: bytes(&seal.key_digest)?,
                aggregate: bytes(&seal.aggregate)?,
            }),
        };
        let head = Head {
            log_id: bytes(&log_id)?,
            host_key: bytes(&host_key)?,
            seal,
            with_details: details,
            signers: Vec::new(),
            checkpoints: Vec::new(),
            cosignatures: Vec::new(),
        };
        Some(Self { head, events: Vec::new(), details: Vec::new(), accounts: BTreeSet::new() })
    }

    fn take(&mut self, line: Line) -> Option<()> {
        match line {
            Line::Log { .. } => return None,
            Line::Person { account, person, number: _, public_key } => {
                let account = AccountId::from_bytes(bytes(&account)?);
                let person = PersonId::from_bytes(bytes(&person)?);
                let public_key = bytes(&public_key)?;
                if !self.accounts.insert(account) {
                    return None;
                }
                // A weak key is nobody's: what it signed counts for nothing.
                let key = PublicKey::from_bytes(&public_key);
                self.head.signers.extend(key.map(|key| Signer { account, person, key }));
            }
            Line::Event(line) => self.events.push(StoredRow::of(line)?),
            Line::Detail { seq, nonce, text } => self.details.push((seq, bytes(&nonce)?, text)),
            Line::Checkpoint { size, aggregate, frontier, note } => {
                self.head.checkpoints.push(CheckpointRow {
                    size,
                    aggregate: bytes(&aggregate)?,
                    frontier: frontier.iter().map(|hash| bytes(hash)).collect::<Option<_>>()?,
                    note,
                });
            }
            Line::Cosignature { size, account, line } => {
                let account = AccountId::from_bytes(bytes(&account)?);
                self.head.cosignatures.push(CosignatureRow { size, account, line });
            }
        }
        Some(())
    }

    pub const fn head(&self) -> &Head {
        &self.head
    }
}

impl StoredRow {
    fn of(line: EventLine) -> Option<Self> {
        // No code comes near the limit: what is beyond differs from every record anyway.
        let code = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        Some(Self {
            seq: line.seq,
            first: line.first,
            body: match line.body {
                None => None,
                Some(body) => Some(HEXLOWER.decode(body.as_bytes()).ok()?),
            },
            hash: bytes(&line.hash)?,
            wall_us: line.wall_us,
            actor: bytes(&line.actor)?,
            action: code(line.action),
            object_kind: code(line.object_kind),
            object: bytes(&line.object)?,
            outcome: code(line.outcome),
        })
    }

    fn row(&self) -> EventRow<'_> {
        EventRow {
            seq: self.seq,
            first_of_transaction: self.first,
            body: self.body.as_deref(),
            hash: &self.hash,
            columns: Columns {
                wall_us: self.wall_us,
                actor: &self.actor,
                action: self.action,
                object_kind: self.object_kind,
                object: &self.object,
                outcome: self.outcome,
            },
        }
    }
}

impl Source for Export {
    type Error = std::convert::Infallible;

    fn head(&mut self) -> Result<Head, Self::Error> {
        Ok(self.head.clone())
    }
    fn each_event(&mut self, f: &mut dyn FnMut(EventRow<'_>) -> ControlFlow<()>) -> Result<(), Self::Error> {
        // A break is the caller's own wish.
        let _ = self.events.iter().try_for_each(|row| f(row.row()));
        Ok(())
    }
    fn each_detail(&mut self, f: &mut dyn FnMut(u64, &[u8], &str)) -> Result<(), Self::Error> {
        self.details.iter().for_each(|(seq, nonce, text)| f(*seq, nonce, text));
        Ok(())
    }
}

fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}
