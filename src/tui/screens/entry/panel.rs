//! The list of everything that is missing, wrong or remarkable (F9), and the same before registering (F12).
use super::Entry;
use crate::form::{Form, View};
use crate::keymap::Command;
use crate::text::{Lang, entry as words};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Flow};
use crate::tui::widgets::list::List;

/// Two rows for its heading.
pub(super) const ROWS_ABOVE: usize = 2;

/// See the module.
pub(super) struct Panel {
    pub purpose: Purpose,
    pub rows: Vec<Row>,
    pub list: List,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Enter goes to the item.
    Look,
    /// Enter registers.
    Confirm,
}

pub(super) struct Row {
    pub at: usize,
    pub error: bool,
    pub label: String,
    pub sentence: String,
}

impl Panel {
    pub fn look(form: &Form, view: &View, lang: Lang) -> Self {
        Self { purpose: Purpose::Look, rows: rows(form, view, lang), list: List::default() }
    }
    pub fn confirm(form: &Form, view: &View, lang: Lang) -> Self {
        Self { purpose: Purpose::Confirm, ..Self::look(form, view, lang) }
    }

    /// The first item that keeps the record from being registered, with a sentence.
    pub fn first_error(&self) -> Option<(usize, String)> {
        let row = self.rows.iter().find(|row| row.error)?;
        Some((row.at, format!("{}: {}", row.label, row.sentence)))
    }

    pub fn errors(&self) -> usize {
        self.rows.iter().filter(|row| row.error).count()
    }
}

fn rows(form: &Form, view: &View, lang: Lang) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, (item, shown)) in form.items.iter().zip(&view.items).enumerate() {
        rows.extend(shown.problems.iter().map(|problem| Row {
            at,
            error: problem.is_error(),
            label: item.label.in_lang(lang).to_owned(),
            sentence: problem.text.in_lang(lang).to_owned(),
        }));
    }
    rows
}

impl Entry {
    pub(super) fn check(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        self.evaluate();
        self.panel = Some(Panel::look(self.form(), &self.view, desk.lang));
        super::moves::flow(left.effects)
    }

    pub(super) fn on_panel(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(super::draw::MESSAGE_ROWS).saturating_sub(ROWS_ABOVE);
        let Some(panel) = &mut self.panel else { return Flow::Pass };
        match (command, panel.purpose) {
            (Command::Open, Purpose::Confirm) => self.confirm(desk),
            (Command::Open, Purpose::Look) => {
                let at = panel.list.selected(panel.rows.len()).and_then(|row| panel.rows.get(row));
                let target = at.map(|row| (row.at, row.sentence.clone()));
                self.panel = None;
                if let Some((at, sentence)) = target {
                    self.jump(at);
                    self.message = sentence;
                }
                Flow::Stay
            }
            (Command::Cancel | Command::Back, _) => {
                self.panel = None;
                Flow::Stay
            }
            _ if panel.list.apply(command, panel.rows.len(), rows) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    /// A computed item is shown wrong, but mended in the item before it.
    fn jump(&mut self, at: usize) {
        let near = (0..=at).rev().find(|at| self.takes_focus(*at));
        self.go(near.unwrap_or_default());
    }
}

/// How the list says what kind of row it is.
pub(super) fn mark(row: &Row, lang: Lang) -> &'static str {
    if row.error { words::ERROR.in_lang(lang) } else { words::WARNING.in_lang(lang) }
}
