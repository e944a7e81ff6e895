//! Take a list of destinations over that was kept elsewhere. Nobody has keyed it, and nothing can be sent by it.
use super::super::audit::{Action, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ImportDestinations as Permit};
use super::super::reason::Reason;
use super::super::sending::short_text::short_text;
use super::super::store::destination::DestinationRow;
use super::super::store::{self, Tx};
use super::propose_destination::{check_domain, invalid};
use crate::domain::destination::{Address, Channel, DestinationCode, Protection};
use crate::domain::ids::DestinationId;
use crate::japanese::destination::parse;
use crate::japanese::phone::Phone;

/// More than an office knows.
const ENTRIES_MAX: usize = 2_000;

/// All entries or none. An entry whose code is in the register already is left as it is there.
#[derive(Clone, Debug)]
pub struct ImportDestinations {
    pub entries: Vec<ImportedDestination>,
}

/// One line of the list: enough to find the paper, which is then entered anew by two people.
#[derive(Clone, Debug)]
pub struct ImportedDestination {
    pub code: String,
    pub organisation: String,
    pub reading: String,
    pub channel: Channel,
    pub address: String,
    pub phone: String,
    /// Where the list came from.
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    Done {
        added: usize,
        known: usize,
    },
    /// The entry at this place (from 0) cannot be taken; none was.
    Refused {
        at: usize,
        why: Reason,
    },
}

impl sealed::Sealed for ImportDestinations {}
impl Operation for ImportDestinations {
    type Needs = Permit;
    type Outcome = Import;
    const ACTION: Action = Action::ImportDestinations;

    fn target(&self) {}
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Import>, Reason> {
        if self.entries.len() > ENTRIES_MAX {
            return Err(Reason::TooMany);
        }
        let mut rows: Vec<DestinationRow> = Vec::new();
        let mut known = 0;
        for (at, entry) in self.entries.iter().enumerate() {
            let refused = |why| Ok(Acted::done(Import::Refused { at, why }).but_failed(why));
            let (code, address, phone) = match check(entry, desk) {
                Ok(read) => read,
                Err(why) => return refused(why),
            };
            if rows.iter().any(|row| row.code == code) {
                return refused(Reason::CodeTaken);
            }
            if tx.destination_by_code(&code)?.is_some() {
                known += 1;
                continue;
            }
            let id = DestinationId::make(desk.now, desk.entropy);
            if tx.is_code_taken(&code, id)? {
                return refused(Reason::CodeTaken);
            }
            rows.push(DestinationRow {
                id,
                version: 1,
                code,
                organisation: entry.organisation.trim().to_owned(),
                reading: entry.reading.trim().to_owned(),
                protection: Protection::UntilItLeaves,
                address,
                recipient: String::new(),
                password: None,
                institution: String::new(),
                purposes: Vec::new(),
                contract_until: None,
                bands: Vec::new(),
                phone,
                short_dial: String::new(),
                source: entry.source.trim().to_owned(),
                imported: true,
                entered_by: permit.account(),
                entered_at: desk.now,
                confirmation: None,
                call: None,
                valid_until: None,
                misses: 0,
                frozen_at: None,
            });
        }
        for row in &rows {
            tx.insert_destination(row)?;
        }
        let added = rows.len();
        let count = u32::try_from(added).unwrap_or(u32::MAX);
        Ok(Acted::done(Import::Done { added, known }).with_ref(RefKey::Rows, &count.to_be_bytes()))
    }
}

fn check(entry: &ImportedDestination, desk: &Desk<'_>) -> Result<(String, Address, String), Reason> {
    let code = DestinationCode::parse(&entry.code).ok_or(Reason::CodeInvalid)?;
    let address = parse(entry.channel, &entry.address).ok_or(invalid(entry.channel))?;
    check_domain(&address, desk)?;
    for text in [&entry.organisation, &entry.reading, &entry.source] {
        short_text(text, Reason::TextMissing)?;
    }
    let phone = match entry.phone.trim() {
        "" => String::new(),
        typed => Phone::parse(typed).map_err(|_| Reason::PhoneInvalid)?.digits().to_owned(),
    };
    Ok((code.to_string(), address, phone))
}
