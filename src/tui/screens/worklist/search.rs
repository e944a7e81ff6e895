//! Searching in the worklist, and going on in what was found.
use super::Worklist;
use crate::domain::sensitive::Personal;
use crate::keymap::Command;
use crate::office::ops::SearchRecords;
use crate::tui::counter::{Counter, perform};
use crate::tui::screen::{Desk, Effect, Flow};
use crate::tui::widgets::text_field::Edited;

impl Worklist {
    pub(super) fn on_search(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(field) = &mut self.search else { return Flow::Pass };
        match command {
            Command::Cancel | Command::Back => self.search = None,
            Command::Open => {
                let term = field.text();
                self.search = None;
                if !term.trim().is_empty() {
                    return self.look_for(Personal::new(term), desk);
                }
            }
            _ if field.edit(command) == Edited::NotMine => return Flow::Pass,
            _ => {}
        }
        Flow::Stay
    }

    fn look_for(&mut self, term: Personal<String>, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.found = Some(term.clone());
        Flow::Effects(vec![Effect::Perform(desk.ticket(), perform(SearchRecords { term }))])
    }

    /// The same lines as they are now: whoever comes back from a record that was found looks at the next one.
    pub(super) fn ask_again(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.found.clone().filter(|_| self.wanted.is_none()) {
            Some(term) => {
                self.wanted = self.selected().map(|line| line.record);
                self.look_for(term, desk)
            }
            None => self.ask_for_list(desk),
        }
    }
}
