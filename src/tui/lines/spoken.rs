//! A panel in words, and how they are found in its picture.
//!
//! Every panel is drawn by the same few widgets, so the picture says by itself what is title, body, message and key
//! bar (the rules between them), which row is chosen (`>` before it), and what is being typed (the caret between two
//! brackets). A panel that shows something by its place alone adds to this in `Screen::describe`.
use crate::tui::widgets::list::List;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Position;
use std::ops::Range;

/// What a panel says. Cannot be printed by accident: it holds what panels show.
#[derive(Default)]
pub struct Spoken {
    pub title: String,
    /// Said with the title of another panel; what changes here (a clock, a page) is no news.
    pub title_right: String,
    /// The rows between title and messages.
    pub body: Vec<String>,
    pub when: When,
    /// Who may sign in to an exercise: codes change by themselves, which is no news.
    pub hints: Vec<String>,
    /// The row or item with the focus; an item may have its answers below it.
    pub focus: Vec<String>,
    /// What is chosen there, said behind the place.
    pub value: String,
    /// Which of how many it is.
    pub place: Option<(usize, usize)>,
    /// The field with the caret.
    pub typed: Option<Typed>,
    pub messages: Vec<String>,
    pub status: String,
    pub status_right: String,
    /// Said only when it is asked for.
    pub help: Vec<String>,
    pub keys: Vec<String>,
}

/// When the rows of a body are said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// With the panel, and rows that are new.
    #[default]
    Shown,
    /// Only rows that are new.
    New,
    /// When the person asks: the other rows of a list.
    Asked,
}

/// A field while it is typed in.
#[derive(Default, PartialEq, Eq)]
pub struct Typed {
    pub label: String,
    /// What to know about it; not said again while it is typed in.
    pub note: String,
    /// Empty for secrets: not even their length is said.
    pub text: String,
    /// Bytes of the text before the caret.
    pub caret: usize,
}

impl Typed {
    /// `氏名, 必須, 40中3: 仮野`
    pub fn line(&self, place: &str) -> String {
        format!("{}: {}", joined(&[&self.label, &self.note, place]), self.text)
    }

    /// The row of the field as it is when nothing stands in it.
    pub fn empty_row(&self) -> String {
        joined(&[&self.label, &self.note])
    }

    /// The same field as `before`, whatever stands in it.
    pub fn is_same_field(&self, before: &Self) -> bool {
        self.label == before.label
    }

    /// What was added at the end since `before`; `None` when anything else has changed.
    pub fn goes_on<'t>(&'t self, before: &Self) -> Option<&'t str> {
        let at_end = self.caret == self.text.len() && before.caret == before.text.len();
        let more = self.text.strip_prefix(before.text.as_str())?;
        (at_end && self.is_same_field(before)).then_some(more)
    }

    /// The character under a caret that has only moved, `Some(None)` behind the last one.
    pub fn moved_from(&self, before: &Self) -> Option<Option<&str>> {
        use unicode_segmentation::UnicodeSegmentation as _;
        let moved = self.is_same_field(before) && self.text == before.text && self.caret != before.caret;
        let rest = self.text.get(self.caret..).unwrap_or_default();
        moved.then(|| rest.graphemes(true).next())
    }
}

impl Spoken {
    /// The words of a picture with its caret. `hints` are told apart because they change by themselves.
    pub fn of_picture(buffer: &Buffer, caret: Position, hints: &[String]) -> Self {
        let rows: Vec<String> = (0..buffer.area.height).map(|y| row_text(buffer, y, 0..u16::MAX)).collect();
        let parts = Parts::of(&rows);
        let hints: Vec<String> = hints.iter().map(|hint| plain(hint)).collect();
        let typed = typed(buffer, caret);
        let caret_row = usize::from(caret.y);
        let typed_row = typed.as_ref().map(|_| caret_row);
        let is_typed = |at: usize| typed_row == Some(at);
        let part = |range: Range<usize>| {
            let rows = range.filter(|at| !is_typed(*at)).filter_map(|at| rows.get(at));
            rows.map(|row| plain(row)).filter(|row| !row.is_empty()).collect::<Vec<_>>()
        };
        let chosen = parts.body.clone().filter(|at| !is_typed(*at)).find(|at| is_chosen(rows.get(*at)));
        let focused = chosen.or((typed.is_none() && parts.body.contains(&caret_row)).then_some(caret_row));
        let (title, title_right) = ends(rows.get(parts.title).map_or("", String::as_str));
        let (status, status_right) =
            ends(parts.status.and_then(|at| rows.get(at)).map_or("", String::as_str));
        // Hints are drawn at the doors only.
        let (hints, body) = part(parts.body.clone()).into_iter().partition(|row| hints.contains(row));
        Self {
            title,
            title_right,
            body,
            hints,
            focus: focused.map_or_else(Vec::new, |at| part(at..at + 1)),
            typed,
            messages: part(parts.messages),
            status,
            status_right,
            keys: part(parts.keys),
            ..Self::default()
        }
    }

    /// Of a long list only the chosen row is said, with its place.
    pub fn in_list(&mut self, list: List, len: usize) {
        self.when = When::Asked;
        self.place = list.selected(len).map(|at| (at + 1, len));
    }

    /// A list that grows shorter with every letter: its row says enough, of the messages only how to choose is said.
    pub fn in_search(&mut self, list: List, len: usize) {
        self.in_list(list, len);
        let how = self.messages.pop();
        self.help = std::mem::replace(&mut self.messages, how.into_iter().collect());
    }

    /// Beside a list, in an item of its own: the list is no news.
    pub fn in_item(&mut self) {
        self.when = When::Asked;
        if self.typed.is_some() {
            self.focus.clear();
        }
    }
}

/// The rows of a picture that belong together.
struct Parts {
    title: usize,
    body: Range<usize>,
    messages: Range<usize>,
    keys: Range<usize>,
    status: Option<usize>,
}

impl Parts {
    /// Divides a picture at its rules; one without rules is all body behind its first row.
    fn of(rows: &[String]) -> Self {
        let rules: Vec<usize> =
            rows.iter().enumerate().filter(|(_, row)| is_rule(row)).map(|(at, _)| at).collect();
        let end = rows.len();
        match *rules.as_slice() {
            [first, .., middle, last] => Self::framed(first, middle, last, end),
            [first, last] => Self::framed(first, last, last, end),
            _ => Self { title: 0, body: 1..end, messages: end..end, keys: end..end, status: None },
        }
    }

    fn framed(first: usize, middle: usize, last: usize, end: usize) -> Self {
        let status = end.saturating_sub(1);
        Self {
            title: 0,
            body: first + 1..middle,
            messages: middle + 1..last,
            keys: last + 1..status,
            status: Some(status),
        }
    }
}

/// The cells of a row as text, without the cells that wide characters cover.
fn row_text(buffer: &Buffer, y: u16, columns: Range<u16>) -> String {
    let mut row = String::new();
    let mut x = columns.start;
    while x < columns.end.min(buffer.area.right()) {
        let Some(cell) = buffer.cell(Position::new(x, y)) else { break };
        row.push_str(cell.symbol());
        x = x.saturating_add(cell.symbol().cell_width().max(1));
    }
    row
}

fn is_rule(row: &str) -> bool {
    const SHORTEST: usize = 8;
    row.len() >= SHORTEST && row.bytes().all(|byte| byte == b'-')
}

fn is_chosen(row: Option<&String>) -> bool {
    row.is_some_and(|row| row.trim_start().starts_with('>'))
}

/// What stands at the two ends of a row; a gap of a few columns is only a gap.
fn ends(row: &str) -> (String, String) {
    const GAP: &str = "    ";
    match row.trim().rsplit_once(GAP) {
        Some((left, right)) => (plain(left), plain(right)),
        None => (plain(row), String::new()),
    }
}

/// Phrases one after the other, without empty ones.
pub fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A row as it is said: columns become phrases; empty fields, brackets of fields and the mark of the row go.
pub fn plain(row: &str) -> String {
    let row = row.trim();
    let row = row.strip_prefix('>').unwrap_or(row);
    // Rules, and the dashes before a heading.
    let row = if is_rule(row) { "" } else { row.strip_prefix("-- ").unwrap_or(row) };
    let is_secret =
        |piece: &str| !piece.is_empty() && piece.bytes().all(|byte| byte == b'*') && piece.len() > 1;
    let pieces = row.split("  ").map(str::trim).map(|piece| match piece {
        "[" | "]" => "",
        // A field that is not full: its other bracket stands behind a gap.
        _ if !piece.contains(']') => piece.strip_prefix('[').unwrap_or(piece),
        _ => piece,
    });
    pieces.filter(|piece| !piece.is_empty() && !is_secret(piece)).collect::<Vec<_>>().join(", ")
}

/// The field around the caret.
fn typed(buffer: &Buffer, caret: Position) -> Option<Typed> {
    let symbol = |x: u16| buffer.cell(Position::new(x, caret.y)).map_or("", |cell| cell.symbol());
    let right = buffer.area.right();
    let open = (0..caret.x).rev().find(|x| matches!(symbol(*x), "[" | "<"))?;
    let close = (caret.x..right).find(|x| matches!(symbol(*x), "]" | ">"))?;
    let before = row_text(buffer, caret.y, open + 1..caret.x);
    let rest = row_text(buffer, caret.y, caret.x..close);
    let text = format!("{before}{}", rest.trim_end());
    let secret = !text.is_empty() && text.bytes().all(|byte| byte == b'*');
    let shown =
        if secret { Typed::default() } else { Typed { caret: before.len(), text, ..Typed::default() } };
    Some(Typed {
        label: plain(&row_text(buffer, caret.y, 0..open)),
        note: plain(&row_text(buffer, caret.y, close + 1..right)),
        ..shown
    })
}
