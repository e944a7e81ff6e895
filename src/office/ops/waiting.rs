//! What waits for a second person: a sending, or a drill that looks like one until it is answered.
use super::super::perform::Desk;
use super::super::policy::OtherPerson;
use super::super::reason::Reason;
use super::super::store::drill::DrillRow;
use super::super::store::staff::StaffStatus;
use super::super::store::transmission::{Matter, StateCode, TransmissionRow};
use super::super::store::{self, Tx};
use super::begin_confirmation::credential_ties;
use super::list_destinations::DestinationStatus;
use crate::domain::digest::Digest;
use crate::domain::ids::{AccountId, DestinationId, PersonId, TransmissionId};
use crate::domain::staff::{Actor, Role};
use crate::domain::time::Timestamp;

/// Only [`Waiting::Sending`] has a statement that somebody could sign.
#[derive(Clone, Debug)]
pub(super) enum Waiting {
    Sending(Box<TransmissionRow>),
    Drill(Box<DrillRow>),
}

impl Waiting {
    pub(super) fn of(tx: &Tx<'_>, id: TransmissionId, now: Timestamp) -> Result<Self, Reason> {
        if let Some(drill) = tx.drill(id)? {
            return if drill.waits(now) { Ok(Self::Drill(Box::new(drill))) } else { Err(Reason::OutOfOrder) };
        }
        awaiting(tx, id).map(|row| Self::Sending(Box::new(row)))
    }

    pub(super) fn id(&self) -> TransmissionId {
        match self {
            Self::Sending(row) => row.id,
            Self::Drill(row) => row.id,
        }
    }

    pub(super) fn matter(&self) -> Matter {
        match self {
            Self::Sending(row) => row.matter,
            Self::Drill(row) => Matter::Record { id: row.record, version: row.record_version },
        }
    }

    /// Why nobody can agree to it any more, asked before anybody keys anything: the day is over, the entry is not what it
    /// was, or the sender is suspended.
    pub(super) fn check_still_good(&self, tx: &Tx<'_>, now: Timestamp) -> Result<(), Reason> {
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

    pub(super) fn misses(&self) -> u32 {
        match self {
            Self::Sending(row) => row.misses,
            Self::Drill(_) => 0,
        }
    }

    /// What evidence of presence is bound to. A drill has no statement: its own name stands there.
    pub(super) fn bound_to(&self) -> [u8; 32] {
        match self {
            Self::Sending(row) => *Digest::of(&row.statement).as_bytes(),
            Self::Drill(row) => *Digest::of(row.id.as_bytes()).as_bytes(),
        }
    }
}

/// The transmission, if it still waits for its second person. A drill is none.
pub(super) fn awaiting(tx: &Tx<'_>, id: TransmissionId) -> Result<TransmissionRow, Reason> {
    let row = tx.transmission(id)?.ok_or(Reason::NoSuchThing)?;
    if row.state == StateCode::Awaiting { Ok(row) } else { Err(Reason::OutOfOrder) }
}

/// The drills that this person takes for sendings: wherever a sending can be seen they have to be seen too.
pub(super) fn drills_seen_by(tx: &Tx<'_>, me: Actor, now: Timestamp) -> store::Result<Vec<DrillRow>> {
    if could_confirm(me) { tx.drills_for(me.party.account, now) } else { Ok(Vec::new()) }
}

/// Whether a blind check waits that this person could make. Where the office usually sends things is half of the answer: as
/// long as it waits, names of destinations are one's own.
pub(super) fn check_waits_for(tx: &Tx<'_>, me: Actor, now: Timestamp) -> store::Result<bool> {
    Ok(could_confirm(me) && tx.waits_for(me.party.account, now)?)
}

fn could_confirm(me: Actor) -> bool {
    me.roles.contains(Role::Clerk) || me.roles.contains(Role::Confirmer)
}

/// Who prepared it, who edited it, who keyed its destination, and whether the two people are tied by credentials.
pub(super) fn facts(tx: &Tx<'_>, id: TransmissionId, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
    if let Some(row) = tx.transmission(id)? {
        let Some(author) = tx.staff(row.author)? else { return Ok(None) };
        let editors = match row.matter {
            Matter::Record { id, version } => tx.version(id, version)?.map(|version| version.editor),
            Matter::TestPage => None,
        };
        let editors = editors.map(|editor| person(tx, editor)).transpose()?.flatten().into_iter().collect();
        let entered_by = entered_by(tx, row.destination, row.destination_version)?;
        let credential_ties = credential_ties(tx, row.author, desk)?;
        let looked = tx.has_looked_at(row.destination.as_bytes(), desk.account, row.submitted_at)?;
        return Ok(Some(OtherPerson { first: author.party, editors, entered_by, credential_ties, looked }));
    }
    let Some(drill) = tx.drill(id)? else { return Ok(None) };
    let Some(author) = tx.staff(drill.shown_author)? else { return Ok(None) };
    // Whoever planted it knows what is wrong with it.
    let editors = person(tx, drill.planted_by)?.into_iter().collect();
    let entered_by = entered_by(tx, drill.destination, drill.destination_version)?;
    let looked = tx.has_looked_at(drill.destination.as_bytes(), desk.account, drill.planted_at)?;
    Ok(Some(OtherPerson { first: author.party, editors, entered_by, credential_ties: false, looked }))
}

fn person(tx: &Tx<'_>, account: AccountId) -> store::Result<Option<PersonId>> {
    Ok(tx.staff(account)?.map(|row| row.party.person))
}

/// Who keyed a version of an entry from the first paper: one of two people who saw its number.
fn entered_by(tx: &Tx<'_>, id: DestinationId, version: u32) -> store::Result<Option<PersonId>> {
    let Some(entry) = tx.destination_version(id, version)? else { return Ok(None) };
    person(tx, entry.entered_by)
}
