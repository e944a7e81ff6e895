//! The version of a form, together with the version of what a site added to it.
use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

/// Stored as one number: the version of the overlay times a million, plus the version of the form.
///
/// Printed `1`, or `1+2` for version 1 of the form under version 2 of the site's overlay. The form decides which is
/// newer, then the overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct FormVersion(u32);

const UNIT: u32 = 1_000_000;

impl FormVersion {
    /// Far more than a form will ever have.
    pub const MAX: u32 = 999;

    /// `None` unless both are 1 to [`Self::MAX`] (0 is "no overlay").
    pub fn new(form: u32, overlay: u32) -> Option<Self> {
        let sound = (1..=Self::MAX).contains(&form) && overlay <= Self::MAX;
        sound.then_some(Self(overlay * UNIT + form))
    }

    /// This version of a form under that version of an overlay.
    pub const fn under(self, overlay: Self) -> Self {
        Self(overlay.form() * UNIT + self.form())
    }

    /// As it was stored; a number that no version has is found under no form.
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    pub const fn number(self) -> u32 {
        self.0
    }

    pub const fn form(self) -> u32 {
        self.0 % UNIT
    }

    pub const fn overlay(self) -> u32 {
        self.0 / UNIT
    }
}

impl fmt::Display for FormVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.overlay() {
            0 => write!(f, "{}", self.form()),
            overlay => write!(f, "{}+{overlay}", self.form()),
        }
    }
}

impl Ord for FormVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.form(), self.overlay()).cmp(&(other.form(), other.overlay()))
    }
}

impl PartialOrd for FormVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_alone_keeps_its_number() {
        let plain = FormVersion::new(1, 0).expect("a version");
        assert_eq!((plain.number(), plain.to_string()), (1, "1".to_owned()));
        assert_eq!(FormVersion::new(0, 0), None);
        assert_eq!(FormVersion::new(1, 1000), None);
    }

    #[test]
    fn the_newer_form_comes_after_every_overlay_of_the_older() {
        let [plain, first, second, newer] =
            [(1, 0), (1, 1), (1, 2), (2, 0)].map(|(form, overlay)| FormVersion::new(form, overlay));
        assert!(plain < first && first < second && second < newer);
        assert_eq!(second.map(|v| v.to_string()).as_deref(), Some("1+2"));
        assert_eq!(second.map(|v| FormVersion::from_number(v.number())), Some(second.expect("a version")));
    }
}
