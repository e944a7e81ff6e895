//! Prepare a test page to a new destination: it says nothing about anybody and goes the way of everything else.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, PrepareTestPage as Permit};
use super::super::reason::Reason;
use super::super::sending::papers;
use super::super::sending::status::DestinationStatus;
use super::super::store::transmission::Matter;
use super::super::store::{self, Tx};
use super::prepare_transmission::Frozen;
use crate::domain::ids::{DestinationId, TransmissionId};
use crate::domain::sensitive::Personal;

/// A second person confirms it blind like any other sending, so that the way is tried and not only the number.
#[derive(Clone, Copy, Debug)]
pub struct PrepareTestPage {
    pub destination: DestinationId,
}

#[derive(Clone, Debug)]
pub struct PreparedTestPage {
    pub transmission: TransmissionId,
    pub number: u32,
    pub pages: u32,
    /// The page as it will arrive; of the address only the shape is in it.
    pub document: Personal<String>,
}

impl sealed::Sealed for PrepareTestPage {}
impl Operation for PrepareTestPage {
    type Needs = Permit;
    type Outcome = PreparedTestPage;
    const ACTION: Action = Action::PrepareTestPage;

    fn target(&self) -> DestinationId {
        self.destination
    }
    fn facts(&self, tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(tx.destination(self.destination)?.map(|_| ()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<PreparedTestPage>, Reason> {
        let entry = tx.destination(permit.target())?.ok_or(Reason::NoSuchThing)?;
        match DestinationStatus::of(&entry, desk.now) {
            DestinationStatus::Untested => {}
            DestinationStatus::Usable | DestinationStatus::Expiring | DestinationStatus::Expired => {
                return Err(Reason::OutOfOrder);
            }
            other => other.check_usable()?,
        }
        if tx.test_page(entry.id, entry.version)?.is_some_and(|page| page.state.is_open()) {
            return Err(Reason::InTransmission);
        }
        let frozen = Frozen::new(Matter::TestPage, &entry, None, desk);
        let letter = papers::letter(tx, &entry, (String::new(), &frozen.control), permit.account(), desk)?;
        let papers = papers::test_page(tx, (&entry, &letter), desk)?;
        let (row, acted) = frozen.submit(tx, &papers, permit.account(), desk)?;
        let prepared = PreparedTestPage {
            transmission: row.id,
            number: row.number,
            pages: row.pages,
            document: papers.preview,
        };
        Ok(acted(prepared).with_ref(RefKey::Version, &entry.version.to_be_bytes()))
    }
}
