//! Ed25519 public keys and signatures, as bytes that have been looked at.
use std::fmt;

use ed25519_dalek::VerifyingKey;

/// A public key that is a point of the curve and not one of the weak ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let key = VerifyingKey::from_bytes(bytes).ok()?;
        (!key.is_weak()).then_some(Self(key))
    }
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
    /// Whether this key signed exactly these bytes; malleable encodings of a signature do not count.
    pub fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.0.verify_strict(message, &signature).is_ok()
    }
}

impl From<VerifyingKey> for PublicKey {
    fn from(key: VerifyingKey) -> Self {
        Self(key)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(")?;
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str(")")
    }
}

/// A signature, unverified.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl Signature {
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }
    pub const fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(..)")
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::*;

    #[test]
    fn only_the_signed_bytes_verify() {
        let secret = SigningKey::from_bytes(&[7; 32]);
        let key = PublicKey::from(secret.verifying_key());
        let signature = Signature::from_bytes(secret.sign(b"message").to_bytes());
        assert!(key.verifies(b"message", &signature));
        assert!(!key.verifies(b"massage", &signature));
        for i in 0..64 {
            let mut bytes = *signature.as_bytes();
            bytes[i] ^= 1;
            assert!(!key.verifies(b"message", &Signature::from_bytes(bytes)), "{i}");
        }
    }

    #[test]
    fn weak_keys_are_not_keys() {
        let mut identity = [0u8; 32];
        identity[0] = 1;
        assert!(PublicKey::from_bytes(&identity).is_none());
        assert!(PublicKey::from_bytes(&[0; 32]).is_none());
        let good = PublicKey::from(SigningKey::from_bytes(&[7; 32]).verifying_key());
        assert_eq!(PublicKey::from_bytes(good.as_bytes()), Some(good));
    }
}
