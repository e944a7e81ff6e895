//! Text, tables and boxes one below the other, page after page.
use super::sheet::{
    Align, BODY, BOTTOM, HAIRLINE, HEADING, LEADING, LEFT, LINE, RIGHT, SMALL, Sheet, TOP, columns_of,
};
use super::wrap::{width, wrap};
use crate::text::papers;

/// An answered item.
pub(super) struct Row {
    /// `None` on a paper that has no numbers at all: its labels stand further to the left.
    pub number: Option<String>,
    pub label: String,
    pub value: String,
}

/// Columns of the three cells of a row; with the spaces between them they fill a line of the terminal.
const NUMBER_COLUMNS: u16 = 5;
const LABEL_COLUMNS: u16 = 26;
const VALUE_COLUMNS: u16 = 44;
const LABEL_AT: u16 = NUMBER_COLUMNS + 1;
const VALUE_AT: u16 = LABEL_AT + LABEL_COLUMNS + 2;

/// The same cells on paper.
const CELL_X: f32 = 2.2;
const CELL_Y: f32 = 1.45;
const NUMBER_X: f32 = LEFT + CELL_X;
const LABEL_X: f32 = NUMBER_X + NUMBER_COLUMNS as f32 * BODY / 2.0 + 1.2;
const VALUE_RULE_X: f32 = LABEL_X + LABEL_COLUMNS as f32 * BODY / 2.0 + CELL_X;
const VALUE_X: f32 = VALUE_RULE_X + HAIRLINE + 1.8;

const PITCH: f32 = BODY * LEADING;
/// A row of so many lines is not torn apart, and of a longer one a page takes not fewer than that.
const WHOLE: usize = 12;
const PIECE: usize = 4;

#[derive(Default)]
pub(super) struct Flow {
    done: Vec<Sheet>,
    sheet: Sheet,
    y: f32,
}

impl Flow {
    pub fn new() -> Self {
        Self { y: TOP, ..Self::default() }
    }

    pub fn finish(mut self) -> Vec<Sheet> {
        self.done.push(self.sheet);
        self.done
    }

    pub fn space(&mut self, height: f32) {
        self.y += height;
    }

    pub fn rule(&mut self, weight: f32) {
        self.sheet.horizontal(self.y, weight);
        self.y += weight;
    }

    /// Text on the left beside a short piece on the right.
    pub fn ends(&mut self, left: &str, right: &str) {
        self.sheet.line(Align::Right, self.y, BODY, right);
        for line in wrap(left, columns_of(BODY).saturating_sub(width(right) + 2)) {
            self.keep(BODY);
            self.sheet.line(Align::Left, self.y, BODY, &line);
            self.y += PITCH;
        }
    }

    pub fn paragraph(&mut self, align: Align, size: f32, text: &str) {
        for line in wrap(text, columns_of(size)) {
            self.keep(size);
            self.sheet.line(align, self.y, size, &line);
            self.y += size * LEADING;
        }
    }

    /// A label with what it says.
    pub fn field(&mut self, label: &str, value: &str, size: f32) {
        const VALUE_AT: u16 = 16;
        const SPACE: f32 = 1.6;
        let x = LEFT + CELL_X + f32::from(VALUE_AT) * BODY / 2.0;
        let mut label = Some(label);
        for line in wrap(value, columns_of(size) - VALUE_AT - 2) {
            self.keep(size);
            if let Some(label) = label.take() {
                // On the baseline of the value.
                let top = self.y + (size - BODY) * super::face::ASCENT;
                self.sheet.text(LEFT + CELL_X, 0, top, BODY, label);
            }
            self.sheet.text(x, VALUE_AT, self.y, size, line.trim());
            self.y += size * LEADING;
        }
        self.y += SPACE;
    }

    /// Lines in a box.
    pub fn framed(&mut self, parts: &[(f32, &str)]) {
        const PAD: f32 = 4.5;
        let lines: Vec<(f32, String)> = parts
            .iter()
            .flat_map(|(size, text)| wrap(text, columns_of(*size) - 2).into_iter().map(|line| (*size, line)))
            .collect();
        let pitch = |size: f32| size * LEADING;
        let inner: f32 = lines.iter().map(|(size, _)| pitch(*size)).sum();
        let loose = lines.last().map_or(0.0, |(size, _)| pitch(*size) - size);
        let height = inner - loose + 2.0 * PAD;
        self.keep(height);
        let top = self.y;
        self.y += PAD;
        for (size, line) in lines {
            self.sheet.line(Align::Centre, self.y, size, &line);
            self.y += pitch(size);
        }
        self.sheet.frame(top, top + height, HAIRLINE);
        self.y = top + height + HAIRLINE;
    }

    /// Rows under a heading; both go on over as many pages as they need.
    pub fn table(&mut self, heading: &str, rows: &[Row]) {
        let rows: Vec<Cells> = rows.iter().map(Cells::new).collect();
        let Some(first) = rows.first() else { return };
        self.keep(heading_height() + first.least_height());
        let continued = continued(heading);
        let mut top = self.open(heading);
        for row in rows {
            top = self.row(row, &continued, top);
        }
        self.close(top);
    }

    fn row(&mut self, mut row: Cells, continued: &str, mut top: f32) -> f32 {
        while row.height() > self.room() {
            let fit = lines_in(self.room());
            let rest = (row.lines() > WHOLE && fit >= PIECE).then(|| row.split_off(fit));
            if let Some(rest) = rest {
                self.draw(&row);
                row = rest;
            }
            self.close(top);
            self.turn();
            top = self.open(continued);
        }
        self.draw(&row);
        top
    }

    fn draw(&mut self, row: &Cells) {
        let mut y = self.y + CELL_Y;
        let (label_x, label_at) = if row.number.is_empty() { (NUMBER_X, 0) } else { (LABEL_X, LABEL_AT) };
        for at in 0..row.lines() {
            for (cell, x, column) in
                [(&row.number, NUMBER_X, 0), (&row.label, label_x, label_at), (&row.value, VALUE_X, VALUE_AT)]
            {
                if let Some(line) = cell.get(at) {
                    self.sheet.text(x, column, y, BODY, line.trim());
                }
            }
            y += PITCH;
        }
        self.y += row.height();
        self.sheet.horizontal(self.y - HAIRLINE, HAIRLINE);
    }

    fn open(&mut self, heading: &str) -> f32 {
        self.paragraph(Align::Left, HEADING, heading);
        self.y += heading_height() - HEADING * LEADING;
        self.sheet.horizontal(self.y - LINE, LINE);
        self.y
    }

    /// The line between labels and values, and the end of the table.
    fn close(&mut self, top: f32) {
        self.sheet.vertical(VALUE_RULE_X, top, self.y, HAIRLINE);
        self.sheet.horizontal(self.y - HAIRLINE, LINE);
        self.y += LINE;
    }

    fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Turns the page when so much does not fit on it any more.
    fn keep(&mut self, height: f32) {
        if height > self.room() && self.y > TOP {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.sheet));
        self.y = TOP;
    }

    /// A two-dimensional code in the middle, with the light rim that readers need. Rows of squares, true for dark.
    pub fn code(&mut self, rows: &[Vec<bool>], square: f32) {
        const RIM: f32 = 4.0;
        let side = units(rows.len()) * square;
        self.keep(side + 2.0 * RIM * square);
        let left = LEFT + (RIGHT - LEFT - side) / 2.0;
        let mut y = self.y + RIM * square;
        for row in rows {
            let mut x = left;
            // Neighbours are drawn as one: no light seams between them.
            for run in row.chunk_by(|one, next| one == next) {
                let width = units(run.len()) * square;
                if run.first() == Some(&true) {
                    self.sheet.black(x, y, width, square);
                }
                x += width;
            }
            y += square;
        }
        self.y = y + RIM * square;
    }

    /// A line to sign on for each.
    pub fn signing(&mut self, labels: &[&str]) {
        const HEIGHT: f32 = 13.0;
        const LINE_X: f32 = LEFT + 40.0;
        for label in labels {
            self.keep(HEIGHT);
            self.y += HEIGHT;
            self.sheet.text(LEFT + CELL_X, 0, self.y - BODY, BODY, label);
            self.sheet.horizontal_from(LINE_X, self.y, HAIRLINE);
        }
        self.y += HAIRLINE;
    }

    /// Small print at the end.
    pub fn note(&mut self, text: &str) {
        self.paragraph(Align::Left, SMALL, text);
    }
}

fn units(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

fn heading_height() -> f32 {
    HEADING + 1.8 + LINE
}

fn row_height(lines: usize) -> f32 {
    let further = u16::try_from(lines.saturating_sub(1)).unwrap_or(u16::MAX);
    2.0 * CELL_Y + BODY + f32::from(further) * PITCH + HAIRLINE
}

fn lines_in(room: f32) -> usize {
    (1..).take_while(|lines| row_height(*lines) <= room).last().unwrap_or(0)
}

/// Lines of the three cells side by side; no number is no column of numbers.
struct Cells {
    number: Vec<String>,
    label: Vec<String>,
    value: Vec<String>,
    /// What the row is called where it goes on.
    again: Vec<String>,
}

impl Cells {
    fn new(row: &Row) -> Self {
        let label = wrap(&row.label, LABEL_COLUMNS);
        let again = wrap(&continued(&row.label), LABEL_COLUMNS);
        Self {
            number: row.number.iter().flat_map(|number| wrap(number, NUMBER_COLUMNS)).collect(),
            label,
            value: wrap(&row.value, VALUE_COLUMNS),
            again,
        }
    }

    fn lines(&self) -> usize {
        self.number.len().max(self.label.len()).max(self.value.len())
    }
    fn height(&self) -> f32 {
        row_height(self.lines())
    }
    fn least_height(&self) -> f32 {
        row_height(if self.lines() > WHOLE { PIECE } else { self.lines() })
    }

    /// Keeps so many lines; the rest says again what it is about.
    fn split_off(&mut self, lines: usize) -> Self {
        let rest = |cell: &mut Vec<String>| cell.split_off(lines.min(cell.len()));
        let (number, label, value) = (rest(&mut self.number), rest(&mut self.label), rest(&mut self.value));
        let number = if number.is_empty() { self.number.iter().take(1).cloned().collect() } else { number };
        let label = if label.is_empty() { self.again.clone() } else { label };
        Self { number, label, value, again: self.again.clone() }
    }
}

/// `経過 (続き)`; of what is very long, its beginning.
fn continued(name: &str) -> String {
    const COLUMNS: u16 = 60;
    let start = wrap(name, COLUMNS).into_iter().next().unwrap_or_default();
    format!("{start} ({})", papers::CONTINUED.ja)
}

const _: () = assert!(VALUE_AT + VALUE_COLUMNS == super::PREVIEW_COLUMNS);
const _: () = assert!(VALUE_X + VALUE_COLUMNS as f32 * BODY / 2.0 + CELL_X / 2.0 <= RIGHT);
