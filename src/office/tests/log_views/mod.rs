//! What supervisors see of the log is what was sealed, whatever is looked for and whatever somebody did to the tables.
mod found;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::support::*;
use crate::domain::ids::{AccountId, RecordId, StaffNumber};
use crate::domain::sensitive::Personal;
use crate::domain::time::{Clock as _, Timestamp};
use crate::office::audit::append::Scribe;
use crate::office::audit::event::{Event, Origin};
use crate::office::audit::filter::LogFilter;
use crate::office::audit::glance::Damage;
use crate::office::audit::{self, Action, Note, ObjectKind, Outcome, RefKey};
use crate::office::ops::*;
use crate::office::*;
use crate::os::entropy::KernelEntropy;

const ACTIONS: [Action; 5] = [
    Action::ShowRecord,
    Action::ResumeDraft,
    Action::PrepareTransmission,
    Action::ShowTimeline,
    Action::NoteIncidentStep,
];
const KINDS: [ObjectKind; 5] = [
    ObjectKind::Record,
    ObjectKind::Draft,
    ObjectKind::Transmission,
    ObjectKind::Incident,
    ObjectKind::Nothing,
];
const TERMINALS: [&str; 3] = ["pts/1", "pts/2", "tty1"];

/// One event that somebody may have caused.
#[derive(Clone, Debug)]
struct Made {
    who: usize,
    action: usize,
    kind: usize,
    /// Which record, or which thing of the kind.
    object: usize,
    /// A record, or a sending, beside it.
    beside: Option<(bool, usize)>,
    terminal: usize,
    wait_s: i64,
}

/// What somebody who owns the database does to one row.
#[derive(Clone, Debug)]
enum Attack {
    Actor,
    Action,
    Object,
    Wall,
    /// One bit of the body.
    Flip(u16),
    /// The body of the row before.
    Copy,
    Erase,
    Delete,
}

fn made() -> impl Strategy<Value = Made> {
    let beside = proptest::option::of((any::<bool>(), 0..4usize));
    (0..3usize, 0..5usize, 0..5usize, 0..4usize, beside, 0..3usize, 0..40_000i64).prop_map(
        |(who, action, kind, object, beside, terminal, wait_s)| Made {
            who,
            action,
            kind,
            object,
            beside,
            terminal,
            wait_s,
        },
    )
}

fn attack() -> impl Strategy<Value = Attack> {
    prop_oneof![
        4 => Just(Attack::Actor),
        4 => Just(Attack::Action),
        4 => Just(Attack::Object),
        4 => Just(Attack::Wall),
        1 => any::<u16>().prop_map(Attack::Flip),
        1 => Just(Attack::Copy),
        1 => Just(Attack::Erase),
        1 => Just(Attack::Delete),
    ]
}

/// A part of the events; each choice may be left open.
#[derive(Clone, Debug)]
struct Sought {
    whom: Option<usize>,
    staff: Option<usize>,
    actions: Vec<usize>,
    days: Option<(i64, i64)>,
    terminal: Option<usize>,
}

fn sought() -> impl Strategy<Value = Sought> {
    (
        proptest::option::of(0..3usize),
        proptest::option::of(0..3usize),
        proptest::collection::vec(0..5usize, 0..3),
        proptest::option::of((0..6i64, 0..6i64)),
        proptest::option::of(0..3usize),
    )
        .prop_map(|(whom, staff, actions, days, terminal)| Sought {
            whom,
            staff,
            actions,
            days,
            terminal,
        })
}

/// An office with three records, of which the first two are about one person.
struct Scene {
    place: Place,
    supervisor: Session,
    accounts: [AccountId; 3],
    records: [RecordId; 3],
}

const NUMBERS: [&str; 3] = ["1001", "1003", "1002"];

impl Scene {
    fn new() -> Self {
        let place = Place::new();
        let mut clerk = place.sign_in("1001");
        let records = [(); 3].map(|()| register(&mut clerk, &ehec()));
        clerk.perform(DeclareSame { record: records[0], others: vec![records[1]] }).unwrap();
        let supervisor = place.sign_in("2001");
        let accounts = NUMBERS.map(|number| place.sign_in(number).face().account);
        supervisor
            .store
            .raw()
            .execute_batch(
                "DROP TRIGGER audit_event_fixed; DROP TRIGGER audit_event_kept; PRAGMA foreign_keys = OFF;",
            )
            .unwrap();
        Self { place, supervisor, accounts, records }
    }

    /// Ids of records first, then of things that no table knows.
    fn id(&self, kind: ObjectKind, at: usize) -> [u8; 16] {
        match (kind, self.records.get(at)) {
            (ObjectKind::Record, Some(record)) => *record.as_bytes(),
            (ObjectKind::Nothing, _) => [0; 16],
            (kind, _) => {
                let mut id = [u8::try_from(at).unwrap() + 100; 16];
                id[0] = u8::try_from(kind.code()).unwrap();
                id
            }
        }
    }

    fn write(&mut self, made: &Made) {
        self.place.wait(made.wait_s);
        let kind = KINDS[made.kind];
        let mut note = Note::new(ACTIONS[made.action], Outcome::Done);
        note.object = (kind, self.id(kind, made.object));
        note.refs.extend(made.beside.map(|(record, at)| match record {
            true => (RefKey::Record, self.id(ObjectKind::Record, at).to_vec()),
            false => (RefKey::Transmission, self.id(ObjectKind::Transmission, at).to_vec()),
        }));
        let origin = Origin { terminal: TERMINALS[made.terminal].into(), ..Origin::default() };
        let mut tx = self.supervisor.store.begin().unwrap();
        let scribe = Scribe {
            log: self.supervisor.house.log_name(&tx).unwrap(),
            reading: self.place.clock.read(),
            actor: Some(self.accounts[made.who]),
            session: None,
            origin: &origin,
            host: self.supervisor.keys.host(),
        };
        let entry = audit::append(&mut tx, &scribe, note, &mut KernelEntropy).unwrap();
        tx.commit(entry).unwrap();
    }

    /// The rows as they were written, after this one.
    fn written_after(&self, seq: u64) -> impl Iterator<Item = (u64, (Event, State))> + use<> {
        let query = format!("SELECT body FROM audit_event WHERE seq > {seq}");
        let mut statement = self.supervisor.store.raw().prepare(&query).unwrap();
        let bodies = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        let events: Vec<Event> = bodies.map(|body| Event::decode(&body.unwrap()).unwrap()).collect();
        events.into_iter().map(|event| (event.seq, (event, State::Sound)))
    }

    fn sql(&self, sql: &str) {
        self.supervisor.store.raw().execute_batch(sql).unwrap();
    }

    /// Does it, and says what of the row is left.
    fn attack(&self, seq: u64, attack: &Attack, event: &Event) -> State {
        let set = |what: &str| self.sql(&format!("UPDATE audit_event SET {what} WHERE seq = {seq}"));
        match attack {
            Attack::Actor => set("actor = zeroblob(16)"),
            Attack::Action => set("action = 11"),
            Attack::Object => set("object = zeroblob(16), object_kind = 0"),
            Attack::Wall => set("wall_us = 0"),
            Attack::Flip(bit) => {
                let mut body = event.encode();
                let at = usize::from(*bit) % body.len();
                body[at] ^= 1 << (bit % 8);
                let is_read = Event::decode(&body).is_some_and(|event| event.seq == seq);
                let is_moved = Event::decode(&body).is_some_and(|event| event.seq != seq);
                set(&format!("body = x'{}'", data_encoding::HEXLOWER.encode(&body)));
                return State::Damaged(match (is_read, is_moved) {
                    (true, _) => Damage::Altered,
                    (_, true) => Damage::Misplaced,
                    _ => Damage::Unreadable,
                });
            }
            Attack::Copy => {
                self.sql(&format!(
                    "UPDATE audit_event SET (body, hash) = (SELECT body, hash FROM backup WHERE seq = {seq} - 1)
                     WHERE seq = {seq}"
                ));
                return State::Damaged(Damage::Misplaced);
            }
            Attack::Erase => {
                set("body = NULL");
                return State::Erased;
            }
            Attack::Delete => {
                self.sql(&format!("DELETE FROM audit_event WHERE seq = {seq}"));
                return State::Gone;
            }
        }
        State::Sound
    }

    fn query(&self, sought: &Sought) -> LogQuery {
        let day = |days: i64| START.plus_seconds(days * 86_400).date_in_japan();
        LogQuery {
            whom: sought.whom.map(|at| Whom::Record(self.records[at])),
            staff: sought.staff.map(|at| StaffNumber::parse(NUMBERS[at]).unwrap()),
            actions: sought.actions.iter().map(|at| ACTIONS[*at]).collect(),
            from: sought.days.map(|(from, _)| day(from)),
            to: sought.days.map(|(from, length)| day(from + length)),
            terminal: sought.terminal.map(|at| TERMINALS[at].to_owned()),
        }
    }

    /// The same question, said to the events themselves.
    fn oracle(&self, sought: &Sought, log: &BTreeMap<u64, (Event, State)>) -> LogFilter {
        let midnight = |days: i64| {
            let day = START.plus_seconds(days * 86_400).date_in_japan();
            Timestamp::from_japan(day.and_hms_opt(0, 0, 0).unwrap())
        };
        LogFilter {
            named: sought.whom.map(|at| self.names_of(at, log)),
            staff: sought.staff.map(|at| self.accounts[at]),
            actions: Some(sought.actions.iter().map(|at| ACTIONS[*at]).collect::<BTreeSet<_>>())
                .filter(|actions| !actions.is_empty()),
            from: sought.days.map(|(from, _)| midnight(from)),
            until: sought.days.map(|(from, length)| midnight(from + length + 1)),
            terminal: sought.terminal.map(|at| TERMINALS[at].to_owned()),
        }
    }

    /// Both records of the first person, or the other one's; and the things that events say are theirs.
    fn names_of(&self, at: usize, log: &BTreeMap<u64, (Event, State)>) -> BTreeSet<[u8; 16]> {
        let own: &[RecordId] = if at < 2 { &self.records[..2] } else { &self.records[2..] };
        let mut names: BTreeSet<[u8; 16]> = own.iter().map(|record| *record.as_bytes()).collect();
        for (event, state) in log.values() {
            let thing = [ObjectKind::Draft, ObjectKind::Transmission, ObjectKind::Incident];
            let beside = [RefKey::Record, RefKey::Transmission].map(|key| event.reference(key));
            let theirs =
                beside.iter().flatten().any(|id| names.contains(<&[u8; 16]>::try_from(*id).unwrap()));
            if *state == State::Sound && thing.contains(&event.object.0) && theirs {
                names.insert(event.object.1);
            }
        }
        names
    }

    /// Every page of the view, the newest first.
    fn view(&mut self, query: &LogQuery) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut before = None;
        loop {
            let page = self.supervisor.perform(ListLog { before, query: query.clone() }).unwrap();
            shown.extend(page.rows.iter().map(|row| match row {
                LogRow::Event(line) => Shown::Event(line.seq),
                LogRow::Damaged { seq, damage } => Shown::Damaged(*seq, *damage),
                LogRow::Erased { first, last } => Shown::Erased(*first, *last),
                LogRow::Missing { first, last } => Shown::Missing(*first, *last),
            }));
            match page.older {
                Some(older) => before = Some(older),
                None => return shown,
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Sound,
    Damaged(Damage),
    Erased,
    Gone,
}

#[derive(Debug, PartialEq, Eq)]
enum Shown {
    Event(u64),
    Damaged(u64, Damage),
    Erased(u64, u64),
    Missing(u64, u64),
}

/// What the view has to show.
fn expected(log: &BTreeMap<u64, (Event, State)>, filter: &LogFilter) -> Vec<Shown> {
    let mut shown = Vec::new();
    let (mut erased, mut gone): (Option<u64>, Option<u64>) = (None, None);
    for (seq, (event, state)) in log.iter().rev() {
        if *state != State::Gone
            && let Some(last) = gone.take()
        {
            shown.push(Shown::Missing(seq + 1, last));
        }
        match state {
            State::Gone => {
                gone.get_or_insert(*seq);
            }
            State::Sound if filter.admits(event) => shown.push(Shown::Event(*seq)),
            State::Sound => {}
            State::Damaged(damage) => shown.push(Shown::Damaged(*seq, *damage)),
            State::Erased => match (erased, shown.last_mut()) {
                (Some(next), Some(Shown::Erased(first, _))) if next == seq + 1 => *first = *seq,
                _ => shown.push(Shown::Erased(*seq, *seq)),
            },
        }
        erased = (*state == State::Erased).then_some(*seq);
    }
    shown.extend(gone.map(|last| Shown::Missing(1, last)));
    shown
}

/// The filtered view of a log in which somebody edited columns, bodies and rows is what the oracle says of the events
/// as they were written; what cannot be read, or is not there, stands in it whatever is looked for.
#[test]
fn nothing_is_hidden_from_a_filtered_view() {
    let mut scene = Scene::new();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let cases = (
        proptest::collection::vec(made(), 1..40),
        proptest::collection::vec((any::<proptest::sample::Index>(), attack()), 0..12),
        proptest::collection::vec(sought(), 1..5),
    );
    let scene = std::cell::RefCell::new(&mut scene);
    runner
        .run(&cases, |(events, attacks, questions)| {
            let mut scene = scene.borrow_mut();
            events.iter().for_each(|made| scene.write(made));
            let mut log: BTreeMap<u64, (Event, State)> = scene.written_after(0).collect();
            scene.sql("CREATE TEMP TABLE backup AS SELECT * FROM audit_event");
            // Not the last row: a log that ends before its seal is refused altogether.
            let rows = log.len() - 1;
            for (at, attack) in &attacks {
                let seq = u64::try_from(at.index(rows)).unwrap() + 1;
                let (event, state) = log.get_mut(&seq).unwrap();
                if *state == State::Sound && seq > 1 {
                    *state = scene.attack(seq, attack, event);
                }
            }
            for sought in &questions {
                let oracle = expected(&log, &scene.oracle(sought, &log));
                let query = scene.query(sought);
                prop_assert_eq!(scene.view(&query), oracle, "{:?}", sought);
                // The view itself is on record by now.
                let after = *log.keys().last().unwrap();
                log.extend(scene.written_after(after));
            }
            scene.sql("INSERT OR REPLACE INTO audit_event SELECT * FROM backup; DROP TABLE backup");
            Ok(())
        })
        .unwrap();
}
