//! What is known about staff, records and sendings besides the log.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::hours::OfficeHours;
use crate::domain::ids::{AccountId, DestinationId, PersonId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::japanese::kana::{Voicing, search_key};
use crate::japanese::names::match_key;

/// Everything that the rules may ask.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub staff: BTreeMap<AccountId, Worker>,
    pub records: BTreeMap<RecordId, About>,
    pub kin: Vec<Kin>,
    /// Destinations that are removable media.
    pub media: BTreeSet<DestinationId>,
    /// What had arrived, and since when.
    pub arrived: Vec<Sent>,
    pub hours: OfficeHours,
}

/// One account and who works with it.
#[derive(Clone, Debug)]
pub struct Worker {
    pub person: PersonId,
    pub name: String,
    pub section: String,
}

/// Whom a record is about, and which section registered it.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub name: Personal<String>,
    pub reading: Personal<String>,
    pub birth_date: Option<Personal<NaiveDate>>,
    pub section: Option<String>,
}

/// How somebody is near to a member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The member of staff: the birth date that tells namesakes apart.
    Own,
    Spouse,
    Parent,
    Child,
    Sibling,
    /// Lives in the same household.
    Household,
    Other,
}

impl Relation {
    pub const ALL: [Self; 7] =
        [Self::Own, Self::Spouse, Self::Parent, Self::Child, Self::Sibling, Self::Household, Self::Other];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Spouse => "spouse",
            Self::Parent => "parent",
            Self::Child => "child",
            Self::Sibling => "sibling",
            Self::Household => "household",
            Self::Other => "other",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.code() == code)
    }
}

/// Somebody whom a member of staff declared as near.
#[derive(Clone, Debug)]
pub struct Kin {
    pub of: PersonId,
    pub relation: Relation,
    pub name: Personal<String>,
    pub reading: Personal<String>,
    pub birth_date: Option<Personal<NaiveDate>>,
}

/// One version of a record that arrived somewhere.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    pub record: RecordId,
    pub version: u32,
    pub destination: DestinationId,
    pub at: Timestamp,
}

impl Facts {
    pub fn worker(&self, account: Option<AccountId>) -> Option<&Worker> {
        self.staff.get(&account?)
    }
}

/// The surname of a name that is written with a space, folded.
pub fn surname(name: &str) -> Option<String> {
    let mut parts = name.split_whitespace();
    let (first, given) = (parts.next()?, parts.next());
    given.map(|_| match_key(first))
}

/// Whether both are one person, as far as name and birth date say. Namesakes with other birth dates are not.
pub fn is_same_person(
    (name, born): (&str, Option<NaiveDate>),
    (other, other_born): (&str, Option<NaiveDate>),
) -> bool {
    let key = match_key(name);
    let contradicted = matches!((born, other_born), (Some(a), Some(b)) if a != b);
    !key.is_empty() && key == match_key(other) && !contradicted
}

/// The same by how a name sounds; both birth dates must be known, because many sound alike.
pub fn sounds_like_same_person(
    (reading, born): (&str, Option<NaiveDate>),
    (other, other_born): (&str, Option<NaiveDate>),
) -> bool {
    let key = search_key(reading, Voicing::Ignored);
    !key.is_empty() && key == search_key(other, Voicing::Ignored) && born.is_some() && born == other_born
}
