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

fn address(mail: &MailAddress) -> Option<Address> {
    let (local, domain) = mail.as_str().split_once('@')?;
    Address::new(local, domain).ok()
}
