//! Steps of the wall clock, and what has to wait while one stands that nobody has looked at.
//!
//! Everything here is read from the log itself: a step that blocks is a row that failed, and what lifts it are two rows
//! of two people.
use super::action::{Action, Outcome, RefKey};
use super::append::Note;
use super::event::Event;
use crate::domain::time::Reading;
use crate::log::record::{CLOCK_STEP_US, SET_AHEAD_US, SET_BACK_US};
use crate::office::reason::Reason;
use crate::office::store::{self, Tx};

/// What an act needs of the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallClock {
    /// It may go on whatever the clock says: looking, entering, stopping.
    Any,
    /// Something leaves by it, or a person gets or changes what they sign in with: codes made for another time must not
    /// do for it.
    Trusted,
}

impl WallClock {
    /// The one place where a step blocks. What cannot be read blocks too.
    pub fn check(self, tx: &Tx<'_>, now: Reading) -> Result<(), Reason> {
        match self {
            Self::Any => Ok(()),
            Self::Trusted if is_blocked(tx, now)? => Err(Reason::ClockBlocked),
            Self::Trusted => Ok(()),
        }
    }
}

/// How the wall clock moved since the last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Against the boot clock; against the wall clock of the last event where that was another boot.
    size_us: i64,
    /// Against the wall clock of the last event.
    wall_us: i64,
}

impl Moved {
    /// Whether two people have to look at it.
    const fn blocks(self) -> bool {
        self.wall_us < -SET_BACK_US || self.wall_us > SET_AHEAD_US
    }

    pub(super) fn note(self) -> Note {
        let mut note = Note::new(Action::ClockStep, Outcome::Done);
        if self.blocks() {
            (note.outcome, note.reason) = (Outcome::Failed, Reason::ClockBlocked.code());
        }
        note.refs.push((RefKey::StepSize, self.size_us.to_be_bytes().to_vec()));
        note.refs.push((RefKey::WallMoved, self.wall_us.to_be_bytes().to_vec()));
        note
    }
}

/// Whether a step waits for two people, one that comes on record with the next row included.
pub fn is_blocked(tx: &Tx<'_>, now: Reading) -> store::Result<bool> {
    let moved = moved(tx.last_event()?.as_ref(), now);
    Ok(moved.is_some_and(Moved::blocks) || tx.clock_steps()?.iter().any(|step| !step.is_settled()))
}

/// The step that stands between the last event and now: to be put on record before the next row.
pub(super) fn moved(last: Option<&Event>, now: Reading) -> Option<Moved> {
    let last = last?.clock;
    let wall_us = now.wall.micros().saturating_sub(last.wall.micros());
    if last.boot_id != now.boot_id || now.boottime_us < last.boottime_us {
        // How long it was off nobody knows, but time does not run backwards meanwhile, and not for months.
        let moved = Moved { size_us: wall_us, wall_us };
        return moved.blocks().then_some(moved);
    }
    let boot = i64::try_from(now.boottime_us - last.boottime_us).unwrap_or(i64::MAX);
    let size_us = wall_us.saturating_sub(boot);
    (size_us.saturating_abs() > CLOCK_STEP_US).then_some(Moved { size_us, wall_us })
}
