//! Similar people while typing: asked about once enough is known, answered in a message row, never in the way.
use super::Entry;
use crate::form::{Identity, Value};
use crate::keymap::rules::joined;
use crate::keymap::{Command, Keymap};
use crate::office::Reason;
use crate::office::ops::{FindSimilar, PersonTyped, SimilarPerson};
use crate::text::{Lang, fill, similar as words};
use crate::tui::counter::{Counter, perform};
use crate::tui::screen::{Desk, Effect, Flow, Ticket};
use crate::tui::screens::similar::{self, Similar as SimilarScreen};
use crate::tui::widgets::table::{Column, row as table_row};

/// The message row with its margins.
const COLUMNS: usize = 78;

/// What was asked and what came of it. An answer to values that have changed since is no answer.
#[derive(Default)]
pub(super) struct Similar {
    /// The person as the form says now; `None` while too little is known.
    person: Option<PersonTyped>,
    /// On its way to the office; one at a time, so that fast typing does not queue up searches.
    asked: Option<(Ticket, PersonTyped)>,
    answer: Option<Answer>,
}

struct Answer {
    about: PersonTyped,
    people: Result<Vec<SimilarPerson>, Reason>,
    /// Where the focus was: that there is nobody is said once, until it moves on.
    focus: usize,
    /// The list was opened and closed again.
    seen: bool,
}

impl Similar {
    pub fn know(&mut self, person: Option<PersonTyped>) {
        self.person = person;
    }

    pub fn is_due(&self) -> bool {
        self.asked.is_none() && self.person.is_some() && self.current().is_none()
    }

    /// The answer, when it is about what the form says now.
    fn current(&self) -> Option<&Answer> {
        self.answer.as_ref().filter(|answer| Some(&answer.about) == self.person.as_ref())
    }
}

impl Entry {
    /// Who the form is about, when reading and birth date or name and telephone are known.
    pub(super) fn person_typed(&self) -> Option<PersonTyped> {
        let value = |identity: Identity| {
            self.form().with_identity(identity).and_then(|item| self.values.value(&item.key))
        };
        let text = |identity: Identity| match value(identity) {
            Some(Value::Text(text) | Value::Choice(text)) => text.clone(),
            _ => String::new(),
        };
        let person = PersonTyped {
            reading: text(Identity::Reading),
            name: text(Identity::Name),
            birth_date: match value(Identity::BirthDate) {
                Some(Value::Date(date)) => Some(*date),
                _ => None,
            },
            sex: text(Identity::Sex),
            phone: text(Identity::Phone),
            address: text(Identity::Address),
        };
        let born = !person.reading.is_empty() && person.birth_date.is_some();
        let called = !person.name.is_empty() && !person.phone.is_empty();
        (born || called).then_some(person)
    }

    pub(super) fn is_similar_due(&self) -> bool {
        self.draft.is_some() && !self.keeping.is_registering() && self.similar.is_due()
    }

    pub(super) fn ask_for_similar(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let (Some(draft), Some(person)) = (self.draft, self.similar.person.clone()) else {
            return Flow::Stay;
        };
        let ticket = desk.ticket();
        self.similar.asked = Some((ticket, person.clone()));
        let find = FindSimilar { record: draft.record, person: person.into() };
        Flow::Effects(vec![Effect::Perform(ticket, perform(find))])
    }

    pub(super) fn take_similar(&mut self, ticket: Ticket, people: Result<Vec<SimilarPerson>, Reason>) {
        if let Some((_, about)) = self.similar.asked.take_if(|(asked, _)| *asked == ticket) {
            self.similar.answer = Some(Answer { about, people, focus: self.focus, seen: false });
        }
    }

    /// The list was closed; what was decided there stands.
    pub(super) fn similar_seen(&mut self, people: Vec<SimilarPerson>) {
        if let Some(answer) = &mut self.similar.answer {
            answer.people = Ok(people);
            answer.seen = true;
        }
    }

    pub(super) fn show_similar(&mut self, lang: Lang) -> Flow<Counter> {
        let said = match self.similar.current().map(|answer| &answer.people) {
            Some(Ok(people)) if !people.is_empty() => {
                if let Some(draft) = self.draft {
                    let catalog = std::sync::Arc::clone(&self.catalog);
                    let memory = std::rc::Rc::clone(&self.memory);
                    let screen = SimilarScreen::new(draft.record, people.clone(), catalog, memory, self.now);
                    return Flow::Effects(vec![Effect::Push(Box::new(screen))]);
                }
                words::WAITING
            }
            Some(Ok(_)) => words::NONE,
            Some(Err(_)) => words::NOT_ASKED,
            None if self.similar.person.is_some() => words::WAITING,
            None => words::NONE_YET,
        };
        said.in_lang(lang).clone_into(&mut self.message);
        Flow::Stay
    }

    /// For the message row, when nothing more important stands there.
    pub(super) fn similar_said(&self, keymap: &Keymap, lang: Lang) -> Option<String> {
        let answer = self.similar.current()?;
        let people = answer.people.as_ref().ok()?;
        let open: Vec<&SimilarPerson> = people.iter().filter(|person| similar::is_open(person)).collect();
        let first = open.first()?;
        if answer.seen {
            return None;
        }
        let keys = keymap.keys_of(Command::Similar, super::TEXT).next().unwrap_or_default();
        let key = joined(keys.iter().copied());
        let said = similar::summary(first, self.today(), lang);
        let row = fill(words::FOUND.in_lang(lang), &[&key, &open.len(), &said]);
        Some(table_row(&[Column::left(COLUMNS)], &[&row]).trim_end().to_owned())
    }

    /// That nobody is similar: for the eye only, which passes over it where an ear would have to wait.
    pub(super) fn nobody_similar(&self, lang: Lang) -> Option<String> {
        let answer = self.similar.current()?;
        let nobody = answer.people.as_ref().is_ok_and(Vec::is_empty) && answer.focus == self.focus;
        nobody.then(|| words::NONE.in_lang(lang).to_owned())
    }
}

#[cfg(test)]
mod tests;
