//! Where Japanese text may be broken into lines (行頭・行末禁則, JIS X 4051): between any two characters but where the rules
//! of typesetting forbid it.
use unicode_segmentation::UnicodeSegmentation as _;

/// Never at the beginning of a line.
const NO_START: &str = "、。，．・：；？！゛゜）］｝」』】〉》〕〟’”ーゝゞヽヾ々〜～％℃\
    ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ,.;:!?)]}%";
/// Never at the end of one.
const NO_END: &str = "（［｛「『【〈《〔〝‘“｢([{〒";

/// Breaks text into lines of at most so many columns, as `measure` counts them. The lines together are the text without
/// its line ends; a space at the end of a line may stand in the margin.
pub fn wrap(text: &str, columns: usize, measure: impl Fn(&str) -> usize) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, columns, &measure)).collect()
}

fn wrap_paragraph(text: &str, columns: usize, measure: &impl Fn(&str) -> usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<&str> = Vec::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let needed = measure(cluster);
        let hangs = is_space(cluster) && !line.is_empty();
        while used + needed > columns && !line.is_empty() && !hangs {
            let rest = line.split_off(break_at(&line, cluster));
            lines.push(line.concat());
            used = rest.iter().copied().map(measure).sum();
            line = rest;
        }
        line.push(cluster);
        used += needed;
    }
    lines.push(line.concat());
    lines
}

/// Where a full line ends before `next`: as late as the rules allow. Where they would give up most of the line, it is
/// broken hard.
fn break_at(line: &[&str], next: &str) -> usize {
    let earliest = line.len().div_ceil(4);
    let may_break_at = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| line.get(at)).copied();
        let after = line.get(*at).copied().unwrap_or(next);
        before.is_some_and(|before| may_break(before, after))
    };
    (earliest..=line.len()).rev().find(may_break_at).unwrap_or(line.len())
}

fn may_break(before: &str, after: &str) -> bool {
    let is_forbidden = starts_with_one_of(after, NO_START) || starts_with_one_of(before, NO_END);
    let is_inside_a_word = is_of_a_word(before) && is_of_a_word(after);
    !is_forbidden && !is_inside_a_word && !is_space(after)
}

/// Numbers, dates, telephone numbers and Latin words stay in one piece.
fn is_of_a_word(cluster: &str) -> bool {
    cluster.starts_with(|c: char| c.is_ascii_alphanumeric() || "-./:@_+#&'".contains(c))
}

fn starts_with_one_of(cluster: &str, characters: &str) -> bool {
    cluster.starts_with(|c| characters.contains(c))
}

/// With a mark on it, it is seen, and may not stand in the margin.
fn is_space(cluster: &str) -> bool {
    cluster == " "
}

#[cfg(test)]
mod tests {
    use super::super::screen::display_width;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_broken_where_typesetters_break_them() {
        let cases: &[(&str, usize, &[&str])] = &[
            ("", 10, &[""]),
            ("一\n\n二", 10, &["一", "", "二"]),
            ("仮野花枝様。", 10, &["仮野花枝", "様。"]),
            ("電話は「仮」です", 8, &["電話は", "「仮」で", "す"]),
            ("番号は03-0000-0123です", 14, &["番号は", "03-0000-0123で", "す"]),
            ("あああキャッチャー", 10, &["あああ", "キャッ", "チャー"]),
            ("1234567890", 4, &["1234", "5678", "90"]),
            ("令和 8年 7月14日", 8, &["令和 8年 ", "7月14日"]),
            ("架空県庁 感染症対策課", 8, &["架空県庁 ", "感染症対", "策課"]),
            ("write it down and seal it", 10, &["write it ", "down and ", "seal it"]),
            ("架空県 ﾞ", 6, &["架空県", " ﾞ"]),
            ("  字下げ", 6, &["  字下", "げ"]),
        ];
        for (text, columns, lines) in cases {
            assert_eq!(wrap(text, *columns, display_width), *lines, "{text}");
        }
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing(text in "[a-c0-2 、。「」ーあ亜ｱﾞ\n]{0,80}", columns in 4usize..40) {
            let lines = wrap(&text, columns, display_width);
            prop_assert_eq!(lines.concat(), text.replace('\n', ""));
            // One character with voiced marks behind it may be wider than a line, and is not torn.
            let is_one = |line: &str| line.graphemes(true).nth(1).is_none();
            let fits = |line: &str| display_width(line) <= columns || is_one(line);
            prop_assert!(lines.iter().all(|line| fits(line.trim_end_matches(' '))), "{:?}", lines);
        }
    }
}
