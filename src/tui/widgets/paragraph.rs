//! Sentences over several rows: broken where the row ends, at a space where there is one.
use crate::tui::look::display_width;
use crate::tui::widgets::put;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// These never begin a row in Japanese typesetting; they hang on the row before instead.
const NOT_FIRST: &str = "。、)」』";

/// The rows of `text` in so many columns.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut used = 0;
    for piece in text.split_word_bounds() {
        let width = display_width(piece);
        let hangs = NOT_FIRST.contains(piece) && !piece.trim().is_empty();
        if used + width > columns && used > 0 {
            if hangs {
                carry_last(&mut rows);
            } else {
                rows.push(String::new());
            }
            used = rows.last().map_or(0, |row| display_width(row));
        }
        if used == 0 && piece.trim().is_empty() {
            continue;
        }
        for grapheme in piece.graphemes(true) {
            let width = display_width(grapheme);
            if used + width > columns && used > 0 {
                rows.push(String::new());
                used = 0;
            }
            used += width;
            rows.last_mut().expect("there is always a row").push_str(grapheme);
        }
    }
    rows
}

/// Starts a row with the last character of the row before.
fn carry_last(rows: &mut Vec<String>) {
    let Some(row) = rows.last_mut() else { return };
    let Some((at, _)) = row.grapheme_indices(true).next_back() else { return };
    let last = row.split_off(at);
    rows.push(last);
}

/// Draws `text` from the top of `area` and returns the row after it.
pub fn draw(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut y = area.y;
    for row in wrap(text, usize::from(area.width)) {
        put(buffer, area, area.x, y, &row, style);
        y = y.saturating_add(1);
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_full_and_nothing_is_lost() {
        let text = "届出を登録しました。次の届出を入れてください。";
        let rows = wrap(text, 20);
        assert_eq!(rows.concat(), text);
        assert!(rows.iter().all(|row| display_width(row) <= 20), "{rows:?}");
        assert!(rows.iter().all(|row| !row.starts_with('。')), "{rows:?}");
    }

    #[test]
    fn english_breaks_between_words() {
        assert_eq!(wrap("write it down and seal it", 10), ["write it ", "down and ", "seal it"]);
        assert_eq!(wrap("abcdefghijkl", 5), ["abcde", "fghij", "kl"]);
    }
}
