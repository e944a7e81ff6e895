//! Two processes at the same transmission, in hundreds of orders of events.
//!
//! What is judged is what really happened: the files that arrived, the answers that were given, the rows as they stand.
//! No guard is asked.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::thread;

use super::sending::courier;
use super::support::*;
use crate::courier::run_once;
use crate::domain::chance::Chance;
use crate::domain::ids::{DestinationId, RecordId, TransmissionId};
use crate::form::Values;
use crate::office::ops::*;
use crate::office::*;
use crate::order::names;

const SCHEDULES: u64 = 200;
const AT_ONCE: u64 = 20;
/// One house serves so many: a house takes half a second to set up, and its list of destinations should stay short.
const PER_HOUSE: u64 = 20;

/// The second person, a rival second person, a second account of the author's, and the author.
const SECOND: &str = "1002";
const RIVAL: &str = "1003";
const TWIN: &str = "1101";
const AUTHOR: &str = "1001";

/// What a process does in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Begin(&'static str),
    Match(&'static str, bool),
    Confirm(&'static str),
    Return(&'static str),
    Withdraw,
    NewVersion,
    Freeze,
    Courier,
    Receipts,
}

impl Op {
    const fn kind(self) -> &'static str {
        match self {
            Self::Begin(_) => "begin",
            Self::Match(..) => "match",
            Self::Confirm(_) => "confirm",
            Self::Return(_) => "return",
            Self::Withdraw => "withdraw",
            Self::NewVersion => "new version",
            Self::Freeze => "freeze",
            Self::Courier => "courier",
            Self::Receipts => "receipts",
        }
    }
    /// Answered with yes before anything arrived, these promise that nothing will.
    const fn stops(self) -> bool {
        matches!(self, Self::Return(_) | Self::Withdraw | Self::NewVersion | Self::Freeze)
    }
}

/// What is drawn as one: a confirmation has three steps, and anything may come between them.
fn piece(chance: &mut Chance) -> Vec<Op> {
    let who = chance.pick(&[SECOND, SECOND, SECOND, RIVAL, RIVAL, RIVAL, TWIN, AUTHOR]);
    match chance.below(16) {
        0..=5 => vec![Op::Begin(who), Op::Match(who, !chance.one_in(8)), Op::Confirm(who)],
        6 => vec![Op::Begin(who), Op::Confirm(who)],
        7 => vec![Op::Return(who)],
        8 => vec![Op::Withdraw],
        9 => vec![Op::NewVersion],
        10 => vec![Op::Withdraw, Op::NewVersion],
        11 => vec![Op::Freeze],
        12..=14 => vec![Op::Courier],
        _ => vec![Op::Receipts],
    }
}

fn program(chance: &mut Chance) -> Vec<Op> {
    (0..2 + chance.below(3)).flat_map(|_| piece(chance)).collect()
}

/// A house with a destination in force, used for several schedules.
struct Scene {
    place: Place,
    /// Signed in once: the author takes back, corrects and follows up through both.
    processes: [Process; 2],
    destination: DestinationId,
    destinations: u32,
    usual: Values,
    corrected: Values,
}

/// One process: an office handle with locks and connections of its own, and whoever is signed in there.
struct Process {
    office: Office,
    author: Session,
    present: BTreeMap<&'static str, (Session, [u8; 16])>,
}

/// The transmission that a schedule is about, as it was when it was submitted.
struct Case {
    record: RecordId,
    destination: DestinationId,
    transmission: TransmissionId,
    pages: u32,
    submitted: Vec<u8>,
}

/// An operation, whether it did what it is for, and whether the package lay at its destination afterwards.
#[derive(Clone, Copy, Debug)]
struct Answered {
    op: Op,
    done: bool,
    arrived: bool,
}

impl Scene {
    fn new() -> Self {
        let place = Place::new();
        place.link_accounts();
        let destination = place.destination();
        let processes = [place.office.clone(), place.other_office()].map(|office| {
            let author = enter(&place, &office, AUTHOR).unwrap();
            Process { office, author, present: BTreeMap::new() }
        });
        let (usual, corrected) = (ehec(), edited());
        Self { place, processes, destination, destinations: 0, usual, corrected }
    }

    /// A new record and its transmission. Somebody else than the sender may have written the record.
    fn submit(&mut self, chance: &mut Chance) -> Case {
        if frozen(&self.processes[0].author, self.destination) {
            self.destinations += 1;
            let code = format!("D{}", 100 + self.destinations);
            self.destination = self.place.in_force(DestinationProposal { code, ..self.place.proposal() });
        }
        let record = if chance.one_in(8) {
            register(&mut self.place.sign_in(RIVAL), &self.usual)
        } else {
            register(&mut self.processes[0].author, &self.usual)
        };
        let author = &mut self.processes[0].author;
        let Prepared { transmission, pages, .. } = prepare(author, record, self.destination);
        let query = "SELECT artefact FROM transmission WHERE id = ?1";
        let row = |row: &rusqlite::Row<'_>| row.get(0);
        let submitted = author.store.raw().query_row(query, [transmission.as_bytes()], row).unwrap();
        Case { record, destination: self.destination, transmission, pages, submitted }
    }

    /// The two programs, step by step in an order that the seed decides.
    fn interleave(&mut self, case: &Case, programs: [Vec<Op>; 2], chance: &mut Chance) -> Vec<Answered> {
        let mut rest = programs.map(Vec::into_iter);
        let mut answers = Vec::new();
        while rest.iter().any(|ops| ops.len() > 0) {
            let at = chance.below(2);
            let Some(op) = rest[at].next() else { continue };
            answers.push(self.processes[at].step(&self.place, case, op, &self.corrected));
        }
        answers
    }

    /// The two programs in two threads. What comes between what is up to the machine.
    fn at_once(&mut self, case: &Case, programs: [Vec<Op>; 2]) -> Vec<Answered> {
        let (place, corrected, barrier) = (&self.place, &self.corrected, &Barrier::new(2));
        thread::scope(|scope| {
            let both: Vec<_> = self
                .processes
                .iter_mut()
                .zip(programs)
                .map(|(process, ops)| {
                    scope.spawn(move || -> Vec<Answered> {
                        barrier.wait();
                        ops.into_iter().map(|op| process.step(place, case, op, corrected)).collect()
                    })
                })
                .collect();
            both.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        })
    }

    /// The rest of the day: the courier comes once more, and somebody looks what became of it.
    fn close(&mut self, case: &Case) -> Vec<Answered> {
        let process = &mut self.processes[0];
        [Op::Courier, Op::Receipts].map(|op| process.step(&self.place, case, op, &self.corrected)).to_vec()
    }

    fn leave(&mut self) {
        self.processes.iter_mut().for_each(|process| process.present.clear());
    }
}

/// As [`Place::sign_in`], through any process. At the same moment elsewhere, the same code may be refused.
fn enter(place: &Place, office: &Office, number: &str) -> Result<Session, Reason> {
    place.wait(31);
    match office.sign_in(&place.credentials(number))? {
        SignedIn::In(session) => Ok(*session),
        SignedIn::MustEnrol(_) => panic!("{number} has to enrol"),
    }
}

fn frozen(session: &Session, id: DestinationId) -> bool {
    let query = "SELECT max(frozen_at IS NOT NULL) FROM destination WHERE id = ?1";
    session.store.raw().query_row(query, [id.as_bytes()], |row| row.get(0)).unwrap()
}

impl Process {
    fn step(&mut self, place: &Place, case: &Case, op: Op, corrected: &Values) -> Answered {
        let done = self.perform(place, case, op, corrected).unwrap_or(false);
        Answered { op, done, arrived: !arrivals(place, case.transmission).is_empty() }
    }

    /// Whether the operation did what it is for; a refusal comes with its reason.
    fn perform(&mut self, place: &Place, case: &Case, op: Op, corrected: &Values) -> Result<bool, Reason> {
        let transmission = case.transmission;
        match op {
            Op::Begin(who) => {
                let session = enter(place, &self.office, who)?;
                let (session, evidence) = self.present.entry(who).insert_entry((session, [0; 16])).into_mut();
                let begin = BeginConfirmation { transmission, proof: Proof::JustSignedIn };
                *evidence = session.perform(begin)?.evidence;
            }
            Op::Match(who, right) => {
                let (session, evidence) = self.present.get_mut(who).ok_or(Reason::NotMatched)?;
                let pages = if right { case.pages } else { case.pages + 1 };
                let answers = place.answers(pages);
                let outcome =
                    session.perform(MatchTransmission { transmission, evidence: *evidence, answers })?;
                return Ok(matches!(outcome, MatchOutcome::Match(_)));
            }
            Op::Confirm(who) => {
                let (session, evidence) = self.present.get_mut(who).ok_or(Reason::NotMatched)?;
                session.perform(ConfirmTransmission { transmission, evidence: *evidence })?;
            }
            Op::Return(who) => {
                enter(place, &self.office, who)?.perform(ReturnTransmission { transmission })?;
            }
            Op::Withdraw => self.author.perform(WithdrawTransmission { transmission })?,
            Op::NewVersion => {
                let draft = self.author.perform(ReviseRecord { record: case.record })?.draft;
                let register = RegisterDraft { draft, values: corrected.clone(), passed: Vec::new() };
                return Ok(matches!(self.author.perform(register)?, RegisterOutcome::Registered(_)));
            }
            Op::Freeze => self.author.perform(FreezeDestination { id: case.destination })?,
            Op::Courier => {
                let round = run_once(&courier(place), &place.clock).unwrap();
                let sent = |delivery: &crate::courier::Delivery| {
                    delivery.transmission == transmission && delivery.code() == "sent"
                };
                return Ok(round.iter().any(sent));
            }
            Op::Receipts => return Ok(self.author.perform(TakeReceipts)? > 0),
        }
        Ok(true)
    }
}

/// Every file of this transmission in any folder of the drop.
fn arrivals(place: &Place, id: TransmissionId) -> Vec<PathBuf> {
    let drop_root = courier(place).carriers.folder.unwrap().drop_root;
    let folders = std::fs::read_dir(drop_root).unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let name = id.to_string();
    let ours = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().contains(&name);
    files.map(|file| file.unwrap().path()).filter(ours).collect()
}

/// The row and the people behind it.
#[derive(Debug)]
struct Row {
    state: String,
    address: String,
    /// Number and person of the author, of the editor, and of the second person.
    author: (String, Vec<u8>),
    editor: Vec<u8>,
    second: Option<(String, Vec<u8>)>,
}

fn row(session: &Session, id: TransmissionId) -> Row {
    let query =
        "SELECT t.state, d.address, a.number, a.person, e.person, s.number, s.person FROM transmission t
                 JOIN destination d ON d.id = t.destination AND d.version = t.destination_version
                 JOIN record_version v ON v.record = t.record AND v.version = t.record_version
                 JOIN staff a ON a.account = t.author JOIN staff e ON e.account = v.editor
                 LEFT JOIN staff s ON s.account = t.second WHERE t.id = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        let second: Option<String> = row.get(5)?;
        Ok(Row {
            state: row.get(0)?,
            address: row.get(1)?,
            author: (row.get(2)?, row.get(3)?),
            editor: row.get(4)?,
            second: second.map(|number| row.get(6).map(|person| (number, person))).transpose()?,
        })
    };
    session.store.raw().query_row(query, [id.as_bytes()], read).unwrap()
}

/// Judges a schedule that is over. Gives whether the package arrived.
fn judge(scene: &Scene, case: &Case, answers: &[Answered], in_order: bool) -> bool {
    let row = row(&scene.processes[1].author, case.transmission);
    let found = arrivals(&scene.place, case.transmission);
    let told = format!("{row:?} {found:?} {answers:#?}");
    let confirmed: Vec<&str> = answers.iter().filter_map(confirmer).collect();
    assert!(confirmed.len() <= 1, "confirmed twice: {told}");
    let second = row.second.as_ref().map(|(number, _)| number.as_str());
    assert_eq!(second, confirmed.first().copied(), "the row names somebody else: {told}");
    let handed_over = answers.iter().filter(|answer| answer.op == Op::Courier && answer.done).count();
    assert!(found.len() <= 1 && handed_over == found.len(), "{handed_over} handed over: {told}");
    assert_eq!(found.len() == 1, row.state == "sent", "told otherwise than it happened: {told}");
    let stopped = answers.iter().any(|answer| answer.done && answer.op.stops());
    match found.first() {
        Some(file) => judge_arrival(case, &row, file, answers, in_order, &told),
        None => assert!(confirmed.is_empty() || stopped, "agreed, not stopped, not sent: {told}"),
    }
    found.len() == 1
}

fn confirmer(answer: &Answered) -> Option<&'static str> {
    match answer.op {
        Op::Confirm(who) if answer.done => Some(who),
        _ => None,
    }
}

fn judge_arrival(case: &Case, row: &Row, file: &Path, answers: &[Answered], in_order: bool, told: &str) {
    assert!(std::fs::read(file).unwrap() == case.submitted, "other bytes: {told}");
    assert_eq!(file.file_name().unwrap().to_str().unwrap(), names::of(case.transmission, names::PACKAGE));
    let folder = file.parent().unwrap().file_name().unwrap().to_str().unwrap();
    assert_eq!((folder, row.address.as_str()), (ADDRESS, ADDRESS), "another address: {told}");
    let (number, person) = row.second.as_ref().unwrap_or_else(|| panic!("nobody confirmed it: {told}"));
    assert!(*number != row.author.0 && *person != row.author.1, "one person: {told}");
    assert!(*person != row.editor, "the second person has written it: {told}");
    for answer in answers.iter().filter(|answer| answer.done && answer.op.stops()) {
        // Between two threads nobody knows what came first; but these two are final however it was.
        let final_anyway = matches!(answer.op, Op::Withdraw | Op::Return(_));
        let before = in_order && !answer.arrived;
        assert!(!(final_anyway || before), "{:?} was promised: {told}", answer.op);
    }
}

#[derive(Default)]
struct Tally {
    delivered: u32,
    stopped: u32,
    /// Done and not done, by kind of operation.
    kinds: BTreeMap<&'static str, (u32, u32)>,
}

impl Tally {
    fn count(&mut self, answers: &[Answered], arrived: bool) {
        for answer in answers {
            let (done, refused) = self.kinds.entry(answer.op.kind()).or_default();
            *if answer.done { done } else { refused } += 1;
        }
        let stopped = answers.iter().any(|answer| answer.done && answer.op.stops());
        self.delivered += u32::from(arrived);
        self.stopped += u32::from(stopped && !arrived);
    }
}

/// The schedules with these seeds, either in the order that the seed says or in two threads at once.
fn run(seeds: std::ops::Range<u64>, in_order: bool) -> Tally {
    let mut tally = Tally::default();
    let mut scene = Scene::new();
    for seed in seeds {
        if seed % PER_HOUSE == PER_HOUSE - 1 {
            scene = Scene::new();
        }
        let mut chance = Chance(seed);
        let case = scene.submit(&mut chance);
        let programs = [program(&mut chance), program(&mut chance)];
        let mut answers = if in_order {
            scene.interleave(&case, programs, &mut chance)
        } else {
            scene.at_once(&case, programs)
        };
        answers.extend(scene.close(&case));
        scene.leave();
        let arrived = judge(&scene, &case, &answers, in_order);
        tally.count(&answers, arrived);
    }
    println!("{} delivered, {} stopped, {:?}", tally.delivered, tally.stopped, tally.kinds);
    tally
}

#[test]
fn two_processes_in_any_order_send_once_or_not_at_all() {
    let tally = run(0..SCHEDULES, true);
    assert!(tally.delivered >= 30 && tally.stopped >= 30, "{} {}", tally.delivered, tally.stopped);
    for (kind, (done, refused)) in tally.kinds {
        // The stop button is refused to nobody who may press it.
        assert!(done >= 5 && (refused >= 5 || kind == "freeze"), "{kind}: {done} done, {refused} refused");
    }
}

#[test]
fn two_processes_at_once_send_once_or_not_at_all() {
    let tally = run(SCHEDULES..SCHEDULES + AT_ONCE, false);
    assert!(tally.delivered > 0 && tally.stopped > 0, "{} {}", tally.delivered, tally.stopped);
}
