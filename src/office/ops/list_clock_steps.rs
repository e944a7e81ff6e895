//! Where the clock was moved so far that two people have to look into it.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListLog as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::time::Timestamp;

/// Every step that blocks or has blocked, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct ListClockSteps;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockStepLine {
    /// Event of the log.
    pub seq: u64,
    /// What the clock said afterwards.
    pub at: Timestamp,
    /// What it said at the event before.
    pub before: Timestamp,
    /// Against the clock that nobody can set, or against the event before where the machine was off between them.
    pub size_us: i64,
    /// Numbers of the accounts, in order.
    pub acknowledged: Vec<String>,
    /// Whether the person who asks is one of them.
    pub by_me: bool,
    /// Two people have acknowledged it.
    pub settled: bool,
}

impl sealed::Sealed for ListClockSteps {}
impl Operation for ListClockSteps {
    type Needs = Permit;
    type Outcome = Vec<ClockStepLine>;
    const ACTION: Action = Action::ListClockSteps;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<ClockStepLine>>, Reason> {
        let me = permit.actor().party.person;
        let mut lines = Vec::new();
        for step in tx.clock_steps()?.into_iter().rev() {
            let mut acknowledged = Vec::new();
            for party in &step.acknowledged {
                let row = tx.staff(party.account)?.ok_or(Reason::Impossible)?;
                acknowledged.push(row.number.to_string());
            }
            lines.push(ClockStepLine {
                seq: step.seq,
                at: step.at,
                before: Timestamp::from_micros(step.at.micros().saturating_sub(step.wall_us)),
                size_us: step.size_us,
                acknowledged,
                by_me: step.is_acknowledged_by(me),
                settled: step.is_settled(),
            });
        }
        let rows = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &rows.to_be_bytes()))
    }
}
