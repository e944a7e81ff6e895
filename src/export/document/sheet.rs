//! One page being set: text at a place, rules, the foot.
use super::super::face;
use super::{PAPER, PREVIEW_COLUMNS, Page, Rule, Run, wrap};
use crate::domain::sensitive::Personal;

/// The space between which everything stands.
pub(super) const LEFT: f32 = 24.0;
pub(super) const RIGHT: f32 = PAPER.0 - LEFT;
pub(super) const TOP: f32 = 22.0;
/// Above the foot.
pub(super) const BOTTOM: f32 = 263.0;

/// Sizes in millimetres: 11, 9.1, 12, 13, 16 and 21 points, and two to be read across a room.
pub(super) const BODY: f32 = 3.88;
pub(super) const SMALL: f32 = 3.2;
pub(super) const HEADING: f32 = 4.25;
pub(super) const COVER: f32 = 4.6;
pub(super) const TITLE: f32 = 5.65;
pub(super) const COVER_TITLE: f32 = 7.5;
pub(super) const LARGE: f32 = 11.0;
pub(super) const HUGE: f32 = 14.0;

/// From baseline to baseline, in parts of the size.
pub(super) const LEADING: f32 = 1.45;

/// The dots of a fax across and down. Rules lie on them, so that all of a kind are equally thick there.
const DOT_ACROSS: f32 = 25.4 / 204.0;
const DOT_DOWN: f32 = 25.4 / 196.0;
pub(super) const HAIRLINE: f32 = 2.0 * DOT_DOWN;
pub(super) const LINE: f32 = 4.0 * DOT_DOWN;

/// Under it is room for two lines.
const FOOT_RULE: f32 = 267.5;
const FOOT_TOP: f32 = 269.0;
const FOOT_PITCH: f32 = SMALL * 1.3;

/// Where a line of text stands between the margins.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

#[derive(Default)]
pub(super) struct Sheet {
    page: Page,
}

impl Sheet {
    /// Text whose box begins at `top`.
    pub(super) fn line(&mut self, align: Align, top: f32, size: f32, text: &str) {
        let text = text.trim();
        let columns = PREVIEW_COLUMNS.saturating_sub(wrap::width(text));
        let free = (RIGHT - LEFT - width(text, size)).max(0.0);
        let (x, column) = match align {
            Align::Left => (LEFT, 0),
            Align::Centre => (LEFT + free / 2.0, columns / 2),
            Align::Right => (LEFT + free, columns),
        };
        self.text(x, column, top, size, text);
    }

    pub(super) fn text(&mut self, x: f32, column: u16, top: f32, size: f32, text: &str) {
        if !text.is_empty() {
            let baseline = top + size * face::ASCENT;
            self.page.runs.push(Run { x, baseline, size, column, text: Personal::new(text.to_owned()) });
        }
    }

    pub(super) fn horizontal(&mut self, y: f32, weight: f32) {
        self.rule(LEFT, y, RIGHT - LEFT, weight);
    }

    /// From somewhere to the right margin.
    pub(super) fn horizontal_from(&mut self, x: f32, y: f32, weight: f32) {
        self.rule(x, y, RIGHT - x, weight);
    }

    /// Exactly this, wherever the dots of a fax are: squares of a code must stay squares.
    pub(super) fn black(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.page.rules.push(Rule { x, y, width, height });
    }

    pub(super) fn vertical(&mut self, x: f32, top: f32, bottom: f32, weight: f32) {
        self.rule(x, top, weight * DOT_ACROSS / DOT_DOWN, bottom - top);
    }

    fn rule(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let on_dots = |place: f32, dot: f32| (place / dot).round() * dot;
        let (x, right) = (on_dots(x, DOT_ACROSS), on_dots(x + width, DOT_ACROSS));
        let (y, bottom) = (on_dots(y, DOT_DOWN), on_dots(y + height, DOT_DOWN));
        self.page.rules.push(Rule { x, y, width: right - x, height: bottom - y });
    }

    /// Four lines between the margins.
    pub(super) fn frame(&mut self, top: f32, bottom: f32, weight: f32) {
        self.horizontal(top, weight);
        self.horizontal(bottom, weight);
        self.vertical(LEFT, top, bottom + weight, weight);
        self.vertical(RIGHT - weight, top, bottom + weight, weight);
    }

    /// On the left what names the paper, on the right which page of it this is.
    pub(super) fn with_footer(mut self, names: &[String], place: &str) -> Page {
        const SPACE: &str = "   ";
        self.horizontal(FOOT_RULE, HAIRLINE);
        self.line(Align::Right, FOOT_TOP, SMALL, place);
        let columns = PREVIEW_COLUMNS.saturating_sub(wrap::width(place) + 2);
        let mut lines: Vec<String> = Vec::new();
        for name in names {
            match lines.last_mut() {
                Some(line) if wrap::width(line) + 3 + wrap::width(name) <= columns => {
                    line.push_str(SPACE);
                    line.push_str(name);
                }
                _ => lines.push(name.clone()),
            }
        }
        let mut top = FOOT_TOP;
        for line in lines {
            self.line(Align::Left, top, SMALL, &line);
            top += FOOT_PITCH;
        }
        self.page
    }
}

pub(super) fn width(text: &str, size: f32) -> f32 {
    f32::from(text.chars().map(face::halves).fold(0, u16::saturating_add)) * size / 2.0
}

/// How many columns of text of this size stand beside each other.
pub(super) fn columns_of(size: f32) -> u16 {
    let fits = |columns: &u16| f32::from(*columns) * size / 2.0 <= RIGHT - LEFT;
    (2..=PREVIEW_COLUMNS).rev().find(fits).unwrap_or(2)
}
