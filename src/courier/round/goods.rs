//! What must hold before anything is handed over, and the very bytes that were looked at.
use std::path::Path;

use zeroize::Zeroizing;

use super::super::carrier::{Carrier, Content, Handed, PACKAGE_MAX, Parcel, Sealed};
use super::super::files::{Unread, read_regular};
use super::super::identity::Identity;
use super::super::obstacle::{Obstacle, Refusal};
use super::{Known, Round};
use crate::domain::archive::is_sealed;
use crate::domain::destination::Address;
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::time::Timestamp;
use crate::order::{DispatchOrder, OrderRefusal, VerifiedOrder, names};

/// Every `age` file begins like this. Anything else is not encrypted and does not leave.
const AGE_HEADER: &[u8] = b"age-encryption.org/v1\n";

/// A refusal, or a disk that may do better next time.
pub(super) enum Stop {
    Refuse(Refusal),
    Defer(Option<Obstacle>),
}

impl From<OrderRefusal> for Stop {
    fn from(refusal: OrderRefusal) -> Self {
        Self::Refuse(Refusal::Order(refusal))
    }
}

impl From<Obstacle> for Stop {
    fn from(obstacle: Obstacle) -> Self {
        Self::Refuse(Refusal::Around(obstacle))
    }
}

/// A verified order with what it lets out, and the way it goes.
pub(super) struct Goods<'a> {
    order: VerifiedOrder,
    content: Unpacked,
    carrier: &'a dyn Carrier,
}

enum Unpacked {
    Age(Vec<u8>),
    Zip(Vec<u8>),
    Pages(Zeroizing<Vec<u8>>),
}

impl Goods<'_> {
    /// The only place where a parcel is made.
    pub(super) fn with_parcel(
        &self,
        at: Timestamp,
        give: impl FnOnce(&Parcel<'_>, &dyn Carrier) -> Handed,
    ) -> Handed {
        let content = match &self.content {
            Unpacked::Age(bytes) => Content::Sealed(Sealed::Age(bytes)),
            Unpacked::Zip(bytes) => Content::Sealed(Sealed::Zip(bytes)),
            Unpacked::Pages(bytes) => Content::Pages(bytes),
        };
        let (transmission, address) = (self.order.transmission(), self.order.address());
        give(&Parcel { transmission, address, content, at }, self.carrier)
    }
}

impl<'a> Round<'a> {
    pub(super) fn read(
        &self,
        path: &Path,
        id: TransmissionId,
        known: &mut Known,
    ) -> Result<DispatchOrder, Stop> {
        let limit = u64::try_from(DispatchOrder::MAX_BYTES).unwrap_or(u64::MAX);
        let bytes = read_regular(path, limit).map_err(|unread| match unread {
            Unread::NotRegular => Obstacle::NotAFile.into(),
            Unread::TooLarge => OrderRefusal::TooLarge.into(),
            Unread::Missing | Unread::Io(_) => Stop::Defer(None),
        })?;
        let order = DispatchOrder::parse(&bytes)?;
        if order.statement.transmission != id {
            return Err(Obstacle::OtherId.into());
        }
        known.statement = Some(order.statement.digest());
        known.carrier = Some(order.destination.address.channel());
        Ok(order)
    }

    /// Everything that must hold at the moment of sending; gives the very bytes that were looked at.
    pub(super) fn check(&self, order: DispatchOrder, known: &mut Known) -> Result<Goods<'a>, Stop> {
        known.is_signed = order.is_signed_by_two(self.roster);
        if self.ledger.contains(order.statement.digest()) {
            return Err(Obstacle::Replayed.into());
        }
        if self.stops.is_withdrawn(order.statement.transmission).map_err(|_| Stop::Defer(None))? {
            return Err(Obstacle::Withdrawn.into());
        }
        if self.stops.is_frozen(order.destination.id) {
            return Err(Obstacle::Frozen.into());
        }
        let supervisor = order.approval.as_ref().map(|approved| approved.approval.supervisor);
        let parties = [order.statement.submitter, order.confirmation.confirmer];
        if parties.into_iter().chain(supervisor).any(|account| self.stops.is_suspended(account)) {
            return Err(Obstacle::PartySuspended.into());
        }
        let package = self.read_package(order.statement.transmission)?;
        let artefact = Digest::of(&package);
        known.artefact = Some(artefact);
        let order = order.verify(self.roster, self.clock.now(), artefact)?;
        let content = self.unpack(&order, package)?;
        let carrier = self.config.carriers.of(order.address().channel()).ok_or(Obstacle::NoCarrier)?;
        Ok(Goods { order, content, carrier })
    }

    /// What leaves: the package as it is, or, where only paper leaves, the pages in it, which are the signed ones.
    fn unpack(&self, order: &VerifiedOrder, package: Vec<u8>) -> Result<Unpacked, Stop> {
        if package.starts_with(AGE_HEADER) {
            return match order.address() {
                Address::Folder(_) | Address::Mail(_) | Address::Media(_) => Ok(Unpacked::Age(package)),
                Address::Fax(_) | Address::ManualFax(_) => self.pages(order, &package),
            };
        }
        let may_be_archive = matches!(order.address(), Address::Mail(_) | Address::Media(_));
        if may_be_archive && is_sealed(&package) {
            return Ok(Unpacked::Zip(package));
        }
        Err(Obstacle::NotEncrypted.into())
    }

    /// The pages in a package for paper.
    fn pages(&self, order: &VerifiedOrder, package: &[u8]) -> Result<Unpacked, Stop> {
        let identity = Identity::load(&self.config.state_dir)
            .map_err(|_| Stop::Defer(Some(Obstacle::IdentityMissing)))?;
        let bytes = identity.open(package).ok_or(Obstacle::OtherPages)?;
        let [item] = order.manifest().items() else { return Err(Obstacle::OtherPages.into()) };
        if item.digest != Digest::of(&bytes) {
            return Err(Obstacle::OtherPages.into());
        }
        Ok(Unpacked::Pages(bytes))
    }

    fn read_package(&self, id: TransmissionId) -> Result<Vec<u8>, Stop> {
        read_regular(&self.path(id, names::PACKAGE), PACKAGE_MAX).map_err(|unread| match unread {
            Unread::Missing => Obstacle::PackageMissing.into(),
            Unread::NotRegular => Obstacle::NotAFile.into(),
            Unread::TooLarge => Obstacle::PackageTooLarge.into(),
            Unread::Io(_) => Stop::Defer(None),
        })
    }
}
