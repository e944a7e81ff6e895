//! What form files declare, read but not yet put together.
mod form;
mod item;
mod options;
mod overlay;
mod parts;
mod register;

pub use form::{BodyDecl, CourseDecl, FormDecl, FrameDecl, LeavesOpenDecl, PageDecl, ResultsDecl, SlotDecl};
pub use item::{ItemDecl, KindDecl, OverrideDecl};
pub use options::{AnswersDecl, ChoiceDecl, OptionsDecl, read_choices};
pub use overlay::{InsertDecl, OverlayDecl, Target};
pub use parts::{BlockDecl, GroupDecl, Parts, RuleDecl};
pub use register::RegisterDecl;

use super::bilingual::Bilingual;
use super::mistake::{Mistake, MistakeCode, nearest};

/// A word that is not among those that may stand here.
pub fn unknown_word(key: &str, word: &str, known: &[&str]) -> Mistake {
    let all = known.join(", ");
    Mistake::new(
        MistakeCode::BadValue,
        Bilingual::new(
            format!("{key} に「{word}」は使えません。"),
            format!("\"{word}\" is not known for \"{key}\"."),
        ),
        nearest(word, known.iter().copied()).map_or_else(
            || Bilingual::new(format!("使えるのは: {all}"), format!("Use one of: {all}.")),
            |meant| {
                Bilingual::new(format!("「{meant}」のことですか。"), format!("Did you mean \"{meant}\"?"))
            },
        ),
    )
}

pub fn bad(
    ja: impl Into<String>,
    en: impl Into<String>,
    remedy_ja: impl Into<String>,
    remedy_en: impl Into<String>,
) -> Mistake {
    Mistake::new(MistakeCode::BadValue, Bilingual::new(ja, en), Bilingual::new(remedy_ja, remedy_en))
}
