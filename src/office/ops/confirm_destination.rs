//! Key a destination a second time, blind, from another paper.
use subtle::ConstantTimeEq as _;

use super::super::audit::clock::WallClock;
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ConfirmDestination as Permit, OtherPerson};
use super::super::reason::Reason;
use super::super::sending::second_person::facts_of_entry;
use super::super::sending::short_text::short_text;
use super::super::store::destination::{CallBack, DestinationRow, Rekeyed};
use super::super::store::{self, Tx};
use super::note_call_back::valid_until;
use crate::domain::destination::{Channel, Protection};
use crate::domain::ids::DestinationId;
use crate::domain::sensitive::Secret;
use crate::japanese::destination::parse;
use crate::japanese::width::fold_ascii;

/// The last characters of the recipient key are keyed, not all sixty-two.
pub const KEY_TAIL: usize = 6;
/// A version that nobody tries within a month is keyed anew.
const TESTED_WITHIN_S: i64 = 30 * 24 * 3600;

/// The second person's keying. Nothing of the first person's is shown before it.
#[derive(Clone, Debug)]
pub struct ConfirmDestination {
    pub id: DestinationId,
    pub address: String,
    /// The last six characters of the recipient key, or the whole password; empty where paper is sent.
    pub lock: Secret,
    /// Number of the document that it was keyed from: another one than the first person's.
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationConfirmed {
    /// Next a test page goes there, and somebody there reads it out.
    Confirmed,
    /// No match; which of the two differs is not said.
    Mismatch { left: u32 },
}

impl sealed::Sealed for ConfirmDestination {}
impl Operation for ConfirmDestination {
    type Needs = Permit;
    type Outcome = DestinationConfirmed;
    const ACTION: Action = Action::ConfirmDestination;
    const CLOCK: WallClock = WallClock::Trusted;

    fn target(&self) -> DestinationId {
        self.id
    }
    fn facts(&self, tx: &Tx<'_>, desk: &Desk<'_>) -> store::Result<Option<OtherPerson>> {
        facts_of_entry(tx, self.id, desk)
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<DestinationConfirmed>, Reason> {
        let row = tx.destination(permit.target())?.ok_or(Reason::NoSuchThing)?;
        if row.frozen_at.is_some() {
            return Err(Reason::DestinationFrozen);
        }
        if row.imported {
            return Err(Reason::DestinationImported);
        }
        if row.confirmation.is_some() {
            return Err(Reason::OutOfOrder);
        }
        if row.is_disputed() {
            return Err(Reason::EntryDisputed);
        }
        let source = check_source(&self.source, &row)?;
        let version = row.version.to_be_bytes();
        let same_address =
            parse(row.address.channel(), &self.address).is_some_and(|typed| typed.matches(&row.address));
        if !(same_address & self.same_lock(&row, desk)?) {
            tx.count_destination_miss(row.id, row.version)?;
            let left = DestinationRow::MISSES_MAX.saturating_sub(row.misses + 1);
            return Ok(Acted::done(DestinationConfirmed::Mismatch { left })
                .but_failed(Reason::RekeyMismatch)
                .with_ref(RefKey::Version, &version)
                .with_ref(RefKey::Attempts, &(row.misses + 1).to_be_bytes()));
        }
        let second = Rekeyed { by: permit.account(), at: desk.now, source: Some(source) };
        tx.confirm_destination(row.id, row.version, &second, desk.now.plus_seconds(TESTED_WITHIN_S))?;
        if row.address.channel() == Channel::Media {
            // A medium is in the house until it is sent, and nobody answers from there.
            let call = CallBack { by: permit.account(), at: desk.now, whom: String::new() };
            tx.note_call_back(row.id, row.version, &call, valid_until(&row, desk.now))?;
        }
        Ok(Acted::done(DestinationConfirmed::Confirmed)
            .with_ref(RefKey::Version, &version)
            .with_ref(RefKey::OtherAccount, row.entered_by.as_bytes()))
    }
}

impl ConfirmDestination {
    fn same_lock(&self, row: &DestinationRow, desk: &Desk<'_>) -> Result<bool, Reason> {
        let same = |a: &str, b: &str| bool::from(a.as_bytes().ct_eq(b.as_bytes()));
        Ok(match row.protection {
            Protection::RecipientKey => same(&fold(self.lock.expose()), &tail_of(&row.recipient)),
            Protection::Password => {
                let sealed = row.password.as_deref().ok_or(Reason::Impossible)?;
                let password = desk.keys.open_password(row.id, row.version, sealed)?;
                same(&fold_ascii(self.lock.expose()), password.expose())
            }
            Protection::UntilItLeaves => true,
        })
    }
}

/// Two papers: what was wrong in one is not wrong in the other in the same way.
fn check_source(typed: &str, row: &DestinationRow) -> Result<String, Reason> {
    let source = short_text(typed, Reason::SourceMissing)?;
    if fold(&source) == fold(&row.source) { Err(Reason::SameSource) } else { Ok(source) }
}

fn tail_of(recipient: &str) -> String {
    let characters: Vec<char> = recipient.chars().collect();
    characters.iter().skip(characters.len().saturating_sub(KEY_TAIL)).collect()
}

fn fold(typed: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    typed.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
