//! What became of a transmission: receipts of the courier, arrival, doubtful cases.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::outbox::{self, Answer};
use super::super::perform::{Acted, AfterCommit, Desk, Operation, sealed};
use super::super::policy::{Authorized, FollowTransmission, ListTransmissions};
use super::super::reason::Reason;
use super::super::store::transmission::{StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use crate::domain::ids::TransmissionId;
use crate::order::{self, Receipt, Statement};

/// Takes over what the courier has reported since the last time. Gives the number of transmissions that moved.
#[derive(Clone, Copy, Debug)]
pub struct TakeReceipts;

impl sealed::Sealed for TakeReceipts {}
impl Operation for TakeReceipts {
    type Needs = ListTransmissions;
    type Outcome = u32;
    const ACTION: Action = Action::TakeReceipt;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Nothing, [0; 16])
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, ListTransmissions>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<u32>, Reason> {
        let mut moved = 0u32;
        for state in [StateCode::Queued, StateCode::Dispatching] {
            for row in tx.transmissions_in(state)? {
                let (next, reason) = match outbox::read_answer(desk.house, row.id) {
                    Answer::Receipt(receipt) => outcome_of(&receipt, &row),
                    Answer::Unreadable => (StateCode::Uncertain, Some(Reason::OutcomeUnknown)),
                    Answer::None if state == StateCode::Queued && outbox::is_claimed(desk.house, row.id) => {
                        (StateCode::Dispatching, None)
                    }
                    Answer::None => continue,
                };
                if tx.move_transmission(row.id, state, next, reason.map(Reason::code), desk.now)? {
                    moved += 1;
                }
                if matches!(next, StateCode::Sent | StateCode::Failed) {
                    // What is left lying harms nobody: a package without an order is not sent.
                    let _ = outbox::tidy(desk.house, row.id);
                }
            }
        }
        Ok(Acted::done(moved).with_ref(RefKey::Rows, &moved.to_be_bytes()).then(AfterCommit::EmitMissing))
    }
}

/// A receipt for other bytes than the confirmed ones is a matter for people.
fn outcome_of(receipt: &Receipt, row: &TransmissionRow) -> (StateCode, Option<Reason>) {
    let sealed = Statement::parse(&row.statement).map(|statement| statement.artefact);
    match &receipt.outcome {
        order::Outcome::Sent if sealed.is_none() || sealed != receipt.artefact => {
            (StateCode::Uncertain, Some(Reason::ArtefactAltered))
        }
        order::Outcome::Sent => (StateCode::Sent, None),
        order::Outcome::Failed(_) => (StateCode::Failed, Some(Reason::CarrierFailed)),
        order::Outcome::Refused(_) => (StateCode::Failed, Some(Reason::CourierRefused)),
        order::Outcome::Uncertain => (StateCode::Uncertain, Some(Reason::OutcomeUnknown)),
    }
}

/// Records that the recipient has confirmed the arrival.
#[derive(Clone, Copy, Debug)]
pub struct AcknowledgeArrival {
    pub transmission: TransmissionId,
}

impl sealed::Sealed for AcknowledgeArrival {}
impl Operation for AcknowledgeArrival {
    type Needs = FollowTransmission;
    type Outcome = ();
    const ACTION: Action = Action::AcknowledgeArrival;

    fn target(&self) -> TransmissionId {
        self.transmission
    }
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Transmission, *self.transmission.as_bytes())
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
        if !tx.move_transmission(permit.target(), StateCode::Sent, StateCode::Acknowledged, None, desk.now)? {
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
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Transmission, *self.transmission.as_bytes())
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
