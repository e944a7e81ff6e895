//! What the second person signs: that they agree to one statement.
use crate::domain::digest::Digest;
use crate::domain::ids::AccountId;
use crate::domain::pae;
use crate::domain::time::Timestamp;

use super::fields::Fields;

const TAG: &str = "hcconf/1";
const FIELD_COUNT: usize = 5;

/// The agreement of the second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// SHA-256 of the statement.
    pub statement: Digest,
    pub confirmer: AccountId,
    /// The one-time code's step that was consumed for it.
    pub totp_step: u64,
    pub at: Timestamp,
}

impl Confirmation {
    /// The canonical bytes, which are signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        pae::encode(&[
            TAG.as_bytes(),
            self.statement.as_bytes(),
            self.confirmer.as_bytes(),
            &self.totp_step.to_be_bytes(),
            &self.at.micros().to_be_bytes(),
        ])
    }

    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::tagged(bytes, TAG, FIELD_COUNT)?;
        Some(Self {
            statement: fields.digest()?,
            confirmer: AccountId::from_bytes(fields.array()?),
            totp_step: fields.u64()?,
            at: fields.time()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::order::fixtures::{World, hex};

    /// Made by an independent implementation of the format.
    #[test]
    fn pinned_vector() {
        let confirmation = World::new().parts().order().confirmation;
        let bytes = confirmation.to_bytes();
        assert_eq!(
            hex(&bytes),
            "00000005000000086863636f6e662f3100000020bee30da2ec13d39df7a821ea9b1223f001da529f24b3dc879a5ec98477a6\
             eaaa00000010020202020202020202020202020202020000000800000000038b636a00000008000656896aa57300"
        );
        assert_eq!(Confirmation::parse(&bytes), Some(confirmation));
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_canonical(bytes in proptest::collection::vec(any::<u8>(), 0..160)) {
            if let Some(value) = Confirmation::parse(&bytes) {
                prop_assert_eq!(value.to_bytes(), bytes);
            }
        }
    }
}
