//! Which lines the worklist asks for, all or what a search finds, and what it does with the answer.
use super::Worklist;
use crate::domain::sensitive::Personal;
use crate::keymap::Command;
use crate::office::Reason;
use crate::office::ops::{ListRecords, RecordPage, SearchRecords};
use crate::text::{Lang, fill, worklist as words};
use crate::tui::counter::{Counter, perform};
use crate::tui::screen::{Desk, Effect, Flow, Ticket};
use crate::tui::widgets::text_field::Edited;

/// The last question about the lines, while its answer is on the way: until then heading and lines stay as they are.
pub(super) struct Asked {
    pub ticket: Ticket,
    /// `None`: the whole list.
    pub term: Option<Personal<String>>,
}

impl Worklist {
    pub(super) fn on_search(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let Some(field) = &mut self.search else { return Flow::Pass };
        match command {
            Command::Cancel | Command::Back => self.search = None,
            Command::Open => {
                let term = field.text();
                self.search = None;
                if !term.trim().is_empty() {
                    self.wanted = None;
                    return Flow::Effects(vec![self.ask(Some(Personal::new(term)), desk)]);
                }
            }
            _ if field.edit(command) == Edited::NotMine => return Flow::Pass,
            _ => {}
        }
        Flow::Stay
    }

    /// The whole list, or what a search finds.
    pub(super) fn ask(&mut self, term: Option<Personal<String>>, desk: &mut Desk<'_>) -> Effect<Counter> {
        let ticket = desk.ticket();
        self.list_asked = true;
        self.asked = Some(Asked { ticket, term: term.clone() });
        Effect::Perform(
            ticket,
            term.map_or_else(|| perform(ListRecords), |term| perform(SearchRecords { term })),
        )
    }

    pub(super) fn ask_for_list(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        Flow::Effects(vec![self.ask(None, desk)])
    }

    /// What is looked for: what was asked last, also while its answer is on the way.
    pub(super) fn sought(&self) -> Option<&Personal<String>> {
        self.asked.as_ref().map_or(self.found.as_ref(), |asked| asked.term.as_ref())
    }

    /// The same lines as they are now: whoever comes back from a record that was found looks at the next one.
    pub(super) fn ask_again(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let term = self.sought().cloned();
        if term.is_some() {
            self.wanted = self.wanted.take().or(self.selected().map(|line| line.record));
        }
        Flow::Effects(vec![self.ask(term, desk)])
    }

    /// Moves on to what was asked, now that it is here.
    pub(super) fn take_page(&mut self, page: Result<RecordPage, Reason>, asked: Asked, lang: Lang) {
        let found = asked.term.is_some();
        // A new search begins at its first line.
        let before = self.selected().map(|line| line.record).filter(|_| !found);
        let selected = self.wanted.take().or(before);
        match page {
            Ok(page) => {
                self.found = asked.term;
                self.page = Some(page);
                self.recount();
                let again =
                    selected.and_then(|record| self.lines().iter().position(|line| line.record == record));
                self.list.select(again.unwrap_or_default());
                let drafts = self.lines().iter().filter(|line| line.draft.is_some()).count();
                if !self.drafts_told && drafts > 0 && !found {
                    self.message = fill(words::DRAFTS.in_lang(lang), &[&drafts]);
                }
                if found && self.lines().is_empty() {
                    words::NOTHING_FOUND.in_lang(lang).clone_into(&mut self.message);
                }
                self.drafts_told = true;
            }
            Err(reason) => reason.text().in_lang(lang).clone_into(&mut self.message),
        }
    }
}
