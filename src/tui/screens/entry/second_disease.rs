//! The second naming of the disease: searched again from the paper, blind, before a report is registered.
//!
//! A report of another disease is another report: where the two differ and the paper agrees with the second, nothing is
//! registered and the person is told what to do.
use super::say;
use crate::form::{Catalog, Head};
use crate::keymap::key::fold_char;
use crate::keymap::{Command, Context};
use crate::text::{Lang, common, fill, second as words};
use crate::tui::counter::{Counter, NamedDisease, Value};
use crate::tui::screen::{Desk, Effect, Flow, Screen, View, lettered};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::sync::Arc;

const TYPED: &[Context] = &[Context::Text, Context::Form, Context::Global];
const DECIDE: &[Context] = &[Context::Picker, Context::Global];
const MESSAGE_ROWS: u16 = 2;
const LEFT: u16 = 4;
const FIELD_COLUMNS: u16 = 40;
const FIELD_LIMIT: usize = 40;

/// See the module.
pub struct SecondDisease {
    catalog: Arc<Catalog>,
    /// The form that was chosen first.
    first: Head,
    field: TextField,
    /// What was named the second time and differs.
    differs: Option<Head>,
    message: String,
}

impl SecondDisease {
    pub fn new(catalog: Arc<Catalog>, first: Head) -> Self {
        Self { catalog, first, field: empty(), differs: None, message: String::new() }
    }

    /// Compares what the words mean with what was chosen.
    fn compare(&mut self, lang: Lang) -> Flow<Counter> {
        let typed = self.field.text();
        let meant = match typed.trim() {
            "" => Vec::new(),
            word => self.catalog.meant(word),
        };
        match meant.as_slice() {
            [] => {
                self.message = words::NO_DISEASE.in_lang(lang).to_owned();
                Flow::Stay
            }
            [again] if again.id == self.first.id => close(NamedDisease::Same),
            // The first of several is what a hurried eye took the first time, too.
            [_, _, ..] => {
                self.message = fill(words::SEVERAL_DISEASES.in_lang(lang), &[&meant.len()]);
                Flow::Stay
            }
            [again] => {
                self.differs = Some((*again).clone());
                self.message = words::DIFFERS.in_lang(lang).to_owned();
                Flow::Stay
            }
        }
    }

    /// After a third look at the paper.
    fn decide(&mut self, digit: char, lang: Lang) -> Flow<Counter> {
        match (digit, &self.differs) {
            ('1', _) => close(NamedDisease::Same),
            ('2', Some(again)) => close(NamedDisease::Other(again.title.clone())),
            ('3', _) => {
                self.message.clear();
                self.field = empty();
                self.differs = None;
                Flow::Stay
            }
            _ => {
                self.message = say::no_such_answer("1-3", lang);
                Flow::Stay
            }
        }
    }
}

fn empty() -> TextField {
    TextField::new(Accept::Anything, Show::Plain, FIELD_LIMIT)
}

fn close(named: NamedDisease) -> Flow<Counter> {
    Flow::Effects(vec![Effect::PopWith(Value::DiseaseNamed(named))])
}

impl Screen<Counter> for SecondDisease {
    fn contexts(&self) -> &[Context] {
        if self.differs.is_some() { DECIDE } else { TYPED }
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
            _ if self.field.edit(command) == Edited::NotMine => Flow::Pass,
            _ => Flow::Stay,
        }
    }

    fn on_text(&mut self, text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message.clear();
        if self.differs.is_some() {
            return text.chars().next().map_or(Flow::Stay, |c| self.decide(fold_char(c), desk.lang));
        }
        self.field.insert(text);
        Flow::Stay
    }

    /// What is copied agrees with what it was copied from.
    fn on_paste(&mut self, _text: &str, desk: &mut Desk<'_>) -> Flow<Counter> {
        self.message = words::PASTE.in_lang(desk.lang).to_owned();
        Flow::Stay
    }

    fn draw(&self, view: &View<'_>, buffer: &mut Buffer, area: Rect) -> Position {
        let lang = view.lang;
        let letters = self.letters(lang);
        let how = if self.differs.is_some() { words::CHOOSE } else { words::HOW_DISEASE };
        let frame = Frame {
            title: words::TITLE_DISEASE.in_lang(lang),
            messages: &[how.in_lang(lang).to_owned(), self.message.clone()],
            message_rows: MESSAGE_ROWS,
            status: common::EXPECT_ASCII.in_lang(lang),
            fixed: &letters,
            commands: &[Command::NextItem, Command::Back, Command::Help],
            ..Frame::default()
        };
        let body = frame.draw(view, self.contexts(), buffer, area);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        put(buffer, body, body.x + LEFT, body.y + 2, words::DISEASE.in_lang(lang), bold);
        let below = Rect {
            x: body.x + LEFT,
            y: body.y + 4,
            width: body.width.saturating_sub(LEFT),
            height: body.height.saturating_sub(4),
        };
        let Some(again) = &self.differs else {
            return self.field.draw(buffer, Rect { width: FIELD_COLUMNS, height: 1, ..below }, Style::new());
        };
        let rows = [
            format!("1 {}  {}", words::FIRST.in_lang(lang), self.first.title.in_lang(lang)),
            format!("2 {}  {}", words::SECOND.in_lang(lang), again.title.in_lang(lang)),
            format!("3 {}", words::AGAIN.in_lang(lang)),
        ];
        for (text, line) in rows.iter().zip(below.rows()) {
            put(buffer, line, line.x, line.y, text, Style::new());
        }
        below.as_position()
    }
}

#[cfg(test)]
mod tests;
