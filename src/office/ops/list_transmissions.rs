//! What is on its way (送付箱).
use std::collections::HashMap;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListTransmissions as Permit};
use super::super::reason::Reason;
use super::super::sending::waiting::{
    check_waits_for, could_confirm, drills_seen_by, lacks_approval, needs_supervisor,
};
use super::super::store::drill::DrillRow;
use super::super::store::transmission::StateCode;
use super::super::store::{self, Tx};
use crate::domain::destination::Channel;
use crate::domain::ids::{AccountId, DestinationId, RecordId, TransmissionId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

const NEWEST: u32 = 300;
const UNANSWERED_MAX: u32 = 1000;

/// The newest transmissions.
#[derive(Clone, Copy, Debug)]
pub struct ListTransmissions;

#[derive(Clone, Debug)]
pub struct TransmissionLine {
    pub id: TransmissionId,
    pub number: u32,
    /// `None` for a test page.
    pub record: Option<RecordId>,
    pub state: StateCode,
    /// Somebody can have received it, wherever.
    pub may_have_left: bool,
    pub author: AccountId,
    pub author_number: String,
    pub second_number: Option<String>,
    pub submitted_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
    /// What is reported or stopped with it. It names nobody, and no screen shows it.
    pub to: DestinationId,
    /// Hidden from everybody but the author and those who confirm nothing while a blind check is outstanding: from the
    /// list nobody learns what to key.
    pub destination: Option<SentTo>,
    pub subject: Option<Personal<String>>,
    pub pages: Option<u32>,
    pub misses: u32,
    /// Two misses, and no supervisor has come yet.
    pub needs_supervisor: bool,
    /// A medium that no supervisor has let out of the house yet.
    pub needs_approval: bool,
    pub reason: Option<Reason>,
    /// The papers lie in front of somebody who sends them by hand.
    pub in_hand: bool,
    /// Who said that it is there.
    pub arrived_whom: Option<String>,
}

/// Where it goes.
#[derive(Clone, Debug)]
pub struct SentTo {
    pub code: String,
    pub organisation: String,
    pub channel: Channel,
    /// Whom to call.
    pub phone: String,
}

impl sealed::Sealed for ListTransmissions {}
impl Operation for ListTransmissions {
    type Needs = Permit;
    type Outcome = Vec<TransmissionLine>;
    const ACTION: Action = Action::ListTransmissions;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<TransmissionLine>>, Reason> {
        let numbers: HashMap<AccountId, String> =
            tx.all_staff()?.into_iter().map(|row| (row.party.account, row.number.to_string())).collect();
        let number = |account: AccountId| numbers.get(&account).cloned().unwrap_or_default();
        let me = permit.actor();
        let waits = check_waits_for(tx, me, desk.now)?;
        let mut lines = Vec::new();
        for (row, subject) in tx.transmissions(NEWEST, UNANSWERED_MAX)? {
            let is_blind_to = row.author != permit.account() && could_confirm(me);
            let blind = row.state == StateCode::Awaiting && is_blind_to;
            let needs_approval = row.state == StateCode::Awaiting && lacks_approval(tx, &row)?;
            let destination = if blind || waits && is_blind_to {
                None
            } else {
                tx.destination_version(row.destination, row.destination_version)?.map(|entry| SentTo {
                    channel: entry.address.channel(),
                    code: entry.code,
                    organisation: entry.organisation,
                    phone: entry.phone,
                })
            };
            lines.push(TransmissionLine {
                id: row.id,
                number: row.number,
                record: row.matter.record(),
                state: row.state,
                author: row.author,
                author_number: number(row.author),
                second_number: row.second.map(number),
                submitted_at: row.submitted_at,
                confirmed_at: row.confirmed_at,
                to: row.destination,
                may_have_left: row.may_have_left(),
                destination,
                subject: subject.filter(|_| !blind),
                pages: (!blind).then_some(row.pages),
                misses: row.misses,
                needs_approval,
                needs_supervisor: needs_supervisor(&row),
                in_hand: row.state == StateCode::Dispatching && row.handed_at.is_some(),
                arrived_whom: row.arrival.map(|arrival| arrival.whom),
                reason: row.receipt_reason.and_then(Reason::from_code),
            });
        }
        let drills = drills_seen_by(tx, me, desk.now)?;
        lines.extend(drills.into_iter().map(|drill| as_sending(&drill, number(drill.shown_author))));
        lines.sort_by_key(|line| std::cmp::Reverse(line.number));
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}

/// A drill looks like any other line that waits.
fn as_sending(drill: &DrillRow, author_number: String) -> TransmissionLine {
    TransmissionLine {
        id: drill.id,
        number: drill.number,
        record: Some(drill.record),
        state: StateCode::Awaiting,
        author: drill.shown_author,
        author_number,
        second_number: None,
        submitted_at: drill.planted_at,
        confirmed_at: None,
        to: drill.destination,
        may_have_left: false,
        destination: None,
        subject: None,
        pages: None,
        misses: 0,
        needs_supervisor: false,
        needs_approval: false,
        reason: None,
        in_hand: false,
        arrived_whom: None,
    }
}
