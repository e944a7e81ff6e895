//! Authenticated encryption of small values: XChaCha20-Poly1305 with a random nonce.
//!
//! The associated data says where a ciphertext belongs, so that none can be moved to another place.
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::VaultError;
use crate::domain::entropy::Entropy;

const NONCE_LENGTH: usize = 24;

/// `nonce[24] || ciphertext || tag[16]`
pub fn seal(key: &[u8; 32], place: &[u8], plain: &[u8], entropy: &mut dyn Entropy) -> Vec<u8> {
    let nonce: [u8; NONCE_LENGTH] = entropy.bytes();
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: place })
        .expect("encrypting a short value in memory cannot fail");
    [&nonce[..], &sealed].concat()
}

/// The value again, if the key and the place are the ones it was sealed with.
pub fn open(key: &[u8; 32], place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LENGTH>().ok_or(VaultError::Malformed)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place })
        .map(Zeroizing::new)
        .map_err(|_| VaultError::WrongKey)
}
