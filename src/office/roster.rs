//! Keeping the signed roster in step with the staff table.
use super::house::House;
use super::perform::Desk;
use super::reason::Reason;
use super::session::Session;
use super::set_up::Made;
use super::store::Tx;
use super::store::meta::Fact;
use super::store::staff::{StaffRow, StaffStatus};
use crate::domain::ids::{AccountId, VaultId};
use crate::domain::time::Timestamp;
use crate::order::{
    Endorsement, Entry, PublicKey, Roster, RosterChain, RosterError, RosterLimits, Signature, Status,
};
use crate::os::files;

/// The first roster, signed by the first two people.
pub(super) fn found(staff: &[Made], vault: VaultId, now: Timestamp) -> Result<RosterChain, Reason> {
    let entries = staff.iter().map(|made| entry(&made.row, now)).collect::<Result<_, _>>()?;
    let roster = Roster::found(vault, now, entries)?;
    let body = roster.to_bytes();
    let [first, second, ..] = staff else { return Err(Reason::PlanIncomplete) };
    Ok(RosterChain::begin(roster, [first.endorse(&body), second.endorse(&body)])?)
}

/// What the courier will trust: the first roster of this installation.
///
/// The courier checks orders without the office, so it has to be told once, at set-up, whom to believe.
pub(super) fn pin_trust(house: &House, chain: &RosterChain) -> Result<(), Reason> {
    crate::courier::pin(&house.courier_dir(), chain.anchor()).map_err(|_| Reason::RosterBroken)
}

/// The next version, with one account more: what both administrators sign. Suspensions since the last version go in.
pub(super) fn with_account(tx: &Tx<'_>, row: &StaffRow, now: Timestamp) -> Result<Roster, Reason> {
    let chain = load(tx)?;
    let latest = chain.latest();
    let mut entries = Vec::with_capacity(latest.entries().len() + 1);
    for known in latest.entries() {
        let stored = tx.staff(known.party.account)?.ok_or(Reason::Impossible)?;
        let kept = known.clone();
        let suspended = stored.status == StaffStatus::Suspended && known.is_active();
        entries.push(if suspended { Entry { status: Status::Suspended, since: now, ..kept } } else { kept });
    }
    entries.push(entry(row, now)?);
    Ok(latest.succeed(now, entries)?)
}

/// Stores the version that the proposer signed, now that a second administrator signs it too.
pub(super) fn approve(
    tx: &mut Tx<'_>,
    row: &StaffRow,
    proposer: Endorsement,
    approver: AccountId,
    desk: &Desk<'_>,
) -> Result<u32, Reason> {
    let chain = load(tx)?;
    // Built again from the same facts: the proposer's signature fits only if nothing has moved since.
    let next = with_account(tx, row, row.issued_at)?;
    let version = next.version();
    let signature = Signature::from_bytes(desk.keys.sign(&next.to_bytes()));
    let chain = match chain.append(next, [proposer, Endorsement { account: approver, signature }]) {
        Err(RosterError::BadSignature | RosterError::Unlinked) => return Err(Reason::RosterMoved),
        other => other?,
    };
    tx.set_fact(Fact::Roster, &chain.to_json())?;
    Ok(version)
}

/// Writes the file that the courier reads, if it is not what the database says.
pub(super) fn emit(session: &mut Session) -> Result<(), Reason> {
    // Open until the file is written: a newer version issued in between must not be replaced by this one.
    let tx = session.store.begin()?;
    let stored = tx.fact(Fact::Roster)?;
    let file = session.house.generation()?.roster();
    let limit = u64::try_from(RosterLimits::DEFAULT.bytes).unwrap_or(u64::MAX);
    let present = files::read_limited(&file, limit).unwrap_or_default();
    if present == stored {
        return Ok(());
    }
    Ok(files::write_atomically(&file, &stored)?)
}

fn load(tx: &Tx<'_>) -> Result<RosterChain, Reason> {
    Ok(RosterChain::parse(&tx.fact(Fact::Roster)?, &RosterLimits::DEFAULT)?)
}

fn entry(row: &StaffRow, since: Timestamp) -> Result<Entry, Reason> {
    Ok(Entry {
        party: row.party,
        number: row.number.clone(),
        roles: row.roles,
        status: Status::Active,
        key: PublicKey::from_bytes(&row.public_key).ok_or(Reason::Impossible)?,
        since,
    })
}

impl From<RosterError> for Reason {
    fn from(error: RosterError) -> Self {
        match error {
            RosterError::TwoAccounts => Self::PersonHasAccount,
            RosterError::Duplicate => Self::NumberTaken,
            // A proposal made before a later version was issued.
            RosterError::Unlinked => Self::RosterMoved,
            _ => Self::RosterBroken,
        }
    }
}
