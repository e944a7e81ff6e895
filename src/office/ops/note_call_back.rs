//! Somebody at a new destination read out what arrived there: from now on it may be used.
use chrono::{Days, NaiveDate};

use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, NoteCallBack as Permit};
use super::super::reason::Reason;
use super::super::sending::read_out::{check_whom, same_control};
use super::super::store::destination::{CallBack, DestinationRow};
use super::super::store::transmission::{Arrival, StateCode};
use super::super::store::{self, Tx};
use crate::domain::ids::DestinationId;
use crate::domain::time::Timestamp;

/// A register entry is verified again at least once a year.
const VALID_S: i64 = 365 * 24 * 3600;

/// Records the call after the test page.
#[derive(Clone, Debug)]
pub struct NoteCallBack {
    pub id: DestinationId,
    /// The number on the page, as it was read out at the other end.
    pub control: String,
    /// Who answered there.
    pub whom: String,
}

impl sealed::Sealed for NoteCallBack {}
impl Operation for NoteCallBack {
    type Needs = Permit;
    type Outcome = Timestamp;
    const ACTION: Action = Action::NoteCallBack;
    const CLOCK: WallClock = WallClock::Trusted;

    fn target(&self) -> DestinationId {
        self.id
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.destination(self.id)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Timestamp>, Reason> {
        let row = tx.destination(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if row.frozen_at.is_some() {
            return Err(Reason::DestinationFrozen);
        }
        if row.confirmation.is_none() || row.call.is_some() {
            return Err(Reason::OutOfOrder);
        }
        let page = tx.test_page(row.id, row.version)?.ok_or(Reason::NoTestPage)?;
        if !matches!(page.state, StateCode::Sent | StateCode::Acknowledged) {
            return Err(Reason::NoTestPage);
        }
        if !same_control(&self.control, &page.control) {
            return Err(Reason::ControlDiffers);
        }
        let whom = check_whom(&self.whom)?;
        let until = valid_until(&row, desk.now);
        if page.state == StateCode::Sent {
            // The page was read out: it has arrived, and nobody has to ask a second time.
            let arrival = Arrival { by: permit.account(), at: desk.now, whom: whom.clone() };
            tx.move_transmission(page.id, StateCode::Sent, StateCode::Acknowledged, None, desk.now)?;
            tx.note_arrival(page.id, &arrival)?;
        }
        let call = CallBack { by: permit.account(), at: desk.now, whom };
        tx.note_call_back(row.id, row.version, &call, until)?;
        Ok(Acted::done(until)
            .with_ref(RefKey::Version, &row.version.to_be_bytes())
            .with_ref(RefKey::Transmission, page.id.as_bytes()))
    }
}

/// One year from now, or the end of the contract where that is sooner.
pub(super) fn valid_until(row: &DestinationRow, now: Timestamp) -> Timestamp {
    let year = now.plus_seconds(VALID_S);
    let contract = row.contract_until.and_then(end_of);
    contract.map_or(year, |contract| contract.min(year))
}

fn end_of(day: NaiveDate) -> Option<Timestamp> {
    let next = day.checked_add_days(Days::new(1))?.and_hms_opt(0, 0, 0)?;
    Some(Timestamp::from_japan(next).plus_seconds(-1))
}
