//! The file that holds the vault key, sealed to everybody who may open it.
use super::house::House;
use super::reason::Reason;
use super::session::{Session, SessionKeys};
use super::store::Tx;
use super::store::meta::Fact;
use super::store::staff::StaffStatus;
use super::vault::identity::{self, Recipient};
use crate::os::files;

pub(super) const FILE_MAX: u64 = 256 * 1024;

/// Seals the vault key to every account that may sign in, and to the offline recovery key.
pub(super) fn write(tx: &Tx<'_>, keys: &SessionKeys, house: &House) -> Result<(), Reason> {
    let recipients = recipients(tx)?;
    let sealed =
        identity::seal_to(&recipients, keys.vault_key().as_bytes()).map_err(|_| Reason::StoreRefused)?;
    Ok(files::write_atomically(&house.generation()?.vault_file(), &sealed)?)
}

/// The same after a commit.
pub(super) fn write_again(session: &mut Session) -> Result<(), Reason> {
    let tx = session.store.begin()?;
    write(&tx, &session.keys, &session.house)
}

/// Writes the file again when a crash left it with a recipient too many or too few. Whom an `age` file is sealed to
/// cannot be read from it, but to how many; every change is by one.
pub(super) fn write_if_wrong(session: &mut Session) -> Result<(), Reason> {
    let tx = session.store.begin()?;
    let present = files::read_limited(&session.house.generation()?.vault_file(), FILE_MAX)?;
    if identity::recipients_of(&present) == recipients(&tx)?.len() {
        return Ok(());
    }
    write(&tx, &session.keys, &session.house)
}

fn recipients(tx: &Tx<'_>) -> Result<Vec<Recipient>, Reason> {
    let recovery = String::from_utf8(tx.fact(Fact::RecoveryRecipient)?).map_err(|_| Reason::Damaged)?;
    let mut recipients = vec![Recipient::parse(&recovery).map_err(|_| Reason::Damaged)?];
    for row in tx.all_staff()? {
        if matches!(row.status, StaffStatus::Active | StaffStatus::Invited) {
            recipients.push(Recipient::parse(&row.recipient).map_err(|_| Reason::Damaged)?);
        }
    }
    Ok(recipients)
}
