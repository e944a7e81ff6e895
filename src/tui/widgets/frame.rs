//! The layout that every screen shares: title, rule, body, messages, rule, two rows of keys, status.
//!
//! At 80x24: row 1 title, row 2 rule, body, rule, message rows up to 20, row 21 rule, rows 22-23 keys, row 24 status.
//! A larger terminal gives the body more rows. The caret belongs into the body: the lowest rows are hidden behind the
//! candidate windows of input methods.
use crate::keymap::rules::joined;
use crate::keymap::{Command, Context, Keymap};
use crate::text::{Lang, common};
use crate::tui::look::{display_width, truncate_to_width};
use crate::tui::screen::View;
use crate::tui::widgets::{put, put_right};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::borrow::Cow;

/// The smallest terminal: what every terminal program of the last forty years fits into.
pub const MIN_COLUMNS: u16 = 80;
pub const MIN_ROWS: u16 = 24;

/// Title and the rule below it.
const HEAD_ROWS: u16 = 2;
/// The rule, two rows of keys, and the status row.
const FOOT_ROWS: u16 = 4;
const KEY_ROWS: usize = 2;
const KEY_GAP: usize = 2;
const TRAINING_GAP: u16 = 2;

/// What stands around the body.
#[derive(Clone, Debug, Default)]
pub struct Frame<'a> {
    pub title: &'a str,
    pub title_right: &'a str,
    /// Shown above the keys; the body is shorter by their number and a rule.
    pub messages: &'a [String],
    /// How many rows are kept for messages, also while there are none, so that the body does not jump.
    pub message_rows: u16,
    pub status: &'a str,
    pub status_right: &'a str,
    /// What this screen can do; empty: everything that is bound here.
    pub commands: &'a [Command],
    /// Keys that are not commands, such as the fixed letters of a question.
    pub fixed: &'a [(String, String)],
}

/// The body of a frame with so many message rows.
pub fn body(area: Rect, message_rows: u16) -> Rect {
    let messages = if message_rows > 0 { message_rows + 1 } else { 0 };
    let height = area.height.saturating_sub(HEAD_ROWS + FOOT_ROWS + messages);
    Rect { y: area.y + HEAD_ROWS, height, ..area }
}

impl Frame<'_> {
    /// Draws everything around the body and returns the body.
    pub fn draw(&self, view: &View<'_>, contexts: &[Context], buffer: &mut Buffer, area: Rect) -> Rect {
        let plain = Style::new();
        let rule = "-".repeat(usize::from(area.width));
        let row = |n: u16| area.y.saturating_add(n);
        let from_bottom = |n: u16| area.bottom().saturating_sub(n);
        // The last column stays free: some terminals wrap when it is written.
        let right = Rect { width: area.width.saturating_sub(1), ..area };
        let title_end = Rect { width: right.width.saturating_sub(training_columns(view)), ..right };
        let title = cut_title(self.title, self.title_right, title_end.width);
        put(buffer, area, area.x + 1, row(0), &title, plain.add_modifier(Modifier::BOLD));
        put_right(buffer, title_end, row(0), self.title_right, plain);
        put(buffer, area, area.x, row(1), &rule, plain);
        let body = body(area, self.message_rows);
        if self.message_rows > 0 {
            put(buffer, area, area.x, body.bottom(), &rule, plain);
            for (y, message) in (body.bottom() + 1..).zip(self.messages.iter().take(self.message_rows.into()))
            {
                put(buffer, area, area.x + 1, y, message, plain);
            }
        }
        put(buffer, area, area.x, from_bottom(FOOT_ROWS), &rule, plain);
        let labels = self.labels(view, contexts);
        for (y, line) in (from_bottom(FOOT_ROWS - 1)..).zip(key_rows(&labels, usize::from(area.width))) {
            put(buffer, area, area.x + 1, y, &line, plain);
        }
        put(buffer, area, area.x + 1, from_bottom(1), self.status, plain);
        put_right(buffer, right, from_bottom(1), self.status_right, plain);
        body
    }

    fn labels(&self, view: &View<'_>, contexts: &[Context]) -> Vec<String> {
        if !view.begun.is_empty() {
            let hints = view.keymap.hints(contexts, view.begun);
            let label = |hint: &crate::keymap::Hint| {
                format!(
                    "{} {}",
                    joined(hint.keys.iter().copied()),
                    hint.command.description().in_lang(view.lang)
                )
            };
            return hints.iter().map(label).collect();
        }
        let mut labels: Vec<String> = self.fixed.iter().map(|(key, word)| format!("{key} {word}")).collect();
        let shown = if self.commands.is_empty() { Command::ALL } else { self.commands };
        labels
            .extend(shown.iter().filter_map(|command| key_label(view.keymap, contexts, *command, view.lang)));
        labels
    }
}

/// The title as far as the right side leaves room; one that had to be cut ends in `+`.
fn cut_title<'a>(title: &'a str, right: &str, columns: u16) -> Cow<'a, str> {
    /// One column before the title, one between it and the right side.
    const FREE: usize = 2;
    let room = usize::from(columns).saturating_sub(display_width(right) + FREE);
    if display_width(title) <= room {
        return Cow::Borrowed(title);
    }
    Cow::Owned(format!("{}+", truncate_to_width(title, room.saturating_sub(1)).trim_end()))
}

/// Columns at the right end of the title row that belong to the mark of an exercise.
fn training_columns(view: &View<'_>) -> u16 {
    let mark = display_width(common::TRAINING.in_lang(view.lang));
    if view.training { u16::try_from(mark).unwrap_or(u16::MAX).saturating_add(TRAINING_GAP) } else { 0 }
}

/// Writes the mark of an exercise over the right end of the title row, whatever the screen put there.
pub fn mark_training(view: &View<'_>, buffer: &mut Buffer, area: Rect) {
    let right = Rect { width: area.width.saturating_sub(1), ..area };
    let style = Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD);
    put_right(buffer, right, area.y, common::TRAINING.in_lang(view.lang), style);
}

/// `F6 写し`, from the active keymap; `None` when the command has no key here or needs no word.
pub fn key_label(map: &Keymap, contexts: &[Context], command: Command, lang: Lang) -> Option<String> {
    let word = command.bar()?.in_lang(lang);
    let keys = map.keys_of(command, contexts).next()?;
    Some(format!("{} {word}", joined(keys.iter().copied())))
}

/// Breaks the labels into the rows of the key bar; what does not fit is in the help.
fn key_rows(labels: &[String], columns: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for label in labels {
        let row = rows.last().map_or(0, |row| display_width(row));
        let gap = if row == 0 { 0 } else { KEY_GAP };
        // One column at each side stays free.
        if row + gap + display_width(label) > columns.saturating_sub(2) {
            if rows.len() == KEY_ROWS {
                break;
            }
            rows.push(label.clone());
        } else if let Some(last) = rows.last_mut() {
            last.push_str(&" ".repeat(gap));
            last.push_str(label);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::standard;

    #[test]
    fn the_key_bar_comes_from_the_keymap() {
        let map = standard();
        let form = &[Context::Text, Context::Form, Context::Global];
        assert_eq!(key_label(&map, form, Command::Ditto, Lang::Ja).as_deref(), Some("F5 前回値"));
        assert_eq!(key_label(&map, form, Command::New, Lang::Ja), None, "not in a form");
        assert_eq!(key_label(&map, &[Context::Choice], Command::Ditto, Lang::Ja), None);
        let labels: Vec<String> =
            Command::ALL.iter().filter_map(|c| key_label(&map, form, *c, Lang::Ja)).collect();
        let rows = key_rows(&labels, 80);
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| display_width(row) <= 78), "{rows:?}");
        assert!(rows[0].starts_with("Enter 次  F4 未入力へ  F5 前回値  F6 写し"), "{rows:?}");
        assert!(rows[1].contains("F1 ヘルプ"), "{rows:?}");
    }

    #[test]
    fn a_long_title_says_that_it_was_cut_and_touches_nothing() {
        assert_eq!(cut_title("発生届 0013", "1/2 患者", 40), "発生届 0013");
        let cut = cut_title("発生届 0013  腸管出血性大腸菌感染症(三類)", "1/2 医療機関・患者", 50);
        assert_eq!(cut, "発生届 0013  腸管出血性大腸菌+");
        assert!(1 + display_width(&cut) + 1 + display_width("1/2 医療機関・患者") <= 50);
    }

    #[test]
    fn larger_terminals_have_longer_bodies() {
        let small = body(Rect::new(0, 0, 80, 24), 2);
        assert_eq!((small.y, small.height), (2, 15));
        assert_eq!(body(Rect::new(0, 0, 100, 30), 2).height, 21);
        assert_eq!(body(Rect::new(0, 0, 10, 3), 4).height, 0);
    }
}
