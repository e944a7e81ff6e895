//! The person on the paper, as the second person is asked for them.
use unicode_normalization::UnicodeNormalization as _;

use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::japanese::date_input::{DateContext, parse_date};
use crate::office::perform::Desk;
use crate::office::reason::Reason;
use crate::office::store::Tx;
use crate::office::store::transmission::Matter;

/// How the person on the paper is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonCheck {
    /// The record has a birth date.
    BirthDate,
    /// A record without one, or without a name: the reception number stamped on the paper.
    RecordNumber,
    /// A test page is about nobody.
    Nobody,
}

/// What there is to key about the person: what the record does not say stands on no paper either.
pub fn person_check(tx: &Tx<'_>, matter: Matter) -> Result<PersonCheck, Reason> {
    let Some(record) = matter.record() else { return Ok(PersonCheck::Nobody) };
    let subject = tx.subject(record)?;
    let born = subject.as_ref().is_some_and(|subject| subject.expose().birth_date.is_some());
    Ok(if born { PersonCheck::BirthDate } else { PersonCheck::RecordNumber })
}

/// What the papers of `whose` would answer to the question that `record` asks.
pub fn person_of(tx: &Tx<'_>, record: RecordId, whose: RecordId) -> Result<Personal<String>, Reason> {
    let other = tx.record(whose)?.ok_or(Reason::NoSuchThing)?;
    let matter = Matter::Record { id: record, version: 1 };
    match person_check(tx, matter)? {
        PersonCheck::BirthDate => {
            let subject = tx.subject(whose)?.ok_or(Reason::NoSuchThing)?;
            let born = subject.expose().birth_date.clone().ok_or(Reason::NoFlaw)?;
            Ok(Personal::new(born))
        }
        PersonCheck::RecordNumber | PersonCheck::Nobody => Ok(Personal::new(other.number.to_string())),
    }
}

/// What was keyed about the person, as it is compared; `None` for what is no date or number.
pub fn keyed_person(check: PersonCheck, typed: &Personal<String>, desk: &Desk<'_>) -> Option<String> {
    match check {
        PersonCheck::BirthDate => parse_date(typed.expose(), &DateContext::birth(desk.now.date_in_japan()))
            .ok()
            .map(|date| date.to_string()),
        PersonCheck::RecordNumber => Some(number(typed.expose()).to_string()),
        PersonCheck::Nobody => Some(String::new()),
    }
}

/// A whole number out of what was keyed; `u32::MAX`, which nothing equals, when it is none.
pub fn number(typed: &str) -> u32 {
    let folded: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    folded.parse().unwrap_or(u32::MAX)
}
