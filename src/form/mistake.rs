//! What is wrong with a form file, where, and what to do about it.
use std::fmt;

use super::bilingual::Bilingual;

/// The kinds of mistakes; the code is stable, the sentences are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MistakeCode {
    Syntax,
    UnknownFile,
    UnknownKey,
    MissingKey,
    WrongType,
    BadValue,
    Duplicate,
    UnknownReference,
    Unused,
    Expression,
    Unreachable,
    Cycle,
    Identity,
    Released,
    Outgrown,
    Reserved,
    Unreadable,
}

impl MistakeCode {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UnknownFile => "unknown-file",
            Self::UnknownKey => "unknown-key",
            Self::MissingKey => "missing-key",
            Self::WrongType => "wrong-type",
            Self::BadValue => "bad-value",
            Self::Duplicate => "duplicate",
            Self::UnknownReference => "unknown-reference",
            Self::Unused => "unused",
            Self::Expression => "expression",
            Self::Unreachable => "unreachable",
            Self::Cycle => "cycle",
            Self::Identity => "identity",
            Self::Released => "released",
            Self::Outgrown => "outgrown",
            Self::Reserved => "reserved",
            Self::Unreadable => "unreadable",
        }
    }
}

/// One mistake in one form file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaProblem {
    pub file: String,
    pub line: usize,
    pub code: MistakeCode,
    pub what: Bilingual,
    pub remedy: Bilingual,
}

impl SchemaProblem {
    pub fn is_at(&self, place: &Place) -> bool {
        self.file == *place.file && self.line == place.line
    }
}

impl fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: [{}] {}", self.file, self.line, self.code.as_str(), self.what.en)?;
        write!(f, " Remedy: {}", self.remedy.en)
    }
}

/// A mistake whose place the caller knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub code: MistakeCode,
    pub what: Bilingual,
    pub remedy: Bilingual,
}

impl Mistake {
    pub fn new(code: MistakeCode, what: Bilingual, remedy: Bilingual) -> Self {
        Self { code, what, remedy }
    }

    pub fn at(self, place: &Place) -> SchemaProblem {
        SchemaProblem {
            file: place.file.to_string(),
            line: place.line,
            code: self.code,
            what: self.what,
            remedy: self.remedy,
        }
    }
}

/// A file and a line in it, counted from one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: std::sync::Arc<str>,
    pub line: usize,
}

impl Place {
    /// Whether it is in a file that several forms use.
    pub fn is_shared(&self) -> bool {
        self.file.starts_with("blocks/") || self.file.starts_with("frames/")
    }
}

/// The candidate nearest to a mistyped word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Two slips still look like the word that was meant; three are another word.
    const MAX_SLIPS: usize = 2;
    candidates
        .into_iter()
        .map(|candidate| (slips(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= MAX_SLIPS)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(&b) {
            let next = (diagonal + usize::from(from != *to)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_that_was_meant() {
        assert_eq!(nearest("lable", ["kind", "label"]), Some("label"));
        assert_eq!(nearest("xyz", ["kind", "label"]), None);
        assert_eq!(slips("kitten", "sitting"), 3);
        assert_eq!(slips("", "ab"), 2);
        assert_eq!(slips("ab", ""), 2);
    }
}
