//! Foreign text made fit for the terminal, and measured the way the terminal counts it.
use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::width::widen_kana;

/// More marks than this on one character are not a name; they would paint over other lines.
const MAX_MARKS_PER_BASE: usize = 4;

/// Text as it may be shown on one line.
///
/// Gone are control characters, bidirectional controls, tags, other invisible characters, and marks piled higher
/// than any language does. Line ends and tabs become a space. Half-width kana become full-width, because
/// terminals disagree about the width of their voiced marks. Variation selectors stay: they are part of a name.
pub fn for_display(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    if !has_hidden(text) {
        return widen_kana(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        if is_line_break(c) {
            marks = 0;
            if !shown.is_empty() && !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if !is_hidden(c) {
            marks = if is_combining_mark(c) { marks + 1 } else { 0 };
            if marks <= MAX_MARKS_PER_BASE {
                shown.push(c);
            }
        }
    }
    match widen_kana(&shown) {
        Cow::Borrowed(_) => Cow::Owned(shown),
        Cow::Owned(wide) => Cow::Owned(wide),
    }
}

/// Whether [`for_display`] takes something away, so that a screen can say so.
pub fn has_hidden(text: &str) -> bool {
    let mut marks = 0;
    text.chars().any(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        is_hidden(c) || marks > MAX_MARKS_PER_BASE
    })
}

/// How many columns the text takes once it is fit for display.
pub fn display_width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    for_display(text).graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The beginning of the text that fits in so many columns, fit for display; no character is cut in half.
pub fn truncate_to_width(text: &str, columns: usize) -> Cow<'_, str> {
    match for_display(text) {
        Cow::Borrowed(shown) => {
            let (head, _) = shown.split_at_checked(fitting_bytes(shown, columns)).unwrap_or((shown, ""));
            Cow::Borrowed(head)
        }
        Cow::Owned(mut shown) => {
            shown.truncate(fitting_bytes(&shown, columns));
            Cow::Owned(shown)
        }
    }
}

/// Exactly so many columns: cut, or filled up with spaces on the right.
pub fn fit_to_width(text: &str, columns: usize) -> String {
    let mut fitted = truncate_to_width(text, columns).into_owned();
    let missing = columns.saturating_sub(display_width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', missing));
    fitted
}

/// Characters that steer the terminal or the reader without being seen.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            // bidirectional marks, embeddings, overrides and isolates
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            // line and paragraph separators, interlinear annotation
            | '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFB}'
            // soft hyphen, zero-width space, word joiner, invisible operators, deprecated controls, byte order mark
            | '\u{00AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}'
            // tags, which spell text that nobody sees
            | '\u{E0000}'..='\u{E007F}'
            // blank letters of one or two columns, which pass for spaces in a name
            | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}'
        )
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{000B}' | '\u{000C}' | '\r' | '\u{0085}' | '\u{2028}' | '\u{2029}')
}

/// Printable ASCII: one byte, one column, nothing hidden. Most of a screen is that, and finding the borders between
/// characters of any script is the larger part of drawing a frame.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn fitting_bytes(shown: &str, columns: usize) -> usize {
    if is_plain(shown) {
        return shown.len().min(columns);
    }
    let mut used = 0;
    for (start, grapheme) in shown.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return start;
        }
    }
    shown.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Marks, controls, tags, half-width kana and a name, mixed.
    const NASTY: &str = "[ -~\u{0}-\u{1F}\u{80}-\u{9F}か-ん\u{300}-\u{310}\u{2028}\u{202A}-\u{202E}\
        \u{E0000}-\u{E007F}ｦ-ﾟ葛\u{E0100}]{0,40}";

    #[test]
    fn what_steers_the_terminal_is_gone() {
        for (raw, shown) in [
            ("a\u{1B}[31mb", "a[31mb"),
            ("a\u{9B}31mb", "a31mb"),
            ("a\u{7}\u{8}\u{7F}\0b", "ab"),
            ("一行\r\n二行\t三", "一行 二行 三"),
            ("\n\n一\n", "一 "),
            ("仮\u{202E}野\u{2066}花\u{2069}枝\u{200F}", "仮野花枝"),
            ("仮\u{E0041}\u{E007F}野", "仮野"),
            ("仮\u{2028}野\u{FFF9}花\u{FFFA}枝\u{FFFB}", "仮 野花枝"),
            ("仮\u{200B}\u{FEFF}\u{2060}野\u{3164}", "仮野"),
        ] {
            assert_eq!(for_display(raw), shown);
            assert!(has_hidden(raw), "{shown}");
        }
    }

    #[test]
    fn what_belongs_to_a_name_stays() {
        for name in [
            "葛\u{E0100}城",
            "\u{20BB7}野",
            "山\u{FA11}",
            "か\u{3099}",
            "☎\u{FE0F}",
            "Nguyễn e\u{323}\u{302}",
            "क्\u{200D}ष",
        ] {
            assert_eq!(for_display(name), name);
            assert!(matches!(for_display(name), Cow::Borrowed(_)), "{name}");
            assert!(!has_hidden(name), "{name}");
        }
        assert_eq!(for_display("ﾀﾅｶ ｼﾞﾛｳ"), "タナカ ジロウ");
        assert_eq!(for_display("ﾀﾅｶ\u{1B}ｼﾞﾛｳ"), "タナカジロウ");
    }

    #[test]
    fn marks_do_not_pile_up() {
        let pile = format!("a{}b", "\u{301}".repeat(60));
        assert_eq!(for_display(&pile), format!("a{}b", "\u{301}".repeat(4)));
        let split = format!("a{0}\u{200B}{0}b", "\u{301}".repeat(4));
        assert_eq!(for_display(&split), format!("a{}b", "\u{301}".repeat(4)));
    }

    #[test]
    fn widths() {
        for (text, width) in [
            ("", 0),
            ("abc", 3),
            ("カリノ ハナエ", 13),
            ("ｶﾞ", 2),
            ("ﾀﾅｶ ｼﾞﾛｳ", 13),
            ("か\u{3099}", 2),
            ("葛\u{E0100}", 2),
            ("\u{20BB7}", 2),
            ("髙", 2),
            ("\u{1B}[0m", 3),
            ("仮野(花枝)", 10),
        ] {
            assert_eq!(display_width(text), width, "{text:?}");
        }
    }

    #[test]
    fn cutting_keeps_characters_whole() {
        for (text, columns, head) in [
            ("仮野花枝", 8, "仮野花枝"),
            ("仮野花枝", 7, "仮野花"),
            ("仮野花枝", 1, ""),
            ("仮野花枝", 0, ""),
            ("a仮", 2, "a"),
            ("葛\u{E0100}城", 2, "葛\u{E0100}"),
            ("ｶﾞｷﾞ", 3, "ガ"),
            ("か\u{3099}き", 3, "か\u{3099}"),
        ] {
            assert_eq!(truncate_to_width(text, columns), head);
        }
        assert_eq!(fit_to_width("仮野花枝", 7), "仮野花 ");
        assert_eq!(fit_to_width("ｶﾞ", 5), "ガ   ");
        assert_eq!(fit_to_width("", 2), "  ");
    }

    /// The regression that pins unicode-width: the screen library must count as this file counts.
    #[test]
    fn the_screen_buffer_agrees() {
        use ratatui::{buffer::Buffer, layout::Rect, style::Style};
        for text in ["カリノ ハナエ", "葛\u{E0100}城", "\u{20BB7}野", "ﾀﾅｶ ｼﾞﾛｳ", "か\u{3099}", "abc", "髙﨑"]
        {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
            let (end, _) = buffer.set_stringn(0, 0, for_display(text), 40, Style::new());
            assert_eq!(usize::from(end), display_width(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_made_fit(text in ".*", nasty in NASTY, columns in 0_usize..30) {
            for raw in [&text, &nasty] {
                let shown = for_display(raw);
                prop_assert!(!has_hidden(&shown));
                let unfit = |c: char| c.is_control() || matches!(c, '｡'..='ﾟ');
                prop_assert!(!shown.contains(unfit));
                prop_assert_eq!(for_display(&shown), shown.clone());
                let head = truncate_to_width(raw, columns);
                prop_assert!(display_width(&head) <= columns);
                prop_assert!(shown.starts_with(head.as_ref()));
                prop_assert_eq!(display_width(&fit_to_width(raw, columns)), columns);
            }
        }
    }
}
