//! Every sentence the program shows, Japanese first with English beside it.
//!
//! One file per area, written as one `texts!` list and registered in `areas!` below; a screen names constants and
//! never writes prose of its own:
//!
//! ```ignore
//! super::texts! {
//!     /// Shown in the status line of a digits-only field.
//!     DIGITS_ONLY = "数字だけ入れてください", "Digits only, please";
//! }
//! ```
//!
//! Values go into `{0}`, `{1}` with [`fill`], because the two languages put them in different places. A test scans all
//! of them for characters whose width differs between terminals (see [`scan`]).

/// Declares the sentences of one area as constants and lists them in `ALL` for the tests.
macro_rules! texts {
    ($($(#[$note:meta])* $name:ident = $ja:literal, $en:literal;)+) => {
        $($(#[$note])* pub const $name: $crate::text::Text = $crate::text::Text::new($ja, $en);)+
        /// Every sentence of this area with its name.
        pub const ALL: &[(&str, $crate::text::Text)] = &[$((stringify!($name), $name)),+];
    };
}
use texts;

/// Declares the areas and makes their sentences countable.
macro_rules! areas {
    ($($area:ident),+ $(,)?) => {
        $(pub mod $area;)+
        /// Every sentence of the program: area, name, text.
        pub fn all() -> impl Iterator<Item = (&'static str, &'static str, Text)> {
            std::iter::empty()$(.chain($area::ALL.iter().map(|(name, text)| (stringify!($area), *name, *text))))+
        }
    };
}

areas! { common, keys, destinations, drills, entry, figures, homecare, incidents, institutions, kin, lines, log_report, media, outbox, papers, problem, read_out, review, review_week, second, sign_in, similar, staff, timeline, wizard, worklist, cli }
pub mod scan;

pub mod form;

pub mod sending;

/// The language of the person at the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Ja,
    En,
}

/// One sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub ja: &'static str,
    pub en: &'static str,
}

impl Text {
    pub const fn new(ja: &'static str, en: &'static str) -> Self {
        Self { ja, en }
    }
    pub const fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }
}

/// Puts `values` into the places `{0}`, `{1}`... of a sentence. A value that looks like a place is left as it is.
pub fn fill(sentence: &str, values: &[&dyn std::fmt::Display]) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after.split_once('}').and_then(|(n, tail)| Some((n.parse::<usize>().ok()?, tail)));
        match place.and_then(|(n, tail)| Some((values.get(n)?, tail))) {
            Some((value, tail)) => {
                out.push_str(&value.to_string());
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One fact, one word: on the screen, told in lines, on the command line.
    #[test]
    fn what_nobody_compared_is_called_the_same_everywhere() {
        let term = lines::NOT_COMPARED;
        for text in [entry::SOURCE_PARTLY, entry::SOURCE_UNVERIFIED, cli::UNVERIFIED] {
            assert!(text.ja.contains(term.ja) && text.en.contains(term.en), "{} / {}", text.ja, text.en);
        }
    }

    #[test]
    fn an_example_stands_in_one_place() {
        let mut seen = std::collections::BTreeSet::new();
        for (area, name, text) in all().filter(|(_, name, _)| name.ends_with("_EXAMPLE")) {
            assert!(seen.insert(text.ja), "{area}::{name} stands elsewhere too");
        }
        assert!(!seen.is_empty());
    }

    #[test]
    fn every_sentence_is_safe_on_every_terminal() {
        let mut bad = Vec::new();
        for (area, name, text) in all() {
            bad.extend(scan::problems(text).into_iter().map(|what| format!("{area}::{name}: {what}")));
        }
        assert!(bad.is_empty(), "{bad:#?}");
        assert!(all().count() > 20, "the list is really made from the areas");
    }

    /// Message lines are cut at the edge of the screen, so a sentence that is longer has to be one that is wrapped, or
    /// the head of a list, which goes to the edge.
    #[test]
    fn sentences_fit_a_line_unless_they_are_wrapped() {
        const WRAPPED: [&str; 11] = [
            "SLIP_WORDS",
            "ACCESSES_NOTE_WHY",
            "ACCESSES_NOTE_LISTS",
            "ACCESSES_NOTE_UNREAD",
            "PICKER_HEAD",
            "PASSWORD_RULE",
            "OFFICE_NEEDS",
            "WRITE_DOWN_3",
            "PANIC",
            "DRAFT_FAILED",
            "DRAFT_UNCLEAR",
        ];
        let too_long = |sentence: &str| crate::japanese::screen::display_width(sentence) > 78;
        let long: Vec<_> = all()
            .filter(|(area, _, text)| *area != "cli" && (too_long(text.ja) || too_long(text.en)))
            .map(|(_, name, _)| name)
            .filter(|name| !WRAPPED.contains(name))
            .collect();
        assert!(long.is_empty(), "{long:?}");
    }

    #[test]
    fn names_are_unique_inside_an_area() {
        let mut seen = std::collections::BTreeSet::new();
        for (area, name, _) in all() {
            assert!(seen.insert((area, name)), "{area}::{name} twice");
        }
    }

    #[test]
    fn fill_puts_values_where_the_language_wants_them() {
        assert_eq!(fill("{1} の {0}", &[&2, &"{0}"]), "{0} の 2");
        assert_eq!(fill("{9} {x {", &[&1]), "{9} {x {");
    }
}
