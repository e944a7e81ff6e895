//! A key slot: one person's private keys under that person's password.
//!
//! The file is `PAE("uketsuke/slot/1", vault, account, staff number, age recipient, Ed25519 public key, Argon2id
//! parameters, salt, sealed keys)`; everything before the sealed keys is their associated data, so a slot cannot be
//! given to another person, and its parameters cannot be weakened unnoticed.
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use super::identity::{Identity, Recipient};
use super::kdf::{self, KdfParams};
use super::{VaultError, aead};
use crate::domain::entropy::Entropy;
use crate::domain::ids::{AccountId, StaffNumber, VaultId};
use crate::domain::pae;
use crate::domain::sensitive::Secret;

const MAGIC: &[u8] = b"uketsuke/slot/1";
/// A slot is about 400 bytes; anything much larger is not one.
pub const SIZE_MAX: u64 = 4096;

/// What the password opens.
#[derive(Clone)]
pub struct PersonalKeys {
    pub identity: Identity,
    pub signing: SigningKey,
}

impl PersonalKeys {
    pub fn make(entropy: &mut dyn Entropy) -> Self {
        let seed = Zeroizing::new(entropy.bytes::<32>());
        Self { identity: Identity::make(), signing: SigningKey::from_bytes(&seed) }
    }
}

/// A slot as read from its file: still closed.
#[derive(Clone)]
pub struct Slot {
    pub vault: VaultId,
    pub account: AccountId,
    pub number: StaffNumber,
    pub recipient: Recipient,
    pub public_key: [u8; 32],
    params: KdfParams,
    salt: [u8; 16],
    sealed: Vec<u8>,
}

impl Slot {
    /// Closes `keys` under `password`.
    pub fn close(
        vault: VaultId,
        account: AccountId,
        number: &StaffNumber,
        keys: &PersonalKeys,
        password: &Secret,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, VaultError> {
        let mut slot = Self {
            vault,
            account,
            number: number.clone(),
            recipient: keys.identity.recipient(),
            public_key: keys.signing.verifying_key().to_bytes(),
            params: kdf::DEFAULT,
            salt: entropy.bytes(),
            sealed: Vec::new(),
        };
        let key = slot.key(password)?;
        let identity = keys.identity.text();
        let plain = Zeroizing::new(pae::encode(&[identity.expose().as_bytes(), keys.signing.as_bytes()]));
        slot.sealed = aead::seal(&key, &slot.header(), &plain, entropy);
        Ok(slot)
    }

    /// The keys, if the password fits.
    pub fn open(&self, password: &Secret) -> Result<PersonalKeys, VaultError> {
        let plain = aead::open(&*self.key(password)?, &self.header(), &self.sealed)?;
        let fields = pae::decode(&plain).ok_or(VaultError::Malformed)?;
        let [identity, seed] = fields[..] else { return Err(VaultError::Malformed) };
        let identity = std::str::from_utf8(identity).map_err(|_| VaultError::Malformed)?;
        let identity = Identity::parse(&Secret::new(identity.to_owned()))?;
        let signing = SigningKey::from_bytes(seed.try_into().map_err(|_| VaultError::Malformed)?);
        // The public halves stand in the header: a slot whose halves disagree was put together by somebody.
        let fits = identity.recipient().text() == self.recipient.text()
            && signing.verifying_key().to_bytes() == self.public_key;
        fits.then_some(PersonalKeys { identity, signing }).ok_or(VaultError::Malformed)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let header = self.header();
        let mut fields = pae::decode(&header).expect("our own encoding");
        fields.push(&self.sealed);
        pae::encode(&fields)
    }

    pub fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let fields = pae::decode(bytes).ok_or(VaultError::Malformed)?;
        let [magic, vault, account, number, recipient, public_key, params, salt, sealed] = fields[..] else {
            return Err(VaultError::Malformed);
        };
        if magic != MAGIC {
            return Err(VaultError::Malformed);
        }
        Ok(Self {
            vault: VaultId::from_bytes(array(vault)?),
            account: AccountId::from_bytes(array(account)?),
            number: StaffNumber::parse(text(number)?).ok_or(VaultError::Malformed)?,
            recipient: Recipient::parse(text(recipient)?)?,
            public_key: array(public_key)?,
            params: parse_params(params)?,
            salt: array(salt)?,
            sealed: sealed.to_vec(),
        })
    }

    fn key(&self, password: &Secret) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        kdf::derive(&super::password::normalise(password), &self.salt, self.params)
    }

    fn header(&self) -> Vec<u8> {
        let params = [self.params.memory_kib, self.params.passes, self.params.lanes];
        pae::encode(&[
            MAGIC,
            self.vault.as_bytes(),
            self.account.as_bytes(),
            self.number.as_str().as_bytes(),
            self.recipient.text().as_bytes(),
            &self.public_key,
            &params.map(u32::to_be_bytes).concat(),
            &self.salt,
        ])
    }
}

/// Costs what opening a real slot costs, so that an unknown staff number takes as long as a known one.
pub fn spend_the_time(password: &Secret) {
    // The result is not looked at: there is nothing to open.
    let _ = kdf::derive(&super::password::normalise(password), &[0; 16], kdf::DEFAULT);
}

fn parse_params(bytes: &[u8]) -> Result<KdfParams, VaultError> {
    let bytes: [u8; 12] = array(bytes)?;
    let word = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    KdfParams { memory_kib: word(0), passes: word(4), lanes: word(8) }.check()
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], VaultError> {
    bytes.try_into().map_err(|_| VaultError::Malformed)
}

fn text(bytes: &[u8]) -> Result<&str, VaultError> {
    std::str::from_utf8(bytes).map_err(|_| VaultError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::entropy::KernelEntropy;

    fn closed(password: &str) -> Slot {
        let keys = PersonalKeys::make(&mut KernelEntropy);
        let number = StaffNumber::parse("1001").unwrap();
        let (vault, account) = (VaultId::from_bytes([1; 16]), AccountId::from_bytes([2; 16]));
        Slot::close(vault, account, &number, &keys, &Secret::new(password.into()), &mut KernelEntropy)
            .unwrap()
    }

    #[test]
    fn opens_with_the_password_and_no_other() {
        let slot = Slot::parse(&closed("kasa-ga-nai-to-nureru").to_bytes()).unwrap();
        let keys = slot.open(&Secret::new("ｋａｓａ-ga-nai-to-nureru".into())).unwrap();
        assert_eq!(keys.signing.verifying_key().to_bytes(), slot.public_key);
        assert_eq!(slot.open(&Secret::new("kasa-ga-aru".into())).err(), Some(VaultError::WrongKey));
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let bytes = closed("kasa-ga-nai-to-nureru").to_bytes();
        let password = Secret::new("kasa-ga-nai-to-nureru".into());
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 0x10;
            assert!(Slot::parse(&altered).and_then(|slot| slot.open(&password)).is_err(), "byte {at}");
        }
    }
}
