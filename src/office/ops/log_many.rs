//! Fill the log for the benchmark. Compiled only for it.
use super::super::audit::append::Scribe;
use super::super::audit::{self, Action, Note, ObjectKind, Outcome, RefKey, verify};
use super::super::reason::Reason;
use super::super::session::Session;
use crate::domain::ids::RecordId;

/// As many as a transaction of the import has.
const AT_ONCE: u32 = 1000;

impl Session {
    /// Appends as many acts as are asked for, many to a transaction.
    pub fn log_many(&mut self, count: u32) -> Result<(), Reason> {
        let mut entropy = self.house.entropy();
        let mut left = count;
        while left > 0 {
            let reading = self.house.clock.read();
            let mut tx = self.store.begin()?;
            let scribe = Scribe {
                log: self.house.log_name(&tx)?,
                reading,
                actor: Some(self.account),
                session: Some(self.id),
                origin: &self.house.origin,
                host: self.keys.host(),
            };
            let mut last = None;
            for _ in 0..left.min(AT_ONCE) {
                let mut note = Note::new(Action::ShowRecord, Outcome::Done);
                note.object =
                    (ObjectKind::Record, *RecordId::make(reading.wall, entropy.as_mut()).as_bytes());
                note.refs.push((RefKey::Version, 1u32.to_be_bytes().to_vec()));
                last = Some(audit::append(&mut tx, &scribe, note, entropy.as_mut())?);
            }
            if let Some(entry) = last {
                tx.commit(entry)?;
            }
            left = left.saturating_sub(AT_ONCE);
        }
        Ok(())
    }

    /// What a sign-in looks at: how many rows since the last checkpoint are not sound.
    pub fn look_at_tail(&mut self) -> Result<usize, Reason> {
        let tx = self.store.begin()?;
        let log = self.house.log_name(&tx)?;
        Ok(verify::tail(&tx, log).len())
    }

    /// Reads every sealed record and hashes it, and does nothing else: what no verification can be faster than.
    pub fn hash_log(&mut self) -> Result<u64, Reason> {
        let snapshot = self.store.snapshot()?;
        let mut count = 0;
        snapshot.each_event(1, &mut |row| {
            count += u64::from(row.body.is_some_and(|body| crate::log::record::leaf_hash(body) == row.hash));
            std::ops::ControlFlow::Continue(())
        })?;
        Ok(count)
    }
}
