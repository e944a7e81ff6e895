//! The answers of a choice item, wrapped into rows.
use super::draw::{VALUE_X, value_room};
use super::{Entry, say};
use crate::form::{Choice, Item, Kind, Value};
use crate::text::Lang;
use crate::tui::look::{display_width, truncate_to_width};
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// Columns between two answers.
const OPTION_GAP: usize = 1;

impl Entry {
    pub(super) fn draw_options(
        &self,
        at: usize,
        row: usize,
        lang: Lang,
        buffer: &mut Buffer,
        line: Rect,
    ) -> Option<Position> {
        let answers = Answers::of(self.item_at(at), lang, value_room(line));
        let focused = at == self.focus;
        let value = self.view.items.get(at).and_then(|view| view.value.as_ref());
        let chosen = |option: &Choice| match value {
            _ if focused && self.editor.has_changed() => self.editor.is_chosen(&option.code),
            Some(Value::Choice(code)) => *code == option.code,
            Some(Value::Choices(codes)) => codes.contains(&option.code),
            _ => false,
        };
        let right = Rect { x: line.x + VALUE_X - 1, width: line.width.saturating_sub(VALUE_X - 1), ..line };
        answers.draw_row(row, &chosen, buffer, right).filter(|_| focused)
    }
}

/// All answers of an item, broken into rows.
pub(super) struct Answers<'a> {
    rows: Vec<Vec<Piece<'a>>>,
    many: bool,
    lang: Lang,
    room: usize,
}

impl<'a> Answers<'a> {
    pub fn of(item: &'a Item, lang: Lang, room: usize) -> Self {
        let many = matches!(item.kind, Kind::Choices { .. });
        Self { rows: option_rows(item.kind.options(), many, lang, room), many, lang, room }
    }

    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Draws one row from the left end of `line`; gives the place of the caret when it is in this row: on the first
    /// answer chosen, else on the first answer.
    pub fn draw_row(
        &self,
        row: usize,
        chosen: &dyn Fn(&Choice) -> bool,
        buffer: &mut Buffer,
        line: Rect,
    ) -> Option<Position> {
        let any_before = self.rows.iter().take(row).flatten().any(|piece| chosen(piece.option));
        let any = self.rows.iter().flatten().any(|piece| chosen(piece.option));
        let mut caret = None;
        let mut x = line.x;
        for piece in self.rows.get(row)? {
            let is_chosen = chosen(piece.option);
            let here = caret.is_none() && !any_before;
            if here && (is_chosen || !any && row == 0) {
                caret = Some(Position::new(x, line.y));
            }
            let style = if is_chosen { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() };
            let text = option_text(piece.option, self.many, is_chosen, self.lang);
            let part = parts(&text, self.room).into_iter().nth(piece.part).unwrap_or_default();
            x = put(buffer, line, x, line.y, &part, style);
            x += u16::try_from(OPTION_GAP).unwrap_or(1);
        }
        caret
    }
}

/// Chosen or not, an answer takes the same room, so that nothing moves. The key stands apart: `1 要支援1` is no `1要支援1`.
fn option_text(option: &Choice, many: bool, chosen: bool, lang: Lang) -> String {
    let (key, label) = (option.key, option.label.in_lang(lang));
    let mark = if option.unverified { say::UNVERIFIED } else { "" };
    match (many, chosen) {
        (true, true) => format!("[X]{key} {label}{mark}"),
        (true, false) => format!("[ ]{key} {label}{mark}"),
        (false, true) => format!("[{key} {label}{mark}]"),
        (false, false) => format!(" {key} {label}{mark} "),
    }
}

/// An answer, or one row of an answer that is longer than a row.
struct Piece<'a> {
    option: &'a Choice,
    part: usize,
}

fn option_rows(options: &[Choice], many: bool, lang: Lang, room: usize) -> Vec<Vec<Piece<'_>>> {
    let mut rows: Vec<Vec<Piece<'_>>> = vec![Vec::new()];
    let mut used = 0;
    for option in options {
        let text = option_text(option, many, false, lang);
        let width = display_width(&text);
        let gap = if used == 0 { 0 } else { OPTION_GAP };
        if used > 0 && used + gap + width > room + 1 {
            rows.push(Vec::new());
            used = 0;
        }
        for (part, text) in parts(&text, room).iter().enumerate() {
            if part > 0 {
                rows.push(Vec::new());
                used = 0;
            }
            let gap = if used == 0 { 0 } else { OPTION_GAP };
            used += gap + display_width(text);
            if let Some(row) = rows.last_mut() {
                row.push(Piece { option, part });
            }
            if part > 0 {
                // The next answer would look like the end of this one.
                used = room + 1;
            }
        }
    }
    rows
}

/// The rows of an answer: whole, however long its wording is. An answer begins one column before the values.
fn parts(text: &str, room: usize) -> Vec<String> {
    const INDENT: &str = "   ";
    let (first_room, next_room) = (room + 1, room.saturating_sub(INDENT.len()).max(2) + 1);
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let (indent, columns) = if parts.is_empty() { ("", first_room) } else { (INDENT, next_room) };
        let head = truncate_to_width(rest, columns);
        // A text without hidden characters is cut where it stands; forms are checked for those when they are loaded.
        let (_, tail) = rest.split_at_checked(head.len()).unwrap_or((rest, ""));
        parts.push(format!("{indent}{head}"));
        if tail.trim().is_empty() || head.is_empty() {
            return parts;
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Catalog, SiteFiles, shipped_sources};

    /// The smallest terminal less the title, the messages and the keys.
    const BODY_ROWS: usize = 15;

    /// Every answer of every form stands whole in the columns of its item, its key apart from it, and on one screen
    /// with the others.
    #[test]
    fn every_answer_of_every_form_is_seen_whole() {
        let body = Rect::new(0, 0, 80, 24);
        let room = value_room(body);
        let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
        let mut seen = 0;
        for (form, lang) in catalog.forms().flat_map(|form| [(form, Lang::Ja), (form, Lang::En)]) {
            for item in form.items.iter().filter(|item| !item.kind.options().is_empty()) {
                let answers = Answers::of(item, lang, room);
                assert!(
                    answers.rows() <= BODY_ROWS,
                    "{} {}: {} rows",
                    form.head.id,
                    item.key,
                    answers.rows()
                );
                let mut text = String::new();
                for row in 0..answers.rows() {
                    let mut buffer = Buffer::empty(body);
                    answers.draw_row(
                        row,
                        &|_| true,
                        &mut buffer,
                        Rect { x: VALUE_X - 1, width: 80 - VALUE_X + 1, ..body },
                    );
                    text.extend((0..80).map(|x| buffer[(x, 0)].symbol()));
                    assert_eq!(
                        buffer[(79, 0)].symbol(),
                        " ",
                        "{} {}: the last column",
                        form.head.id,
                        item.key
                    );
                }
                let packed = |text: &str| text.split_whitespace().collect::<String>();
                for option in item.kind.options() {
                    let label = option.label.in_lang(lang);
                    let whole = packed(&format!("{}{label}", option.key));
                    assert!(
                        packed(&text).contains(&whole),
                        "{} {}: {whole} in {text}",
                        form.head.id,
                        item.key
                    );
                    let begins: String = label.chars().take(1).collect();
                    assert!(
                        text.contains(&format!("{} {begins}", option.key)),
                        "{} {}: {text}",
                        form.head.id,
                        item.key
                    );
                    seen += 1;
                }
            }
        }
        assert!(seen > 5000, "{seen}");
    }
}
