//! A full disk: what is refused then, and how even the refusal comes on record.
use super::audit::append::Scribe;
use super::audit::{self, Note, Outcome};
use super::house::House;
use super::reason::Reason;
use super::store::reserve::Reserve;
use super::store::{self, Store};
use super::vault::keys::HostKey;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::time::Reading;

/// What an act needs of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// It is refused while there is no reserve, and none can be made: the next refusal could not be written down.
    Reserve,
    /// It ends or stops something, or gives room back: it goes on for as long as its row can be written.
    None,
}

impl Room {
    pub fn check(self, reserve: &Reserve) -> Result<(), Reason> {
        match self {
            Self::Reserve => Ok(reserve.keep()?),
            Self::None => Ok(()),
        }
    }
}

/// Who was refused, and when.
pub struct Refused<'a> {
    pub host: &'a HostKey,
    pub actor: Option<AccountId>,
    pub session: Option<SessionId>,
    pub reading: Reading,
}

/// What a transaction failed with. Where that was a full disk, the reserve is given up and the refusal written down with
/// the room that this makes.
pub fn settle(store: &mut Store, house: &House, who: &Refused<'_>, note: Note, reason: Reason) -> Reason {
    let told = match reason {
        Reason::DiskFull => Reason::DiskFull,
        Reason::PerhapsRecorded | Reason::StoreRefused | Reason::ReadOnlyDisk => {
            match store.or_full(store::StoreError::Other) {
                store::StoreError::DiskFull => Reason::DiskFull,
                _ if reason == Reason::PerhapsRecorded => Reason::StoreRefused,
                _ => return reason,
            }
        }
        _ => return reason,
    };
    if told == Reason::DiskFull {
        store.reserve().release();
    }
    let note = Note { outcome: Outcome::Failed, reason: told.code(), ..note };
    match write(store, house, who, note) {
        // This row has taken the place of whatever the disk had kept of the act: it is certain that nothing was done.
        Ok(()) => told,
        Err(_) if reason == Reason::PerhapsRecorded => reason,
        // The person is told all the same, and nothing was done.
        Err(_) => told,
    }
}

fn write(store: &mut Store, house: &House, who: &Refused<'_>, note: Note) -> store::Result<()> {
    let mut entropy = house.entropy();
    let mut tx = store.begin()?;
    let &Refused { host, actor, session, reading } = who;
    let scribe = Scribe { log: house.log_name(&tx)?, reading, actor, session, origin: &house.origin, host };
    let entry = audit::append(&mut tx, &scribe, note, entropy.as_mut())?;
    tx.commit(entry)
}
