//! The message: fixed words, one recipient, one attachment.
use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};

use crate::domain::destination::MailAddress;
use crate::order::names;

use super::super::{Parcel, Sealed};
use super::wording::Wording;

/// A message as the relay gets it.
pub struct Message {
    pub from: Address,
    pub to: Address,
    pub bytes: Vec<u8>,
}

/// `None` when the library does not take an address that we take; none such is known.
pub fn compose(
    from: &MailAddress,
    to: &MailAddress,
    wording: &Wording,
    parcel: &Parcel<'_>,
    sealed: Sealed<'_>,
) -> Option<Message> {
    // No display names: there is nothing that could hold more than an address.
    let (from, to) = (address(from)?, address(to)?);
    let name = names::of(parcel.transmission, sealed.extension());
    let media_type = match sealed {
        Sealed::Age(_) => "application/octet-stream",
        Sealed::Zip(_) => "application/zip",
    };
    // Always base64: whatever the bytes are, no line of them can be a word to the relay.
    let body = Body::new_with_encoding(sealed.bytes().to_vec(), ContentTransferEncoding::Base64).ok()?;
    let package = Attachment::new(name).body(body, ContentType::parse(media_type).ok()?);
    let words = SinglePart::plain(wording.body_for(parcel.transmission));
    let seconds = u64::try_from(parcel.at.seconds()).ok()?;
    let message = lettre::Message::builder()
        .from(Mailbox::new(None, from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(wording.subject_for(parcel.transmission))
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        // The same for every try, so that whoever receives two can tell.
        .message_id(Some(format!("<{}@{}>", parcel.transmission, from.domain())))
        .multipart(MultiPart::mixed().singlepart(words).singlepart(package))
        .ok()?;
    Some(Message { from, to, bytes: message.formatted() })
}

pub(super) fn address(mail: &MailAddress) -> Option<Address> {
    let (local, domain) = mail.as_str().split_once('@')?;
    Address::new(local, domain).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::destination::Address as OurAddress;
    use crate::domain::ids::TransmissionId;
    use crate::domain::time::Timestamp;

    proptest! {
        /// What we take as an address the library takes too, and writes down as it is.
        #[test]
        fn every_address_of_ours_gets_its_mail(
            local in "[a-zA-Z0-9._+-]{1,64}",
            domain in "([a-z0-9-]{1,20}\\.){1,8}[a-z]{1,10}",
            package in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let Some(to) = MailAddress::from_canonical(&format!("{local}@{domain}")) else { return Ok(()) };
            let from = MailAddress::from_canonical("hokenjo@pref.example.lg.jp").expect("good");
            let wording = Wording {
                office: "見本保健所".into(),
                subject: "{office} {number}".parse().expect("good"),
                body: ".\n".parse().expect("good"),
            };
            let sealed = Sealed::Age(&package);
            let address = OurAddress::Mail(to.clone());
            let parcel = Parcel {
                transmission: TransmissionId::from_bytes([0x1e; 16]),
                address: &address,
                content: super::super::super::Content::Sealed(sealed),
                at: Timestamp::from_seconds(1_783_998_000),
            };
            let message = compose(&from, &to, &wording, &parcel, sealed).expect("composed");
            prop_assert_eq!(message.to.to_string(), to.as_str());
            let text = String::from_utf8(message.bytes).expect("nothing but ASCII");
            prop_assert!(text.is_ascii());
            prop_assert_eq!(text.matches(&format!("To: {}\r\n", to.as_str())).count(), 1);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
        }
    }
}
