//! The display boundary: what data becomes before it is drawn, and how wide it is.
//!
//! The same names as in `crate::japanese`, to which this file will be redirected.
use ratatui::buffer::CellWidth;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Half-width katakana from U+FF61 in order, as full-width.
const FULL_WIDTH_KANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
const FIRST_HALF_WIDTH: u32 = 0xFF61;
const LAST_HALF_WIDTH: u32 = 0xFF9F;

/// Text as it may be shown: one line, NFC, no control or direction characters, half-width kana made full-width.
pub fn for_display(text: &str) -> String {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return text.to_owned();
    }
    let mut marks = Vec::with_capacity(text.len());
    for c in text.chars() {
        marks.push(match u32::from(c) {
            FIRST_HALF_WIDTH..=LAST_HALF_WIDTH => widen_kana(c),
            _ if c == '\n' || c == '\t' || c == '\r' => ' ',
            _ if is_unsafe(c) => '?',
            _ => c,
        });
    }
    marks.into_iter().nfc().collect()
}

/// Columns on the screen, as ratatui lays them out.
pub fn display_width(text: &str) -> usize {
    text.graphemes(true).map(|g| usize::from(g.cell_width())).sum()
}

/// The longest beginning of `text` that fits into `columns`, never half of a wide character.
pub fn truncate_to_width(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += usize::from(grapheme.cell_width());
        if used > columns {
            return text.split_at_checked(at).map_or("", |(head, _)| head);
        }
    }
    text
}

fn widen_kana(c: char) -> char {
    match c {
        // As combining marks, so that NFC joins them with the letter before.
        '\u{FF9E}' => '\u{3099}',
        '\u{FF9F}' => '\u{309A}',
        _ => {
            let at = u32::from(c).saturating_sub(FIRST_HALF_WIDTH);
            usize::try_from(at).ok().and_then(|at| FULL_WIDTH_KANA.chars().nth(at)).unwrap_or(c)
        }
    }
}

/// Control characters move the cursor; direction marks turn a number around.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Behaviour 3, first half: the second half is in `widgets::table`.
    #[test]
    fn half_width_kana_become_one_wide_character() {
        assert_eq!(for_display("\u{FF76}\u{FF9E}"), "ガ");
        assert_eq!(for_display("ﾀﾅｶ ｼﾞﾛｳ"), "タナカ ジロウ");
        assert_eq!(display_width(&for_display("\u{FF76}\u{FF9E}")), 2);
    }

    #[test]
    fn controls_never_reach_the_screen() {
        assert_eq!(for_display("a\x1b[31m\u{202E}b\nc"), "a?[31m?b c");
    }

    #[test]
    fn wide_characters_are_never_cut() {
        assert_eq!(truncate_to_width("届出ab", 3), "届");
        assert_eq!(truncate_to_width("届出ab", 5), "届出a");
        assert_eq!(display_width("\u{845B}\u{E0100}\u{20BB7}\u{9AD9}"), 6);
    }
}
