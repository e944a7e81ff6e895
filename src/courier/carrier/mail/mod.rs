//! Mail: one sealed package to one registered address, through the relay of the site and nowhere else.
//!
//! A relay cannot be asked later what became of a message, so the one moment that counts is when the content begins to
//! flow. Until then a break proves that nothing left. From then until a readable answer arrives nobody can know: that is
//! [`Handed::Unclear`], for a person. After MAIL nothing is tried again by itself, although until the content it could be:
//! a relay that stumbles there stumbles again, and a person who sees the refusal the same hour is served better than one
//! who is told after four hours that the confirmation has expired. For the same reason a relay that proves to be somebody
//! else, or does without encryption, is a refusal: no waiting mends it.
mod dialogue;
mod message;
mod note;
mod wording;

use std::path::PathBuf;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use zeroize::Zeroizing;

use crate::domain::destination::{Address, MailAddress};
use crate::os::files as os_files;

use super::super::obstacle::Obstacle;
use super::{Carrier, Content, Handed, Parcel};

pub use note::{MailedNote, NoteWords};
pub use wording::{Body, HostName, Subject, Wording};

/// A chain of a few certificates is far smaller.
const CA_MAX: u64 = 256 * 1024;
const PASSWORD_MAX: u64 = 1024;

/// How the line to the relay is encrypted. There is no third way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// After a few words in the clear, which give nothing away (port 587 or 25).
    StartTls,
    /// From the first byte (port 465).
    Tls,
}

/// The relay of the site.
#[derive(Clone, Debug)]
pub struct Relay {
    pub host: HostName,
    pub port: u16,
    pub encryption: Encryption,
    /// The only authority that may vouch for the relay; what the machine trusts otherwise does not count.
    pub ca_file: PathBuf,
    /// How we call ourselves.
    pub helo: HostName,
    /// For each step of the dialogue.
    pub timeout: Duration,
}

/// For a relay that wants to know who sends.
#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    /// Readable for nobody else.
    pub password_file: PathBuf,
}

/// Mails sealed packages.
#[derive(Clone, Debug)]
pub struct MailCarrier {
    pub relay: Relay,
    pub login: Option<Login>,
    pub from: MailAddress,
    pub wording: Wording,
}

impl Carrier for MailCarrier {
    fn hand_over(&self, parcel: &Parcel<'_>) -> Handed {
        let (Address::Mail(to), Content::Sealed(sealed)) = (parcel.address, parcel.content) else {
            return Handed::Refused(Obstacle::NotEncrypted);
        };
        let Some(message) = message::compose(&self.from, to, &self.wording, parcel, sealed) else {
            return Handed::Refused(Obstacle::RecipientRefused);
        };
        match self.access() {
            Ok(access) => dialogue::deliver(&self.relay, &access, &message),
            Err(obstacle) => Handed::NotNow(obstacle),
        }
    }

    /// A round was interrupted, and no relay tells what it has taken.
    fn follow_up(&self, _parcel: &Parcel<'_>) -> Handed {
        Handed::Unclear
    }
}

/// What is read anew for each mail, so that a renewed certificate or password needs no restart.
struct Access {
    tls: TlsParameters,
    hello: ClientId,
    credentials: Option<Credentials>,
}

impl MailCarrier {
    /// Whether what the settings name can be used; nobody is called.
    pub fn check_files(&self) -> Result<(), Obstacle> {
        self.access().map(|_| ())
    }

    /// Mails a checkpoint of the log to a supervisor: nothing from any record, so it needs no order.
    pub fn mail_note(&self, to: &MailAddress, mailed: &MailedNote<'_>) -> Handed {
        let Some(message) = note::compose(&self.from, to, mailed) else {
            return Handed::Refused(Obstacle::RecipientRefused);
        };
        match self.access() {
            Ok(access) => dialogue::deliver(&self.relay, &access, &message),
            Err(obstacle) => Handed::NotNow(obstacle),
        }
    }

    fn access(&self) -> Result<Access, Obstacle> {
        let credentials = self.login.as_ref().map(Login::read).transpose()?;
        let hello = ClientId::Domain(self.relay.helo.as_str().to_owned());
        Ok(Access { tls: self.relay.tls()?, hello, credentials })
    }
}

impl Relay {
    fn tls(&self) -> Result<TlsParameters, Obstacle> {
        let unreadable = Obstacle::CarrierFile;
        let pem = os_files::read_limited(&self.ca_file, CA_MAX).map_err(|_| unreadable)?;
        // A file without a certificate in it would be a store without one, which trusts nobody and does not say why.
        if !pem.windows(PEM_MARK.len()).any(|window| window == PEM_MARK) {
            return Err(unreadable);
        }
        let authority = Certificate::from_pem(&pem).map_err(|_| unreadable)?;
        TlsParameters::builder(self.host.as_str().to_owned())
            .certificate_store(CertificateStore::None)
            .add_root_certificate(authority)
            .build()
            .map_err(|_| unreadable)
    }
}

const PEM_MARK: &[u8] = b"-----BEGIN CERTIFICATE-----";

impl Login {
    fn read(&self) -> Result<Credentials, Obstacle> {
        let unreadable = Obstacle::CarrierFile;
        if !os_files::is_private(&self.password_file).map_err(|_| unreadable)? {
            return Err(unreadable);
        }
        let bytes = os_files::read_limited(&self.password_file, PASSWORD_MAX)
            .map(Zeroizing::new)
            .map_err(|_| unreadable)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable)?;
        let password = text.trim_end_matches(['\r', '\n']);
        if password.is_empty() || password.chars().any(char::is_control) {
            return Err(unreadable);
        }
        Ok(Credentials::new(self.user.clone(), password.to_owned()))
    }
}
