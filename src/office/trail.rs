//! What in the log is about one person: the records, and what belongs to them.
use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::audit::glance::{Glance, Seen, ids_in};
use super::audit::{ObjectKind, RefKey};
use super::store::log_scan::{Order, Scanned};
use super::store::{self, Tx};
use super::subject::says_same_person;
use crate::domain::ids::RecordId;
use crate::domain::likeness::Decision;
use crate::form::Catalog;

/// More belong to no person; a circle, which the store refuses, would end here.
const RECORDS_MAX: usize = 1_000;

/// The ids by which events name a person.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    /// The records that are about the person, the one that was asked for first.
    pub records: Vec<RecordId>,
    /// Those, and the drafts, sendings, drills and misdeliveries of theirs.
    pub ids: BTreeSet<[u8; 16]>,
}

impl Trail {
    /// From these records to everything that is about the same people.
    pub fn of(tx: &Tx<'_>, catalog: &Catalog, from: &[RecordId]) -> store::Result<Self> {
        let mut trail = Self::default();
        for record in from {
            for linked in records_of_person(tx, catalog, *record)? {
                if trail.ids.insert(*linked.as_bytes()) {
                    trail.records.push(linked);
                    let things = tx.things_of(linked)?;
                    trail.ids.extend(things.iter().map(|id| *id.as_bytes()));
                }
            }
        }
        trail.read_along(tx)?;
        Ok(trail)
    }

    /// Takes in what the log itself says belongs to these records: tables forget (a draft is gone once it is
    /// registered), and they can be edited.
    fn read_along(&mut self, tx: &Tx<'_>) -> store::Result<()> {
        tx.scan_log(Order::OldestFirst, None, |scanned| {
            if let Scanned::Row { seen: Seen::Sound(glance), .. } = scanned
                && self.owns(&glance)
            {
                self.ids.insert(glance.object.1);
            }
            ControlFlow::Continue(())
        })
    }

    /// Whether the event says that its object belongs to one of these records. A misdelivery also stops sendings of
    /// other people: those are not what it is about.
    fn owns(&self, glance: &Glance<'_>) -> bool {
        let belongs = matches!(
            glance.object.0,
            ObjectKind::Draft | ObjectKind::Transmission | ObjectKind::Drill | ObjectKind::Incident
        );
        let says = |(key, value)| {
            matches!(key, RefKey::Record | RefKey::Transmission)
                && ids_in(key, value).any(|id| self.ids.contains(&id))
        };
        belongs && glance.references().any(says)
    }
}

/// From a record to whatever is about the same person, and on from there; thrown away or not.
fn records_of_person(tx: &Tx<'_>, catalog: &Catalog, from: RecordId) -> store::Result<Vec<RecordId>> {
    let mut known = BTreeSet::from([from]);
    let mut open = vec![from];
    let mut records = Vec::new();
    while let Some(id) = open.pop() {
        let Some(record) = tx.record_or_discarded(id)? else { continue };
        let mut same = Vec::new();
        for other in tx.declared_same(id)? {
            // Same as the same, but somebody looked at these two and said no.
            if tx.likeness_decision(from, other)? != Some(Decision::Different) {
                same.push(other);
            }
        }
        for child in tx.all_children(id)? {
            let (Some(row), Some(link)) = (tx.record_or_discarded(child)?, tx.link(child)?) else { continue };
            if says_same_person(catalog, &row, link.relation) {
                same.push(child);
            }
        }
        let parent = tx.link(id)?.filter(|link| says_same_person(catalog, &record, link.relation));
        same.extend(parent.map(|link| link.parent));
        records.push(id);
        open.extend(same.into_iter().filter(|id| known.len() < RECORDS_MAX && known.insert(*id)));
    }
    Ok(records)
}
