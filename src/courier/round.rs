//! One round: every leftover claim, then every order.
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::archive::is_sealed;
use crate::domain::destination::{Address, Channel};
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::time::{Clock, Timestamp};
use crate::order::{
    DispatchOrder, FrozenList, OrderRefusal, Outcome, ReasonCode, Receipt, Report, Roster, RosterChain,
    RosterLimits, SuspendedList, VerifiedOrder, names,
};
use crate::os::files::{self as os_files, Lock};
use zeroize::Zeroizing;

use super::carrier::{Carrier, Content, Handed, PACKAGE_MAX, Parcel, Sealed, Standing};
use super::files::{Unread, exists, read_regular};
use super::identity::Identity;
use super::ledger::Ledger;
use super::obstacle::{Obstacle, Refusal};
use super::trust::Trust;
use super::{Answer, CourierConfig, CourierError, Delivery, Place};

/// Every `age` file begins like this. Anything else is not encrypted and does not leave.
const AGE_HEADER: &[u8] = b"age-encryption.org/v1\n";

/// Held in the courier's own directory while a round is made.
const LOCK: &str = "lock";

/// Between two durable steps; tests pull the plug there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Verified,
    Claimed,
    Delivered,
    Receipted,
    Recorded,
}

pub type Probe<'a> = &'a mut dyn FnMut(Point) -> Result<(), CourierError>;

/// A refusal, or a disk that may do better next time.
enum Stop {
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

/// What is known about an order by the time it is answered.
#[derive(Clone, Default)]
struct Known {
    statement: Option<Digest>,
    carrier: Option<Channel>,
    artefact: Option<Digest>,
    report: Report,
}

/// A verified order with what it lets out, and the way it goes.
struct Goods<'a> {
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
    fn with_parcel(&self, at: Timestamp, give: impl FnOnce(&Parcel<'_>, &dyn Carrier) -> Handed) -> Handed {
        let content = match &self.content {
            Unpacked::Age(bytes) => Content::Sealed(Sealed::Age(bytes)),
            Unpacked::Zip(bytes) => Content::Sealed(Sealed::Zip(bytes)),
            Unpacked::Pages(bytes) => Content::Pages(bytes),
        };
        let (transmission, address) = (self.order.transmission(), self.order.address());
        give(&Parcel { transmission, address, content, at }, self.carrier)
    }
}

pub fn run(
    config: &CourierConfig,
    clock: &dyn Clock,
    probe: Probe<'_>,
) -> Result<Vec<Delivery>, CourierError> {
    // One round at a time; the outbox itself is locked for each order by itself, so that the office never waits for a
    // whole round.
    let _round = Lock::exclusive(&config.state_dir.join(LOCK)).map_err(CourierError::io(Place::State))?;
    let trust = Trust::load(&config.state_dir)?;
    let chain = read_chain(&config.roster)?;
    trust.advance(&chain, &config.state_dir)?;
    config.carriers.check()?;
    let mut round = Round {
        config,
        clock,
        roster: chain.latest(),
        frozen: FrozenList::default(),
        suspended: SuspendedList::default(),
        ledger: Ledger::open(&config.state_dir)?,
        probe,
    };
    let mut deliveries = Vec::new();
    // Also when nothing lies there: lists that cannot be read are a trouble of the round.
    round.read_lists()?;
    for id in list(&config.outbox, names::CLAIMED)? {
        let lock = round.lock_for_one()?;
        let answer = round.resume(id, lock)?;
        deliveries.push(Delivery { transmission: id, answer, resumed: true });
    }
    for id in list(&config.outbox, names::ORDER)? {
        let lock = round.lock_for_one()?;
        if !exists(&round.path(id, names::ORDER)).map_err(CourierError::io(Place::Outbox))? {
            // Withdrawn since it was listed.
            continue;
        }
        let answer = round.carry_out(id, lock)?;
        deliveries.push(Delivery { transmission: id, answer, resumed: false });
    }
    Ok(deliveries)
}

struct Round<'a> {
    config: &'a CourierConfig,
    clock: &'a dyn Clock,
    roster: &'a Roster,
    frozen: FrozenList,
    suspended: SuspendedList,
    ledger: Ledger,
    probe: Probe<'a>,
}

impl<'a> Round<'a> {
    /// The outbox, for one order, and what was stopped up to now.
    fn lock_for_one(&mut self) -> Result<Lock, CourierError> {
        let lock = Lock::exclusive(&self.config.outbox.join(names::LOCK));
        let lock = lock.map_err(CourierError::io(Place::Outbox))?;
        self.read_lists()?;
        Ok(lock)
    }

    fn read_lists(&mut self) -> Result<(), CourierError> {
        self.frozen = read_frozen(&self.config.outbox)?;
        self.suspended = read_suspended(&self.config.outbox)?;
        Ok(())
    }

    fn carry_out(&mut self, id: TransmissionId, lock: Lock) -> Result<Answer, CourierError> {
        let order_path = self.path(id, names::ORDER);
        let mut known = Known::default();
        if self.is_answered(id)? {
            // Interrupted while refusing it, or somebody put it back: its first answer stands.
            if let Ok(order) = self.read(&order_path, id, &mut known) {
                self.ledger.append(order.statement.digest())?;
            }
            self.rename(&order_path, id, names::REFUSED)?;
            return Ok(Answer::AlreadyAnswered);
        }
        let checked = self.read(&order_path, id, &mut known).and_then(|order| self.check(order, &mut known));
        let goods = match checked {
            Ok(goods) => goods,
            Err(Stop::Defer(why)) => return Ok(Answer::Deferred(why)),
            Err(Stop::Refuse(refusal)) => return self.answer(id, names::ORDER, refused(refusal), known),
        };
        (self.probe)(Point::Verified)?;
        self.rename(&order_path, id, names::CLAIMED)?;
        (self.probe)(Point::Claimed)?;
        // What is claimed is the dispatcher's alone; a slow relay must not keep the office from its outbox.
        drop(lock);
        match goods.with_parcel(self.clock.now(), |parcel, carrier| carrier.hand_over(parcel)) {
            Handed::NotNow(obstacle) => {
                // Nothing has left: it is an order again, which may be withdrawn.
                self.rename(&self.path(id, names::CLAIMED), id, names::ORDER)?;
                Ok(Answer::Deferred(Some(obstacle)))
            }
            handed => self.settle(id, handed, known),
        }
    }

    /// A claim without an end: it may have been handed over or not, or the carrier works on it.
    fn resume(&mut self, id: TransmissionId, lock: Lock) -> Result<Answer, CourierError> {
        let claimed_path = self.path(id, names::CLAIMED);
        let mut known = Known::default();
        let order = match self.read(&claimed_path, id, &mut known) {
            Ok(order) => Some(order),
            Err(Stop::Defer(why)) => return Ok(Answer::Deferred(why)),
            Err(Stop::Refuse(_)) => None,
        };
        if self.is_answered(id)? {
            return self.finish(id, order.map(|order| order.statement.digest()));
        }
        let Some(order) = order else {
            return self.answer(id, names::CLAIMED, Outcome::Uncertain, known);
        };
        let (address, artefact) = (order.destination.address.clone(), order.statement.artefact);
        match self.check(order, &mut known) {
            Ok(goods) => {
                drop(lock);
                let handed = goods.with_parcel(self.clock.now(), |parcel, carrier| carrier.follow_up(parcel));
                self.settle(id, handed, known)
            }
            Err(Stop::Defer(why)) => Ok(Answer::Deferred(why)),
            // It may not be sent any more. Some carriers can say whether it was; else a person finds out.
            Err(Stop::Refuse(_)) => {
                drop(lock);
                let carrier = self.config.carriers.of(address.channel());
                let outcome = match carrier.map(|carrier| carrier.standing(&address, id, artefact)) {
                    Some(Standing::UnderWay) => return Ok(Answer::UnderWay),
                    Some(Standing::Delivered) => Outcome::Sent,
                    Some(Standing::Unknown) | None => Outcome::Uncertain,
                };
                self.answer(id, names::CLAIMED, outcome, known)
            }
        }
    }

    /// Writes down what a carrier said of a claimed order.
    fn settle(
        &mut self,
        id: TransmissionId,
        handed: Handed,
        mut known: Known,
    ) -> Result<Answer, CourierError> {
        let (outcome, report) = match handed {
            Handed::UnderWay => return Ok(Answer::UnderWay),
            Handed::NotNow(obstacle) => return Ok(Answer::Deferred(Some(obstacle))),
            Handed::Sent(report) => (Outcome::Sent, report),
            Handed::ToAPerson => (Outcome::ToAPerson, Report::default()),
            Handed::Refused(obstacle) => (failed(obstacle), Report::default()),
            Handed::Unclear => (Outcome::Uncertain, Report::default()),
        };
        (self.probe)(Point::Delivered)?;
        known.report = report;
        self.answer(id, names::CLAIMED, outcome, known)
    }

    fn read(&self, path: &Path, id: TransmissionId, known: &mut Known) -> Result<DispatchOrder, Stop> {
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
    fn check(&self, order: DispatchOrder, known: &mut Known) -> Result<Goods<'a>, Stop> {
        if self.ledger.contains(order.statement.digest()) {
            return Err(Obstacle::Replayed.into());
        }
        if self.frozen.contains(order.destination.id) {
            return Err(Obstacle::Frozen.into());
        }
        let parties = [order.statement.submitter, order.confirmation.confirmer];
        if parties.into_iter().any(|account| self.suspended.contains(account)) {
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

    /// Receipt, ledger, and the order out of the way; durable in this order.
    fn answer(
        &mut self,
        id: TransmissionId,
        lies_as: &str,
        outcome: Outcome,
        known: Known,
    ) -> Result<Answer, CourierError> {
        let Known { statement, carrier, artefact, report } = known;
        let done_with = is_done_with(&outcome);
        let at = self.clock.now();
        let receipt =
            Receipt { transmission: id, outcome: outcome.clone(), at, carrier, statement, artefact, report };
        let path = self.path(id, names::RECEIPT);
        os_files::write_atomically(&path, &receipt.to_json()).map_err(CourierError::io(Place::Outbox))?;
        (self.probe)(Point::Receipted)?;
        if let Some(statement) = statement {
            self.ledger.append(statement)?;
        }
        (self.probe)(Point::Recorded)?;
        self.put_away(id, lies_as, done_with)?;
        Ok(Answer::Receipt(outcome))
    }

    /// The receipt was written and then the round was interrupted.
    fn finish(&mut self, id: TransmissionId, statement: Option<Digest>) -> Result<Answer, CourierError> {
        if let Some(statement) = statement {
            self.ledger.append(statement)?;
        }
        let limit = u64::try_from(Receipt::MAX_BYTES).unwrap_or(u64::MAX);
        let receipt = read_regular(&self.path(id, names::RECEIPT), limit).ok();
        let receipt = receipt.and_then(|bytes| Receipt::parse(&bytes).ok());
        self.put_away(id, names::CLAIMED, receipt.is_some_and(|receipt| is_done_with(&receipt.outcome)))?;
        Ok(Answer::AlreadyAnswered)
    }

    /// An order that is not done with is kept for the people who look into it.
    fn put_away(&self, id: TransmissionId, lies_as: &str, done_with: bool) -> Result<(), CourierError> {
        let path = self.path(id, lies_as);
        if !done_with {
            return self.rename(&path, id, names::REFUSED);
        }
        fs::remove_file(&path).map_err(CourierError::io(Place::Outbox))?;
        os_files::sync_dir(&self.config.outbox).map_err(CourierError::io(Place::Outbox))
    }

    fn rename(&self, from: &Path, id: TransmissionId, to: &str) -> Result<(), CourierError> {
        fs::rename(from, self.path(id, to)).map_err(CourierError::io(Place::Outbox))?;
        os_files::sync_dir(&self.config.outbox).map_err(CourierError::io(Place::Outbox))
    }

    fn is_answered(&self, id: TransmissionId) -> Result<bool, CourierError> {
        exists(&self.path(id, names::RECEIPT)).map_err(CourierError::io(Place::Outbox))
    }

    fn path(&self, id: TransmissionId, extension: &str) -> PathBuf {
        self.config.outbox.join(names::of(id, extension))
    }
}

const fn is_done_with(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Sent | Outcome::ToAPerson)
}

fn refused(refusal: Refusal) -> Outcome {
    Outcome::Refused(reason(refusal))
}

fn failed(obstacle: Obstacle) -> Outcome {
    Outcome::Failed(reason(Refusal::Around(obstacle)))
}

fn reason(refusal: Refusal) -> ReasonCode {
    ReasonCode::parse(refusal.code()).expect("every code is short lower-case ASCII")
}

fn read_chain(path: &Path) -> Result<RosterChain, CourierError> {
    let limits = RosterLimits::DEFAULT;
    let limit = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    let io = |kind| CourierError::Io { place: Place::Roster, kind };
    let bytes = read_regular(path, limit).map_err(|unread| match unread {
        Unread::Missing => io(std::io::ErrorKind::NotFound),
        Unread::NotRegular => io(std::io::ErrorKind::InvalidInput),
        Unread::TooLarge => io(std::io::ErrorKind::FileTooLarge),
        Unread::Io(kind) => io(kind),
    })?;
    Ok(RosterChain::parse(&bytes, &limits)?)
}

fn read_frozen(outbox: &Path) -> Result<FrozenList, CourierError> {
    match read_regular(&outbox.join(names::FROZEN), FrozenList::MAX_BYTES) {
        Ok(bytes) => FrozenList::parse(&bytes).ok_or(CourierError::FrozenUnreadable),
        Err(Unread::Missing) => Ok(FrozenList::default()),
        Err(_) => Err(CourierError::FrozenUnreadable),
    }
}

fn read_suspended(outbox: &Path) -> Result<SuspendedList, CourierError> {
    match read_regular(&outbox.join(names::SUSPENDED), SuspendedList::MAX_BYTES) {
        Ok(bytes) => SuspendedList::parse(&bytes).ok_or(CourierError::SuspendedUnreadable),
        Err(Unread::Missing) => Ok(SuspendedList::default()),
        Err(_) => Err(CourierError::SuspendedUnreadable),
    }
}

/// Ids of the files with this extension, in the order they were made. Other names are none of our business.
fn list(outbox: &Path, extension: &str) -> Result<BTreeSet<TransmissionId>, CourierError> {
    let io = CourierError::io(Place::Outbox);
    let mut ids = BTreeSet::new();
    for item in fs::read_dir(outbox).map_err(&io)? {
        let name = item.map_err(&io)?.file_name();
        ids.extend(name.to_str().and_then(|name| names::id_of(name, extension)));
    }
    Ok(ids)
}
