//! Look at one record.
use super::super::audit::{Action, RefKey};
use super::super::content::values_of;
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReadRecord};
use super::super::reason::Reason;
use super::super::store::subject::Subject;
use super::super::store::transcription::TranscriptionRow;
use super::super::store::{self, Tx};
use super::super::subject::{ComesFrom, comes_from};
use crate::domain::case_number::CaseNumber;
use crate::domain::ids::RecordId;
use crate::domain::intake::Intake;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::form::{Bilingual, FormVersion, Passed, Values};

/// Shows the present version of a registered record.
#[derive(Clone, Copy, Debug)]
pub struct ShowRecord {
    pub record: RecordId,
}

#[derive(Clone, Debug)]
pub struct RecordView {
    pub record: RecordId,
    pub year: i32,
    pub number: u32,
    pub form: String,
    pub form_version: FormVersion,
    pub intake: Intake,
    pub version: u32,
    pub editor: String,
    pub registered_at: Timestamp,
    pub values: Values,
    /// Why warnings of the form stand.
    pub passed: Vec<Passed>,
    /// The name of the form; `None` when the form is no longer installed.
    pub title: Option<Bilingual>,
    pub subject: Option<Personal<Subject>>,
    pub comes_from: Option<ComesFrom>,
    /// The stamp 転記済; of an older version when the record was corrected since.
    pub transcription: Option<TranscriptionRow>,
}

impl RecordView {
    /// The number of the case, as it is read aloud.
    pub const fn case(&self) -> CaseNumber {
        CaseNumber { year: self.year, number: self.number }
    }
}

impl sealed::Sealed for ShowRecord {}
impl Operation for ShowRecord {
    type Needs = ReadRecord;
    type Outcome = RecordView;
    const ACTION: Action = Action::ShowRecord;

    fn target(&self) -> RecordId {
        self.record
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.record(self.record)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, ReadRecord>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<RecordView>, Reason> {
        let record = tx.record(permit.target())?.ok_or(Reason::NoSuchThing)?;
        let version = tx.version(record.id, record.version)?.ok_or(Reason::NotRegistered)?;
        let editor = tx.staff(version.editor)?.map(|row| row.name).unwrap_or_default();
        let form = desk.house.catalog().form(&record.form, record.form_version);
        let view = RecordView {
            title: form.map(|form| form.head.title.clone()),
            subject: tx.subject(record.id)?,
            comes_from: comes_from(tx, record.id)?,
            transcription: tx.transcription(record.id)?,
            record: record.id,
            year: record.year,
            number: record.number,
            form: record.form,
            form_version: record.form_version,
            intake: record.intake,
            version: version.version,
            editor,
            registered_at: version.registered_at,
            passed: tx.passed(record.id, version.version)?,
            values: values_of(&version.content)?,
        };
        let (number, case) = (view.version, view.comes_from.as_ref().map(|case| case.record));
        // Whose record it is, is shown too.
        Ok(Acted::done(view)
            .with_ref(RefKey::Version, &number.to_be_bytes())
            .with_ref_to(RefKey::Record, case.as_ref().map(RecordId::as_bytes)))
    }
}
