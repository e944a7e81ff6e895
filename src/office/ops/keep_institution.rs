//! Enter or change institutions of the register.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, KeepInstitution as Permit};
use super::super::reason::Reason;
use super::super::store::institution::InstitutionRow;
use super::super::store::{self, Tx};
use crate::domain::ids::InstitutionId;
use crate::domain::institution::{Institution, InstitutionProblem};
use crate::japanese::codes::InstitutionCode;

/// Writes one institution; a changed one must still have the version that the person saw.
#[derive(Clone, Debug)]
pub struct KeepInstitution {
    /// `None` for a new one.
    pub change: Option<(InstitutionId, u32)>,
    pub institution: Institution,
}

impl sealed::Sealed for KeepInstitution {}
impl Operation for KeepInstitution {
    type Needs = Permit;
    type Outcome = InstitutionId;
    const ACTION: Action = Action::KeepInstitution;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Institution, self.change.map_or([0; 16], |(id, _)| *id.as_bytes()))
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<InstitutionId>, Reason> {
        let institution = self.institution;
        institution.check().map_err(refusal)?;
        let code = &institution.code;
        if InstitutionCode::is_mistyped(code) {
            return Err(Reason::InstitutionCodeInvalid);
        }
        let (id, version) = match self.change {
            None => (InstitutionId::make(desk.now, desk.entropy), 1),
            Some((id, seen)) => match tx.institution_version(id)?.ok_or(Reason::NoSuchThing)? {
                present if present == seen => (id, present + 1),
                _ => return Err(Reason::InstitutionChanged),
            },
        };
        if tx.institution_id_by_code(code)?.is_some_and(|(other, _)| other != id) {
            return Err(Reason::InstitutionCodeTaken);
        }
        tx.put_institution(
            &InstitutionRow { id, version, institution, used_at: None },
            permit.account(),
            desk.now,
        )?;
        Ok(Acted::done(id)
            .about(ObjectKind::Institution, *id.as_bytes())
            .with_ref(RefKey::Version, &version.to_be_bytes()))
    }
}

const fn refusal(problem: InstitutionProblem) -> Reason {
    match problem {
        InstitutionProblem::Code => Reason::InstitutionCodeInvalid,
        InstitutionProblem::Name => Reason::InstitutionNameMissing,
        InstitutionProblem::TooLong => Reason::InstitutionTooLong,
        InstitutionProblem::Doctor => Reason::InstitutionDoctor,
        InstitutionProblem::Contract => Reason::InstitutionContract,
    }
}
