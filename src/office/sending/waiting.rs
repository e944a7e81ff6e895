//! What waits for a second person: a sending, or a drill that looks like one until it is answered.
use super::status::DestinationStatus;
use crate::domain::destination::Channel;
use crate::domain::digest::Digest;
use crate::domain::ids::TransmissionId;
use crate::domain::staff::{Actor, Role};
use crate::domain::time::Timestamp;
use crate::domain::transmission::{MISMATCHES_BEFORE_CALL, MISMATCHES_MAX};
use crate::office::reason::Reason;
use crate::office::store::drill::DrillRow;
use crate::office::store::staff::StaffStatus;
use crate::office::store::transmission::{Matter, StateCode, TransmissionRow};
use crate::office::store::{self, Tx};

/// Three misses void the transmission.
pub const MISSES_MAX: u32 = MISMATCHES_MAX as u32;
/// After two in a row a supervisor is called.
pub const MISSES_BEFORE_CALL: u32 = MISMATCHES_BEFORE_CALL as u32;

/// Only [`Waiting::Sending`] has a statement that somebody could sign.
#[derive(Clone, Debug)]
pub enum Waiting {
    Sending(Box<TransmissionRow>),
    Drill(Box<DrillRow>),
}

impl Waiting {
    pub fn of(tx: &Tx<'_>, id: TransmissionId, now: Timestamp) -> Result<Self, Reason> {
        if let Some(drill) = tx.drill(id)? {
            return if drill.waits(now) { Ok(Self::Drill(Box::new(drill))) } else { Err(Reason::OutOfOrder) };
        }
        awaiting(tx, id).map(|row| Self::Sending(Box::new(row)))
    }

    pub fn id(&self) -> TransmissionId {
        match self {
            Self::Sending(row) => row.id,
            Self::Drill(row) => row.id,
        }
    }

    pub fn matter(&self) -> Matter {
        match self {
            Self::Sending(row) => row.matter,
            Self::Drill(row) => Matter::Record { id: row.record, version: row.record_version },
        }
    }

    /// Why nobody can agree to it any more, asked before anybody keys anything: the day is over, the entry is not what it
    /// was, or the sender is suspended.
    pub fn check_still_good(&self, tx: &Tx<'_>, now: Timestamp) -> Result<(), Reason> {
        let (destination, version, author, at, is_test_page) = match self {
            Self::Sending(row) => {
                let is_test_page = row.matter == Matter::TestPage;
                (row.destination, row.destination_version, row.author, row.submitted_at, is_test_page)
            }
            Self::Drill(row) => {
                (row.destination, row.destination_version, row.shown_author, row.planted_at, false)
            }
        };
        if at.date_in_japan() != now.date_in_japan() {
            return Err(Reason::AgreementExpired);
        }
        if tx.staff(author)?.is_none_or(|author| author.status != StaffStatus::Active) {
            return Err(Reason::PartySuspended);
        }
        let entry = tx.destination(destination)?.ok_or(Reason::Impossible)?;
        if entry.version != version {
            return Err(Reason::DestinationChanged);
        }
        match DestinationStatus::of(&entry, now) {
            // A test page is what makes it usable.
            DestinationStatus::Untested if is_test_page => Ok(()),
            status => status.check_usable(),
        }
    }

    pub fn misses(&self) -> u32 {
        match self {
            Self::Sending(row) => row.misses,
            Self::Drill(_) => 0,
        }
    }

    /// What evidence of presence is bound to. A drill has no statement: its own name stands there.
    pub fn bound_to(&self) -> [u8; 32] {
        match self {
            Self::Sending(row) => *Digest::of(&row.statement).as_bytes(),
            Self::Drill(row) => *Digest::of(row.id.as_bytes()).as_bytes(),
        }
    }
}

/// The transmission, if it still waits for its second person. A drill is none.
pub fn awaiting(tx: &Tx<'_>, id: TransmissionId) -> Result<TransmissionRow, Reason> {
    let row = tx.transmission(id)?.ok_or(Reason::NoSuchThing)?;
    if row.state == StateCode::Awaiting { Ok(row) } else { Err(Reason::OutOfOrder) }
}

/// The drills that this person takes for sendings: wherever a sending can be seen they have to be seen too.
pub fn drills_seen_by(tx: &Tx<'_>, me: Actor, now: Timestamp) -> store::Result<Vec<DrillRow>> {
    if could_confirm(me) { tx.drills_for(me.party.account, now) } else { Ok(Vec::new()) }
}

/// Whether a blind check waits that this person could make. Where the office usually sends things is half of the answer: as
/// long as it waits, names of destinations are one's own.
pub fn check_waits_for(tx: &Tx<'_>, me: Actor, now: Timestamp) -> store::Result<bool> {
    Ok(could_confirm(me) && tx.waits_for(me.party.account, now)?)
}

/// Whether it is one of those who may be asked to key blind.
pub fn could_confirm(me: Actor) -> bool {
    me.roles.contains(Role::Clerk) || me.roles.contains(Role::Confirmer)
}

/// Two misses in a row: somebody has to find out which of the two is wrong before anybody keys again.
pub fn needs_supervisor(row: &TransmissionRow) -> bool {
    row.misses >= MISSES_BEFORE_CALL && row.called.is_none()
}

/// What goes out on a medium waits for a supervisor before it waits for anybody else.
pub fn lacks_approval(tx: &Tx<'_>, row: &TransmissionRow) -> Result<bool, Reason> {
    let entry =
        tx.destination_version(row.destination, row.destination_version)?.ok_or(Reason::Impossible)?;
    Ok(entry.address.channel() == Channel::Media && tx.medium_loan(row.id)?.is_none())
}
