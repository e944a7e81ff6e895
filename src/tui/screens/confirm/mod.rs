//! The second person's half: prove to be there, key blind, read aloud, press S.
//!
//! Nothing of what the sender chose is on any of these panels before everything matched. A panel is replaced by the
//! next one, so there is never one below it that remembers more than it should.
mod blind;
mod ended;
mod identify;
mod missed;
mod reveal;
mod supervise;
pub mod wording;

pub use identify::Identify;

use super::parts::ask;
use crate::domain::ids::TransmissionId;
use crate::keymap::Context;
use crate::office::Reason;
use crate::office::ops::{ReturnTransmission, Returned};
use crate::text::{Lang, Text, drills, fill, outbox as say};
use crate::tui::counter::{Counter, Request, Seat, Value};
use crate::tui::screen::{Desk, Effect, Flow};

/// Fixed letters, the same in every keymap.
const FIXED: &[Context] = &[Context::Confirm];

/// What is being confirmed, by whom. Nothing here helps to pass the check.
#[derive(Clone, Debug)]
pub struct Case {
    pub seat: Seat,
    pub transmission: TransmissionId,
    pub number: u32,
    /// Number and name; empty until somebody has signed in.
    pub confirmer: String,
}

impl Case {
    fn confirmer(&self, lang: Lang) -> String {
        if self.confirmer.is_empty() {
            String::new()
        } else {
            fill(say::CONFIRMER_IS.in_lang(lang), &[&self.confirmer])
        }
    }
    fn title(&self, text: Text, lang: Lang) -> String {
        fill(text.in_lang(lang), &[&format!("{:04}", self.number)])
    }

    /// A colleague who came for this one confirmation is signed out.
    fn leave(&self, desk: &mut Desk<'_>) -> Vec<Effect<Counter>> {
        match self.seat {
            Seat::Main => Vec::new(),
            seat => vec![Effect::Perform(desk.ticket(), Request::Leave { seat })],
        }
    }

    /// Gives up without changing anything.
    fn stop(&self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let mut effects = self.leave(desk);
        effects.push(Effect::Pop);
        Flow::Effects(effects)
    }

    /// Back to the beginning, with the reason.
    fn start_again(&self, why: Text, desk: &mut Desk<'_>) -> Flow<Counter> {
        let mut effects = self.leave(desk);
        effects.push(Effect::Replace(Box::new(Identify::again(self, why, desk.lang))));
        Flow::Effects(effects)
    }

    /// It is over: says how, then closes.
    fn end(&self, title: Text, lines: &[Text], desk: &mut Desk<'_>) -> Flow<Counter> {
        let mut effects = self.leave(desk);
        effects.push(Effect::Replace(Box::new(ended::Ended::new(self.clone(), title, lines.to_vec()))));
        Flow::Effects(effects)
    }

    /// What a refusal means here: stale evidence starts again, everything else ends it.
    fn refused(&self, reason: Reason, desk: &mut Desk<'_>) -> Flow<Counter> {
        match reason {
            Reason::StepUpStale => self.start_again(say::EVIDENCE_OLD, desk),
            // Confirmed all the same: whoever reads a failure here would prepare and send it a second time.
            Reason::FilesPending => self.end(say::SENT_TITLE, say::PENDING, desk),
            other => self.end(say::FAILED_TITLE, &[other.text(), say::SEE_OUTBOX], desk),
        }
    }

    fn return_it(&self, desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Effects(vec![ask(desk, self.seat, ReturnTransmission { transmission: self.transmission })])
    }

    fn returned(&self, result: Result<Returned, Reason>, desk: &mut Desk<'_>) -> Flow<Counter> {
        match result {
            Ok(Returned::Drill) => self.end(drills::WAS_DRILL, drills::CAUGHT, desk),
            Ok(Returned::Sending) => self.end(say::RETURNED_TITLE, &[say::RETURNED_NOTE], desk),
            Err(reason) => self.refused(reason, desk),
        }
    }

    /// The panel below should look again.
    fn close(&self) -> Flow<Counter> {
        Flow::Effects(vec![Effect::PopWith(Value::Changed)])
    }
}
