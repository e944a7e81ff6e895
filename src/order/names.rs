//! The names of files in the outbox. They hold an id and nothing else.
//!
//! Whoever changes the outbox holds the lock. A receipt is final once neither `.order` nor `.claimed` of its id exists;
//! then the office takes it in, and removes package and `.refused`. The receipt stays: as long as it lies there, neither does
//! the office write an order of that id again nor the courier carry one out.
use crate::domain::ids::TransmissionId;

/// Locked by everybody who changes the outbox: the office when it queues, withdraws or freezes, the courier when it sends.
pub const LOCK: &str = "lock";
/// The frozen destinations, see [`super::frozen`].
pub const FROZEN: &str = "frozen";
/// Accounts suspended since the newest signed roster, see [`super::frozen`].
pub const SUSPENDED: &str = "suspended";

pub const ORDER: &str = "order";
/// An order that the courier has begun to carry out.
pub const CLAIMED: &str = "claimed";
/// An order that the courier will not carry out; kept for the people who look into it.
pub const REFUSED: &str = "refused";
pub const RECEIPT: &str = "receipt";
/// The sealed bytes, whatever opens them: `age` to the destination or, for paper, to the dispatcher; or an AES-256 ZIP.
pub const PACKAGE: &str = "age";

/// `<id>.<extension>`
pub fn of(id: TransmissionId, extension: &str) -> String {
    format!("{id}.{extension}")
}

/// The id in `<id>.<extension>`; `None` for any other spelling than [`of`] gives.
pub fn id_of(name: &str, extension: &str) -> Option<TransmissionId> {
    let (stem, end) = name.rsplit_once('.')?;
    let id = TransmissionId::parse(stem)?;
    (end == extension && of(id, extension) == name).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_per_id() {
        let id = TransmissionId::from_bytes([0xab; 16]);
        let name = of(id, ORDER);
        assert_eq!(id_of(&name, ORDER), Some(id));
        let plain = name.replace('-', "");
        for bad in [
            name.to_uppercase(),
            plain,
            format!("x{name}"),
            name.replace("order", "age"),
            ".order".into(),
            "order".into(),
        ] {
            assert_eq!(id_of(&bad, ORDER), None, "{bad}");
        }
    }
}
