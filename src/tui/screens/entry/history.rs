//! What was changed, step by step, to go back and forth. One key is one step, also when it filled several items: the
//! facts of an institution, an address, everything that a household has in common.
use crate::form::Value;

/// One item before and after.
pub(super) struct Change {
    pub at: usize,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// The items of a step and what they are to say.
pub(super) type Step = Vec<(usize, Option<Value>)>;

#[derive(Default)]
pub(super) struct History {
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
    /// What is noted belongs to the last step.
    goes_on: bool,
}

impl History {
    /// A key was pressed: what is noted from now on is a step of its own.
    pub const fn begin_step(&mut self) {
        self.goes_on = false;
    }

    pub fn note(&mut self, at: usize, before: Option<Value>, after: Option<Value>) {
        self.undone.clear();
        let change = Change { at, before, after };
        match self.done.last_mut().filter(|_| self.goes_on) {
            Some(step) => step.push(change),
            None => self.done.push(vec![change]),
        }
        self.goes_on = true;
    }

    /// The last step taken back. Ticks of the item in focus that were taken back before it come after it again.
    pub fn undo(&mut self, ticks: Option<Change>) -> Option<Step> {
        let step = self.done.pop()?;
        if let Some(ticks) = ticks {
            self.undone = vec![vec![ticks]];
        }
        let values = step.iter().rev().map(|change| (change.at, change.before.clone())).collect();
        self.undone.push(step);
        Some(values)
    }

    /// The step taken back last, done again.
    pub fn redo(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        let values = step.iter().map(|change| (change.at, change.after.clone())).collect();
        self.done.push(step);
        Some(values)
    }
}
