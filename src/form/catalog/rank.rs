//! How well a form matches what a person typed.
use crate::form::schema::Head;
use crate::form::search_words::{fold, loosen, search_romaji};

/// A query in the spellings that are compared.
pub struct Query {
    word: String,
    romaji: String,
}

impl Query {
    pub fn new(text: &str) -> Self {
        Self { word: fold(text), romaji: loosen(text) }
    }
}

/// The beginning of a number, or of an alias.
pub const UNFINISHED: u8 = 3;

/// Lower is better; `None` is no match.
pub fn rank(form: &Head, query: &Query) -> Option<u8> {
    let (word, romaji) = (query.word.as_str(), query.romaji.as_str());
    if word.is_empty() {
        return Some(0);
    }
    let aliases: Vec<String> = form.aliases.iter().map(|alias| fold(alias)).collect();
    let number = fold(&form.number);
    let form_number = form.form_number.as_deref().map(fold);
    if aliases.iter().any(|a| a == word) || number == word || form_number.as_deref() == Some(word) {
        return Some(0);
    }
    let short = form.short.as_ref().is_some_and(|short| fold(&short.ja).starts_with(word));
    if short || fold(&form.title.ja).starts_with(word) || fold(&form.kana).starts_with(word) {
        return Some(1);
    }
    let sound = search_romaji(&form.kana);
    if !romaji.is_empty() && sound.starts_with(romaji) {
        return Some(2);
    }
    if number.starts_with(word) || aliases.iter().any(|a| a.starts_with(word)) {
        return Some(UNFINISHED);
    }
    fold(&form.title.ja).contains(word).then_some(4)
}
