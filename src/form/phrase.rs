//! Words that are typed often: `phrases/NAME.toml`, one word and its reading a line.
use super::bilingual::Bilingual;
use super::mistake::{Mistake, MistakeCode};
use super::reader::Table;
use super::search_words::search_romaji;

/// One word of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub text: String,
    /// In katakana.
    pub reading: String,
}

/// As long as a line of a form.
const MAX_CHARS: usize = 60;

impl Phrase {
    /// Whether what was typed, in kana, romaji or as it is written, is its beginning.
    pub fn begins_with(&self, typed: &str) -> bool {
        let wanted = search_romaji(typed);
        self.text.starts_with(typed)
            || !wanted.is_empty() && search_romaji(&self.reading).starts_with(&wanted)
    }
}

/// The words of a file, in its order; every line that is none is reported.
pub fn read_phrases(table: &Table<'_, '_>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (text, reading) in table.located_pairs() {
        let sound = |text: &str| !text.is_empty() && text.chars().count() <= MAX_CHARS;
        let kana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー' | ' ');
        if sound(&text.value) && sound(&reading.value) && reading.value.chars().all(kana) {
            phrases.push(Phrase { text: text.value, reading: reading.value });
        } else {
            table.report_at(&text.place, no_phrase());
        }
    }
    phrases
}

fn no_phrase() -> Mistake {
    Mistake::new(
        MistakeCode::BadValue,
        Bilingual::new("語句かよみが使えません。", "This is no phrase with its reading."),
        Bilingual::new(
            "「\"語句\" = \"カタカナのよみ\"」と、どちらも 60 字までで書いてください。",
            "Write \"PHRASE\" = \"READING IN KATAKANA\", each of at most 60 characters.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_by_its_beginning_in_any_script() {
        let phrase =
            Phrase { text: "調理従事者".into(), reading: "チョウリジュウジシャ".into() };
        let cases = [
            ("cho", true),
            ("tyo", true),
            ("ちょうり", true),
            ("チョ", true),
            ("調理", true),
            ("chouri", true),
            ("ri", false),
            ("理", false),
            ("x", false),
        ];
        for (typed, expected) in cases {
            assert_eq!(phrase.begins_with(typed), expected, "{typed}");
        }
    }
}
