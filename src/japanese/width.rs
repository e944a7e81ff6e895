//! Full width and half width: half-width kana made full, full-width ASCII made plain.
use std::borrow::Cow;

const HALF_KANA_FIRST: char = '\u{FF61}';
const HALF_KANA_LAST: char = '\u{FF9F}';
const HALF_VOICED: char = '\u{FF9E}';
const HALF_SEMI_VOICED: char = '\u{FF9F}';

/// U+FF61 to U+FF9F in code order.
const HALF_KANA: [char; 63] = [
    '。', '「', '」', '、', '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア',
    'イ', 'ウ', 'エ', 'オ', 'カ', 'キ', 'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ',
    'テ', 'ト', 'ナ', 'ニ', 'ヌ', 'ネ', 'ノ', 'ハ', 'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ',
    'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン', '゛', '゜',
];

/// The distance between a full-width ASCII character and the plain one.
const FULL_ASCII_OFFSET: u32 = 0xFEE0;

/// Makes half-width kana full-width and joins the voiced marks (`ｶﾞ` becomes `ガ`); leaves all else alone.
pub fn widen_kana(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_half_kana) {
        return Cow::Borrowed(text);
    }
    let mut wide = String::with_capacity(text.len());
    for c in text.chars() {
        let joined = match c {
            HALF_VOICED => wide.chars().next_back().and_then(voiced),
            HALF_SEMI_VOICED => wide.chars().next_back().and_then(semi_voiced),
            _ => None,
        };
        match joined {
            Some(joined) => {
                wide.pop();
                wide.push(joined);
            }
            None => wide.push(widen_char(c)),
        }
    }
    Cow::Owned(wide)
}

/// Reads numbers, codes and one-letter commands as plain ASCII, whatever state the IME was in.
///
/// Full-width ASCII becomes ASCII, every kind of space a space, every kind of hyphen, dash, minus and the long
/// vowel sign a hyphen. The marks that an IME makes of ASCII keys are undone too: `。` was `.`, `、` was `,`,
/// `・` was `/`. Not for names and other prose, where those are real characters.
pub fn fold_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(fold_ascii_char).collect())
}

/// One character of [`fold_ascii`].
pub fn fold_ascii_char(c: char) -> char {
    match c {
        '\u{3000}' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        _ if is_hyphen_like(c) => '-',
        '。' | '｡' => '.',
        '、' | '､' => ',',
        '・' | '･' => '/',
        '「' | '｢' => '[',
        '」' | '｣' => ']',
        '￥' | '¥' => '\\',
        '〜' => '~',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201C}' | '\u{201D}' => '"',
        _ => narrow_char(c),
    }
}

/// A full-width ASCII character (`Ａ`, `７`, `／`) as the plain one; anything else as it is.
pub fn narrow_char(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - FULL_ASCII_OFFSET).unwrap_or(c),
        _ => c,
    }
}

/// Whether people type `c` where a hyphen belongs: hyphens, dashes, minus signs, ruled lines, the long vowel sign.
pub fn is_hyphen_like(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{02D7}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30FC}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
    )
}

fn is_half_kana(c: char) -> bool {
    (HALF_KANA_FIRST..=HALF_KANA_LAST).contains(&c)
}

fn widen_char(c: char) -> char {
    let Some(index) = u32::from(c).checked_sub(u32::from(HALF_KANA_FIRST)) else { return c };
    usize::try_from(index).ok().and_then(|index| HALF_KANA.get(index)).copied().unwrap_or(c)
}

/// The kana with a voiced mark, where one exists.
pub(super) fn voiced(c: char) -> Option<char> {
    match c {
        'カ' | 'キ' | 'ク' | 'ケ' | 'コ' | 'サ' | 'シ' | 'ス' | 'セ' | 'ソ' | 'タ' | 'チ' | 'ツ' | 'テ'
        | 'ト' | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' | 'ヽ' => char::from_u32(u32::from(c) + 1),
        'ウ' => Some('ヴ'),
        'ワ' => Some('ヷ'),
        'ヲ' => Some('ヺ'),
        _ => None,
    }
}

/// The kana with a semi-voiced mark, where one exists.
pub(super) fn semi_voiced(c: char) -> Option<char> {
    match c {
        'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => char::from_u32(u32::from(c) + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn half_width_kana_widens() {
        for (half, full) in [
            ("ｶﾘﾉ ﾊﾅｴ", "カリノ ハナエ"),
            ("ﾀﾅｶ ｼﾞﾛｳ", "タナカ ジロウ"),
            ("ﾊﾟﾝﾀﾞ ｳﾞｧ ｶｰﾄﾞ", "パンダ ヴァ カード"),
            ("ｱﾞﾟ", "ア゛゜"),
            ("ﾞ", "゛"),
            ("カﾞ", "ガ"),
            ("｢ｵ｣｡､･", "「オ」。、・"),
            ("漢字 abc ガ", "漢字 abc ガ"),
        ] {
            assert_eq!(widen_kana(half), full);
        }
        assert!(matches!(widen_kana("漢字"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_table_agrees_with_unicode() {
        for c in '\u{FF61}'..='\u{FF9D}' {
            assert_eq!(widen_kana(&c.to_string()), c.to_string().nfkc().collect::<String>());
        }
        for base in '\u{FF66}'..='\u{FF9D}' {
            for mark in [HALF_VOICED, HALF_SEMI_VOICED] {
                let pair: String = [base, mark].iter().collect();
                let unicode: String = pair.nfkc().collect();
                if unicode.chars().count() == 1 {
                    assert_eq!(widen_kana(&pair), unicode);
                } else {
                    assert_eq!(widen_kana(&pair).chars().count(), 2, "{pair}");
                }
            }
        }
    }

    #[test]
    fn ascii_folds() {
        for (typed, plain) in [
            ("０１２９", "0129"),
            ("Ｓ５０．３．４", "S50.3.4"),
            ("０３－００００－０１２３", "03-0000-0123"),
            ("03ー0000ｰ0123", "03-0000-0123"),
            ("1‐2‑3‒4–5—6―7−8─9", "1-2-3-4-5-6-7-8-9"),
            ("（０３）　１", "(03) 1"),
            ("7。14、1・2", "7.14,1/2"),
            ("＋８１", "+81"),
            ("漢字", "漢字"),
        ] {
            assert_eq!(fold_ascii(typed), plain);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".*") {
            let once = fold_ascii(&text).into_owned();
            prop_assert_eq!(fold_ascii(&once), once.as_str());
            let wide = widen_kana(&text).into_owned();
            prop_assert!(!wide.chars().any(is_half_kana));
            prop_assert_eq!(widen_kana(&wide), wide.as_str());
        }

        #[test]
        fn all_half_width_text_widens(text in "[ｦ-ﾟ]{0,20}") {
            let wide = widen_kana(&text).into_owned();
            prop_assert!(wide.chars().all(|c| ('゛'..='ヺ').contains(&c) || c == 'ー'), "{}", wide);
        }
    }
}
