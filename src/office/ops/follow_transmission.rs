//! What became of a transmission: receipts of the courier, arrival, doubtful cases.
use super::super::audit::{Action, RefKey};
use super::super::outbox::{self, Answer, Whereabouts};
use super::super::perform::{Acted, AfterCommit, Desk, Operation, sealed};
use super::super::policy::{Authorized, FollowTransmission, ListTransmissions};
use super::super::reason::Reason;
use super::super::sending::read_out::{check_whom, same_control};
use super::super::store::transmission::{Arrival, StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use crate::domain::destination::Address;
use crate::domain::ids::TransmissionId;
use crate::order::{self, Receipt, Statement};

/// Takes over what the courier has reported since the last time, and ends what waited for a second person in vain. Gives
/// the number of transmissions that moved.
#[derive(Clone, Copy, Debug)]
pub struct TakeReceipts;

impl sealed::Sealed for TakeReceipts {}
impl Operation for TakeReceipts {
    type Needs = ListTransmissions;
    type Outcome = u32;
    const ACTION: Action = Action::TakeReceipt;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, ListTransmissions>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<u32>, Reason> {
        let mut moved = end_yesterdays(tx, desk)?;
        for state in [StateCode::Queued, StateCode::Dispatching] {
            for row in tx.transmissions_in(state)? {
                if take(tx, &row, desk)? {
                    moved += 1;
                }
            }
        }
        Ok(Acted::done(moved).with_ref(RefKey::Rows, &moved.to_be_bytes()).then(AfterCommit::EmitMissing))
    }
}

/// An agreement is made on the day of the submission: what still waits from another day is given back to its sender.
fn end_yesterdays(tx: &mut Tx<'_>, desk: &Desk<'_>) -> Result<u32, Reason> {
    let today = desk.now.date_in_japan();
    let mut ended = 0;
    for row in tx.transmissions_in(StateCode::Awaiting)? {
        if row.submitted_at.date_in_japan() < today {
            let why = Some(Reason::AgreementExpired.code());
            tx.move_transmission(row.id, StateCode::Awaiting, StateCode::Withdrawn, why, desk.now)?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Takes the courier's answer to one transmission; false when there is no news.
fn take(tx: &mut Tx<'_>, row: &TransmissionRow, desk: &Desk<'_>) -> Result<bool, Reason> {
    let (next, reason) = match outbox::read_answer(desk.house, row.id) {
        Answer::Receipt(receipt) => {
            tx.note_receipt(&receipt)?;
            if receipt.outcome == order::Outcome::ToAPerson {
                return hand_to_a_person(tx, row, desk);
            }
            outcome_of(&receipt, row, tx)?
        }
        Answer::Unreadable => (StateCode::Uncertain, Some(Reason::OutcomeUnknown)),
        Answer::None => match (row.state, outbox::whereabouts(desk.house, row.id)) {
            (StateCode::Queued, Whereabouts::Claimed) => (StateCode::Dispatching, None),
            // The relay did not answer, and the courier has put the order back: it may be withdrawn again.
            (StateCode::Dispatching, Whereabouts::Waiting) if row.handed_at.is_none() => {
                (StateCode::Queued, None)
            }
            _ => return Ok(false),
        },
    };
    let moved = tx.move_transmission(row.id, row.state, next, reason.map(Reason::code), desk.now)?;
    if matches!(next, StateCode::Sent | StateCode::Failed) {
        // What is left lying harms nobody: a package without an order is not sent.
        let _ = outbox::tidy(desk.house, row.id);
    }
    Ok(moved)
}

/// The papers were put out: it is under way until somebody keys in what the machine says.
fn hand_to_a_person(tx: &mut Tx<'_>, row: &TransmissionRow, desk: &Desk<'_>) -> Result<bool, Reason> {
    if row.handed_at.is_some() {
        return Ok(false);
    }
    tx.note_handed(row.id, desk.now)?;
    if row.state == StateCode::Queued {
        tx.move_transmission(row.id, StateCode::Queued, StateCode::Dispatching, None, desk.now)?;
    }
    let _ = outbox::tidy(desk.house, row.id);
    Ok(true)
}

/// A receipt for other bytes than the confirmed ones, from another machine, or for another number of pages, is a matter
/// for people.
fn outcome_of(
    receipt: &Receipt,
    row: &TransmissionRow,
    tx: &Tx<'_>,
) -> Result<(StateCode, Option<Reason>), Reason> {
    let sealed = Statement::parse(&row.statement).map(|statement| statement.artefact);
    let entry =
        tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    let other_machine = match &entry.address {
        Address::Fax(number) => {
            receipt.report.remote.as_ref().and_then(|remote| remote.may_be(number.as_str())) == Some(false)
        }
        _ => false,
    };
    Ok(match &receipt.outcome {
        order::Outcome::Sent if sealed.is_none() || sealed != receipt.artefact => {
            (StateCode::Uncertain, Some(Reason::ArtefactAltered))
        }
        order::Outcome::Sent if other_machine => (StateCode::Uncertain, Some(Reason::OtherMachine)),
        order::Outcome::Sent if receipt.report.pages.is_some_and(|pages| pages != row.pages) => {
            (StateCode::Uncertain, Some(Reason::OtherPageCount))
        }
        order::Outcome::Sent => (StateCode::Sent, None),
        order::Outcome::Failed(_) => (StateCode::Failed, Some(Reason::CarrierFailed)),
        order::Outcome::Refused(_) => (StateCode::Failed, Some(Reason::CourierRefused)),
        order::Outcome::Uncertain | order::Outcome::ToAPerson => {
            (StateCode::Uncertain, Some(Reason::OutcomeUnknown))
        }
    })
}

/// Records that somebody at the other end has read out the number on the papers: they are there, and there is right.
#[derive(Clone, Debug)]
pub struct AcknowledgeArrival {
    pub transmission: TransmissionId,
    /// The number on the papers, as it was read out.
    pub control: String,
    /// Who answered.
    pub whom: String,
}

impl sealed::Sealed for AcknowledgeArrival {}
impl Operation for AcknowledgeArrival {
    type Needs = FollowTransmission;
    type Outcome = ();
    const ACTION: Action = Action::AcknowledgeArrival;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.transmission(self.transmission)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, FollowTransmission>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let row = tx.transmission(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if row.state != StateCode::Sent {
            return Err(Reason::OutOfOrder);
        }
        if !same_control(&self.control, &row.control) {
            return Err(Reason::ControlDiffers);
        }
        let whom = check_whom(&self.whom)?;
        tx.note_arrival(row.id, &Arrival { by: permit.account(), at: desk.now, whom })?;
        if !tx.move_transmission(row.id, StateCode::Sent, StateCode::Acknowledged, None, desk.now)? {
            return Err(Reason::OutOfOrder);
        }
        Ok(Acted::done(()))
    }
}

/// What the transport's own log says about a doubtful case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconcile {
    Sent,
    NotSent,
}

/// Settles a doubtful case after a person has looked at the transport's own log. Nothing is sent again by this.
#[derive(Clone, Copy, Debug)]
pub struct ReconcileTransmission {
    pub transmission: TransmissionId,
    pub found: Reconcile,
}

impl sealed::Sealed for ReconcileTransmission {}
impl Operation for ReconcileTransmission {
    type Needs = FollowTransmission;
    type Outcome = ();
    const ACTION: Action = Action::ReconcileTransmission;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.transmission(self.transmission)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, FollowTransmission>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<()>, Reason> {
        let next = match self.found {
            Reconcile::Sent => StateCode::Sent,
            Reconcile::NotSent => StateCode::Failed,
        };
        if !tx.move_transmission(permit.target(), StateCode::Uncertain, next, None, desk.now)? {
            return Err(Reason::OutOfOrder);
        }
        Ok(Acted::done(()))
    }
}
