//! The weeks and how far their review is.
use chrono::NaiveDate;

use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListLog as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::open_review::SignedOff;
use super::review_event::Verdict;
use crate::domain::time::Timestamp;
use crate::domain::week::Week;

/// More than a year.
const WEEKS_MAX: usize = 60;

/// All weeks that are over and have a log, the newest first.
#[derive(Clone, Copy, Debug)]
pub struct ListReviews;

#[derive(Clone, Debug)]
pub struct WeekLine {
    pub week: Week,
    pub due: NaiveDate,
    /// Rows and how many of them are decided; `None` while nobody has opened the week.
    pub progress: Option<(usize, usize)>,
    pub signed: Option<SignedOff>,
}

impl WeekLine {
    /// The due day has passed and nobody has signed.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.signed.is_none() && now.date_in_japan() > self.due
    }
}

impl sealed::Sealed for ListReviews {}
impl Operation for ListReviews {
    type Needs = Permit;
    type Outcome = Vec<WeekLine>;
    const ACTION: Action = Action::ListReviews;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        _permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Vec<WeekLine>>, Reason> {
        let oldest = oldest_time(tx)?.unwrap_or(desk.now);
        let reviews = tx.reviews()?;
        let mut lines = Vec::new();
        let mut week = Week::of(desk.now.date_in_japan()).previous();
        while lines.len() < WEEKS_MAX && week.ends() > oldest {
            let row = tx.review_week(week)?;
            let progress = match row {
                None => None,
                Some(_) => {
                    let rows = tx.review_rows(week)?;
                    let stands =
                        |seq: &u64| reviews.get(seq).is_some_and(|(verdict, _)| *verdict != Verdict::Later);
                    Some((rows.len(), rows.iter().filter(|row| stands(&row.seq)).count()))
                }
            };
            let signed = match row.and_then(|row| row.signed) {
                Some((by, at)) => Some(SignedOff { by: tx.staff_name(by)?.unwrap_or_default(), at }),
                None => None,
            };
            lines.push(WeekLine { week, due: week.due(), progress, signed });
            week = week.previous();
        }
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        Ok(Acted::done(lines).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}

/// When the oldest event was written that can still be read.
fn oldest_time(tx: &Tx<'_>) -> Result<Option<Timestamp>, Reason> {
    let (newest, _) = tx.log_tail()?;
    let (mut low, mut high) = (1, newest + 1);
    while low < high {
        let middle = low.midpoint(high);
        if tx.sealed_time(middle)?.is_some() { high = middle } else { low = middle + 1 }
    }
    Ok(tx.sealed_time(low)?)
}
