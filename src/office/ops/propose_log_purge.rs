//! Ask for an erasure in the log.
use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey, purge};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, PurgeLog as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::log::statement::Erasure;

/// The first of two supervisors signs. Nothing is erased yet.
#[derive(Clone, Copy, Debug)]
pub struct ProposeLogPurge {
    pub kind: Erasure,
    /// Everything up to this checkpoint.
    pub size: u64,
}

impl sealed::Sealed for ProposeLogPurge {}
impl Operation for ProposeLogPurge {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::ProposeLogPurge;
    const CLOCK: WallClock = WallClock::Trusted;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        purge::check_age(tx, self.kind, self.size, desk.now)?;
        let statement = purge::statement(tx, self.kind, self.size)?;
        let signature = desk.keys.sign(&statement.to_bytes());
        tx.propose_purge(self.kind, self.size, permit.account(), &signature, desk.now)?;
        Ok(Acted::done(())
            .with_ref(RefKey::Erasure, &self.kind.code().to_be_bytes())
            .with_ref(RefKey::CheckpointSize, &self.size.to_be_bytes()))
    }
}
