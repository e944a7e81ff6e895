//! The file that holds the vault key, sealed to everybody who may open it.
use super::perform::Desk;
use super::reason::Reason;
use super::store::Tx;
use super::store::meta::Fact;
use super::store::staff::StaffStatus;
use super::vault::identity::{self, Recipient};
use crate::os::files;

/// Seals the vault key to every account that may sign in, and to the offline recovery key.
pub(super) fn write(tx: &Tx<'_>, desk: &Desk<'_>) -> Result<(), Reason> {
    let recovery = String::from_utf8(tx.fact(Fact::RecoveryRecipient)?).map_err(|_| Reason::Damaged)?;
    let mut recipients = vec![Recipient::parse(&recovery).map_err(|_| Reason::Damaged)?];
    for row in tx.all_staff()? {
        if matches!(row.status, StaffStatus::Active | StaffStatus::Invited) {
            recipients.push(Recipient::parse(&row.recipient).map_err(|_| Reason::Damaged)?);
        }
    }
    let sealed =
        identity::seal_to(&recipients, desk.keys.vault_key().as_bytes()).map_err(|_| Reason::StoreRefused)?;
    Ok(files::write_atomically(&desk.house.generation()?.vault_file(), &sealed)?)
}
