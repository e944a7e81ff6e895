//! A small office for tests: people with fixed keys, a roster of two versions, and one good order.
use ed25519_dalek::{Signer as _, SigningKey};

use crate::domain::destination::{Address, Channel};
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, DestinationId, PersonId, StaffNumber, TransmissionId, VaultId};
use crate::domain::staff::{Party, Role, Roles};
use crate::domain::time::Timestamp;

use super::*;

/// 2026-07-14 12:00 in Japan.
pub const NOON: Timestamp = Timestamp::from_seconds(1_783_998_000);
pub const VAULT: VaultId = VaultId::from_bytes([1; 16]);

pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

pub fn account(n: u8) -> AccountId {
    AccountId::from_bytes([n; 16])
}

fn secret(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

pub fn sign(n: u8, message: &[u8]) -> Signature {
    Signature::from_bytes(secret(n).sign(message).to_bytes())
}

pub fn entry(n: u8, person: u8, roles: &[Role]) -> Entry {
    Entry {
        party: Party { account: account(n), person: PersonId::from_bytes([person; 16]) },
        number: StaffNumber::parse(&(1000 + u16::from(n)).to_string()).expect("four digits"),
        roles: Roles::of(roles),
        status: Status::Active,
        key: PublicKey::from(secret(n).verifying_key()),
        since: NOON.plus_seconds(-7200),
    }
}

pub fn endorse(roster: &Roster, n: u8) -> Endorsement {
    Endorsement { account: account(n), signature: sign(n, &roster.to_bytes()) }
}

/// 1 clerk, 2 confirmer, 3 supervisor, 4 administrator, 5 suspended confirmer, 6 former account of person 1, 7 clerk.
pub struct World {
    pub chain: RosterChain,
}

impl World {
    pub fn new() -> Self {
        let issued = NOON.plus_seconds(-3600);
        let mut entries = vec![entry(3, 3, &[Role::Supervisor]), entry(4, 4, &[Role::Administrator])];
        let first = Roster::found(VAULT, issued, entries.clone()).expect("a good roster");
        entries.extend([
            entry(1, 1, &[Role::Clerk]),
            entry(2, 2, &[Role::Confirmer]),
            entry(7, 7, &[Role::Clerk]),
        ]);
        entries.push(Entry { status: Status::Suspended, ..entry(5, 5, &[Role::Confirmer]) });
        entries.push(Entry { status: Status::Suspended, ..entry(6, 1, &[Role::Confirmer]) });
        let second = first.succeed(issued, entries).expect("a good roster");
        let by_two = |roster: &Roster| [3, 4].map(|n| endorse(roster, n));
        let (one, two) = (by_two(&first), by_two(&second));
        let chain = RosterChain::begin(first, one).and_then(|chain| chain.append(second, two));
        Self { chain: chain.expect("signed by both founders") }
    }

    pub fn parts(&self) -> Parts {
        Parts::new([0x1e; 16])
    }
}

/// The parts of an order before they are signed, for tests to change.
pub struct Parts {
    pub statement: Statement,
    pub destination: Destination,
    pub manifest: Manifest,
    /// Whose approval it carries, if any.
    pub approver: Option<u8>,
    pub package: Vec<u8>,
    pub confirmer: AccountId,
    pub confirmation_at: Timestamp,
    /// Whose keys sign.
    pub keys: (u8, u8),
    pub other_statement: bool,
    pub name: Option<String>,
}

impl Parts {
    pub fn new(id: [u8; 16]) -> Self {
        let package = b"age-encryption.org/v1\n-> X25519 (not really)\n".to_vec();
        let destination = Destination {
            id: DestinationId::from_bytes([0xd1; 16]),
            version: 4,
            address: folder("131016-0456"),
        };
        let item = Item::new("report-1.pdf", "application/pdf", Digest::of(b"report"), 6).expect("good");
        let manifest = Manifest::new(vec![item]).expect("one item");
        let statement = Statement {
            vault: VAULT,
            transmission: TransmissionId::from_bytes(id),
            content_version: 3,
            manifest: manifest.digest(),
            artefact: Digest::of(&package),
            destination: destination.digest(),
            nonce: [0x5a; 32],
            submitter: account(1),
            at: NOON,
        };
        Self {
            statement,
            destination,
            manifest,
            approver: None,
            package,
            confirmer: account(2),
            confirmation_at: NOON.plus_seconds(60),
            keys: (1, 2),
            other_statement: false,
            name: None,
        }
    }

    pub fn go_to(&mut self, address: Address) {
        // A medium goes with a supervisor's signature.
        self.approver = (address.channel() == Channel::Media).then_some(3);
        self.destination.address = address;
        self.statement.destination = self.destination.digest();
    }

    pub fn pack(&mut self, package: Vec<u8>) {
        self.statement.artefact = Digest::of(&package);
        self.package = package;
    }

    /// One file in the manifest, as pages for paper are.
    pub fn list(&mut self, name: &str, media_type: &str, content: &[u8]) {
        let size = u64::try_from(content.len()).expect("small");
        let item = Item::new(name, media_type, Digest::of(content), size).expect("good");
        self.manifest = Manifest::new(vec![item]).expect("one item");
        self.statement.manifest = self.manifest.digest();
    }

    pub fn submit_as(&mut self, n: u8) {
        self.statement.submitter = account(n);
        self.keys.0 = n;
    }

    pub fn confirm_as(&mut self, n: u8) {
        self.confirmer = account(n);
        self.keys.1 = n;
    }

    /// Both sign what they see; only what a test has changed is wrong.
    pub fn order(&self) -> DispatchOrder {
        let stated = if self.other_statement { Digest::of(b"another") } else { self.statement.digest() };
        let confirmation = Confirmation {
            statement: stated,
            confirmer: self.confirmer,
            totp_step: u64::try_from(self.confirmation_at.seconds() / 30).expect("after 1970"),
            at: self.confirmation_at,
        };
        let approval = self.approver.map(|n| {
            let (statement, at) = (self.statement.digest(), self.confirmation_at);
            let approval = Approval { statement, supervisor: account(n), at };
            Approved { approval, signature: sign(n, &approval.to_bytes()) }
        });
        DispatchOrder {
            approval,
            statement: self.statement,
            submitter_signature: sign(self.keys.0, &self.statement.to_bytes()),
            confirmation,
            confirmer_signature: sign(self.keys.1, &confirmation.to_bytes()),
            destination: self.destination.clone(),
            manifest: self.manifest.clone(),
            package: self.name.clone().unwrap_or_else(|| DispatchOrder::package_name(&self.statement)),
        }
    }
}

pub fn folder(canonical: &str) -> Address {
    address(Channel::Folder, canonical)
}

pub fn address(channel: Channel, canonical: &str) -> Address {
    Address::from_canonical(channel, canonical).expect("a good address")
}
