//! The one walk over all rows: chain, columns, clock, days, tree and seal, and what events say about the log itself.
use std::collections::{BTreeSet, HashMap, HashSet};

use sha2::{Digest as _, Sha256};

use super::super::finding::{Class, Finding, What};
use super::super::merkle::{Frontier, Hash};
use super::super::record::{self, Record, action, commit_detail, leaf_hash, reference};
use super::super::seal::{SealPosition, SealState};
use super::super::slip::PaperRoot;
use super::super::source::{Columns, EventRow, Head};
use super::super::statement::{EpochStatement, PurgeStatement};
use super::{SealKeys, two_people};

const JAPAN_US: i64 = 9 * 3_600_000_000;
const DAY_US: i64 = 86_400_000_000;

pub(super) struct Walk<'a> {
    pub head: &'a Head,
    pub keys: &'a SealKeys,
    pub findings: Vec<Finding>,
    /// Number and hash of the row before.
    pub last: u64,
    pub prev: Hash,
    pub epoch: u32,
    /// Over all rows so far, whatever numbers they bear.
    pub tree: Frontier,
    /// First of the transaction of the row before.
    first_before: Option<u64>,
    /// Nothing is compared across erased rows.
    before: Option<Before>,
    /// Sizes whose tree and aggregate somebody will ask for, ascending, and how many have passed.
    wanted: (Vec<u64>, usize),
    pub at: HashMap<u64, AtSize>,
    pub replay: Option<SealState>,
    /// What the seal must be where it stands, as far as the keys are there.
    pub at_seal: Option<SealPosition>,
    /// Whether all rows after the seal belong to one transaction.
    pub one_transaction: bool,
    /// Rows without a body: first and last of each run.
    pub erased: Vec<(u64, u64)>,
    commitments: HashMap<u64, Hash>,
    detailed: HashSet<u64>,
    /// Sizes that the event after them names.
    pub named: HashSet<u64>,
    /// Sizes after which there is a readable event.
    pub followed: HashSet<u64>,
    pub purges: Vec<Purge>,
    pub declared: Vec<Declared>,
    /// From which row on which host's key counts, and the number of the event that says so.
    pub host_keys: Vec<(u64, u64, [u8; 32])>,
    /// Cosignatures that the end of a review names: size and digest of the line.
    pub cosigned: Vec<(u64, Hash)>,
    /// Sizes of the checkpoints that are stored.
    pub stored: BTreeSet<u64>,
}

struct Before {
    wall_us: i64,
    boot_id: [u8; 16],
    boottime_us: u64,
}

/// What the log was when it had so many rows.
pub(super) struct AtSize {
    pub tree: Frontier,
    pub aggregate: Option<Hash>,
}

/// An erasure that two people signed.
pub(super) struct Purge {
    pub seq: u64,
    /// Rows before it.
    pub position: u64,
    pub kind: u16,
    pub size: u64,
    pub root: Hash,
}

/// A loss that two people declared: sizes above `size`, up to what was on paper.
pub(super) struct Declared {
    pub size: u64,
    pub paper_size: u64,
    pub paper_root: Hash,
}

impl<'a> Walk<'a> {
    pub fn new(head: &'a Head, keys: &'a SealKeys, paper: &[PaperRoot]) -> Self {
        let stored: BTreeSet<u64> = head.checkpoints.iter().map(|row| row.size).collect();
        let mut wanted: BTreeSet<u64> = stored.clone();
        wanted.extend(paper.iter().map(|paper| paper.size));
        let mut walk = Self {
            head,
            keys,
            findings: Vec::new(),
            last: 0,
            prev: [0; 32],
            epoch: 1,
            tree: Frontier::default(),
            first_before: None,
            before: None,
            wanted: (wanted.into_iter().collect(), 0),
            at: HashMap::new(),
            replay: keys.get(&1).map(|k0| SealState::start(&head.log_id, 1, 0, k0)),
            at_seal: None,
            one_transaction: true,
            erased: Vec::new(),
            commitments: HashMap::new(),
            detailed: HashSet::new(),
            named: HashSet::new(),
            followed: HashSet::new(),
            purges: Vec::new(),
            declared: Vec::new(),
            host_keys: Vec::new(),
            cosigned: Vec::new(),
            stored,
        };
        walk.note_position();
        walk
    }

    /// A walk that begins in the middle, after a row whose own links are not looked at.
    pub fn resumed(head: &'a Head, keys: &'a SealKeys, row: &EventRow<'_>) -> Self {
        let mut walk = Self::new(head, keys, &[]);
        walk.last = row.seq;
        walk.prev = row.hash.try_into().unwrap_or([0; 32]);
        walk.first_before = Some(row.first_of_transaction);
        walk.epoch = head.seal.map_or(1, |seal| seal.epoch);
        // Of an erased row its hash is all there is.
        let Some(body) = row.body else { return walk };
        if let Some(record) = walk.read(row, body, &row.hash.try_into().unwrap_or([0; 32])) {
            walk.epoch = record.epoch;
            walk.first_before = record.transaction_first();
            walk.before = Some(Before::of(&record));
        }
        walk
    }

    pub fn found(&mut self, what: What, at: u64) {
        self.findings.push(Finding::new(what, at));
    }

    /// Rows so far.
    pub const fn rows(&self) -> u64 {
        self.tree.size()
    }

    pub fn event(&mut self, row: &EventRow<'_>) {
        let seq = row.seq;
        if self.last.checked_add(1) != Some(seq) {
            self.found(What::ChainGap, seq);
        }
        // Links, tree and seal run over the stored hashes, as they did when the rows were written.
        let stored: Hash = row.hash.try_into().unwrap_or([0; 32]);
        let mut first = Some(row.first_of_transaction);
        let record = row.body.and_then(|body| self.read(row, body, &stored));
        if let Some(record) = &record {
            first = record.transaction_first();
            if !columns_agree(row, record, first) {
                self.found(What::ColumnDiffers, seq);
            }
            self.readable(row, record);
        } else {
            self.check_seal_key(seq, None);
        }
        if row.body.is_none() {
            self.erased_row(row);
        }
        let lone = first.is_none() || (first != Some(seq) && first != self.first_before);
        if lone && (record.is_some() || row.body.is_none()) {
            self.found(What::ChainTransaction, seq);
        }
        if self.head.seal.is_some_and(|seal| self.rows() >= seal.seq && first != seal.seq.checked_add(1)) {
            self.one_transaction = false;
        }
        (self.first_before, self.prev, self.last) = (first, stored, seq);
        self.tree.push(stored);
        if let Some(seal) = &mut self.replay {
            seal.fold(&stored);
        }
        self.note_position();
    }

    fn read<'b>(&mut self, row: &EventRow<'_>, body: &'b [u8], stored: &Hash) -> Option<Record<'b>> {
        if leaf_hash(body) != *stored {
            self.found(What::ChainHash, row.seq);
        }
        let record = Record::parse(body);
        if record.is_none() {
            self.found(What::ChainUnreadable, row.seq);
        }
        record
    }

    fn erased_row(&mut self, row: &EventRow<'_>) {
        match self.erased.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(row.seq) => *last = row.seq,
            _ => self.erased.push((row.seq, row.seq)),
        }
        if row.columns != Columns::ERASED {
            self.found(What::ColumnDiffers, row.seq);
        }
        self.before = None;
    }

    /// Tree and aggregate as they are now, if somebody will ask for them.
    fn note_position(&mut self) {
        let rows = self.rows();
        if self.wanted.0.get(self.wanted.1) == Some(&rows) {
            self.wanted.1 += 1;
            let aggregate = self.replay.as_ref().map(|seal| seal.aggregate);
            self.at.insert(rows, AtSize { tree: self.tree.clone(), aggregate });
        }
        if self.head.seal.is_some_and(|seal| seal.seq == rows) {
            self.at_seal = self.replay.as_ref().map(SealState::position);
        }
    }

    fn readable(&mut self, row: &EventRow<'_>, record: &Record<'_>) {
        let seq = row.seq;
        self.check_place(seq, record);
        if let Some(commit) = record.detail_commit {
            self.commitments.insert(seq, *commit);
        }
        self.check_clock(seq, record);
        self.check_seal_key(seq, Some(record));
        let says_host_key =
            record.action == action::EPOCH_START || (record.action == action::GENESIS && self.rows() == 0);
        if says_host_key && let Some(key) = record.refs.array(reference::HOST_KEY) {
            self.host_keys.push((self.rows() + 1, seq, key));
        }
        if let Some(size) = seq.checked_sub(1).filter(|size| self.stored.contains(size)) {
            self.followed.insert(size);
        }
        match record.action {
            action::CHECKPOINT | action::HEARTBEAT => self.name_checkpoint(seq, record),
            action::SIGN_OFF if record.outcome == record::DONE => {
                let size = record.refs.u64(reference::SIZE);
                self.cosigned.extend(size.zip(record.refs.array(reference::STATEMENT)));
            }
            action::PURGE if record.outcome == record::DONE => self.purge(seq, record),
            action::EPOCH_START => self.begin_epoch(seq, record),
            action::CLOCK_STEP => self.found(What::ClockStep, seq),
            _ => {}
        }
    }

    fn check_place(&mut self, seq: u64, record: &Record<'_>) {
        if record.action == action::EPOCH_START {
            self.epoch = self.epoch.saturating_add(1);
            let k0 = self.keys.get(&self.epoch);
            self.replay = k0.map(|k0| SealState::start(&self.head.log_id, self.epoch, self.rows(), k0));
        }
        let begins = (record.action == action::GENESIS) == (self.last == 0 && self.rows() == 0);
        let placed = record.epoch == self.epoch && record.seq == seq && *record.log_id == self.head.log_id;
        if !placed || !begins {
            self.found(What::ChainMisplaced, seq);
        }
        if *record.prev != self.prev {
            self.found(What::ChainPrevious, seq);
        }
    }

    /// The auditor's key for an epoch must be the one that its first event promised.
    fn check_seal_key(&mut self, seq: u64, record: Option<&Record<'_>>) {
        if self.keys.is_empty() {
            return;
        }
        let promised = record.and_then(|record| record.refs.array::<32>(reference::SEAL_KEY_DIGEST));
        let first = (self.rows() == 0).then_some(1);
        let begun = record.filter(|record| record.action == action::EPOCH_START).map(|_| self.epoch);
        for epoch in first.into_iter().chain(begun) {
            let digest = self.keys.get(&epoch).map(|k0| <Hash>::from(Sha256::digest(**k0)));
            if digest.is_some() && promised != digest {
                self.found(What::SealKey, seq);
            }
        }
    }

    fn check_clock(&mut self, seq: u64, record: &Record<'_>) {
        if let Some(before) = &self.before {
            let same_boot = before.boot_id == *record.boot_id;
            let wall = i128::from(record.wall_us) - i128::from(before.wall_us);
            let boot = i128::from(record.boottime_us) - i128::from(before.boottime_us);
            // How long a machine was off nobody knows; time does not run backwards meanwhile, and not for months.
            let moved = match same_boot {
                true => (wall - boot).abs() > record::CLOCK_STEP_US.into(),
                false => wall < -i128::from(record::SET_BACK_US) || wall > record::SET_AHEAD_US.into(),
            };
            let (yesterday, today) = (day(before.wall_us), day(record.wall_us));
            if moved && record.clock_flags & record::CLOCK_MOVED == 0 {
                self.found(What::ClockUnrecorded, seq);
            }
            // The start of an epoch comes before everything else; there is no key for a heartbeat before it.
            let announces = [action::HEARTBEAT, action::EPOCH_START].contains(&record.action);
            if today != yesterday && !announces {
                self.found(What::HeartbeatMissing, seq);
            }
            if today > yesterday.saturating_add(1) {
                self.found(What::HeartbeatQuiet, seq);
            }
        }
        self.before = Some(Before::of(record));
    }

    fn name_checkpoint(&mut self, seq: u64, record: &Record<'_>) {
        let refs = record.refs;
        let Some(size) = refs.u64(reference::SIZE).filter(|size| size.checked_add(1) == Some(seq)) else {
            return self.found(What::CheckpointPlace, seq);
        };
        self.named.insert(size);
        if !self.stored.contains(&size) {
            self.found(What::CheckpointMissing, size);
        }
        if refs.array(reference::ROOT) != Some(self.tree.root()) {
            self.found(What::CheckpointRoot, size);
        }
        let aggregate = self.replay.as_ref().map(|seal| seal.aggregate);
        if aggregate.is_some() && refs.array(reference::AGGREGATE) != aggregate {
            self.found(What::CheckpointAggregate, size);
        }
    }

    fn purge(&mut self, seq: u64, record: &Record<'_>) {
        let refs = record.refs;
        let (kind, size, root) =
            (refs.u16(reference::ERASURE), refs.u64(reference::SIZE), refs.array(reference::ROOT));
        let log_id = self.head.log_id;
        let statement = kind
            .zip(size)
            .zip(root)
            .map(|((kind, size), root)| PurgeStatement { log_id, kind, size, root }.to_bytes());
        let signed =
            statement.is_some_and(|statement| two_people::signed(record, &self.head.signers, &statement));
        if !signed {
            self.found(What::PurgeUnsigned, seq);
        }
        let position = self.rows();
        match size {
            None => self.found(What::PurgeRoot, seq),
            Some(size) if !self.stored.contains(&size) => self.found(What::CheckpointMissing, size),
            // Signed or not, the root is compared when the tree of that size is known.
            Some(size) => self.purges.push(Purge {
                seq,
                position,
                kind: kind.filter(|_| signed).unwrap_or_default(),
                size,
                root: root.unwrap_or_default(),
            }),
        }
    }

    fn begin_epoch(&mut self, seq: u64, record: &Record<'_>) {
        self.found(What::EpochStarted, seq);
        let refs = record.refs;
        let read = || {
            Some(EpochStatement {
                log_id: self.head.log_id,
                epoch: record.epoch,
                cause: refs.u16(reference::CAUSE)?,
                size: refs.u64(reference::SIZE)?,
                root: refs.array(reference::ROOT)?,
                paper_size: refs.u64(reference::PAPER_SIZE)?,
                paper_root: refs.array(reference::PAPER_ROOT)?,
                seal_key_digest: refs.array(reference::SEAL_KEY_DIGEST)?,
                host_key: refs.array(reference::HOST_KEY)?,
            })
        };
        let signed =
            read().filter(|statement| two_people::signed(record, &self.head.signers, &statement.to_bytes()));
        if signed.is_none() {
            self.found(What::EpochUnsigned, seq);
        }
        let (size, paper_size) = (refs.u64(reference::SIZE), refs.u64(reference::PAPER_SIZE));
        let rooted = size == Some(self.rows()) && refs.array(reference::ROOT) == Some(self.tree.root());
        if !rooted {
            self.found(What::EpochRoot, seq);
        }
        if size.zip(paper_size).is_some_and(|(size, paper)| paper > size) {
            self.found(What::EpochGap, seq);
        }
        if let Some(EpochStatement { size, paper_size, paper_root, .. }) = signed.filter(|_| rooted)
            && paper_size > size
        {
            self.declared.push(Declared { size, paper_size, paper_root });
        }
    }

    pub fn detail(&mut self, seq: u64, nonce: &[u8], text: &str) {
        let commit = <[u8; 32]>::try_from(nonce).map(|nonce| commit_detail(&nonce, text.as_bytes()));
        match self.commitments.get(&seq) {
            None => self.found(What::DetailOrphan, seq),
            Some(expected) if commit.is_ok_and(|commit| commit == *expected) => {}
            Some(_) => self.found(What::DetailAltered, seq),
        }
        self.detailed.insert(seq);
    }

    /// What was found about the rows themselves.
    pub fn links(self) -> Vec<Finding> {
        let rows = [Class::Chain, Class::Column, Class::Clock, Class::Heartbeat];
        self.findings
            .into_iter()
            .filter(|finding| finding.is_alarm() && rows.contains(&finding.what.class()))
            .collect()
    }

    /// Events that commit to a detail which is not there.
    pub fn without_detail(&self) -> Vec<u64> {
        self.commitments.keys().copied().filter(|seq| !self.detailed.contains(seq)).collect()
    }
}

impl Before {
    const fn of(record: &Record<'_>) -> Self {
        Self { wall_us: record.wall_us, boot_id: *record.boot_id, boottime_us: record.boottime_us }
    }
}

/// The day in Japan, counted from 1970.
const fn day(wall_us: i64) -> i64 {
    wall_us.saturating_add(JAPAN_US).div_euclid(DAY_US)
}

fn columns_agree(row: &EventRow<'_>, record: &Record<'_>, first: Option<u64>) -> bool {
    let expected = Columns {
        wall_us: record.wall_us,
        actor: record.actor,
        action: record.action.into(),
        object_kind: record.object_kind.into(),
        object: record.object,
        outcome: record.outcome.into(),
    };
    row.columns == expected && first == Some(row.first_of_transaction)
}
