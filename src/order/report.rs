//! What a carrier tells about a delivery besides that it was one. No free text: nothing personal fits in.

/// What is known of it; a folder knows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How the other machine calls itself.
    pub remote: Option<RemoteId>,
    /// Pages that the other machine has confirmed.
    pub pages: Option<u32>,
    pub duration_s: Option<u32>,
}

/// The identification of a fax machine (CSI of ITU-T T.30): usually its own number, as its owner has set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteId(String);

impl RemoteId {
    /// T.30 has room for twenty characters.
    pub const MAX: usize = 20;

    /// `None` for an empty one and for one with other characters than digits, `+`, lines and spaces: letters may be a name.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=Self::MAX).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit() || b"+- ".contains(&byte))
            && text.bytes().any(|byte| byte.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it may be this number: the shorter of the two, from its end, is in the other. `None` when the machine says
    /// too little to tell.
    pub fn may_be(&self, number: &str) -> Option<bool> {
        /// A subscriber number with its exchange; fewer digits are an extension or a serial number.
        const ENOUGH: usize = 8;
        let own: String = self.0.chars().filter(char::is_ascii_digit).collect();
        // +81 3 ... is 03 ...: what stands before the area code is not compared.
        let own = own.strip_prefix("81").unwrap_or(&own).trim_start_matches('0');
        let number = number.trim_start_matches('0');
        if own.len() < ENOUGH {
            return None;
        }
        Some(own.ends_with(number) || number.ends_with(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_told_from_another() {
        for (remote, number, expected) in [
            ("0300000456", "0300000456", Some(true)),
            ("+81 3 0000 0456", "0300000456", Some(true)),
            ("81-3-0000-0456", "0300000456", Some(true)),
            ("3 0000 0456", "0300000456", Some(true)),
            ("0300000465", "0300000456", Some(false)),
            ("0600000456", "0300000456", Some(false)),
            ("0456", "0300000456", None),
            ("00000456", "0300000456", None),
        ] {
            let remote = RemoteId::parse(remote).expect(remote);
            assert_eq!(remote.may_be(number), expected, "{remote:?}");
        }
        for bad in ["", "   ", "KENCHO", "03-0000-0456 ANNEX", "+", "-", &"1".repeat(21), "０３"] {
            assert_eq!(RemoteId::parse(bad), None, "{bad}");
        }
    }
}
