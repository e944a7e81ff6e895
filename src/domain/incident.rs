//! A misdelivery (誤送付): the days by which the law wants to hear of it, and what is missing before it may be closed.
use chrono::{Days, NaiveDate};

use super::codes::coded;
use super::destination::Protection;

coded! {
    /// What was done about it.
    pub enum StepKind {
        /// Somebody was spoken to.
        Contact = "contact",
        Recovered = "recovered",
        /// The other side destroyed it and said so.
        Destroyed = "destroyed",
        NotRecoverable = "not-recoverable",
        /// The person concerned was told.
        PersonTold = "person-told",
        /// 速報
        PreliminaryReport = "preliminary-report",
        /// 確報
        FinalReport = "final-report",
        /// It may have been done with intent: the law gives more days.
        Malice = "malice",
        Note = "note",
    }
}

impl StepKind {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Says where the paper or the file is now.
    pub const fn is_whereabouts(self) -> bool {
        matches!(self, Self::Recovered | Self::Destroyed | Self::NotRecoverable)
    }
}

/// A line of the course. Nothing is taken out of it: what was noted by mistake is noted as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    Done(StepKind),
    /// The last one of this kind was noted by mistake: it does not count.
    Mistaken(StepKind),
}

impl Noted {
    pub const fn kind(self) -> StepKind {
        match self {
            Self::Done(kind) | Self::Mistaken(kind) => kind,
        }
    }

    /// Without a partner it would say nothing.
    pub const fn needs_whom(self) -> bool {
        use StepKind::{Contact, FinalReport, PersonTold, PreliminaryReport};
        matches!(self, Self::Done(Contact | PersonTold | PreliminaryReport | FinalReport))
    }

    pub const fn needs_words(self) -> bool {
        use StepKind::{Malice, NotRecoverable, Note};
        matches!(self, Self::Done(NotRecoverable | Malice | Note) | Self::Mistaken(_))
    }
}

/// The steps that count, in the order of recording.
pub fn counting<T>(course: &[T], noted: impl Fn(&T) -> Noted) -> Vec<&T> {
    let mut counting: Vec<&T> = Vec::new();
    for line in course {
        match noted(line) {
            Noted::Done(_) => counting.push(line),
            Noted::Mistaken(kind) => {
                if let Some(at) = counting.iter().rposition(|step| noted(step).kind() == kind) {
                    counting.remove(at);
                }
            }
        }
    }
    counting
}

coded! {
    /// What it was in the end.
    pub enum Conclusion {
        /// It was read, or may have been: it had to be reported.
        Leak = "leak",
        /// An encrypted package that nobody there could open.
        Unreadable = "unreadable",
        /// Everything came back, or was destroyed, before anybody read it.
        RecoveredUnread = "recovered-unread",
    }
}

impl Conclusion {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|conclusion| conclusion.code() == code)
    }
}

/// What is missing before it may be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody has said where the paper is.
    Whereabouts,
    PreliminaryReport,
    /// The conclusion says that nobody could read it, and nothing kept them from it.
    Encryption,
    /// The conclusion says that it came back, and it has not.
    ComingBack,
}

/// The kinds of the steps that count, in the order of recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course(Vec<StepKind>);

impl Course {
    pub fn of(steps: impl IntoIterator<Item = StepKind>) -> Self {
        Self(steps.into_iter().collect())
    }

    pub fn has(&self, kind: StepKind) -> bool {
        self.0.contains(&kind)
    }

    /// What was said last: a paper that was lost may be found, and the other way round.
    pub fn whereabouts(&self) -> Option<StepKind> {
        self.0.iter().rev().copied().find(|kind| kind.is_whereabouts())
    }

    /// What keeps it open under this conclusion.
    pub fn missing(&self, conclusion: Conclusion, protection: Protection) -> Vec<Missing> {
        let came_back = matches!(self.whereabouts(), Some(StepKind::Recovered | StepKind::Destroyed));
        let encrypted = match protection {
            Protection::RecipientKey | Protection::Password => true,
            Protection::UntilItLeaves => false,
        };
        let wanted = [
            (Missing::Whereabouts, self.whereabouts().is_some()),
            (
                Missing::PreliminaryReport,
                conclusion != Conclusion::Leak || self.has(StepKind::PreliminaryReport),
            ),
            (Missing::Encryption, conclusion != Conclusion::Unreadable || encrypted),
            (Missing::ComingBack, conclusion != Conclusion::RecoveredUnread || came_back),
        ];
        wanted.into_iter().filter(|(_, met)| !met).map(|(missing, _)| missing).collect()
    }
}

/// The days by which the law wants to hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDays {
    /// 概ね 3 日から
    pub preliminary_from: NaiveDate,
    /// 5 日まで
    pub preliminary_until: NaiveDate,
    pub final_until: NaiveDate,
}

impl DueDays {
    /// The day on which the office learnt of it is the first: of the two ways to count this is the earlier. Holidays
    /// count too, for the same reason, although a last day on a holiday may move to the next working day.
    pub fn of(found: NaiveDate, course: &Course) -> Self {
        let day = |number: u64| found.checked_add_days(Days::new(number - 1)).unwrap_or(NaiveDate::MAX);
        let final_days = if course.has(StepKind::Malice) { 60 } else { 30 };
        Self { preliminary_from: day(3), preliminary_until: day(5), final_until: day(final_days) }
    }
}

/// How a report stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Done,
    /// So many days are left; none: today is the last one.
    Left(i64),
    Late(i64),
    /// It was no leak: nothing has to be reported.
    NotNeeded,
}

impl Due {
    pub fn of(done: bool, until: NaiveDate, conclusion: Option<Conclusion>, today: NaiveDate) -> Self {
        let left = (until - today).num_days();
        match conclusion {
            _ if done => Self::Done,
            Some(Conclusion::Unreadable | Conclusion::RecoveredUnread) => Self::NotNeeded,
            _ if left < 0 => Self::Late(-left),
            _ => Self::Left(left),
        }
    }
}

/// What everybody is told on every panel while a misdelivery is open or the clock is doubtful.
///
/// Codes of the register, never names: a second person may be about to key the destination of something else from paper.
/// The code gives nothing away, because what is keyed is the address, and what waits for a frozen entry cannot be
/// confirmed anyway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warning {
    pub open: u32,
    /// Of the destinations that are stopped because of them.
    pub frozen: Vec<String>,
    /// Steps of the clock that wait for two supervisors; nothing leaves meanwhile.
    pub clock_steps: u32,
}

#[cfg(test)]
mod tests {
    use super::StepKind::*;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_missing_before_closing() {
        use Conclusion::{Leak, RecoveredUnread, Unreadable};
        use Protection::{Password, RecipientKey, UntilItLeaves};
        let cases: &[(&[StepKind], Conclusion, Protection, &[Missing])] = &[
            (&[], Leak, UntilItLeaves, &[Missing::Whereabouts, Missing::PreliminaryReport]),
            (
                &[Contact, Note, PersonTold, FinalReport],
                Leak,
                UntilItLeaves,
                &[Missing::Whereabouts, Missing::PreliminaryReport],
            ),
            (&[Recovered], Leak, UntilItLeaves, &[Missing::PreliminaryReport]),
            (&[PreliminaryReport], Leak, UntilItLeaves, &[Missing::Whereabouts]),
            (&[PreliminaryReport, NotRecoverable], Leak, UntilItLeaves, &[]),
            (&[Destroyed, PreliminaryReport], Leak, RecipientKey, &[]),
            // No leak: no report, but somebody has to say where it is.
            (&[], Unreadable, RecipientKey, &[Missing::Whereabouts]),
            (&[NotRecoverable], Unreadable, RecipientKey, &[]),
            (&[NotRecoverable], Unreadable, Password, &[]),
            (&[NotRecoverable], Unreadable, UntilItLeaves, &[Missing::Encryption]),
            (&[Recovered, PreliminaryReport], Unreadable, UntilItLeaves, &[Missing::Encryption]),
            (&[], RecoveredUnread, UntilItLeaves, &[Missing::Whereabouts, Missing::ComingBack]),
            (&[NotRecoverable], RecoveredUnread, UntilItLeaves, &[Missing::ComingBack]),
            (&[NotRecoverable, Recovered], RecoveredUnread, UntilItLeaves, &[]),
            (&[Recovered, NotRecoverable], RecoveredUnread, UntilItLeaves, &[Missing::ComingBack]),
            (&[Destroyed], RecoveredUnread, UntilItLeaves, &[]),
        ];
        for (steps, conclusion, protection, missing) in cases {
            let course = Course::of(steps.iter().copied());
            assert_eq!(course.missing(*conclusion, *protection), *missing, "{steps:?} {conclusion:?}");
        }
    }

    #[test]
    fn what_was_noted_by_mistake_does_not_count() {
        use Noted::{Done, Mistaken};
        let cases: &[(&[Noted], &[StepKind])] = &[
            (&[Done(PreliminaryReport), Mistaken(PreliminaryReport)], &[]),
            (&[Done(Contact), Done(Malice), Done(Recovered), Mistaken(Malice)], &[Contact, Recovered]),
            (&[Done(Contact), Done(Contact), Mistaken(Contact)], &[Contact]),
            (&[Done(Contact), Mistaken(Contact), Done(Contact)], &[Contact]),
            (&[Mistaken(Contact), Done(Contact)], &[Contact]),
        ];
        for (course, counts) in cases {
            let kinds: Vec<StepKind> = counting(course, |noted| *noted).iter().map(|n| n.kind()).collect();
            assert_eq!(kinds, *counts, "{course:?}");
        }
    }

    #[test]
    fn the_day_of_learning_is_the_first() {
        for (found, steps, from, until, last) in [
            ("2026-07-14", &[][..], "2026-07-16", "2026-07-18", "2026-08-12"),
            ("2026-07-14", &[Malice], "2026-07-16", "2026-07-18", "2026-09-11"),
            // Over the end of a year and a leap day.
            ("2026-12-29", &[], "2026-12-31", "2027-01-02", "2027-01-27"),
            ("2028-02-27", &[Contact], "2028-02-29", "2028-03-02", "2028-03-27"),
        ] {
            let due = DueDays::of(day(found), &Course::of(steps.iter().copied()));
            let wanted = DueDays {
                preliminary_from: day(from),
                preliminary_until: day(until),
                final_until: day(last),
            };
            assert_eq!(due, wanted, "{found} {steps:?}");
        }
        assert_eq!(DueDays::of(NaiveDate::MAX, &Course::default()).final_until, NaiveDate::MAX);
    }

    #[test]
    fn how_a_report_stands() {
        let until = day("2026-07-18");
        for (done, conclusion, today, due) in [
            (false, None, "2026-07-14", Due::Left(4)),
            (false, None, "2026-07-18", Due::Left(0)),
            (false, None, "2026-07-19", Due::Late(1)),
            (true, None, "2026-08-19", Due::Done),
            (false, Some(Conclusion::Leak), "2026-07-20", Due::Late(2)),
            (false, Some(Conclusion::Unreadable), "2026-07-20", Due::NotNeeded),
            (false, Some(Conclusion::RecoveredUnread), "2026-07-16", Due::NotNeeded),
            (true, Some(Conclusion::Unreadable), "2026-07-20", Due::Done),
        ] {
            assert_eq!(Due::of(done, until, conclusion, day(today)), due, "{today} {conclusion:?}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for kind in StepKind::ALL {
            assert_eq!(StepKind::from_code(kind.code()), Some(*kind));
        }
        for conclusion in Conclusion::ALL {
            assert_eq!(Conclusion::from_code(conclusion.code()), Some(*conclusion));
        }
    }
}
