//! The words exchanged with the relay, one by one, so that each way of failing is told from the others.
use std::error::Error as _;
use std::io;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::SmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::response::{Response, Severity};

use crate::order::Report;

use super::super::super::obstacle::Obstacle;
use super::super::Handed;
use super::message::Message;
use super::{Access, Encryption, Relay};

/// Long enough to look into what has arrived already.
const GLANCE: Duration = Duration::from_millis(5);
const ACCEPTED: u16 = 250;
const WILL_FORWARD: u16 = 251;
const GO_AHEAD: u16 = 354;

/// Hands one message to the relay.
pub fn deliver(relay: &Relay, access: &Access, message: &Message) -> Handed {
    let mut connection = match reach(relay, access) {
        Ok(connection) => connection,
        Err(handed) => return handed,
    };
    if let Err(handed) = announce(&mut connection, &message.from, &message.to) {
        connection.abort();
        return handed;
    }
    // From here on only a readable answer can tell.
    let handed = match connection.message(&message.bytes) {
        Ok(response) if response.code().severity == Severity::PositiveCompletion => {
            Handed::Sent(Report::default())
        }
        Ok(_) => Handed::Unclear,
        Err(error) if error.status().is_some() => Handed::Refused(Obstacle::RelayRefused),
        Err(_) => Handed::Unclear,
    };
    if matches!(handed, Handed::Sent(_)) {
        // It has answered; whether it takes leave does not matter.
        let _ = connection.quit();
    }
    handed
}

/// A line to the relay that is encrypted, and to the relay indeed.
fn reach(relay: &Relay, access: &Access) -> Result<SmtpConnection, Handed> {
    let at_once = match relay.encryption {
        Encryption::Tls => Some(&access.tls),
        Encryption::StartTls => None,
    };
    let server = (relay.host.as_str(), relay.port);
    let mut connection = SmtpConnection::connect(server, Some(relay.timeout), &access.hello, at_once, None)
        .map_err(|error| before_any_mail(&error, Obstacle::RelayRefused))?;
    if relay.encryption == Encryption::StartTls {
        if !connection.can_starttls() {
            connection.abort();
            return Err(Handed::Refused(Obstacle::RelayWithoutTls));
        }
        connection
            .starttls(&access.tls, &access.hello)
            .map_err(|error| before_any_mail(&error, Obstacle::RelayWithoutTls))?;
        if !is_silent(&mut connection, relay.timeout) {
            connection.abort();
            return Err(Handed::Refused(Obstacle::RelayUntrusted));
        }
    }
    if let Some(credentials) = &access.credentials {
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        connection.auth(&mechanisms, credentials).map_err(|error| {
            if error.is_client() {
                // It offers no way to sign in that we know.
                return Handed::Refused(Obstacle::RelayLogin);
            }
            before_any_mail(&error, Obstacle::RelayLogin)
        })?;
    }
    Ok(connection)
}

/// Whether the relay has nothing more to say than what it was asked.
///
/// Whoever sits on the line may append answers of his own to the last one in the clear. The library reads them, one for one,
/// as the relay's answers to what is said under encryption; in the end "accepted" would be his word. Two or more of them
/// are found here, a single one by the code that DATA is answered with.
fn is_silent(connection: &mut SmtpConnection, timeout: Duration) -> bool {
    if connection.set_timeout(Some(GLANCE)).is_err() {
        return false;
    }
    let silent = match connection.read_response() {
        Ok(_) => false,
        Err(error) => source_of(&error)
            .is_some_and(|io| matches!(io.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)),
    };
    silent && connection.set_timeout(Some(timeout)).is_ok()
}

/// MAIL, RCPT, DATA: one sender, one recipient.
fn announce(connection: &mut SmtpConnection, from: &Address, to: &Address) -> Result<(), Handed> {
    // Refused for now, the relay has not heard of any recipient.
    let sender = connection.command(Mail::new(Some(from.clone()), vec![]));
    if sender.as_ref().is_err_and(Error::is_transient) {
        return Err(Handed::NotNow(Obstacle::RelayBusy));
    }
    expect(sender, &[ACCEPTED], Obstacle::RelayRefused)?;
    let recipient = connection.command(Rcpt::new(to.clone(), vec![]));
    expect(recipient, &[ACCEPTED, WILL_FORWARD], Obstacle::RecipientRefused)?;
    expect(connection.command(Data), &[GO_AHEAD], Obstacle::RelayRefused)
}

/// Exactly one of these codes; the library takes 250 for 354.
fn expect(answer: Result<Response, Error>, codes: &[u16], refusal: Obstacle) -> Result<(), Handed> {
    match answer {
        Ok(response) if codes.iter().any(|code| response.has_code(*code)) => Ok(()),
        Ok(_) => Err(Handed::Refused(Obstacle::RelayLost)),
        Err(error) if error.status().is_some() => Err(Handed::Refused(refusal)),
        Err(_) => Err(Handed::Refused(Obstacle::RelayLost)),
    }
}

/// What a failure means before MAIL: the relay has heard of no mail yet.
fn before_any_mail(error: &Error, refusal: Obstacle) -> Handed {
    if error.is_transient() {
        Handed::NotNow(Obstacle::RelayBusy)
    } else if error.is_permanent() {
        Handed::Refused(refusal)
    } else if is_untrusted(error) {
        Handed::Refused(Obstacle::RelayUntrusted)
    } else {
        Handed::NotNow(Obstacle::RelayUnreachable)
    }
}

/// Whether the certificate is not one that the site's CA vouches for, for this name and today.
fn is_untrusted(error: &Error) -> bool {
    let tls = source_of(error).and_then(io::Error::get_ref).and_then(|inner| inner.downcast_ref());
    matches!(tls, Some(rustls::Error::InvalidCertificate(_)))
}

fn source_of(error: &Error) -> Option<&io::Error> {
    error.source().and_then(|source| source.downcast_ref())
}
