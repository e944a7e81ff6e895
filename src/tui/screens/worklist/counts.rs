//! How many lines wait for what.
use crate::office::StateCode::{Awaiting, Returned};
use crate::office::ops::{RecordLine, RecordState};
use crate::text::{Lang, fill, worklist as words};

/// What the row of counters says about the lines.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    drafts: usize,
    registered: usize,
    awaiting: usize,
    returned: usize,
    overdue: usize,
}

impl Counts {
    pub fn of(lines: &[RecordLine], is_overdue: impl Fn(&RecordLine) -> bool) -> Self {
        let mut counts = Self::default();
        for line in lines {
            counts.drafts += usize::from(line.draft.is_some());
            counts.registered += usize::from(line.state == RecordState::Registered);
            counts.awaiting += usize::from(line.state == RecordState::Transmission(Awaiting));
            counts.returned += usize::from(line.state == RecordState::Transmission(Returned));
            counts.overdue += usize::from(is_overdue(line));
        }
        counts
    }

    /// `[すべて 9]  未入力 3  ...`
    pub fn shown(self, all: &str, lang: Lang) -> String {
        let Self { drafts, registered, awaiting, returned, overdue } = self;
        [
            format!("[{all}]"),
            fill(words::DRAFT_COUNT.in_lang(lang), &[&drafts]),
            fill(words::REGISTERED_COUNT.in_lang(lang), &[&registered]),
            fill(words::CONFIRM_COUNT.in_lang(lang), &[&awaiting]),
            fill(words::RETURNED_COUNT.in_lang(lang), &[&returned]),
            fill(words::OVERDUE_COUNT.in_lang(lang), &[&overdue]),
        ]
        .join("  ")
    }
}
