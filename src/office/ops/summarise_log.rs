//! The access log as figures: where a person would rather look than read.
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};

use super::super::audit::glance::{Glance, Seen};
use super::super::audit::{Action, ObjectKind, Outcome, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, SummariseLog as Permit};
use super::super::reason::Reason;
use super::super::store::drill::DrillResult;
use super::super::store::log_scan::{Order, Scanned};
use super::super::store::{self, Tx};
use super::show_accesses::Unread;
use crate::domain::ids::AccountId;
use crate::domain::time::Timestamp;

/// Upper bounds of the classes of waiting times, in seconds; what is longer is the last class.
pub const LATENCIES: [i64; 7] = [60, 300, 900, 1_800, 3_600, 7_200, 14_400];
/// A drill was ended long before there are so many.
const DRILLS_MAX: u32 = 100_000;
/// No agreement is made later than this: what waits longer is forgotten.
const WAITS_MAX_S: i64 = 7 * 24 * 3_600;

/// Counts over some days, both included.
#[derive(Clone, Copy, Debug)]
pub struct SummariseLog {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

#[derive(Clone, Debug)]
pub struct Figures {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Events of these days.
    pub events: u64,
    /// Rows of the whole log of which nobody knows the day.
    pub unread: Unread,
    /// Events about records, by person, the busiest first.
    pub busy: Vec<Busy>,
    /// How long sendings waited for the second person: one more class than [`LATENCIES`] has bounds.
    pub latencies: [u32; LATENCIES.len() + 1],
    /// Two people and how many sendings they confirmed for each other, the closest first.
    pub pairs: Vec<PairShare>,
    /// Blind checks and drills, by person.
    pub checks: Vec<Checks>,
    /// What was reviewed, by the week of the events.
    pub weeks: Vec<WeekReview>,
}

/// One person's events about records, by the hour in Japan.
#[derive(Clone, Debug)]
pub struct Busy {
    pub number: String,
    pub name: String,
    pub hours: [u32; 24],
}

impl Busy {
    pub fn total(&self) -> u32 {
        self.hours.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

#[derive(Clone, Debug)]
pub struct PairShare {
    pub people: [String; 2],
    /// Sendings of either that the other confirmed.
    pub together: u32,
    /// All confirmed sendings of the two.
    pub all: u32,
}

#[derive(Clone, Debug)]
pub struct Checks {
    pub number: String,
    pub name: String,
    pub tries: u32,
    pub misses: u32,
    pub drills: u32,
    pub noticed: u32,
}

/// An ISO week.
#[derive(Clone, Debug)]
pub struct WeekReview {
    pub year: i32,
    pub week: u32,
    pub events: u64,
    pub reviewed: u64,
}

impl sealed::Sealed for SummariseLog {}
impl Operation for SummariseLog {
    type Needs = Permit;
    type Outcome = Box<Figures>;
    const ACTION: Action = Action::SummariseLog;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<Box<Figures>>, Reason> {
        let reviewed = tx.reviewed_events()?;
        let mut count = Count::new(self, &reviewed);
        tx.scan_log(Order::OldestFirst, None, |scanned| {
            count.take(&scanned);
            ControlFlow::Continue(())
        })?;
        for drill in tx.drills(DRILLS_MAX)? {
            if let (Some(second), Some(at), Some(result)) = (drill.second, drill.ended_at, drill.result) {
                count.drill(second, at, result);
            }
        }
        let staff: HashMap<AccountId, (String, String)> = tx
            .all_staff()?
            .into_iter()
            .map(|row| (row.party.account, (row.number.to_string(), row.name)))
            .collect();
        let events = tx.log_tail()?.0;
        let figures = count.finish(self, &staff);
        Ok(Acted::done(Box::new(figures)).with_ref(RefKey::LogSize, &events.to_be_bytes()))
    }
}

/// What is counted, in the memory of the people and weeks there are, not of the events.
struct Count<'a> {
    from: Timestamp,
    until: Timestamp,
    /// Numbers of reviewed events, ascending; those passed are cut off.
    reviewed: &'a [u64],
    events: u64,
    unread: Unread,
    hours: HashMap<AccountId, [u32; 24]>,
    /// When sendings that wait were prepared.
    waiting: HashMap<[u8; 16], Timestamp>,
    latencies: [u32; LATENCIES.len() + 1],
    /// Author and confirmer.
    confirmed: BTreeMap<(AccountId, AccountId), u32>,
    checks: BTreeMap<AccountId, [u32; 4]>,
    weeks: BTreeMap<(i32, u32), (u64, u64)>,
}

const TRIES: usize = 0;
const MISSES: usize = 1;
const DRILLS: usize = 2;
const NOTICED: usize = 3;

impl<'a> Count<'a> {
    fn new(of: SummariseLog, reviewed: &'a [u64]) -> Self {
        let midnight = |day: NaiveDate| Timestamp::from_japan(day.and_time(NaiveTime::MIN));
        Self {
            from: midnight(of.from),
            until: midnight(of.to.succ_opt().unwrap_or(of.to)),
            reviewed,
            events: 0,
            unread: Unread::default(),
            hours: HashMap::new(),
            waiting: HashMap::new(),
            latencies: [0; LATENCIES.len() + 1],
            confirmed: BTreeMap::new(),
            checks: BTreeMap::new(),
            weeks: BTreeMap::new(),
        }
    }

    fn is_asked_for(&self, at: Timestamp) -> bool {
        (self.from..self.until).contains(&at)
    }

    fn take(&mut self, scanned: &Scanned<'_>) {
        match scanned {
            Scanned::Missing { first, last } => self.unread.missing += last - first + 1,
            Scanned::Row { seen: Seen::Erased, .. } => self.unread.erased += 1,
            Scanned::Row { seen: Seen::Damaged(_), .. } => self.unread.damaged += 1,
            Scanned::Row { seen: Seen::Sound(glance), .. } => self.event(glance),
        }
    }

    fn event(&mut self, event: &Glance<'_>) {
        let done = event.outcome == Outcome::Done;
        // Also those of the days before: their confirmation may be asked for.
        if matches!(event.action, Action::PrepareTransmission | Action::PrepareTestPage) && done {
            self.waiting.retain(|_, since| event.at.seconds_since(*since) < WAITS_MAX_S);
            self.waiting.insert(event.object.1, event.at);
        }
        let is_reviewed = self.is_reviewed(event.seq);
        if !self.is_asked_for(event.at) {
            return;
        }
        self.events += 1;
        let local = event.at.in_japan();
        let week = local.iso_week();
        let (events, reviewed) = self.weeks.entry((week.year(), week.week())).or_default();
        *events += 1;
        *reviewed += u64::from(is_reviewed);
        if let Some(account) = event.account().filter(|_| is_about_records(event)) {
            let hours = self.hours.entry(account).or_default();
            if let Some(count) = usize::try_from(local.hour()).ok().and_then(|hour| hours.get_mut(hour)) {
                *count += 1;
            }
        }
        match (event.action, event.actor) {
            (Action::ConfirmTransmission, Some(second)) if done => self.confirm(event, second),
            (Action::MatchTransmission, Some(who)) => self.check(event, who),
            _ => {}
        }
    }

    /// Both lists ascend, so that each is gone through once.
    fn is_reviewed(&mut self, seq: u64) -> bool {
        while let [first, rest @ ..] = self.reviewed
            && *first < seq
        {
            self.reviewed = rest;
        }
        self.reviewed.first() == Some(&seq)
    }

    fn confirm(&mut self, event: &Glance<'_>, second: AccountId) {
        if let Some(since) = self.waiting.remove(&event.object.1) {
            let waited = event.at.seconds_since(since);
            let class = LATENCIES.iter().position(|bound| waited < *bound).unwrap_or(LATENCIES.len());
            if let Some(count) = self.latencies.get_mut(class) {
                *count += 1;
            }
        }
        let author = event.reference(RefKey::OtherAccount).and_then(|id| <[u8; 16]>::try_from(id).ok());
        if let Some(author) = author.map(AccountId::from_bytes) {
            *self.confirmed.entry((author, second)).or_default() += 1;
        }
    }

    /// Whoever was turned away before anything was compared has not tried.
    fn check(&mut self, event: &Glance<'_>, who: AccountId) {
        let missed = [Reason::BlindMismatch, Reason::TooManyMisses].map(Reason::code).contains(&event.reason);
        if event.object.0 == ObjectKind::Transmission && (event.outcome == Outcome::Done || missed) {
            self.add(who, TRIES);
            if missed {
                self.add(who, MISSES);
            }
        }
    }

    /// The log says that a drill was ended, not how.
    fn drill(&mut self, who: AccountId, at: Timestamp, result: DrillResult) {
        if self.is_asked_for(at) {
            self.add(who, DRILLS);
            if result == DrillResult::Caught {
                self.add(who, NOTICED);
            }
        }
    }

    fn add(&mut self, who: AccountId, what: usize) {
        if let Some(count) = self.checks.entry(who).or_default().get_mut(what) {
            *count += 1;
        }
    }

    fn finish(self, of: SummariseLog, staff: &HashMap<AccountId, (String, String)>) -> Figures {
        let called = |account: &AccountId| staff.get(account).cloned().unwrap_or_default();
        let mut busy: Vec<Busy> = self
            .hours
            .iter()
            .map(|(account, hours)| {
                let (number, name) = called(account);
                Busy { number, name, hours: *hours }
            })
            .collect();
        busy.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.number.cmp(&b.number)));
        let checks = self.checks.iter().map(|(account, [tries, misses, drills, noticed])| {
            let (number, name) = called(account);
            Checks { number, name, tries: *tries, misses: *misses, drills: *drills, noticed: *noticed }
        });
        let mut checks: Vec<Checks> = checks.collect();
        checks.sort_by(|a, b| a.number.cmp(&b.number));
        let weeks = self.weeks.iter().map(|((year, week), (events, reviewed))| WeekReview {
            year: *year,
            week: *week,
            events: *events,
            reviewed: *reviewed,
        });
        Figures {
            from: of.from,
            to: of.to,
            events: self.events,
            unread: self.unread,
            busy,
            latencies: self.latencies,
            pairs: pairs(&self.confirmed, |account| {
                let (number, name) = called(account);
                format!("{number} {name}")
            }),
            checks,
            weeks: weeks.collect(),
        }
    }
}

/// Two people are a pair whoever of them sends.
fn pairs(
    confirmed: &BTreeMap<(AccountId, AccountId), u32>,
    called: impl Fn(&AccountId) -> String,
) -> Vec<PairShare> {
    let mut sent: BTreeMap<AccountId, u32> = BTreeMap::new();
    let mut together: BTreeMap<(AccountId, AccountId), u32> = BTreeMap::new();
    for ((author, second), count) in confirmed {
        *sent.entry(*author).or_default() += count;
        *together.entry((*author.min(second), *author.max(second))).or_default() += count;
    }
    let sent_by = |account: &AccountId| sent.get(account).copied().unwrap_or_default();
    let mut pairs: Vec<PairShare> = together
        .iter()
        .map(|((one, other), count)| {
            // Ids are drawn by lot; people are found by their numbers.
            let mut people = [called(one), called(other)];
            people.sort();
            PairShare { people, together: *count, all: sent_by(one) + sent_by(other) }
        })
        .collect();
    // By share, without dividing; among equals the pair with more of it.
    let share = |pair: &PairShare, of: &PairShare| u64::from(pair.together) * u64::from(of.all);
    pairs.sort_by(|a, b| {
        let by_share = share(b, a).cmp(&share(a, b)).then(b.together.cmp(&a.together));
        by_share.then_with(|| a.people.cmp(&b.people))
    });
    pairs
}

/// Whether somebody had to do with the record of a person, or saw names in a list.
fn is_about_records(event: &Glance<'_>) -> bool {
    let about = matches!(
        event.object.0,
        ObjectKind::Record | ObjectKind::Draft | ObjectKind::Transmission | ObjectKind::Drill
    );
    let list = matches!(
        event.action,
        Action::ListRecords | Action::SearchRecords | Action::ListUnanswered | Action::ListTransmissions
    );
    about || list || event.reference(RefKey::Record).is_some()
}
