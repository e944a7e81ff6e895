//! Who is near to oneself: relatives, the household, and the own birth date that tells namesakes apart.
use chrono::NaiveDate;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, DeclareKin as Permit};
use super::super::reason::Reason;
use super::super::review::Relation;
use super::super::store::kin::KinRow;
use super::super::store::{self, Tx};
use crate::domain::ids::KinId;
use crate::domain::sensitive::Personal;
use crate::japanese::names::normalise_name;

const NAME_MAX: usize = 60;
const DECLARED_MAX: usize = 30;

/// Changes one's own declarations, or only reads them. Nobody reads those of others: the rules of the review do.
#[derive(Clone, Debug)]
pub struct DeclareKin {
    pub change: KinChange,
}

#[derive(Clone, Debug)]
pub enum KinChange {
    /// Only to see them.
    Nothing,
    Declare {
        relation: Relation,
        name: Personal<String>,
        reading: Personal<String>,
        birth_date: Option<Personal<NaiveDate>>,
    },
    Remove(KinId),
}

/// One of one's own declarations.
#[derive(Clone, Debug)]
pub struct Declared {
    pub id: KinId,
    pub relation: Relation,
    pub name: Personal<String>,
    pub reading: Personal<String>,
    pub birth_date: Option<Personal<NaiveDate>>,
}

impl sealed::Sealed for DeclareKin {}
impl Operation for DeclareKin {
    type Needs = Permit;
    type Outcome = Vec<Declared>;
    const ACTION: Action = Action::DeclareKin;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<Declared>>, Reason> {
        let account = permit.account();
        let changed = match self.change {
            KinChange::Nothing => None,
            KinChange::Remove(id) => {
                if !tx.delete_kin(id, account)? {
                    return Err(Reason::NoSuchThing);
                }
                Some(id)
            }
            KinChange::Declare { relation, name, reading, birth_date } => {
                let before = tx.kin_of(account)?;
                let second_self =
                    relation == Relation::Own && before.iter().any(|row| row.relation == relation);
                if before.len() >= DECLARED_MAX || second_self {
                    return Err(Reason::KinMany);
                }
                let (name, reading) = (checked(&name)?, checked(&reading)?);
                let is_named = relation == Relation::Own || !name.expose().is_empty();
                if !is_named || (relation == Relation::Own && birth_date.is_none()) {
                    return Err(Reason::KinIncomplete);
                }
                let id = KinId::make(desk.now, desk.entropy);
                let row = KinRow { id, account, relation, name, reading, birth_date };
                tx.insert_kin(&row, desk.now)?;
                Some(id)
            }
        };
        let own = tx.kin_of(account)?.into_iter().map(|row| Declared {
            id: row.id,
            relation: row.relation,
            name: row.name,
            reading: row.reading,
            birth_date: row.birth_date,
        });
        let own: Vec<Declared> = own.collect();
        let shown = u32::try_from(own.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(own)
            .with_ref(RefKey::Rows, &shown.to_be_bytes())
            .with_ref_to(RefKey::Kin, changed.as_ref().map(KinId::as_bytes)))
    }
}

fn checked(text: &Personal<String>) -> Result<Personal<String>, Reason> {
    let text = normalise_name(text.expose());
    let fits = text.chars().count() <= NAME_MAX && !text.chars().any(char::is_control);
    if fits { Ok(Personal::new(text)) } else { Err(Reason::KinIncomplete) }
}
