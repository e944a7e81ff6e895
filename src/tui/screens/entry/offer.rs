//! Candidates chosen by a digit: how a name is written, which town a postal code means.
//!
//! They stand under the item. A digit chooses, anything else that is typed closes them: nobody has to look at them.
use super::moves::flow;
use super::{Entry, item_of, say};
use crate::form::{Item, Kind, Value};
use crate::japanese::name_dictionary::{NamePart, candidates};
use crate::keymap::Command;
use crate::keymap::key::fold_char;
use crate::text::{Lang, Text, entry as words, fill};
use crate::tui::counter::Counter;
use crate::tui::look::{display_width, truncate_to_width};
use crate::tui::screen::{Desk, Flow};

/// One digit each.
const ON_PAGE: usize = 9;

/// What can be chosen now.
pub(super) struct Offer {
    candidates: Vec<Candidate>,
    page: usize,
    then: Then,
}

pub(super) struct Candidate {
    /// As the list has it.
    pub shown: String,
    /// What the item says when it is chosen.
    pub text: String,
}

/// What follows a choice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// The caret stays behind what was chosen.
    GoOnTyping,
    /// The other half of the name.
    GivenName,
    /// The item is complete.
    NextItem,
    /// The register fills the items that follow.
    Institution,
}

impl Offer {
    /// `None` when there is nothing to choose from.
    pub fn new(candidates: Vec<Candidate>, then: Then) -> Option<Self> {
        (!candidates.is_empty()).then_some(Self { candidates, page: 0, then })
    }

    fn pages(&self) -> usize {
        self.candidates.len().div_ceil(ON_PAGE)
    }

    fn on_page(&self) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().skip(self.page * ON_PAGE).take(ON_PAGE)
    }

    fn turn(&mut self, command: Command) -> bool {
        let last = self.pages().saturating_sub(1);
        self.page = match command {
            Command::NextPage => (self.page + 1).min(last),
            Command::PreviousPage => self.page.saturating_sub(1),
            _ => return false,
        };
        true
    }

    /// The rows under the item: digits and what they stand for, as many in a row as fit.
    pub fn rows(&self, room: usize) -> Vec<String> {
        const GAP: &str = "  ";
        let mut rows: Vec<String> = Vec::new();
        for (candidate, digit) in self.on_page().zip(1..) {
            let text = format!("{digit} {}", candidate.shown);
            let text = truncate_to_width(&text, room);
            match rows.last_mut() {
                Some(row) if display_width(row) + GAP.len() + display_width(&text) <= room => {
                    row.push_str(GAP);
                    row.push_str(&text);
                }
                _ => rows.push(text.into_owned()),
            }
        }
        rows
    }

    /// The same for the ear: one line each, nothing cut.
    pub fn lines(&self) -> Vec<String> {
        self.on_page().zip(1..).map(|(candidate, digit)| format!("{digit} {}", candidate.shown)).collect()
    }

    /// What to press.
    pub fn hint(&self, label: &str, lang: Lang) -> String {
        let [whole, _] = self.hints(label, lang);
        whole
    }

    /// The same with and without the label.
    pub fn hints(&self, label: &str, lang: Lang) -> [String; 2] {
        let how = if self.then == Then::Institution { words::OFFER_HOW_NUMBER } else { words::OFFER_HOW };
        let how = how.in_lang(lang);
        let how = match self.pages() {
            1 => how.to_owned(),
            pages => format!("{how}  {}", fill(words::OFFER_PAGE.in_lang(lang), &[&(self.page + 1), &pages])),
        };
        [format!("{label}: {how}"), how]
    }
}

impl Entry {
    /// What opens by itself when the focus comes to an item: for a name or an address that is still to be typed.
    pub(super) fn offer_on_arrival(&mut self) {
        let text = self.editor.text();
        match self.item().kind {
            Kind::Name { .. } if text.is_empty() => {
                self.offer = self.doctor_offer().or_else(|| self.name_offer());
            }
            Kind::Text { .. } if self.may_be_filled(&text) => self.offer = self.address_offer(),
            _ => {}
        }
    }

    /// F2: candidates also where something is typed already.
    pub(super) fn open_offer(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let offer = match self.item().kind {
            Kind::Name { .. } => self.doctor_offer().or_else(|| self.name_offer()),
            Kind::PostalCode { .. } => self.code_offer(),
            Kind::Text { .. } => {
                let typed = self.editor.text();
                let known = self.institution_offer(&typed).or_else(|| self.address_offer());
                known.or_else(|| self.phrases_offer())
            }
            Kind::MultiLine { .. } => self.phrases_offer(),
            _ => return self.take_suggestion(desk.lang),
        };
        if offer.is_none() {
            self.message = words::NO_OFFER.in_lang(desk.lang).to_owned();
        }
        self.offer = offer;
        Flow::Stay
    }

    /// `None` when the command is not about the candidates.
    pub(super) fn on_offer(&mut self, command: Command, desk: &mut Desk<'_>) -> Option<Flow<Counter>> {
        let typed = self.editor.text();
        let reading = !typed.is_empty() && self.item().lacks_its_number(&typed);
        let offer = self.offer.as_mut()?;
        if offer.turn(command) {
            return Some(Flow::Stay);
        }
        match command {
            // A reading is no number: the only institution is meant, or one of several has to be chosen.
            Command::NextItem if reading => match offer.candidates.as_slice() {
                [_] => self.choose_offered("1", desk),
                _ => {
                    self.message = words::CHOOSE_ONE.in_lang(desk.lang).to_owned();
                    Some(Flow::Stay)
                }
            },
            Command::NextItem => {
                self.offer = None;
                self.message = say::input_mode(self.item()).in_lang(desk.lang).to_owned();
                Some(Flow::Stay)
            }
            Command::Cancel => {
                self.offer = None;
                Some(Flow::Stay)
            }
            _ => {
                self.offer = None;
                None
            }
        }
    }

    /// `None` when the text is to be typed into the item.
    pub(super) fn choose_offered(&mut self, text: &str, desk: &mut Desk<'_>) -> Option<Flow<Counter>> {
        let offer = self.offer.as_ref()?;
        let mut chars = text.chars().map(fold_char);
        let digit = chars.next().filter(|_| chars.next().is_none()).and_then(|c| c.to_digit(10));
        let Some(digit) = digit else {
            self.offer = None;
            return None;
        };
        let at = usize::try_from(digit).unwrap_or_default().checked_sub(1);
        let Some((chosen, then)) =
            at.and_then(|at| Some((offer.on_page().nth(at)?.text.clone(), offer.then)))
        else {
            self.message = say::no_such_answer(&format!("1-{}", offer.on_page().count()), desk.lang);
            return Some(Flow::Stay);
        };
        self.offer = None;
        let item = item_of(&self.catalog, &self.form_id, self.form_version, self.focus)?;
        self.editor.put(item, &Value::Text(chosen));
        Some(match then {
            Then::GoOnTyping => Flow::Stay,
            Then::NextItem => self.complete(desk),
            Then::Institution => self.complete_institution(desk),
            Then::GivenName => {
                self.offer = self.name_offer();
                Flow::Stay
            }
        })
    }

    /// A surname was typed and a space behind it: the given name may be chosen.
    pub(super) fn offer_after_typing(&mut self, text: &str) {
        if let Some(offer) = self.institution_offer_while_typing().or_else(|| self.phrases_while_typing()) {
            self.offer = Some(offer);
            return;
        }
        let words = self.editor.text().split_whitespace().count();
        if words == 1
            && text.chars().all(char::is_whitespace)
            && matches!(self.item().kind, Kind::Name { .. })
        {
            self.offer = self.name_offer().filter(|offer| offer.then == Then::NextItem);
        }
    }

    /// The input method is the only way to write this half of the name; whether the other half will be offered.
    pub(super) fn unspelled(&self) -> Option<Text> {
        let text = self.editor.text();
        let half = text.is_empty() || text.ends_with(' ');
        let reading =
            self.reading_above().filter(|_| half && matches!(self.item().kind, Kind::Name { .. }))?;
        let given = reading.split_once(' ').filter(|_| text.is_empty()).map(|(_, given)| given);
        let is_known = |given| !candidates(&self.names, NamePart::Given, given).is_empty();
        let said = if given.is_some_and(is_known) { words::NO_SURNAME } else { words::NO_SPELLING };
        self.name_offer().is_none().then_some(said)
    }

    fn complete_institution(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        self.go_behind_institution();
        flow(left.effects)
    }

    fn complete(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        self.go_to_successor(desk.lang);
        flow(left.effects)
    }

    /// The half of the name that is still to be written, as far as what stands there says so.
    fn name_offer(&self) -> Option<Offer> {
        let reading = self.reading_above()?;
        let parts: Vec<&str> = reading.split(' ').collect();
        let text = self.editor.text();
        let typed: Vec<&str> = text.split_whitespace().collect();
        let half = |part, reading: &str| candidates(&self.names, part, reading).into_iter();
        match (parts.as_slice(), typed.as_slice()) {
            ([_, given], [written, ..]) => {
                let whole =
                    |name: &str| Candidate { shown: name.to_owned(), text: format!("{written} {name}") };
                Offer::new(half(NamePart::Given, given).map(whole).collect(), Then::NextItem)
            }
            ([surname, _], []) => {
                let first = |name: &str| Candidate { shown: name.to_owned(), text: format!("{name} ") };
                Offer::new(half(NamePart::Surname, surname).map(first).collect(), Then::GivenName)
            }
            ([only], []) => {
                let whole = |name: &str| Candidate { shown: name.to_owned(), text: name.to_owned() };
                Offer::new(half(NamePart::Surname, only).map(whole).collect(), Then::NextItem)
            }
            _ => None,
        }
    }

    /// What the reading in the item above says, when that is the reading of this name.
    fn reading_above(&self) -> Option<&str> {
        let above = self.focus.checked_sub(1)?;
        let item: &Item = self.form().items.get(above)?;
        match (&item.kind, self.values.value(&item.key)) {
            (Kind::Reading { .. }, Some(Value::Text(reading))) => Some(reading),
            _ => None,
        }
    }
}
