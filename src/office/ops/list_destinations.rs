//! The destination register (送り先台帳).
use chrono::NaiveDate;

use std::collections::HashMap;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListDestinations as Permit};
use super::super::reason::Reason;
pub use super::super::sending::likeness::NearMiss;
use super::super::sending::likeness::told;
pub use super::super::sending::status::DestinationStatus;
use super::super::sending::waiting::check_waits_for;
use super::super::store::destination::DestinationRow;
pub use super::super::store::use_of_destination::UseOfIt;
use super::super::store::{self, Tx};
use crate::domain::destination::{Channel, Protection};
use crate::domain::ids::{AccountId, DestinationId};
use crate::domain::institution::Band;
use crate::domain::time::Timestamp;

/// All entries, by register code. No address is among them: see [`super::ShowDestination`].
#[derive(Clone, Copy, Debug)]
pub struct ListDestinations {
    pub purpose: ListPurpose,
}

/// What the register is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListPurpose {
    /// To look after it. As long as something waits that this person could confirm, names are hidden too: a blind check
    /// beside its answers is none.
    Keep,
    /// To choose where something of one's own goes.
    Pick,
}

#[derive(Clone, Debug)]
pub struct DestinationLine {
    pub id: DestinationId,
    pub version: u32,
    pub code: String,
    /// Both empty while they are hidden.
    pub organisation: String,
    pub reading: String,
    pub channel: Channel,
    pub protection: Protection,
    pub institution: String,
    pub purposes: Vec<String>,
    pub contract_until: Option<NaiveDate>,
    pub bands: Vec<Band>,
    pub source: String,
    pub second_source: Option<String>,
    pub status: DestinationStatus,
    pub entered_by: AccountId,
    pub entered_by_name: String,
    pub confirmed_by_name: Option<String>,
    /// Who called and answered is hidden with the names; that there was a call is not.
    pub called: Option<CallLine>,
    /// Whom to ask for what arrived of the test page; empty before the second keying and after that call, and never
    /// where somebody only chooses: it may be the number of the fax as well.
    pub phone: String,
    pub valid_until: Option<Timestamp>,
    /// What could be meant instead.
    pub near: Vec<Near>,
    pub use_of_it: UseOfIt,
}

/// Who called, and who answered.
#[derive(Clone, Debug)]
pub struct CallLine {
    pub by_name: String,
    pub whom: String,
    pub at: Timestamp,
}

/// Another entry, and why it is easily taken for this one.
#[derive(Clone, Debug)]
pub struct Near {
    pub code: String,
    pub organisation: String,
    pub why: NearMiss,
}

impl sealed::Sealed for ListDestinations {}
impl Operation for ListDestinations {
    type Needs = Permit;
    type Outcome = Vec<DestinationLine>;
    const ACTION: Action = Action::ListDestinations;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<DestinationLine>>, Reason> {
        let rows = tx.destinations()?;
        let hidden = self.purpose == ListPurpose::Keep && check_waits_for(tx, permit.actor(), desk.now)?;
        let names: HashMap<AccountId, String> =
            tx.all_staff()?.into_iter().map(|row| (row.party.account, row.name)).collect();
        let around = Around { all: &rows, names, last_month: tx.last_number_of_last_month(desk.now)? };
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut line = line_of(tx, row, &around, desk)?;
            if self.purpose == ListPurpose::Pick {
                line.phone.clear();
            }
            if hidden {
                line.hide_names();
            }
            lines.push(line);
        }
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}

impl DestinationLine {
    fn hide_names(&mut self) {
        self.organisation.clear();
        self.reading.clear();
        self.institution.clear();
        self.near.clear();
        self.phone.clear();
        if let Some(call) = &mut self.called {
            call.by_name.clear();
            call.whom.clear();
        }
        self.use_of_it = UseOfIt::default();
    }
}

/// What every line is made with: read once, however many there are.
struct Around<'a> {
    all: &'a [DestinationRow],
    names: HashMap<AccountId, String>,
    last_month: u32,
}

fn line_of(
    tx: &Tx<'_>,
    row: &DestinationRow,
    around: &Around<'_>,
    desk: &Desk<'_>,
) -> Result<DestinationLine, Reason> {
    let name = |account: AccountId| around.names.get(&account).cloned().unwrap_or_default();
    let called = row.call.as_ref().map(|call| CallLine {
        by_name: name(call.by),
        whom: call.whom.clone(),
        at: call.at,
    });
    let near = around.all.iter().filter_map(|other| {
        let why = told(row, other, desk.account)?;
        Some(Near { code: other.code.clone(), organisation: other.organisation.clone(), why })
    });
    let mut near: Vec<Near> = near.collect();
    near.sort_by_key(|near| near.why);
    let status = DestinationStatus::of(row, desk.now);
    // One that is dialled for both would be the answer to a blind check.
    let to_be_called = status == DestinationStatus::Untested && row.phone != row.address.as_str();
    Ok(DestinationLine {
        id: row.id,
        version: row.version,
        code: row.code.clone(),
        organisation: row.organisation.clone(),
        reading: row.reading.clone(),
        channel: row.address.channel(),
        protection: row.protection,
        institution: row.institution.clone(),
        purposes: row.purposes.clone(),
        contract_until: row.contract_until,
        bands: row.bands.clone(),
        source: row.source.clone(),
        second_source: row.confirmation.as_ref().and_then(|second| second.source.clone()),
        status,
        entered_by: row.entered_by,
        entered_by_name: name(row.entered_by),
        confirmed_by_name: row.confirmation.as_ref().map(|second| name(second.by)),
        called,
        phone: if to_be_called { row.phone.clone() } else { String::new() },
        valid_until: row.valid_until,
        near,
        use_of_it: tx.use_of_destination(row.id, around.last_month)?,
    })
}
