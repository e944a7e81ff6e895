//! The number of a removable medium in the register of media (媒体管理簿).
use std::fmt;

use super::fold;

/// Letters, a hyphen, digits, as on the label of the medium: `USB-0012`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediumNumber(String);

impl MediumNumber {
    /// Reads what stands on the label, also in full width and small letters.
    pub fn parse(typed: &str) -> Option<Self> {
        let folded: String =
            fold(typed).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        Self::from_canonical(&folded)
    }

    /// Accepts only what [`Self::as_str`] gives.
    pub fn from_canonical(text: &str) -> Option<Self> {
        let (letters, digits) = text.split_once('-')?;
        let fits = (1..=8).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && (2..=8).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

masked!(MediumNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_folded_to_one_form() {
        for typed in ["USB-0012", "usb-0012", " ＵＳＢ－００１２ ", "USBー0012"] {
            assert_eq!(MediumNumber::parse(typed).expect(typed).as_str(), "USB-0012");
        }
        for bad in ["", "USB", "USB-", "-0012", "USB-1", "US B", "USB-00-12", "../-12", "USB-12x", "12-34"] {
            assert!(MediumNumber::parse(bad).is_none(), "{bad}");
        }
    }
}
