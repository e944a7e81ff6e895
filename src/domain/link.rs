//! How one record stands to another.
use super::codes::coded;

/// A record and what it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<Id> {
    pub parent: Id,
    pub relation: Relation,
}

coded! {
    /// Never both, and never changed: what a record comes from is part of what it is.
    pub enum Relation {
        /// It is about the case of its parent: a specimen, a day of observation, a visit.
        Belongs = "belongs",
        /// The parent was a contact, and this is the report of the case that the contact became.
        Became = "became",
    }
}

impl Relation {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|relation| relation.code() == code)
    }
}
