//! Sending again, and taking out on a medium. To prepare a sending is daily work by itself.
use std::collections::BTreeMap;

use super::Finding;
use crate::domain::ids::{AccountId, DestinationId, RecordId};
use crate::office::review::access::{Access, Deed};
use crate::office::review::facts::Facts;
use crate::office::review::mark::{Mark, Marks};

/// One row for everything that one person sent oddly to one destination on one day, each record for itself.
pub fn findings(period: &[&Access], facts: &Facts) -> Vec<Finding> {
    let prepared = period.iter().filter(|access| access.deed() == Deed::Prepare && access.is_done());
    let mut found: BTreeMap<(Option<AccountId>, RecordId, chrono::NaiveDate), Finding> = BTreeMap::new();
    for access in prepared {
        let (Some(record), Some(destination)) = (access.record, access.destination) else { continue };
        let mut marks = Marks::default();
        if facts.media.contains(&destination) {
            marks.add(Mark::TakenOut);
        }
        if had_arrived(access, record, destination, facts) {
            marks.add(Mark::SentAgain);
        }
        if marks.is_empty() {
            continue;
        }
        let key = (access.actor, record, access.at.date_in_japan());
        let finding = found.entry(key).or_insert_with(|| Finding { seqs: Vec::new(), marks, extra: 0 });
        finding.seqs.push(access.seq);
        finding.marks = finding.marks.and(marks);
    }
    found.into_values().collect()
}

/// A corrected version is another paper; what failed or was withdrawn never arrived.
fn had_arrived(access: &Access, record: RecordId, destination: DestinationId, facts: &Facts) -> bool {
    facts.arrived.iter().any(|sent| {
        sent.record == record
            && sent.destination == destination
            && sent.at < access.at
            && access.version == Some(sent.version)
    })
}
