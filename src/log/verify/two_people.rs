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
