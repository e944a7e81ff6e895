//! Keeping the signed roster in step with the staff table.
use super::house::House;
use super::perform::Desk;
use super::reason::Reason;
use super::session::Session;
use super::set_up::Made;
use super::store::Tx;
use super::store::meta::Fact;
use super::store::staff::{StaffRow, StaffStatus};
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, VaultId};
use crate::domain::time::Timestamp;
use crate::order::roster::{Roster, RosterChain, RosterEntry, SignedBy, Status};
use crate::os::files;

/// The first roster, signed by the first two people.
pub(super) fn found(staff: &[Made], vault: VaultId, now: Timestamp) -> Result<RosterChain, Reason> {
    let roster = Roster {
        vault,
        version: 1,
        previous: Digest::from_bytes([0; 32]),
        issued_at: now,
        entries: staff.iter().map(|made| entry(&made.row)).collect(),
    };
    let body = roster.encode();
    let signatures = staff.iter().take(2).map(|made| made.sign(&body)).collect();
    RosterChain::found(roster, signatures).map_err(|_| Reason::RosterBroken)
}

/// What the courier will trust: the first roster of this installation.
pub(super) fn pin_trust(house: &House, chain: &RosterChain) -> Result<(), Reason> {
    let dir = house.home().join("courier");
    files::make_private_dir(&dir)?;
    Ok(files::write_atomically(&dir.join("trust"), chain.root().to_string().as_bytes())?)
}

/// The next version, with `account` added as active: what both administrators sign.
pub(super) fn with_account(tx: &Tx<'_>, row: &StaffRow, now: Timestamp) -> Result<Roster, Reason> {
    let chain = load(tx)?;
    let mut next = successor(chain.latest(), now);
    next.entries.retain(|known| known.party.account != row.party.account);
    next.entries.push(entry(row));
    Ok(next)
}

/// Stores the version that the proposer signed, now that a second administrator signs it too.
pub(super) fn approve(
    tx: &mut Tx<'_>,
    body: &[u8],
    proposer: SignedBy,
    approver: AccountId,
    desk: &Desk<'_>,
) -> Result<u32, Reason> {
    let mut chain = load(tx)?;
    let next = Roster::decode(body).ok_or(Reason::Damaged)?;
    let version = next.version;
    let signed = SignedBy { account: approver, signature: desk.keys.sign(body) };
    chain.append(next, vec![proposer, signed]).map_err(|_| Reason::RosterMoved)?;
    tx.set_fact(Fact::Roster, &chain.to_json())?;
    Ok(version)
}

/// Suspends one account; one signature is enough for that, because nobody gains anything.
pub(super) fn suspend(
    tx: &mut Tx<'_>,
    account: AccountId,
    by: AccountId,
    desk: &Desk<'_>,
) -> Result<(), Reason> {
    let mut chain = load(tx)?;
    let mut next = successor(chain.latest(), desk.now);
    let Some(entry) = next.entries.iter_mut().find(|entry| entry.party.account == account) else {
        return Ok(());
    };
    entry.status = Status::Suspended;
    let signed = SignedBy { account: by, signature: desk.keys.sign(&next.encode()) };
    chain.append(next, vec![signed]).map_err(|_| Reason::RosterBroken)?;
    Ok(tx.set_fact(Fact::Roster, &chain.to_json())?)
}

/// Writes the file that the courier reads, if it is not what the database says.
pub(super) fn emit(session: &mut Session) -> Result<(), Reason> {
    let tx = session.store.begin()?;
    let stored = tx.fact(Fact::Roster)?;
    let file = session.house.generation()?.roster();
    let present = files::read_limited(&file, crate::order::roster::SIZE_MAX).unwrap_or_default();
    if present == stored {
        return Ok(());
    }
    Ok(files::write_atomically(&file, &stored)?)
}

fn load(tx: &Tx<'_>) -> Result<RosterChain, Reason> {
    RosterChain::parse(&tx.fact(Fact::Roster)?).map_err(|_| Reason::RosterBroken)
}

fn successor(latest: &Roster, now: Timestamp) -> Roster {
    Roster { version: latest.version + 1, previous: latest.digest(), issued_at: now, ..latest.clone() }
}

fn entry(row: &StaffRow) -> RosterEntry {
    let status = if row.status == StaffStatus::Suspended { Status::Suspended } else { Status::Active };
    RosterEntry {
        party: row.party,
        number: row.number.clone(),
        roles: row.roles,
        status,
        public_key: row.public_key,
    }
}
