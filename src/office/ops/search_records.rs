//! Find records by reading or name.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListRecords as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::list_records::{RecordPage, lines};
use crate::domain::sensitive::Personal;
use crate::japanese::kana::{Voicing, search_key};
use crate::japanese::romaji;

const LINES_MAX: u32 = 100;
const TERM_MAX: usize = 100;

/// Searches by the beginning of the reading (kana or romaji) or of the name. The term goes into the log as an erasable
/// detail: what somebody looked for is what a reviewer has to know.
#[derive(Clone, Debug)]
pub struct SearchRecords {
    pub term: Personal<String>,
}

impl sealed::Sealed for SearchRecords {}
impl Operation for SearchRecords {
    type Needs = Permit;
    type Outcome = RecordPage;
    const ACTION: Action = Action::SearchRecords;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Nothing, [0; 16])
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<RecordPage>, Reason> {
        let term: String = self.term.expose().trim().chars().take(TERM_MAX).collect();
        let rows = tx.find_records(
            &search_key(&romaji::to_katakana(&term).kana, Voicing::Ignored),
            &term,
            LINES_MAX,
        )?;
        let lines = lines(tx, rows, permit.account())?;
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let total = u64::from(shown);
        Ok(Acted::done(RecordPage { lines, total })
            .with_detail(term)
            .with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}
