//! Making the queue of a week: the log of a span of time and the facts around it, handed to the rules.
use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::reason::Reason;
use super::review::{About, Access, Facts, Kin, Period, QueueRow, Sent, Worker, queue};
use super::store::review_week::WeekRow;
use super::store::transmission::{Matter, StateCode};
use super::store::{self, Tx};
use crate::domain::destination::Channel;
use crate::domain::hours::OfficeHours;
use crate::domain::ids::RecordId;
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::domain::week::Week;

/// Drawn at random in a week from what nothing flagged.
pub const SAMPLE: usize = 20;
/// How far back work explains what is looked at now.
const BEFORE_S: i64 = 28 * 24 * 3600;
/// Work of the next day explains too.
const AFTER_S: i64 = 24 * 3600;

/// The queue of a week that is over, and what belongs to the week itself.
pub fn make(tx: &Tx<'_>, week: Week, hours: OfficeHours) -> Result<(WeekRow, Vec<QueueRow>), Reason> {
    let (newest, _) = tx.log_tail()?;
    // The order of events is that of their numbers. Where the week before was opened, this one goes on from there, so
    // that no event falls between two weeks whatever somebody did to the clock.
    let first_seq = match tx.review_week(week.previous())? {
        Some(before) => before.last_seq + 1,
        None => first_at(tx, week.begins(), newest)?,
    };
    let ends = match tx.review_week(week.next())? {
        Some(after) => after.first_seq,
        None => first_at(tx, week.ends(), newest)?,
    };
    let last_seq = ends.saturating_sub(1).max(first_seq.saturating_sub(1));
    let seed = seed(tx, week, last_seq)?;
    let from = first_at(tx, week.begins().plus_seconds(-BEFORE_S), newest)?.min(first_seq);
    let until = first_at(tx, week.ends().plus_seconds(AFTER_S), newest)?.max(last_seq + 1) - 1;
    let accesses: Vec<Access> = tx
        .events_between(from, until)?
        .into_iter()
        .map(|(event, detail)| Access::of(&event, detail.map(Personal::into_inner)))
        .collect();
    let inside: Vec<&Access> =
        accesses.iter().filter(|access| (first_seq..=last_seq).contains(&access.seq)).collect();
    let facts = Facts { hours, ..facts(tx, &inside)? };
    let period = Period { seqs: first_seq..=last_seq, sample: SAMPLE, seed };
    let row = WeekRow { week, first_seq, last_seq, seed, signed: None };
    Ok((row, queue(&accesses, &facts, &period)))
}

/// The first event at or after a moment, by halving; one after the last where there is none. What was erased is older
/// than everything that can be read.
pub fn first_at(tx: &Tx<'_>, moment: Timestamp, newest: u64) -> store::Result<u64> {
    let (mut low, mut high) = (1, newest + 1);
    while low < high {
        let middle = low.midpoint(high);
        match tx.sealed_time(middle)? {
            Some(at) if at >= moment => high = middle,
            _ => low = middle + 1,
        }
    }
    Ok(low)
}

/// Nobody could know it before the last event of the week was written, and everybody can compute it afterwards.
fn seed(tx: &Tx<'_>, week: Week, last_seq: u64) -> store::Result<[u8; 32]> {
    let hash = tx.event_hash(last_seq)?.unwrap_or_default();
    Ok(Sha256::new()
        .chain_update(b"uketsuke/review/week")
        .chain_update(week.code().to_be_bytes())
        .chain_update(hash)
        .finalize()
        .into())
}

fn facts(tx: &Tx<'_>, inside: &[&Access]) -> Result<Facts, Reason> {
    let mut facts = Facts::default();
    for row in tx.all_staff()? {
        let worker = Worker { person: row.party.person, name: row.name, section: row.section };
        facts.staff.insert(row.party.account, worker);
    }
    for row in tx.all_kin()? {
        let Some(worker) = facts.staff.get(&row.account) else { continue };
        let (of, relation) = (worker.person, row.relation);
        let (name, reading, birth_date) = (row.name, row.reading, row.birth_date);
        facts.kin.push(Kin { of, relation, name, reading, birth_date });
    }
    let records: BTreeSet<RecordId> = inside.iter().filter_map(|access| access.record).collect();
    for record in &records {
        let about = about(tx, *record, &facts)?;
        facts.records.insert(*record, about);
    }
    for destination in inside.iter().filter_map(|access| access.destination).collect::<BTreeSet<_>>() {
        let entry = tx.destination(destination)?;
        if entry.is_some_and(|entry| entry.address.channel() == Channel::Media) {
            facts.media.insert(destination);
        }
    }
    let sent: BTreeSet<RecordId> =
        inside.iter().filter(|access| access.is_prepared()).filter_map(|access| access.record).collect();
    for record in sent {
        facts.arrived.extend(arrived(tx, record)?);
    }
    Ok(facts)
}

fn about(tx: &Tx<'_>, record: RecordId, facts: &Facts) -> Result<About, Reason> {
    let first = tx.registrations(record)?.first().map(|(_, editor, _)| *editor);
    let section = facts.worker(first).map(|worker| worker.section.clone());
    let Some(subject) = tx.subject(record)?.map(Personal::into_inner) else {
        return Ok(About { section, ..About::default() });
    };
    let birth_date = subject.birth_date.as_ref().and_then(|date| date.parse().ok()).map(Personal::new);
    let (name, reading) = (subject.name.into(), subject.reading.into());
    Ok(About { name, reading, birth_date, section })
}

fn arrived(tx: &Tx<'_>, record: RecordId) -> Result<Vec<Sent>, Reason> {
    let mut found = Vec::new();
    for row in tx.transmissions_of(record)? {
        let Matter::Record { version, .. } = row.matter else { continue };
        if matches!(row.state, StateCode::Sent | StateCode::Acknowledged) {
            let at = row.reported_at.or(row.closed_at).unwrap_or(row.submitted_at);
            found.push(Sent { record, version, destination: row.destination, at });
        }
    }
    Ok(found)
}
