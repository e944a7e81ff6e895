//! A supervisor has looked into a step of the clock; two of them lift the block.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{AcknowledgeClock as Permit, Authorized};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::ids::PersonId;

/// Counts for exactly this step: the next one has to be looked into again.
#[derive(Clone, Copy, Debug)]
pub struct AcknowledgeClock {
    /// Event of the log.
    pub seq: u64,
}

impl sealed::Sealed for AcknowledgeClock {}
impl Operation for AcknowledgeClock {
    type Needs = Permit;
    /// Whether it is lifted by this.
    type Outcome = bool;
    const ACTION: Action = Action::AcknowledgeClock;

    fn target(&self) -> u64 {
        self.seq
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Vec<PersonId>>> {
        let step = tx.clock_steps()?.into_iter().find(|step| step.seq == self.seq);
        Ok(step.map(|step| step.acknowledged.iter().map(|party| party.person).collect()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<bool>, Reason> {
        let seq = permit.target();
        let mut step =
            tx.clock_steps()?.into_iter().find(|step| step.seq == seq).ok_or(Reason::NoSuchThing)?;
        if step.is_settled() {
            return Err(Reason::ClockSettled);
        }
        // The row of this very act is the acknowledgement: there is nothing else to write.
        step.acknowledged.push(permit.actor().party);
        Ok(Acted::done(step.is_settled()).with_ref(RefKey::AcknowledgedStep, &seq.to_be_bytes()))
    }
}
