//! One sentence in Japanese and English, from a form file or built at run time.
use serde::Serialize;

use crate::text::Lang;

/// A sentence that is data; the constant counterpart is [`crate::text::Text`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Bilingual {
    pub ja: String,
    pub en: String,
}

impl Bilingual {
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

impl From<crate::text::Text> for Bilingual {
    fn from(text: crate::text::Text) -> Self {
        Self::new(text.ja, text.en)
    }
}
