//! The register of institutions, as a whole: a few hundred rows that the screens search without asking again.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListInstitutions as Permit};
use super::super::reason::Reason;
use super::super::store::institution::InstitutionRow;
use super::super::store::{self, Tx};

/// Lists every institution, last used first.
#[derive(Clone, Copy, Debug)]
pub struct ListInstitutions;

impl sealed::Sealed for ListInstitutions {}
impl Operation for ListInstitutions {
    type Needs = Permit;
    type Outcome = Vec<InstitutionRow>;
    const ACTION: Action = Action::ListInstitutions;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<InstitutionRow>>, Reason> {
        let rows = tx.institutions()?;
        let shown = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(rows).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}
