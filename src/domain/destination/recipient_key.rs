//! The public key that packages for a destination are sealed to.
/// A recipient's `age` X25519 public key, `age1...`; its bech32 checksum holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RecipientKey(String);

impl RecipientKey {
    /// `age1`, 52 characters for 32 bytes, 6 of checksum.
    const LENGTH: usize = 62;
    const PREFIX: &'static str = "age1";
    /// The human-readable part `age`, expanded as BIP 173 says.
    const PREFIX_VALUES: [u8; 7] = [3, 3, 3, 0, 1, 7, 5];
    const ALPHABET: &'static str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /// Reads a key as copied from a letter: surrounding space is dropped, nothing else is forgiven.
    pub fn parse(typed: &str) -> Option<Self> {
        let text = typed.trim();
        if text.len() != Self::LENGTH {
            return None;
        }
        let mut values = Self::PREFIX_VALUES.to_vec();
        for c in text.strip_prefix(Self::PREFIX)?.chars() {
            values.push(u8::try_from(Self::ALPHABET.find(c)?).ok()?);
        }
        (bech32_checksum(&values) == 1).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// BIP 173: 1 for the values of a valid string, human-readable part included.
fn bech32_checksum(values: &[u8]) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.iter().fold(1, |sum: u32, value| {
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ u32::from(*value);
        GENERATOR.iter().enumerate().fold(shifted, |acc, (bit, generator)| {
            if (sum >> 25 >> bit) & 1 == 1 { acc ^ generator } else { acc }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    #[test]
    fn one_wrong_character_spoils_a_key() {
        assert_eq!(RecipientKey::parse(&format!(" {KEY}\n")).expect("good").as_str(), KEY);
        for (i, c) in KEY.chars().enumerate() {
            let slip: String = KEY
                .chars()
                .enumerate()
                .map(|(j, k)| {
                    if i != j {
                        k
                    } else if c == 'q' {
                        'p'
                    } else {
                        'q'
                    }
                })
                .collect();
            assert!(RecipientKey::parse(&slip).is_none(), "{i}");
        }
        assert!(RecipientKey::parse(&KEY.to_uppercase()).is_none());
        assert!(RecipientKey::parse("").is_none());
    }
}
