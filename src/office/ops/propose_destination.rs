//! Enter a destination: the first of two people.
use chrono::NaiveDate;

use super::super::audit::{Action, ObjectKind, RefKey};
use super::super::perform::{Acted, Desk, Operation, sealed};
use super::super::policy::{Authorized, ProposeDestination as Permit};
use super::super::reason::Reason;
use super::super::sending::halting::halt;
use super::super::sending::short_text::short_text;
use super::super::store::destination::DestinationRow;
use super::super::store::{self, Tx};
use crate::domain::destination::{Address, Channel, DestinationCode, Protection, RecipientKey};
use crate::domain::ids::{AccountId, DestinationId};
use crate::domain::institution::Band;
use crate::domain::sensitive::Secret;
use crate::japanese::destination::parse;
use crate::japanese::phone::Phone;
use crate::japanese::width::fold_ascii;

/// A short-dial number of a fax machine, with its prefix.
const SHORT_DIAL_MAX: usize = 8;
/// The archive is the only wall around what is mailed, and whoever gets a copy may try passwords for ever.
const PASSWORD_MIN: usize = 12;
const PASSWORD_MAX: usize = 64;

/// What the first person keys from an official paper.
#[derive(Clone, Debug)]
pub struct DestinationProposal {
    /// The entry to change; `None` for a new one.
    pub change: Option<DestinationId>,
    pub code: String,
    pub organisation: String,
    pub reading: String,
    pub channel: Channel,
    pub address: String,
    pub lock: ProposedLock,
    /// Its number in the register of institutions, if it is in there.
    pub institution: String,
    /// Ids of purposes.
    pub purposes: Vec<String>,
    /// The last day of the contract, if there is one.
    pub contract_until: Option<NaiveDate>,
    /// At which hours somebody is there; empty for always.
    pub bands: Vec<Band>,
    /// Where a person is reached who says what has arrived.
    pub phone: String,
    pub short_dial: String,
    /// Number of the document that the address was taken from.
    pub source: String,
}

/// What will open the packages.
#[derive(Clone, Debug)]
pub enum ProposedLock {
    /// The recipient's `age` key.
    RecipientKey(String),
    /// The agreed password of the archive.
    Password(Secret),
    /// Paper: nothing does.
    None,
}

/// Enters a new destination, or a new version of one. It cannot be used before a second person has keyed it blind, a test
/// page has gone there and somebody there has read it out.
#[derive(Clone, Debug)]
pub struct ProposeDestination {
    pub proposal: DestinationProposal,
}

#[derive(Clone, Copy, Debug)]
pub struct ProposedDestination {
    pub id: DestinationId,
    pub version: u32,
    /// What was on its way to the version before, and was taken back.
    pub stopped: u32,
    /// What the courier had already.
    pub gone: u32,
}

impl sealed::Sealed for ProposeDestination {}
impl Operation for ProposeDestination {
    type Needs = Permit;
    type Outcome = ProposedDestination;
    const ACTION: Action = Action::ProposeDestination;

    fn target(&self) {}
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Destination, self.proposal.change.map_or([0; 16], |id| *id.as_bytes()))
    }
    fn facts(&self, _tx: &Tx<'_>, _desk: &Desk<'_>) -> store::Result<Option<()>> {
        Ok(Some(()))
    }

    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Permit>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<ProposedDestination>, Reason> {
        let checked = Checked::of(&self.proposal, desk)?;
        let (id, version) = match self.proposal.change {
            Some(id) => {
                let present = tx.destination(id)?.ok_or(Reason::NoSuchThing)?;
                if present.frozen_at.is_some() {
                    return Err(Reason::DestinationFrozen);
                }
                (id, present.version + 1)
            }
            None => (DestinationId::make(desk.now, desk.entropy), 1),
        };
        if tx.is_code_taken(&checked.code.to_string(), id)? {
            return Err(Reason::CodeTaken);
        }
        // The number before is not to be believed any more, also by what two people have agreed to this morning.
        let halt = halt(tx, id, Reason::DestinationChanged, desk)?;
        if halt.out_of_reach > 0 {
            return Err(Reason::Busy);
        }
        let row = checked.row(self.proposal, (id, version), permit.account(), desk);
        tx.insert_destination(&row)?;
        let named: Vec<u8> = halt.taken_back.iter().flat_map(|id| *id.as_bytes()).collect();
        let proposed = ProposedDestination { id, version, stopped: halt.stopped(), gone: halt.gone };
        Ok(Acted::done(proposed)
            .about(ObjectKind::Destination, *id.as_bytes())
            .with_ref(RefKey::Stopped, &named)
            .with_ref(RefKey::Version, &version.to_be_bytes()))
    }
}

/// What was read out of a proposal, when all of it is sound.
struct Checked {
    code: DestinationCode,
    address: Address,
    phone: String,
}

impl Checked {
    fn of(proposal: &DestinationProposal, desk: &Desk<'_>) -> Result<Self, Reason> {
        let code = DestinationCode::parse(&proposal.code).ok_or(Reason::CodeInvalid)?;
        let address = parse(proposal.channel, &proposal.address).ok_or(invalid(proposal.channel))?;
        check_domain(&address, desk)?;
        check_lock(proposal)?;
        check_texts(proposal)?;
        let catalog = desk.house.catalog();
        if proposal.purposes.is_empty() || proposal.purposes.iter().any(|id| catalog.purpose(id).is_none()) {
            return Err(Reason::PurposeMissing);
        }
        if proposal.contract_until.is_some_and(|until| until < desk.now.date_in_japan()) {
            return Err(Reason::ContractOver);
        }
        let phone = Phone::parse(&proposal.phone).map_err(|_| Reason::PhoneInvalid)?.digits().to_owned();
        Ok(Self { code, address, phone })
    }

    fn row(
        self,
        proposal: DestinationProposal,
        (id, version): (DestinationId, u32),
        by: AccountId,
        desk: &mut Desk<'_>,
    ) -> DestinationRow {
        let [organisation, reading, source] =
            [proposal.organisation, proposal.reading, proposal.source].map(|text| text.trim().to_owned());
        let (institution, short_dial) = (plain(&proposal.institution), plain(&proposal.short_dial));
        let (protection, recipient, password) = match proposal.lock {
            ProposedLock::RecipientKey(key) => (Protection::RecipientKey, key.trim().to_owned(), None),
            ProposedLock::Password(password) => {
                let sealed = desk.keys.seal_password(id, version, &password, desk.entropy);
                (Protection::Password, String::new(), Some(sealed))
            }
            ProposedLock::None => (Protection::UntilItLeaves, String::new(), None),
        };
        DestinationRow {
            id,
            version,
            code: self.code.to_string(),
            organisation,
            reading,
            address: self.address,
            protection,
            recipient,
            password,
            institution,
            purposes: proposal.purposes,
            contract_until: proposal.contract_until,
            bands: proposal.bands,
            phone: self.phone,
            short_dial,
            source,
            imported: false,
            entered_by: by,
            entered_at: desk.now,
            confirmation: None,
            call: None,
            valid_until: None,
            misses: 0,
            frozen_at: None,
        }
    }
}

pub(super) const fn invalid(channel: Channel) -> Reason {
    match channel {
        Channel::Folder => Reason::AddressInvalid,
        Channel::Fax | Channel::ManualFax => Reason::FaxInvalid,
        Channel::Mail => Reason::MailInvalid,
        Channel::Media => Reason::MediumInvalid,
    }
}

/// A mail may only go where the site allows mail to go at all.
pub(super) fn check_domain(address: &Address, desk: &Desk<'_>) -> Result<(), Reason> {
    let Address::Mail(mail) = address else { return Ok(()) };
    let allowed = &desk.house.site().mail_domains;
    if allowed.iter().any(|domain| domain == mail.domain()) { Ok(()) } else { Err(Reason::DomainNotAllowed) }
}

fn check_lock(proposal: &DestinationProposal) -> Result<(), Reason> {
    let protection = match &proposal.lock {
        ProposedLock::RecipientKey(key) => {
            RecipientKey::parse(key).ok_or(Reason::RecipientInvalid)?;
            Protection::RecipientKey
        }
        ProposedLock::Password(password) => {
            let password = password.expose();
            // 7-Zip on Windows reads a password in the code page of the system: only ASCII is the same everywhere.
            let fits = (PASSWORD_MIN..=PASSWORD_MAX).contains(&password.len())
                && password.bytes().all(|byte| byte.is_ascii_graphic());
            if !fits {
                return Err(Reason::ArchivePasswordInvalid);
            }
            Protection::Password
        }
        ProposedLock::None => Protection::UntilItLeaves,
    };
    let possible = proposal.channel.protections().contains(&protection);
    if possible { Ok(()) } else { Err(Reason::LockUnfit) }
}

/// A number as it is kept, whatever state the input method was in.
fn plain(typed: &str) -> String {
    fold_ascii(typed).trim().to_owned()
}

fn check_texts(proposal: &DestinationProposal) -> Result<(), Reason> {
    for text in [&proposal.organisation, &proposal.reading, &proposal.source] {
        short_text(text, Reason::TextMissing)?;
    }
    let dial = plain(&proposal.short_dial);
    let short_dial_fits = dial.len() <= SHORT_DIAL_MAX
        && dial.bytes().all(|byte| byte.is_ascii_digit() || b"*#".contains(&byte));
    let institution = plain(&proposal.institution);
    let institution_fits =
        institution.len() <= 10 && institution.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !short_dial_fits {
        return Err(Reason::ShortDialInvalid);
    }
    if institution_fits { Ok(()) } else { Err(Reason::InstitutionCodeInvalid) }
}
