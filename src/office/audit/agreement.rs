//! Whether the tables still hold what the log says was entered. SQLCipher vouches for every page and not for its age: old
//! pages that somebody puts back pass for sound, and a report, or the number that replaced a wrong one, is gone.
use std::collections::{HashMap, HashSet};

use super::action::{Action, ObjectKind, RefKey};
use crate::log::finding::{Finding, What};
use crate::log::record::{DONE, Record};
use crate::log::source::EventRow;
use crate::office::store;
use crate::office::store::snapshot::Snapshot;

const OF_INTEREST: [Action; 6] = [
    Action::RegisterDraft,
    Action::UndoRegistration,
    Action::ProposeDestination,
    Action::ConfirmDestination,
    Action::FreezeDestination,
    Action::ReportMisdelivery,
];

type Id = [u8; 16];

/// Which record or entry, and which of its versions.
type Version = (Id, u32);

/// What the log says, as far as it can be read.
#[derive(Default)]
pub struct Said {
    /// Each registered version, by the event that says so.
    registered: HashMap<Version, u64>,
    /// Versions of a record that were registered and not undone, ascending.
    standing: HashMap<Id, Vec<u32>>,
    /// Registrations that were counted and not named: those of a prepared training office.
    unnamed: u64,
    entered: HashMap<Version, u64>,
    confirmed: HashMap<Version, u64>,
    frozen: HashMap<Id, u64>,
    is_partly_erased: bool,
}

impl Said {
    pub fn note(&mut self, row: &EventRow<'_>) {
        let Some(body) = row.body else {
            self.is_partly_erased = true;
            return;
        };
        // Columns are copies, and quicker to ask: one that was changed is a finding of its own.
        let action = OF_INTEREST.into_iter().find(|known| i64::from(known.code()) == row.columns.action);
        let Some(action) = action.filter(|_| row.columns.outcome == i64::from(DONE)) else { return };
        if let Some(record) = Record::parse(body).filter(|record| record.action == action.code()) {
            self.note_done(row.seq, action, &record);
        }
    }

    fn note_done(&mut self, seq: u64, action: Action, record: &Record<'_>) {
        let id = *record.object;
        let version = record.refs.array(RefKey::Version.code()).map(u32::from_be_bytes);
        match (action, version) {
            (Action::RegisterDraft, Some(version)) => {
                self.registered.insert((id, version), seq);
                self.standing.entry(id).or_default().push(version);
            }
            (Action::RegisterDraft, None) if record.object_kind != ObjectKind::Record.code() => {
                let rows = record.refs.array(RefKey::Rows.code()).map_or(0, u32::from_be_bytes);
                self.unnamed += u64::from(rows);
            }
            (Action::UndoRegistration, Some(version)) => {
                self.standing.entry(id).or_default().retain(|standing| *standing != version);
            }
            (Action::ProposeDestination, Some(version)) => {
                self.entered.insert((id, version), seq);
            }
            (Action::ConfirmDestination, Some(version)) => {
                self.confirmed.insert((id, version), seq);
            }
            (Action::FreezeDestination, _) => {
                self.frozen.insert(id, seq);
            }
            (Action::ReportMisdelivery, _) => {
                let about = record.refs.array(RefKey::Destination.code());
                self.frozen.extend(about.map(|id| (id, seq)));
            }
            _ => {}
        }
    }

    /// What the tables say otherwise. Reading them comes after the walk, in the same snapshot.
    pub fn compare(mut self, snapshot: &Snapshot<'_>) -> store::Result<Vec<Finding>> {
        let mut found = Vec::new();
        self.compare_records(snapshot, &mut found)?;
        self.compare_register(snapshot, &mut found)?;
        Ok(found)
    }

    fn compare_records(&mut self, snapshot: &Snapshot<'_>, found: &mut Vec<Finding>) -> store::Result<()> {
        // Rows come as they were written, and events are erased from the old end: what stands before the first row that is
        // spoken of may have been spoken of there.
        let mut all_are_said = !self.is_partly_erased;
        let mut unsaid = 0;
        let mut behind = HashSet::new();
        snapshot.each_registered_version(
            &mut |row| match self.registered.remove(&(row.id, row.version)) {
                Some(seq) => {
                    all_are_said = true;
                    let standing = self.standing.get(&row.id).map_or(&[][..], Vec::as_slice);
                    let agrees = standing.contains(&row.version) != row.is_undone
                        && standing.last().is_none_or(|last| *last == row.present);
                    if !agrees && behind.insert(row.id) {
                        found.push(Finding::new(What::RecordDiffers, seq));
                    }
                }
                None => unsaid += u64::from(all_are_said),
            },
        )?;
        found.extend(self.registered.values().map(|seq| Finding::new(What::RecordLost, *seq)));
        if unsaid != self.unnamed {
            found.push(Finding::new(What::RecordUnlogged, 0));
        }
        Ok(())
    }

    fn compare_register(&mut self, snapshot: &Snapshot<'_>, found: &mut Vec<Finding>) -> store::Result<()> {
        let mut thawed = HashSet::new();
        let mut there = HashSet::new();
        snapshot.each_entry_version(&mut |row| {
            let version = (row.id, row.version);
            self.entered.remove(&version);
            if row.is_confirmed {
                self.confirmed.remove(&version);
            }
            // A freeze takes all versions, and none is entered after it.
            if !row.is_frozen {
                thawed.insert(row.id);
            }
            there.insert(row.id);
        })?;
        self.frozen.retain(|id, _| thawed.contains(id) || !there.contains(id));
        let lost = self.entered.values().map(|seq| Finding::new(What::RegisterLost, *seq));
        let changed = self.confirmed.values().chain(self.frozen.values());
        found.extend(lost.chain(changed.map(|seq| Finding::new(What::RegisterDiffers, *seq))));
        Ok(())
    }
}
