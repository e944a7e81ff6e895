//! Events of the log in the words of the office: who, what, whose record.
use std::collections::HashMap;

use super::super::audit::event::Event;
use super::super::audit::glance::{account_of, ids_in};
use super::super::audit::{Action, ObjectKind, Outcome, RefKey};
use super::super::reason::Reason;
use super::super::store::log_scan::Detail;
use super::super::store::staff::StaffRow;
use super::super::store::{self, Tx};
use super::review_event::Verdict;
use crate::domain::ids::{AccountId, PersonId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

/// A line names no more records than this; of the rest it says how many.
const NAMED_MAX: usize = 3;

/// One event as shown.
#[derive(Clone, Debug)]
pub struct LogLine {
    pub seq: u64,
    pub at: Timestamp,
    pub terminal: String,
    pub actor: Option<AccountId>,
    pub actor_number: String,
    pub actor_name: String,
    pub action: Action,
    pub object: ObjectKind,
    /// The records that the event is about, the nearest first.
    pub records: Vec<NamedRecord>,
    /// How many more there are.
    pub more: usize,
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    pub detail: Detail,
    pub review: Option<(Verdict, String)>,
    /// One's own events are reviewed by somebody else.
    pub own: bool,
}

/// A record and whose it is.
#[derive(Clone, Debug)]
pub struct NamedRecord {
    pub id: RecordId,
    pub number: u32,
    pub name: Personal<String>,
}

/// What lines are made with: read once for many of them.
pub(super) struct Lines<'a, 'tx> {
    tx: &'a Tx<'tx>,
    staff: HashMap<AccountId, StaffRow>,
    pub reviews: HashMap<u64, (Verdict, String)>,
    /// Whoever looks.
    me: PersonId,
}

impl<'a, 'tx> Lines<'a, 'tx> {
    pub fn new(tx: &'a Tx<'tx>, me: PersonId) -> store::Result<Self> {
        let staff = tx.all_staff()?.into_iter();
        let staff = staff.map(|row| (row.party.account, row)).collect();
        Ok(Self { tx, staff, reviews: tx.reviews()?, me })
    }

    pub fn line(&self, event: Event) -> store::Result<LogLine> {
        let account = account_of(event.actor, event.object);
        let actor = account.and_then(|id| self.staff.get(&id));
        let behind = records_behind(self.tx, &event)?;
        let mut records = Vec::new();
        for id in behind.iter().take(NAMED_MAX) {
            records.extend(named(self.tx, *id)?);
        }
        Ok(LogLine {
            seq: event.seq,
            at: event.clock.wall,
            actor: account,
            actor_number: actor.map(|row| row.number.to_string()).unwrap_or_default(),
            actor_name: actor.map(|row| row.name.clone()).unwrap_or_default(),
            action: event.action,
            object: event.object.0,
            more: behind.len().saturating_sub(NAMED_MAX),
            records,
            outcome: event.outcome,
            reason: Reason::from_code(event.reason),
            detail: self.tx.sealed_detail(event.seq, event.detail_commit)?,
            review: self.reviews.get(&event.seq).cloned(),
            own: actor.is_some_and(|row| row.party.person == self.me),
            terminal: event.origin.terminal,
        })
    }
}

/// A record as it is called; `None` when there is no such row.
pub(super) fn named(tx: &Tx<'_>, id: RecordId) -> store::Result<Option<NamedRecord>> {
    Ok(tx.record_label(id)?.map(|(number, name)| NamedRecord { id, number, name }))
}

/// Every record that an event is about: the one it names as its object, those it names beside it, and the one that a
/// draft or a sending belongs to.
fn records_behind(tx: &Tx<'_>, event: &Event) -> store::Result<Vec<RecordId>> {
    let (kind, object) = event.object;
    let mut records: Vec<RecordId> = Vec::new();
    let mut add = |id: [u8; 16]| {
        let record = RecordId::from_bytes(id);
        if !records.contains(&record) {
            records.push(record);
        }
    };
    if kind == ObjectKind::Record {
        add(object);
    }
    for (key, value) in &event.refs {
        if matches!(key, RefKey::Record | RefKey::OtherRecord) {
            ids_in(*key, value).for_each(&mut add);
        }
    }
    if records.is_empty() {
        let beside = event.refs.iter().filter(|(key, _)| *key == RefKey::Transmission);
        let sendings = beside.flat_map(|(key, value)| ids_in(*key, value));
        for id in std::iter::once(object).chain(sendings) {
            records.extend(tx.record_behind(&id)?);
        }
    }
    Ok(records)
}
