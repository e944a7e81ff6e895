//! Names in kanji: stored exactly, compared loosely.
use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::screen::is_hidden;
use super::variants::common_form;
use super::width::widen_kana;

/// The stored form of a name or an address: composed, one half-width space between parts, no invisible characters.
///
/// Characters keep their identity. There is no compatibility folding, so 﨑 (U+FA11), ㈱, variation sequences
/// (葛󠄀) and 𠮷 stay what they are; and unlike plain NFC, which would turn 神 (U+FA19) into another character,
/// CJK compatibility ideographs stay too. Only half-width kana are widened.
pub fn normalise_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut run = String::new();
    for c in widen_kana(text).chars() {
        if c.is_whitespace() {
            flush(&mut run, &mut name);
            if !name.is_empty() && !name.ends_with(' ') {
                name.push(' ');
            }
        } else if is_compatibility_ideograph(c) {
            flush(&mut run, &mut name);
            name.push(c);
        } else if !is_hidden(c) {
            run.push(c);
        }
    }
    flush(&mut run, &mut name);
    if name.ends_with(' ') {
        name.pop();
    }
    name
}

/// Characters that only the sender's machine can draw (外字): they need a person to look at the original.
pub fn private_use(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(
        |c| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}'),
    )
}

/// What duplicate checks compare instead of the name: no spaces, common variants of a kanji as one. Never stored.
pub fn match_key(text: &str) -> String {
    let compatible: Cow<'_, str> = widen_kana(text);
    // NFKC is right here and only here: the key is compared, never kept or shown.
    compatible
        .nfkc()
        .filter(|c| !c.is_whitespace() && !is_hidden(*c) && !is_variation_selector(*c) && *c != '・')
        .map(common_form)
        .flat_map(char::to_lowercase)
        .collect()
}

fn flush(run: &mut String, name: &mut String) {
    name.extend(run.nfc());
    run.clear();
}

fn is_compatibility_ideograph(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_keep_their_characters() {
        for (typed, stored) in [
            ("仮野　花枝", "仮野 花枝"),
            ("  仮野 \t 花枝\n", "仮野 花枝"),
            ("山\u{FA11} 一", "山\u{FA11} 一"),
            ("\u{FA19}谷", "\u{FA19}谷"),
            ("\u{F9DC}", "\u{F9DC}"),
            ("葛\u{E0100}城", "葛\u{E0100}城"),
            ("\u{20BB7}野", "\u{20BB7}野"),
            ("㈱架空 ①", "㈱架空 ①"),
            ("髙橋", "髙橋"),
            ("がくふ\u{3099}ん", "がくぶん"),
            ("か\u{3099}", "が"),
            ("Ｊｏｈｎ", "Ｊｏｈｎ"),
            ("ﾏｲｹﾙ ｽﾐｽ", "マイケル スミス"),
            ("仮\u{202E}野\u{200B}\u{FEFF}", "仮野"),
            ("e\u{301}", "é"),
        ] {
            assert_eq!(normalise_name(typed), stored, "{typed}");
        }
    }

    #[test]
    fn variants_match_only_in_the_key() {
        for (a, b) in [
            ("髙橋 一", "高橋　一"),
            ("山﨑", "山崎"),
            ("渡邉", "渡邊"),
            ("齋藤", "斉藤"),
            ("葛\u{E0100}城", "葛城"),
            ("\u{FA19}谷", "神谷"),
            ("Ｓｍｉｔｈ", "SMITH"),
        ] {
            assert_eq!(match_key(a), match_key(b), "{a} {b}");
            assert_ne!(normalise_name(a), normalise_name(b), "{a} {b}");
        }
        assert_ne!(match_key("仮野 花枝"), match_key("仮野 花江"));
    }

    #[test]
    fn private_use_characters_are_found() {
        assert_eq!(private_use("仮\u{E000}野\u{F8FF}\u{10FFFD}").count(), 3);
        assert_eq!(private_use("仮野 葛\u{E0100}").count(), 0);
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text in ".*") {
            let once = normalise_name(&text);
            prop_assert_eq!(normalise_name(&once), once.clone());
            prop_assert!(!once.chars().any(char::is_control));
            let key = match_key(&text);
            prop_assert!(!key.contains(char::is_whitespace));
        }

        #[test]
        fn kanji_never_change(name in "[\u{4E00}-\u{9FFF}\u{F900}-\u{FA6D}\u{20000}-\u{20100}]{1,10}") {
            prop_assert_eq!(normalise_name(&name), name);
        }
    }
}
