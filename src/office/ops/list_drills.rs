//! How vigilant the office is: what was planted, and who noticed.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListDrills as Permit};
use super::super::reason::Reason;
pub use super::super::store::drill::Flaw;
use super::super::store::drill::{DrillResult, DrillRow};
use super::super::store::{self, Tx};
use crate::domain::ids::{AccountId, TransmissionId};
use crate::domain::time::Timestamp;

const LINES_MAX: u32 = 300;

/// All drills, the newest first. For supervisors: nobody else may know that one is waiting.
#[derive(Clone, Copy, Debug)]
pub struct ListDrills;

#[derive(Clone, Debug)]
pub struct DrillLine {
    pub id: TransmissionId,
    pub number: u32,
    pub flaw: Flaw,
    pub planted_by_name: String,
    pub planted_at: Timestamp,
    pub second_name: Option<String>,
    pub standing: DrillStanding,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrillStanding {
    Waiting,
    Noticed,
    Missed,
    /// What was keyed stood neither on the papers nor in what had been made wrong.
    Neither,
    /// Its day is over, and nobody has looked at it.
    Unseen,
}

impl DrillStanding {
    fn of(row: &DrillRow, now: Timestamp) -> Self {
        match row.result {
            Some(DrillResult::Caught) => Self::Noticed,
            Some(DrillResult::Missed) => Self::Missed,
            Some(DrillResult::Neither) => Self::Neither,
            None if row.waits(now) => Self::Waiting,
            None => Self::Unseen,
        }
    }
}

impl sealed::Sealed for ListDrills {}
impl Operation for ListDrills {
    type Needs = Permit;
    type Outcome = Vec<DrillLine>;
    const ACTION: Action = Action::ListDrills;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<DrillLine>>, Reason> {
        let mut lines = Vec::new();
        for row in tx.drills(LINES_MAX)? {
            let name = |account: AccountId| -> Result<String, Reason> {
                Ok(tx.staff(account)?.map(|staff| staff.name).unwrap_or_default())
            };
            lines.push(DrillLine {
                id: row.id,
                number: row.number,
                flaw: row.flaw,
                planted_by_name: name(row.planted_by)?,
                planted_at: row.planted_at,
                second_name: row.second.map(name).transpose()?,
                standing: DrillStanding::of(&row, desk.now),
            });
        }
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}
