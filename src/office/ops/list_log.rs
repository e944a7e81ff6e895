//! The access log as supervisors read it: all of it, or what they look for.
use std::collections::BTreeSet;
use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::super::audit::event::Event;
use super::super::audit::filter::LogFilter;
use super::super::audit::glance::{Damage, Seen};
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListLog as Permit};
use super::super::reason::Reason;
use super::super::store::log_scan::{Order, Scanned};
use super::super::store::{self, Tx};
use super::super::trail::Trail;
use super::log_lines::{Lines, LogLine, NamedRecord, named};
use super::search_records::{TERM_MAX, find};
use crate::domain::case_number::CaseNumber;
use crate::domain::ids::{RecordId, StaffNumber};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::japanese::width::fold_ascii;

const PAGE: usize = 200;

/// A page of the log, newest first, out of the sealed records. Rows that cannot be read, and rows that are not there,
/// stand in every page, whatever is looked for.
#[derive(Clone, Debug, Default)]
pub struct ListLog {
    /// Only events before this one.
    pub before: Option<u64>,
    pub query: LogQuery,
}

/// What somebody looks for in the log; everything that is said has to hold.
#[derive(Clone, Debug, Default)]
pub struct LogQuery {
    pub whom: Option<Whom>,
    pub staff: Option<StaffNumber>,
    /// Any of these; all when none is named.
    pub actions: BTreeSet<Action>,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    pub terminal: Option<String>,
}

/// Whose record.
#[derive(Clone, Debug)]
pub enum Whom {
    Record(RecordId),
    /// A reception number, or who it is about: name, reading, birth date, telephone.
    Term(Personal<String>),
}

/// One row of a page.
#[derive(Clone, Debug)]
pub enum LogRow {
    Event(Box<LogLine>),
    /// Not what was sealed. Nobody knows what it was about.
    Damaged {
        seq: u64,
        damage: Damage,
    },
    /// Their bodies were erased.
    Erased {
        first: u64,
        last: u64,
    },
    /// There are no rows with these numbers.
    Missing {
        first: u64,
        last: u64,
    },
}

impl LogRow {
    pub fn event(&self) -> Option<&LogLine> {
        match self {
            Self::Event(line) => Some(line),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct LogPage {
    pub rows: Vec<LogRow>,
    /// Where older rows go on; `None` when the log begins on this page.
    pub older: Option<u64>,
    pub total: u64,
    pub reviewed: u64,
    /// Whose records were looked for, as far as one name says it, and how many there are.
    pub found: Option<(NamedRecord, usize)>,
}

impl LogPage {
    pub fn events(&self) -> impl Iterator<Item = &LogLine> {
        self.rows.iter().filter_map(LogRow::event)
    }
}

impl sealed::Sealed for ListLog {}
impl Operation for ListLog {
    type Needs = Permit;
    type Outcome = LogPage;
    const ACTION: Action = Action::ListLog;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<LogPage>, Reason> {
        let (filter, records) = self.query.resolve(tx, desk)?;
        let (rows, older) = page(tx, &filter, self.before)?;
        let lines = Lines::new(tx, permit.actor().party.person)?;
        let rows: Vec<LogRow> = rows.into_iter().map(|row| row.shown(&lines)).collect::<Result<_, _>>()?;
        let first = records.first().map(|id| named(tx, *id)).transpose()?.flatten();
        let page = LogPage {
            older,
            total: tx.log_tail()?.0,
            reviewed: lines.reviews.len() as u64,
            found: first.map(|first| (first, records.len())),
            rows,
        };
        let shown = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
        let acted = Acted::done(page)
            .with_ref(RefKey::Rows, &shown.to_be_bytes())
            .with_ref_to(RefKey::Record, records.first().map(RecordId::as_bytes));
        Ok(match self.query.whom {
            Some(Whom::Term(term)) => acted.with_detail(term.into_inner().chars().take(TERM_MAX).collect()),
            _ => acted,
        })
    }
}

impl LogQuery {
    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        self.whom.is_none()
            && self.staff.is_none()
            && self.actions.is_empty()
            && self.from.is_none()
            && self.to.is_none()
            && self.terminal.is_none()
    }

    /// What the words mean here and now; with the records of whoever is looked for.
    fn resolve(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> Result<(LogFilter, Vec<RecordId>), Reason> {
        let trail = match &self.whom {
            None => None,
            Some(whom) => {
                let records = whom.records(tx, desk)?;
                Some(Trail::of(tx, desk.house.catalog(), &records)?)
            }
        };
        let staff = match &self.staff {
            None => None,
            Some(number) => Some(tx.staff_by_number(number)?.ok_or(Reason::NoSuchThing)?.party.account),
        };
        let midnight = |day: NaiveDate| Timestamp::from_japan(day.and_time(chrono::NaiveTime::MIN));
        let (records, ids) = match trail {
            Some(trail) => (trail.records, Some(trail.ids)),
            None => (Vec::new(), None),
        };
        let filter = LogFilter {
            named: ids,
            staff,
            actions: (!self.actions.is_empty()).then(|| self.actions.clone()),
            from: self.from.map(midnight),
            until: self.to.and_then(|day| day.succ_opt()).map(midnight),
            terminal: self.terminal.clone(),
        };
        Ok((filter, records))
    }
}

impl Whom {
    fn records(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> Result<Vec<RecordId>, Reason> {
        let records = match self {
            Self::Record(id) => tx.record_or_discarded(*id)?.map(|row| row.id).into_iter().collect(),
            Self::Term(term) => match reception_number(term.expose()) {
                Some((year, number)) => tx.numbered_or_discarded(number, year)?.into_iter().collect(),
                None => {
                    let found = find(tx, term.expose().trim(), desk.now.date_in_japan())?;
                    if found.more {
                        return Err(Reason::LogPeopleTooMany);
                    }
                    found.rows.into_iter().map(|(row, _)| row.id).collect::<Vec<_>>()
                }
            },
        };
        if records.is_empty() { Err(Reason::NoSuchThing) } else { Ok(records) }
    }
}

/// `12`, `2026-12`, `26-00012-4`: with the year where it is said.
fn reception_number(term: &str) -> Option<(Option<i32>, u32)> {
    let plain = fold_ascii(term);
    let plain = plain.trim();
    let parts: Vec<usize> = plain.split('-').map(str::len).collect();
    if let ([2, 5, 1], Ok(case)) = (parts.as_slice(), CaseNumber::parse(plain)) {
        return Some((Some(case.year), case.number));
    }
    // Longer ones are dates and telephone numbers.
    let digits = |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    match plain.split_once('-') {
        Some((year, number)) if year.len() == 4 && digits(year) && digits(number) => {
            Some((Some(year.parse().ok()?), number.parse().ok()?))
        }
        None if digits(plain) => Some((None, plain.parse().ok()?)),
        _ => None,
    }
}

/// A row of a page before its words are known.
enum Found {
    Event(Box<Event>),
    Other(LogRow),
}

impl Found {
    fn shown(self, lines: &Lines<'_, '_>) -> Result<LogRow, Reason> {
        Ok(match self {
            Self::Event(event) => LogRow::Event(Box::new(lines.line(*event)?)),
            Self::Other(row) => row,
        })
    }
}

/// The rows of one page, and where older ones go on.
fn page(tx: &Tx<'_>, filter: &LogFilter, before: Option<u64>) -> store::Result<(Vec<Found>, Option<u64>)> {
    let mut rows: Vec<Found> = Vec::new();
    let mut older = None;
    tx.scan_log(Order::NewestFirst, before, |scanned| {
        let at = match &scanned {
            Scanned::Row { seq, .. } => *seq,
            Scanned::Missing { last, .. } => *last,
        };
        let found = match scanned {
            Scanned::Missing { first, last } => Some(Found::Other(LogRow::Missing { first, last })),
            Scanned::Row { seq, seen: Seen::Damaged(damage), .. } => {
                Some(Found::Other(LogRow::Damaged { seq, damage }))
            }
            // Years of them may lie side by side: they are one row, however many.
            Scanned::Row { seq, seen: Seen::Erased, .. } => match rows.last_mut() {
                Some(Found::Other(LogRow::Erased { first, .. })) if *first == seq + 1 => {
                    *first = seq;
                    return ControlFlow::Continue(());
                }
                _ => Some(Found::Other(LogRow::Erased { first: seq, last: seq })),
            },
            Scanned::Row { body, seen: Seen::Sound(glance), .. } if filter.admits_glance(&glance) => {
                Event::decode(body).map(|event| Found::Event(Box::new(event)))
            }
            Scanned::Row { .. } => None,
        };
        let Some(found) = found else { return ControlFlow::Continue(()) };
        if rows.len() == PAGE {
            older = Some(at + 1);
            return ControlFlow::Break(());
        }
        rows.push(found);
        ControlFlow::Continue(())
    })?;
    Ok((rows, older))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_records_are_told_from_dates_and_names() {
        for (term, meant) in [
            ("12", Some((None, 12))),
            ("００１２", Some((None, 12))),
            ("2026-12", Some((Some(2026), 12))),
            ("26-12", None),
            ("3500304", None),
            ("仮野", None),
            ("03-0000-0123", None),
            ("", None),
        ] {
            assert_eq!(reception_number(term), meant, "{term}");
        }
        let case = CaseNumber { year: 2026, number: 12 };
        assert_eq!(reception_number(&case.to_string()), Some((Some(2026), 12)));
    }
}
