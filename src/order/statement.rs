//! What the submitter signs: exactly this content, these sealed bytes, this destination entry.
use crate::domain::destination::{Address, Channel};
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, DestinationId, TransmissionId, VaultId};
use crate::domain::pae;
use crate::domain::time::Timestamp;

use super::fields::Fields;

const TAG: &str = "hcsend/1";
const FIELD_COUNT: usize = 10;

/// The statement σ of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    pub vault: VaultId,
    pub transmission: TransmissionId,
    pub content_version: u32,
    /// C, SHA-256 of the [`Manifest`].
    pub manifest: Digest,
    /// E, SHA-256 of the sealed bytes.
    pub artefact: Digest,
    /// Dh, SHA-256 of the [`Destination`].
    pub destination: Digest,
    /// Makes two submissions of the same things different.
    pub nonce: [u8; 32],
    pub submitter: AccountId,
    pub at: Timestamp,
}

impl Statement {
    /// The canonical bytes, which are signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        pae::encode(&[
            TAG.as_bytes(),
            self.vault.as_bytes(),
            self.transmission.as_bytes(),
            &self.content_version.to_be_bytes(),
            self.manifest.as_bytes(),
            self.artefact.as_bytes(),
            self.destination.as_bytes(),
            &self.nonce,
            self.submitter.as_bytes(),
            &self.at.micros().to_be_bytes(),
        ])
    }

    /// Its identity, which a confirmation and the one-time code are bound to.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.to_bytes())
    }

    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::tagged(bytes, TAG, FIELD_COUNT)?;
        Some(Self {
            vault: VaultId::from_bytes(fields.array()?),
            transmission: TransmissionId::from_bytes(fields.array()?),
            content_version: fields.u32()?,
            manifest: fields.digest()?,
            artefact: fields.digest()?,
            destination: fields.digest()?,
            nonce: fields.array()?,
            submitter: AccountId::from_bytes(fields.array()?),
            at: fields.time()?,
        })
    }
}

/// One file in the package. Its name lies in the outbox in the clear, so it may say nothing about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    name: String,
    media_type: String,
    pub digest: Digest,
    pub size: u64,
}

impl Item {
    /// Enough for `<id>-<n>.<extension>`.
    pub const NAME_MAX: usize = 80;
    pub const MEDIA_TYPE_MAX: usize = 100;

    /// `None` unless the name is `[a-z0-9][a-z0-9._-]*` (no Japanese, no capitals: no name of a person fits)
    /// and the media type is lower-case ASCII with one slash.
    pub fn new(name: &str, media_type: &str, digest: Digest, size: u64) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let name_fits = (1..=Self::NAME_MAX).contains(&name.len())
            && name.bytes().all(|b| plain(b) || b"._-".contains(&b))
            && name.bytes().next().is_some_and(plain);
        let type_fits = media_type.len() <= Self::MEDIA_TYPE_MAX
            && media_type.split('/').count() == 2
            && media_type
                .split('/')
                .all(|part| !part.is_empty() && part.bytes().all(|b| plain(b) || b".+-".contains(&b)));
        (name_fits && type_fits).then(|| Self {
            name: name.into(),
            media_type: media_type.into(),
            digest,
            size,
        })
    }
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn media_type(&self) -> &str {
        &self.media_type
    }
}

/// The files of one package, in their order. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest(Vec<Item>);

impl Manifest {
    /// More than one report with all its attachments needs.
    pub const ITEMS_MAX: usize = 64;

    pub fn new(items: Vec<Item>) -> Option<Self> {
        (1..=Self::ITEMS_MAX).contains(&items.len()).then_some(Self(items))
    }
    pub fn items(&self) -> &[Item] {
        &self.0
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let items: Vec<Vec<u8>> = self
            .0
            .iter()
            .map(|item| {
                let size = item.size.to_be_bytes();
                pae::encode(&[
                    item.name.as_bytes(),
                    item.media_type.as_bytes(),
                    item.digest.as_bytes(),
                    &size,
                ])
            })
            .collect();
        pae::encode(&items.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    /// C
    pub fn digest(&self) -> Digest {
        Digest::of(&self.to_bytes())
    }

    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut list = Fields::of(bytes)?;
        if list.remaining() > Self::ITEMS_MAX {
            return None;
        }
        let mut items = Vec::with_capacity(list.remaining());
        while let Some(bytes) = list.bytes() {
            let mut fields = Fields::of(bytes)?;
            let item = Item::new(fields.text()?, fields.text()?, fields.digest()?, fields.u64()?)?;
            if fields.remaining() > 0 {
                return None;
            }
            items.push(item);
        }
        Self::new(items)
    }
}

/// The destination entry D that was agreed upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    pub id: DestinationId,
    pub version: u32,
    /// The channel is part of it: the same number on another way is another address.
    pub address: Address,
}

impl Destination {
    const FIELD_COUNT: usize = 4;

    pub fn to_bytes(&self) -> Vec<u8> {
        pae::encode(&[
            self.id.as_bytes(),
            &self.version.to_be_bytes(),
            self.address.channel().code().as_bytes(),
            self.address.as_str().as_bytes(),
        ])
    }

    /// Dh
    pub fn digest(&self) -> Digest {
        Digest::of(&self.to_bytes())
    }

    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::of(bytes).filter(|fields| fields.remaining() == Self::FIELD_COUNT)?;
        Some(Self {
            id: DestinationId::from_bytes(fields.array()?),
            version: fields.u32()?,
            address: Address::from_canonical(Channel::from_code(fields.text()?)?, fields.text()?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::order::fixtures::{World, hex};

    /// Made by an independent implementation of the format.
    #[test]
    fn pinned_vectors() {
        let parts = World::new().parts();
        assert_eq!(
            hex(&parts.destination.to_bytes()),
            "0000000400000010d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d100000004000000040000\
             0006666f6c6465720000000b3133313031362d30343536"
        );
        assert_eq!(
            hex(&parts.statement.to_bytes()),
            "0000000a00000008686373656e642f310000001001010101010101010101010101010101000000101e1e1e1e1e1e1e1e1e\
             1e1e1e1e1e1e1e000000040000000300000020ca72035982351907fb8d72542a2dc794d14b60a47684f0446efdac35c33f\
             1349000000203db24e1c7a860a0babd4c2803b5ed17983077b511fd0921252a4bb4a7e2d0f75000000204b17db40e60ca1\
             e5c98aae47b41801b7d6d4fb1670c0aff0d0e43806a0c13937000000205a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a\
             5a5a5a5a5a5a5a5a5a5a5a5a000000100101010101010101010101010101010100000008000656896711ec00"
        );
        assert_eq!(
            parts.statement.digest().to_string(),
            "bee30da2ec13d39df7a821ea9b1223f001da529f24b3dc879a5ec98477a6eaaa"
        );
        assert_eq!(
            parts.manifest.digest().to_string(),
            "ca72035982351907fb8d72542a2dc794d14b60a47684f0446efdac35c33f1349"
        );
    }

    #[test]
    fn names_that_could_be_of_people_are_not_names() {
        let digest = Digest::of(b"");
        assert!(Item::new("report-1.pdf", "application/pdf", digest, 1).is_some());
        for bad in ["", "山田.pdf", "Yamada.pdf", ".pdf", "a b.pdf", "../a", "a/b", &"a".repeat(81)] {
            assert!(Item::new(bad, "application/pdf", digest, 1).is_none(), "{bad}");
        }
        for bad in ["", "pdf", "/", "a/", "a/b/c", "a/B", "text/plain; charset=utf-8"] {
            assert!(Item::new("a", bad, digest, 1).is_none(), "{bad}");
        }
        assert!(Manifest::new(vec![]).is_none());
        assert!(Manifest::parse(&pae::encode(&[])).is_none());
    }

    #[test]
    fn a_field_more_or_less_is_refused() {
        let order = World::new().parts();
        let bytes = order.statement.to_bytes();
        let fields = pae::decode(&bytes).expect("canonical");
        assert!(Statement::parse(&pae::encode(&fields)).is_some());
        assert!(Statement::parse(&pae::encode(&fields[..9])).is_none());
        assert!(Statement::parse(&pae::encode(&[&fields[..], &[b"x"]].concat())).is_none());
        for i in 0..fields.len() {
            let mut short = fields.clone();
            short[i] = &[];
            assert!(Statement::parse(&pae::encode(&short)).is_none(), "{i}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_canonical(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(value) = Statement::parse(&bytes) { prop_assert_eq!(value.to_bytes(), bytes.clone()); }
            if let Some(value) = Manifest::parse(&bytes) { prop_assert_eq!(value.to_bytes(), bytes.clone()); }
            if let Some(value) = Destination::parse(&bytes) { prop_assert_eq!(value.to_bytes(), bytes.clone()); }
        }

        #[test]
        fn one_changed_byte_is_refused_or_another_value(at in any::<prop::sample::Index>(), to in 1u8..) {
            let order = World::new().parts();
            let mut bytes = order.statement.to_bytes();
            *at.get_mut(&mut bytes) ^= to;
            prop_assert_ne!(Statement::parse(&bytes), Some(order.statement));
            let mut bytes = order.manifest.to_bytes();
            *at.get_mut(&mut bytes) ^= to;
            prop_assert_ne!(Manifest::parse(&bytes), Some(order.manifest));
        }
    }
}
