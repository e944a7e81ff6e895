//! The only secret-key cryptography: key derivation, key slots, one-time codes, sealing and signing.
//!
//! Nothing here is an own algorithm: Argon2id, XChaCha20-Poly1305, HKDF, Ed25519, TOTP and age come from libraries.
pub mod aead;
pub mod identity;
pub mod kdf;
pub mod keys;
pub mod password;
pub mod slot;
pub mod totp;

/// Why something could not be opened. Says nothing about the secret itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The key does not fit: a wrong password, or a file that was altered.
    #[error("cannot be opened with this key")]
    WrongKey,
    /// The bytes are not in the expected form.
    #[error("not in the expected form")]
    Malformed,
    /// Cost parameters outside what we accept: a hostile slot must neither be cheap nor exhaust the memory.
    #[error("key derivation parameters out of bounds")]
    Parameters,
}
