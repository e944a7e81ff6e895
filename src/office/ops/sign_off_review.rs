//! End the review of a week: everything in it is decided, and what is about the signer by somebody else.
use std::collections::HashMap;

use super::super::audit::glance::account_of;
use super::super::audit::{Action, RefKey, checkpoint};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, SignOffReview as Permit};
use super::super::reason::Reason;
use super::super::store::meta::Fact;
use super::super::store::{self, Tx};
use super::review_event::Verdict;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::week::Week;

/// Signs a week off, and with the own key a checkpoint of the log up to here. Its verdicts stand from then on.
#[derive(Clone, Copy, Debug)]
pub struct SignOffReview {
    pub week: Week,
}

impl sealed::Sealed for SignOffReview {}
impl Operation for SignOffReview {
    type Needs = Permit;
    type Outcome = ();
    const ACTION: Action = Action::SignOffReview;

    fn target(&self) {}
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.review_week(self.week)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let week = tx.review_week(self.week)?.ok_or(Reason::NoSuchThing)?;
        if week.signed.is_some() {
            return Err(Reason::ReviewSigned);
        }
        check_finished(tx, self.week, permit.actor().party.person)?;
        tx.sign_review_week(self.week, permit.account(), desk.now)?;
        let log_id = tx.fact_array(Fact::LogId)?;
        let (size, line) = checkpoint::cosign(tx, log_id, permit.account(), desk.keys, desk.now)?;
        Ok(Acted::done(())
            .with_checkpoint()
            .with_ref(RefKey::CheckpointSize, &size.to_be_bytes())
            .with_ref(RefKey::Statement, line.as_bytes())
            .with_ref(RefKey::Week, &self.week.code().to_be_bytes())
            .with_ref(RefKey::LastEvent, &week.last_seq.to_be_bytes()))
    }
}

fn check_finished(tx: &Tx<'_>, week: Week, signer: PersonId) -> Result<(), Reason> {
    let people: HashMap<AccountId, PersonId> =
        tx.all_staff()?.into_iter().map(|row| (row.party.account, row.party.person)).collect();
    let person = |account: Option<AccountId>| account.and_then(|account| people.get(&account).copied());
    let verdicts = tx.reviews()?;
    let mut own_open = false;
    for row in tx.review_rows(week)? {
        let event = tx.event(row.seq)?.ok_or(Reason::LogBroken)?;
        let subject = person(account_of(event.actor, event.object));
        let decided = verdicts.get(&row.seq).is_some_and(|(verdict, _)| *verdict != Verdict::Later);
        // A second account of the same person is nobody else.
        let by_other = subject.is_none() || person(tx.reviewer(row.seq)?) != subject;
        match decided && by_other {
            true => {}
            false if subject == Some(signer) => own_open = true,
            false => return Err(Reason::ReviewUnfinished),
        }
    }
    if own_open { Err(Reason::OwnRowsOpen) } else { Ok(()) }
}
