//! The queue of a week, as a supervisor works through it.
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::super::audit::event::Event;
use super::super::audit::{Action, ObjectKind, Outcome, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, OpenReview as Permit};
use super::super::reason::Reason;
use super::super::review::{Access, Group, Marks};
use super::super::store::review_week::{FrozenRow, WeekRow};
use super::super::store::{self, Tx};
use super::super::weekly;
use super::review_event::Verdict;
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::domain::week::Week;

/// A row of a hundred events shows the first of them.
const EVENTS_SHOWN: usize = 60;

/// Opens the queue of a week that is over. The first time it is made, and then it stands.
#[derive(Clone, Copy, Debug)]
pub struct OpenReview {
    pub week: Week,
}

#[derive(Clone, Debug)]
pub struct ReviewPage {
    pub week: Week,
    pub due: NaiveDate,
    pub rows: Vec<ReviewRow>,
    pub signed: Option<SignedOff>,
}

/// Who ended the review of a week, and when.
#[derive(Clone, Debug)]
pub struct SignedOff {
    pub by: String,
    pub at: Timestamp,
}

/// One row to decide.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// The event that the verdict is about.
    pub seq: u64,
    pub at: Timestamp,
    pub terminal: String,
    pub actor_number: String,
    pub actor_name: String,
    pub action: Action,
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    /// What was looked for, where that was not erased.
    pub detail: Option<Personal<String>>,
    /// Reception number and whose record it is.
    pub record: Option<(u32, Personal<String>)>,
    /// Register code of the destination.
    pub destination: Option<String>,
    pub group: Group,
    pub marks: Marks,
    /// How many events the row stands for, and about how many records.
    pub count: usize,
    pub records: usize,
    /// The first of these events, where there is more than one.
    pub events: Vec<RowEvent>,
    /// The own work nearest to it.
    pub work: Option<WorkItem>,
    pub verdict: Option<(Verdict, String)>,
    /// One's own rows are decided by somebody else.
    pub own: bool,
}

/// One event of a row.
#[derive(Clone, Debug)]
pub struct RowEvent {
    pub at: Timestamp,
    pub action: Action,
    pub record: Option<(u32, Personal<String>)>,
}

/// What somebody did at the record.
#[derive(Clone, Debug)]
pub struct WorkItem {
    pub at: Timestamp,
    pub action: Action,
    pub number: Option<u32>,
}

impl ReviewPage {
    /// Rows with a verdict that stands.
    pub fn decided(&self) -> usize {
        self.rows.iter().filter(|row| row.is_decided()).count()
    }
}

impl ReviewRow {
    pub const fn is_decided(&self) -> bool {
        matches!(self.verdict, Some((Verdict::Work | Verdict::Ask | Verdict::Doubtful, _)))
    }
}

impl sealed::Sealed for OpenReview {}
impl Operation for OpenReview {
    type Needs = Permit;
    type Outcome = ReviewPage;
    const ACTION: Action = Action::OpenReview;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<ReviewPage>, Reason> {
        let row = match tx.review_week(self.week)? {
            Some(row) => row,
            None => freeze(tx, self.week, permit.account(), desk)?,
        };
        let reader = Reader::new(tx, permit.actor().party.person)?;
        let mut rows = Vec::new();
        for frozen in tx.review_rows(self.week)? {
            rows.push(reader.row(&frozen)?);
        }
        let signed = row.signed.map(|(by, at)| SignedOff { by: reader.name(by), at });
        let shown = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let page = ReviewPage { week: self.week, due: self.week.due(), rows, signed };
        Ok(Acted::done(page)
            .with_ref(RefKey::Rows, &shown.to_be_bytes())
            .with_ref(RefKey::Week, &self.week.code().to_be_bytes())
            .with_ref(RefKey::SampleSeed, &row.seed)
            .with_ref(RefKey::LastEvent, &row.last_seq.to_be_bytes()))
    }
}

fn freeze(tx: &mut Tx<'_>, week: Week, by: AccountId, desk: &Desk<'_>) -> Result<WeekRow, Reason> {
    if desk.now < week.ends() {
        return Err(Reason::WeekNotOver);
    }
    // Nothing was written before the end of that week: there is no log of it.
    let (newest, _) = tx.log_tail()?;
    if weekly::first_at(tx, week.ends(), newest)? == 1 {
        return Err(Reason::NoSuchThing);
    }
    let (row, queue) = weekly::make(tx, week, desk.house.site().hours)?;
    tx.insert_review_week(&row, &queue, by, desk.now)?;
    Ok(row)
}

/// Puts names to what the log has in numbers.
struct Reader<'a, 'tx> {
    tx: &'a Tx<'tx>,
    me: PersonId,
    staff: HashMap<AccountId, (PersonId, String, String)>,
    reviews: HashMap<u64, (Verdict, String)>,
}

impl<'a, 'tx> Reader<'a, 'tx> {
    fn new(tx: &'a Tx<'tx>, me: PersonId) -> Result<Self, Reason> {
        let staff = tx.all_staff()?.into_iter();
        let staff = staff
            .map(|row| (row.party.account, (row.party.person, row.number.to_string(), row.name)))
            .collect();
        Ok(Self { tx, me, staff, reviews: tx.reviews()? })
    }

    fn name(&self, account: AccountId) -> String {
        self.staff.get(&account).map(|(.., name)| name.clone()).unwrap_or_default()
    }

    fn row(&self, frozen: &FrozenRow) -> Result<ReviewRow, Reason> {
        let event = self.tx.event(frozen.seq)?.ok_or(Reason::LogBroken)?;
        let detail = self.tx.events_between(frozen.seq, frozen.seq)?.pop().and_then(|(_, detail)| detail);
        let access = Access::of(&event, None);
        let (person, actor_number, actor_name) = match access.actor.and_then(|id| self.staff.get(&id)) {
            Some((person, number, name)) => (Some(*person), number.clone(), name.clone()),
            None => (None, String::new(), String::new()),
        };
        let destination = match (access.record, access.destination) {
            (None, Some(id)) => self.tx.destination(id)?.map(|entry| entry.code.to_string()),
            _ => None,
        };
        let (events, records) = self.events(&frozen.seqs)?;
        Ok(ReviewRow {
            seq: frozen.seq,
            at: event.clock.wall,
            terminal: event.origin.terminal.clone(),
            actor_number,
            actor_name,
            action: event.action,
            outcome: event.outcome,
            reason: access.reason,
            detail,
            record: self.label(&event)?,
            destination,
            group: frozen.group,
            marks: frozen.marks,
            count: frozen.seqs.len(),
            records,
            events,
            work: frozen.work.map(|seq| self.work(seq)).transpose()?.flatten(),
            verdict: self.reviews.get(&frozen.seq).cloned(),
            own: person == Some(self.me),
        })
    }

    fn events(&self, seqs: &[u64]) -> Result<(Vec<RowEvent>, usize), Reason> {
        let mut records = BTreeSet::new();
        let mut shown = Vec::new();
        for seq in seqs {
            let Some(event) = self.tx.event(*seq)? else { continue };
            records.extend(Access::of(&event, None).record);
            if seqs.len() > 1 && shown.len() < EVENTS_SHOWN {
                let (at, action) = (event.clock.wall, event.action);
                shown.push(RowEvent { at, action, record: self.label(&event)? });
            }
        }
        Ok((shown, records.len()))
    }

    fn work(&self, seq: u64) -> Result<Option<WorkItem>, Reason> {
        let Some(event) = self.tx.event(seq)? else { return Ok(None) };
        let number = self.label(&event)?.map(|(number, _)| number);
        Ok(Some(WorkItem { at: event.clock.wall, action: event.action, number }))
    }

    fn label(&self, event: &Event) -> Result<Option<(u32, Personal<String>)>, Reason> {
        let record = Access::of(event, None).record.filter(|_| event.object.0 != ObjectKind::Draft);
        Ok(record.map(|id| self.tx.record_label(id)).transpose()?.flatten())
    }
}
