//! Plant a drill: a sending that is wrong on purpose waits among the others for its second person.
use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, PlantDrill as Permit};
use super::super::reason::Reason;
use super::super::sending::person::person_of;
use super::super::sending::status::DestinationStatus;
use super::super::store::drill::{DrillRow, Flaw};
use super::super::store::record::RecordRow;
use super::super::store::{self, Tx};
use crate::domain::destination::Address;
use chrono::Datelike as _;

use crate::domain::ids::TransmissionId;

const PAGES_MAX: u32 = 99;

/// The second person gets the right papers on the desk; what the program holds is made wrong here.
#[derive(Clone, Debug)]
pub struct PlantDrill {
    /// This year's reception number of the papers that will lie on the desk.
    pub record: u32,
    /// The code of the entry whose number the second person will look up.
    pub destination: String,
    pub flaw: PlantedFlaw,
    /// The sheets that will lie on the desk.
    pub pages: u32,
}

/// What is made wrong.
#[derive(Clone, Copy, Debug)]
pub enum PlantedFlaw {
    /// One digit or letter of the address.
    Address,
    /// The paper would have been this other record's.
    Person(u32),
}

#[derive(Clone, Copy, Debug)]
pub struct Planted {
    pub id: TransmissionId,
    pub number: u32,
}

impl sealed::Sealed for PlantDrill {}
impl Operation for PlantDrill {
    type Needs = Permit;
    type Outcome = Planted;
    const ACTION: Action = Action::PlantDrill;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Planted>, Reason> {
        let record = numbered(tx, self.record, desk)?;
        let version = tx.version(record.id, record.version)?.ok_or(Reason::NotRegistered)?;
        let entry = tx.destination_by_code(&self.destination)?.ok_or(Reason::NoSuchThing)?;
        DestinationStatus::of(&entry, desk.now).check_usable()?;
        if !(1..=PAGES_MAX).contains(&self.pages) {
            return Err(Reason::PageCountWrong);
        }
        let (flaw, address, whose) = match self.flaw {
            PlantedFlaw::Address => {
                let wrong = one_off(&entry.address, desk).ok_or(Reason::Impossible)?;
                (Flaw::Address, wrong, record.id)
            }
            PlantedFlaw::Person(other) => {
                (Flaw::Person, entry.address.clone(), numbered(tx, other, desk)?.id)
            }
        };
        let person = person_of(tx, record.id, whose)?;
        if flaw == Flaw::Person && person.expose() == person_of(tx, record.id, record.id)?.expose() {
            return Err(Reason::NoFlaw);
        }
        let row = DrillRow {
            id: TransmissionId::make(desk.now, desk.entropy),
            number: tx.next_transmission_number()?,
            record: record.id,
            record_version: version.version,
            destination: entry.id,
            destination_version: entry.version,
            flaw,
            address,
            person,
            pages: self.pages,
            // Whoever entered the record: a name that is seen there every day.
            shown_author: version.editor,
            planted_by: permit.account(),
            planted_at: desk.now,
            result: None,
            second: None,
            ended_at: None,
        };
        tx.insert_drill(&row)?;
        Ok(Acted::done(Planted { id: row.id, number: row.number })
            .about(ObjectKind::Drill, *row.id.as_bytes())
            .with_ref(RefKey::Record, record.id.as_bytes())
            .with_ref(RefKey::Destination, entry.id.as_bytes()))
    }
}

fn numbered(tx: &Tx<'_>, number: u32, desk: &Desk<'_>) -> Result<RecordRow, Reason> {
    tx.record_by_number(desk.now.date_in_japan().year(), number)?.ok_or(Reason::NoSuchThing)
}

/// The same address with one of its last digits another one, as a slip of the finger makes it.
fn one_off(address: &Address, desk: &mut Desk<'_>) -> Option<Address> {
    let mut text = address.as_str().as_bytes().to_vec();
    let digits: Vec<usize> =
        text.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
    let [pick, add]: [u8; 2] = desk.entropy.bytes();
    // The end of a number is where slips are not noticed; a mail address without a digit gets another first letter.
    let late: Vec<usize> = digits.iter().rev().take(4).copied().collect();
    match late.get(usize::from(pick) % late.len().max(1)) {
        Some(at) => {
            let digit = text.get_mut(*at)?;
            *digit = b'0' + (*digit - b'0' + 1 + add % 9) % 10;
        }
        None => {
            let first = text.get_mut(0)?;
            *first = if *first == b'z' { b'a' } else { b'z' };
        }
    }
    Address::from_canonical(address.channel(), std::str::from_utf8(&text).ok()?)
}
