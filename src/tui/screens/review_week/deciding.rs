//! Verdicts of the weekly review: shown at once, sent to the office, taken back when it refuses.
use super::{ReviewWeek, Writing};
use crate::domain::sensitive::Personal;
use crate::office::Reason;
use crate::office::ops::{self, ReviewEvent, ReviewRow, TakeBackReview, Verdict};
use crate::text::{Lang, fill, review as log, review_week as say};
use crate::tui::counter::{Counter, Request, Seat};
use crate::tui::screen::{Desk, Effect, Flow, Ticket};

/// What a row said before.
type Before = Option<(Verdict, String)>;

/// A verdict that stands and was given here.
pub struct Given(u64);

/// A change that is on its way to the office.
pub struct Asked {
    seq: u64,
    before: Before,
    takes_back: bool,
}

impl ReviewWeek {
    pub(super) fn decide(&mut self, verdict: Verdict, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(row) = self.selected() else { return Flow::Stay };
        let (seq, own) = (row.seq, row.own);
        if let Some(signed) = self.page.as_ref().and_then(|page| page.signed.as_ref()) {
            self.message = fill(say::SIGNED.in_lang(desk.lang), &[&signed.by]);
            return Flow::Stay;
        }
        if own {
            return self.say(log::OWN_ROW, desk.lang);
        }
        if verdict.needs_reason() {
            self.writing = Some(Writing::new(seq, verdict));
            return self.say(log::REASON_HINT, desk.lang);
        }
        self.send(seq, verdict, String::new(), desk)
    }

    /// The row shows it and the next one is there before the office has answered: who decides a hundred rows types on.
    pub(super) fn send(
        &mut self,
        seq: u64,
        verdict: Verdict,
        reason: String,
        desk: &mut Desk<'_>,
    ) -> Flow<Counter> {
        let by = self.face.name.clone();
        let before = self.show(seq, Some((verdict, by)));
        let effect = self.ask_office(
            Asked { seq, before, takes_back: false },
            ReviewEvent { seq, verdict, reason: Personal::new(reason) }.into(),
            desk,
        );
        self.next_open(desk.lang);
        Flow::Effects(vec![effect])
    }

    /// Takes back the verdict on the chosen row if it was given here, else the last one that was.
    pub(super) fn take_back(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let chosen = self.selected().filter(|row| row.verdict.is_some()).map(|row| row.seq);
        let at = chosen.and_then(|seq| self.given.iter().rposition(|given| given.0 == seq));
        let at = at.or_else(|| self.given.len().checked_sub(1));
        let seq = match (at, chosen) {
            (Some(at), _) => self.given.remove(at).0,
            // Given in an earlier sitting: the office says whether it was by this person.
            (None, Some(seq)) => seq,
            (None, None) => return self.say(say::NOTHING_GIVEN, desk.lang),
        };
        let before = self.show(seq, None);
        let asked = Asked { seq, before, takes_back: true };
        let effect = self.ask_office(asked, TakeBackReview { seq }.into(), desk);
        self.select(seq);
        self.message.clear();
        Flow::Effects(vec![effect])
    }

    pub(super) fn answered(
        &mut self,
        ticket: Ticket,
        result: Result<(), Reason>,
        lang: Lang,
    ) -> Flow<Counter> {
        let Some(at) = self.asked.iter().position(|(known, _)| *known == ticket) else { return Flow::Pass };
        let (_, asked) = self.asked.remove(at);
        match result {
            Ok(()) if asked.takes_back => self.say(say::TAKEN_BACK, lang),
            Ok(()) => {
                self.given.push(Given(asked.seq));
                Flow::Stay
            }
            Err(reason) => {
                self.show(asked.seq, asked.before);
                self.select(asked.seq);
                self.say(reason.text(), lang)
            }
        }
    }

    /// Goes to the next row without a verdict, from here on and then from the beginning; those that were put off last.
    pub(super) fn next_open(&mut self, lang: Lang) -> Flow<Counter> {
        let rows = self.rows();
        let from = self.list.selected(rows.len()).map_or(0, |at| at + 1);
        let order = (from..rows.len()).chain(0..from.min(rows.len()));
        let find = |wanted: &dyn Fn(&ReviewRow) -> bool| {
            order.clone().find(|at| rows.get(*at).is_some_and(|row| !row.own && wanted(row)))
        };
        let next = find(&|row| row.verdict.is_none()).or_else(|| find(&|row| !row.is_decided()));
        let open = self.page.as_ref().map_or(0, |page| page.rows.len() - page.decided());
        match next {
            Some(at) => {
                self.list.select(at);
                self.message.clear();
                Flow::Stay
            }
            None if open == 0 => self.say(say::ALL_DECIDED, lang),
            // Another kind has some, or they are one's own.
            None if self.has_open_of_others() => {
                self.message = fill(say::STILL_OPEN.in_lang(lang), &[&open]);
                self.group = None;
                self.next_open(lang)
            }
            None => self.say(say::ONLY_OWN, lang),
        }
    }

    fn has_open_of_others(&self) -> bool {
        let mut rows = self.page.iter().flat_map(|page| page.rows.iter());
        self.group.is_some() && rows.any(|row| !row.own && !row.is_decided())
    }

    fn ask_office(&mut self, asked: Asked, request: ops::Request, desk: &mut Desk<'_>) -> Effect<Counter> {
        let ticket = desk.ticket();
        self.asked.push((ticket, asked));
        Effect::Perform(ticket, Request::Perform { seat: Seat::Main, request: Box::new(request) })
    }

    fn show(&mut self, seq: u64, verdict: Before) -> Before {
        let rows = self.page.iter_mut().flat_map(|page| page.rows.iter_mut());
        rows.into_iter()
            .find(|row| row.seq == seq)
            .and_then(|row| std::mem::replace(&mut row.verdict, verdict))
    }

    fn select(&mut self, seq: u64) {
        let place = |review: &Self| review.rows().iter().position(|row| row.seq == seq);
        if place(self).is_none() {
            self.group = None;
        }
        if let Some(at) = place(self) {
            self.list.select(at);
        }
    }
}
