//! One line of text with a caret: the only way to type anything.
//!
//! Counts in graphemes, measures in columns, draws no caret of its own (the hardware cursor stands there, because
//! input methods anchor their window to it). Nothing typed is ever dropped silently: what is over the limit stays
//! visible in reverse and is counted by [`TextField::excess`].
use crate::keymap::Command;
use crate::keymap::key::fold_char;
use crate::tui::look::{display_width, for_display};
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use zeroize::{Zeroize, Zeroizing};

/// A pasted book must not become a field.
const HARD_LIMIT: usize = 4_000;
/// Steps back that are kept for one field.
const MAX_UNDO: usize = 100;

/// What may be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    Anything,
    /// Digits, full-width ones folded; everything else is refused.
    Digits,
}

/// How the field shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    Plain,
    /// One star for each character; no undo, and the characters are wiped when they go.
    Masked,
}

/// What came of a key or a paste.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    Changed,
    /// The key is the field's, but there was nothing to do.
    Same,
    /// Not a character that the field takes, or the hard limit is reached.
    Refused,
    /// Not a command of text fields.
    NotMine,
}

/// See the module.
pub struct TextField {
    clusters: Vec<String>,
    caret: usize,
    accept: Accept,
    show: Show,
    limit: usize,
    entered_with: Vec<String>,
    undo: Vec<(Vec<String>, usize)>,
    redo: Vec<(Vec<String>, usize)>,
    typing: bool,
}

impl TextField {
    /// An empty field for `limit` characters.
    pub fn new(accept: Accept, show: Show, limit: usize) -> Self {
        Self {
            clusters: Vec::new(),
            caret: 0,
            accept,
            show,
            limit,
            entered_with: Vec::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            typing: false,
        }
    }

    /// Replaces everything; what was there is forgotten. The caret goes to the end.
    pub fn set(&mut self, text: &str) {
        self.wipe();
        self.clusters = split(text);
        self.caret = self.clusters.len();
        self.entered();
    }

    /// Remembers the value to which [`TextField::revert`] goes back: call it when the focus arrives.
    pub fn entered(&mut self) {
        if self.show == Show::Plain {
            self.entered_with.clone_from(&self.clusters);
        }
    }

    /// Back to the value at arrival. A password becomes empty.
    pub fn revert(&mut self) -> Edited {
        let old = self.entered_with.clone();
        self.replace(old)
    }

    pub fn text(&self) -> String {
        self.clusters.concat()
    }

    /// The text of a password field, wiped when dropped.
    pub fn secret(&self) -> Zeroizing<String> {
        let mut whole = Zeroizing::new(String::with_capacity(self.clusters.iter().map(String::len).sum()));
        for cluster in &self.clusters {
            whole.push_str(cluster);
        }
        whole
    }

    /// The text before the caret.
    pub fn before_caret(&self) -> String {
        self.clusters.iter().take(self.caret).map(String::as_str).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }
    /// Whether the caret stands behind the last character, where converting the text does not move it.
    pub fn is_at_end(&self) -> bool {
        self.caret == self.clusters.len()
    }
    /// Characters as a person counts them.
    pub fn len(&self) -> usize {
        self.clusters.len()
    }
    /// How many characters are over the limit. A form with any may not be registered.
    pub fn excess(&self) -> usize {
        self.clusters.len().saturating_sub(self.limit)
    }

    /// Puts typed or pasted text at the caret; line breaks and tabs become spaces, control characters go.
    pub fn insert(&mut self, text: &str) -> Edited {
        let mut wanted = Zeroizing::new(String::with_capacity(text.len()));
        let mut refused = false;
        for c in text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }) {
            match self.accept {
                _ if c.is_control() => refused = true,
                Accept::Anything => wanted.push(c),
                Accept::Digits if fold_char(c).is_ascii_digit() => wanted.push(fold_char(c)),
                Accept::Digits => refused = true,
            }
        }
        let room = HARD_LIMIT.saturating_sub(self.clusters.len());
        let fits = wanted.graphemes(true).count() <= room;
        if wanted.is_empty() || !fits {
            return if refused || !fits { Edited::Refused } else { Edited::Same };
        }
        self.remember(text.chars().count() == 1);
        // Joined with the character before the caret, so that a combining mark finds its letter.
        let from = self.caret.saturating_sub(1);
        let mut joined = Zeroizing::new(String::with_capacity(wanted.len() + 16));
        for old in self.clusters.drain(from..self.caret) {
            joined.push_str(&Zeroizing::new(old));
        }
        joined.push_str(&wanted);
        let fresh = split(&joined);
        self.caret = from + fresh.len();
        self.clusters.splice(from..from, fresh);
        Edited::Changed
    }

    /// Carries out a command of text fields.
    pub fn edit(&mut self, command: Command) -> Edited {
        let before = self.caret;
        match command {
            Command::CaretLeft => self.caret = self.caret.saturating_sub(1),
            Command::CaretRight => self.caret = (self.caret + 1).min(self.clusters.len()),
            Command::CaretHome => self.caret = 0,
            Command::CaretEnd => self.caret = self.clusters.len(),
            Command::DeleteBack if before > 0 => return self.remove(before - 1, before),
            Command::DeleteForward if before < self.clusters.len() => return self.remove(before, before + 1),
            Command::DeleteToEnd => return self.remove(before, self.clusters.len()),
            Command::ClearItem => return self.replace(Vec::new()),
            Command::DeleteBack | Command::DeleteForward => return Edited::Same,
            Command::Undo => return self.step(true),
            Command::Redo => return self.step(false),
            _ => return Edited::NotMine,
        }
        self.typing = false;
        if self.caret == before { Edited::Same } else { Edited::Changed }
    }

    /// Draws `[text  ]` into the first row of `area` and returns the caret. A bracket becomes `<` or `>` when text is
    /// hidden on that side.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, style: Style) -> Position {
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        let (start, caret_column) = self.window(usize::from(inner.width));
        let mut x = inner.x;
        let mut hidden_right = false;
        for (at, cluster) in self.clusters.iter().enumerate().skip(start) {
            let shown = self.shown(cluster);
            if usize::from(x) + display_width(&shown) > usize::from(inner.right()) {
                hidden_right = true;
                break;
            }
            let style = if at >= self.limit { style.add_modifier(Modifier::REVERSED) } else { style };
            x = put(buffer, inner, x, area.y, &shown, style);
        }
        put(buffer, area, area.x, area.y, if start > 0 { "<" } else { "[" }, style);
        put(buffer, area, inner.right(), area.y, if hidden_right { ">" } else { "]" }, style);
        let column = u16::try_from(caret_column).unwrap_or(u16::MAX).min(inner.width.saturating_sub(1));
        Position::new(inner.x + column, area.y)
    }

    /// The first visible character and the caret's column in a window of `width` columns.
    ///
    /// Computed from the caret alone: the caret's own cell is always inside, so that it never stands on the bracket.
    fn window(&self, width: usize) -> (usize, usize) {
        let mut column: usize =
            self.clusters.iter().take(self.caret).map(|c| display_width(&self.shown(c))).sum();
        let mut start = 0;
        while column >= width && start < self.caret {
            column -= self.clusters.get(start).map_or(0, |c| display_width(&self.shown(c)));
            start += 1;
        }
        (start, column)
    }

    fn shown(&self, cluster: &str) -> String {
        match self.show {
            Show::Plain => for_display(cluster).into_owned(),
            Show::Masked => "*".to_owned(),
        }
    }

    fn remove(&mut self, from: usize, to: usize) -> Edited {
        if from >= to {
            return Edited::Same;
        }
        self.remember(false);
        for mut gone in self.clusters.drain(from..to) {
            gone.zeroize();
        }
        self.caret = from;
        Edited::Changed
    }

    fn replace(&mut self, text: Vec<String>) -> Edited {
        if self.clusters == text {
            return Edited::Same;
        }
        self.remember(false);
        let mut old = std::mem::replace(&mut self.clusters, text);
        old.zeroize();
        self.caret = self.clusters.len();
        Edited::Changed
    }

    /// One step of undo for a run of typed characters, one for everything else.
    fn remember(&mut self, typing: bool) {
        let goes_on = typing && self.typing;
        self.typing = typing;
        if self.show == Show::Masked || goes_on {
            return;
        }
        self.redo.clear();
        self.undo.push((self.clusters.clone(), self.caret));
        if self.undo.len() > MAX_UNDO {
            self.undo.remove(0);
        }
    }

    fn step(&mut self, back: bool) -> Edited {
        self.typing = false;
        let (from, to) =
            if back { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        let Some((text, caret)) = from.pop() else { return Edited::Same };
        to.push((std::mem::replace(&mut self.clusters, text), self.caret));
        self.caret = caret.min(self.clusters.len());
        Edited::Changed
    }

    fn wipe(&mut self) {
        self.clusters.zeroize();
        self.entered_with.zeroize();
        for (text, _) in self.undo.iter_mut().chain(&mut self.redo) {
            text.zeroize();
        }
        self.undo.clear();
        self.redo.clear();
        self.caret = 0;
        self.typing = false;
    }
}

/// Says nothing about what was typed.
impl std::fmt::Debug for TextField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextField").field("len", &self.clusters.len()).field("caret", &self.caret).finish()
    }
}

impl Drop for TextField {
    fn drop(&mut self) {
        self.wipe();
    }
}

fn split(text: &str) -> Vec<String> {
    text.graphemes(true).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn field(limit: usize) -> TextField {
        TextField::new(Accept::Anything, Show::Plain, limit)
    }
    fn drawn(field: &TextField, width: u16) -> (String, u16) {
        let area = Rect::new(0, 0, width, 1);
        let mut buffer = Buffer::empty(area);
        let caret = field.draw(&mut buffer, area, Style::new());
        let mut row = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, 0)].symbol();
            row.push_str(symbol);
            x += u16::try_from(display_width(symbol)).unwrap().max(1);
        }
        (row, caret.x)
    }

    /// Behaviour 10.
    #[test]
    fn the_caret_column_counts_wide_characters() {
        let mut f = field(40);
        f.insert("a届b");
        assert_eq!(drawn(&f, 12), ("[a届b      ]".to_owned(), 5));
        f.edit(Command::CaretLeft);
        assert_eq!(drawn(&f, 12).1, 4);
        f.edit(Command::CaretLeft);
        assert_eq!(drawn(&f, 12).1, 2);
        f.insert("ｶﾞ");
        assert_eq!(drawn(&f, 12), ("[aガ届b    ]".to_owned(), 4));
    }

    #[test]
    fn long_text_scrolls_and_says_so() {
        let mut f = field(40);
        f.insert("あいうえおかきく");
        let (row, caret) = drawn(&f, 10);
        assert_eq!(row, "<かきく  ]");
        assert_eq!(caret, 7, "the caret's cell is inside the brackets");
        f.edit(Command::CaretHome);
        assert_eq!(drawn(&f, 10), ("[あいうえ>".to_owned(), 1));
        let mut ascii = field(40);
        ascii.insert("123456789");
        assert_eq!(drawn(&ascii, 10), ("<3456789 ]".to_owned(), 8));
    }

    #[test]
    fn nothing_over_the_limit_is_dropped() {
        let mut f = TextField::new(Accept::Digits, Show::Plain, 4);
        assert_eq!(f.insert("04567"), Edited::Changed);
        assert_eq!((f.text().as_str(), f.excess()), ("04567", 1));
        let area = Rect::new(0, 0, 10, 1);
        let mut buffer = Buffer::empty(area);
        f.draw(&mut buffer, area, Style::new());
        assert!(buffer[(5, 0)].modifier.contains(Modifier::REVERSED));
        assert!(!buffer[(4, 0)].modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn digits_fold_and_the_rest_is_refused() {
        let mut f = TextField::new(Accept::Digits, Show::Plain, 9);
        assert_eq!(f.insert("\u{FF10}\u{FF13}"), Edited::Changed);
        assert_eq!(f.insert("x"), Edited::Refused);
        assert_eq!(f.text(), "03");
    }

    #[test]
    fn undo_goes_back_by_runs_of_typing() {
        let mut f = field(40);
        for c in ["a", "b", "c"] {
            f.insert(c);
        }
        f.edit(Command::ClearItem);
        assert_eq!(f.edit(Command::Undo), Edited::Changed);
        assert_eq!(f.text(), "abc");
        f.edit(Command::Undo);
        assert_eq!(f.text(), "");
        f.edit(Command::Redo);
        assert_eq!(f.text(), "abc");
        f.entered();
        f.insert("d");
        f.revert();
        assert_eq!(f.text(), "abc");
    }

    #[test]
    fn a_password_shows_stars_and_keeps_no_history() {
        let mut f = TextField::new(Accept::Anything, Show::Masked, 40);
        f.insert("秘み");
        assert_eq!(drawn(&f, 8).0, "[**    ]");
        assert_eq!(f.secret().as_str(), "秘み");
        f.edit(Command::ClearItem);
        assert_eq!(f.edit(Command::Undo), Edited::Same);
        assert!(!format!("{f:?}").contains('秘'));
    }

    #[test]
    fn line_breaks_become_spaces_and_controls_go() {
        let mut f = field(99);
        f.insert("a\r\nb\x1b[2Jc");
        assert_eq!(f.text(), "a  b[2Jc");
    }

    #[test]
    fn combining_marks_join_the_letter_before() {
        let mut f = field(9);
        f.insert("か");
        f.insert("\u{3099}");
        f.insert("\u{845B}\u{E0100}");
        assert_eq!(f.len(), 2);
        f.edit(Command::DeleteBack);
        assert_eq!(f.text(), "か\u{3099}", "stored as typed");
    }

    proptest! {
        #[test]
        fn the_caret_is_always_inside(texts in prop::collection::vec("\\PC{0,6}", 0..8), moves in 0usize..12, width in 6u16..30) {
            let mut f = field(10);
            for text in &texts {
                f.insert(text);
            }
            for _ in 0..moves {
                f.edit(Command::CaretLeft);
            }
            let (_, caret) = drawn(&f, width);
            prop_assert!(caret >= 1 && caret < width - 1);
            prop_assert_eq!(f.text(), f.clusters.concat());
        }
    }
}
