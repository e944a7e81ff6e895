//! What is stopped at once: lists of ids, one a line, that only ever take something away.
//!
//! They are not signed: stopping needs no second person, and whoever forges a list can only stop more. Whoever shortens
//! one changes nothing: the dispatcher keeps what it has seen (`courier::stops`).
use std::collections::BTreeSet;

use crate::domain::ids::{AccountId, DestinationId};

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident of $id:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name(BTreeSet<$id>);

        impl $name {
            /// More than any office holds.
            pub const MAX_BYTES: u64 = 1 << 20;

            pub fn of(ids: impl IntoIterator<Item = $id>) -> Self {
                Self(ids.into_iter().collect())
            }

            /// `None` unless every line is an id: a list that cannot be read entirely stops everything.
            pub fn parse(bytes: &[u8]) -> Option<Self> {
                let text = std::str::from_utf8(bytes).ok()?;
                text.lines().map($id::parse).collect::<Option<_>>().map(Self)
            }

            pub fn to_bytes(&self) -> Vec<u8> {
                self.0.iter().map(|id| format!("{id}\n")).collect::<String>().into_bytes()
            }

            pub fn contains(&self, id: $id) -> bool {
                self.0.contains(&id)
            }

            /// Takes over what the other list has; whether that was anything.
            pub fn join(&mut self, other: &Self) -> bool {
                let before = self.0.len();
                self.0.extend(&other.0);
                self.0.len() > before
            }
        }
    )+};
}

lists! {
    /// The destinations that nothing is sent to until two people have looked into a misdelivery.
    FrozenList of DestinationId;
    /// Accounts that were suspended since the newest signed roster.
    SuspendedList of AccountId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_and_all_or_nothing() {
        let ids = [DestinationId::from_bytes([2; 16]), DestinationId::from_bytes([1; 16])];
        let list = FrozenList::of(ids);
        let bytes = list.to_bytes();
        assert_eq!(FrozenList::parse(&bytes), Some(list.clone()));
        let mut joined = FrozenList::of([ids[0]]);
        assert!(joined.join(&list) && !joined.join(&list));
        assert_eq!(joined, list);
        assert_eq!(FrozenList::parse(b""), Some(FrozenList::default()));
        let (torn, _) = bytes.split_at(bytes.len() - 3);
        assert_eq!(FrozenList::parse(torn), None);
        assert_eq!(FrozenList::parse(b"\n"), None);
        assert_eq!(FrozenList::parse(&[0xff]), None);
    }
}
