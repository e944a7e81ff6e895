//! What the fax machine printed after somebody had dialled by hand (通信結果レポート).
use unicode_normalization::UnicodeNormalization as _;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, FollowTransmission};
use super::super::reason::Reason;
use super::super::store::transmission::StateCode;
use super::super::store::{self, Tx};
use crate::domain::ids::TransmissionId;
use crate::japanese::destination::parse;
use crate::order::Report;

/// Keyed from the report of the machine, not from the cover: what was dialled is what counts.
#[derive(Clone, Debug)]
pub struct NoteManualFax {
    pub transmission: TransmissionId,
    pub report: MachineReport,
}

#[derive(Clone, Debug)]
pub enum MachineReport {
    /// The number that the machine says it dialled, whatever it is, and the pages that it says have arrived.
    Sent { number: String, pages: String },
    /// Busy, no answer, cut off: nothing arrived.
    NotSent,
}

impl sealed::Sealed for NoteManualFax {}
impl Operation for NoteManualFax {
    type Needs = FollowTransmission;
    /// Where it stands now.
    type Outcome = StateCode;
    const ACTION: Action = Action::NoteManualFax;

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
    ) -> Result<Acted<StateCode>, Reason> {
        let row = tx.transmission(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if row.state != StateCode::Dispatching || row.handed_at.is_none() {
            return Err(Reason::OutOfOrder);
        }
        let entry =
            tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
        let (next, reason) = match &self.report {
            MachineReport::NotSent => (StateCode::Failed, Some(Reason::CarrierFailed)),
            MachineReport::Sent { number, pages } => {
                if !number.nfkc().any(|c| c.is_ascii_digit()) {
                    return Err(Reason::DialledNumberMissing);
                }
                let dialled = parse(entry.address.channel(), number);
                let pages = pages_of(pages).ok_or(Reason::PageCountWrong)?;
                let report = Report { remote: None, pages: Some(pages), duration_s: None };
                tx.note_report(row.id, &report)?;
                if !dialled.is_some_and(|dialled| dialled.matches(&entry.address)) {
                    // It has left, and not to where two people wanted it: also by a number that no fax can have.
                    (StateCode::Uncertain, Some(Reason::OtherNumberDialled))
                } else if pages != row.pages {
                    (StateCode::Uncertain, Some(Reason::OtherPageCount))
                } else {
                    (StateCode::Sent, None)
                }
            }
        };
        tx.move_transmission(row.id, StateCode::Dispatching, next, reason.map(Reason::code), desk.now)?;
        let acted = Acted::done(next).with_ref(RefKey::Destination, entry.id.as_bytes());
        Ok(match reason {
            Some(reason) if next == StateCode::Uncertain => acted.but_failed(reason),
            _ => acted,
        })
    }
}

fn pages_of(typed: &str) -> Option<u32> {
    let digits: String = typed.nfkc().filter(|c| !c.is_whitespace()).collect();
    digits.parse().ok().filter(|pages| *pages > 0)
}
