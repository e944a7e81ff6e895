//! Why a command did not do what was asked.
use crate::config::FileFault;
use crate::office::Reason;
use crate::text::{Lang, Text, fill};

/// A code for scripts, a sentence for the person: what happened and what to do. Never what was typed.
#[derive(Clone, Debug)]
pub struct Failure {
    pub kind: Kind,
    pub code: String,
    ja: String,
    en: String,
}

/// Which exit status a failure gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command was understood and could not be carried out.
    Refused,
    /// The command line itself is wrong.
    Usage,
}

impl Failure {
    pub fn refused(code: &str, text: Text, values: &[&dyn std::fmt::Display]) -> Self {
        Self::new(Kind::Refused, code, text, values)
    }
    pub fn usage(code: &str, text: Text, values: &[&dyn std::fmt::Display]) -> Self {
        Self::new(Kind::Usage, code, text, values)
    }
    pub fn sentence(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }

    fn new(kind: Kind, code: &str, text: Text, values: &[&dyn std::fmt::Display]) -> Self {
        Self { kind, code: code.to_owned(), ja: fill(text.ja, values), en: fill(text.en, values) }
    }
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        Self::refused(&kebab(&format!("{reason:?}")), reason.text(), &[])
    }
}

impl From<FileFault> for Failure {
    fn from(fault: FileFault) -> Self {
        Self::refused(fault.kind.code(), fault.kind.text(), &[&fault.file.display(), &fault.line])
    }
}

/// `SignInWrong` becomes `sign-in-wrong`.
fn kebab(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_reasons_are_words() {
        let failure = Failure::from(Reason::SignInWrong);
        assert_eq!((failure.code.as_str(), failure.kind), ("sign-in-wrong", Kind::Refused));
        assert_eq!(failure.sentence(Lang::En), Reason::SignInWrong.text().en);
    }
}
