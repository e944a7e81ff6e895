//! Who had to do with the records of a person: the whole log, out of the sealed bodies.
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::super::audit::glance::Seen;
use super::super::audit::{Action, Outcome, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ShowAccesses as Permit};
use super::super::reason::Reason;
use super::super::store::log_scan::{Order, Scanned};
use super::super::store::staff::StaffRow;
use super::super::store::{self, Tx};
use super::super::trail::Trail;
use super::log_lines::{NamedRecord, named};
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::time::Timestamp;

/// All events about the person behind a record: about it, about every record that is about the same person, and about
/// their drafts and sendings.
#[derive(Clone, Copy, Debug)]
pub struct ShowAccesses {
    pub record: RecordId,
}

/// What the log says of a person.
#[derive(Clone, Debug)]
pub struct Accesses {
    /// The records that are about the person, the one that was asked for first.
    pub records: Vec<NamedRecord>,
    /// The oldest first.
    pub lines: Vec<AccessLine>,
    /// How many different people acted, by their accounts.
    pub people: usize,
    /// The first and the last event of the log that could be read.
    pub period: Option<(Timestamp, Timestamp)>,
    /// How many events the log has.
    pub events: u64,
    pub unread: Unread,
}

/// One event about the person.
#[derive(Clone, Debug)]
pub struct AccessLine {
    pub seq: u64,
    pub at: Timestamp,
    pub account: Option<AccountId>,
    pub number: String,
    pub name: String,
    pub section: String,
    pub terminal: String,
    pub action: Action,
    pub outcome: Outcome,
    pub why: Why,
}

/// What the log says about the purpose. It holds no purposes, so that is little.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The act is work itself: registering, sending, confirming.
    Work,
    /// The same account did this work on these records on the same day.
    SameDay(Action),
    NotSaid,
}

/// Rows of which nobody knows what they were about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    pub damaged: u64,
    pub erased: u64,
    pub missing: u64,
}

/// What leaves something done behind. Looking, beginning and trying does not.
const WORK: [Action; 14] = [
    Action::RegisterDraft,
    Action::UndoRegistration,
    Action::DiscardDraft,
    Action::NoteTranscription,
    Action::DeclareSame,
    Action::DeclareDifferent,
    Action::PrepareTransmission,
    Action::ConfirmTransmission,
    Action::ReturnTransmission,
    Action::WithdrawTransmission,
    Action::AcknowledgeArrival,
    Action::ReconcileTransmission,
    Action::NoteManualFax,
    Action::ReportMisdelivery,
];

impl sealed::Sealed for ShowAccesses {}
impl Operation for ShowAccesses {
    type Needs = Permit;
    type Outcome = Box<Accesses>;
    const ACTION: Action = Action::ShowAccesses;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record_or_discarded(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Box<Accesses>>, Reason> {
        let accesses = read(tx, permit.target(), desk)?;
        Ok(noted(Acted::done(()), &accesses).with_value(Box::new(accesses)))
    }
}

/// What the log row says of a list that was made.
pub(super) fn noted<T>(acted: Acted<T>, accesses: &Accesses) -> Acted<T> {
    let shown = u32::try_from(accesses.lines.len()).unwrap_or(u32::MAX);
    let others: Vec<u8> = accesses.records.iter().skip(1).flat_map(|record| *record.id.as_bytes()).collect();
    let acted = acted
        .with_ref(RefKey::Rows, &shown.to_be_bytes())
        .with_ref(RefKey::LogSize, &accesses.events.to_be_bytes());
    if others.is_empty() { acted } else { acted.with_ref(RefKey::OtherRecord, &others) }
}

/// Reads the whole log for one person.
pub(super) fn read(tx: &Tx<'_>, record: RecordId, desk: &Desk<'_>) -> Result<Accesses, Reason> {
    let trail = Trail::of(tx, desk.house.catalog(), &[record])?;
    let staff: HashMap<AccountId, StaffRow> =
        tx.all_staff()?.into_iter().map(|row| (row.party.account, row)).collect();
    let mut lines: Vec<AccessLine> = Vec::new();
    let mut unread = Unread::default();
    let (mut first, mut last): (Option<Timestamp>, Option<Timestamp>) = (None, None);
    tx.scan_log(Order::OldestFirst, None, |scanned| {
        match scanned {
            Scanned::Missing { first, last } => unread.missing += last - first + 1,
            Scanned::Row { seen: Seen::Erased, .. } => unread.erased += 1,
            Scanned::Row { seen: Seen::Damaged(_), .. } => unread.damaged += 1,
            Scanned::Row { seen: Seen::Sound(glance), .. } => {
                first.get_or_insert(glance.at);
                last = Some(glance.at);
                if glance.named().any(|id| trail.ids.contains(&id)) {
                    let account = glance.account();
                    let known = account.and_then(|account| staff.get(&account));
                    let text = |of: fn(&StaffRow) -> String| known.map(of).unwrap_or_default();
                    lines.push(AccessLine {
                        seq: glance.seq,
                        at: glance.at,
                        account,
                        number: text(|row| row.number.to_string()),
                        name: text(|row| row.name.clone()),
                        section: text(|row| row.section.clone()),
                        terminal: glance.terminal.to_owned(),
                        action: glance.action,
                        outcome: glance.outcome,
                        why: Why::NotSaid,
                    });
                }
            }
        }
        ControlFlow::Continue(())
    })?;
    say_why(&mut lines);
    let mut records = Vec::new();
    for id in &trail.records {
        records.extend(named(tx, *id)?);
    }
    if let Some((_, others)) = records.split_first_mut() {
        others.sort_by_key(|record| record.number);
    }
    let people: BTreeSet<AccountId> = lines.iter().filter_map(|line| line.account).collect();
    Ok(Accesses {
        records,
        people: people.len(),
        lines,
        period: first.zip(last),
        events: tx.log_tail()?.0,
        unread,
    })
}

/// Puts the work of a day beside everything that the same account did that day.
fn say_why(lines: &mut [AccessLine]) {
    let is_work = |line: &AccessLine| WORK.contains(&line.action) && line.outcome == Outcome::Done;
    let day = |line: &AccessLine| Some((line.account?, line.at.date_in_japan()));
    let mut work: BTreeMap<(AccountId, NaiveDate), Action> = BTreeMap::new();
    for line in lines.iter().filter(|line| is_work(line)) {
        if let Some(day) = day(line) {
            work.entry(day).or_insert(line.action);
        }
    }
    for line in lines {
        line.why = match day(line).and_then(|day| work.get(&day)) {
            _ if is_work(line) => Why::Work,
            Some(action) => Why::SameDay(*action),
            None => Why::NotSaid,
        };
    }
}
