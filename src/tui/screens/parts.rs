//! What the panels of sending and reviewing share: a column of text items, key labels, dates, wrapping.
use crate::domain::time::Timestamp;
use crate::japanese::era::EraDate;
use crate::keymap::{Command, Context};
use crate::office::ops;
use crate::text::{Lang, Text, common};
use crate::tui::counter::{Counter, Request, Seat};
use crate::tui::screen::{Desk, Effect, Flow, View};
use crate::tui::widgets::paragraph::wrap;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use chrono::{Datelike as _, Timelike as _};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Where labels begin.
const LABEL_X: u16 = 2;
/// Where fields begin: behind the longest label.
const FIELD_X: u16 = 24;

/// A column free at each side.
pub const MESSAGE_COLUMNS: usize = 78;

/// One item: label, field, hint.
pub struct Item {
    label: Text,
    hint: Text,
    field: TextField,
    columns: u16,
    optional: bool,
    /// What the keyboard should send here.
    expects: Text,
}

const NO_HINT: Text = Text::new("", "");
/// Two brackets, and a place for the caret behind the last character.
const AROUND: usize = 3;
/// What is longer scrolls: a name, an address, a sentence.
const SHORT: usize = 20;

impl Item {
    pub fn new(label: Text, accept: Accept, limit: usize, columns: u16) -> Self {
        let field = TextField::new(accept, Show::Plain, limit);
        let room = if limit <= SHORT { u16::try_from(limit + AROUND).unwrap_or(columns) } else { columns };
        let columns = columns.max(room);
        let expects = if accept == Accept::Digits { common::EXPECT_ASCII } else { common::EXPECT_KANA };
        Self { label, hint: NO_HINT, field, columns, optional: false, expects }
    }
    pub fn masked(label: Text, limit: usize, columns: u16) -> Self {
        let field = TextField::new(Accept::Anything, Show::Masked, limit);
        Self { label, hint: NO_HINT, field, columns, optional: false, expects: common::EXPECT_ASCII }
    }
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = hint;
        self
    }
    /// Letters and digits that need no Japanese input.
    pub fn ascii(mut self) -> Self {
        self.expects = common::EXPECT_ASCII;
        self
    }
    /// It may stay empty.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
    pub fn filled(mut self, text: &str) -> Self {
        self.field.set(text);
        self
    }
}

/// Items below each other, one of them with the caret.
pub struct Items {
    items: Vec<Item>,
    focus: usize,
}

/// What a command did to the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Done,
    NotMine,
}

impl Items {
    pub fn new(items: Vec<Item>) -> Self {
        Self { items, focus: 0 }
    }
    pub fn len(&self) -> usize {
        self.items.len()
    }
    /// Whether the caret is in the last item.
    pub fn is_last(&self) -> bool {
        self.focus + 1 >= self.items.len()
    }
    pub fn text(&self, at: usize) -> String {
        self.items.get(at).map(|item| item.field.text()).unwrap_or_default()
    }
    pub fn secret(&self, at: usize) -> crate::domain::sensitive::Secret {
        let text = self.items.get(at).map(|item| item.field.secret().to_string()).unwrap_or_default();
        crate::domain::sensitive::Secret::new(text)
    }
    /// What the keyboard should send to the item with the caret.
    pub fn expected(&self) -> Text {
        self.items.get(self.focus).map_or(common::EXPECT_ASCII, |item| item.expects)
    }
    pub fn focus(&self) -> usize {
        self.focus
    }
    pub fn go_to(&mut self, at: usize) {
        self.focus = at.min(self.items.len().saturating_sub(1));
    }
    /// The first empty item that may not stay so gets the caret; false when there is none.
    pub fn go_to_empty(&mut self) -> bool {
        match self.items.iter().position(|item| !item.optional && item.field.is_empty()) {
            Some(at) => {
                self.focus = at;
                true
            }
            None => false,
        }
    }
    /// Empties everything; the caret goes to the first item.
    pub fn clear(&mut self) {
        for item in &mut self.items {
            item.field.set("");
        }
        self.focus = 0;
    }
    /// Empties the item with the caret.
    pub fn clear_focused(&mut self) {
        if let Some(item) = self.items.get_mut(self.focus) {
            item.field.set("");
        }
    }
    pub fn insert(&mut self, text: &str) -> Edited {
        self.items.get_mut(self.focus).map_or(Edited::NotMine, |item| item.field.insert(text))
    }
    pub fn apply(&mut self, command: Command) -> Step {
        let last = self.items.len().saturating_sub(1);
        match command {
            Command::NextItem => self.focus = (self.focus + 1).min(last),
            Command::PreviousItem => self.focus = self.focus.saturating_sub(1),
            _ => {
                let edited = self.items.get_mut(self.focus).map(|item| item.field.edit(command));
                if edited.is_none_or(|edited| edited == Edited::NotMine) {
                    return Step::NotMine;
                }
            }
        }
        Step::Done
    }
    /// Draws item `at` in row `y`; gives the caret when it is the one.
    pub fn draw(
        &self,
        at: usize,
        view: &View<'_>,
        buffer: &mut Buffer,
        body: Rect,
        y: u16,
    ) -> Option<Position> {
        let item = self.items.get(at)?;
        let plain = Style::new();
        let label = format!("{} {}", at + 1, item.label.in_lang(view.lang));
        put(buffer, body, body.x + LABEL_X, y, &label, plain);
        let area = Rect { x: body.x + FIELD_X, y, width: item.columns, height: 1 };
        let caret = item.field.draw(buffer, area, plain);
        put(buffer, body, area.right() + 2, y, item.hint.in_lang(view.lang), plain);
        (at == self.focus).then_some(caret)
    }
}

/// Situations of a panel of text items.
pub const TEXT_ITEMS: &[Context] = &[Context::Text, Context::Form, Context::Global];
/// Situations of a panel of text items that two people use one after the other: the same keys for both.
pub const SHARED_ITEMS: &[Context] = &[Context::Text, Context::Form, Context::Shared, Context::Global];
/// Situations of a list.
pub const LISTING: &[Context] = &[Context::List, Context::Global];

/// One request of an operation at a seat.
pub fn ask(desk: &mut Desk<'_>, seat: Seat, operation: impl Into<ops::Request>) -> Effect<Counter> {
    Effect::Perform(desk.ticket(), Request::Perform { seat, request: Box::new(operation.into()) })
}

/// That request and nothing else.
pub fn ask_only(desk: &mut Desk<'_>, seat: Seat, operation: impl Into<ops::Request>) -> Flow<Counter> {
    Flow::Effects(vec![ask(desk, seat, operation)])
}

/// `09:44` today, `7/13` on other days.
pub fn short_time(at: Timestamp, now: Timestamp) -> String {
    let local = at.in_japan();
    if at.date_in_japan() == now.date_in_japan() {
        format!("{:02}:{:02}", local.hour(), local.minute())
    } else {
        format!("{}/{}", local.month(), local.day())
    }
}

/// ` 7/13 21:14`
pub fn day_and_time(at: Timestamp) -> String {
    let local = at.in_japan();
    format!("{:>2}/{:>2} {:02}:{:02}", local.month(), local.day(), local.hour(), local.minute())
}

/// `令和 8年 7月14日`, in English `2026-07-14`.
pub fn day(at: Timestamp, lang: Lang) -> String {
    let date = at.date_in_japan();
    match (lang, EraDate::from_date(date)) {
        (Lang::Ja, Some(era)) => era.padded(),
        _ => date.to_string(),
    }
}

/// `令和 8年 7月14日 09:44:06`
pub fn day_and_second(at: Timestamp, lang: Lang) -> String {
    let local = at.in_japan();
    format!("{} {:02}:{:02}:{:02}", day(at, lang), local.hour(), local.minute(), local.second())
}

/// Sentences for the message rows of a frame, broken where the screen ends; empty ones take no row.
pub fn message_rows(sentences: &[&str]) -> Vec<String> {
    let full = sentences.iter().filter(|sentence| !sentence.is_empty());
    full.flat_map(|sentence| wrap(sentence, MESSAGE_COLUMNS)).collect()
}

#[cfg(test)]
mod tests {
    use crate::tui::look::display_width;

    /// What is not wrapped must fit: no sentence may lose its end at the edge of the screen.
    #[test]
    fn sentences_fit_into_a_row() {
        use crate::text::{destinations, outbox, review, review_week};
        for (name, text) in [destinations::ALL, outbox::ALL, review::ALL, review_week::ALL].concat() {
            for words in [text.ja, text.en] {
                assert!(display_width(words) <= 76, "{name}: {words}");
            }
        }
    }
}
