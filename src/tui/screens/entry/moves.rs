//! From item to item: leaving one makes it a value, arriving at one opens its editor.
use super::editor::{Editor, Trouble, dates};
use super::history::{Change, Step};
use super::{Entry, item_of, say};
use crate::form::{Kind, Value};
use crate::japanese::date_input::{DateProblem, parse_date};
use crate::keymap::Command;
use crate::text::{Lang, entry as words, fill};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Effect, Flow};
use crate::tui::widgets::text_field::Edited;
use chrono::NaiveDate;
use std::rc::Rc;

/// What leaving an item led to.
pub(super) struct Left {
    pub effects: Vec<Effect<Counter>>,
    pub trouble: Option<Trouble>,
}

impl Entry {
    /// Opens the item behind the one that was kept last, or the first one that is still to be typed.
    pub(super) fn start_at(&mut self, position: Option<&str>) {
        let left_at = position.and_then(|key| self.form().items.iter().position(|item| item.key == key));
        let open = |at: &usize| self.view.items.get(*at).is_some_and(|item| item.value.is_none());
        // Who it is about comes along from the record that it belongs to. Nobody waits for that, so the focus does not
        // either: keys pressed meanwhile would land on a name.
        let comes = self.link.is_some() && !self.form().is_of_a_contact();
        let to_be_typed = |at: &usize| open(at) && !(comes && self.item_at(*at).identity.is_some());
        let mut reachable = (0..self.form().items.len()).filter(|at| self.takes_focus(*at));
        let at = match left_at.filter(|at| self.takes_focus(*at)) {
            // A draft is kept when an item is left: what comes next was being typed.
            Some(kept) if !open(&kept) => reachable.find(|at| *at > kept).or(Some(kept)),
            Some(kept) => Some(kept),
            None => reachable.find(to_be_typed),
        };
        self.go(at.unwrap_or_default());
    }

    pub(super) fn takes_focus(&self, at: usize) -> bool {
        let shown = self.view.items.get(at).is_some_and(|item| item.shown);
        shown && !matches!(self.item_at(at).kind, Kind::Computed { .. })
    }

    pub(super) fn go(&mut self, at: usize) {
        self.focus = at;
        self.open_editor();
        self.offer_on_arrival();
    }

    pub(super) fn open_editor(&mut self) {
        self.offer = None;
        self.editor = Editor::open(self.item(), self.values.value(&self.item().key));
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.now.date_in_japan()
    }

    /// The nearest date above the item.
    fn above(&self) -> Option<NaiveDate> {
        self.view.items.iter().take(self.focus).rev().filter(|item| item.shown).find_map(|item| {
            match &item.value {
                Some(Value::Date(date)) => Some(*date),
                _ => None,
            }
        })
    }

    /// Takes over what the editor says. Something that could not be read is kept too, and reported once.
    pub(super) fn settle(&mut self, desk: &mut Desk<'_>) -> Left {
        if !self.editor.has_changed() {
            return Left { effects: Vec::new(), trouble: None };
        }
        let said = self.editor.said(self.item(), self.today(), self.above());
        self.editor.settle();
        self.fill_address(said.value.as_ref(), desk.lang);
        let numbers = self.numbers_of_institution(said.value.as_ref());
        let mut effects = self.commit(self.focus, said.value, desk);
        if let Some((before, now)) = numbers {
            effects.extend(self.fill_institution(&before, &now, desk));
        }
        Left { effects, trouble: said.trouble }
    }

    /// Makes a value of an item part of the record: undoable, evaluated, kept by the office.
    pub(super) fn commit(
        &mut self,
        at: usize,
        after: Option<Value>,
        desk: &mut Desk<'_>,
    ) -> Vec<Effect<Counter>> {
        let before = self.values.value(&self.item_at(at).key).cloned();
        if before == after {
            return Vec::new();
        }
        self.set(at, after.clone());
        self.history.note(at, before, after);
        self.keep(desk)
    }

    pub(super) fn set(&mut self, at: usize, value: Option<Value>) {
        let key = self.item_at(at).key.clone();
        match value {
            Some(value) => drop(self.values.set(key, value)),
            None => drop(self.values.clear(&key)),
        }
        self.evaluate();
    }

    pub(super) fn next(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        match left.trouble {
            Some(trouble) => {
                let sentence = say::trouble(&trouble, self.item(), desk.lang);
                self.message = format!("{sentence} {}", words::CANNOT_GO_ON.in_lang(desk.lang));
            }
            None => self.go_to_successor(desk.lang),
        }
        flow(left.effects)
    }

    pub(super) fn stay_here(&mut self, lang: Lang) -> Flow<Counter> {
        self.message = words::WENT_ON.in_lang(lang).to_owned();
        Flow::Stay
    }

    pub(super) fn previous(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        if let Some(at) = (0..self.focus).rev().find(|at| self.takes_focus(*at)) {
            self.go(at);
        }
        flow(left.effects)
    }

    pub(super) fn go_to_successor(&mut self, lang: Lang) {
        match self.successor() {
            Some(at) => self.go(at),
            None => self.message = words::LAST_ITEM.in_lang(lang).to_owned(),
        }
    }

    fn successor(&self) -> Option<usize> {
        (self.focus + 1..self.form().items.len()).find(|at| self.takes_focus(*at))
    }

    /// Whether the focus leaves a complete birth date by itself: not where the next item would take a digit too many.
    pub(super) fn goes_on_when_complete(&self) -> bool {
        self.successor().is_some_and(|at| !self.item_at(at).kind.takes_digits())
    }

    /// Goes on by itself after one digit of a choice, and after a complete birth date where that is safe.
    pub(super) fn advance(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let chosen = self.editor.is_choice();
        self.preview(desk.lang);
        if !chosen && self.editor.said(self.item(), self.today(), self.above()).trouble.is_some() {
            return Flow::Stay;
        }
        let left = self.settle(desk);
        // Only now it is known which items follow.
        if (chosen || self.goes_on_when_complete())
            && let Some(at) = self.successor()
        {
            self.go(at);
            self.went_on = !chosen;
        }
        flow(left.effects)
    }

    /// To the next item that is missing or wrong, from the top again after the end.
    pub(super) fn next_open(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        let count = self.form().items.len();
        let around = (self.focus + 1..count).chain(0..=self.focus);
        let mut open = around.filter(|at| self.takes_focus(*at)).filter(|at| self.is_open(*at));
        match open.next() {
            Some(at) => self.go(at),
            None => self.message = words::ALL_FILLED.in_lang(desk.lang).to_owned(),
        }
        flow(left.effects)
    }

    /// The same upwards, from the bottom again before the beginning.
    pub(super) fn previous_open(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        let count = self.form().items.len();
        let around = (0..self.focus).rev().chain((self.focus..count).rev());
        let mut open = around.filter(|at| self.takes_focus(*at)).filter(|at| self.is_open(*at));
        match open.next() {
            Some(at) => self.go(at),
            None => self.message = words::ALL_FILLED.in_lang(desk.lang).to_owned(),
        }
        flow(left.effects)
    }

    pub(super) fn go_to_end(&mut self, last: bool, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        let mut items = (0..self.form().items.len()).filter(|at| self.takes_focus(*at));
        let at = if last { items.next_back() } else { items.next() };
        self.go(at.unwrap_or(self.focus));
        flow(left.effects)
    }

    pub(super) fn is_open(&self, at: usize) -> bool {
        let wrong = |item: &crate::form::ItemView| item.problems.iter().any(crate::form::Problem::is_error);
        self.view.items.get(at).is_some_and(|item| item.shown && (item.is_missing() || wrong(item)))
    }

    pub(super) fn turn_page(&mut self, by: isize, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        if let Some(page) = self.item().page.checked_add_signed(by) {
            let mut on_page = (0..self.form().items.len())
                .filter(|at| self.takes_focus(*at) && self.item_at(*at).page == page);
            if let Some(at) = on_page.next() {
                self.go(at);
            }
        }
        flow(left.effects)
    }

    /// First within the item, then step by step through the form.
    pub(super) fn undo(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        if self.editor.has_changed() {
            if let Some(item) = item_of(&self.catalog, &self.form_id, self.form_version, self.focus)
                && self.editor.edit(item, Command::Undo) != Edited::Changed
            {
                self.open_editor();
            }
            return Flow::Stay;
        }
        let before = self.values.value(&self.item().key).cloned();
        let ticks = self.editor.taken_back(self.item()).map(|after| Change {
            at: self.focus,
            before,
            after: Some(after),
        });
        let Some(step) = self.history.undo(ticks) else {
            self.message = words::NOTHING_TO_UNDO.in_lang(desk.lang).to_owned();
            return Flow::Stay;
        };
        self.replay(step, desk)
    }

    pub(super) fn redo(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let item = item_of(&self.catalog, &self.form_id, self.form_version, self.focus);
        if item.is_some_and(|item| self.editor.edit(item, Command::Redo) == Edited::Changed) {
            return Flow::Stay;
        }
        let typing = self.editor.has_changed();
        let Some(step) = (!typing).then(|| self.history.redo()).flatten() else {
            self.message = words::NOTHING_TO_REDO.in_lang(desk.lang).to_owned();
            return Flow::Stay;
        };
        self.replay(step, desk)
    }

    /// The focus goes to the first item of the step, or above it when that is hidden.
    fn replay(&mut self, step: Step, desk: &mut Desk<'_>) -> Flow<Counter> {
        let first = step.iter().map(|(at, _)| *at).min().unwrap_or_default();
        for (at, value) in step {
            self.set(at, value);
        }
        let near = (0..=first).rev().find(|at| self.takes_focus(*at));
        self.go(near.unwrap_or_default());
        flow(self.keep(desk))
    }

    /// The value of this item, and of no other, in the last record of this form that was registered here.
    pub(super) fn ditto(&mut self, lang: Lang) -> Flow<Counter> {
        let remembered = self.memory.borrow().value(&self.form_id, &self.item().key);
        let item = item_of(&self.catalog, &self.form_id, self.form_version, self.focus);
        match (remembered, item) {
            (Some(value), Some(item)) => self.editor.put(item, &value),
            _ => self.message = words::NO_DITTO.in_lang(lang).to_owned(),
        }
        Flow::Stay
    }

    /// What this household has in common with the record registered before: never who a person is, and nothing that
    /// was typed already.
    pub(super) fn copy_household(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        let mut effects = left.effects;
        let memory = Rc::clone(&self.memory);
        let memory = memory.borrow();
        let before = memory.of_household(&self.form_id);
        let mut copied = 0_usize;
        for at in 0..self.form().items.len() {
            let item = self.item_at(at);
            let open = item.household && self.values.value(&item.key).is_none();
            // Another form may offer other answers under the same name.
            let fits = before.filter(|_| open).and_then(|before| before.value(&item.key));
            let fits = fits.filter(|value| item.accepts(value, self.today()));
            if let Some(value) = fits.cloned() {
                effects.extend(self.commit(at, Some(value), desk));
                copied += 1;
            }
        }
        self.message = match (before, copied) {
            (None, _) => words::NOTHING_BEFORE.in_lang(desk.lang).to_owned(),
            (Some(_), 0) => words::NOTHING_COPIED.in_lang(desk.lang).to_owned(),
            (Some(before), count) => {
                let number = format!("{:04}", before.number);
                fill(words::COPIED.in_lang(desk.lang), &[&count, &number, before.name.expose()])
            }
        };
        self.open_editor();
        flow(effects)
    }

    /// Takes the date that was offered instead of one that does not exist.
    pub(super) fn take_suggestion(&mut self, lang: Lang) -> Flow<Counter> {
        let offered = self.date_typed().and_then(Result::err).and_then(|problem| problem.suggestion());
        let item = item_of(&self.catalog, &self.form_id, self.form_version, self.focus);
        if let (Some(date), Some(item)) = (offered, item) {
            self.editor.put(item, &Value::Date(date));
            self.preview(lang);
        } else {
            self.message = words::NO_OFFER.in_lang(lang).to_owned();
        }
        Flow::Stay
    }

    /// What the text in a date item means so far.
    pub(super) fn date_typed(&self) -> Option<Result<NaiveDate, DateProblem>> {
        let context = dates(self.item(), self.today(), self.above())?;
        let text = self.editor.text();
        (!text.is_empty()).then(|| parse_date(&text, &context))
    }

    /// Says while typing what is certainly wrong; what may still become right is not scolded.
    pub(super) fn preview(&mut self, lang: Lang) {
        if let Some(Err(problem)) = self.date_typed()
            && problem.suggestion().is_some()
        {
            self.message = say::trouble(&Trouble::Date(problem), self.item(), lang);
        }
    }
}

pub(super) fn flow(effects: Vec<Effect<Counter>>) -> Flow<Counter> {
    if effects.is_empty() { Flow::Stay } else { Flow::Effects(effects) }
}
