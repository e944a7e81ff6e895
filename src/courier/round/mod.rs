//! One round: every leftover claim, then every order.
mod goods;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::domain::destination::Channel;
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::time::Clock;
use crate::order::{
    DispatchOrder, Outcome, ReasonCode, Receipt, Report, Roster, RosterChain, RosterLimits, names,
};
use crate::os::files::{self as os_files, Lock};

use super::begun::Begun;
use super::carrier::{Handed, Standing};
use super::files::{Unread, exists, read_regular};
use super::ledger::Ledger;
use super::obstacle::{Obstacle, Refusal};
use super::stops::Stops;
use super::trust::Trust;
use super::{Answer, CourierConfig, CourierError, Delivery, Place};
use goods::Stop;

/// Held in the courier's own directory while a round is made.
const LOCK: &str = "lock";
/// The office holds the outbox for moments. Whoever holds it longer is told of, round after round.
const LOCK_PATIENCE: Duration = Duration::from_secs(30);

/// Between two durable steps; tests pull the plug there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Verified,
    Begun,
    Claimed,
    Delivered,
    Receipted,
    Recorded,
}

pub type Probe<'a> = &'a mut dyn FnMut(Point) -> Result<(), CourierError>;

/// What is known about an order by the time it is answered.
#[derive(Clone, Default)]
struct Known {
    statement: Option<Digest>,
    /// Two people of the roster have signed the statement. Only such ones are remembered: anybody can make others.
    is_signed: bool,
    carrier: Option<Channel>,
    artefact: Option<Digest>,
    report: Report,
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
    let newer_roster = trust.advance(&chain, &config.state_dir)?;
    let mut round = Round {
        config,
        clock,
        roster: chain.latest(),
        stops: Stops::open(&config.state_dir, newer_roster)?,
        begun: Begun::open(&config.state_dir)?,
        ledger: Ledger::open(&config.state_dir)?,
        probe,
    };
    let mut deliveries = Vec::new();
    // Also when nothing lies there: lists that cannot be read are a trouble of the round.
    round.stops.read_again(&config.outbox)?;
    for id in round.begun.all()? {
        let _lock = round.lock_for_one()?;
        if let Err(answer) = of_one(round.put_back_claim(id))? {
            deliveries.push(Delivery { transmission: id, answer, resumed: true });
        }
    }
    for id in list(&config.outbox, names::CLAIMED)? {
        let lock = round.lock_for_one()?;
        let answer = of_one(round.resume(id, lock))?.unwrap_or_else(|deferred| deferred);
        deliveries.push(Delivery { transmission: id, answer, resumed: true });
    }
    for id in list(&config.outbox, names::ORDER)? {
        let lock = round.lock_for_one()?;
        if !exists(&round.path(id, names::ORDER)).map_err(CourierError::io(Place::Outbox))? {
            // Withdrawn since it was listed.
            continue;
        }
        let answer = of_one(round.carry_out(id, lock))?.unwrap_or_else(|deferred| deferred);
        deliveries.push(Delivery { transmission: id, answer, resumed: false });
    }
    Ok(deliveries)
}

/// What lies in the way of one order must not keep all others from leaving. The dispatcher's own directory is another
/// matter: without its memory nothing may leave.
fn of_one<T>(done: Result<T, CourierError>) -> Result<Result<T, Answer>, CourierError> {
    match done {
        Ok(value) => Ok(Ok(value)),
        Err(CourierError::Io { place: Place::Outbox, .. }) => {
            Ok(Err(Answer::Deferred(Some(Obstacle::OutboxTrouble))))
        }
        Err(trouble) => Err(trouble),
    }
}

struct Round<'a> {
    config: &'a CourierConfig,
    clock: &'a dyn Clock,
    roster: &'a Roster,
    stops: Stops,
    begun: Begun,
    ledger: Ledger,
    probe: Probe<'a>,
}

impl<'a> Round<'a> {
    /// The outbox, for one order, and what was stopped up to now.
    fn lock_for_one(&mut self) -> Result<Lock, CourierError> {
        let lock = Lock::exclusive_within(&self.config.outbox.join(names::LOCK), LOCK_PATIENCE);
        let lock = lock.map_err(CourierError::io(Place::Outbox))?;
        self.stops.read_again(&self.config.outbox)?;
        Ok(lock)
    }

    /// What was begun is a claim, whatever the outbox says by now.
    fn put_back_claim(&self, id: TransmissionId) -> Result<(), CourierError> {
        let io = CourierError::io(Place::Outbox);
        let (claimed, order) = (self.path(id, names::CLAIMED), self.begun.order(id)?);
        let limit = u64::try_from(DispatchOrder::MAX_BYTES).unwrap_or(u64::MAX);
        if read_regular(&claimed, limit).as_ref() != Ok(&order) {
            self.set_aside(&claimed)?;
            os_files::write_atomically(&claimed, &order).map_err(&io)?;
        }
        match fs::remove_file(self.path(id, names::ORDER)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io(error)),
            _ => Ok(()),
        }
    }

    fn carry_out(&mut self, id: TransmissionId, lock: Lock) -> Result<Answer, CourierError> {
        if self.begun.contains(id)? {
            // Somebody has moved the claim back.
            self.put_back_claim(id)?;
            return self.resume(id, lock);
        }
        let order_path = self.path(id, names::ORDER);
        let mut known = Known::default();
        if self.is_answered(id)? {
            // Interrupted while refusing it, or somebody put it back: its first answer stands.
            if let Ok(order) = self.read(&order_path, id, &mut known) {
                self.remember(&order)?;
            }
            self.rename(&order_path, id, names::REFUSED)?;
            return Ok(Answer::AlreadyAnswered);
        }
        let read = self.read(&order_path, id, &mut known);
        let bytes = read.as_ref().map(DispatchOrder::to_bytes).unwrap_or_default();
        let goods = match read.and_then(|order| self.check(order, &mut known)) {
            Ok(goods) => goods,
            Err(Stop::Defer(why)) => return Ok(Answer::Deferred(why)),
            Err(Stop::Refuse(refusal)) => return self.answer(id, names::ORDER, refused(refusal), known),
        };
        (self.probe)(Point::Verified)?;
        self.begun.begin(id, &bytes)?;
        (self.probe)(Point::Begun)?;
        self.rename(&order_path, id, names::CLAIMED)?;
        (self.probe)(Point::Claimed)?;
        // What is claimed is the dispatcher's alone; a slow relay must not keep the office from its outbox.
        drop(lock);
        match goods.with_parcel(self.clock.now(), |parcel, carrier| carrier.hand_over(parcel)) {
            Handed::NotNow(obstacle) => {
                // Nothing has left: it is an order again, which may be withdrawn.
                self.begun.end(id)?;
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
            return self.finish(id, order.as_ref());
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

    /// Receipt, ledger, and the order out of the way; durable in this order.
    fn answer(
        &mut self,
        id: TransmissionId,
        lies_as: &str,
        outcome: Outcome,
        known: Known,
    ) -> Result<Answer, CourierError> {
        let Known { statement, is_signed, carrier, artefact, report } = known;
        let done_with = is_done_with(&outcome);
        let at = self.clock.now();
        let receipt =
            Receipt { transmission: id, outcome: outcome.clone(), at, carrier, statement, artefact, report };
        let path = self.path(id, names::RECEIPT);
        self.set_aside(&path)?;
        os_files::write_atomically(&path, &receipt.to_json()).map_err(CourierError::io(Place::Outbox))?;
        (self.probe)(Point::Receipted)?;
        if let Some(statement) = statement.filter(|_| is_signed) {
            self.ledger.append(statement)?;
        }
        (self.probe)(Point::Recorded)?;
        self.put_away(id, lies_as, done_with)?;
        self.begun.end(id)?;
        Ok(Answer::Receipt(outcome))
    }

    /// The receipt was written and then the round was interrupted.
    fn finish(&mut self, id: TransmissionId, order: Option<&DispatchOrder>) -> Result<Answer, CourierError> {
        if let Some(order) = order {
            self.remember(order)?;
        }
        let receipt = self.receipt(id)?;
        self.put_away(id, names::CLAIMED, receipt.is_some_and(|receipt| is_done_with(&receipt.outcome)))?;
        self.begun.end(id)?;
        Ok(Answer::AlreadyAnswered)
    }

    fn remember(&mut self, order: &DispatchOrder) -> Result<(), CourierError> {
        if order.is_signed_by_two(self.roster) {
            self.ledger.append(order.statement.digest())
        } else {
            Ok(())
        }
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
        Ok(self.receipt(id)?.is_some())
    }

    /// The receipt of this transmission. Anything else under its name is none, and keeps nobody from sending.
    fn receipt(&self, id: TransmissionId) -> Result<Option<Receipt>, CourierError> {
        let limit = u64::try_from(Receipt::MAX_BYTES).unwrap_or(u64::MAX);
        match read_regular(&self.path(id, names::RECEIPT), limit) {
            Ok(bytes) => Ok(Receipt::parse(&bytes).ok().filter(|receipt| receipt.transmission == id)),
            Err(Unread::Io(kind)) => Err(CourierError::Io { place: Place::Outbox, kind }),
            Err(Unread::Missing | Unread::NotRegular | Unread::TooLarge) => Ok(None),
        }
    }

    /// What is no file would be in the way of one: it goes beside, for the people who look into it.
    fn set_aside(&self, path: &Path) -> Result<(), CourierError> {
        let io = CourierError::io(Place::Outbox);
        match fs::symlink_metadata(path) {
            Ok(meta) if !meta.is_file() => {
                let beside = path.with_extension(format!("strange-{}", self.clock.now().micros()));
                fs::rename(path, beside).map_err(io)
            }
            _ => Ok(()),
        }
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
    let trouble = |kind| CourierError::Io { place: Place::Roster, kind };
    let bytes = read_regular(path, limit).map_err(|unread| match unread {
        Unread::Missing => trouble(io::ErrorKind::NotFound),
        Unread::NotRegular => trouble(io::ErrorKind::InvalidInput),
        Unread::TooLarge => trouble(io::ErrorKind::FileTooLarge),
        Unread::Io(kind) => trouble(kind),
    })?;
    Ok(RosterChain::parse(&bytes, &limits)?)
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
