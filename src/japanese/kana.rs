//! Readings (フリガナ): the stored form and the form that searches compare.
use unicode_normalization::UnicodeNormalization;

use super::width::{is_hyphen_like, narrow_char, semi_voiced, voiced, widen_kana};

/// How far hiragana lies below katakana in Unicode.
const KATAKANA_OFFSET: u32 = 0x60;

/// Why a text is not a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingProblem {
    Empty,
    /// Something other than kana, the long vowel sign, the middle dot and spaces.
    NotKana,
}

/// Whether a search tells カ from ガ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voicing {
    Distinct,
    Ignored,
}

/// Hiragana and half-width kana as full-width katakana; loose voiced marks joined; all else unchanged, in NFC.
pub fn to_katakana(text: &str) -> String {
    let mut katakana = String::with_capacity(text.len());
    for c in widen_kana(text).nfc() {
        let c = katakana_char(c);
        // Some input methods send a voiced mark as a character of its own.
        let joined = match c {
            '゛' => katakana.chars().next_back().and_then(voiced),
            '゜' => katakana.chars().next_back().and_then(semi_voiced),
            _ => None,
        };
        if let Some(joined) = joined {
            katakana.pop();
            katakana.push(joined);
        } else {
            katakana.push(c);
        }
    }
    katakana.nfc().collect()
}

/// The stored form of a reading: full-width katakana, one half-width space between the parts of a name.
///
/// A hyphen or dash after kana is taken for the long vowel sign, which many keyboards make hard to find.
pub fn normalise_reading(text: &str) -> Result<String, ReadingProblem> {
    let mut reading = String::with_capacity(text.len());
    for c in to_katakana(text).chars() {
        let after_kana = reading.chars().next_back().is_some_and(is_katakana);
        match c {
            _ if c.is_whitespace() => {
                if !reading.is_empty() && !reading.ends_with(' ') {
                    reading.push(' ');
                }
            }
            _ if is_hyphen_like(c) && after_kana => reading.push('ー'),
            _ if is_katakana(c) && c != 'ー' || c == '・' => reading.push(c),
            _ => return Err(ReadingProblem::NotKana),
        }
    }
    if reading.ends_with(' ') {
        reading.pop();
    }
    if reading.is_empty() { Err(ReadingProblem::Empty) } else { Ok(reading) }
}

/// What searches and duplicate checks compare instead of the reading itself.
///
/// No spaces or dots; small kana as large ones; ヂ as ジ, ヅ as ズ; a long vowel the same whether written with its
/// vowel, with ウ or イ, or with ー (リョウコ, リョーコ, リョオコ); letters in lower case. The key of the beginning
/// of a reading is the beginning of its key, so that prefix searches work.
pub fn search_key(text: &str, voicing: Voicing) -> String {
    let mut key = String::with_capacity(text.len());
    for c in to_katakana(text).chars() {
        let before = key.chars().next_back().and_then(vowel);
        if is_hyphen_like(c) {
            key.extend(before.map(Vowel::letter));
            continue;
        }
        if c.is_whitespace() || matches!(c, '・' | '゛' | '゜' | '=' | '＝' | '.' | ',' | '\'') {
            continue;
        }
        let large = large_char(c);
        let spoken = match (large, before) {
            ('ウ', Some(Vowel::O)) => 'オ',
            ('イ', Some(Vowel::E)) => 'エ',
            _ => large,
        };
        match voicing {
            Voicing::Distinct => key.extend(narrow_char(spoken).to_lowercase()),
            // ヸ without its mark is ヰ.
            Voicing::Ignored => key.extend(narrow_char(large_char(unvoiced_char(spoken))).to_lowercase()),
        }
    }
    key
}

/// What makes two readings sound alike: the search key without voicing, every long vowel short (ユウコ and ユコ, オオノ
/// and オノ, サトウ and サト). For finding similar people, where a letter too few must not hide anybody.
///
/// The key of the beginning of a reading is the beginning of its key, as with [`search_key`].
pub fn sound_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in search_key(text, Voicing::Ignored).chars() {
        let lengthens = key.chars().next_back().and_then(vowel).is_some_and(|before| before.letter() == c);
        if !lengthens {
            key.push(c);
        }
    }
    key
}

/// Whether `c` may stand in a reading as a sound: katakana, their repetition marks and the long vowel sign.
pub fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

/// Hiragana as katakana; anything else as it is.
pub fn katakana_char(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + KATAKANA_OFFSET).unwrap_or(c),
        _ => c,
    }
}

/// Small kana as large ones, and the two pairs of kana that sound alike as one.
fn large_char(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' | 'ヰ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' | 'ヱ' => 'エ',
        'ォ' | 'ヲ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        'ヂ' => 'ジ',
        'ヅ' => 'ズ',
        _ => c,
    }
}

fn unvoiced_char(c: char) -> char {
    std::iter::once(c).nfd().next().unwrap_or(c)
}

#[derive(Clone, Copy)]
enum Vowel {
    A,
    I,
    U,
    E,
    O,
}

impl Vowel {
    const fn letter(self) -> char {
        match self {
            Self::A => 'ア',
            Self::I => 'イ',
            Self::U => 'ウ',
            Self::E => 'エ',
            Self::O => 'オ',
        }
    }
}

/// The vowel in which a large katakana ends.
fn vowel(c: char) -> Option<Vowel> {
    Some(match unvoiced_char(c) {
        'ア' | 'カ' | 'サ' | 'タ' | 'ナ' | 'ハ' | 'マ' | 'ヤ' | 'ラ' | 'ワ' => Vowel::A,
        'イ' | 'キ' | 'シ' | 'チ' | 'ニ' | 'ヒ' | 'ミ' | 'リ' | 'ヰ' => Vowel::I,
        'ウ' | 'ク' | 'ス' | 'ツ' | 'ヌ' | 'フ' | 'ム' | 'ユ' | 'ル' => Vowel::U,
        'エ' | 'ケ' | 'セ' | 'テ' | 'ネ' | 'ヘ' | 'メ' | 'レ' | 'ヱ' => Vowel::E,
        'オ' | 'コ' | 'ソ' | 'ト' | 'ノ' | 'ホ' | 'モ' | 'ヨ' | 'ロ' | 'ヲ' => Vowel::O,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn readings_are_stored_in_one_form() {
        for (typed, stored) in [
            ("かりの　はなえ", "カリノ ハナエ"),
            ("ｶﾘﾉ ﾊﾅｴ", "カリノ ハナエ"),
            (" カリノ  ハナエ ", "カリノ ハナエ"),
            ("りょーこ", "リョーコ"),
            ("リョ-コ", "リョーコ"),
            ("リョ－コ", "リョーコ"),
            ("ゔぃくとりあ", "ヴィクトリア"),
            ("みすゞ", "ミスヾ"),
            ("カ\u{3099}", "ガ"),
            ("か゛", "ガ"),
            ("ジャン・ポール", "ジャン・ポール"),
        ] {
            assert_eq!(normalise_reading(typed), Ok(stored.to_owned()), "{typed}");
        }
        assert_eq!(normalise_reading(" 　"), Err(ReadingProblem::Empty));
        for wrong in ["仮野", "カリノk", "-カ", "カリノ1", "カ゜", "カ\u{200B}ナ"] {
            assert_eq!(normalise_reading(wrong), Err(ReadingProblem::NotKana), "{wrong}");
        }
    }

    #[test]
    fn search_keys_of_one_name_are_equal() {
        for (a, b) in [
            ("リョウコ", "リョーコ"),
            ("りょうこ", "ﾘｮｵｺ"),
            ("ユウコ", "ユーコ"),
            ("ケイコ", "ケーコ"),
            ("ハッチャ", "ハツチヤ"),
            ("カヂ", "カジ"),
            ("アイヅ", "アイズ"),
            ("ジャン・ポール", "ジャンポ－ル"),
            ("カリノ ハナエ", "カリノハナエ"),
            ("ＳＭＩＴＨ", "smith"),
        ] {
            assert_eq!(search_key(a, Voicing::Distinct), search_key(b, Voicing::Distinct), "{a} {b}");
        }
        for (a, b) in [("ヤマザキ", "ヤマサキ"), ("カンベ", "カンペ"), ("ヂ", "シ")] {
            assert_ne!(search_key(a, Voicing::Distinct), search_key(b, Voicing::Distinct), "{a} {b}");
            assert_eq!(search_key(a, Voicing::Ignored), search_key(b, Voicing::Ignored), "{a} {b}");
        }
        for (a, b) in [("オノ", "オオノ"), ("サトウ", "サトミ"), ("ハナエ", "ハナヨ")] {
            assert_ne!(search_key(a, Voicing::Ignored), search_key(b, Voicing::Ignored), "{a} {b}");
        }
    }

    #[test]
    fn sound_keys_forget_length_too() {
        for (a, b) in [
            ("ユウコ", "ユコ"),
            ("ユーコ", "ユコ"),
            ("オオノ", "オノ"),
            ("オーノ", "オウノ"),
            ("サトウ", "サト"),
            ("ケイコ", "ケコ"),
            ("ｼｮｳｲﾁ", "ショイチ"),
            ("イイヅカ", "イズカ"),
            ("カヲル", "カオル"),
            ("ヤマザキ ユウヂ", "やまさき　ゆうじ"),
        ] {
            assert_eq!(sound_key(a), sound_key(b), "{a} {b}");
        }
        for (a, b) in [("サトミ", "サトシ"), ("ユキ", "ユカ"), ("ハナエ", "ハナ"), ("マイ", "マ")]
        {
            assert_ne!(sound_key(a), sound_key(b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_stored_forms_stay(text in ".*") {
            if let Ok(reading) = normalise_reading(&text) {
                prop_assert_eq!(normalise_reading(&reading), Ok(reading.clone()));
            }
            for voicing in [Voicing::Distinct, Voicing::Ignored] {
                let key = search_key(&text, voicing);
                prop_assert!(!key.contains(char::is_whitespace));
            }
        }

        #[test]
        fn a_prefix_has_a_prefix_key(start in "[ァ-ヺー]{0,8}", rest in "[ァ-ヺー]{0,8}") {
            for voicing in [Voicing::Distinct, Voicing::Ignored] {
                let whole = search_key(&[start.as_str(), rest.as_str()].concat(), voicing);
                prop_assert!(whole.starts_with(&search_key(&start, voicing)));
            }
            prop_assert!(sound_key(&[start.as_str(), rest.as_str()].concat()).starts_with(&sound_key(&start)));
        }

        #[test]
        fn hiragana_and_katakana_agree(katakana in "[ァ-ヶ]{1,12}") {
            let hiragana: String =
                katakana.chars().filter_map(|c| char::from_u32(u32::from(c) - KATAKANA_OFFSET)).collect();
            prop_assert_eq!(normalise_reading(&hiragana), Ok(katakana));
        }
    }
}
