//! Steps of the wall clock that block, as the sealed records tell them.
use super::{Result, StoreError, Tx};
use crate::domain::ids::{AccountId, PersonId};
use crate::domain::incident::Warning;
use crate::domain::staff::{Pair, Party};
use crate::domain::time::Timestamp;
use crate::office::audit::event::Event;
use crate::office::audit::{Action, Outcome, RefKey};

/// A step that blocks, or has blocked.
#[derive(Clone, Debug)]
pub struct ClockStepRow {
    pub seq: u64,
    /// What the wall clock said when it was found.
    pub at: Timestamp,
    pub size_us: i64,
    pub wall_us: i64,
    /// Who has acknowledged it, in order, with the people whom the register of staff names today.
    pub acknowledged: Vec<Party>,
}

impl ClockStepRow {
    /// Whether two different people have looked at it.
    pub fn is_settled(&self) -> bool {
        let first = self.acknowledged.first();
        first.is_some_and(|first| self.acknowledged.iter().any(|other| Pair::new(*first, *other).is_some()))
    }

    pub fn is_acknowledged_by(&self, person: PersonId) -> bool {
        self.acknowledged.iter().any(|party| party.person == person)
    }
}

// As numbers, because an index on part of the rows serves only a query that repeats its condition.
const STEPS: &str = "SELECT seq, body FROM audit_event WHERE action = 90 AND outcome = 3 ORDER BY seq";
const ACKNOWLEDGED: &str = "SELECT seq, body FROM audit_event WHERE action = 91 AND outcome = 1 ORDER BY seq";

impl Tx<'_> {
    /// Every step that ever blocked, the oldest first.
    pub fn clock_steps(&self) -> Result<Vec<ClockStepRow>> {
        let mut steps: Vec<ClockStepRow> = Vec::new();
        for event in self.sealed(STEPS, Action::ClockStep, Outcome::Failed)? {
            steps.push(ClockStepRow {
                seq: event.seq,
                at: event.clock.wall,
                size_us: i64::from_be_bytes(number(&event, RefKey::StepSize)?),
                wall_us: i64::from_be_bytes(number(&event, RefKey::WallMoved)?),
                acknowledged: Vec::new(),
            });
        }
        if steps.is_empty() {
            return Ok(steps);
        }
        for event in self.sealed(ACKNOWLEDGED, Action::AcknowledgeClock, Outcome::Done)? {
            let seq = u64::from_be_bytes(number(&event, RefKey::AcknowledgedStep)?);
            let who = event.actor.map(|account| self.party(account)).transpose()?.flatten();
            if let (Some(step), Some(who)) = (steps.iter_mut().find(|step| step.seq == seq), who) {
                step.acknowledged.push(who);
            }
        }
        Ok(steps)
    }

    /// What everybody has to see; `None` while there is nothing.
    pub fn warning(&self) -> Result<Option<Warning>> {
        let incidents = self.incident_warning()?;
        let open = self.clock_steps()?.iter().filter(|step| !step.is_settled()).count();
        match (incidents, u32::try_from(open).unwrap_or(u32::MAX)) {
            (incidents, 0) => Ok(incidents),
            (incidents, clock_steps) => Ok(Some(Warning { clock_steps, ..incidents.unwrap_or_default() })),
        }
    }

    /// Only what the sealed record says counts; columns that say something else are a broken log.
    fn sealed(&self, query: &str, action: Action, outcome: Outcome) -> Result<Vec<Event>> {
        let mut statement = self.inner.prepare_cached(query)?;
        let rows =
            statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<Vec<u8>>>(1)?)))?;
        let mut events = Vec::new();
        for row in rows {
            // Bodies are purged years later, and never while a step blocks.
            let (seq, Some(body)) = row? else { continue };
            let event = Event::decode(&body).ok_or(StoreError::LogBroken)?;
            if i64::try_from(event.seq) != Ok(seq) || event.action != action || event.outcome != outcome {
                return Err(StoreError::LogBroken);
            }
            events.push(event);
        }
        Ok(events)
    }

    fn party(&self, account: AccountId) -> Result<Option<Party>> {
        Ok(self.staff(account)?.map(|row| row.party))
    }
}

fn number(event: &Event, key: RefKey) -> Result<[u8; 8]> {
    event.reference(key).and_then(|bytes| bytes.try_into().ok()).ok_or(StoreError::LogBroken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queries_name_the_codes_of_the_registry() {
        let wanted = |action: Action, outcome: Outcome| {
            format!("action = {} AND outcome = {} ", action.code(), outcome.code())
        };
        assert!(STEPS.contains(&wanted(Action::ClockStep, Outcome::Failed)));
        assert!(ACKNOWLEDGED.contains(&wanted(Action::AcknowledgeClock, Outcome::Done)));
    }
}
