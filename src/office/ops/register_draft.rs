//! Register what a draft says as the next version of its record.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::content::{content_of, values_of};
use super::super::names::relearn;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, EditDraft};
use super::super::reason::Reason;
use super::super::store::record::VersionRow;
use super::super::store::{self, Tx};
use super::super::subject::note_subject;
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, DraftId, RecordId};
use crate::domain::time::Timestamp;
use crate::form::{Complete, Context, Passed, Problem, Values};

/// Registers a draft with the values as the screen has them.
#[derive(Clone, Debug)]
pub struct RegisterDraft {
    pub draft: DraftId,
    pub values: Values,
    /// Why the warnings of the form stand.
    pub passed: Vec<Passed>,
}

#[derive(Clone, Debug)]
pub enum RegisterOutcome {
    Registered(Registered),
    /// Nothing was registered; these are all the problems.
    Problems(Vec<Problem>),
    /// Nothing was registered; these warnings stand without a reason.
    Unexplained(Vec<Problem>),
    /// Somebody else registered a version since this draft was opened; nothing was registered.
    Conflict {
        theirs: u32,
        by: String,
        at: Timestamp,
    },
}

#[derive(Clone, Copy, Debug)]
pub struct Registered {
    pub record: RecordId,
    pub number: u32,
    pub version: u32,
    pub at: Timestamp,
}

impl sealed::Sealed for RegisterDraft {}
impl Operation for RegisterDraft {
    type Needs = EditDraft;
    type Outcome = RegisterOutcome;
    const ACTION: Action = Action::RegisterDraft;

    fn target(&self) -> DraftId {
        self.draft
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<AccountId>> {
        Ok(tx.draft(self.draft)?.map(|draft| draft.holder))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, EditDraft>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<RegisterOutcome>, Reason> {
        let draft = tx.draft(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let record = tx.record(draft.record)?.ok_or(Reason::NoSuchThing)?;
        let form = desk.house.catalog().form(&record.form, record.form_version).ok_or(Reason::FormUnknown)?;
        let content = content_of(&self.values)?;
        let about = |acted: Acted<RegisterOutcome>| acted.about(ObjectKind::Record, *record.id.as_bytes());

        let context = Context { today: desk.now.date_in_japan(), received_at: record.intake.received_at };
        let complete = match form.complete(&self.values, &context) {
            Ok(complete) => complete,
            Err(problems) => {
                return Ok(about(
                    Acted::done(RegisterOutcome::Problems(problems)).but_failed(Reason::FormProblems),
                ));
            }
        };
        let view = form.view(&self.values, &context);
        let before = tx.version(record.id, record.version)?;
        let before = before.map(|version| values_of(&version.content)).transpose()?;
        let agreed = before.as_ref().map(|before| form.view(before, &context));
        let refused = form.contract_problems(&view, agreed.as_ref(), |number| tx.contract_of(number))?;
        if !refused.is_empty() {
            let outcome = RegisterOutcome::Problems(refused);
            return Ok(about(Acted::done(outcome).but_failed(Reason::FormProblems)));
        }
        let unexplained = complete.unexplained(&self.passed);
        if !unexplained.is_empty() {
            let outcome = RegisterOutcome::Unexplained(unexplained);
            return Ok(about(Acted::done(outcome).but_failed(Reason::WarningsOpen)));
        }
        if draft.base_version != record.version {
            return conflict(tx, record.id, record.version).map(about);
        }
        if tx.has_open_transmission(record.id)? {
            return Err(Reason::InTransmission);
        }
        let version = VersionRow {
            version: tx.last_version_number(record.id)? + 1,
            content,
            digest: Digest::of(&complete.canonical_bytes()),
            editor: permit.account(),
            registered_at: desk.now,
        };
        if !tx.append_version(record.id, record.version, &version)? {
            return conflict(tx, record.id, record.version).map(about);
        }
        relearn(tx, form, before.as_ref(), Some(&self.values))?;
        for passed in complete.explained(&self.passed) {
            tx.insert_passed(record.id, version.version, passed)?;
        }
        let due_on = form.due_on(&view).map(|day| day.to_string());
        note_subject(tx, record.id, form, &complete_values(&complete), due_on)?;
        tx.set_open_answer(record.id, form.leaves_open(&view))?;
        tx.delete_draft(draft.id)?;
        for (number, doctor) in form.institutions(&self.values) {
            tx.note_institution_used(number, doctor, desk.now)?;
        }
        let registered =
            Registered { record: record.id, number: record.number, version: version.version, at: desk.now };
        Ok(about(Acted::done(RegisterOutcome::Registered(registered)))
            .with_ref(RefKey::Version, &version.version.to_be_bytes())
            .with_ref(RefKey::Saves, &draft.saves.to_be_bytes()))
    }
}

fn conflict(tx: &Tx<'_>, record: RecordId, theirs: u32) -> Result<Acted<RegisterOutcome>, Reason> {
    let version = tx.version(record, theirs)?.ok_or(Reason::VersionConflict)?;
    let by = tx.staff(version.editor)?.map(|row| row.name).unwrap_or_default();
    let outcome = RegisterOutcome::Conflict { theirs, by, at: version.registered_at };
    Ok(Acted::done(outcome).but_failed(Reason::VersionConflict))
}

fn complete_values(complete: &Complete) -> Values {
    let mut values = Values::new();
    for (key, value) in complete.values() {
        values.set(key.clone(), value.clone());
    }
    values
}
