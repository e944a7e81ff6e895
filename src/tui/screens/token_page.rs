//! The page on which a one-time-code token is enrolled.
//!
//! The code for a phone needs 41 columns and 21 rows at the densest, more than a framed body has at 80x24. So this
//! page has no frame: the picture at the left from the first row, the words and the field beside it.
use crate::keymap::{Command, Context};
use crate::office::TokenOffer;
use crate::text::{Text, sign_in as say};
use crate::tui::screen::View;
use crate::tui::widgets::column::Column;
use crate::tui::widgets::qr::Qr;
use crate::tui::widgets::{paragraph, put};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

/// Key bar and an empty row above it.
const FOOT_ROWS: u16 = 2;
const GAP: u16 = 2;
/// Rows of four groups of base32.
const GROUPS_IN_ROW: usize = 4;
/// Less room than this for words and the picture is left out.
const WORDS_MIN: u16 = 34;

/// What stands on the page.
pub struct TokenPage<'a> {
    pub title: Text,
    /// Whose token it is.
    pub whose: &'a str,
    pub offer: &'a TokenOffer,
    pub fields: &'a Column,
    pub message: &'a str,
    pub words: &'a [(Command, Text)],
}

impl TokenPage<'_> {
    /// Draws the page and returns the caret.
    pub fn draw(&self, view: &View<'_>, contexts: &[Context], buffer: &mut Buffer, area: Rect) -> Position {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let upper = Rect { height: area.height.saturating_sub(FOOT_ROWS), ..area };
        let picture = Qr::new(self.offer.uri.expose())
            .and_then(|qr| Some((qr.fits(upper, view.ambiguous)?, qr)))
            .map(|(style, qr)| qr.draw(buffer, upper, style))
            .filter(|used| used.width + GAP + WORDS_MIN <= area.width);
        let left = picture.map_or(area.x + 1, |used| used.right() + GAP);
        // The title row also carries the mark of an exercise; the last column stays free.
        let words = Rect { x: left, width: area.right().saturating_sub(left + 1), ..upper };
        put(buffer, words, left, words.y, self.title.in_lang(view.lang), bold);
        put(buffer, words, left, words.y + 1, self.whose, plain);
        let from = |y: u16| Rect { y, height: words.bottom().saturating_sub(y), ..words };
        let how = if picture.is_some() { say::TOKEN_HOW } else { say::TOKEN_TYPE };
        let mut y = paragraph::draw(buffer, from(words.y + 3), how.in_lang(view.lang), plain) + 1;
        for row in groups(self.offer.base32.expose()) {
            put(buffer, words, left + 2, y, &row, bold);
            y += 1;
        }
        y = paragraph::draw(buffer, from(y + 1), say::TOKEN_CODE.in_lang(view.lang), plain);
        let caret = self.fields.draw(buffer, from(y + 1), view.lang, 1);
        y = paragraph::draw(buffer, from(y + 3), self.message, bold);
        paragraph::draw(buffer, from(y + 1), say::TOKEN_ONCE.in_lang(view.lang), plain);
        let labels: Vec<String> =
            view.keys(contexts, self.words).into_iter().map(|(key, word)| format!("{key} {word}")).collect();
        put(buffer, area, area.x + 1, area.bottom().saturating_sub(1), &labels.join("  "), plain);
        caret
    }
}

/// `ABCD EFGH IJKL MNOP`, a row at a time.
fn groups(base32: &str) -> Vec<String> {
    let characters: Vec<char> = base32.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.chunks(GROUPS_IN_ROW).map(|row| row.join(" ")).collect()
}
