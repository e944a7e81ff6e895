//! What can only be said after the last row: checkpoints, erasures, seal, paper.
use super::super::checkpoint::Note;
use super::super::finding::What;
use super::super::slip::PaperRoot;
use super::super::source::{CheckpointRow, CosignatureRow};
use super::super::statement::Erasure;
use super::walk::{Purge, Walk};
use super::{Report, Tier};
use crate::domain::digest::Digest;
use crate::order::PublicKey;

/// The first event is never erased: it names the log and its keys.
const FIRST_ERASABLE: u64 = 2;

impl Walk<'_> {
    pub(super) fn conclude(mut self, paper: &[PaperRoot]) -> Report {
        self.check_purges();
        self.check_missing_details();
        self.check_checkpoints();
        self.check_host_key();
        self.check_seal();
        self.check_paper(paper);
        self.findings.sort_unstable();
        self.findings.dedup();
        let without: Vec<u32> = (1..=self.epoch).filter(|epoch| !self.keys.contains_key(epoch)).collect();
        Report {
            events: self.rows(),
            epoch: self.epoch,
            head: self.prev,
            root: self.tree.root(),
            details: if self.head.with_details { Tier::Checked } else { Tier::Skipped },
            auditor: match without.len() {
                0 => Tier::Checked,
                _ if self.keys.is_empty() => Tier::Skipped,
                _ => Tier::Without(without),
            },
            paper: if paper.is_empty() { Tier::Skipped } else { Tier::Checked },
            findings: self.findings,
        }
    }

    /// Drops erasures that do not name a checkpoint before them, and finds rows that no erasure covers.
    fn check_purges(&mut self) {
        for purge in std::mem::take(&mut self.purges) {
            let Purge { size, position, root, .. } = purge;
            let rooted = size <= position && self.at.get(&size).is_some_and(|at| at.tree.root() == root);
            if rooted {
                self.purges.push(purge);
            } else {
                self.found(What::PurgeRoot, purge.seq);
            }
        }
        let covered = self.erased_up_to(&[Erasure::Bodies]);
        for (from, to) in std::mem::take(&mut self.erased) {
            let uncovered = (from..=to).filter(|seq| *seq < FIRST_ERASABLE || *seq > covered);
            uncovered.for_each(|seq| self.found(What::ChainErased, seq));
        }
    }

    fn check_missing_details(&mut self) {
        if !self.head.with_details {
            return;
        }
        let covered = self.erased_up_to(&[Erasure::Details, Erasure::Bodies]);
        let missing = self.without_detail().into_iter().filter(|seq| *seq > covered);
        missing.for_each(|seq| self.found(What::DetailMissing, seq));
    }

    fn erased_up_to(&self, kinds: &[Erasure]) -> u64 {
        let covering = self
            .purges
            .iter()
            .filter(|purge| Erasure::from_code(purge.kind).is_some_and(|kind| kinds.contains(&kind)));
        covering.map(|purge| purge.size).max().unwrap_or(0)
    }

    fn check_checkpoints(&mut self) {
        let head = self.head;
        for row in &head.checkpoints {
            self.check_checkpoint(row);
        }
        for cosignature in &head.cosignatures {
            let size = cosignature.size;
            let row = head.checkpoints.iter().rev().find(|row| row.size == size);
            let signer = head.signers.iter().find(|signer| signer.account == cosignature.account);
            let fits = row.and_then(|row| self.note_of(row)).zip(signer).is_some_and(|(note, signer)| {
                note.checkpoint.is_cosigned(&cosignature.line, signer.account, &signer.key)
            });
            if !fits {
                self.found(What::CheckpointCosignature, size);
            }
        }
        for (size, digest) in std::mem::take(&mut self.cosigned) {
            let is_there = |row: &CosignatureRow| {
                row.size == size && Digest::of(row.line.as_bytes()).as_bytes() == &digest
            };
            if !head.cosignatures.iter().any(is_there) {
                self.found(What::CheckpointCosignature, size);
            }
        }
    }

    fn note_of(&self, row: &CheckpointRow) -> Option<Note> {
        Note::parse(&row.note)
            .filter(|note| note.checkpoint.size == row.size && note.checkpoint.log_id == self.head.log_id)
    }

    fn check_checkpoint(&mut self, row: &CheckpointRow) {
        let size = row.size;
        let note = self.note_of(row);
        match &note {
            None => self.found(What::CheckpointNote, size),
            Some(note) if !self.is_signed(note) => self.found(What::CheckpointSignature, size),
            Some(_) => {}
        }
        let Some(at) = self.at.get(&size) else { return self.found(What::CheckpointBeyond, size) };
        let root_differs = note.is_some_and(|note| note.checkpoint.root != at.tree.root());
        let (frontier_differs, aggregate) = (row.frontier != at.tree.peaks(), at.aggregate);
        if root_differs || frontier_differs {
            self.found(What::CheckpointRoot, size);
        }
        if self.followed.contains(&size) && !self.named.contains(&size) {
            self.found(What::CheckpointUnnamed, size);
        }
        if aggregate.is_some_and(|aggregate| aggregate != row.aggregate) {
            self.found(What::CheckpointAggregate, size);
        }
    }

    /// By the host's key that was in force then.
    fn is_signed(&self, note: &Note) -> bool {
        let size = note.checkpoint.size;
        let key = self.host_keys.iter().rev().find(|(since, ..)| *since <= size).map(|(_, _, key)| key);
        key.and_then(PublicKey::from_bytes).is_some_and(|key| note.is_signed_by(&key))
    }

    fn check_host_key(&mut self) {
        if let Some((_, seq, key)) = self.host_keys.last().copied()
            && key != self.head.host_key
        {
            self.found(What::CheckpointHostKey, seq);
        }
    }

    fn check_seal(&mut self) {
        let Some(seal) = self.head.seal else { return self.found(What::SealMissing, 0) };
        if seal.seq > self.rows() {
            self.found(What::SealAhead, seal.seq);
        } else if !self.one_transaction {
            self.found(What::SealBehind, seal.seq);
        }
        if self.rows() > 0 && seal.epoch != self.epoch {
            self.found(What::SealEpoch, seal.seq);
        }
        let differs = |replayed: &super::super::seal::SealPosition| {
            (replayed.key_digest, replayed.aggregate) != (seal.key_digest, seal.aggregate)
        };
        if self.at_seal.as_ref().is_some_and(differs) {
            self.found(What::SealForged, seal.seq);
        }
    }

    fn check_paper(&mut self, paper: &[PaperRoot]) {
        for PaperRoot { log_id, size, root } in paper.iter().copied() {
            let ours = self.at.get(&size).map(|at| at.tree.root());
            if log_id.is_some_and(|log_id| log_id != self.head.log_id) {
                self.found(What::PaperForeign, size);
            } else if ours != Some(root) {
                let word = if ours.is_none() { What::PaperShorter } else { What::PaperRoot };
                let declared = self.is_declared(size, &root);
                self.found(if declared { What::PaperDeclared } else { word }, size);
            }
        }
    }

    /// The highest size on paper was signed together with its root, so another root there was not declared.
    fn is_declared(&self, size: u64, root: &[u8; 32]) -> bool {
        self.declared.iter().any(|loss| {
            (loss.size < size && size < loss.paper_size)
                || (size == loss.paper_size && *root == loss.paper_root)
        })
    }
}
