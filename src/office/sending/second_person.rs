//! Who may be the second person: what policy wants to know about somebody who is asked to agree.
use crate::domain::ids::{AccountId, DestinationId, PersonId, TransmissionId};
use crate::domain::time::Timestamp;
use crate::domain::transmission::RESET_COOLING_S;
use crate::office::perform::Desk;
use crate::office::policy::OtherPerson;
use crate::office::store::staff::StaffRow;
use crate::office::store::transmission::Matter;
use crate::office::store::{self, Tx};

/// A number stays in the head, or on a slip of paper, for a while.
const LOOK_LASTS_S: i64 = 3600;
/// An entry is keyed once a year: whoever has looked at the number lately leaves it to somebody else.
const ENTRY_LOOK_LASTS_S: i64 = 24 * 3600;

/// Who prepared it, who edited it, who keyed its destination, and whether the two people are tied by credentials.
pub fn facts(tx: &Tx<'_>, id: TransmissionId, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
    if let Some(row) = tx.transmission(id)? {
        let Some(author) = tx.staff(row.author)? else { return Ok(None) };
        let editors = match row.matter {
            Matter::Record { id, version } => tx.version(id, version)?.map(|version| version.editor),
            Matter::TestPage => None,
        };
        let editors = editors.map(|editor| person(tx, editor)).transpose()?.flatten().into_iter().collect();
        let entered_by = entered_by(tx, row.destination, row.destination_version)?;
        let credential_ties = credential_ties(tx, row.author, desk)?;
        let looked = has_looked(tx, row.destination, (LOOK_LASTS_S, row.submitted_at), desk)?;
        return Ok(Some(OtherPerson { first: author.party, editors, entered_by, credential_ties, looked }));
    }
    let Some(drill) = tx.drill(id)? else { return Ok(None) };
    let Some(author) = tx.staff(drill.shown_author)? else { return Ok(None) };
    // Whoever planted it knows what is wrong with it.
    let editors = person(tx, drill.planted_by)?.into_iter().collect();
    let entered_by = entered_by(tx, drill.destination, drill.destination_version)?;
    let looked = has_looked(tx, drill.destination, (LOOK_LASTS_S, drill.planted_at), desk)?;
    Ok(Some(OtherPerson { first: author.party, editors, entered_by, credential_ties: false, looked }))
}

/// Who keyed an entry first, and whether the person at the keyboard has looked at one of its versions lately.
pub fn facts_of_entry(tx: &Tx<'_>, id: DestinationId, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
    let Some(row) = tx.destination(id)? else { return Ok(None) };
    let Some(first) = tx.staff(row.entered_by)? else { return Ok(None) };
    Ok(Some(OtherPerson {
        first: first.party,
        editors: Vec::new(),
        entered_by: None,
        credential_ties: credential_ties(tx, row.entered_by, desk)?,
        looked: has_looked(tx, id, (ENTRY_LOOK_LASTS_S, row.entered_at), desk)?,
    }))
}

/// At any time from `lasts` seconds before `at` until now.
fn has_looked(
    tx: &Tx<'_>,
    id: DestinationId,
    (lasts, at): (i64, Timestamp),
    desk: &Desk<'_>,
) -> store::Result<bool> {
    let Some(me) = tx.staff(desk.account)? else { return Ok(false) };
    tx.has_looked_at(id.as_bytes(), me.party.person, at.plus_seconds(-lasts))
}

fn person(tx: &Tx<'_>, account: AccountId) -> store::Result<Option<PersonId>> {
    Ok(tx.staff(account)?.map(|row| row.party.person))
}

/// Who keyed a version of an entry from the first paper: one of two people who saw its number.
fn entered_by(tx: &Tx<'_>, id: DestinationId, version: u32) -> store::Result<Option<PersonId>> {
    let Some(entry) = tx.destination_version(id, version)? else { return Ok(None) };
    person(tx, entry.entered_by)
}

/// Whether the person at the keyboard and `other` issued each other's credentials a short time ago.
pub fn credential_ties(tx: &Tx<'_>, other: AccountId, desk: &Desk<'_>) -> store::Result<bool> {
    let (Some(me), Some(other)) = (tx.staff(desk.account)?, tx.staff(other)?) else { return Ok(false) };
    // By person, not by account: whoever issues with one account is tied with every other one.
    let tied = |of: &StaffRow, by: PersonId| -> store::Result<bool> {
        let recent = desk.now.seconds_since(of.issued_at) < RESET_COOLING_S;
        for issuer in [of.issued_by, of.approved_by].into_iter().flatten() {
            if recent && tx.staff(issuer)?.is_some_and(|row| row.party.person == by) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    Ok(tied(&me, other.party.person)? || tied(&other, me.party.person)?)
}
