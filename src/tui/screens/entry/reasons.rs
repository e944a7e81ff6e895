//! Why a warning stands: one digit a warning before registering, or a reason in words.
use super::Entry;
use super::panel::{Purpose, Row};
use crate::form::{MAX_REASON_CHARS, Passed, Why};
use crate::keymap::Command;
use crate::text::{Lang, Text, entry as words, fill};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Flow};
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};

/// The digits of the reasons; the last one is written.
const ON_PAPER: char = '1';
const ASKED_SENDER: char = '2';
const IN_WORDS: char = '3';

impl Entry {
    /// A digit for the selected warning, or a piece of a reason being written.
    pub(super) fn panel_text(&mut self, text: &str, lang: Lang) -> Flow<Counter> {
        let Some(panel) = &mut self.panel else { return Flow::Stay };
        if let Some(field) = &mut panel.writing {
            field.insert(text);
            return Flow::Stay;
        }
        if panel.purpose != Purpose::Confirm || panel.selected().is_none_or(|row| !row.wants_reason) {
            return Flow::Stay;
        }
        self.message.clear();
        match text.chars().next() {
            Some(ON_PAPER) => self.give_reason(Why::OnPaper),
            Some(ASKED_SENDER) => self.give_reason(Why::AskedSender),
            Some(IN_WORDS) => {
                panel.writing = Some(TextField::new(Accept::Anything, Show::Plain, MAX_REASON_CHARS));
            }
            _ => self.message = words::REASON_DIGITS.in_lang(lang).to_owned(),
        }
        Flow::Stay
    }

    /// A command while a reason is being written.
    pub(super) fn write_reason(&mut self, command: Command, desk: &Desk<'_>) -> Flow<Counter> {
        let Some(panel) = &mut self.panel else { return Flow::Pass };
        let Some(field) = &mut panel.writing else { return Flow::Pass };
        match command {
            Command::Open | Command::NextItem => match Why::words(&field.text()) {
                Some(why) => {
                    panel.writing = None;
                    self.message.clear();
                    self.give_reason(why);
                }
                None => self.message = words::REASON_EMPTY.in_lang(desk.lang).to_owned(),
            },
            Command::Cancel | Command::Back => {
                panel.writing = None;
                self.message.clear();
            }
            _ if field.edit(command) != Edited::NotMine => {}
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    /// Keeps the reason and goes on to the next warning without one.
    fn give_reason(&mut self, why: Why) {
        let Some(row) = self.panel.as_ref().and_then(|panel| panel.selected()) else { return };
        let (item, code) = (row.item.clone(), row.code.clone());
        self.passed.retain(|passed| passed.item != item || passed.code != code);
        self.passed.push(Passed { item, code, why });
        let Some(panel) = &self.panel else { return };
        let next = panel.rows.iter().position(|row| self.is_unexplained(row));
        if let (Some(next), Some(panel)) = (next, &mut self.panel) {
            panel.list.select(next);
        }
    }

    pub(super) fn why(&self, row: &Row) -> Option<&Why> {
        let about = |passed: &&Passed| passed.item == row.item && passed.code == row.code;
        self.passed.iter().find(about).map(|passed| &passed.why)
    }

    fn is_unexplained(&self, row: &Row) -> bool {
        row.wants_reason && self.why(row).is_none()
    }

    /// Warnings that still want a reason.
    pub(super) fn unexplained(&self) -> usize {
        let rows = self.panel.as_ref().map_or(&[][..], |panel| &panel.rows);
        rows.iter().filter(|row| self.is_unexplained(row)).count()
    }

    /// `注意 [1] 発病年月日: ...`
    pub(super) fn row_text(&self, row: &Row, purpose: Purpose, lang: Lang) -> String {
        let mark = if row.error { words::ERROR } else { words::WARNING }.in_lang(lang);
        let digit = match (purpose, self.why(row)) {
            _ if !row.wants_reason => String::new(),
            (Purpose::Look, None) => String::new(),
            (_, why) => format!(" [{}]", why.map_or(' ', digit)),
        };
        format!("{mark}{digit}  {}: {}", row.label, row.sentence)
    }

    /// The rows below the list: what the digits mean, and the reason of the selected warning.
    pub(super) fn reason_rows(&self, lang: Lang) -> [String; 2] {
        let Some(panel) = &self.panel else { return [String::new(), String::new()] };
        if panel.purpose == Purpose::Look {
            let selected = panel.selected().map(|row| row.sentence.clone());
            return [self.message.clone(), selected.unwrap_or_default()];
        }
        let warning = panel.selected().filter(|row| row.wants_reason);
        let digits = warning.map_or("", |_| words::REASON_DIGITS.in_lang(lang)).to_owned();
        let why = warning.and_then(|row| self.why(row)).map(|why| reason_text(why, lang));
        // Long sentences are cut in the list: the whole one stands here until there is a reason to show.
        let sentence = warning.map_or("", |row| &row.sentence).to_owned();
        let said = why.map_or(sentence, |why| fill(words::REASON_IS.in_lang(lang), &[&why]));
        [digits, if self.message.is_empty() { said } else { self.message.clone() }]
    }
}

const fn digit(why: &Why) -> char {
    match why {
        Why::OnPaper => ON_PAPER,
        Why::AskedSender => ASKED_SENDER,
        Why::Words(_) => IN_WORDS,
    }
}

/// The reason in words, for the person who may see the record.
pub fn reason_text(why: &Why, lang: Lang) -> String {
    let text: Text = match why {
        Why::OnPaper => words::REASON_ON_PAPER,
        Why::AskedSender => words::REASON_ASKED_SENDER,
        Why::Words(words) => return words.expose().clone(),
    };
    text.in_lang(lang).to_owned()
}

#[cfg(test)]
mod tests;
