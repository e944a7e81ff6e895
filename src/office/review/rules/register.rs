//! Changes of the register of destinations.
use std::collections::BTreeMap;

use super::Finding;
use crate::domain::ids::DestinationId;
use crate::office::review::access::{Access, Deed};
use crate::office::review::mark::{Mark, Marks};

/// Two changes of one entry within so many days may be there and back.
const BACK_S: i64 = 14 * 24 * 3600;

/// Every change is shown: there are few, and each decides where papers go. `all` reaches further back than the period.
pub fn findings(period: &[&Access], all: &[Access]) -> Vec<Finding> {
    let is_change = |access: &Access| access.deed() == Deed::RegisterChange && access.is_done();
    let mut before: BTreeMap<DestinationId, Vec<&Access>> = BTreeMap::new();
    for access in all.iter().filter(|access| is_change(access)) {
        if let Some(id) = access.destination {
            before.entry(id).or_default().push(access);
        }
    }
    period
        .iter()
        .filter(|access| is_change(access))
        .map(|access| {
            let is_change = access.version.is_none_or(|version| version > 1);
            let twin = access.destination.and_then(|id| before.get(&id)).is_some_and(|changes| {
                changes.iter().any(|other| {
                    other.seq != access.seq
                        && other.version.is_some_and(|version| version > 1)
                        && access.at.seconds_since(other.at).abs() <= BACK_S
                })
            });
            let mut marks =
                Marks::of(&[if is_change { Mark::DestinationChanged } else { Mark::NewDestination }]);
            if is_change && twin {
                marks.add(Mark::ChangedTwice);
            }
            Finding { seqs: vec![access.seq], marks, extra: 0 }
        })
        .collect()
}
