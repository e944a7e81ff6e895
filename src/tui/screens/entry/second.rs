//! The second keying (double entry): chosen items are keyed again from the paper, blind, before a record is registered.
//!
//! Two keyings that agree leave few errors; the errors that remain come from making the second agree with the first.
//! So the first value is hidden while the second is keyed, and when they differ neither wins: the paper is looked at a
//! third time.
use super::draw::shown_value;
use super::editor::{Editor, Struck};
use super::options::Answers;
use super::{item_of, say};
use crate::form::{Catalog, Choice, FormVersion, Item, Value};
use crate::keymap::key::fold_char;
use crate::keymap::{Command, Context};
use crate::text::{Lang, common, fill, second as words};
use crate::tui::counter::{self, Counter};
use crate::tui::screen::{Desk, Effect, Flow, Screen, View, lettered};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::Edited;
use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::sync::Arc;

const TYPED: &[Context] = &[Context::Text, Context::Form, Context::Global];
const CHOICE: &[Context] = &[Context::Choice, Context::Form, Context::Global];
const DECIDE: &[Context] = &[Context::Picker, Context::Global];
const MESSAGE_ROWS: u16 = 2;
const LEFT: u16 = 4;
const FIELD_COLUMNS: u16 = 40;

/// An item and the value that it was given first.
pub struct Once {
    pub at: usize,
    pub value: Value,
}

/// See the module.
pub struct SecondKeying {
    catalog: Arc<Catalog>,
    form: (String, FormVersion),
    today: NaiveDate,
    items: Vec<Once>,
    /// Which of them is being keyed.
    next: usize,
    editor: Editor,
    /// What was keyed the second time and differs.
    differs: Option<Value>,
    /// What the paper says, for every item gone through.
    agreed: Vec<(usize, Value)>,
    message: String,
}

impl SecondKeying {
    pub fn new(
        catalog: Arc<Catalog>,
        form: (String, FormVersion),
        today: NaiveDate,
        items: Vec<Once>,
    ) -> Self {
        let mut keying = Self {
            catalog,
            form,
            today,
            items,
            next: 0,
            editor: Editor::nothing(),
            differs: None,
            agreed: Vec::new(),
            message: String::new(),
        };
        keying.open();
        keying
    }

    fn item(&self) -> Option<&Item> {
        let (form, version) = &self.form;
        item_of(&self.catalog, form, *version, self.items.get(self.next)?.at)
    }

    fn open(&mut self) {
        let editor = self.item().map(|item| Editor::open(item, None));
        self.editor = editor.unwrap_or_else(Editor::nothing);
        self.differs = None;
    }

    /// Compares what was keyed with what was keyed before.
    fn compare(&mut self, lang: Lang) -> Flow<Counter> {
        let (Some(item), Some(once)) = (self.item(), self.items.get(self.next)) else { return Flow::Stay };
        match self.editor.said(item, self.today, None).value {
            None => {
                self.message = words::EMPTY.in_lang(lang).to_owned();
                Flow::Stay
            }
            Some(again) if again == once.value => self.agree(again),
            Some(again) => {
                self.differs = Some(again);
                self.message = words::DIFFERS.in_lang(lang).to_owned();
                Flow::Stay
            }
        }
    }

    /// The paper says so: on to the next item, or back with everything.
    fn agree(&mut self, value: Value) -> Flow<Counter> {
        self.message.clear();
        let Some(once) = self.items.get(self.next) else { return Flow::Stay };
        self.agreed.push((once.at, value));
        self.next += 1;
        if self.next < self.items.len() {
            self.open();
            return Flow::Stay;
        }
        let agreed = std::mem::take(&mut self.agreed);
        Flow::Effects(vec![Effect::PopWith(counter::Value::KeyedTwice(agreed))])
    }

    /// After a third look at the paper.
    fn decide(&mut self, digit: char, lang: Lang) -> Flow<Counter> {
        let first = self.items.get(self.next).map(|once| once.value.clone());
        match (digit, first, self.differs.clone()) {
            ('1', Some(value), _) | ('2', _, Some(value)) => self.agree(value),
            ('3', ..) => {
                self.message.clear();
                self.open();
                Flow::Stay
            }
            _ => {
                self.message = say::no_such_answer("1-3", lang);
                Flow::Stay
            }
        }
    }

    fn value_shown(&self, item: &Item, value: &Value, lang: Lang) -> String {
        let (form, version) = &self.form;
        let form = self.catalog.form(form, *version);
        form.map(|form| shown_value(form, item, value, self.today, lang)).unwrap_or_default()
    }

    fn draw_difference(
        &self,
        item: &Item,
        again: &Value,
        lang: Lang,
        buffer: &mut Buffer,
        area: Rect,
    ) -> Position {
        let first = self.items.get(self.next).map(|once| self.value_shown(item, &once.value, lang));
        let rows = [
            format!("1 {}  {}", words::FIRST.in_lang(lang), first.unwrap_or_default()),
            format!("2 {}  {}", words::SECOND.in_lang(lang), self.value_shown(item, again, lang)),
            format!("3 {}", words::AGAIN.in_lang(lang)),
        ];
        for (text, y) in rows.iter().zip(area.top()..area.bottom()) {
            put(buffer, area, area.x, y, text, Style::new());
        }
        area.as_position()
    }
}

impl Screen<Counter> for SecondKeying {
    fn contexts(&self) -> &[Context] {
        match self.differs {
            Some(_) => DECIDE,
            None if self.editor.is_choice() => CHOICE,
            None => TYPED,
        }
    }

    fn letters(&self, lang: Lang) -> Vec<(String, String)> {
        match self.differs {
            Some(_) => lettered(lang, &[("1", words::FIRST), ("2", words::SECOND), ("3", words::AGAIN)]),
            None => Vec::new(),
        }
    }

    fn on_command(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        match command {
            Command::Back | Command::Cancel => Flow::Effects(vec![Effect::Pop]),
            _ if self.differs.is_some() => Flow::Pass,
            Command::NextItem | Command::Register => self.compare(desk.lang),
            _ => {
                let (form, version) = &self.form;
                let at = self.items.get(self.next).map(|once| once.at);
                let item = at.and_then(|at| item_of(&self.catalog, form, *version, at));
                let edited = item.map_or(Edited::NotMine, |item| self.editor.edit(item, command));
                if edited == Edited::NotMine { Flow::Pass } else { Flow::Stay }
            }
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        if self.differs.is_some() {
            return text.chars().next().map_or(Flow::Stay, |c| self.decide(fold_char(c), desk.lang));
        }
        let (form, version) = &self.form;
        let at = self.items.get(self.next).map(|once| once.at);
        let item = at.and_then(|at| item_of(&self.catalog, form, *version, at));
        match item.map_or(Struck::Refused, |item| self.editor.strike(item, text)) {
            // An answer is complete with its digit; a date is looked at before Enter.
            Struck::Complete if self.editor.is_choice() => self.compare(desk.lang),
            Struck::Refused => {
                self.message = item.map(|item| say::refused(item, desk.lang)).unwrap_or_default();
                Flow::Stay
            }
            _ => Flow::Stay,
        }
    }

    /// What is copied agrees with what it was copied from.
    fn on_paste(&mut self, _text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message = words::PASTE.in_lang(desk.lang).to_owned();
        Flow::Stay
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let letters = self.letters(lang);
        let how = if self.differs.is_some() { words::CHOOSE } else { words::HOW };
        let frame = Frame {
            title: &fill(words::TITLE.in_lang(lang), &[&(self.next + 1), &self.items.len()]),
            messages: &[how.in_lang(lang).to_owned(), self.message.clone()],
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &letters,
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, self.contexts(), buffer, area);
        let Some(item) = self.item() else { return body.as_position() };
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x + LEFT, body.y + 2, item.label.in_lang(lang), bold);
        let below = Rect {
            x: body.x + LEFT,
            y: body.y + 4,
            width: body.width.saturating_sub(LEFT),
            height: body.height.saturating_sub(4),
        };
        if let Some(again) = &self.differs {
            return self.draw_difference(item, again, lang, buffer, below);
        }
        match self.editor.field() {
            Some(field) => {
                field.draw(buffer, Rect { width: FIELD_COLUMNS, height: 1, ..below }, Style::new())
            }
            None => {
                let answers = Answers::of(item, lang, usize::from(below.width.saturating_sub(1)));
                let chosen = |option: &Choice| self.editor.is_chosen(&option.code);
                let rows = (0..answers.rows()).zip(below.rows());
                let carets = rows.filter_map(|(row, line)| answers.draw_row(row, &chosen, buffer, line));
                carets.last().unwrap_or(below.as_position())
            }
        }
    }
}

#[cfg(test)]
mod tests;
