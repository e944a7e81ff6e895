//! The roster: who works here, with which public key, signed by two people per version.
//!
//! `roster.json` is an array of versions and is only ever appended to. Version 1 is signed by the two founders who stand in it;
//! every later one by two different people who keep accounts (supervisor or administrator) in the version before.
//! Whoever reads it pins the digest of version 1 and remembers the newest version seen.
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, PersonId, StaffNumber, VaultId};
use crate::domain::pae;
use crate::domain::staff::{Party, Role, Roles};
use crate::domain::time::Timestamp;

use super::fields::Fields;
use super::key::{PublicKey, Signature};

const TAG: &str = "hcroster/1";
/// Tag, vault, version, previous, issued at; then the entries.
const HEAD_COUNT: usize = 5;
/// Two people, always.
const SIGNATURES: usize = 2;
const NO_PREVIOUS: Digest = Digest::from_bytes([0; 32]);

/// Whether an account may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Active,
    Suspended,
}

impl Status {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Active, Self::Suspended].into_iter().find(|status| status.code() == code)
    }
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub party: Party,
    pub number: StaffNumber,
    pub roles: Roles,
    pub status: Status,
    pub key: PublicKey,
    /// Since when it stands here like this.
    pub since: Timestamp,
}

impl Entry {
    const FIELD_COUNT: usize = 7;

    pub const fn is_active(&self) -> bool {
        matches!(self.status, Status::Active)
    }
    pub const fn may_submit(&self) -> bool {
        self.roles.contains(Role::Clerk)
    }
    /// As in the permission table: clerks and confirmers, never supervisors or administrators as such. Reviewing,
    /// keeping accounts and releasing data are kept apart.
    pub const fn may_confirm(&self) -> bool {
        self.roles.contains(Role::Clerk) || self.roles.contains(Role::Confirmer)
    }
    /// Whether this person may let a medium out of the house.
    pub const fn may_approve(&self) -> bool {
        self.roles.contains(Role::Supervisor)
    }
    const fn may_sign_rosters(&self) -> bool {
        self.is_active()
            && (self.roles.contains(Role::Supervisor) || self.roles.contains(Role::Administrator))
    }

    fn to_bytes(&self) -> Vec<u8> {
        pae::encode(&[
            self.party.account.as_bytes(),
            self.party.person.as_bytes(),
            self.number.as_str().as_bytes(),
            &[self.roles.bits()],
            self.status.code().as_bytes(),
            self.key.as_bytes(),
            &self.since.micros().to_be_bytes(),
        ])
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::of(bytes).filter(|fields| fields.remaining() == Self::FIELD_COUNT)?;
        Some(Self {
            party: Party {
                account: AccountId::from_bytes(fields.array()?),
                person: PersonId::from_bytes(fields.array()?),
            },
            number: StaffNumber::parse(fields.text()?)?,
            roles: Roles::from_bits(u8::from_be_bytes(fields.array()?))?,
            status: Status::from_code(fields.text()?)?,
            key: PublicKey::from_bytes(&fields.array()?)?,
            since: fields.time()?,
        })
    }
}

/// One version of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    vault: VaultId,
    version: u32,
    previous: Digest,
    issued_at: Timestamp,
    /// Ascending by account.
    entries: Vec<Entry>,
}

impl Roster {
    /// Version 1, to be signed by its two founders.
    pub fn found(vault: VaultId, issued_at: Timestamp, entries: Vec<Entry>) -> Result<Self, RosterError> {
        Self::make(vault, 1, NO_PREVIOUS, issued_at, entries)
    }

    /// The next version, to be signed by two who keep accounts in this one.
    pub fn succeed(&self, issued_at: Timestamp, entries: Vec<Entry>) -> Result<Self, RosterError> {
        let version = self.version.checked_add(1).ok_or(RosterError::TooLarge)?;
        let next = Self::make(self.vault, version, self.digest(), issued_at, entries)?;
        next.check_follows(self)?;
        Ok(next)
    }

    pub const fn vault(&self) -> VaultId {
        self.vault
    }
    pub const fn version(&self) -> u32 {
        self.version
    }
    pub const fn issued_at(&self) -> Timestamp {
        self.issued_at
    }
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
    pub fn entry(&self, account: AccountId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.party.account == account)
    }
    pub fn digest(&self) -> Digest {
        Digest::of(&self.to_bytes())
    }

    /// The canonical bytes, which are signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let entries: Vec<Vec<u8>> = self.entries.iter().map(Entry::to_bytes).collect();
        let version = self.version.to_be_bytes();
        let issued_at = self.issued_at.micros().to_be_bytes();
        let mut fields: Vec<&[u8]> =
            vec![TAG.as_bytes(), self.vault.as_bytes(), &version, self.previous.as_bytes(), &issued_at];
        fields.extend(entries.iter().map(Vec::as_slice));
        pae::encode(&fields)
    }

    fn parse(bytes: &[u8], limits: &RosterLimits) -> Result<Self, RosterError> {
        let mut fields = Fields::of(bytes).ok_or(RosterError::Malformed)?;
        if fields.remaining() > HEAD_COUNT.saturating_add(limits.entries) {
            return Err(RosterError::TooLarge);
        }
        let mut read = || {
            (fields.bytes()? == TAG.as_bytes()).then_some(())?;
            let vault = VaultId::from_bytes(fields.array()?);
            let (version, previous, issued_at) = (fields.u32()?, fields.digest()?, fields.time()?);
            let mut entries = Vec::with_capacity(fields.remaining());
            while let Some(bytes) = fields.bytes() {
                entries.push(Entry::parse(bytes)?);
            }
            Some((vault, version, previous, issued_at, entries))
        };
        let (vault, version, previous, issued_at, entries) = read().ok_or(RosterError::Malformed)?;
        if !entries.is_sorted_by(|a, b| a.party.account < b.party.account) {
            return Err(RosterError::Unordered);
        }
        Self::make(vault, version, previous, issued_at, entries)
    }

    fn make(
        vault: VaultId,
        version: u32,
        previous: Digest,
        issued_at: Timestamp,
        mut entries: Vec<Entry>,
    ) -> Result<Self, RosterError> {
        entries.sort_by_key(|entry| entry.party.account);
        for (i, one) in entries.iter().enumerate() {
            for other in entries.iter().skip(i.saturating_add(1)) {
                check_distinct(one, other)?;
            }
        }
        Ok(Self { vault, version, previous, issued_at, entries })
    }

    /// Links to `before`, and forgets nobody: who has left is suspended, and an account never changes hands.
    fn check_follows(&self, before: &Self) -> Result<(), RosterError> {
        if self.vault != before.vault {
            return Err(RosterError::ForeignVault);
        }
        let linked = before.version.checked_add(1) == Some(self.version)
            && self.previous == before.digest()
            && self.issued_at >= before.issued_at;
        if !linked {
            return Err(RosterError::Unlinked);
        }
        let kept = |old: &Entry| self.entry(old.party.account).is_some_and(|new| new.party == old.party);
        if before.entries.iter().all(kept) { Ok(()) } else { Err(RosterError::Forgotten) }
    }
}

fn check_distinct(one: &Entry, other: &Entry) -> Result<(), RosterError> {
    let same_key = one.key == other.key;
    if one.party.account == other.party.account || one.number == other.number || same_key {
        return Err(RosterError::Duplicate);
    }
    if one.party.person == other.party.person && one.is_active() && other.is_active() {
        return Err(RosterError::TwoAccounts);
    }
    Ok(())
}

/// A signature under a roster version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endorsement {
    pub account: AccountId,
    pub signature: Signature,
}

/// How much of a file is believed before its signatures are checked.
#[derive(Clone, Copy, Debug)]
pub struct RosterLimits {
    pub bytes: usize,
    pub versions: usize,
    pub entries: usize,
}

impl RosterLimits {
    /// A large office changes its roster weekly for decades.
    pub const DEFAULT: Self = Self { bytes: 16 << 20, versions: 4096, entries: 512 };
}

/// Why a roster is not believed. Says nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum RosterError {
    #[error("the roster is larger than any office needs")]
    TooLarge,
    #[error("the roster is not in its format")]
    Malformed,
    #[error("the roster has no version")]
    Empty,
    #[error("the entries are not in order")]
    Unordered,
    #[error("two entries share an account, a staff number or a key")]
    Duplicate,
    #[error("one person has two active accounts")]
    TwoAccounts,
    #[error("a version belongs to another installation")]
    ForeignVault,
    #[error("a version does not follow the one before")]
    Unlinked,
    #[error("a version leaves out an account, or gives it to another person")]
    Forgotten,
    #[error("a version is not signed by exactly two people")]
    NotTwoSignatures,
    #[error("a version is signed by somebody who may not")]
    UnentitledSigner,
    #[error("both signatures are of one person")]
    SamePerson,
    #[error("a signature does not fit")]
    BadSignature,
}

impl RosterError {
    /// The code in JSON and in the courier's summary.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "roster-too-large",
            Self::Malformed => "roster-malformed",
            Self::Empty => "roster-empty",
            Self::Unordered => "roster-unordered",
            Self::Duplicate => "roster-duplicate",
            Self::TwoAccounts => "roster-two-accounts",
            Self::ForeignVault => "roster-foreign-vault",
            Self::Unlinked => "roster-unlinked",
            Self::Forgotten => "roster-forgotten",
            Self::NotTwoSignatures => "roster-not-two-signatures",
            Self::UnentitledSigner => "roster-unentitled-signer",
            Self::SamePerson => "roster-same-person",
            Self::BadSignature => "roster-bad-signature",
        }
    }
}

/// All versions, each verified under the one before. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterChain {
    versions: Vec<(Roster, [Endorsement; SIGNATURES])>,
}

impl RosterChain {
    /// The chain of version 1 alone.
    pub fn begin(first: Roster, endorsements: [Endorsement; SIGNATURES]) -> Result<Self, RosterError> {
        if first.version != 1 || first.previous != NO_PREVIOUS {
            return Err(RosterError::Unlinked);
        }
        check_endorsements(&first, &first, &endorsements)?;
        Ok(Self { versions: vec![(first, endorsements)] })
    }

    /// This chain and one version more.
    pub fn append(
        mut self,
        next: Roster,
        endorsements: [Endorsement; SIGNATURES],
    ) -> Result<Self, RosterError> {
        let before = self.latest();
        next.check_follows(before)?;
        check_endorsements(before, &next, &endorsements)?;
        self.versions.push((next, endorsements));
        Ok(self)
    }

    /// Reads and verifies `roster.json` from its first version to its last.
    pub fn parse(bytes: &[u8], limits: &RosterLimits) -> Result<Self, RosterError> {
        if bytes.len() > limits.bytes {
            return Err(RosterError::TooLarge);
        }
        // serde_json's own error would quote the input.
        let stored: Vec<StoredVersion> = serde_json::from_slice(bytes).map_err(|_| RosterError::Malformed)?;
        if stored.len() > limits.versions {
            return Err(RosterError::TooLarge);
        }
        let mut chain: Option<Self> = None;
        for version in stored {
            let (roster, endorsements) = version.read(limits)?;
            chain = Some(match chain {
                None => Self::begin(roster, endorsements)?,
                Some(chain) => chain.append(roster, endorsements)?,
            });
        }
        chain.ok_or(RosterError::Empty)
    }

    /// The bytes of `roster.json`.
    pub fn to_json(&self) -> Vec<u8> {
        let stored: Vec<StoredVersion> = self.versions.iter().map(StoredVersion::of).collect();
        let mut bytes = serde_json::to_vec_pretty(&stored).expect("strings always serialise");
        bytes.push(b'\n');
        bytes
    }

    pub fn latest(&self) -> &Roster {
        &self.versions.last().expect("never empty").0
    }

    /// The digest of version 1: the trust that is pinned.
    pub fn anchor(&self) -> Digest {
        self.versions.first().expect("never empty").0.digest()
    }

    /// The digest of one version; `None` when the chain is shorter.
    pub fn digest_of(&self, version: u32) -> Option<Digest> {
        let at = usize::try_from(version).ok()?.checked_sub(1)?;
        self.versions.get(at).map(|(roster, _)| roster.digest())
    }
}

fn check_endorsements(
    entitled: &Roster,
    signed: &Roster,
    endorsements: &[Endorsement; SIGNATURES],
) -> Result<(), RosterError> {
    let body = signed.to_bytes();
    let mut people = Vec::with_capacity(SIGNATURES);
    for endorsement in endorsements {
        let entry = entitled.entry(endorsement.account).filter(|entry| entry.may_sign_rosters());
        let entry = entry.ok_or(RosterError::UnentitledSigner)?;
        if people.contains(&entry.party.person) {
            return Err(RosterError::SamePerson);
        }
        if !entry.key.verifies(&body, &endorsement.signature) {
            return Err(RosterError::BadSignature);
        }
        people.push(entry.party.person);
    }
    Ok(())
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredVersion {
    body: String,
    signatures: Vec<StoredSignature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredSignature {
    account: String,
    signature: String,
}

impl StoredVersion {
    fn of((roster, endorsements): &(Roster, [Endorsement; SIGNATURES])) -> Self {
        let signatures = endorsements.iter().map(|endorsement| StoredSignature {
            account: endorsement.account.to_string(),
            signature: BASE64.encode(endorsement.signature.as_bytes()),
        });
        Self { body: BASE64.encode(&roster.to_bytes()), signatures: signatures.collect() }
    }

    fn read(self, limits: &RosterLimits) -> Result<(Roster, [Endorsement; SIGNATURES]), RosterError> {
        let body = BASE64.decode(self.body.as_bytes()).map_err(|_| RosterError::Malformed)?;
        let roster = Roster::parse(&body, limits)?;
        let endorsements: Vec<Endorsement> = self
            .signatures
            .iter()
            .map(StoredSignature::read)
            .collect::<Option<_>>()
            .ok_or(RosterError::Malformed)?;
        let endorsements = endorsements.try_into().map_err(|_| RosterError::NotTwoSignatures)?;
        Ok((roster, endorsements))
    }
}

impl StoredSignature {
    fn read(&self) -> Option<Endorsement> {
        let bytes = BASE64.decode(self.signature.as_bytes()).ok()?;
        Some(Endorsement {
            account: AccountId::parse(&self.account)?,
            signature: Signature::from_bytes(bytes.try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::order::fixtures::{self, NOON, World, account, endorse, entry, hex};

    fn parse(bytes: &[u8]) -> Result<RosterChain, RosterError> {
        RosterChain::parse(bytes, &RosterLimits::DEFAULT)
    }

    fn founders() -> Vec<Entry> {
        vec![entry(3, 3, &[Role::Supervisor]), entry(4, 4, &[Role::Administrator])]
    }

    fn found(entries: Vec<Entry>) -> Roster {
        Roster::found(fixtures::VAULT, NOON, entries).expect("a good roster")
    }

    /// Made by an independent implementation of the format.
    #[test]
    fn pinned_vector() {
        let first = found(founders());
        assert_eq!(
            first.digest().to_string(),
            "241a9294635412abc3b5d446c0c720184c6f0a221b8f1359a5e0c04d9d2bc1a9"
        );
        assert!(hex(&first.to_bytes()).starts_with("000000070000000a6863726f737465722f3100000010"));
    }

    #[test]
    fn a_chain_survives_its_file() {
        let chain = World::new().chain;
        assert_eq!(parse(&chain.to_json()), Ok(chain.clone()));
        assert_eq!(chain.latest().version(), 2);
        assert_eq!(chain.digest_of(1), Some(chain.anchor()));
        assert_eq!(chain.digest_of(2), Some(chain.latest().digest()));
        assert_eq!((chain.digest_of(0), chain.digest_of(3)), (None, None));
    }

    #[test]
    fn two_entitled_people_sign() {
        let first = found(founders());
        let sign = |who: [u8; 2]| who.map(|n| endorse(&first, n));
        assert!(RosterChain::begin(first.clone(), sign([3, 4])).is_ok(), "the control");
        assert_eq!(RosterChain::begin(first.clone(), sign([3, 3])), Err(RosterError::SamePerson));
        assert_eq!(RosterChain::begin(first.clone(), sign([3, 9])), Err(RosterError::UnentitledSigner));
        let mut forged = sign([3, 4]);
        forged[1].signature = forged[0].signature;
        assert_eq!(RosterChain::begin(first.clone(), forged), Err(RosterError::BadSignature));

        let clerks =
            found(vec![entry(3, 3, &[Role::Supervisor]), entry(4, 4, &[Role::Clerk, Role::Confirmer])]);
        let signed = [3, 4].map(|n| endorse(&clerks, n));
        assert_eq!(RosterChain::begin(clerks, signed), Err(RosterError::UnentitledSigner));

        let mut entries = founders();
        entries[1].status = Status::Suspended;
        let suspended = found(entries);
        let signed = [3, 4].map(|n| endorse(&suspended, n));
        assert_eq!(RosterChain::begin(suspended, signed), Err(RosterError::UnentitledSigner));
    }

    #[test]
    fn the_version_before_decides_who_may_sign() {
        let world = World::new();
        let before = world.chain.latest().clone();
        let mut entries = before.entries().to_vec();
        entries.push(entry(8, 8, &[Role::Supervisor]));
        let next = before.succeed(NOON, entries).expect("one person more");
        let by = |who: [u8; 2]| world.chain.clone().append(next.clone(), who.map(|n| endorse(&next, n)));
        assert!(by([3, 4]).is_ok(), "the control");
        assert_eq!(by([3, 8]), Err(RosterError::UnentitledSigner), "the newcomer");
        assert_eq!(by([1, 2]), Err(RosterError::UnentitledSigner), "clerks");
    }

    #[test]
    fn versions_link_and_forget_nobody() {
        let world = World::new();
        let before = world.chain.latest().clone();
        let entries = before.entries().to_vec();
        let append = |next: Roster| {
            let endorsements = [3, 4].map(|n| endorse(&next, n));
            world.chain.clone().append(next, endorsements).map(|_| ())
        };
        let good = before.succeed(NOON, entries.clone()).expect("the same again");
        assert_eq!(append(good.clone()), Ok(()), "the control");
        assert_eq!(append(Roster { version: 4, ..good.clone() }), Err(RosterError::Unlinked));
        assert_eq!(append(Roster { previous: Digest::of(b"x"), ..good.clone() }), Err(RosterError::Unlinked));
        assert_eq!(
            append(Roster { issued_at: NOON.plus_seconds(-9999), ..good.clone() }),
            Err(RosterError::Unlinked)
        );
        let foreign = Roster { vault: VaultId::from_bytes([9; 16]), ..good.clone() };
        assert_eq!(append(foreign), Err(RosterError::ForeignVault));
        let (_, fewer) = entries.split_first().expect("not empty");
        assert_eq!(append(Roster { entries: fewer.to_vec(), ..good.clone() }), Err(RosterError::Forgotten));
        let mut handed_on = entries;
        handed_on[0].party.person = PersonId::from_bytes([0x77; 16]);
        assert_eq!(append(Roster { entries: handed_on, ..good }), Err(RosterError::Forgotten));
    }

    #[test]
    fn nobody_counts_twice() {
        let make = |second: Entry| {
            Roster::found(fixtures::VAULT, NOON, vec![entry(3, 3, &[Role::Supervisor]), second]).map(|_| ())
        };
        let good = entry(4, 4, &[Role::Supervisor]);
        let first = entry(3, 3, &[]);
        assert_eq!(make(good.clone()), Ok(()), "the control");
        assert_eq!(make(Entry { party: first.party, ..good.clone() }), Err(RosterError::Duplicate));
        assert_eq!(make(Entry { number: first.number.clone(), ..good.clone() }), Err(RosterError::Duplicate));
        assert_eq!(make(Entry { key: first.key, ..good.clone() }), Err(RosterError::Duplicate));
        let second_account = entry(4, 3, &[Role::Supervisor]);
        assert_eq!(make(second_account.clone()), Err(RosterError::TwoAccounts));
        assert_eq!(make(Entry { status: Status::Suspended, ..second_account }), Ok(()));
    }

    #[test]
    fn limits_and_form_of_the_file() {
        let world = World::new();
        let json = world.chain.to_json();
        let limits =
            RosterLimits { bytes: json.len(), versions: 2, entries: world.chain.latest().entries().len() };
        assert!(RosterChain::parse(&json, &limits).is_ok(), "the control");
        for tight in [
            RosterLimits { bytes: limits.bytes - 1, ..limits },
            RosterLimits { versions: 1, ..limits },
            RosterLimits { entries: limits.entries - 1, ..limits },
        ] {
            assert_eq!(RosterChain::parse(&json, &tight), Err(RosterError::TooLarge));
        }
        assert_eq!(parse(b"[]"), Err(RosterError::Empty));
        let text = String::from_utf8(json).expect("JSON");
        for bad in [
            "",
            "{}",
            "[{}]",
            &text.replace("body", "corpus"),
            &text.replacen("\"body\"", "\"more\": 1, \"body\"", 1),
        ] {
            assert_eq!(parse(bad.as_bytes()), Err(RosterError::Malformed));
        }
        let unordered = Roster {
            entries: world.chain.latest().entries().iter().rev().cloned().collect(),
            ..world.chain.latest().clone()
        };
        assert_eq!(Roster::parse(&unordered.to_bytes(), &RosterLimits::DEFAULT), Err(RosterError::Unordered));
    }

    #[test]
    fn a_missing_signature_is_noticed() {
        let json = World::new().chain.to_json();
        let mut value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        value[1]["signatures"].as_array_mut().expect("an array").pop();
        assert_eq!(parse(&serde_json::to_vec(&value).expect("JSON")), Err(RosterError::NotTwoSignatures));
    }

    #[test]
    fn no_flipped_byte_gives_another_roster() {
        let chain = World::new().chain;
        let json = chain.to_json();
        for i in 0..json.len() {
            let mut bytes = json.clone();
            bytes[i] ^= 1;
            // Space may become another space, and one letter of an id may be written as a capital; nothing else passes.
            if let Ok(other) = parse(&bytes) {
                assert_eq!(other, chain, "byte {i}");
            }
        }
    }

    #[test]
    fn accounts_are_found() {
        let world = World::new();
        assert!(world.chain.latest().entry(account(1)).is_some());
        assert!(world.chain.latest().entry(account(99)).is_none());
    }

    proptest! {
        #[test]
        fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes);
            let _ = Roster::parse(&bytes, &RosterLimits::DEFAULT);
            let stored = format!(r#"[{{"body":"{}","signatures":[]}}]"#, BASE64.encode(&bytes));
            prop_assert!(parse(stored.as_bytes()).is_err());
        }
    }
}
