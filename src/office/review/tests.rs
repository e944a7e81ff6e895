//! Each rule with a seeded positive and a seeded negative, and what the queue as a whole promises.
use super::access::Access;
use super::facts::*;
use super::mark::{Group, Mark};
use super::queue::{Period, QueueRow, queue};
use crate::domain::ids::{AccountId, DestinationId, PersonId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::office::audit::{Action, Outcome};
use crate::office::reason::Reason;

/// Ten people of 感染症係 (1 to 10) and ten of 在宅係 (11 to 20), and records of 感染症係.
pub struct World {
    pub facts: Facts,
    accesses: Vec<Access>,
}

/// 2026-07-14 is a Tuesday.
const DAY: &str = "2026-07-14T";

fn at(clock: &str) -> Timestamp {
    let text = if clock.contains('T') { clock.to_owned() } else { format!("{DAY}{clock}:00") };
    Timestamp::from_japan(text.parse().unwrap())
}
fn account(who: u8) -> AccountId {
    AccountId::from_bytes([who; 16])
}
fn record(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}
fn destination(number: u8) -> DestinationId {
    DestinationId::from_bytes([number; 16])
}

impl World {
    fn new() -> Self {
        let mut facts = Facts::default();
        for who in 1..=20 {
            let section = if who <= 10 { "感染症係" } else { "在宅係" };
            let worker = Worker {
                person: PersonId::from_bytes([who; 16]),
                name: format!("仮田{who} 一美"),
                section: section.into(),
            };
            facts.staff.insert(account(who), worker);
        }
        for number in 1..=200 {
            facts.records.insert(
                record(number),
                About {
                    name: format!("例野{number} 花枝").into(),
                    reading: "レイノ ハナエ".to_owned().into(),
                    section: Some("感染症係".into()),
                    birth_date: None,
                },
            );
        }
        Self { facts, accesses: Vec::new() }
    }

    fn event(&mut self, who: u8, clock: &str, action: Action) -> &mut Access {
        let seq = u64::try_from(self.accesses.len()).unwrap() + 1;
        self.accesses.push(Access {
            seq,
            at: at(clock),
            actor: Some(account(who)),
            action,
            outcome: Outcome::Done,
            reason: None,
            record: None,
            case: None,
            destination: None,
            version: None,
            term: None,
        });
        self.accesses.last_mut().unwrap()
    }
    fn look(&mut self, who: u8, clock: &str, number: u8) -> &mut Self {
        self.event(who, clock, Action::ShowRecord).record = Some(record(number));
        self
    }
    fn work(&mut self, who: u8, clock: &str, number: u8) -> &mut Self {
        self.event(who, clock, Action::RegisterDraft).record = Some(record(number));
        self
    }
    fn search(&mut self, who: u8, clock: &str, term: &str) -> &mut Self {
        self.event(who, clock, Action::SearchRecords).term = Some(Personal::new(term.to_owned()));
        self
    }
    fn send(&mut self, who: u8, clock: &str, number: u8, version: u32) -> &mut Self {
        let access = self.event(who, clock, Action::PrepareTransmission);
        access.record = Some(record(number));
        (access.destination, access.version) = (Some(destination(9)), Some(version));
        self
    }
    fn change(&mut self, who: u8, clock: &str, entry: u8, version: u32) -> &mut Self {
        let access = self.event(who, clock, Action::ProposeDestination);
        (access.destination, access.version) = (Some(destination(entry)), Some(version));
        self
    }
    fn named(&mut self, number: u8, name: &str) -> &mut Self {
        self.facts.records.get_mut(&record(number)).unwrap().name = name.to_owned().into();
        self
    }
    fn born(&mut self, number: u8, date: &str) -> &mut Self {
        let date = date.parse().unwrap();
        self.facts.records.get_mut(&record(number)).unwrap().birth_date = Some(Personal::new(date));
        self
    }
    fn kin(&mut self, who: u8, relation: Relation, name: &str, date: Option<&str>) -> &mut Self {
        self.facts.kin.push(Kin {
            of: PersonId::from_bytes([who; 16]),
            relation,
            name: name.to_owned().into(),
            reading: String::new().into(),
            birth_date: date.map(|date| Personal::new(date.parse().unwrap())),
        });
        self
    }
    fn queue(&self, sample: usize) -> Vec<QueueRow> {
        let last = u64::try_from(self.accesses.len()).unwrap();
        queue(&self.accesses, &self.facts, &Period { seqs: 1..=last, sample, seed: [7; 32] })
    }
    /// Whether any row has the mark.
    fn has(&self, mark: Mark) -> bool {
        self.queue(0).iter().any(|row| row.marks.has(mark))
    }
}

/// Closes a chain where nothing is given back.
trait End {
    fn end(&self) {}
}
impl End for World {}
impl End for Access {}

/// One world where the rule speaks and one, as like it as can be, where it does not.
#[track_caller]
fn check(mark: Mark, positive: impl Fn(&mut World), negative: impl Fn(&mut World)) {
    let (mut yes, mut no) = (World::new(), World::new());
    positive(&mut yes);
    negative(&mut no);
    assert!(yes.has(mark), "{mark:?} is missed: {:?}", yes.queue(0));
    assert!(!no.has(mark), "{mark:?} where it should not be: {:?}", no.queue(0));
}

#[test]
fn work_explains_looks_a_day_around_it_and_the_own_case_for_weeks() {
    for (looked, worked, explained) in [
        ("10:00", "15:00", true),
        ("2026-07-13T16:00:00", "15:00", true),
        ("2026-07-13T14:00:00", "15:00", false),
        ("2026-07-20T10:00:00", "15:00", true),
        ("2026-09-20T10:00:00", "15:00", false),
    ] {
        let mut world = World::new();
        world.work(1, worked, 5).look(1, looked, 5);
        assert_eq!(world.queue(0).is_empty(), explained, "{looked} for work at {worked}");
    }
    let mut other = World::new();
    other.work(2, "10:00", 5).look(1, "11:00", 5);
    let rows = other.queue(0);
    assert_eq!(
        (rows.len(), rows[0].group),
        (1, Group::Unexplained),
        "the work of somebody else explains nothing"
    );
    let mut second_account = World::new();
    second_account.facts.staff.get_mut(&account(2)).unwrap().person = PersonId::from_bytes([1; 16]);
    second_account.work(2, "10:00", 5).look(1, "11:00", 5);
    assert!(second_account.queue(0).is_empty(), "a second account is the same person");
    let mut part = World::new();
    part.work(1, "10:00", 6).look(1, "11:00", 5);
    part.accesses[0].case = Some(record(5));
    assert!(part.queue(0).is_empty(), "work on a part is work on the case");
}

#[test]
fn looking_again_is_one_row_that_says_how_often() {
    let mut world = World::new();
    world.look(1, "10:00", 5).look(1, "10:05", 5).look(1, "2026-07-15T10:00:00", 5);
    let rows = world.queue(0);
    assert_eq!((rows.len(), rows[0].seqs.len(), rows[0].seq), (1, 3, 1));
}

#[test]
fn only_the_first_look_of_the_period_has_to_be_explained() {
    let mut world = World::new();
    world.work(1, "10:00", 5).look(1, "11:00", 5).look(1, "2026-07-17T10:00:00", 5);
    assert!(world.queue(0).is_empty());
}

#[test]
fn names() {
    check(
        Mark::OwnRecord,
        |world| world.named(5, "仮田1　一美").work(1, "10:00", 5).look(1, "10:30", 5).end(),
        |world| {
            world.kin(1, Relation::Own, "仮田1 一美", Some("1980-01-01"));
            world.named(5, "仮田1 一美").born(5, "1951-02-03").work(1, "10:00", 5).look(1, "10:30", 5);
        },
    );
    check(
        Mark::Kin,
        |world| {
            world.kin(1, Relation::Spouse, "例野5 花枝", Some("1980-01-01")).born(5, "1980-01-01");
            world.work(1, "10:00", 5).look(1, "10:30", 5);
        },
        |world| {
            world.kin(1, Relation::Spouse, "例野5 花枝", Some("1980-01-01")).born(5, "1981-01-01");
            world.work(1, "10:00", 5).look(1, "10:30", 5);
        },
    );
    check(
        Mark::Kin,
        |world| world.kin(1, Relation::Household, "例野 友子", None).search(1, "10:00", "例野友子").end(),
        |world| world.kin(2, Relation::Household, "例野 友子", None).search(1, "10:00", "例野友子").end(),
    );
    check(
        Mark::Colleague,
        |world| world.named(5, "仮田2 一美").look(1, "10:00", 5).end(),
        |world| world.named(5, "仮田2 二美").look(1, "10:00", 5).end(),
    );
    check(
        Mark::RareSurname,
        |world| world.named(5, "仮田1 三郎").work(1, "10:00", 5).look(1, "10:30", 5).end(),
        |world| world.named(5, "仮田2 三郎").work(1, "10:00", 5).look(1, "10:30", 5).end(),
    );
    check(
        Mark::SameSurname,
        |world| {
            (50..60).for_each(|number| world.named(number, "仮田1 三郎").end());
            world.work(1, "10:00", 55).look(1, "10:30", 55);
        },
        |world| world.named(5, "仮田1 三郎").work(1, "10:00", 5).look(1, "10:30", 5).end(),
    );
}

#[test]
fn hours_and_sections() {
    for (clock, marked) in [("22:10", true), ("2026-07-12T11:00:00", true), ("18:40", false)] {
        let mut world = World::new();
        world.look(1, clock, 5);
        assert_eq!(world.has(Mark::AfterHours), marked, "{clock}");
    }
    check(
        Mark::AfterHours,
        |world| world.work(1, "15:00", 5).look(1, "22:10", 5).end(),
        |world| world.work(1, "21:50", 6).work(1, "15:00", 5).look(1, "22:10", 5).end(),
    );
    check(
        Mark::OtherSection,
        |world| world.look(11, "10:00", 5).end(),
        |world| world.work(12, "09:00", 5).look(11, "10:00", 5).end(),
    );
    let mut helps = World::new();
    helps.work(11, "09:00", 5).look(11, "10:00", 5);
    assert!(helps.queue(0).is_empty(), "who helps out has work there");
}

/// Everybody opens so many records of their own a day.
fn ordinary_day(world: &mut World, records: u8) {
    for who in 1..=10 {
        for number in 1..=records {
            world.work(who, "10:00", number).look(who, "10:10", number);
        }
    }
}

#[test]
fn volume() {
    check(
        Mark::Volume,
        |world| {
            ordinary_day(world, 8);
            (100..130).for_each(|number| world.look(1, "13:00", number).end());
        },
        |world| {
            ordinary_day(world, 12);
            (100..120).for_each(|number| world.look(1, "13:00", number).end());
        },
    );
    let mut world = World::new();
    ordinary_day(&mut world, 8);
    (100..150).for_each(|number| world.look(1, "13:00", number).end());
    assert_eq!(world.queue(0).len(), 1, "fifty records are one row");
    let mut slow = World::new();
    for day in 13..=17 {
        for who in 1..=10 {
            (1..=2).for_each(|number| slow.look(who, &format!("2026-07-{day}T10:00:00"), number).end());
        }
        let first = (day - 13) * 15 + 50;
        (first..first + 15).for_each(|number| slow.look(1, &format!("2026-07-{day}T11:00:00"), number).end());
    }
    assert!(slow.has(Mark::Volume), "a little every day adds up");
}

#[test]
fn searches() {
    let names = ["架空 一", "架空 二", "試野 三", "試野 四", "見本 五", "見本 六"];
    check(
        Mark::SearchOnly,
        |world| names.iter().for_each(|name| world.search(1, "12:30", name).end()),
        |world| {
            for (number, name) in (1..).zip(names) {
                world.search(1, "12:30", name).look(1, "12:31", number).work(1, "12:32", number);
            }
        },
    );
    check(
        Mark::SearchOnly,
        |world| names.iter().for_each(|name| world.search(1, "12:30", name).end()),
        |world| {
            for typed in ["か", "かり", "かりの", "かりの は", "かりの はな", "かりの はなえ"]
            {
                world.search(1, "12:30", typed);
            }
        },
    );
}

#[test]
fn sendings() {
    let media = |world: &mut World| assert!(world.facts.media.insert(destination(9)));
    check(
        Mark::TakenOut,
        |world| {
            media(world);
            world.send(1, "10:00", 5, 1);
        },
        |world| world.send(1, "10:00", 5, 1).end(),
    );
    let mut own = World::new();
    media(&mut own);
    own.look(1, "09:50", 5).send(1, "10:00", 5, 1);
    let groups: Vec<Group> = own.queue(0).iter().map(|row| row.group).collect();
    assert_eq!(groups, [Group::Unexplained, Group::Rule], "taking it out does not explain having looked");
    let arrived = |world: &mut World| {
        let (record, destination) = (record(5), destination(9));
        world.facts.arrived.push(Sent { record, version: 1, destination, at: at("09:00") });
    };
    check(
        Mark::SentAgain,
        |world| {
            arrived(world);
            world.send(1, "10:00", 5, 1);
        },
        |world| {
            arrived(world);
            world.send(1, "10:00", 5, 2);
        },
    );
}

#[test]
fn the_register() {
    check(
        Mark::NewDestination,
        |world| world.change(1, "10:00", 3, 1).end(),
        |world| world.change(1, "10:00", 3, 2).end(),
    );
    check(
        Mark::DestinationChanged,
        |world| world.change(1, "10:00", 3, 2).end(),
        |world| world.change(1, "10:00", 3, 1).end(),
    );
    check(
        Mark::ChangedTwice,
        |world| world.change(1, "10:00", 3, 2).change(1, "2026-07-16T10:00:00", 3, 3).end(),
        |world| world.change(1, "10:00", 3, 2).change(1, "2026-08-16T10:00:00", 3, 3).end(),
    );
}

#[test]
fn coming_back_and_coming_in_crowds() {
    check(
        Mark::Again,
        |world| (13..=16).for_each(|day| world.look(1, &format!("2026-07-{day}T10:00:00"), 5).end()),
        |world| (13..=14).for_each(|day| world.look(1, &format!("2026-07-{day}T10:00:00"), 5).end()),
    );
    check(
        Mark::Crowd,
        |world| (1..=3).for_each(|who| world.look(who, "10:00", 5).end()),
        |world| (1..=3).for_each(|who| world.look(who, "10:00", who).end()),
    );
}

#[test]
fn a_day_of_unexplained_looks_is_one_row() {
    check(
        Mark::Browsed,
        |world| (1..=3).for_each(|number| world.look(1, "10:00", number).end()),
        |world| (1..=3).for_each(|number| world.look(number, "10:00", number).end()),
    );
    let mut world = World::new();
    (1..=6).for_each(|number| world.look(1, "10:00", number).end());
    world.named(3, "仮田1 一美");
    let rows = world.queue(0);
    assert_eq!(
        rows.iter().map(|row| row.seqs.len()).collect::<Vec<_>>(),
        [1, 5],
        "the own record stays by itself"
    );
}

fn misses(world: &mut World, who: u8, times: usize) {
    for _ in 0..times {
        let access = world.event(who, "10:00", Action::MatchTransmission);
        (access.outcome, access.reason) = (Outcome::Failed, Some(Reason::BlindMismatch));
    }
}

#[test]
fn blind_checks() {
    check(Mark::Misses, |world| misses(world, 1, 7), |world| (1..=4).for_each(|who| misses(world, who, 3)));
}

fn refused(world: &mut World, who: u8, times: usize, reason: Reason) {
    for _ in 0..times {
        let access = world.event(who, "10:00", Action::SignInRefusedEarlier);
        (access.outcome, access.reason) = (Outcome::Failed, Some(reason));
    }
}

#[test]
fn devices() {
    check(
        Mark::ClockStep,
        |world| world.event(1, "10:00", Action::ClockStep).end(),
        |world| world.event(1, "10:00", Action::VerifyLog).end(),
    );
    check(
        Mark::PreLoginAltered,
        |world| world.event(1, "10:00", Action::PreLoginFileAltered).end(),
        |world| world.event(1, "10:00", Action::SignIn).end(),
    );
    for action in [Action::EpochStart, Action::TailBroken, Action::ApproveLogPurge, Action::ExportLog] {
        check(
            Mark::LogItself,
            |world| world.event(1, "10:00", action).end(),
            |world| world.event(1, "10:00", Action::Heartbeat).end(),
        );
    }
    check(
        Mark::LogItself,
        |world| world.event(1, "10:00", Action::NoteVerification).outcome = Outcome::Failed,
        |world| world.event(1, "10:00", Action::NoteVerification).end(),
    );
    check(
        Mark::LockedOut,
        |world| refused(world, 1, 1, Reason::LockedOut),
        |world| refused(world, 1, 6, Reason::SignInWrong),
    );
    check(
        Mark::FailedSignIn,
        |world| refused(world, 1, 4, Reason::SignInWrong),
        |world| world.event(1, "10:00", Action::SignIn).end(),
    );
    check(
        Mark::Denied,
        |world| world.event(1, "10:00", Action::ShowRecord).outcome = Outcome::Denied,
        |world| world.event(1, "10:00", Action::ShowTimeline).outcome = Outcome::Failed,
    );
    let mut slips = World::new();
    (1..=9).for_each(|who| refused(&mut slips, who, 1, Reason::SignInWrong));
    let rows = slips.queue(0);
    assert_eq!((rows.len(), rows[0].seqs.len()), (1, 9), "slips of the finger are one row");
}

#[test]
fn groups_come_in_their_order_and_every_row_has_an_event_of_its_own() {
    let mut world = World::new();
    ordinary_day(&mut world, 8);
    world.named(200, "仮田1 一美").look(1, "11:00", 200).look(2, "11:00", 199).change(3, "12:00", 3, 2);
    refused(&mut world, 4, 5, Reason::SignInWrong);
    let rows = world.queue(20);
    let groups: Vec<Group> = rows.iter().map(|row| row.group).collect();
    assert!(groups.iter().map(|group| group.part()).is_sorted(), "{groups:?}");
    let count = |group| groups.iter().filter(|known| **known == group).count();
    assert_eq!(Group::ALL.map(count), [2, 1, 20, 1]);
    assert!(rows[0].marks.has(Mark::OwnRecord), "unexplained with a mark comes first");
    let seqs: std::collections::BTreeSet<u64> = rows.iter().map(|row| row.seq).collect();
    assert_eq!(seqs.len(), rows.len());
    assert_eq!(rows, world.queue(20), "the same again from the same seed");
}
