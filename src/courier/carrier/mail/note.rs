//! A mail with a checkpoint of the log: words that nobody can set, and the note.
use std::time::{Duration, SystemTime};

use data_encoding::HEXLOWER;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;

use crate::domain::destination::MailAddress;
use crate::domain::time::Timestamp;
use crate::log::Note;
use crate::log::checkpoint::origin;

use super::message::{Message, address};

/// The words of the program; the site has no others.
#[derive(Clone, Copy, Debug)]
pub struct NoteWords {
    pub subject: &'static str,
    pub body: &'static str,
}

/// What a supervisor gets: size, root and signature, nothing about anybody.
pub struct MailedNote<'a> {
    pub note: &'a Note,
    pub words: &'a NoteWords,
    pub at: Timestamp,
}

/// `None` when the library does not take an address that we take; none such is known.
pub fn compose(from: &MailAddress, to: &MailAddress, mailed: &MailedNote<'_>) -> Option<Message> {
    let (from, to) = (address(from)?, address(to)?);
    let point = &mailed.note.checkpoint;
    let root: String = HEXLOWER.encode(&point.root).chars().take(16).collect();
    let name = origin(&point.log_id).replace('/', "-");
    let seconds = u64::try_from(mailed.at.seconds()).ok()?;
    let message = lettre::Message::builder()
        .from(Mailbox::new(None, from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(format!("{} {}", mailed.words.subject, point.size))
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        // The same for every try, so that whoever receives two can tell.
        .message_id(Some(format!("<{name}-{}-{root}@{}>", point.size, from.domain())))
        .header(ContentType::TEXT_PLAIN)
        .body(format!("{}\n\n{}", mailed.words.body, mailed.note))
        .ok()?;
    Some(Message { from, to, bytes: message.formatted() })
}
