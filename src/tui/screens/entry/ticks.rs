//! The answers that are ticked in an item of several, with the way back: one that excludes the others takes their
//! ticks away.
use crate::form::Choice;

#[derive(Default)]
pub(super) struct Ticks {
    chosen: Vec<String>,
    before: Vec<Vec<String>>,
    undone: Vec<Vec<String>>,
}

impl Ticks {
    pub fn new(chosen: Vec<String>) -> Self {
        Self { chosen, ..Self::default() }
    }

    pub fn contains(&self, code: &str) -> bool {
        self.chosen.iter().any(|one| one == code)
    }

    /// Puts a tick or takes it away.
    pub fn toggle(&mut self, option: &Choice, options: &[Choice]) {
        let mut chosen = self.chosen.clone();
        match chosen.iter().position(|code| *code == option.code) {
            Some(at) => drop(chosen.remove(at)),
            None => {
                let excludes = |code: &String| {
                    options.iter().any(|o| o.code == *code && (o.exclusive || option.exclusive))
                };
                chosen.retain(|code| !excludes(code));
                chosen.push(option.code.clone());
            }
        }
        self.change_to(chosen);
    }

    /// `false` when there was none.
    pub fn clear(&mut self) -> bool {
        let any = !self.chosen.is_empty();
        if any {
            self.change_to(Vec::new());
        }
        any
    }

    /// `false` when nothing was changed since the focus came.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.before.pop() else { return false };
        self.undone.push(std::mem::replace(&mut self.chosen, before));
        true
    }

    pub fn redo(&mut self) -> bool {
        let Some(after) = self.undone.pop() else { return false };
        self.before.push(std::mem::replace(&mut self.chosen, after));
        true
    }

    /// Every tick was taken back.
    pub fn is_at_start(&self) -> bool {
        self.before.is_empty()
    }

    /// What is ticked belongs to the record now.
    pub fn settle(&mut self) {
        self.before.clear();
    }

    /// What was ticked before anything was taken back.
    pub fn taken_back(&self) -> Option<&[String]> {
        self.undone.first().map(Vec::as_slice)
    }

    fn change_to(&mut self, chosen: Vec<String>) {
        self.undone.clear();
        self.before.push(std::mem::replace(&mut self.chosen, chosen));
    }
}
