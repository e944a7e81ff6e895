//! Offline identities and recipients: `age` X25519 keys.
use std::io::{Read as _, Write as _};
use std::str::FromStr as _;

use age::secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use super::VaultError;
use crate::domain::sensitive::Secret;

/// A private `age` identity, held only while it is used.
#[derive(Clone)]
pub struct Identity(age::x25519::Identity);

/// A public `age` key.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

impl Identity {
    /// The age library draws its own randomness: its file format must not depend on ours.
    pub fn make() -> Self {
        Self(age::x25519::Identity::generate())
    }
    pub fn parse(text: &Secret) -> Result<Self, VaultError> {
        age::x25519::Identity::from_str(text.expose().trim()).map(Self).map_err(|_| VaultError::Malformed)
    }
    pub fn text(&self) -> Secret {
        Secret::new(self.0.to_string().expose_secret().to_owned())
    }
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
    /// Opens a file that was sealed to this identity.
    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let decryptor = age::Decryptor::new(sealed).map_err(|_| VaultError::Malformed)?;
        let identity: &dyn age::Identity = &self.0;
        let mut reader = decryptor.decrypt(std::iter::once(identity)).map_err(|_| VaultError::WrongKey)?;
        let mut plain = Zeroizing::new(Vec::new());
        reader.read_to_end(&mut plain).map_err(|_| VaultError::WrongKey)?;
        Ok(plain)
    }
}

impl Recipient {
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        age::x25519::Recipient::from_str(text.trim()).map(Self).map_err(|_| VaultError::Malformed)
    }
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

/// An `age` file that each of the recipients can open.
pub fn seal_to(recipients: &[Recipient], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    let encryptor = age::Encryptor::with_recipients(
        recipients.iter().map(|recipient| &recipient.0 as &dyn age::Recipient),
    )
    .map_err(|_| VaultError::Malformed)?;
    let mut sealed = Vec::with_capacity(plain.len() + 512);
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| VaultError::Malformed)?;
    writer.write_all(plain).map_err(|_| VaultError::Malformed)?;
    writer.finish().map_err(|_| VaultError::Malformed)?;
    Ok(sealed)
}

/// To how many keys an `age` file is sealed.
pub fn recipients_of(sealed: &[u8]) -> usize {
    let header = sealed.split(|byte| *byte == b'\n').take_while(|line| !line.starts_with(b"---"));
    header.filter(|line| line.starts_with(b"-> X25519 ")).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipient_and_nobody_else() {
        let (a, b, c) = (Identity::make(), Identity::make(), Identity::make());
        let sealed = seal_to(&[a.recipient(), b.recipient()], b"the vault key").unwrap();
        assert_eq!(&**a.open(&sealed).unwrap(), b"the vault key");
        assert_eq!(&**Identity::parse(&b.text()).unwrap().open(&sealed).unwrap(), b"the vault key");
        assert_eq!(recipients_of(&sealed), 2);
        assert_eq!(c.open(&sealed).unwrap_err(), VaultError::WrongKey);
        let mut altered = sealed.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert!(a.open(&altered).is_err());
    }
}
