//! The access log as supervisors read it.
use std::collections::HashMap;

use super::super::audit::{Action, ObjectKind, Outcome, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ListLog as Permit};
use super::super::reason::Reason;
use super::super::store::{self, Tx};
use super::review_event::Verdict;
use crate::domain::ids::{AccountId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;

const PAGE: u32 = 200;

/// A page of the log, newest first, decoded from the sealed records.
#[derive(Clone, Copy, Debug)]
pub struct ListLog {
    /// Only events before this one.
    pub before: Option<u64>,
}

/// One event as shown.
#[derive(Clone, Debug)]
pub struct LogLine {
    pub seq: u64,
    pub at: Timestamp,
    pub terminal: String,
    pub actor: Option<AccountId>,
    pub actor_number: String,
    pub actor_name: String,
    pub action: Action,
    pub object: ObjectKind,
    /// Reception number and whose record it is, when the event is about a record.
    pub record: Option<(u32, Personal<String>)>,
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    pub detail: Option<Personal<String>>,
    pub review: Option<(Verdict, String)>,
    /// One's own events are reviewed by somebody else.
    pub own: bool,
}

#[derive(Clone, Debug)]
pub struct LogPage {
    pub lines: Vec<LogLine>,
    pub total: u64,
    pub reviewed: u64,
}

impl sealed::Sealed for ListLog {}
impl Operation for ListLog {
    type Needs = Permit;
    type Outcome = LogPage;
    const ACTION: Action = Action::ListLog;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        _desk: &mut Desk<'_>,
    ) -> Result<Acted<LogPage>, Reason> {
        let staff: HashMap<AccountId, (String, String)> = tx
            .all_staff()?
            .into_iter()
            .map(|row| (row.party.account, (row.number.to_string(), row.name)))
            .collect();
        let reviews = tx.reviews()?;
        let mut lines = Vec::new();
        for (event, detail) in tx.newest_events(self.before, PAGE)? {
            // A sign-in has no actor yet: it is about the account that came in.
            let account = event.actor.or_else(|| {
                (event.object.0 == ObjectKind::Account).then(|| AccountId::from_bytes(event.object.1))
            });
            let (actor_number, actor_name) =
                account.and_then(|id| staff.get(&id).cloned()).unwrap_or_default();
            let record = match event.object {
                (ObjectKind::Record, id) => tx.record_label(RecordId::from_bytes(id))?,
                (ObjectKind::Transmission, _) => {
                    match event.reference(RefKey::Record).map(<[u8; 16]>::try_from) {
                        Some(Ok(id)) => tx.record_label(RecordId::from_bytes(id))?,
                        _ => None,
                    }
                }
                _ => None,
            };
            lines.push(LogLine {
                seq: event.seq,
                at: event.clock.wall,
                terminal: event.origin.terminal.clone(),
                actor: account,
                actor_number,
                actor_name,
                action: event.action,
                object: event.object.0,
                record,
                outcome: event.outcome,
                reason: Reason::from_code(event.reason),
                detail: detail.map(Personal::new),
                review: reviews.get(&event.seq).cloned(),
                own: account == Some(permit.account()),
            });
        }
        let (total, _) = tx.log_tail()?;
        let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let reviewed = reviews.len() as u64;
        Ok(Acted::done(LogPage { lines, total, reviewed }).with_ref(RefKey::Rows, &shown.to_be_bytes()))
    }
}
