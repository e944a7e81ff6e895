//! What somebody at the other end read out by telephone.
use subtle::ConstantTimeEq as _;
use unicode_normalization::UnicodeNormalization as _;

use crate::office::reason::Reason;

const WHOM_MAX: usize = 40;

/// Digits as they were read out, in any width and with anything between them.
pub fn same_control(typed: &str, control: &str) -> bool {
    let digits = |text: &str| text.nfkc().filter(char::is_ascii_digit).collect::<String>();
    let (typed, control) = (digits(typed), digits(control));
    !control.is_empty() && bool::from(typed.as_bytes().ct_eq(control.as_bytes()))
}

/// A name at the other end; the office's own register keeps it, the log does not.
pub fn check_whom(typed: &str) -> Result<String, Reason> {
    let whom = typed.trim();
    let fits = !whom.is_empty() && whom.chars().count() <= WHOM_MAX && !whom.chars().any(char::is_control);
    if fits { Ok(whom.to_owned()) } else { Err(Reason::WhomMissing) }
}
