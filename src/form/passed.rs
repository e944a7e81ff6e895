//! Warnings that a person lets stand, and why: the paper says so, the sender was asked, or a reason in words.
use super::problem::Problem;
use super::view::Complete;
use crate::domain::sensitive::Personal;

/// One warning let stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The key of the item and the code of the problem, as [`Problem`] has them.
    pub item: String,
    pub code: String,
    pub why: Why,
}

/// Why a warning stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// 原本のとおり: the paper says so, and it is not for the office to correct it.
    OnPaper,
    /// 届出元に確認済み
    AskedSender,
    /// In words; never empty.
    Words(Personal<String>),
}

/// Longer reasons belong into the remarks of the report.
pub const MAX_REASON_CHARS: usize = 100;

impl Why {
    /// `None` when there are no words, or too many.
    pub fn words(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= MAX_REASON_CHARS;
        let plain = !text.chars().any(char::is_control);
        (fits && plain).then(|| Self::Words(Personal::new(text.to_owned())))
    }
}

impl Passed {
    fn is_about(&self, problem: &Problem) -> bool {
        self.item == problem.item && self.code == problem.code.as_str()
    }
}

impl Complete {
    /// Warnings for which no reason was given.
    pub fn unexplained(&self, passed: &[Passed]) -> Vec<Problem> {
        let open = |warning: &&Problem| {
            warning.wants_reason() && !passed.iter().any(|passed| passed.is_about(warning))
        };
        self.warnings().iter().filter(open).cloned().collect()
    }

    /// The reasons that are about a warning of this record; others were given for values that have changed since.
    pub fn explained<'p>(&self, passed: &'p [Passed]) -> impl Iterator<Item = &'p Passed> {
        passed.iter().filter(|passed| self.warnings().iter().any(|warning| passed.is_about(warning)))
    }
}
