//! Whether two different people signed.
use super::super::record::{Record, reference};
use super::super::source::Signer;
use crate::domain::ids::AccountId;
use crate::order::Signature;

/// Whether the account that acted and the one it refers to are two people, and both signed exactly `statement`.
pub fn signed(record: &Record<'_>, signers: &[Signer], statement: &[u8]) -> bool {
    let signer = |account: [u8; 16]| {
        let account = AccountId::from_bytes(account);
        signers.iter().find(|signer| signer.account == account)
    };
    let first = signer(*record.actor);
    let second = record.refs.array(reference::OTHER_ACCOUNT).and_then(signer);
    let (Some(first), Some(second)) = (first, second) else { return false };
    let fits = |signer: &Signer, key: u16| {
        let signature = record.refs.array(key).map(Signature::from_bytes);
        signature.is_some_and(|signature| signer.key.verifies(statement, &signature))
    };
    first.person != second.person
        && fits(first, reference::FIRST_SIGNATURE)
        && fits(second, reference::SECOND_SIGNATURE)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::super::super::record::MAGIC;
    use super::*;
    use crate::domain::ids::PersonId;
    use crate::domain::pae;

    const STATEMENT: &[u8] = b"what both have read";

    fn key(account: u8) -> SigningKey {
        SigningKey::from_bytes(&[account; 32])
    }

    fn signer(account: u8, person: u8) -> Signer {
        Signer {
            account: AccountId::from_bytes([account; 16]),
            person: PersonId::from_bytes([person; 16]),
            key: key(account).verifying_key().into(),
        }
    }

    /// An event of account 1 that names account 2, with these signatures.
    fn body(first: [u8; 64], second: [u8; 64]) -> Vec<u8> {
        let code = |code: u16| code.to_be_bytes();
        let refs = pae::encode(&[
            &code(reference::FIRST_SIGNATURE),
            &first,
            &code(reference::SECOND_SIGNATURE),
            &second,
            &code(reference::OTHER_ACCOUNT),
            &[2; 16],
        ]);
        let origin = pae::encode(&[&[0; 4], &[0; 4], b"", b""]);
        pae::encode(&[
            MAGIC,
            &[7; 16],
            &[0; 4],
            &[0; 8],
            &[0; 32],
            &[0; 8],
            &[0; 16],
            &[0; 8],
            &[0],
            &[1; 16],
            &[0; 16],
            &origin,
            &[0; 2],
            &[0; 18],
            &[1],
            &[0; 2],
            &refs,
            b"",
        ])
    }

    fn is_signed(signers: &[Signer], first: [u8; 64], second: [u8; 64]) -> bool {
        signed(&Record::parse(&body(first, second)).unwrap(), signers, STATEMENT)
    }

    #[test]
    fn two_people_are_two_people_who_both_signed_this() {
        let sign = |account, statement: &[u8]| key(account).sign(statement).to_bytes();
        let (first, second) = (sign(1, STATEMENT), sign(2, STATEMENT));
        let two = [signer(1, 11), signer(2, 12)];
        assert!(is_signed(&two, first, second));
        assert!(!is_signed(&[signer(1, 11), signer(2, 11)], first, second), "two accounts of one person");
        assert!(!is_signed(&two, second, first), "each signature stands beside its account");
        assert!(!is_signed(&two, sign(1, b"another"), second), "the first signed something else");
        assert!(!is_signed(&two, first, sign(2, b"another")), "the second signed something else");
        assert!(!is_signed(&two[..1], first, second), "nobody knows the second");
        assert!(!is_signed(&two[1..], first, second), "nobody knows the first");
    }
}
