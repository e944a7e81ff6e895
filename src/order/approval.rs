//! What a supervisor signs before a medium leaves the house (所属長決裁): that one statement may go out on it.
use crate::domain::digest::Digest;
use crate::domain::ids::AccountId;
use crate::domain::pae;
use crate::domain::time::Timestamp;

use super::fields::Fields;
use super::key::Signature;

const TAG: &str = "hcappr/1";
const FIELD_COUNT: usize = 4;

/// The decision of a supervisor about one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approval {
    /// SHA-256 of the statement.
    pub statement: Digest,
    pub supervisor: AccountId,
    pub at: Timestamp,
}

impl Approval {
    /// The canonical bytes, which are signed.
    pub fn to_bytes(&self) -> Vec<u8> {
        pae::encode(&[
            TAG.as_bytes(),
            self.statement.as_bytes(),
            self.supervisor.as_bytes(),
            &self.at.micros().to_be_bytes(),
        ])
    }

    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields::tagged(bytes, TAG, FIELD_COUNT)?;
        Some(Self {
            statement: fields.digest()?,
            supervisor: AccountId::from_bytes(fields.array()?),
            at: fields.time()?,
        })
    }
}

/// An approval with its signature, unverified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approved {
    pub approval: Approval,
    pub signature: Signature,
}

impl Approved {
    /// Two fields of an order, both empty where no approval is needed.
    pub(super) fn fields(approved: Option<&Self>) -> [Vec<u8>; 2] {
        approved.map_or_else(
            || [Vec::new(), Vec::new()],
            |approved| [approved.approval.to_bytes(), approved.signature.as_bytes().to_vec()],
        )
    }

    /// `None` for anything but two empty fields or two sound ones.
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Option<Self>> {
        match (fields.bytes()?, fields.bytes()?) {
            (&[], &[]) => Some(None),
            (approval, signature) => {
                let approval = Approval::parse(approval)?;
                let signature = Signature::from_bytes(signature.try_into().ok()?);
                Some(Some(Self { approval, signature }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reading_never_panics_and_is_canonical(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            if let Some(value) = Approval::parse(&bytes) {
                prop_assert_eq!(value.to_bytes(), bytes);
            }
        }
    }

    #[test]
    fn there_and_back() {
        let approval = Approval {
            statement: Digest::of(b"statement"),
            supervisor: AccountId::from_bytes([3; 16]),
            at: Timestamp::from_seconds(1_783_998_120),
        };
        assert_eq!(Approval::parse(&approval.to_bytes()), Some(approval));
        let approved = Approved { approval, signature: Signature::from_bytes([7; 64]) };
        for some in [None, Some(approved)] {
            let [one, two] = Approved::fields(some.as_ref());
            let bytes = pae::encode(&[&one, &two]);
            assert_eq!(Approved::read(&mut Fields::of(&bytes).expect("canonical")), Some(some));
        }
        let half = pae::encode(&[&approval.to_bytes(), b""]);
        assert_eq!(Approved::read(&mut Fields::of(&half).expect("canonical")), None);
    }
}
