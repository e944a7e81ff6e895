//! How forms are found by what people type: kana, romaji of any school, letters and numbers.

/// Folds a search word: width, case and kana become one form (katakana, lower-case ASCII), spaces vanish.
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '・'))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Katakana as loose romaji for searching, so that `cho`, `tyo`, `shi` and `si` meet.
pub fn search_romaji(text: &str) -> String {
    let mut out = String::new();
    let mut double = false;
    for c in fold(text).chars() {
        if c == 'ッ' {
            double = true;
            continue;
        }
        if let Some(vowel) = small_vowel(c) {
            // キャ: the row's i gives way to y.
            if out.ends_with('i') {
                out.pop();
                out.push('y');
            }
            out.push_str(vowel);
            continue;
        }
        let sound = katakana_sound(c);
        if double {
            out.extend(sound.chars().next());
            double = false;
        }
        match sound {
            "" => out.push(c),
            sound => out.push_str(sound),
        }
    }
    loosen(&out)
}

/// Brings Hepburn and long vowels to the spelling of [`search_romaji`].
pub fn loosen(romaji: &str) -> String {
    const SPELLINGS: [(&str, &str); 12] = [
        ("shi", "si"),
        ("sh", "sy"),
        ("chi", "ti"),
        ("ch", "ty"),
        ("tsu", "tu"),
        ("fu", "hu"),
        ("ji", "zi"),
        ("jy", "zy"),
        ("j", "zy"),
        ("nn", "n"),
        ("n'", "n"),
        ("ー", ""),
    ];
    SPELLINGS.iter().fold(fold(romaji), |text, (from, to)| text.replace(from, to)).replace('ー', "")
}

fn small_vowel(c: char) -> Option<&'static str> {
    Some(match c {
        'ャ' => "a",
        'ュ' => "u",
        'ョ' => "o",
        'ァ' => "a",
        'ィ' => "i",
        'ゥ' => "u",
        'ェ' => "e",
        'ォ' => "o",
        _ => return None,
    })
}

fn katakana_sound(c: char) -> &'static str {
    const ROWS: [(&str, [&str; 5]); 15] = [
        ("アイウエオ", ["a", "i", "u", "e", "o"]),
        ("カキクケコ", ["ka", "ki", "ku", "ke", "ko"]),
        ("サシスセソ", ["sa", "si", "su", "se", "so"]),
        ("タチツテト", ["ta", "ti", "tu", "te", "to"]),
        ("ナニヌネノ", ["na", "ni", "nu", "ne", "no"]),
        ("ハヒフヘホ", ["ha", "hi", "hu", "he", "ho"]),
        ("マミムメモ", ["ma", "mi", "mu", "me", "mo"]),
        ("ラリルレロ", ["ra", "ri", "ru", "re", "ro"]),
        ("ガギグゲゴ", ["ga", "gi", "gu", "ge", "go"]),
        ("ザジズゼゾ", ["za", "zi", "zu", "ze", "zo"]),
        ("ダヂヅデド", ["da", "zi", "zu", "de", "do"]),
        ("バビブベボ", ["ba", "bi", "bu", "be", "bo"]),
        ("パピプペポ", ["pa", "pi", "pu", "pe", "po"]),
        ("ヤユヨワヲ", ["ya", "yu", "yo", "wa", "o"]),
        ("ンヴヮヰヱ", ["n", "vu", "wa", "i", "e"]),
    ];
    ROWS.iter()
        .find_map(|(kana, sounds)| kana.chars().position(|k| k == c).and_then(|at| sounds.get(at)))
        .copied()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_spellings_meet() {
        assert_eq!(search_romaji("チョウチフス"), loosen("choutifusu"));
        assert_eq!(search_romaji("シンシュウセイ"), loosen("shinshuusei"));
        assert_eq!(search_romaji("ジタク"), loosen("jitaku"));
        assert_eq!(fold("ちょうかん　Ｏ１５７"), "チョウカンo157");
    }
}
