//! A few labelled items under one another, one of which has the focus: enough for signing in and for short forms.
use crate::keymap::key::fold_char;
use crate::keymap::{Command, Context};
use crate::text::{Lang, Text, fill};
use crate::tui::look::display_width;
use crate::tui::widgets::put;
use crate::tui::widgets::text_field::{Accept, Edited, Show, TextField};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

// The door and the pages about people: whoever sits down there may have chosen another keymap or none.
const IN_TEXT: &[Context] = &[Context::Text, Context::Form, Context::Shared, Context::Global];
const IN_MARKS: &[Context] = &[Context::Choice, Context::Form, Context::Shared, Context::Global];
const NOTE_GAP: u16 = 2;

/// What an item holds.
enum Input {
    Text {
        field: TextField,
        columns: u16,
    },
    /// Any number of these, each set and taken away by its digit.
    Marks {
        names: Vec<Text>,
        chosen: u8,
    },
}

struct Item {
    label: Text,
    /// Stands for `{0}` in the label.
    number: Option<usize>,
    input: Input,
    /// What to know while typing, right of the field.
    note: Option<Text>,
}

/// What came of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    Stayed,
    /// "Next" on the last item: the person is through.
    Through,
    NotMine,
}

/// See the module.
#[derive(Default)]
pub struct Column {
    items: Vec<Item>,
    focus: usize,
}

impl Column {
    /// Adds a text item for `limit` characters, as wide as they need.
    #[must_use]
    pub fn text(mut self, label: Text, accept: Accept, show: Show, limit: usize, columns: u16) -> Self {
        let field = TextField::new(accept, show, limit);
        self.items.push(Item { label, number: None, input: Input::Text { field, columns }, note: None });
        self
    }

    /// Adds an item of which any number of the named things can be chosen by digits from 1.
    #[must_use]
    pub fn marks(mut self, label: Text, names: Vec<Text>) -> Self {
        self.items.push(Item { label, number: None, input: Input::Marks { names, chosen: 0 }, note: None });
        self
    }

    /// Explains the item that was added last.
    #[must_use]
    pub fn note(mut self, note: Text) -> Self {
        if let Some(last) = self.items.last_mut() {
            last.note = Some(note);
        }
        self
    }

    /// Puts a number for `{0}` into the label of the item that was added last.
    #[must_use]
    pub fn numbered(mut self, number: usize) -> Self {
        if let Some(last) = self.items.last_mut() {
            last.number = Some(number);
        }
        self
    }

    pub fn contexts(&self) -> &'static [Context] {
        match self.items.get(self.focus).map(|item| &item.input) {
            Some(Input::Marks { .. }) => IN_MARKS,
            _ => IN_TEXT,
        }
    }

    pub const fn focus(&self) -> usize {
        self.focus
    }
    pub fn focus_on(&mut self, at: usize) {
        self.focus = at.min(self.items.len().saturating_sub(1));
        if let Some(field) = self.field_mut(self.focus) {
            field.entered();
        }
    }

    pub fn value(&self, at: usize) -> String {
        self.field(at).map_or_else(String::new, TextField::text)
    }
    /// The field itself: for secrets, which must not be copied into a plain string.
    pub fn field(&self, at: usize) -> Option<&TextField> {
        match self.items.get(at).map(|item| &item.input) {
            Some(Input::Text { field, .. }) => Some(field),
            _ => None,
        }
    }
    pub fn field_mut(&mut self, at: usize) -> Option<&mut TextField> {
        match self.items.get_mut(at).map(|item| &mut item.input) {
            Some(Input::Text { field, .. }) => Some(field),
            _ => None,
        }
    }
    /// One bit for each mark, the first is 1.
    pub fn chosen(&self, at: usize) -> u8 {
        match self.items.get(at).map(|item| &item.input) {
            Some(Input::Marks { chosen, .. }) => *chosen,
            _ => 0,
        }
    }
    pub fn is_empty(&self, at: usize) -> bool {
        self.field(at).is_none_or(TextField::is_empty)
    }
    /// The first of these items with nothing in it.
    pub fn first_empty(&self, wanted: &[usize]) -> Option<usize> {
        wanted.iter().copied().find(|at| self.is_empty(*at))
    }
    pub fn clear(&mut self, at: usize) {
        if let Some(field) = self.field_mut(at) {
            field.set("");
        }
    }

    /// Carries out a command of forms or of text fields.
    pub fn apply(&mut self, command: Command) -> Moved {
        match command {
            Command::NextItem if self.focus + 1 >= self.items.len() => return Moved::Through,
            Command::NextItem => self.focus_on(self.focus + 1),
            Command::PreviousItem => self.focus_on(self.focus.saturating_sub(1)),
            _ => return self.edit(command),
        }
        Moved::Stayed
    }

    fn edit(&mut self, command: Command) -> Moved {
        let mine = match self.items.get_mut(self.focus).map(|item| &mut item.input) {
            Some(Input::Text { field, .. }) => field.edit(command) != Edited::NotMine,
            Some(Input::Marks { chosen, .. }) if command == Command::ClearItem => {
                *chosen = 0;
                true
            }
            _ => false,
        };
        if mine { Moved::Stayed } else { Moved::NotMine }
    }

    /// Takes typed or pasted text. False: the item cannot take it.
    pub fn insert(&mut self, text: &str) -> bool {
        match self.items.get_mut(self.focus).map(|item| &mut item.input) {
            Some(Input::Text { field, .. }) => field.insert(text) != Edited::Refused,
            Some(Input::Marks { names, chosen }) => {
                let mut chars = text.chars();
                let digit = chars.next().and_then(|c| fold_char(c).to_digit(10));
                let bit = digit.and_then(|d| d.checked_sub(1)).filter(|at| (*at as usize) < names.len());
                let (Some(at), None) = (bit, chars.next()) else { return false };
                *chosen ^= 1 << at;
                true
            }
            None => false,
        }
    }

    /// Draws the items `rows` apart (1 is tight, 2 leaves an empty row) and returns the caret.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, lang: Lang, rows: u16) -> Position {
        let labels = self.items.iter().map(|item| display_width(&item.label(lang))).max().unwrap_or(0);
        let left = area.x + u16::try_from(labels).unwrap_or(u16::MAX).saturating_add(2);
        let mut caret = area.as_position();
        let mut y = area.y;
        for (at, item) in self.items.iter().enumerate() {
            let style = match at == self.focus {
                true => Style::new().add_modifier(Modifier::BOLD),
                false => Style::new(),
            };
            put(buffer, area, area.x, y, &item.label(lang), style);
            let (end, spot) =
                item.draw(buffer, Rect { x: left, y, height: 1, ..area }.intersection(area), lang);
            if at == self.focus {
                caret = spot;
            }
            if let Some(note) = item.note {
                put(buffer, area, end.saturating_add(NOTE_GAP), y, note.in_lang(lang), Style::new());
            }
            y = y.saturating_add(rows);
        }
        caret
    }
}

impl Item {
    fn label(&self, lang: Lang) -> String {
        match self.number {
            Some(number) => fill(self.label.in_lang(lang), &[&number]),
            None => self.label.in_lang(lang).to_owned(),
        }
    }

    /// The column after the input, and where the cursor stands.
    fn draw(&self, buffer: &mut Buffer, area: Rect, lang: Lang) -> (u16, Position) {
        match &self.input {
            Input::Text { field, columns } => {
                let area = Rect { width: columns.saturating_add(2).min(area.width), ..area };
                (area.right(), field.draw(buffer, area, Style::new()))
            }
            Input::Marks { names, chosen } => {
                let mut x = area.x;
                for (at, name) in names.iter().enumerate() {
                    let mark = if chosen & (1 << at) == 0 { ' ' } else { 'x' };
                    let shown = format!("{}[{mark}]{}  ", at + 1, name.in_lang(lang));
                    x = put(buffer, area, x, area.y, &shown, Style::new());
                }
                (x, area.as_position())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: Text = Text::new("番号", "Number");
    const ROLES: Text = Text::new("役割", "Roles");

    fn column() -> Column {
        Column::default().text(NUMBER, Accept::Digits, Show::Plain, 8, 8).marks(ROLES, vec![NUMBER, ROLES])
    }

    #[test]
    fn next_on_the_last_item_is_through() {
        let mut column = column();
        assert!(column.insert("\u{FF11}2") && !column.insert("x"));
        assert_eq!(column.apply(Command::NextItem), Moved::Stayed);
        assert_eq!(column.contexts(), IN_MARKS);
        assert_eq!(column.apply(Command::NextItem), Moved::Through);
        assert_eq!(column.apply(Command::PreviousItem), Moved::Stayed);
        assert_eq!((column.value(0).as_str(), column.focus()), ("12", 0));
        assert_eq!(column.apply(Command::Palette), Moved::NotMine);
    }

    #[test]
    fn digits_set_marks_and_take_them_away() {
        let mut column = column();
        column.focus_on(1);
        assert!(column.insert("2") && column.insert("\u{FF11}"));
        assert_eq!(column.chosen(1), 3);
        assert!(column.insert("2") && !column.insert("3") && !column.insert("12"));
        assert_eq!(column.chosen(1), 1);
    }
}
