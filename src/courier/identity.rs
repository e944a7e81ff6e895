//! The dispatcher's own key. Pages for paper cannot be sealed to their recipient; until they go into the telephone line or
//! the printer they are sealed to the dispatcher, so that they lie in the clear in no directory.
//!
//! Whoever can read the dispatcher's directory can read what is queued for paper. That directory belongs to the account
//! that runs it and to nobody else; what has left is removed from the outbox.
use std::io::Read as _;
use std::path::Path;
use std::str::FromStr as _;

use age::secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use crate::os::files as os_files;

use super::files::{Unread, exists, read_regular};
use super::{CourierError, Place};

const FILE: &str = "identity";
const MAX_BYTES: u64 = 1024;

/// Makes the key if there is none; gives the public one, which the office seals to.
pub fn introduce(state_dir: &Path) -> Result<String, CourierError> {
    let io = CourierError::io(Place::State);
    os_files::make_private_dir(state_dir).map_err(&io)?;
    let path = state_dir.join(FILE);
    if !exists(&path).map_err(&io)? {
        // The age library draws its own randomness: its file format must not depend on ours.
        let identity = age::x25519::Identity::generate();
        os_files::write_atomically(&path, identity.to_string().expose_secret().as_bytes()).map_err(&io)?;
    }
    public_key(state_dir)
}

/// The public key of the one that is there.
pub fn public_key(state_dir: &Path) -> Result<String, CourierError> {
    Ok(Identity::load(state_dir)?.0.to_public().to_string())
}

/// The private key, held for one round.
pub struct Identity(age::x25519::Identity);

impl Identity {
    pub fn load(state_dir: &Path) -> Result<Self, CourierError> {
        let bytes =
            read_regular(&state_dir.join(FILE), MAX_BYTES).map(Zeroizing::new).map_err(
                |unread| match unread {
                    Unread::Missing => CourierError::NoIdentity,
                    Unread::Io(kind) => CourierError::Io { place: Place::State, kind },
                    Unread::NotRegular | Unread::TooLarge => CourierError::IdentityDamaged,
                },
            )?;
        let text = std::str::from_utf8(&bytes).map_err(|_| CourierError::IdentityDamaged)?;
        age::x25519::Identity::from_str(text.trim()).map(Self).map_err(|_| CourierError::IdentityDamaged)
    }

    /// The pages in a package that was sealed to this dispatcher.
    pub fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let decryptor = age::Decryptor::new(sealed).ok()?;
        let identity: &dyn age::Identity = &self.0;
        let mut reader = decryptor.decrypt(std::iter::once(identity)).ok()?;
        let mut plain = Zeroizing::new(Vec::new());
        reader.read_to_end(&mut plain).ok()?;
        Some(plain)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn made_once_and_opens_what_was_sealed_to_it() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Identity::load(dir.path()).err(), Some(CourierError::NoIdentity));
        let public = introduce(dir.path()).unwrap();
        assert_eq!(introduce(dir.path()).unwrap(), public, "it stays");
        assert_eq!(public_key(dir.path()).unwrap(), public);
        let recipient = age::x25519::Recipient::from_str(&public).unwrap();
        let encryptor =
            age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
        let mut sealed = Vec::new();
        let mut writer = encryptor.wrap_output(&mut sealed).unwrap();
        writer.write_all(b"pages").unwrap();
        writer.finish().unwrap();
        let identity = Identity::load(dir.path()).unwrap();
        assert_eq!(identity.open(&sealed).unwrap().as_slice(), b"pages");
        *sealed.last_mut().unwrap() ^= 1;
        assert!(identity.open(&sealed).is_none());
        std::fs::write(dir.path().join("identity"), "x").unwrap();
        assert_eq!(Identity::load(dir.path()).err(), Some(CourierError::IdentityDamaged));
    }
}
