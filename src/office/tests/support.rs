//! A small office with a clock that only moves when told.
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use crate::domain::destination::Channel as DestinationChannel;
use crate::domain::ids::{DestinationId, RecordId, TransmissionId};
use crate::domain::intake::{Channel, Intake};
use crate::domain::sensitive::{Personal, Secret};
use crate::domain::staff::{Role, Roles};
use crate::domain::time::{Clock, Reading, Timestamp};
use crate::form::{Catalog, SiteFiles, Value, Values, shipped_sources};
use crate::office::audit::event::Event;
use crate::office::audit::{Action, Outcome};
use crate::office::ops::*;
use crate::office::vault::identity::Identity;
use crate::office::vault::totp::TotpSecret;
use crate::office::*;
use crate::os::entropy::KernelEntropy;

/// 2026-07-14 09:31 in Japan.
pub const START: Timestamp = Timestamp::from_seconds(1_783_989_060);
pub const ADDRESS: &str = "131016-0456";
const PASSWORDS: &str = "kasa-ga-nai-to-nureru";

#[derive(Clone)]
pub struct TestClock(Arc<AtomicI64>, Arc<AtomicI64>, Arc<AtomicU8>);

impl Clock for TestClock {
    fn read(&self) -> Reading {
        let passed = self.0.load(Ordering::SeqCst);
        let wall = Timestamp::from_micros(passed + self.1.load(Ordering::SeqCst));
        let boottime_us = u64::try_from(passed - START.micros() + 3_600_000_000).unwrap_or(0);
        let boot_id = [1 + self.2.load(Ordering::SeqCst); 16];
        Reading { wall, boot_id, boottime_us, synchronised: true }
    }
}

/// An installation with five people: 2001 and 2002 (supervisors and administrators), 1001 and 1003 (clerks), 1002
/// (confirmer), and 1101, a second account of the person behind 1001 with the confirmer's role.
pub struct Place {
    _dir: tempfile::TempDir,
    pub office: Office,
    pub clock: TestClock,
    pub recipient: Identity,
    pub auditor: Secret,
    /// The log with its first event, as set-up gave it for paper.
    pub first: crate::log::Checkpoint,
}

pub const STAFF: [(&str, &[Role]); 6] = [
    ("2001", &[Role::Supervisor, Role::Administrator]),
    ("2002", &[Role::Supervisor, Role::Administrator]),
    ("1001", &[Role::Clerk]),
    ("1002", &[Role::Confirmer]),
    ("1003", &[Role::Clerk]),
    ("1101", &[Role::Confirmer]),
];

impl Place {
    pub fn new() -> Self {
        Self::set_up_after(|_, _| ())
    }

    /// An office where `before` happened between the beginning and the writing of the set-up.
    pub fn set_up_after(before: impl FnOnce(&mut SetUp, &TestClock)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = TestClock(Arc::new(AtomicI64::new(START.micros())), Arc::default(), Arc::default());
        let surroundings = Surroundings {
            clock: Arc::new(clock.clone()),
            entropy: Arc::new(|| Box::new(KernelEntropy)),
            origin: Origin { os_user: 1000, login_user: 1000, terminal: "pts/1".into(), peer: String::new() },
            gazetteer: Arc::new(crate::japanese::gazetteer::Gazetteer::default),
            site: site(),
            forms: Arc::new(|| Catalog::open(shipped_sources(), SiteFiles::default()).catalog),
        };
        let office = Office::new(&dir.path().join("home"), surroundings);
        let mut set_up = begin(&office);
        before(&mut set_up, &clock);
        let auditor = set_up.envelope(Envelope::Auditor);
        let first = set_up.finish("見本保健所", &people()).unwrap();
        Self { _dir: dir, office, clock, recipient: Identity::make(), auditor, first }
    }

    pub fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
    pub fn code(&self, number: &str) -> Secret {
        let step = u64::try_from(self.now().seconds()).unwrap() / 30;
        Secret::new(secret_of(number).code_at(step).to_string())
    }
    pub fn credentials(&self, number: &str) -> Credentials {
        Credentials { number: number.into(), password: password(number), code: self.code(number) }
    }
    /// Signs in with a fresh code: every call moves the clock to the next step.
    pub fn sign_in(&self, number: &str) -> Session {
        self.wait(31);
        match self.office.sign_in(&self.credentials(number)).unwrap() {
            SignedIn::In(session) => *session,
            SignedIn::MustEnrol(_) => panic!("{number} has to enrol"),
        }
    }
    pub fn try_sign_in(&self, credentials: &Credentials) -> Result<(), Reason> {
        self.office.sign_in(credentials).map(|_| ())
    }

    /// Makes 1101 a second account of the person behind 1001, as it comes out one day.
    pub fn link_accounts(&self) {
        let session = self.sign_in("2001");
        let sql = "UPDATE staff SET person = (SELECT person FROM staff WHERE number = '1001') WHERE number = '1101'";
        session.store.raw().execute_batch(sql).unwrap();
    }

    /// A destination that is in force: entered by two people, tried and called.
    pub fn destination(&self) -> DestinationId {
        self.in_force(self.proposal())
    }
    /// The same of any proposal with the usual key and address. The test page itself has tests of its own.
    pub fn in_force(&self, proposal: DestinationProposal) -> DestinationId {
        let mut clerk = self.sign_in("1001");
        let address = proposal.address.clone();
        let lock = !matches!(proposal.lock, ProposedLock::None);
        let proposed = clerk.perform(ProposeDestination { proposal }).unwrap();
        let mut second = self.sign_in("1002");
        let keyed = ConfirmDestination { address, ..self.rekey(proposed.id) };
        let keyed = if lock { keyed } else { ConfirmDestination { lock: Secret::default(), ..keyed } };
        assert_eq!(second.perform(keyed).unwrap(), DestinationConfirmed::Confirmed);
        call(&second, self.now());
        proposed.id
    }
    pub fn proposal(&self) -> DestinationProposal {
        DestinationProposal {
            change: None,
            code: "D014".into(),
            organisation: "架空県庁 感染症対策課".into(),
            reading: "カクウケンチョウ".into(),
            channel: DestinationChannel::Folder,
            address: ADDRESS.into(),
            lock: ProposedLock::RecipientKey(self.recipient.recipient().text()),
            institution: String::new(),
            purposes: vec!["report".into(), "case_follow_up".into(), "home_care".into()],
            contract_until: None,
            bands: Vec::new(),
            phone: "03-0000-0123".into(),
            short_dial: String::new(),
            source: "健づ第88号".into(),
        }
    }
    pub fn rekey(&self, id: DestinationId) -> ConfirmDestination {
        let key = self.recipient.recipient().text();
        let tail: String = key.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
        ConfirmDestination {
            id,
            address: "１３１０１６－０４５６".into(),
            lock: Secret::new(tail.to_uppercase()),
            source: "庁内名簿 令和8年版".into(),
        }
    }
    /// A transmission prepared by 1001 that waits for a second person.
    pub fn awaiting(&self) -> (RecordId, DestinationId, TransmissionId, u32) {
        let destination = self.destination();
        let mut clerk = self.sign_in("1001");
        let record = register(&mut clerk, &ehec());
        let prepared = prepare(&mut clerk, record, destination);
        (record, destination, prepared.transmission, prepared.pages)
    }
    pub fn answers(&self, pages: u32) -> BlindAnswers {
        BlindAnswers {
            person: Personal::new("３５００３０４".into()),
            address: ADDRESS.into(),
            pages: pages.to_string(),
        }
    }
    /// 1002 signs in on the spot, matches and confirms.
    pub fn confirm(&self, transmission: TransmissionId, pages: u32) {
        let mut second = self.sign_in("1002");
        let task = second.perform(BeginConfirmation { transmission, proof: Proof::JustSignedIn }).unwrap();
        let answers = self.answers(pages);
        let matched =
            second.perform(MatchTransmission { transmission, evidence: task.evidence, answers }).unwrap();
        assert!(matches!(matched, MatchOutcome::Match(_)));
        second.perform(ConfirmTransmission { transmission, evidence: task.evidence }).unwrap();
    }
    /// Another process, as far as locks and databases can tell.
    pub fn other_office(&self) -> Office {
        self.office_with(site())
    }
    /// The same data under other settings.
    pub fn office_with(&self, site: Site) -> Office {
        let house = self.office.house();
        Office::new(
            house.home(),
            Surroundings {
                clock: Arc::new(self.clock.clone()),
                entropy: Arc::new(|| Box::new(KernelEntropy)),
                origin: Origin::default(),
                gazetteer: Arc::new(crate::japanese::gazetteer::Gazetteer::default),
                site,
                forms: Arc::new(|| Catalog::open(shipped_sources(), SiteFiles::default()).catalog),
            },
        )
    }
    /// The newest events, the newest first.
    pub fn events(&self, session: &mut Session) -> Vec<Event> {
        let tx = session.store.begin().unwrap();
        tx.newest_events(None, 1000).unwrap().into_iter().map(|(event, _)| event).collect()
    }
    /// Action, outcome and reason of the newest event.
    pub fn last(&self, session: &mut Session) -> (Action, Outcome, Option<Reason>) {
        let tx = session.store.begin().unwrap();
        let event = tx.last_event().unwrap().unwrap();
        (event.action, event.outcome, Reason::from_code(event.reason))
    }
}

/// A set-up with everybody's token.
pub fn begin(office: &Office) -> SetUp {
    let mut set_up = office.begin_set_up().unwrap();
    let tokens: Vec<Secret> = STAFF.iter().map(|(number, _)| secret_of(number).base32()).collect();
    set_up.use_tokens(&tokens).unwrap();
    set_up
}

pub fn people() -> Vec<Founder> {
    STAFF
        .iter()
        .map(|(number, roles)| Founder {
            number: (*number).to_owned(),
            name: format!("仮田 {number}"),
            section: "感染症対策係".into(),
            roles: Roles::of(roles),
            password: password(number),
        })
        .collect()
}

pub fn password(number: &str) -> Secret {
    Secret::new(format!("{PASSWORDS}-{number}"))
}

/// Mail may go to one domain.
pub fn site() -> Site {
    Site {
        mail_domains: vec!["city.example.lg.jp".into()],
        phone: "0300000100".into(),
        fax: "0300000101".into(),
        ..Site::default()
    }
}

/// A token that depends on the number alone.
pub fn secret_of(number: &str) -> TotpSecret {
    let mut bytes = [7u8; 20];
    bytes[..number.len()].copy_from_slice(number.as_bytes());
    TotpSecret::from_bytes(&bytes).unwrap()
}

pub fn intake() -> Intake {
    Intake { channel: Channel::Fax, received_at: START, pages: Some(2) }
}

/// The reference case, as far as the form asks.
pub fn ehec() -> Values {
    let catalog = Catalog::open(shipped_sources(), SiteFiles::default()).catalog;
    let form = catalog.latest("ehec").unwrap();
    form.parse_json_values(include_bytes!("ehec.json")).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

pub fn open(session: &mut Session) -> OpenedDraft {
    session.perform(OpenDraft { form: "ehec".into(), intake: intake(), link: None }).unwrap()
}

pub fn register(session: &mut Session, values: &Values) -> RecordId {
    let draft = open(session).draft;
    match session.perform(RegisterDraft { draft, values: values.clone(), passed: Vec::new() }).unwrap() {
        RegisterOutcome::Registered(registered) => registered.record,
        RegisterOutcome::Problems(problems) | RegisterOutcome::Unexplained(problems) => {
            panic!("{problems:#?}")
        }
        RegisterOutcome::Conflict { .. } => panic!("a conflict"),
    }
}

/// Every entry that was keyed twice was tried and called by now.
pub fn call(session: &Session, now: Timestamp) {
    let until = now.plus_seconds(365 * 24 * 3600).micros();
    let sql = format!(
        "UPDATE destination SET called_by = confirmed_by, called_at = confirmed_at, called_whom = '例田', valid_until = {until}
         WHERE confirmed_by IS NOT NULL AND called_by IS NULL"
    );
    session.store.raw().execute_batch(&sql).unwrap();
}

/// Prepares a record in which nobody else is named.
pub fn prepare(session: &mut Session, record: RecordId, destination: DestinationId) -> Prepared {
    match session.perform(PrepareTransmission { record, destination, mention: None }).unwrap() {
        PrepareOutcome::Prepared(prepared) => prepared,
        PrepareOutcome::Mentions(items) => panic!("others are named in {items:?}"),
    }
}

/// The number that somebody at the other end reads out.
pub fn control_of(session: &Session, transmission: TransmissionId) -> String {
    let query = "SELECT control FROM transmission WHERE id = ?1";
    session.store.raw().query_row(query, [transmission.as_bytes()], |row| row.get(0)).unwrap()
}

/// The same report with another telephone number.
pub fn edited() -> Values {
    let mut values = ehec();
    values.set("phone", Value::Text("0300000199".into()));
    values
}

/// The machine was off and is on again.
pub fn restart(clock: &TestClock) {
    clock.2.fetch_add(1, Ordering::SeqCst);
}

/// Moves the wall clock alone, as somebody does who sets it.
pub fn jump(clock: &TestClock, seconds: i64) {
    clock.1.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
}

/// What a verification finds, with the auditor's identity or without.
pub fn verified(session: &mut Session, auditor: Option<Secret>) -> LogReport {
    session.verify_log(VerifyLog { auditor, paper: None }, &mut crate::log::verify::unobserved).unwrap()
}

pub fn found(session: &mut Session, auditor: Option<Secret>) -> Vec<Finding> {
    verified(session, auditor).findings
}

/// Events of the log at which the clock was moved so far that two people have to look into it.
pub fn open_steps(session: &mut Session) -> Vec<u64> {
    let steps = session.perform(ListClockSteps).unwrap();
    steps.iter().filter(|step| !step.settled).map(|step| step.seq).collect()
}

/// Two supervisors look into every such step.
pub fn lift_clock_block(place: &Place) {
    // Codes are for later than the last one that was used, wherever the clock stands now.
    place.wait(4000);
    for number in ["2001", "2002"] {
        let mut supervisor = place.sign_in(number);
        for seq in open_steps(&mut supervisor) {
            supervisor.perform(AcknowledgeClock { seq }).unwrap();
        }
    }
}
