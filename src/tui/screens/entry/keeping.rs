//! Keeping the draft, registering it, and leaving: what is asked of the office and what its answers mean.
use super::moves::flow;
use super::panel::Panel;
use super::second::{Once, SecondKeying};
use super::second_disease::SecondDisease;
use super::{Entry, say};
use crate::domain::time::Timestamp;
use crate::form::Values;
use crate::office::Reason;
use crate::office::ops::{self, OpenDraft, RegisterDraft, RegisterOutcome, SaveDraft};
use crate::text::{Lang, entry as words, fill, second};
use crate::tui::counter::{Counter, NamedDisease, Reply, Value, perform};
use crate::tui::screen::{Desk, Effect, Flow, Question, Ticket};
use crate::tui::screens::record::Record;
use std::sync::Arc;

const KEEP_MINE: char = 'K';
const OPEN_THEIRS: char = 'O';

/// Where the draft stands between the screen and the disk.
#[derive(Default)]
pub(super) struct Keeping {
    opening: Opening,
    /// A save is on its way.
    outstanding: bool,
    /// Something changed since then.
    again: bool,
    failed: bool,
    last: Option<Timestamp>,
    then: Then,
    /// The registration itself is on its way.
    registering: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Opening {
    #[default]
    NotAsked,
    Asked,
    Refused,
}

/// What waits for the draft to be on the disk.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Then {
    #[default]
    Stay,
    Register,
    Leave,
}

impl Keeping {
    pub fn is_opening(&self) -> bool {
        self.opening != Opening::NotAsked
    }
    pub fn is_registering(&self) -> bool {
        self.registering || self.then == Then::Register
    }
    fn is_waiting(&self) -> bool {
        self.outstanding || self.again
    }

    /// What the title row says.
    pub fn shown(&self, opened: bool, lang: Lang) -> String {
        match (self.failed, opened, self.is_waiting(), self.last) {
            (true, ..) => words::DRAFT_FAILED.in_lang(lang).to_owned(),
            (_, false, ..) => words::DRAFT_OPENING.in_lang(lang).to_owned(),
            (_, _, true, _) => words::DRAFT_SAVING.in_lang(lang).to_owned(),
            (_, _, _, Some(at)) => fill(words::DRAFT_AT.in_lang(lang), &[&say::clock(at)]),
            _ => String::new(),
        }
    }
}

impl Entry {
    pub(super) fn is_draft_due(&self) -> bool {
        self.draft.is_none() && !self.keeping.is_opening()
    }

    pub(super) fn open_draft(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.keeping.opening = Opening::Asked;
        let open = OpenDraft { form: self.form_id.clone(), intake: self.intake, link: self.link };
        Flow::Effects(vec![Effect::Perform(desk.ticket(), perform(open))])
    }

    /// Asks for a save, or remembers to ask when the one under way is done.
    pub(super) fn keep(&mut self, desk: &mut Desk<'_>) -> Vec<Effect<Counter>> {
        let Some(draft) = self.draft else {
            self.keeping.again = true;
            return match self.keeping.opening {
                Opening::Refused => match self.open_draft(desk) {
                    Flow::Effects(effects) => effects,
                    _ => Vec::new(),
                },
                _ => Vec::new(),
            };
        };
        if self.keeping.outstanding {
            self.keeping.again = true;
            return Vec::new();
        }
        self.keeping.outstanding = true;
        self.keeping.again = false;
        let save =
            SaveDraft { draft: draft.id, values: self.values.clone(), position: self.item().key.clone() };
        vec![Effect::Perform(desk.ticket(), perform(save))]
    }

    /// F12: everything is checked, then one Enter.
    pub(super) fn register(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        self.evaluate();
        let panel = Panel::confirm(self.form(), &self.view, desk.lang);
        let mut effects = left.effects;
        match panel.first_error() {
            Some((at, sentence)) => {
                self.go(at);
                self.message = sentence;
            }
            None if self.form().head.second_entry && !self.disease_named => {
                let naming = SecondDisease::new(Arc::clone(&self.catalog), self.form().head.clone());
                effects.push(Effect::Push(Box::new(naming)));
            }
            None => match self.to_be_keyed_twice() {
                items if items.is_empty() => self.panel = Some(panel),
                items => {
                    let form = (self.form_id.clone(), self.form_version);
                    let keying = SecondKeying::new(Arc::clone(&self.catalog), form, self.today(), items);
                    effects.push(Effect::Push(Box::new(keying)));
                }
            },
        }
        flow(effects)
    }

    /// Items that this form wants keyed twice and whose value was not, or has changed since.
    fn to_be_keyed_twice(&self) -> Vec<Once> {
        let shown = self.form().items.iter().zip(&self.view.items).enumerate();
        shown
            .filter(|(_, (item, view))| item.second_entry && view.shown)
            .filter_map(|(at, (item, _))| {
                // What was not typed (a default) was not keyed once.
                let value = self.values.value(&item.key)?.clone();
                let done = self.twice.iter().any(|(known, agreed)| *known == at && *agreed == value);
                (!done).then_some(Once { at, value })
            })
            .collect()
    }

    /// The check goes on, or the report is one of another disease.
    pub(super) fn take_disease(&mut self, named: &NamedDisease, desk: &mut Desk<'_>) -> Flow<Counter> {
        match named {
            NamedDisease::Same => {
                self.disease_named = true;
                self.register(desk)
            }
            NamedDisease::Other(title) => {
                self.message = fill(second::OTHER_DISEASE.in_lang(desk.lang), &[&title.in_lang(desk.lang)]);
                Flow::Stay
            }
        }
    }

    /// What the paper says after a second keying: taken over where the first was wrong, then the check goes on.
    pub(super) fn take_agreed(
        &mut self,
        agreed: Vec<(usize, crate::form::Value)>,
        desk: &mut Desk<'_>,
    ) -> Flow<Counter> {
        let mut effects = Vec::new();
        for (at, value) in agreed {
            self.twice.retain(|(known, _)| *known != at);
            self.twice.push((at, value.clone()));
            effects.extend(self.commit(at, Some(value), desk));
        }
        self.open_editor();
        match self.register(desk) {
            Flow::Effects(more) => effects.extend(more),
            Flow::Stay | Flow::Pass => {}
        }
        flow(effects)
    }

    /// The Enter after F12. Warnings stand only with a reason.
    pub(super) fn confirm(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        match self.unexplained() {
            0 => {}
            open => {
                self.message = fill(words::REASON_WANTED.in_lang(desk.lang), &[&open]);
                return Flow::Stay;
            }
        }
        self.panel = None;
        self.keeping.then = Then::Register;
        self.message = words::WAITING_FOR_SAVE.in_lang(desk.lang).to_owned();
        let mut effects = Vec::new();
        if self.keeping.failed {
            effects.extend(self.keep(desk));
        }
        effects.extend(self.go_on(desk));
        flow(effects)
    }

    /// F3: back with the draft on the disk. A second F3 after a failed save leaves without it.
    pub(super) fn leave(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        let given_up = self.keeping.failed && left.effects.is_empty();
        if given_up || (self.draft.is_none() && self.keeping.opening == Opening::Refused) {
            return Flow::Effects(vec![Effect::PopWith(Value::Changed)]);
        }
        self.keeping.then = Then::Leave;
        let mut effects = left.effects;
        effects.extend(self.go_on(desk));
        flow(effects)
    }

    /// Does what waited, once nothing is left to be saved.
    fn go_on(&mut self, desk: &mut Desk<'_>) -> Vec<Effect<Counter>> {
        let Some(draft) = self.draft.filter(|_| !self.keeping.is_waiting()) else { return Vec::new() };
        match std::mem::take(&mut self.keeping.then) {
            Then::Stay => Vec::new(),
            Then::Leave => vec![Effect::PopWith(Value::Changed)],
            Then::Register => {
                self.keeping.registering = true;
                self.message = words::REGISTERING.in_lang(desk.lang).to_owned();
                let register = RegisterDraft {
                    draft: draft.id,
                    values: self.shown_values(),
                    passed: self.passed.clone(),
                };
                vec![Effect::Perform(desk.ticket(), perform(register))]
            }
        }
    }

    /// Without what a later answer made superfluous.
    fn shown_values(&self) -> Values {
        let items = self.form().items.iter().zip(&self.view.items);
        items
            .filter(|(_, view)| view.shown)
            .filter_map(|(item, _)| Some((item.key.clone(), self.values.value(&item.key)?.clone())))
            .collect()
    }

    pub(super) fn take_reply(&mut self, ticket: Ticket, reply: Reply, desk: &mut Desk<'_>) -> Flow<Counter> {
        let performed = match reply {
            Reply::Performed(performed) => *performed,
            Reply::NobodyThere => {
                self.take_similar(ticket, Err(Reason::SessionEnded));
                self.fail(words::NOBODY.in_lang(desk.lang).to_owned());
                return Flow::Stay;
            }
            _ => return Flow::Pass,
        };
        match performed {
            ops::Reply::OpenDraft(Ok(opened)) => {
                self.take_draft(&opened);
                self.keeping.failed = false;
                let mut effects = if self.keeping.again { self.keep(desk) } else { Vec::new() };
                effects.extend(self.go_on(desk));
                flow(effects)
            }
            ops::Reply::SaveDraft(Ok(at)) => {
                self.keeping.outstanding = false;
                self.keeping.failed = false;
                self.keeping.last = Some(at);
                let mut effects = if self.keeping.again { self.keep(desk) } else { Vec::new() };
                effects.extend(self.go_on(desk));
                flow(effects)
            }
            ops::Reply::OpenDraft(Err(reason)) | ops::Reply::SaveDraft(Err(reason)) => {
                self.refuse(reason, desk.lang);
                Flow::Stay
            }
            ops::Reply::FindSimilar(people) => {
                self.take_similar(ticket, people);
                Flow::Stay
            }
            ops::Reply::RegisterDraft(outcome) => self.registered(outcome, desk),
            _ => Flow::Pass,
        }
    }

    fn refuse(&mut self, reason: Reason, lang: Lang) {
        let leaving = self.keeping.then == Then::Leave;
        let sentence = reason.text().in_lang(lang);
        let more = if leaving { words::LEAVE_UNSAVED.in_lang(lang) } else { "" };
        self.fail(format!("{sentence}{more}"));
    }

    fn fail(&mut self, sentence: String) {
        self.message = sentence;
        self.keeping.failed = true;
        self.keeping.outstanding = false;
        self.keeping.again = false;
        self.keeping.registering = false;
        self.keeping.then = Then::Stay;
        if self.draft.is_none() {
            self.keeping.opening = Opening::Refused;
        }
    }

    fn registered(&mut self, outcome: Result<RegisterOutcome, Reason>, desk: &Desk<'_>) -> Flow<Counter> {
        self.keeping.registering = false;
        self.message.clear();
        match outcome {
            Ok(RegisterOutcome::Registered(registered)) => {
                let values = self.shown_values();
                let mut memory = self.memory.borrow_mut();
                match registered.version {
                    1 => memory.remember(self.form(), registered.number, values),
                    _ => memory.correct(self.form(), registered.number, values),
                }
                drop(memory);
                Flow::Effects(vec![Effect::PopWith(Value::Registered(registered))])
            }
            // The clock has moved on since the check (a date that was today): the check is shown again.
            Ok(RegisterOutcome::Unexplained(_)) => {
                self.evaluate();
                self.panel = Some(Panel::confirm(self.form(), &self.view, desk.lang));
                Flow::Stay
            }
            Ok(RegisterOutcome::Problems(problems)) => {
                let first = problems.first();
                let at = first
                    .and_then(|problem| self.form().items.iter().position(|item| item.key == problem.item));
                if let Some(at) = at.filter(|at| self.takes_focus(*at)) {
                    self.go(at);
                }
                self.message =
                    first.map(|problem| problem.text.in_lang(desk.lang).to_owned()).unwrap_or_default();
                Flow::Stay
            }
            Ok(RegisterOutcome::Conflict { theirs, by, at }) => {
                let who = fill(words::CONFLICT_WHO.in_lang(desk.lang), &[&by, &say::clock(at), &theirs]);
                let question = Question {
                    lines: vec![who, words::CONFLICT_KEPT.in_lang(desk.lang).to_owned()],
                    answers: vec![
                        (KEEP_MINE, words::CONFLICT_KEEP.in_lang(desk.lang).to_owned()),
                        (OPEN_THEIRS, words::CONFLICT_OPEN.in_lang(desk.lang).to_owned()),
                    ],
                    refuse: KEEP_MINE,
                };
                Flow::Effects(vec![Effect::Ask(question)])
            }
            Err(reason) => {
                self.message = reason.text().in_lang(desk.lang).to_owned();
                Flow::Stay
            }
        }
    }

    pub(super) fn after_conflict(&self, letter: char, desk: &Desk<'_>) -> Flow<Counter> {
        match self.draft.filter(|_| letter == OPEN_THEIRS) {
            Some(draft) => {
                let theirs = Record::new(
                    draft.record,
                    Arc::clone(&self.catalog),
                    std::rc::Rc::clone(&self.memory),
                    desk.now,
                );
                Flow::Effects(vec![Effect::Push(Box::new(theirs))])
            }
            None => Flow::Stay,
        }
    }
}
