//! What the killed process had promised, held against what is there.
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use uketsuke::courier;
use uketsuke::domain::ids::{DraftId, RecordId};
use uketsuke::domain::sensitive::Secret;
use uketsuke::form::{Value, Values};
use uketsuke::log::verify::{Tier, unobserved};
use uketsuke::office::ops::{
    ListTransmissions, ResumeDraft, ShowRecord, TakeReceipts, TransmissionLine, VerifyLog,
};
use uketsuke::office::{Reason, Session, StateCode};

use super::site::{CLERK, SUPERVISOR, Site};
use super::worker::{DONE, INTENT, MARK};

/// Where a transmission stands as far as promises go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Promise {
    Prepared,
    Confirmed,
    Withdrawn,
}

#[derive(Default)]
pub struct Ledger {
    /// Open drafts and the mark of the last save.
    drafts: BTreeMap<String, (String, Option<String>)>,
    /// Registered records and the mark of the present version.
    records: BTreeMap<String, String>,
    transmissions: BTreeMap<String, (Promise, String)>,
    /// Taken out of the drop folder: whatever turns up there again was delivered twice.
    collected: BTreeSet<String>,
    pub figures: Figures,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub rounds: u32,
    pub saves: u32,
    pub registrations: u32,
    pub confirmations: u32,
    pub withdrawals: u32,
    /// Withdrawn after both people had agreed.
    pub revoked: u32,
    pub delivered: u32,
    /// Put down again because the courier had died before its receipt.
    pub retried: u32,
    /// Killed in the middle of a promise, and of those: how often it had come true all the same.
    pub in_flight: u32,
    pub come_true: u32,
    pub events: u64,
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.rounds += other.rounds;
        self.saves += other.saves;
        self.registrations += other.registrations;
        self.confirmations += other.confirmations;
        self.withdrawals += other.withdrawals;
        self.revoked += other.revoked;
        self.delivered += other.delivered;
        self.retried += other.retried;
        self.in_flight += other.in_flight;
        self.come_true += other.come_true;
        self.events += other.events;
    }
}

impl Ledger {
    /// Takes down what was said; what was begun and not ended comes back.
    pub fn note(&mut self, lines: &[String]) -> Option<Vec<String>> {
        let mut begun = None;
        for line in lines {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            match words[0].as_str() {
                INTENT => begun = Some(words[1..].to_vec()),
                DONE => {
                    begun = None;
                    self.promise(&words[1..]);
                }
                _ => {}
            }
        }
        self.figures.rounds += 1;
        self.figures.in_flight += u32::from(begun.is_some());
        begun
    }

    fn promise(&mut self, words: &[String]) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["open", draft, record] => {
                self.drafts.insert(draft.into(), (record.into(), None));
            }
            ["save", draft, mark] => {
                self.drafts.get_mut(draft).expect("opened").1 = Some(mark.into());
                self.figures.saves += 1;
            }
            ["discard", draft] => drop(self.drafts.remove(draft)),
            ["register", draft, record, mark] => {
                self.drafts.remove(draft);
                self.records.insert(record.into(), mark.into());
                self.figures.registrations += 1;
            }
            ["prepare", transmission, record] => {
                self.transmissions.insert(transmission.into(), (Promise::Prepared, record.into()));
            }
            ["confirm", transmission] => {
                self.transmissions.get_mut(transmission).expect("prepared").0 = Promise::Confirmed;
                self.figures.confirmations += 1;
            }
            ["withdraw", transmission] => {
                let promise = &mut self.transmissions.get_mut(transmission).expect("prepared").0;
                self.figures.revoked += u32::from(*promise == Promise::Confirmed);
                *promise = Promise::Withdrawn;
                self.figures.withdrawals += 1;
            }
            ["signed-in"] | ["courier", _] | ["receipts"] => {}
            _ => panic!("{words:?}"),
        }
    }

    /// Opens the office after the kill and looks at everything.
    pub fn check(
        &mut self,
        site: &Site,
        begun: Option<&[String]>,
        auditor: &Secret,
        recipient: &age::x25519::Identity,
    ) {
        let begun: Vec<&str> = begun.into_iter().flatten().map(String::as_str).collect();
        // The recipient does not wait for us: every second time the folder is emptied before the office opens again.
        let taken = if self.figures.rounds.is_multiple_of(2) { take_packages(site) } else { Vec::new() };
        let mut clerk = site.sign_in(CLERK);
        self.check_drafts(&mut clerk, &begun);
        self.check_records(&mut clerk);
        self.check_transmissions(&mut clerk, &begun);
        // What the killed round of the courier left is brought to its end.
        courier::run_once(&site.courier(), &site.clock).unwrap();
        clerk.perform(TakeReceipts).unwrap();
        self.collect(site, &mut clerk, recipient, taken);
        assert!(
            courier::run_once(&site.courier(), &site.clock).unwrap().is_empty(),
            "nothing is left to send"
        );
        assert!(packages(site).is_empty(), "delivered twice");

        let mut supervisor = site.sign_in(SUPERVISOR);
        for auditor in [None, Some(auditor.clone())] {
            let with_key = auditor.is_some();
            let report = supervisor.verify_log(VerifyLog { auditor, paper: None }, &mut unobserved).unwrap();
            assert!(report.findings.is_empty(), "{:?}", report.findings);
            assert_eq!(report.auditor == Tier::Checked, with_key);
            self.figures.events = report.events;
        }
    }

    fn check_drafts(&mut self, clerk: &mut Session, begun: &[&str]) {
        for (id, (record, saved)) in self.drafts.clone() {
            let resumed = clerk.perform(ResumeDraft { draft: DraftId::parse(&id).unwrap() });
            let found = match resumed {
                Ok(opened) => mark_of(&opened.values),
                Err(reason) => {
                    assert_eq!(reason, Reason::NoSuchThing, "draft {id}");
                    match *begun {
                        ["register", draft, record, mark] if draft == id => {
                            self.records.insert(record.into(), mark.into());
                        }
                        ["discard", draft] if draft == id => {}
                        _ => panic!("the draft {id} of {record} is lost, saved as {saved:?}"),
                    }
                    self.drafts.remove(&id);
                    self.figures.come_true += 1;
                    continue;
                }
            };
            match *begun {
                ["save", draft, mark] if draft == id && found.as_deref() == Some(mark) => {
                    self.figures.come_true += 1;
                    self.drafts.insert(id, (record, found));
                }
                // A revision begins with what was registered.
                _ if saved.is_none() => assert_eq!(found.as_ref(), self.records.get(&record), "{id}"),
                _ => assert_eq!(found, saved, "a save of {id} is lost"),
            }
        }
    }

    fn check_records(&self, clerk: &mut Session) {
        for (id, mark) in &self.records {
            let shown = clerk.perform(ShowRecord { record: RecordId::parse(id).unwrap() });
            let shown = shown.unwrap_or_else(|reason| panic!("the record {id} is lost: {reason:?}"));
            assert_eq!(mark_of(&shown.values).as_ref(), Some(mark), "another version of {id}");
        }
    }

    fn check_transmissions(&mut self, clerk: &mut Session, begun: &[&str]) {
        let there = states(clerk);
        for (id, (promise, _)) in &mut self.transmissions {
            let (state, yesterdays) =
                *there.get(id).unwrap_or_else(|| panic!("the transmission {id} is lost"));
            let before = *promise;
            *promise = match (*promise, state) {
                (Promise::Prepared, StateCode::Awaiting) => Promise::Prepared,
                (Promise::Confirmed, StateCode::Queued | StateCode::Dispatching | StateCode::Sent) => {
                    Promise::Confirmed
                }
                (Promise::Withdrawn, StateCode::Withdrawn) => Promise::Withdrawn,
                (Promise::Prepared, StateCode::Withdrawn) if yesterdays => Promise::Withdrawn,
                (Promise::Prepared, StateCode::Queued) if *begun == ["confirm", id.as_str()] => {
                    Promise::Confirmed
                }
                (_, StateCode::Withdrawn) if *begun == ["withdraw", id.as_str()] => Promise::Withdrawn,
                (promise, state) => {
                    panic!("{id} is {state:?}, promised was {promise:?}; begun was {begun:?}")
                }
            };
            self.figures.come_true += u32::from(*promise != before);
        }
        for (id, (state, _)) in
            there.iter().filter(|(id, _)| !self.transmissions.contains_key(*id)).collect::<Vec<_>>()
        {
            let ["prepare", record] = *begun else { panic!("{id} came from nowhere") };
            assert_eq!(*state, StateCode::Awaiting);
            self.figures.come_true += 1;
            self.transmissions.insert(id.clone(), (Promise::Prepared, record.into()));
        }
    }

    /// Takes the packages as the recipient does, once, and opens them.
    fn collect(
        &mut self,
        site: &Site,
        clerk: &mut Session,
        recipient: &age::x25519::Identity,
        taken: Vec<Package>,
    ) {
        let there = states(clerk);
        let mut later = take_packages(site);
        // A folder may be retried when the courier died before its receipt: the same name and the same bytes.
        later.retain(|again| {
            let known = taken.iter().find(|first| first.id == again.id);
            assert!(
                known.is_none_or(|first| first.is_open && first.bytes == again.bytes),
                "{} came twice",
                again.id
            );
            self.figures.retried += u32::from(known.is_some());
            known.is_none()
        });
        for Package { id, bytes, .. } in taken.into_iter().chain(later) {
            assert!(self.collected.insert(id.clone()), "{id} was delivered twice");
            let (promise, record) = self.transmissions.get(&id).unwrap_or_else(|| panic!("{id} is nobody's"));
            assert_eq!((*promise, there[&id].0), (Promise::Confirmed, StateCode::Sent), "{id}");
            let text = age::decrypt(recipient, &bytes).expect("whole, and for this recipient");
            let text = crate::judges::PDFTOTEXT.output(&["-layout", "-", "-"], &text);
            let text = String::from_utf8(text).unwrap();
            let without_blanks = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let (text, mark) = (without_blanks(&text), without_blanks(&self.records[record]));
            assert!(text.contains(&mark) && text.contains("仮野花枝"), "{id} does not hold {mark}");
            self.figures.delivered += 1;
        }
        for (id, (promise, _)) in &self.transmissions {
            let sent = there[id].0 == StateCode::Sent;
            assert_eq!(*promise == Promise::Confirmed, sent, "{id}: {:?}", there[id]);
            assert_eq!(self.collected.contains(id), sent, "{id}: {:?}", there[id]);
        }
    }
}

/// What was prepared on another day and agreed to by nobody goes back to its sender, whenever somebody looks.
fn is_yesterdays(line: &TransmissionLine) -> bool {
    line.reason == Some(Reason::AgreementExpired)
}

fn states(clerk: &mut Session) -> BTreeMap<String, (StateCode, bool)> {
    let lines = clerk.perform(ListTransmissions).unwrap();
    // The test page of the destination is none of the workers' promises.
    let reports = lines.into_iter().filter(|line| line.record.is_some());
    reports.map(|line| (line.id.to_string(), (line.state, is_yesterdays(&line)))).collect()
}

fn mark_of(values: &Values) -> Option<String> {
    match values.value(MARK) {
        Some(Value::Text(mark)) => Some(mark.clone()),
        _ => None,
    }
}

/// A package as it lay there.
struct Package {
    id: String,
    bytes: Vec<u8>,
    /// The courier had claimed it and written no receipt yet.
    is_open: bool,
}

fn take_packages(site: &Site) -> Vec<Package> {
    let outbox = site.courier().outbox;
    let take = |path: PathBuf| {
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let lies = |extension: &str| outbox.join(format!("{id}.{extension}")).exists();
        let package = Package {
            bytes: std::fs::read(&path).unwrap(),
            is_open: lies("claimed") && !lies("receipt"),
            id,
        };
        std::fs::remove_file(path).unwrap();
        package
    };
    packages(site).into_iter().map(take).collect()
}

/// Every package that lies in the drop folder, whatever the folder of its recipient.
fn packages(site: &Site) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(site.office.house().home().join("drop")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "age") {
                found.push(path);
            }
        }
    }
    found
}
