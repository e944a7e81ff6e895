//! The list of everything that is missing, wrong or remarkable (F9), and the same before registering (F12).
use super::Entry;
use crate::form::{Form, View};
use crate::keymap::Command;
use crate::text::{Lang, Text, entry as words, fill};
use crate::tui::counter::Counter;
use crate::tui::screen::{Desk, Flow};
use crate::tui::widgets::list::List;
use crate::tui::widgets::text_field::TextField;
use crate::tui::widgets::{fitting, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

pub(super) const PANEL_COMMANDS: &[Command] = &[Command::PreviousPage, Command::NextPage, Command::Help];

/// What the smallest terminal has room for.
const MESSAGE_COLUMNS: usize = 78;

/// Two rows for its heading.
pub(super) const ROWS_ABOVE: usize = 2;

/// See the module.
pub(super) struct Panel {
    pub purpose: Purpose,
    pub rows: Vec<Row>,
    pub list: List,
    /// A reason being written.
    pub writing: Option<TextField>,
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
    /// The key of the item and the code of the problem: what a reason is given for.
    pub item: String,
    pub code: String,
    pub error: bool,
    pub wants_reason: bool,
    pub label: String,
    pub sentence: String,
}

impl Panel {
    pub fn look(form: &Form, view: &View, lang: Lang) -> Self {
        Self { purpose: Purpose::Look, rows: rows(form, view, lang), list: List::default(), writing: None }
    }
    pub fn confirm(form: &Form, view: &View, lang: Lang) -> Self {
        Self { purpose: Purpose::Confirm, ..Self::look(form, view, lang) }
    }

    /// What the keys do now.
    pub fn how(&self) -> Text {
        match self.purpose {
            Purpose::Confirm => words::CONFIRM_HOW,
            Purpose::Look if self.rows.is_empty() => words::PROBLEMS_HOW_NONE,
            Purpose::Look => words::PROBLEMS_HOW,
        }
    }

    pub const fn keys(&self) -> &[(Command, Text)] {
        const BACK: (Command, Text) = (Command::Cancel, words::KEY_TYPING);
        if self.writing.is_some() {
            return &[(Command::Open, words::KEY_REASON), (Command::Cancel, words::KEY_NO_REASON)];
        }
        match self.purpose {
            Purpose::Confirm => &[(Command::Open, words::KEY_REGISTER), BACK],
            Purpose::Look if self.rows.is_empty() => &[BACK],
            Purpose::Look => &[(Command::Open, words::KEY_TO_ITEM), BACK],
        }
    }

    /// The first item that keeps the record from being registered, with a sentence.
    pub fn first_error(&self) -> Option<(usize, String)> {
        let row = self.rows.iter().find(|row| row.error)?;
        // The focus goes to the item, so its name may stay away.
        let texts = [format!("{}: {}", row.label, row.sentence), row.sentence.clone()];
        Some((row.at, fitting(&texts, MESSAGE_COLUMNS)))
    }

    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.list.selected(self.rows.len())?)
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
            item: problem.item.clone(),
            code: problem.code.as_str().to_owned(),
            error: problem.is_error(),
            wants_reason: problem.wants_reason(),
            label: item.label.in_lang(lang).to_owned(),
            sentence: problem.text.in_lang(lang).to_owned(),
        }));
    }
    rows
}

impl Entry {
    pub(super) fn panel_heading(&self, panel: &Panel, lang: Lang) -> String {
        let warnings = panel.rows.len().saturating_sub(panel.errors());
        let count = fill(words::PROBLEMS_COUNT.in_lang(lang), &[&panel.errors(), &warnings]);
        format!("{}  {count}", words::PROBLEMS_TITLE.in_lang(lang))
    }

    pub(super) fn draw_panel(&self, panel: &Panel, lang: Lang, buffer: &mut Buffer, body: Rect) -> Position {
        let heading = self.panel_heading(panel, lang);
        put(buffer, body, body.x + 1, body.y, &heading, Style::new().add_modifier(Modifier::BOLD));
        let above = u16::try_from(ROWS_ABOVE).unwrap_or(0);
        let rows = Rect { y: body.y + above, height: body.height.saturating_sub(above), ..body };
        if panel.rows.is_empty() {
            put(buffer, rows, rows.x + 1, rows.y, words::PROBLEMS_NONE.in_lang(lang), Style::new());
            return Position::new(rows.x, rows.y);
        }
        let caret = panel.list.draw(buffer, rows, panel.rows.len(), |at| {
            panel.rows.get(at).map_or_else(String::new, |row| self.row_text(row, panel.purpose, lang))
        });
        let Some(field) = &panel.writing else { return caret };
        // The last row of the body: the input method's window has room above the messages.
        let line = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        let x = put(buffer, line, line.x + 1, line.y, words::REASON_LABEL.in_lang(lang), Style::new()) + 1;
        field.draw(buffer, Rect { x, width: line.width.saturating_sub(x), ..line }, Style::new())
    }

    pub(super) fn check(&mut self, desk: &mut Desk<'_>) -> Flow<Counter> {
        let left = self.settle(desk);
        self.evaluate();
        self.panel = Some(Panel::look(self.form(), &self.view, desk.lang));
        super::moves::flow(left.effects)
    }

    pub(super) fn on_panel(&mut self, command: Command, desk: &mut Desk<'_>) -> Flow<Counter> {
        let rows = desk.body_rows(super::draw::MESSAGE_ROWS).saturating_sub(ROWS_ABOVE);
        if self.panel.as_ref().is_some_and(|panel| panel.writing.is_some()) {
            return self.write_reason(command, desk);
        }
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
