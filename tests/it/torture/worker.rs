//! The process that is killed. It says what it is about to do and, after the call has returned, that it is done.
use std::fmt::Display;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use uketsuke::courier;
use uketsuke::domain::ids::{DraftId, RecordId};
use uketsuke::domain::intake::{Channel, Intake};
use uketsuke::domain::sensitive::Personal;
use uketsuke::domain::time::Clock as _;
use uketsuke::form::{Value, Values};
use uketsuke::office::Session;
use uketsuke::office::ops::{
    BeginConfirmation, BlindAnswers, ConfirmTransmission, DiscardDraft, ListDestinations, ListPurpose,
    MatchOutcome, MatchTransmission, OpenDraft, OpenedDraft, PrepareOutcome, PrepareTransmission, Proof,
    RegisterDraft, RegisterOutcome, ReviseRecord, SaveDraft, TakeReceipts, WithdrawTransmission,
};

use super::site::{ADDRESS, CLERK, CONFIRMER, HandClock, Site};

/// Before what is about to happen, and after it happened.
pub const INTENT: &str = "@>";
pub const DONE: &str = "@<";
/// The item that says which save it was.
pub const MARK: &str = "remarks";
const REPORT: &str = include_str!("../../../src/office/tests/ehec.json");
/// Nobody waits for a worker whose parent has died.
const CYCLES_MAX: u32 = 500;

#[test]
#[ignore = "the other tests of this module start it, and kill it"]
fn worker() {
    let mut line = String::new();
    if std::io::stdin().is_terminal() || std::io::stdin().read_line(&mut line).unwrap() == 0 {
        return;
    }
    let words: Vec<&str> = line.trim_end().split('\t').collect();
    let [mode, home, seconds, name] = words[..] else { panic!("started in another way") };
    let site = Site::new(Path::new(home), HandClock::at(seconds.parse().unwrap()));
    // The harness has written the beginning of a line.
    tell("", &[]);
    match mode {
        "set-up" => {
            let set_up = site.begin_set_up().unwrap();
            tell(INTENT, &[&"finish"]);
            Site::finish(&set_up).unwrap();
            tell(DONE, &[&"finish"]);
        }
        _ => Work::new(site, name).all(),
    }
}

/// One write to a pipe: it arrives as a whole or not at all.
fn tell(sign: &str, words: &[&dyn Display]) {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    std::io::stdout().lock().write_all(format!("{sign} {}\n", words.join(" ")).as_bytes()).unwrap();
}

struct Work {
    clerk: Session,
    confirmer: Session,
    site: Site,
    name: String,
    marks: u32,
    report: Values,
}

impl Work {
    fn new(site: Site, name: &str) -> Self {
        let form = site.office.house().catalog().latest("ehec").expect("shipped");
        let report = form.parse_json_values(REPORT.as_bytes()).unwrap();
        let (clerk, confirmer) = (site.sign_in(CLERK), site.sign_in(CONFIRMER));
        tell(DONE, &[&"signed-in"]);
        Self { clerk, confirmer, site, name: name.to_owned(), marks: 0, report }
    }

    fn all(&mut self) {
        // Each life begins with another kind of report.
        let first: u32 =
            self.name.rsplit('-').next().and_then(|round| round.parse().ok()).expect("home-round");
        for cycle in first..first + CYCLES_MAX {
            self.cycle(cycle);
        }
    }

    fn cycle(&mut self, cycle: u32) {
        tell(INTENT, &[&"open"]);
        let intake = Intake { channel: Channel::Fax, received_at: self.site.clock.now(), pages: Some(2) };
        let opened = self.clerk.perform(OpenDraft { form: "ehec".into(), intake, link: None }).unwrap();
        tell(DONE, &[&"open", &opened.draft, &opened.record]);
        // Every third report is saved at each of its items.
        self.type_in(&opened, if cycle.is_multiple_of(3) { 1 } else { 7 });
        if cycle % 5 == 4 {
            tell(INTENT, &[&"discard", &opened.draft]);
            self.clerk.perform(DiscardDraft { draft: opened.draft }).unwrap();
            tell(DONE, &[&"discard", &opened.draft]);
            return;
        }
        self.register(opened.draft, opened.record);
        if cycle % 3 == 1 {
            tell(INTENT, &[&"open"]);
            let again = self.clerk.perform(ReviseRecord { record: opened.record }).unwrap();
            tell(DONE, &[&"open", &again.draft, &again.record]);
            self.register(again.draft, again.record);
        }
        self.send(opened.record, cycle);
    }

    /// Item by item, as a person leaves them.
    fn type_in(&mut self, opened: &OpenedDraft, items_at_once: usize) {
        let typed: Vec<(String, Value)> =
            self.report.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
        let mut values = Values::new();
        for items in typed.chunks(items_at_once) {
            for (key, value) in items {
                values.set(key.clone(), value.clone());
            }
            let mark = self.next_mark();
            values.set(MARK, Value::Text(mark.clone()));
            tell(INTENT, &[&"save", &opened.draft, &mark]);
            let save = SaveDraft { draft: opened.draft, values: values.clone(), position: MARK.to_owned() };
            self.clerk.save_draft(&save).unwrap();
            tell(DONE, &[&"save", &opened.draft, &mark]);
        }
    }

    fn register(&mut self, draft: DraftId, record: RecordId) {
        let mark = self.next_mark();
        let mut values = self.report.clone();
        values.set(MARK, Value::Text(mark.clone()));
        tell(INTENT, &[&"register", &draft, &record, &mark]);
        let outcome = self.clerk.perform(RegisterDraft { draft, values, passed: Vec::new() }).unwrap();
        assert!(matches!(outcome, RegisterOutcome::Registered(_)), "{outcome:?}");
        tell(DONE, &[&"register", &draft, &record, &mark]);
    }

    fn send(&mut self, record: RecordId, cycle: u32) {
        let destination = self.clerk.perform(ListDestinations { purpose: ListPurpose::Pick }).unwrap()[0].id;
        tell(INTENT, &[&"prepare", &record]);
        let prepare = PrepareTransmission { record, destination, mention: None };
        let PrepareOutcome::Prepared(prepared) = self.clerk.perform(prepare).unwrap() else {
            panic!("nobody else is named")
        };
        let transmission = prepared.transmission;
        tell(DONE, &[&"prepare", &transmission, &record]);
        if cycle % 4 != 1 {
            let (password, code) = self.site.proof(CONFIRMER);
            let proof = Proof::Again { password, code };
            let task = self.confirmer.perform(BeginConfirmation { transmission, proof }).unwrap();
            let answers = BlindAnswers {
                person: Personal::new("3500304".into()),
                address: ADDRESS.into(),
                pages: prepared.pages.to_string(),
            };
            let matching = MatchTransmission { transmission, evidence: task.evidence, answers };
            let matched = self.confirmer.perform(matching).unwrap();
            assert!(matches!(matched, MatchOutcome::Match(_)));
            tell(INTENT, &[&"confirm", &transmission]);
            self.confirmer.perform(ConfirmTransmission { transmission, evidence: task.evidence }).unwrap();
            tell(DONE, &[&"confirm", &transmission]);
        }
        // Before the second person has agreed, or after: but before the courier.
        if cycle % 2 == 1 {
            tell(INTENT, &[&"withdraw", &transmission]);
            self.clerk.perform(WithdrawTransmission { transmission }).unwrap();
            tell(DONE, &[&"withdraw", &transmission]);
        }
        tell(INTENT, &[&"courier"]);
        let delivered = courier::run_once(&self.site.courier(), &self.site.clock).unwrap();
        tell(DONE, &[&"courier", &delivered.len()]);
        tell(INTENT, &[&"receipts"]);
        self.clerk.perform(TakeReceipts).unwrap();
        tell(DONE, &[&"receipts"]);
    }

    fn next_mark(&mut self) -> String {
        self.marks += 1;
        format!("見本{}-{}", self.name, self.marks)
    }
}
