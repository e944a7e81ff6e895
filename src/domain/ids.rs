//! Newtyped identifiers, so that an `AccountId` cannot be passed where a `TransmissionId` is wanted.
use std::fmt;

use uuid::Uuid;

use super::entropy::Entropy;
use super::time::Timestamp;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier (UUID version 7: ordered by the time it was made).
            pub fn make(now: Timestamp, entropy: &mut dyn Entropy) -> Self {
                Self(make_uuid(now, entropy))
            }
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
            /// Reads the hyphenated or plain hexadecimal form; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.hyphenated())
            }
        }
    )*};
}

ids! {
    /// One way to sign in: a staff number, a password, a TOTP secret, a pair of keys.
    AccountId,
    /// One human being. Two accounts of one person never count as two people.
    PersonId,
    /// One reception (受付): a report or referral from its first draft to its erasure.
    RecordId,
    /// One open draft of a record, held by one account.
    DraftId,
    /// One entry of the destination register (送り先台帳), over all its versions.
    DestinationId,
    /// One entry of the register of institutions (医療機関台帳).
    InstitutionId,
    /// One attempt to send one record to one destination; also the name of its package and order.
    TransmissionId,
    /// One misdelivery (誤送付), from its report to its closing.
    IncidentId,
    /// One person whom a member of staff declared as near.
    KinId,
    /// One stay of one account at one terminal, from sign-in to lock or sign-out.
    SessionId,
    /// One installation: bound into every key and every signature.
    VaultId,
}

impl TransmissionId {
    /// Enough to find a transmission by over the telephone: the last eight digits in two groups (`7c31-a00b`). The first
    /// are a clock that ticks once in 65 seconds.
    pub fn short(&self) -> String {
        let [.., a, b, c, d] = *self.as_bytes();
        format!("{a:02x}{b:02x}-{c:02x}{d:02x}")
    }
}

/// The number a person types to sign in (職員番号): 1 to 8 ASCII digits, kept as typed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StaffNumber(String);

impl StaffNumber {
    /// `None` unless the text is 1 to 8 ASCII digits. Full-width digits are folded by the caller.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StaffNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StaffNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StaffNumber({})", self.0)
    }
}

fn make_uuid(now: Timestamp, entropy: &mut dyn Entropy) -> Uuid {
    let mut random = [0u8; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_numbers_are_short_ascii_digits() {
        for good in ["1", "1001", "12345678"] {
            assert_eq!(StaffNumber::parse(good).expect("good").as_str(), good);
        }
        for bad in ["", "123456789", "10 1", "１００１", "a1", "../1"] {
            assert!(StaffNumber::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn ids_round_trip_through_text() {
        let id = RecordId::from_bytes([7; 16]);
        assert_eq!(RecordId::parse(&id.to_string()), Some(id));
        assert_eq!(RecordId::parse("not an id"), None);
    }
}
