//! The worklist (受付一覧).
use crate::form::FormVersion;
use std::collections::HashMap;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListRecords as Permit};
use super::super::reason::Reason;
use super::super::sending::waiting::drills_seen_by;
use super::super::store::draft::DraftHolder;
use super::super::store::drill::DrillRow;
use super::super::store::record::RecordRow;
use super::super::store::subject::Subject;
use super::super::store::transmission::{LatestState, StateCode};
use super::super::store::{self, Tx};
use crate::domain::case_number::CaseNumber;
use crate::domain::ids::{DraftId, RecordId};
use crate::domain::intake::Intake;
use crate::domain::sensitive::Personal;
use crate::domain::staff::Actor;
use crate::domain::time::Timestamp;

/// More lines than a person scrolls through; older records are found by searching.
const LINES_MAX: u32 = 500;

/// The newest receptions.
#[derive(Clone, Copy, Debug)]
pub struct ListRecords;

/// One line of a list of records.
#[derive(Clone, Debug)]
pub struct RecordLine {
    pub record: RecordId,
    pub year: i32,
    pub number: u32,
    pub form: String,
    pub form_version: FormVersion,
    pub intake: Intake,
    pub version: u32,
    pub state: RecordState,
    /// One's own open draft.
    pub draft: Option<DraftId>,
    pub subject: Option<Personal<Subject>>,
}

impl RecordLine {
    pub const fn case(&self) -> CaseNumber {
        CaseNumber { year: self.year, number: self.number }
    }
}

/// Where a record stands, as a worklist shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordState {
    /// Being entered (again) by this person.
    DraftMine,
    /// Being entered by somebody else.
    DraftOther {
        holder: String,
    },
    Registered,
    /// Its newest transmission.
    Transmission(StateCode),
}

/// The lines, and how many of them there are in all; where the list ends before that, how many records there are.
#[derive(Clone, Debug)]
pub struct RecordPage {
    pub lines: Vec<RecordLine>,
    pub total: u64,
    /// There are more than these.
    pub more: bool,
}

impl sealed::Sealed for ListRecords {}
impl Operation for ListRecords {
    type Needs = Permit;
    type Outcome = RecordPage;
    const ACTION: Action = Action::ListRecords;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<RecordPage>, Reason> {
        let heads = desk.house.catalog().heads();
        let alone: Vec<&str> =
            heads.filter(|head| head.may_stand_alone()).map(|head| head.id.as_str()).collect();
        let rows = tx.newest_records(&alone, LINES_MAX)?;
        let lines = lines(tx, rows, permit.actor(), desk.now)?;
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        // What is part of a case stands in no line: to count the others would cost more the longer an office works.
        let more = shown == LINES_MAX;
        let total = if more { tx.count_records()? } else { u64::from(shown) };
        Ok(Acted::done(RecordPage { lines, total, more }).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}

/// Joins rows with drafts, transmissions and what passes for one. What it costs depends on the rows and on what is open now,
/// never on how many records there are.
pub(super) fn lines(
    tx: &Tx<'_>,
    rows: Vec<(RecordRow, Option<Personal<Subject>>)>,
    me: Actor,
    now: Timestamp,
) -> Result<Vec<RecordLine>, Reason> {
    let mut drafts: HashMap<RecordId, Vec<DraftHolder>> = HashMap::new();
    for draft in tx.draft_holders()? {
        drafts.entry(draft.record).or_default().push(draft);
    }
    let drills = drills_seen_by(tx, me, now)?;
    let line = |(record, subject): (RecordRow, Option<Personal<Subject>>)| {
        let open = drafts.get(&record.id).map_or(&[][..], Vec::as_slice);
        let mine = open.iter().find(|draft| draft.holder == me.party.account).map(|draft| draft.id);
        let other = open.iter().find(|draft| draft.holder != me.party.account);
        let state = match (mine, other) {
            (Some(_), _) => RecordState::DraftMine,
            (None, Some(other)) => {
                RecordState::DraftOther { holder: tx.staff_name(other.holder)?.unwrap_or_default() }
            }
            (None, None) => match newest_state(tx, &record, &drills)? {
                Some(LatestState { version, code, .. }) if version == record.version => {
                    RecordState::Transmission(code)
                }
                _ => RecordState::Registered,
            },
        };
        Ok(RecordLine {
            record: record.id,
            year: record.year,
            number: record.number,
            form: record.form,
            form_version: record.form_version,
            intake: record.intake,
            version: record.version,
            state,
            draft: mine,
            subject,
        })
    };
    rows.into_iter().map(line).collect()
}

/// A drill counts as what it looks like. What was really sent after it was planted is newer: nobody is to send it twice.
fn newest_state(tx: &Tx<'_>, record: &RecordRow, drills: &[DrillRow]) -> Result<Option<LatestState>, Reason> {
    let planted = drills.iter().filter(|drill| drill.record == record.id).map(|drill| LatestState {
        number: drill.number,
        version: drill.record_version,
        code: StateCode::Awaiting,
    });
    Ok(planted.chain(tx.latest_state(record.id)?).max_by_key(|state| state.number))
}
