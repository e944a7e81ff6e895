//! Which characters a sentence of the program may contain.
//!
//! A list of what is allowed, not of what is forbidden: terminals disagree about East Asian "ambiguous" characters (box
//! drawing, circled digits, arrows, Greek, the three-dot leader), about half-width kana marks and about emoji, and new
//! ones are added to Unicode every year.
use super::Text;

/// What is wrong with `text`, one line each; empty when it may be shown everywhere.
pub fn problems(text: Text) -> Vec<String> {
    let mut found = Vec::new();
    if text.ja.is_empty() || text.en.is_empty() {
        found.push("one language is empty".to_owned());
    }
    for c in text.ja.chars().filter(|c| !is_safe(*c)) {
        found.push(format!("U+{:04X} has no certain width", u32::from(c)));
    }
    for c in text.en.chars().filter(|c| !is_plain_ascii(*c)) {
        found.push(format!("U+{:04X} in the English sentence", u32::from(c)));
    }
    found
}

/// Whether every terminal gives `c` the same number of columns.
pub fn is_safe(c: char) -> bool {
    is_plain_ascii(c)
        || matches!(u32::from(c),
            0x3001..=0x3002     // ideographic comma and full stop
            | 0x3005..=0x3006   // iteration mark, closing mark
            | 0x300C..=0x300F   // corner brackets
            | 0x3041..=0x3096   // hiragana
            | 0x30A1..=0x30FC   // katakana, middle dot, long vowel
            | 0x4E00..=0x9FFF   // kanji
            | 0xFF01 | 0xFF08 | 0xFF09 | 0xFF1F) // full-width ! ( ) ?
}

fn is_plain_ascii(c: char) -> bool {
    matches!(c, ' '..='~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_terminals_disagree_about() {
        for c in ['─', '①', '→', '…', '〜', 'α', 'Я', 'ｶ', 'ﾞ', '😀', '\u{FE0F}', '※', '\n', '\u{3000}']
        {
            assert!(!is_safe(c), "{c:?}");
        }
        for c in "届出、「確認」カナー々. (a) !".chars() {
            assert!(is_safe(c), "{c:?}");
        }
    }

    #[test]
    fn english_stays_ascii() {
        assert_eq!(problems(Text::new("送る", "送る")).len(), 2);
        assert_eq!(problems(Text::new("送る", "")).len(), 1);
    }
}
