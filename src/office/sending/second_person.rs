//! Who may be the second person: what policy wants to know about somebody who is asked to agree.
use crate::domain::ids::{AccountId, DestinationId, PersonId, TransmissionId};
use crate::domain::transmission::RESET_COOLING_S;
use crate::office::perform::Desk;
use crate::office::policy::OtherPerson;
use crate::office::store::staff::StaffRow;
use crate::office::store::transmission::Matter;
use crate::office::store::{self, Tx};

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
