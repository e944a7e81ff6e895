//! What the submitter signs.
use crate::domain::destination::{Channel, FolderAddress};
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, DestinationId, TransmissionId, VaultId};
use crate::domain::pae;
use crate::domain::time::Timestamp;

/// Files of a package, as the recipient will find them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub entries: Vec<ManifestEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestEntry {
    pub name: String,
    pub media_type: String,
    pub digest: Digest,
    pub size: u64,
}

impl Manifest {
    pub fn encode(&self) -> Vec<u8> {
        let entries: Vec<Vec<u8>> = self
            .entries
            .iter()
            .map(|e| {
                pae::encode(&[
                    e.name.as_bytes(),
                    e.media_type.as_bytes(),
                    e.digest.as_bytes(),
                    &e.size.to_be_bytes(),
                ])
            })
            .collect();
        pae::encode(&entries.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let entries = pae::decode(bytes)?
            .into_iter()
            .map(|entry| {
                let [name, media_type, digest, size] = pae::decode(entry)?.try_into().ok()?;
                Some(ManifestEntry {
                    name: String::from_utf8(name.to_vec()).ok()?,
                    media_type: String::from_utf8(media_type.to_vec()).ok()?,
                    digest: Digest::from_bytes(digest.try_into().ok()?),
                    size: u64::from_be_bytes(size.try_into().ok()?),
                })
            })
            .collect::<Option<_>>()?;
        Some(Self { entries })
    }
    pub fn digest(&self) -> Digest {
        Digest::of(&self.encode())
    }
}

/// One version of one register entry, as far as it decides where something goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    pub id: DestinationId,
    pub version: u32,
    pub channel: Channel,
    pub address: FolderAddress,
}

impl Destination {
    pub fn encode(&self) -> Vec<u8> {
        pae::encode(&[
            self.id.as_bytes(),
            &self.version.to_be_bytes(),
            self.channel.code().as_bytes(),
            self.address.as_str().as_bytes(),
        ])
    }
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let [id, version, channel, address] = pae::decode(bytes)?.try_into().ok()?;
        let destination = Self {
            id: DestinationId::from_bytes(id.try_into().ok()?),
            version: u32::from_be_bytes(version.try_into().ok()?),
            channel: Channel::from_code(std::str::from_utf8(channel).ok()?)?,
            address: FolderAddress::parse(std::str::from_utf8(address).ok()?).ok()?,
        };
        (destination.encode() == bytes).then_some(destination)
    }
    pub fn digest(&self) -> Digest {
        Digest::of(&self.encode())
    }
}

/// Exactly these bytes, for exactly this destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub vault: VaultId,
    pub transmission: TransmissionId,
    pub content_version: u32,
    pub content: Digest,
    pub sealed: Digest,
    pub destination: Digest,
    pub nonce: [u8; 32],
    pub submitter: AccountId,
    pub submitted_at: Timestamp,
}

const MAGIC: &[u8] = b"hcsend/1";

impl Statement {
    pub fn encode(&self) -> Vec<u8> {
        pae::encode(&[
            MAGIC,
            self.vault.as_bytes(),
            self.transmission.as_bytes(),
            &self.content_version.to_be_bytes(),
            self.content.as_bytes(),
            self.sealed.as_bytes(),
            self.destination.as_bytes(),
            &self.nonce,
            self.submitter.as_bytes(),
            &self.submitted_at.micros().to_be_bytes(),
        ])
    }
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let [magic, vault, transmission, version, content, sealed, destination, nonce, submitter, at] =
            pae::decode(bytes)?.try_into().ok()?;
        if magic != MAGIC {
            return None;
        }
        Some(Self {
            vault: VaultId::from_bytes(vault.try_into().ok()?),
            transmission: TransmissionId::from_bytes(transmission.try_into().ok()?),
            content_version: u32::from_be_bytes(version.try_into().ok()?),
            content: Digest::from_bytes(content.try_into().ok()?),
            sealed: Digest::from_bytes(sealed.try_into().ok()?),
            destination: Digest::from_bytes(destination.try_into().ok()?),
            nonce: nonce.try_into().ok()?,
            submitter: AccountId::from_bytes(submitter.try_into().ok()?),
            submitted_at: Timestamp::from_micros(i64::from_be_bytes(at.try_into().ok()?)),
        })
    }
}
