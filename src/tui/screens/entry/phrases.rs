//! Words that are typed often, out of the lists of the program and the site: while letters are typed, or all by F2.
use super::Entry;
use super::offer::{Candidate, Offer, Then};
use crate::form::{Kind, Phrase, Value};

impl Entry {
    /// While a reading is typed into an empty line. What an offer is open for takes the next digit, so one letter or
    /// anything with kanji in it opens none.
    pub(super) fn phrases_while_typing(&self) -> Option<Offer> {
        let typed = self.editor.text();
        let romaji = typed.chars().count() > 1 && typed.chars().all(|c| c.is_ascii_alphabetic());
        let kana = typed.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー'));
        let is_line = matches!(self.item().kind, Kind::Text { .. });
        let asks = is_line && !typed.is_empty() && (romaji || kana);
        asks.then(|| self.beginning_with(&typed)).flatten()
    }

    /// F2: what begins with the text, or else everything, to be put behind it.
    pub(super) fn phrases_offer(&self) -> Option<Offer> {
        let typed = self.editor.text();
        self.beginning_with(&typed).or_else(|| {
            let behind = |phrase: &Phrase| self.candidate(phrase, format!("{typed}{}", phrase.text));
            Offer::new(self.phrases().iter().filter_map(behind).collect(), Then::GoOnTyping)
        })
    }

    fn beginning_with(&self, typed: &str) -> Option<Offer> {
        let meant = self.phrases().iter().filter(|phrase| phrase.begins_with(typed));
        let whole = |phrase: &Phrase| self.candidate(phrase, phrase.text.clone());
        let then = match self.item().kind {
            Kind::MultiLine { .. } => Then::GoOnTyping,
            _ => Then::NextItem,
        };
        Offer::new(meant.filter_map(whole).collect(), then)
    }

    fn phrases(&self) -> &[Phrase] {
        self.item().phrases.as_deref().map_or(&[], |name| self.catalog.phrases(name))
    }

    /// `None` when the item is too short for it.
    fn candidate(&self, phrase: &Phrase, text: String) -> Option<Candidate> {
        let fits = self.item().accepts(&Value::Text(text.clone()), self.today());
        fits.then(|| Candidate { shown: phrase.text.clone(), text })
    }
}

#[cfg(test)]
mod tests;
