//! Fill an installation for the benchmark. Compiled only for it: a product that took reports unchecked would be none.
//!
//! Even so it goes through the one door: a permit, one transaction, one row in the log for each call.
use std::collections::HashMap;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, StartRecord};
use super::super::reason::Reason;
use super::super::store::record::{RecordRow, VersionRow};
use super::super::store::{self, Tx};
use super::super::subject::subject_of;
use crate::domain::digest::Digest;
use crate::domain::ids::RecordId;
use crate::domain::intake::Intake;
use crate::domain::sensitive::Personal;
use crate::form::Values;

/// Many reports of one form at once, registered without being checked.
pub struct RegisterMany {
    pub form: String,
    pub reports: Vec<(Intake, Values)>,
}

impl sealed::Sealed for RegisterMany {}
impl Operation for RegisterMany {
    type Needs = StartRecord;
    type Outcome = ();
    const ACTION: Action = Action::RegisterDraft;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, StartRecord>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let form = desk.house.catalog().latest(&self.form).ok_or(Reason::FormUnknown)?;
        let mut numbers: HashMap<i32, u32> = HashMap::new();
        let count = u32::try_from(self.reports.len()).unwrap_or(u32::MAX);
        for (intake, values) in self.reports {
            let year = chrono::Datelike::year(&intake.received_at.date_in_japan());
            let number = match numbers.get(&year) {
                Some(last) => last + 1,
                None => tx.next_record_number(year)?,
            };
            numbers.insert(year, number);
            let record = RecordRow {
                id: RecordId::make(intake.received_at, desk.entropy),
                year,
                number,
                form: form.head.id.clone(),
                form_version: form.head.version,
                intake,
                version: 0,
            };
            tx.insert_record(&record)?;
            let json = values.to_json();
            let version = VersionRow {
                version: 1,
                digest: Digest::of(&json),
                content: Personal::new(String::from_utf8(json).map_err(|_| Reason::Impossible)?),
                editor: permit.account(),
                registered_at: desk.now,
            };
            tx.append_version(record.id, 0, &version)?;
            tx.set_subject(record.id, &subject_of(form, &values, None))?;
        }
        Ok(Acted::done(()).with_ref(RefKey::Rows, &count.to_be_bytes()))
    }
}
