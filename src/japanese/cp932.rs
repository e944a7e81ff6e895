//! CP932, the Shift_JIS of Windows: what other offices read. Nothing is ever replaced by `?`.
//!
//! `postal import` reads `KEN_ALL.CSV` in it, the table of institutions goes out and comes in, and the entry screen says
//! which characters of a name it does not have. Records keep the characters of the paper.
use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::sensitive::Personal;

/// A character, as people count them, that CP932 does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unencodable {
    /// Counted from one.
    pub position: usize,
    /// With the marks that belong to it: of a character with a variation selector both are here.
    pub character: Personal<String>,
}

/// The bytes of a text, or every character that has none.
pub fn encode(text: &str) -> Result<Vec<u8>, Vec<Unencodable>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut missing = Vec::new();
    for (before, character) in text.graphemes(true).enumerate() {
        // Composed only where it has to be: NFC would turn 神 (U+FA19), which CP932 has, into another character.
        let own = bytes_of(character).or_else(|| bytes_of(&character.nfc().collect::<String>()));
        match own {
            Some(mut own) => bytes.append(&mut own),
            None => missing
                .push(Unencodable { position: before + 1, character: Personal::new(character.to_owned()) }),
        }
    }
    if missing.is_empty() { Ok(bytes) } else { Err(missing) }
}

/// The text of these bytes; `None` when they are not CP932. Of the characters with several codes (髙 is EEE0 and FBFC)
/// every one is read.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The one of two characters for the same sign that Windows writes: without it the same text compares unequal
/// after it went through a file.
pub fn unify(text: &str) -> String {
    text.chars().map(unify_char).collect()
}

const fn unify_char(c: char) -> char {
    match c {
        '\u{301C}' => '\u{FF5E}',
        '\u{2212}' => '\u{FF0D}',
        '\u{2016}' => '\u{2225}',
        other => other,
    }
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    // The web's Shift_JIS writes these two as `\` and `~`; whoever reads them back has another text.
    if text.contains(['\u{A5}', '\u{203E}']) {
        return None;
    }
    let unified = unify(text);
    let (bytes, _, replaced) = SHIFT_JIS.encode(&unified);
    (!replaced).then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn missing(text: &str) -> Vec<(usize, String)> {
        let missing = encode(text).expect_err("not all of it can be encoded");
        missing.into_iter().map(|one| (one.position, one.character.into_inner())).collect()
    }

    #[test]
    fn what_cannot_be_encoded_is_listed_with_its_place() {
        for (text, expected) in [
            ("𠮷野家", vec![(1, "𠮷")]),
            ("森鷗外", vec![(2, "鷗")]),
            ("ゔぁ", vec![(1, "ゔ")]),
            ("東京—大阪", vec![(3, "—")]),
            ("葛\u{E0100}城 𠮷", vec![(1, "葛\u{E0100}"), (4, "𠮷")]),
            // User-defined characters mean something else on every machine.
            ("外字\u{E000}", vec![(3, "\u{E000}")]),
            ("é", vec![(1, "é")]),
            ("か゚", vec![(1, "か゚")]),
            ("한", vec![(1, "한")]),
            ("👨‍👩‍👧家", vec![(1, "👨‍👩‍👧")]),
            ("¥500", vec![(1, "¥")]),
            ("‾", vec![(1, "‾")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(at, c)| (at, c.to_owned())).collect();
            assert_eq!(missing(text), expected, "{text}");
        }
    }

    #[test]
    fn what_windows_has_is_encoded() {
        for (text, bytes) in [
            ("", vec![]),
            ("A?~\\", vec![0x41, 0x3F, 0x7E, 0x5C]),
            ("①", vec![0x87, 0x40]),
            ("Ⅰ", vec![0x87, 0x54]),
            ("㈱", vec![0x87, 0x8A]),
            ("髙", vec![0xFB, 0xFC]),
            ("﨑", vec![0xFA, 0xB1]),
            ("ｶﾞ", vec![0xB6, 0xDE]),
            ("か\u{3099}", vec![0x82, 0xAA]),
            ("\u{FA19}", vec![0xFB, 0x7E]),
            ("〒\r\n", vec![0x81, 0xA7, 0x0D, 0x0A]),
        ] {
            assert_eq!(encode(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn two_characters_for_one_sign_have_one_code() {
        for (one, other, bytes) in [
            ('\u{301C}', '\u{FF5E}', [0x81, 0x60]),
            ('\u{2212}', '\u{FF0D}', [0x81, 0x7C]),
            ('\u{2016}', '\u{2225}', [0x81, 0x61]),
        ] {
            assert_eq!(encode(&one.to_string()), Ok(bytes.to_vec()));
            assert_eq!(encode(&other.to_string()), Ok(bytes.to_vec()));
            assert_eq!(decode(&bytes).as_deref(), Some(unify(&one.to_string()).as_str()));
            assert_eq!(unify(&one.to_string()), other.to_string());
        }
    }

    #[test]
    fn both_codes_of_a_character_are_read() {
        for bytes in [[0xEE, 0xE0], [0xFB, 0xFC]] {
            assert_eq!(decode(&bytes).as_deref(), Some("髙"));
        }
        assert_eq!(decode(&[0x81]), None, "half a character");
        assert_eq!(decode(&[0x85, 0x40]), None, "no character");
    }

    /// All there is: every code that means something is read, written, and read again as the same.
    #[test]
    fn every_code_makes_the_round_trip() {
        let single = (0..=0xFF).map(|byte| vec![byte]);
        let double = (0..=0xFFFF_u16).map(|pair| pair.to_be_bytes().to_vec());
        let mut characters = 0;
        for bytes in single.chain(double) {
            let Some(text) = decode(&bytes) else { continue };
            // Two single bytes are no code, and the user-defined area is never written.
            if text.chars().count() > 1 || text.contains(|c| ('\u{E000}'..='\u{F8FF}').contains(&c)) {
                continue;
            }
            let written =
                encode(&text).unwrap_or_else(|_| panic!("{bytes:X?} is {text} and cannot be written"));
            assert_eq!(decode(&written), Some(text), "{bytes:X?}");
            characters += 1;
        }
        // Single bytes, JIS X 0208, the rows of NEC, what NEC selected of IBM, and IBM.
        assert_eq!(characters, 192 + 6_879 + 83 + 374 + 388);
    }

    #[test]
    fn a_problem_prints_no_name() {
        assert!(!format!("{:?}", encode("𠮷").unwrap_err()).contains('𠮷'));
    }

    proptest! {
        #[test]
        fn a_text_comes_back_or_is_refused(text in ".*", japanese in "[ -~ぁ-んァ-ヶ一-龠①-⑳Ⅰ-Ⅹ〜−‖髙﨑㈱𠮷鷗ｦ-ﾟ]{0,20}") {
            for text in [&text, &japanese] {
                match encode(text) {
                    Ok(bytes) => {
                        let back = decode(&bytes).expect("what was written can be read");
                        prop_assert_eq!(unify(&back).nfc().collect::<String>(), unify(text).nfc().collect::<String>());
                        let marks = |text: &str| text.matches('?').count();
                        prop_assert_eq!(marks(&back), marks(text), "nothing becomes a question mark");
                        prop_assert_eq!(encode(&back), Ok(bytes.clone()));
                    }
                    Err(missing) => {
                        prop_assert!(!missing.is_empty());
                        for one in missing {
                            let there = text.graphemes(true).nth(one.position - 1);
                            prop_assert_eq!(there, Some(one.character.expose().as_str()));
                        }
                    }
                }
            }
        }
    }
}
