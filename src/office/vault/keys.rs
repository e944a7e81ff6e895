//! The vault key and everything derived from it.
use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::domain::entropy::Entropy;
use crate::domain::ids::VaultId;

/// What a derived key is for. Each purpose gives an unrelated key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The raw key of the SQLCipher database.
    Database,
    /// Sealing TOTP secrets inside the database.
    Totp,
    /// Sealing passwords agreed with destinations inside the database.
    Password,
    /// Signing checkpoints of the log as this installation.
    Host,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Database => b"uketsuke/db/v1",
            Self::Totp => b"uketsuke/totp/v1",
            Self::Password => b"uketsuke/destination-password/v1",
            Self::Host => b"uketsuke/host/v1",
        }
    }
}

/// The one random key that opens everything (VMK). Lives in memory only while somebody is signed in.
#[derive(Clone)]
pub struct VaultKey(Zeroizing<[u8; 32]>);

impl VaultKey {
    pub fn make(entropy: &mut dyn Entropy) -> Self {
        Self(Zeroizing::new(entropy.bytes()))
    }
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// A key for one purpose in one generation of one installation.
    pub fn derive(&self, purpose: Purpose, vault: VaultId, generation: u32) -> Zeroizing<[u8; 32]> {
        let info = [purpose.label(), vault.as_bytes(), &generation.to_be_bytes()].concat();
        let mut key = Zeroizing::new([0u8; 32]);
        Hkdf::<Sha256>::new(None, self.0.as_ref())
            .expand(&info, key.as_mut())
            .expect("32 bytes are far below HKDF's limit of 8,160");
        key
    }
}

/// What this installation signs checkpoints with. It proves no more than that somebody could open the vault.
#[derive(Clone)]
pub struct HostKey(SigningKey);

impl std::fmt::Debug for HostKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HostKey(..)")
    }
}

impl HostKey {
    pub fn of(key: &VaultKey, vault: VaultId, generation: u32) -> Self {
        Self(SigningKey::from_bytes(&key.derive(Purpose::Host, vault, generation)))
    }
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_installations_and_generations_are_separate() {
        let key = VaultKey::from_bytes(&[9; 32]).unwrap();
        let (a, b) = (VaultId::from_bytes([1; 16]), VaultId::from_bytes([2; 16]));
        let base = key.derive(Purpose::Database, a, 1);
        for other in [
            key.derive(Purpose::Totp, a, 1),
            key.derive(Purpose::Password, a, 1),
            key.derive(Purpose::Host, a, 1),
            key.derive(Purpose::Database, b, 1),
            key.derive(Purpose::Database, a, 2),
        ] {
            assert_ne!(*base, *other);
        }
        // Pinned: a change of labels would lock every installation out of its own database.
        assert_eq!(data_encoding::HEXLOWER.encode(base.as_ref()), PINNED_DATABASE_KEY,);
    }

    /// Computed once with Python's hmac module, not with this crate.
    const PINNED_DATABASE_KEY: &str = "adeac4ad3ef1ffb385266f7386b3e84d103fb76f2a2f8767ace79b8f2f34705b";
}
