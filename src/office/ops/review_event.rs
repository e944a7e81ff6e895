//! Decide about one event.
use super::super::audit::glance::account_of;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ReviewEvent as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use crate::domain::ids::PersonId;
use crate::domain::sensitive::Personal;

const REASON_MAX: usize = 200;

/// What a supervisor makes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Verdict {
    /// 業務
    Work = 1,
    /// 本人に聞く
    Ask = 2,
    /// 不適切の疑い
    Doubtful = 3,
    /// あとで
    Later = 4,
}

impl Verdict {
    pub const ALL: [Self; 4] = [Self::Work, Self::Ask, Self::Doubtful, Self::Later];

    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
    pub const fn code(self) -> u16 {
        self as u16
    }
    /// Whether the verdict is worth nothing without a reason.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Ask | Self::Doubtful)
    }
}

/// Disposes of one event of somebody else.
#[derive(Clone, Debug)]
pub struct ReviewEvent {
    pub seq: u64,
    pub verdict: Verdict,
    pub reason: Personal<String>,
}

impl sealed::Sealed for ReviewEvent {}
impl Operation for ReviewEvent {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::ReviewEvent;

    fn target(&self) -> u64 {
        self.seq
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<Option<PersonId>>> {
        person_behind(tx, self.seq)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let reason: String = self.reason.expose().trim().chars().take(REASON_MAX).collect();
        if self.verdict.needs_reason() && reason.is_empty() {
            return Err(Reason::ReviewReasonMissing);
        }
        if tx.week_of_row(permit.target())?.is_some_and(|week| week.signed.is_some()) {
            return Err(Reason::ReviewSigned);
        }
        tx.set_review(permit.target(), self.verdict, &reason, permit.account(), desk.now)?;
        Ok(Acted::done(())
            .with_ref(RefKey::ReviewedEvent, &self.seq.to_be_bytes())
            .with_ref(RefKey::Verdict, &self.verdict.code().to_be_bytes()))
    }
}

/// Whose event it is, whichever account was used; `None` when there is no such event.
pub(super) fn person_behind(tx: &Tx<'_>, seq: u64) -> store::Result<Option<Option<PersonId>>> {
    let Some(event) = tx.event(seq)? else { return Ok(None) };
    let Some(account) = account_of(event.actor, event.object) else { return Ok(Some(None)) };
    Ok(Some(tx.staff(account)?.map(|row| row.party.person)))
}
