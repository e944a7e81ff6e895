//! The attack table of the access log: who does what, and which tier sees it.
//!
//! A edits the database. B has everything that is on the machine now: database key, host key, present seal. C can put old
//! images of the whole directory back.
mod edits;
mod images;
mod intruder;
mod pages;

use std::collections::BTreeSet;
use std::path::Path;

use super::super::support::*;
use super::tamper;
use crate::domain::ids::AccountId;
use crate::domain::sensitive::{Personal, Secret};
use crate::log::checkpoint::Checkpoint;
use crate::log::merkle::Frontier;
use crate::log::record::{Record, leaf_hash};
use crate::log::slip;
use crate::log::verify::unobserved;
use crate::office::audit::event::Event;
use crate::office::audit::seal::{SealGuard, SealState};
use crate::office::audit::{Action, RefKey};
use crate::office::ops::*;
use crate::office::*;

/// Nonce and text.
type Detail = (Vec<u8>, String);

/// What each tier adds to the one before.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    host: BTreeSet<String>,
    auditor: BTreeSet<String>,
    paper: BTreeSet<String>,
}

/// An office that worked for three days, with a slip of each evening.
struct Ground {
    place: Place,
    session: Session,
    /// Lines of a list of slips.
    slips: String,
}

impl Ground {
    fn new() -> Self {
        let place = Place::new();
        let mut slips = String::new();
        for _ in 0..3 {
            let mut clerk = place.sign_in("1001");
            register(&mut clerk, &ehec());
            clerk.perform(SearchRecords { term: Personal::new("かりの".into()) }).unwrap();
            let note = place.sign_in("2001").perform(TakeCheckpoint).unwrap();
            slips += &format!("{} {}\n", note.checkpoint.size, slip::groups(&note.checkpoint).join(" "));
            place.wait(86_400);
        }
        let session = place.sign_in("2002");
        Self { place, session, slips }
    }

    fn look(&mut self) -> Seen {
        let auditor = Some(self.place.auditor.clone());
        let paper = Some(self.slips.clone());
        let host = self.find(None, None);
        let with_key = self.find(auditor.clone(), None);
        let with_paper = self.find(auditor, paper);
        Seen {
            paper: with_paper.difference(&with_key).cloned().collect(),
            auditor: with_key.difference(&host).cloned().collect(),
            host,
        }
    }

    /// Without the acts of looking themselves: an attacker does not wait for them.
    fn find(&mut self, auditor: Option<Secret>, paper: Option<String>) -> BTreeSet<String> {
        use crate::log::slip::read_list;
        use crate::office::audit::verify;
        let house = &self.session.house;
        let keys = auditor.map(|auditor| verify::open_escrow(house, &auditor).unwrap()).unwrap_or_default();
        let log_id = self.session.store.log_name().unwrap().log_id;
        let paper = read_list(&log_id, &paper.unwrap_or_default()).unwrap();
        let report = self.session.check_log(&VerifyTools { keys, paper }, &mut unobserved).unwrap();
        // Which row it was is another test; here it matters what kind of thing each tier sees.
        report
            .findings
            .iter()
            .filter(|finding| finding.what != What::HeartbeatQuiet)
            .map(|finding| format!("{} {}", finding.what.class().name(), finding.what.word()))
            .collect()
    }

    fn tamper(&self, sql: &str) {
        tamper(
            &self.session,
            &format!(
                "DROP TRIGGER IF EXISTS audit_checkpoint_fixed; DROP TRIGGER IF EXISTS audit_checkpoint_kept;
                 DROP TRIGGER IF EXISTS audit_cosignature_kept; {sql}"
            ),
        );
    }

    fn size(&self) -> u64 {
        self.session.store.log_size().unwrap()
    }

    /// As B: writes the log anew from its first event on. `keep` says what becomes of each.
    fn rewrite(&self, keep: impl Fn(Event) -> Option<Event>) {
        let connection = self.session.store.raw();
        let rows: Vec<(Vec<u8>, Option<Detail>)> = connection
            .prepare("SELECT e.body, d.nonce, d.text FROM audit_event e LEFT JOIN audit_detail d ON d.seq = e.seq ORDER BY e.seq")
            .unwrap()
            .query_map([], |row| {
                let nonce: Option<Vec<u8>> = row.get(1)?;
                Ok((row.get(0)?, nonce.zip(row.get(2)?)))
            })
            .unwrap()
            .map(Result::unwrap)
            .collect();
        self.tamper("DELETE FROM audit_detail; DELETE FROM audit_cosignature; DELETE FROM review; DELETE FROM audit_event");
        let (mut prev, mut tree, mut checkpoints) = ([0u8; 32], Frontier::default(), Vec::new());
        for (body, detail) in rows {
            let Some(mut event) = keep(Event::decode(&body).unwrap()) else { continue };
            let removed = event.seq - (tree.size() + 1);
            event.seq = tree.size() + 1;
            event.prev = prev;
            let first =
                u64::from_be_bytes(event.reference(RefKey::TransactionFirst).unwrap().try_into().unwrap());
            let first = first.saturating_sub(removed).max(1);
            set(&mut event, RefKey::TransactionFirst, &first.to_be_bytes());
            if matches!(event.action, Action::Checkpoint | Action::Heartbeat) {
                set(&mut event, RefKey::CheckpointSize, &tree.size().to_be_bytes());
                set(&mut event, RefKey::CheckpointRoot, &tree.root());
                checkpoints.push((event.reference(RefKey::Aggregate).unwrap().to_vec(), tree.clone()));
            }
            let body = event.encode();
            prev = leaf_hash(&body);
            tree.push(prev);
            insert(connection, &event, first, &body, &prev);
            if let Some((nonce, text)) = detail {
                connection
                    .execute(
                        "INSERT INTO audit_detail (seq, nonce, text) VALUES (?1, ?2, ?3)",
                        rusqlite::params![signed(event.seq), nonce, text],
                    )
                    .unwrap();
            }
        }
        self.tamper("DELETE FROM audit_checkpoint");
        for (aggregate, tree) in checkpoints {
            self.sign_checkpoint(&aggregate, &tree);
        }
    }

    /// A supervisor signs a checkpoint with the key that only this person's password opens.
    fn cosign(&mut self) -> u64 {
        let checkpoint = self.session.perform(TakeCheckpoint).unwrap().checkpoint;
        let (account, keys) = (self.session.account, &self.session.keys);
        let now = u64::try_from(self.place.now().seconds()).unwrap();
        let line = checkpoint.cosign(account, &keys.public(), now, |text| keys.sign(text));
        let row = rusqlite::params![signed(checkpoint.size), account.as_bytes(), line];
        let sql = "INSERT INTO audit_cosignature (size, account, line) VALUES (?1, ?2, ?3)";
        self.session.store.raw().execute(sql, row).unwrap();
        self.session.perform(ListStaff).unwrap();
        checkpoint.size
    }

    fn sign_checkpoint(&self, aggregate: &[u8], tree: &Frontier) {
        let host = self.session.keys.host();
        let connection = self.session.store.raw();
        let log_id: Vec<u8> = connection
            .query_row("SELECT value FROM meta WHERE name = 'log-id'", [], |row| row.get(0))
            .unwrap();
        let checkpoint =
            Checkpoint { log_id: log_id.try_into().unwrap(), size: tree.size(), root: tree.root() };
        let note = checkpoint.note(&host.public(), |text| host.sign(text)).to_string();
        connection
            .execute(
                "INSERT INTO audit_checkpoint (size, aggregate, frontier, note) VALUES (?1, ?2, ?3, ?4)",
                rusqlite::params![signed(tree.size()), aggregate, tree.peaks().concat(), note],
            )
            .unwrap();
    }

    /// As B: makes the seal say that it stands at `seq`, with the present key and any aggregate.
    fn fake_seal(&self, seq: u64, aggregate: [u8; 32]) {
        let path = self.place.office.house().generation().unwrap().seal_state();
        let state = SealGuard::acquire(&path).unwrap().state;
        drop(SealGuard::create(&path, SealState { seq, aggregate, ..state }).unwrap());
    }

    fn seal(&self) -> SealState {
        SealGuard::acquire(&self.place.office.house().generation().unwrap().seal_state()).unwrap().state
    }

    /// Drops every row after `size`, as if it had never been, but leaves checkpoints up to there.
    /// As B: takes the end of the log, and the reports that it speaks of, or they would be missed by nobody and seen.
    fn cut(&self, size: u64) {
        self.tamper(&format!(
            "DROP TRIGGER IF EXISTS record_version_kept;
             CREATE TEMP TABLE gone AS SELECT record FROM record_version
               WHERE registered_at > (SELECT wall_us FROM audit_event WHERE seq = {size});
             DELETE FROM subject WHERE record IN (SELECT record FROM gone);
             DELETE FROM record_version WHERE record IN (SELECT record FROM gone);
             DELETE FROM record WHERE id IN (SELECT record FROM gone);
             DROP TABLE gone;
             DELETE FROM audit_detail WHERE seq > {size}; DELETE FROM audit_event WHERE seq > {size};
             DELETE FROM audit_cosignature WHERE size > {size}; DELETE FROM audit_checkpoint WHERE size > {size}"
        ));
    }

    fn checkpoints(&self) -> Vec<(u64, [u8; 32])> {
        let connection = self.session.store.raw();
        let mut statement =
            connection.prepare("SELECT size, aggregate FROM audit_checkpoint ORDER BY size").unwrap();
        let rows =
            statement.query_map([], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// The whole directory as it is now.
    fn image(&self) -> tempfile::TempDir {
        self.session.store.raw().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        let image = tempfile::tempdir().unwrap();
        copy(self.place.office.house().home(), image.path());
        image
    }

    /// As C: puts an image back, and signs in again.
    fn roll_back(self, image: &tempfile::TempDir) -> Self {
        let Self { place, session, slips } = self;
        drop(session);
        let home = place.office.house().home().to_owned();
        std::fs::remove_dir_all(&home).unwrap();
        copy(image.path(), &home);
        let session = place.sign_in("2002");
        Self { place, session, slips }
    }
}

fn signed(value: u64) -> i64 {
    value.try_into().unwrap()
}

fn set(event: &mut Event, key: RefKey, value: &[u8]) {
    let known = event.refs.iter_mut().find(|(known, _)| *known == key).unwrap();
    known.1 = value.to_vec();
}

fn insert(connection: &rusqlite::Connection, event: &Event, first: u64, body: &[u8], hash: &[u8; 32]) {
    let record = Record::parse(body).unwrap();
    connection
        .execute(
            "INSERT INTO audit_event (seq, first_of_transaction, body, hash, wall_us, actor, action, object_kind,
               object, outcome) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            rusqlite::params![
                signed(event.seq),
                signed(first),
                body,
                hash,
                record.wall_us,
                record.actor,
                record.action,
                record.object_kind,
                record.object,
                record.outcome
            ],
        )
        .unwrap();
}

fn copy(from: &Path, to: &Path) {
    let copied =
        std::process::Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().expect("cp runs");
    assert!(copied.success());
}

/// What the three tiers saw, as the table has it.
fn expect(seen: &Seen, host: &[&str], auditor: &[&str], paper: &[&str]) {
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let expected = Seen { host: set(host), auditor: set(auditor), paper: set(paper) };
    assert_eq!(*seen, expected);
}

/// An event in the middle of the log, which the slips cover.
const MIDDLE: u64 = 6;
