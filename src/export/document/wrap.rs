//! Lines of Japanese text: broken between any two characters but where the rules of typesetting (禁則) forbid it.
use super::super::face;

/// Never at the beginning of a line.
const NO_START: &str = "、。，．・：；？！゛゜）］｝」』】〉》〕〟’”ーゝゞヽヾ々〜～％℃\
    ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ,.;:!?)]}%";
/// Never at the end of one.
const NO_END: &str = "（［｛「『【〈《〔〝‘“｢([{〒";

/// Breaks settable text into lines of at most so many columns; the lines together are the text without its line ends.
pub(super) fn wrap(text: &str, columns: u16) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, columns)).collect()
}

/// The columns that a line takes.
pub(super) fn width(text: &str) -> u16 {
    text.chars().map(face::columns).fold(0, u16::saturating_add)
}

fn wrap_paragraph(text: &str, columns: u16) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<char> = Vec::new();
    let mut used = 0;
    for c in text.chars() {
        let needed = face::columns(c);
        while used + needed > columns && !line.is_empty() {
            let rest = line.split_off(break_at(&line, c));
            lines.push(line.iter().collect());
            used = rest.iter().map(|c| face::columns(*c)).sum();
            line = rest;
        }
        line.push(c);
        used += needed;
    }
    lines.push(line.into_iter().collect());
    lines
}

/// Where a full line ends before `next`: as late as the rules allow. Where they would give up most of the line, it is
/// broken hard.
fn break_at(line: &[char], next: char) -> usize {
    let after = |at: usize| line.get(at).copied().unwrap_or(next);
    let before = |at: usize| at.checked_sub(1).and_then(|at| line.get(at)).copied();
    let earliest = line.len().div_ceil(4);
    (earliest..=line.len())
        .rev()
        .find(|at| before(*at).is_some_and(|before| may_break(before, after(*at))))
        .unwrap_or(line.len())
}

fn may_break(before: char, after: char) -> bool {
    let is_forbidden = NO_START.contains(after) || NO_END.contains(before);
    let is_inside_a_word = is_of_a_word(before) && is_of_a_word(after);
    !is_forbidden && !is_inside_a_word
}

/// Numbers, dates, telephone numbers and Latin words stay in one piece.
fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-./:@_+#&'".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_broken_where_typesetters_break_them() {
        let cases: &[(&str, u16, &[&str])] = &[
            ("", 10, &[""]),
            ("一\n\n二", 10, &["一", "", "二"]),
            ("仮野花枝様。", 10, &["仮野花枝", "様。"]),
            ("電話は「仮」です", 8, &["電話は", "「仮」で", "す"]),
            ("番号は03-0000-0123です", 14, &["番号は", "03-0000-0123で", "す"]),
            ("あああキャッチャー", 10, &["あああ", "キャッ", "チャー"]),
            ("1234567890", 4, &["1234", "5678", "90"]),
            ("令和 8年 7月14日", 8, &["令和 8年", " 7月14日"]),
        ];
        for (text, columns, lines) in cases {
            assert_eq!(wrap(text, *columns), *lines, "{text}");
        }
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing(text in "[a-c0-2 、。「」ーあ亜ｱﾞ\n]{0,80}", columns in 2u16..40) {
            let lines = wrap(&text, columns);
            prop_assert_eq!(lines.concat(), text.replace('\n', ""));
            prop_assert!(lines.iter().all(|line| width(line) <= columns), "{:?}", lines);
        }
    }
}
