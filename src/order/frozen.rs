//! The list of frozen destinations: one id a line.
use std::collections::BTreeSet;

use crate::domain::ids::DestinationId;

/// The destinations that nothing is sent to until two people have looked into a misdelivery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrozenList(BTreeSet<DestinationId>);

impl FrozenList {
    /// More than any register holds.
    pub const MAX_BYTES: u64 = 1 << 20;

    pub fn of(ids: impl IntoIterator<Item = DestinationId>) -> Self {
        Self(ids.into_iter().collect())
    }

    /// `None` unless every line is an id: a list that cannot be read entirely freezes everything.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        text.lines().map(DestinationId::parse).collect::<Option<_>>().map(Self)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().map(|id| format!("{id}\n")).collect::<String>().into_bytes()
    }

    pub fn contains(&self, id: DestinationId) -> bool {
        self.0.contains(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_and_all_or_nothing() {
        let ids = [DestinationId::from_bytes([2; 16]), DestinationId::from_bytes([1; 16])];
        let list = FrozenList::of(ids);
        let bytes = list.to_bytes();
        assert_eq!(FrozenList::parse(&bytes), Some(list));
        assert_eq!(FrozenList::parse(b""), Some(FrozenList::default()));
        let (torn, _) = bytes.split_at(bytes.len() - 3);
        assert_eq!(FrozenList::parse(torn), None);
        assert_eq!(FrozenList::parse(b"\n"), None);
        assert_eq!(FrozenList::parse(&[0xff]), None);
    }
}
