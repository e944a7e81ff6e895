//! The signed roster: whose signatures count. The courier has nothing else to go by.
//!
//! `roster.json` holds every version from the first. Version 1 is signed by two founders who stand in it; version n by
//! two different people who are active supervisors or administrators in version n-1. One signature is enough for a
//! version that does nothing but suspend.
use std::collections::BTreeSet;

use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, PersonId, StaffNumber, VaultId};
use crate::domain::pae;
use crate::domain::staff::{Party, Role, Roles};
use crate::domain::time::Timestamp;

const MAGIC: &[u8] = b"hcroster/1";
/// A version of a hundred people is about 20 kB; a roster changes a few times a month.
pub const SIZE_MAX: u64 = 16 * 1024 * 1024;
const ENTRIES_MAX: usize = 2000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Active,
    Suspended,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterEntry {
    pub party: Party,
    pub number: StaffNumber,
    pub roles: Roles,
    pub status: Status,
    pub public_key: [u8; 32],
}

impl RosterEntry {
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }
    fn may_sign_rosters(&self) -> bool {
        self.is_active()
            && (self.roles.contains(Role::Supervisor) || self.roles.contains(Role::Administrator))
    }
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    pub vault: VaultId,
    pub version: u32,
    /// Digest of the version before; zeros for the first.
    pub previous: Digest,
    pub issued_at: Timestamp,
    pub entries: Vec<RosterEntry>,
}

/// Why a roster is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterFault {
    #[error("the roster file cannot be read")]
    Malformed,
    #[error("a version of the roster is missing or does not follow the one before")]
    Chain,
    #[error("a version of the roster is not signed by the people who may")]
    Signature,
}

impl Roster {
    pub fn entry(&self, account: AccountId) -> Option<&RosterEntry> {
        self.entries.iter().find(|entry| entry.party.account == account)
    }
    pub fn digest(&self) -> Digest {
        Digest::of(&self.encode())
    }
    pub fn encode(&self) -> Vec<u8> {
        let entries: Vec<Vec<u8>> = self.entries.iter().map(encode_entry).collect();
        let entries = pae::encode(&entries.iter().map(Vec::as_slice).collect::<Vec<_>>());
        pae::encode(&[
            MAGIC,
            self.vault.as_bytes(),
            &self.version.to_be_bytes(),
            self.previous.as_bytes(),
            &self.issued_at.micros().to_be_bytes(),
            &entries,
        ])
    }
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let [magic, vault, version, previous, issued_at, entries] = pae::decode(bytes)?.try_into().ok()?;
        let entries: Vec<RosterEntry> = pae::decode(entries)?
            .into_iter()
            .take(ENTRIES_MAX + 1)
            .map(decode_entry)
            .collect::<Option<_>>()?;
        let accounts: BTreeSet<_> = entries.iter().map(|entry| entry.party.account).collect();
        if magic != MAGIC || accounts.len() != entries.len() || entries.len() > ENTRIES_MAX {
            return None;
        }
        let roster = Self {
            vault: VaultId::from_bytes(vault.try_into().ok()?),
            version: u32::from_be_bytes(version.try_into().ok()?),
            previous: Digest::from_bytes(previous.try_into().ok()?),
            issued_at: Timestamp::from_micros(i64::from_be_bytes(issued_at.try_into().ok()?)),
            entries,
        };
        (roster.encode() == bytes).then_some(roster)
    }
}

/// All versions, each with its signatures, checked from the first to the last.
#[derive(Clone, Debug)]
pub struct RosterChain {
    versions: Vec<(Roster, Vec<SignedBy>)>,
}

/// One signature over a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedBy {
    pub account: AccountId,
    pub signature: [u8; 64],
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionFile {
    body: String,
    signatures: Vec<SignatureFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureFile {
    account: String,
    signature: String,
}

impl RosterChain {
    /// Starts a chain with version 1.
    pub fn found(first: Roster, signatures: Vec<SignedBy>) -> Result<Self, RosterFault> {
        if first.version != 1 || first.previous != Digest::from_bytes([0; 32]) {
            return Err(RosterFault::Chain);
        }
        check_signatures(&first, &first, &signatures, 2)?;
        Ok(Self { versions: vec![(first, signatures)] })
    }

    /// Adds the next version.
    pub fn append(&mut self, next: Roster, signatures: Vec<SignedBy>) -> Result<(), RosterFault> {
        let latest = self.latest();
        if next.vault != latest.vault
            || next.version != latest.version + 1
            || next.previous != latest.digest()
        {
            return Err(RosterFault::Chain);
        }
        let needed = if only_suspends(latest, &next) { 1 } else { 2 };
        check_signatures(latest, &next, &signatures, needed)?;
        self.versions.push((next, signatures));
        Ok(())
    }

    pub fn latest(&self) -> &Roster {
        let (latest, _) = self.versions.last().expect("a chain is made with its first version");
        latest
    }

    /// Digest of version 1: what a courier pins at set-up.
    pub fn root(&self) -> Digest {
        self.versions.first().expect("a chain is made with its first version").0.digest()
    }

    pub fn to_json(&self) -> Vec<u8> {
        let files: Vec<VersionFile> = self
            .versions
            .iter()
            .map(|(roster, signatures)| VersionFile {
                body: data_encoding::BASE64.encode(&roster.encode()),
                signatures: signatures
                    .iter()
                    .map(|signed| SignatureFile {
                        account: signed.account.to_string(),
                        signature: data_encoding::BASE64.encode(&signed.signature),
                    })
                    .collect(),
            })
            .collect();
        serde_json::to_vec_pretty(&files).expect("text and lists always serialise")
    }

    /// Reads and checks the whole chain. The caller compares [`RosterChain::root`] with what it trusts.
    pub fn parse(bytes: &[u8]) -> Result<Self, RosterFault> {
        let files: Vec<VersionFile> = serde_json::from_slice(bytes).map_err(|_| RosterFault::Malformed)?;
        let mut chain: Option<Self> = None;
        for file in &files {
            let body =
                data_encoding::BASE64.decode(file.body.as_bytes()).map_err(|_| RosterFault::Malformed)?;
            let roster = Roster::decode(&body).ok_or(RosterFault::Malformed)?;
            let signatures = file.signatures.iter().map(read_signature).collect::<Option<_>>();
            let signatures = signatures.ok_or(RosterFault::Malformed)?;
            match &mut chain {
                None => chain = Some(Self::found(roster, signatures)?),
                Some(chain) => chain.append(roster, signatures)?,
            }
        }
        chain.ok_or(RosterFault::Malformed)
    }
}

fn read_signature(file: &SignatureFile) -> Option<SignedBy> {
    Some(SignedBy {
        account: AccountId::parse(&file.account)?,
        signature: data_encoding::BASE64.decode(file.signature.as_bytes()).ok()?.try_into().ok()?,
    })
}

/// Enough different people among `authority`'s signers have signed `subject`, and nobody else has.
fn check_signatures(
    authority: &Roster,
    subject: &Roster,
    signatures: &[SignedBy],
    needed: usize,
) -> Result<(), RosterFault> {
    let body = subject.encode();
    let mut people = BTreeSet::new();
    for signed in signatures {
        let entry = authority
            .entry(signed.account)
            .filter(|entry| entry.may_sign_rosters())
            .ok_or(RosterFault::Signature)?;
        let key = VerifyingKey::from_bytes(&entry.public_key).map_err(|_| RosterFault::Signature)?;
        key.verify_strict(&body, &Signature::from_bytes(&signed.signature))
            .map_err(|_| RosterFault::Signature)?;
        people.insert(entry.party.person);
    }
    if people.len() >= needed { Ok(()) } else { Err(RosterFault::Signature) }
}

/// Whether the only difference is that active accounts are suspended.
fn only_suspends(old: &Roster, new: &Roster) -> bool {
    old.entries.len() == new.entries.len()
        && old.entries.iter().zip(&new.entries).all(|(before, after)| {
            before == after || *after == RosterEntry { status: Status::Suspended, ..before.clone() }
        })
}

fn encode_entry(entry: &RosterEntry) -> Vec<u8> {
    let status = match entry.status {
        Status::Active => 1u8,
        Status::Suspended => 2,
    };
    pae::encode(&[
        entry.party.account.as_bytes(),
        entry.party.person.as_bytes(),
        entry.number.as_str().as_bytes(),
        &[entry.roles.bits()],
        &[status],
        &entry.public_key,
    ])
}

fn decode_entry(bytes: &[u8]) -> Option<RosterEntry> {
    let [account, person, number, roles, status, public_key] = pae::decode(bytes)?.try_into().ok()?;
    let [roles] = roles else { return None };
    let status = match status {
        [1] => Status::Active,
        [2] => Status::Suspended,
        _ => return None,
    };
    Some(RosterEntry {
        party: Party {
            account: AccountId::from_bytes(account.try_into().ok()?),
            person: PersonId::from_bytes(person.try_into().ok()?),
        },
        number: StaffNumber::parse(std::str::from_utf8(number).ok()?)?,
        roles: Roles::from_bits(*roles)?,
        status,
        public_key: public_key.try_into().ok()?,
    })
}
