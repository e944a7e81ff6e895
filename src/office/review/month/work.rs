//! The month of honest people: reports come in, are entered, sent and confirmed by somebody else; doctors call;
//! colleagues stand in for each other; some stay late.
use chrono::NaiveDate;

use super::people::*;
use crate::domain::chance::Chance;
use crate::domain::ids::RecordId;
use crate::domain::time::Timestamp;
use crate::office::audit::{Action, Outcome};
use crate::office::reason::Reason;
use crate::office::review::facts::Sent;

const DAY_BEGINS: usize = 8 * 60 + 30;
const DAY_ENDS: usize = 17 * 60 + 15;

pub fn month(office: &mut Office, chance: &mut Chance) {
    for day in days() {
        for member in (0..STAFF).map(Member) {
            if let Some((begins, ends)) = hours(day, member, chance) {
                day_of(office, member, day, (begins, ends), chance);
            }
        }
        rare_things(office, day, chance);
    }
}

/// When somebody is there. On weekends two of the clerks are on duty; one day in four goes on in the evening; people
/// have days off.
fn hours(day: NaiveDate, member: Member, chance: &mut Chance) -> Option<(usize, usize)> {
    if !is_weekday(day) {
        let on_duty = is_clerk(member) && chance.one_in(8);
        return on_duty.then_some((9 * 60, 15 * 60));
    }
    if chance.one_in(14) {
        return None;
    }
    let late = if chance.one_in(4) { 30 + chance.below(60) + chance.below(150) } else { chance.below(25) };
    Some((DAY_BEGINS - chance.below(25), DAY_ENDS + late))
}

fn day_of(
    office: &mut Office,
    member: Member,
    day: NaiveDate,
    (begins, ends): (usize, usize),
    chance: &mut Chance,
) {
    sign_in(office, member, day, begins, chance);
    sign_in(office, member, day, 13 * 60 + chance.below(15), chance);
    let at = |chance: &mut Chance| moment(day, begins + chance.below(ends - begins), chance);
    let lists = if is_clerk(member) { 43 } else { 26 };
    for _ in 0..lists + chance.below(16) {
        let when = at(chance);
        let list = chance.pick(&[
            Action::ListRecords,
            Action::ListRecords,
            Action::ListRecords,
            Action::ListTransmissions,
            Action::ListTransmissions,
            Action::ListDestinations,
            Action::ListUnanswered,
        ]);
        office.note(member, when, list, None);
    }
    if is_clerk(member) {
        // On weekends and in the evening too: who is there takes in what comes.
        for _ in 0..3 + chance.below(4) {
            let when = at(chance);
            intake(office, member, when, chance);
        }
    }
    calls(office, member, day, (begins, ends), chance);
    if is_supervisor(member) && chance.one_in(2) {
        // Looks into the work of the section.
        let when = at(chance);
        if let Some((record, ..)) = recent(office, Some(section(member)), when, chance) {
            office.note(member, when, Action::ShowRecord, Some(record));
        }
    }
    asked_whether(office, member, day, (begins, ends), chance);
}

fn sign_in(office: &mut Office, member: Member, day: NaiveDate, minute: usize, chance: &mut Chance) {
    if chance.one_in(25) {
        let when = moment(day, minute.saturating_sub(1), chance);
        let slip = office.note(member, when, Action::SignInRefusedEarlier, None);
        (slip.outcome, slip.reason) = (Outcome::Failed, Some(Reason::SignInWrong));
    }
    let when = moment(day, minute, chance);
    office.note(member, when, Action::SignIn, None);
}

/// A report is entered, read once more, sent, and confirmed by a colleague.
fn intake(office: &mut Office, member: Member, begun: Timestamp, chance: &mut Chance) {
    let name = anybody(chance);
    let mut at = begun;
    let mut later = |chance: &mut Chance, minutes: usize| {
        at = at.plus_seconds(i64::try_from(20 + chance.below(minutes * 60)).unwrap());
        at
    };
    if !chance.one_in(3) {
        let when = later(chance, 2);
        office.search(member, when, &name);
    }
    let record = office.record(member, begun, name);
    let when = later(chance, 2);
    office.work(member, when, Action::OpenDraft, record);
    for _ in 0..1 + chance.below(2) {
        let when = later(chance, 6);
        office.note(member, when, Action::FindSimilar, None);
    }
    if chance.one_in(10) {
        let when = later(chance, 3);
        let failed = office.note(member, when, Action::RegisterDraft, Some(record));
        (failed.outcome, failed.reason) = (Outcome::Failed, Some(Reason::FormProblems));
    }
    let when = later(chance, 8);
    office.work(member, when, Action::RegisterDraft, record).version = Some(1);
    if !chance.one_in(3) {
        let when = later(chance, 20);
        office.note(member, when, Action::ShowRecord, Some(record));
    }
    if chance.one_in(3) {
        let when = later(chance, 60);
        office.work(member, when, Action::NoteTranscription, record);
    }
    if chance.below(10) < 8 {
        let when = later(chance, 30);
        send(office, member, record, when, 1, chance);
    }
}

pub fn send(
    office: &mut Office,
    member: Member,
    record: RecordId,
    at: Timestamp,
    version: u32,
    chance: &mut Chance,
) {
    // Most goes to the prefecture and the neighbours; once in a while a hospital without a line gets a medium.
    let medium = chance.one_in(400);
    let to = destination(if medium { 60 + chance.below(2) } else { chance.below(12) });
    let prepared = office.work(member, at, Action::PrepareTransmission, record);
    (prepared.destination, prepared.version) = (Some(to), Some(version));
    let second = loop {
        let second = Member(chance.below(STAFF - 2));
        if second != member {
            break second;
        }
    };
    let mut when = at.plus_seconds(60 + i64::try_from(chance.below(3000)).unwrap());
    office.work(second, when, Action::BeginConfirmation, record);
    loop {
        when = when.plus_seconds(40);
        let checked = office.work(second, when, Action::MatchTransmission, record);
        if !chance.one_in(14) {
            break;
        }
        (checked.outcome, checked.reason) = (Outcome::Failed, Some(Reason::BlindMismatch));
    }
    when = when.plus_seconds(15);
    office.work(second, when, Action::ConfirmTransmission, record);
    let arrived = when.plus_seconds(300 + i64::try_from(chance.below(9000)).unwrap());
    office.note(member, arrived, Action::TakeReceipt, None);
    if !chance.one_in(12) {
        office.facts.arrived.push(Sent { record, version, destination: to, at: arrived });
        if chance.one_in(2) {
            office.work(member, arrived.plus_seconds(900), Action::AcknowledgeArrival, record);
        }
        // Rarely the other side cannot find what arrived, and asks for it again.
        if chance.one_in(150) {
            let again =
                office.work(member, arrived.plus_seconds(86_400), Action::PrepareTransmission, record);
            (again.destination, again.version) = (Some(to), Some(version));
        }
    }
}

/// Somebody calls about a case. Mostly it is asked of whoever has it; sometimes that person is out, and a colleague
/// looks it up: half of them note something, half only answer.
fn calls(
    office: &mut Office,
    member: Member,
    day: NaiveDate,
    (begins, ends): (usize, usize),
    chance: &mut Chance,
) {
    for _ in 0..1 + chance.below(3) {
        let when = moment(day, begins + chance.below(ends - begins), chance);
        let mine: Vec<RecordId> = {
            let since = when.plus_seconds(-20 * 86_400);
            let recent = office.records.iter().filter(|(_, _, at)| *at > since && *at < when);
            recent
                .filter(|(record, ..)| office.handled.contains(&(member.0, *record)))
                .map(|row| row.0)
                .collect()
        };
        if !mine.is_empty() {
            let record = mine[chance.below(mine.len())];
            answer(office, member, record, when, chance);
        }
    }
    // About every other day for a colleague who is out.
    if is_clerk(member) && chance.one_in(2) {
        let when = moment(day, begins + chance.below(ends - begins), chance);
        // Mostly of the own section; one in six calls comes to the wrong one, which helps all the same.
        let of = if chance.one_in(6) { None } else { Some(section(member)) };
        if let Some((record, ..)) = recent(office, of, when, chance) {
            answer(office, member, record, when, chance);
            match chance.below(6) {
                0 => {
                    office.note(member, when.plus_seconds(200), Action::ReviseRecord, Some(record));
                    office.work(member, when.plus_seconds(500), Action::RegisterDraft, record).version =
                        Some(2);
                }
                1 => {
                    office.work(member, when.plus_seconds(300), Action::NoteTranscription, record);
                }
                2 => send(office, member, record, when.plus_seconds(400), 1, chance),
                3 => {
                    // The care that follows is a record of its own, which belongs to the case.
                    let name = office.facts.records[&record].name.expose().clone();
                    let part = office.record(member, when.plus_seconds(200), name);
                    office.work(member, when.plus_seconds(240), Action::OpenDraft, part).case = Some(record);
                    office.work(member, when.plus_seconds(700), Action::RegisterDraft, part);
                }
                _ => {}
            }
        }
    }
}

fn answer(office: &mut Office, member: Member, record: RecordId, at: Timestamp, chance: &mut Chance) {
    let name = office.facts.records[&record].name.expose().clone();
    if chance.one_in(2) {
        office.search(member, at.plus_seconds(-25), &name);
    }
    let action = if chance.one_in(5) { Action::ShowTimeline } else { Action::ShowRecord };
    office.note(member, at, action, Some(record));
}

/// A doctor asks whether a report has come: often it has not.
fn asked_whether(
    office: &mut Office,
    member: Member,
    day: NaiveDate,
    (begins, ends): (usize, usize),
    chance: &mut Chance,
) {
    if chance.one_in(3) {
        let when = moment(day, begins + chance.below(ends - begins), chance);
        let name = anybody(chance);
        office.search(member, when, &name);
        if chance.one_in(2) {
            office.search(member, when.plus_seconds(30), name.split(' ').next().unwrap());
        }
    }
}

/// A record of the last two weeks, of one section or of any.
pub fn recent(
    office: &Office,
    of: Option<&str>,
    now: Timestamp,
    chance: &mut Chance,
) -> Option<(RecordId, Member, Timestamp)> {
    let since = now.plus_seconds(-14 * 86_400);
    let fits = |(_, by, at): &&(RecordId, Member, Timestamp)| {
        *at > since && at.plus_seconds(3600) < now && of.is_none_or(|of| of == section(*by))
    };
    let found: Vec<_> = office.records.iter().filter(fits).copied().collect();
    (!found.is_empty()).then(|| found[chance.below(found.len())])
}

fn rare_things(office: &mut Office, day: NaiveDate, chance: &mut Chance) {
    if !is_weekday(day) {
        return;
    }
    let at = |minute, chance: &mut Chance| moment(day, minute, chance);
    // The register: a fax number moves now and then, a new hospital comes in.
    if chance.one_in(5) {
        let by = Member(chance.below(8));
        let (entry, version) =
            if chance.one_in(3) { (40 + chance.below(10), 1) } else { (chance.below(40), 2) };
        let when = at(10 * 60, chance);
        let change = office.note(by, when, Action::ProposeDestination, None);
        (change.destination, change.version) = (Some(destination(entry)), Some(version));
        let second = Member(9);
        let keyed = office.note(second, when.plus_seconds(1800), Action::ConfirmDestination, None);
        (keyed.destination, keyed.version) = (Some(destination(entry)), Some(version));
    }
    // Once in two weeks somebody goes through the cases of one outbreak, and corrects some.
    if chance.one_in(10) {
        let by = Member(chance.below(8));
        for number in 0..20 + chance.below(15) {
            let when = at(14 * 60 + number * 2, chance);
            let Some((record, ..)) = recent(office, Some(section(by)), when, chance) else { continue };
            office.note(by, when, Action::ShowRecord, Some(record));
            if chance.one_in(2) {
                office.work(by, when.plus_seconds(50), Action::RegisterDraft, record);
            }
        }
    }
    // Somebody tries what the rules do not allow, without thinking.
    if chance.one_in(3) {
        let when = at(11 * 60, chance);
        let denied = office.note(Member(chance.below(STAFF)), when, Action::BeginConfirmation, None);
        (denied.outcome, denied.reason) = (Outcome::Denied, Some(Reason::OwnWork));
    }
}
