//! Requests that wait for an answer (返答待ち): registered, and no answering record has come.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListRecords as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::list_records::{RecordLine, lines};
use crate::form::{Catalog, Parent};

/// The oldest first.
#[derive(Clone, Copy, Debug)]
pub struct ListUnanswered;

/// More are not waited for at one time.
const LINES_MAX: u32 = 500;

impl sealed::Sealed for ListUnanswered {}
impl Operation for ListUnanswered {
    type Needs = Permit;
    type Outcome = Vec<RecordLine>;
    const ACTION: Action = Action::ListUnanswered;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<RecordLine>>, Reason> {
        let mut rows = Vec::new();
        for (request, answer) in expectations(desk.house.catalog()) {
            rows.append(&mut tx.without_child(&request, &answer, LINES_MAX)?);
        }
        rows.sort_by_key(|(record, _)| record.intake.received_at);
        let lines = lines(tx, rows, permit.actor(), desk.now)?;
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}

/// Which form answers which: pairs of form ids.
fn expectations(catalog: &Catalog) -> Vec<(String, String)> {
    let answers = catalog.heads().filter(|head| head.answers);
    let pairs = answers.flat_map(|head| {
        head.belongs_to.iter().filter_map(|parent| match parent {
            Parent::Form(request) => Some((request.clone(), head.id.clone())),
            // Nobody waits for an answer to every report of a disease.
            Parent::AnyReport | Parent::Nothing => None,
        })
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort();
    pairs.dedup();
    pairs
}
