//! Sixty things that should not have happened, told from the people who do them.
//!
//! Nobody here knows the rules of the review. They do it between their own work, mostly by day, mostly once; some search
//! first and some find the record in the list; some are of the section and some are not. What somebody works on anyway is
//! never what they are curious about here: a log cannot tell that look from work, and no queue could.
use chrono::NaiveDate;

use super::people::*;
use super::work::recent;
use crate::domain::chance::Chance;
use crate::domain::ids::{PersonId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::office::audit::Action;
use crate::office::review::facts::{Kin, Relation};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Neighbour,
    Relative,
    InTheNews,
    Colleague,
    FormerPartner,
    Evening,
    Collector,
    Names,
    Papers,
    Wanderer,
}

/// One of the sixty, with its events.
pub struct Planted {
    pub kind: Kind,
    pub seqs: Vec<u64>,
}

const EACH: usize = 6;

/// The how-manieth of its kind it is, and the events that it leaves.
type Act = fn(&mut Office, usize, &mut Chance) -> Vec<u64>;

pub fn plant(office: &mut Office, chance: &mut Chance) -> Vec<Planted> {
    let kinds: [(Kind, Act); 10] = [
        (Kind::Neighbour, neighbour),
        (Kind::Relative, relative),
        (Kind::InTheNews, in_the_news),
        (Kind::Colleague, colleague),
        (Kind::FormerPartner, former_partner),
        (Kind::Evening, evening),
        (Kind::Collector, collector),
        (Kind::Names, names),
        (Kind::Papers, papers),
        (Kind::Wanderer, wanderer),
    ];
    let mut planted = Vec::new();
    for (kind, act) in kinds {
        for number in 0..EACH {
            planted.push(Planted { kind, seqs: act(office, number, chance) });
        }
    }
    planted
}

fn somebody(chance: &mut Chance) -> Member {
    Member(chance.below(STAFF))
}

/// A weekday of the month after its first days, when there is something to be curious about.
fn some_day(chance: &mut Chance) -> NaiveDate {
    let days: Vec<NaiveDate> = days_of_month().into_iter().skip(4).filter(|day| is_weekday(*day)).collect();
    days[chance.below(days.len())]
}

fn by_day(chance: &mut Chance) -> Timestamp {
    moment(some_day(chance), 9 * 60 + chance.below(8 * 60), chance)
}

/// A record that this person has nothing to do with.
fn of_others(office: &Office, by: Member, at: Timestamp, chance: &mut Chance) -> RecordId {
    loop {
        let (record, ..) = recent(office, None, at, chance).expect("there are records");
        if !office.handled.contains(&(by.0, record)) {
            return record;
        }
    }
}

/// The report of somebody in particular, entered by a clerk who is not `not` a few days before.
fn report_about(
    office: &mut Office,
    name: String,
    at: Timestamp,
    not: Member,
    chance: &mut Chance,
) -> RecordId {
    let by = loop {
        let by = Member(chance.below(8));
        if by != not {
            break by;
        }
    };
    let entered = at.plus_seconds(-3600 * i64::try_from(2 + chance.below(100)).unwrap());
    let record = office.record(by, entered, name);
    office.work(by, entered.plus_seconds(30), Action::OpenDraft, record);
    office.work(by, entered.plus_seconds(600), Action::RegisterDraft, record);
    record
}

/// Finds a record and reads it, with or without a search, perhaps its course too.
fn read(office: &mut Office, by: Member, record: RecordId, at: Timestamp, chance: &mut Chance) -> Vec<u64> {
    let mut seqs = Vec::new();
    if chance.one_in(2) {
        let name = office.facts.records[&record].name.expose().clone();
        let typed =
            if chance.one_in(2) { name.split(' ').next().unwrap_or_default().to_owned() } else { name };
        seqs.push(office.search(by, at, &typed));
    }
    seqs.push(office.note(by, at.plus_seconds(20), Action::ShowRecord, Some(record)).seq);
    if chance.one_in(3) {
        seqs.push(office.note(by, at.plus_seconds(70), Action::ShowTimeline, Some(record)).seq);
    }
    seqs
}

/// What has the woman next door? Once, at some quiet minute.
fn neighbour(office: &mut Office, _number: usize, chance: &mut Chance) -> Vec<u64> {
    let (by, at) = (somebody(chance), by_day(chance));
    let record = of_others(office, by, at, chance);
    read(office, by, record, at, chance)
}

/// An uncle, a cousin: some have the family's name, some do not, some were declared.
fn relative(office: &mut Office, number: usize, chance: &mut Chance) -> Vec<u64> {
    let (by, at) = (somebody(chance), by_day(chance));
    let other = anybody(chance);
    let name = match number % 3 {
        0 => format!("{} {}", office.surname(by), other.split(' ').nth(1).unwrap_or_default()),
        _ => other,
    };
    if number % 3 == 1 {
        office.facts.kin.push(Kin {
            of: PersonId::from_bytes(*account(by).as_bytes()),
            relation: Relation::Sibling,
            name: Personal::new(name.clone()),
            reading: Personal::default(),
            birth_date: None,
        });
    }
    let record = report_about(office, name, at, by, chance);
    let mut seqs = read(office, by, record, at, chance);
    if chance.one_in(3) {
        seqs.extend(read(office, by, record, at.plus_seconds(86_400), chance));
    }
    seqs
}

/// It was in the newspaper, everybody has heard of it, and several look. Two such cases, three people each.
fn in_the_news(office: &mut Office, number: usize, chance: &mut Chance) -> Vec<u64> {
    let day = days_of_month()[if number < 3 { 8 } else { 20 }];
    let at = moment(day, 9 * 60 + chance.below(8 * 60), chance);
    let name = if number < 3 { "架空 有名" } else { "虚野 選手" };
    let known =
        office.records.iter().map(|row| row.0).find(|id| office.facts.records[id].name.expose() == name);
    let record = match known {
        Some(record) => record,
        None => report_about(office, name.to_owned(), at, Member(19), chance),
    };
    let by = loop {
        let by = somebody(chance);
        if !office.handled.contains(&(by.0, record)) {
            break by;
        }
    };
    read(office, by, record, at, chance)
}

/// A colleague is ill, or it is the own report: half of them each.
fn colleague(office: &mut Office, number: usize, chance: &mut Chance) -> Vec<u64> {
    let (by, at) = (somebody(chance), by_day(chance));
    let whose =
        if number.is_multiple_of(2) { by } else { Member((by.0 + 1 + chance.below(STAFF - 1)) % STAFF) };
    let name = office.name(whose).to_owned();
    let record = report_about(office, name, at, by, chance);
    read(office, by, record, at, chance)
}

/// Again and again, over the weeks that the case goes on.
fn former_partner(office: &mut Office, _number: usize, chance: &mut Chance) -> Vec<u64> {
    let by = somebody(chance);
    let days: Vec<NaiveDate> = days_of_month().into_iter().filter(|day| is_weekday(*day)).collect();
    let first = chance.below(days.len() - 10) + 3;
    let name = anybody(chance);
    let at = moment(days[first], 12 * 60 + chance.below(60), chance);
    let record = report_about(office, name, at, by, chance);
    let mut seqs = read(office, by, record, at, chance);
    let mut day = first;
    for _ in 0..1 + chance.below(4) {
        day += 1 + chance.below(3);
        if let Some(day) = days.get(day) {
            let again = moment(*day, 9 * 60 + chance.below(9 * 60), chance);
            seqs.extend(read(office, by, record, again, chance));
        }
    }
    seqs
}

/// Stays until the others have left, or comes in on a Sunday, and reads around.
fn evening(office: &mut Office, number: usize, chance: &mut Chance) -> Vec<u64> {
    let by = somebody(chance);
    let sunday = |day: &NaiveDate| !is_weekday(*day);
    let day = match number % 3 {
        0 => days_of_month().into_iter().filter(sunday).nth(1 + chance.below(5)).unwrap(),
        _ => some_day(chance),
    };
    let minute = if is_weekday(day) { 19 * 60 + 20 + chance.below(200) } else { 10 * 60 + chance.below(300) };
    let mut seqs = Vec::new();
    for look in 0..3 + chance.below(7) {
        let at = moment(day, minute + look * 3, chance);
        let record = of_others(office, by, at, chance);
        seqs.push(office.note(by, at, Action::ShowRecord, Some(record)).seq);
    }
    seqs
}

/// Wants them all: in one afternoon, or a few every day for a week so that it does not show.
fn collector(office: &mut Office, number: usize, chance: &mut Chance) -> Vec<u64> {
    let by = somebody(chance);
    let days: Vec<NaiveDate> = days_of_month().into_iter().filter(|day| is_weekday(*day)).collect();
    let start = 4 + chance.below(days.len() - 10);
    let (spread, a_day) =
        if number % 3 == 2 { (5, 14 + chance.below(8)) } else { (1, 40 + chance.below(60)) };
    let mut seqs = Vec::new();
    for day in &days[start..start + spread] {
        let minute = 9 * 60 + chance.below(5 * 60);
        for look in 0..a_day {
            let at = moment(*day, minute + look, chance);
            let record = of_others(office, by, at, chance);
            seqs.push(office.note(by, at, Action::ShowRecord, Some(record)).seq);
        }
    }
    seqs
}

/// Goes through the neighbourhood, the class, the club by name: who is in there? That is enough; nothing is opened. Some
/// do it in one go, some in two or three pauses of a day.
fn names(office: &mut Office, number: usize, chance: &mut Chance) -> Vec<u64> {
    let (by, day) = (somebody(chance), some_day(chance));
    let mut seqs = Vec::new();
    let sittings = 1 + number % 3;
    for _ in 0..sittings {
        let minute = 9 * 60 + chance.below(8 * 60);
        for look in 0..(7 + chance.below(9)) / sittings + 1 {
            let at = moment(day, minute + look, chance);
            let name = anybody(chance);
            seqs.push(office.search(by, at, &name));
        }
    }
    seqs
}

/// Takes papers out on a medium, has them sent once more to somebody who has them, or turns a fax number and back.
fn papers(office: &mut Office, number: usize, chance: &mut Chance) -> Vec<u64> {
    let by = Member(chance.below(8));
    let at = by_day(chance);
    match number % 3 {
        0 => {
            let record = of_others(office, by, at, chance);
            let looked = office.note(by, at, Action::ShowRecord, Some(record)).seq;
            let prepared = office.work(by, at.plus_seconds(200), Action::PrepareTransmission, record);
            (prepared.destination, prepared.version) = (Some(destination(60)), Some(1));
            vec![looked, prepared.seq]
        }
        1 => {
            let before: Vec<_> = office.facts.arrived.iter().filter(|sent| sent.at < at).copied().collect();
            let sent = before[before.len() - 1 - chance.below(60)];
            let again = office.work(by, at, Action::PrepareTransmission, sent.record);
            (again.destination, again.version) = (Some(sent.destination), Some(sent.version));
            vec![again.seq]
        }
        _ => {
            let entry = destination(chance.below(40));
            let mut seqs = Vec::new();
            for (hours, version) in [(0, 3), (3 + i64::try_from(chance.below(60)).unwrap(), 4)] {
                let change = office.note(by, at.plus_seconds(hours * 3600), Action::ProposeDestination, None);
                (change.destination, change.version) = (Some(entry), Some(version));
                seqs.push(change.seq);
            }
            seqs
        }
    }
}

/// Reads what another section has, for entertainment: a handful in ten minutes.
fn wanderer(office: &mut Office, _number: usize, chance: &mut Chance) -> Vec<u64> {
    let (by, at) = (somebody(chance), by_day(chance));
    let mut seqs = Vec::new();
    for look in 0..2 + chance.below(6) {
        let when = at.plus_seconds(i64::try_from(look * 90).unwrap());
        let record = loop {
            let record = of_others(office, by, when, chance);
            let entered_by = office.records.iter().find(|row| row.0 == record).map(|row| section(row.1));
            if entered_by != Some(section(by)) {
                break record;
            }
        };
        seqs.push(office.note(by, when, Action::ShowRecord, Some(record)).seq);
    }
    seqs
}
