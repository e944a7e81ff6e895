//! Which events a view of the log shows. It asks the sealed record alone: whoever edits a query column hides nothing.
use std::collections::BTreeSet;

use super::action::Action;
#[cfg(test)]
use super::event::Event;
use super::glance::Glance;
#[cfg(test)]
use super::glance::{account_of, named_by};
use crate::domain::ids::AccountId;
use crate::domain::time::Timestamp;

/// What is looked for; everything that is said has to hold.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// Ids of records, and of the drafts and sendings that belong to them: the event names one of these.
    pub named: Option<BTreeSet<[u8; 16]>>,
    /// Who acted, or came in.
    pub staff: Option<AccountId>,
    /// One of these.
    pub actions: Option<BTreeSet<Action>>,
    pub from: Option<Timestamp>,
    /// The first moment after the range.
    pub until: Option<Timestamp>,
    pub terminal: Option<String>,
}

impl LogFilter {
    /// Whether the view shows this event: what tests hold every view against.
    #[cfg(test)]
    pub fn admits(&self, event: &Event) -> bool {
        let account = account_of(event.actor, event.object);
        self.fits(account, event.action, event.clock.wall, &event.origin.terminal)
            && self.is_named(named_by(event))
    }

    /// Whether the view shows this event.
    pub fn admits_glance(&self, glance: &Glance<'_>) -> bool {
        self.fits(glance.account(), glance.action, glance.at, glance.terminal)
            && self.is_named(glance.named())
    }

    fn fits(&self, account: Option<AccountId>, action: Action, at: Timestamp, terminal: &str) -> bool {
        self.staff.is_none_or(|staff| account == Some(staff))
            && self.actions.as_ref().is_none_or(|actions| actions.contains(&action))
            && self.from.is_none_or(|from| at >= from)
            && self.until.is_none_or(|until| at < until)
            && self.terminal.as_ref().is_none_or(|wanted| wanted == terminal)
    }

    fn is_named(&self, mut names: impl Iterator<Item = [u8; 16]>) -> bool {
        self.named.as_ref().is_none_or(|wanted| names.any(|id| wanted.contains(&id)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::action::{ObjectKind, RefKey};
    use super::super::event::tests::sample;
    use super::*;

    fn both(filter: &LogFilter, event: &Event) -> bool {
        let admitted = filter.admits(event);
        let body = event.encode();
        assert_eq!(filter.admits_glance(&Glance::of(&body).unwrap()), admitted);
        admitted
    }

    #[test]
    fn everything_that_is_said_has_to_hold() {
        let event = sample();
        assert!(both(&LogFilter::default(), &event));
        let at = event.clock.wall;
        let fits = LogFilter {
            named: Some(BTreeSet::from([[9; 16]])),
            staff: event.actor,
            actions: Some(BTreeSet::from([Action::ShowRecord])),
            from: Some(at),
            until: Some(at.plus_seconds(1)),
            terminal: Some("pts/3".into()),
        };
        assert!(both(&fits, &event));
        let other = AccountId::from_bytes([2; 16]);
        for filter in [
            LogFilter { named: Some(BTreeSet::from([[1; 16]])), ..fits.clone() },
            LogFilter { staff: Some(other), ..fits.clone() },
            LogFilter { actions: Some(BTreeSet::from([Action::SignIn])), ..fits.clone() },
            LogFilter { from: Some(at.plus_seconds(1)), ..fits.clone() },
            LogFilter { until: Some(at), ..fits.clone() },
            LogFilter { terminal: Some("pts/33".into()), ..fits.clone() },
        ] {
            assert!(!both(&filter, &event), "{filter:?}");
        }
    }

    #[test]
    fn a_record_is_also_named_beside_the_object() {
        let wanted = LogFilter { named: Some(BTreeSet::from([[5; 16]])), ..LogFilter::default() };
        let mut event = sample();
        assert!(!both(&wanted, &event));
        event.object = (ObjectKind::Draft, [8; 16]);
        for refs in [
            vec![(RefKey::Record, vec![5; 16])],
            vec![(RefKey::OtherRecord, [[4; 16], [5; 16]].concat())],
            vec![(RefKey::Transmission, vec![5; 16])],
        ] {
            assert!(both(&wanted, &Event { refs, ..event.clone() }));
        }
        // Not across two of them, and not in a hash.
        let across = [[4; 12].as_slice(), &[5; 16], &[4; 4]].concat();
        assert!(!both(&wanted, &Event { refs: vec![(RefKey::OtherRecord, across)], ..event.clone() }));
        assert!(!both(&wanted, &Event { refs: vec![(RefKey::Statement, vec![5; 32])], ..event }));
    }

    #[test]
    fn somebody_who_comes_in_has_acted() {
        let mut event = sample();
        (event.actor, event.object) = (None, (ObjectKind::Account, [1; 16]));
        let staff = Some(AccountId::from_bytes([1; 16]));
        assert!(both(&LogFilter { staff, ..LogFilter::default() }, &event));
    }
}
