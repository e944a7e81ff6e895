//! Signing in: password and one-time code, both, always.
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::audit::append::Scribe;
use super::audit::clock::WallClock;
use super::audit::preauth::{Attempt, Bookmark, Found, PreLogin};
use super::audit::{self, Action, Note, ObjectKind, Outcome, RefKey};
use super::enrol::Enrolment;
use super::house::{Generation, House, VaultName};
use super::lockout::Lockout;
use super::reason::Reason;
use super::room::{self, Refused};
use super::session::{Face, FreshCode, Session, SessionKeys, open_totp};
use super::store::meta::Fact;
use super::store::staff::{StaffRow, StaffStatus};
use super::store::{Store, Tx};
use super::vault::keys::{HostKey, Purpose, VaultKey};
use super::vault::slot::{self, PersonalKeys, Slot};
use crate::domain::ids::{AccountId, SessionId, StaffNumber};
use crate::domain::incident::Warning;
use crate::domain::sensitive::Secret;
use crate::domain::time::{Reading, Timestamp};
use crate::os::files;

/// What a person types to sign in. Full-width digits are folded.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub number: String,
    pub password: Secret,
    /// Empty only for the first sign-in with an initial password.
    pub code: Secret,
}

/// Who came in.
pub enum SignedIn {
    In(Box<Session>),
    /// The initial password fits: the person now has to choose an own one and to enrol a token.
    MustEnrol(Box<Enrolment>),
}

/// The second half of a sign-in: code, row, session.
pub(super) fn admit(
    house: &House,
    generation: &Generation,
    Identified { slot, opened, lockout }: Identified,
    credentials: &Credentials,
    reading: Reading,
) -> Result<SignedIn, Reason> {
    let pre_login = PreLogin::new(&generation.seal_dir());
    let signed_in = opened.check_in(house, &slot, credentials, reading, &pre_login)?;
    lockout.clear()?;
    Ok(signed_in)
}

/// Somebody whose password has opened the vault. The code is still to be checked.
pub(super) struct Identified {
    pub slot: Slot,
    pub opened: Opened,
    pub lockout: Lockout,
}

/// Counts the attempt and opens slot and vault; what fails goes to the file of attempts.
pub(super) fn identify(
    generation: &Generation,
    credentials: &Credentials,
    reading: Reading,
) -> Result<Identified, Reason> {
    let folded: String = credentials.number.nfkc().filter(|c| !c.is_whitespace()).collect();
    let number = StaffNumber::parse(&folded);
    let slot = number.as_ref().and_then(|number| read_slot(generation, number));
    // A number that is no number at all still costs an attempt.
    let counter = number.clone().or_else(|| StaffNumber::parse("0")).ok_or(Reason::Impossible)?;
    let lockout = Lockout::of(generation, &counter, slot.is_some());
    lockout.count_attempt(reading.wall)?;

    let pre_login = PreLogin::new(&generation.seal_dir());
    let refused = |account: Option<AccountId>, reason: Reason| -> Reason {
        let attempt = Attempt { at: reading.wall, account, reason: reason.code() };
        // An attempt that cannot be written down must not succeed or fail silently.
        pre_login.record(&attempt).map_or_else(Reason::from, |()| reason)
    };
    let Some(slot) = slot else {
        slot::spend_the_time(&credentials.password);
        return Err(refused(None, Reason::SignInWrong));
    };
    let Ok(personal) = slot.open(&credentials.password) else {
        return Err(refused(Some(slot.account), Reason::SignInWrong));
    };
    let opened = Opened::open(generation, &slot, personal).map_err(|reason| {
        if reason == Reason::DiskFull {
            // The attempt is written down outside, and that takes room too.
            generation.reserve().release();
        }
        refused(Some(slot.account), reason)
    })?;
    Ok(Identified { slot, opened, lockout })
}

/// The slot of a number, if there is a sound one.
pub(super) fn read_slot(generation: &Generation, number: &StaffNumber) -> Option<Slot> {
    let bytes = files::read_limited(&generation.slot(number), slot::SIZE_MAX).ok()?;
    Slot::parse(&bytes).ok().filter(|slot| slot.number == *number)
}

/// The vault is open, the person is not in yet.
pub(super) struct Opened {
    pub store: Store,
    pub vault_key: VaultKey,
    pub name: VaultName,
    pub personal: PersonalKeys,
}

impl Opened {
    fn open(generation: &Generation, slot: &Slot, personal: PersonalKeys) -> Result<Self, Reason> {
        let sealed = files::read_limited(&generation.vault_file(), super::vault_file::FILE_MAX)?;
        // A person whose key was dropped from the vault file is no longer one of us, whatever the old slot says.
        let plain = personal.identity.open(&sealed).map_err(|_| Reason::AccountSuspended)?;
        let vault_key = VaultKey::from_bytes(&plain).ok_or(Reason::Damaged)?;
        let name = VaultName { vault: slot.vault, generation: generation.number };
        let key = vault_key.derive(Purpose::Database, name.vault, name.generation);
        let store = Store::open(&generation.database(), &generation.seal_state(), &key)?;
        Ok(Self { store, vault_key, name, personal })
    }

    fn check_in(
        mut self,
        house: &House,
        slot: &Slot,
        credentials: &Credentials,
        reading: Reading,
        pre_login: &PreLogin,
    ) -> Result<SignedIn, Reason> {
        let mut entropy = house.entropy();
        let id = SessionId::make(reading.wall, entropy.as_mut());
        let checked =
            self.write_row(house, slot, credentials, (id, reading), pre_login).map_err(|reason| {
                let host = HostKey::of(&self.vault_key, self.name.vault, self.name.generation);
                let who = Refused { host: &host, actor: None, session: Some(id), reading };
                let mut note = Note::new(Action::SignIn, Outcome::Failed);
                note.object = (ObjectKind::Account, *slot.account.as_bytes());
                room::settle(&mut self.store, house, &who, note, reason)
            })?;
        let Checked { row, verdict, office, failures, log_alarms, warning } = checked;

        let keys = SessionKeys::new(self.vault_key, self.name, self.personal.signing.clone());
        let face = Face { log_alarms, ..face_of(&row, office, reading.wall, failures) };
        let fresh = match verdict {
            Verdict::Step(totp_step) => {
                Some(FreshCode { totp_step, previous: row.totp_step.unwrap_or(0), at: reading.wall })
            }
            Verdict::Enrol | Verdict::Refused(_) => None,
        };
        let account = slot.account;
        let mut session =
            Session { house: house.clone(), store: self.store, keys, id, account, face, fresh, warning };
        Ok(match verdict {
            Verdict::Enrol => {
                SignedIn::MustEnrol(Box::new(Enrolment::new(session, self.personal, entropy.as_mut())))
            }
            _ => {
                super::reconcile::after_sign_in(&mut session);
                super::refold::after_sign_in(&mut session);
                SignedIn::In(Box::new(session))
            }
        })
    }

    /// The row of the sign-in, whatever came of it; an error when nobody comes in.
    fn write_row(
        &mut self,
        house: &House,
        slot: &Slot,
        credentials: &Credentials,
        (session, reading): (SessionId, Reading),
        pre_login: &PreLogin,
    ) -> Result<Checked, Reason> {
        let mut entropy = house.entropy();
        let mut tx = self.store.begin()?;
        let log = house.log_name(&tx)?;
        let host = HostKey::of(&self.vault_key, self.name.vault, self.name.generation);
        let scribe =
            Scribe { log, reading, actor: None, session: Some(session), origin: &house.origin, host: &host };

        let Some(row) = tx.staff(slot.account)?.filter(|row| row.number == slot.number) else {
            // A slot of nobody here. There is no account to write a row for: it goes the way of unknown numbers.
            let reason = Reason::SlotForeign;
            pre_login.record(&Attempt { at: reading.wall, account: None, reason: reason.code() })?;
            return Err(reason);
        };
        // Before anything is appended: a checkpoint of today would leave nothing to look at.
        let log_alarms = audit::verify::tail(&tx, log).len();
        let (earlier, taken) = take_over_attempts(&mut tx, &scribe, pre_login, entropy.as_mut())?;
        let failures = row.failures
            + earlier.iter().filter(|a| a.account == Some(slot.account) && a.is_failure()).count() as u32;

        let verdict = if slot.public_key == row.public_key && slot.recipient.text() == row.recipient {
            check_second_factor(&row, credentials, reading, |sealed| {
                open_totp(&self.vault_key, self.name, slot.account, sealed)
            })?
        } else {
            // The keys of somebody else in a slot of this name: put together by a person who can write our files.
            Verdict::Refused(Reason::SlotForeign)
        };
        let log_alarms = note_tail(&mut tx, &scribe, log_alarms, entropy.as_mut())?;
        let verdict = match verdict {
            // A password and a token of one's own are chosen when the clock can be believed.
            Verdict::Enrol => {
                WallClock::Trusted.check(&tx, reading).map_or_else(Verdict::Refused, |()| verdict)
            }
            other => other,
        };
        let note = write_verdict(&mut tx, &row, &verdict, reading, &house.origin.terminal)?;
        let refused = (note.outcome != Outcome::Done).then_some(note.reason);
        let office = String::from_utf8(tx.fact(Fact::OfficeName)?).map_err(|_| Reason::Damaged)?;
        let entry = audit::append(&mut tx, &scribe, note, entropy.as_mut())?;
        let warning = tx.warning().unwrap_or_default();
        tx.commit(entry)?;
        // Only to save room; it is tried again at the next sign-in.
        let _ = pre_login.shorten(&taken);
        match refused {
            Some(reason) => Err(told(reason)),
            None => Ok(Checked { row, verdict, office, failures, log_alarms, warning }),
        }
    }
}

/// What the row of a sign-in was written about.
struct Checked {
    row: StaffRow,
    verdict: Verdict,
    office: String,
    failures: u32,
    log_alarms: u32,
    warning: Option<Warning>,
}

/// Whoever knows the password may be told that the account is closed; a wrong code is not told apart.
fn told(reason: u16) -> Reason {
    match Reason::from_code(reason) {
        Some(
            told @ (Reason::AccountSuspended
            | Reason::InitialExpired
            | Reason::SlotForeign
            | Reason::ClockBlocked),
        ) => told,
        _ => Reason::SignInWrong,
    }
}

/// Consumes the code or counts the failure, and says what the log row will say.
fn write_verdict(
    tx: &mut Tx<'_>,
    row: &StaffRow,
    verdict: &Verdict,
    reading: Reading,
    terminal: &str,
) -> Result<Note, Reason> {
    let account = row.party.account;
    let mut note = Note::new(Action::SignIn, Outcome::Done);
    note.object = (ObjectKind::Account, *account.as_bytes());
    match verdict {
        Verdict::Refused(reason) => {
            note.outcome = Outcome::Failed;
            note.reason = reason.code();
            tx.note_failures(account, 1)?;
        }
        Verdict::Enrol => {}
        Verdict::Step(step) => {
            note.refs.push((RefKey::TotpStep, step.to_be_bytes().to_vec()));
            if tx.consume_totp_step(account, *step)? {
                tx.note_sign_in(account, reading.wall, terminal)?;
            } else {
                note.outcome = Outcome::Failed;
                note.reason = Reason::CodeWrong.code();
                tx.note_failures(account, 1)?;
            }
        }
    }
    Ok(note)
}

fn face_of(row: &StaffRow, office: String, now: Timestamp, failures: u32) -> Face {
    Face {
        account: row.party.account,
        number: row.number.clone(),
        name: row.name.clone(),
        section: row.section.clone(),
        roles: row.roles,
        office,
        signed_in_at: now,
        last_sign_in_at: row.last_sign_in_at,
        last_terminal: row.last_terminal.clone(),
        failures,
        log_alarms: 0,
    }
}

/// Puts on record that what was logged since the last checkpoint is not sound.
fn note_tail(
    tx: &mut Tx<'_>,
    scribe: &Scribe<'_>,
    alarms: usize,
    entropy: &mut dyn crate::domain::entropy::Entropy,
) -> Result<u32, Reason> {
    let alarms = u32::try_from(alarms).unwrap_or(u32::MAX);
    if alarms > 0 {
        let mut note = Note::new(Action::TailBroken, Outcome::Failed);
        note.reason = Reason::LogBroken.code();
        note.refs.push((RefKey::Alarms, alarms.to_be_bytes().to_vec()));
        let _ = audit::append(tx, &Scribe { session: None, ..scribe.clone() }, note, entropy)?;
    }
    Ok(alarms)
}

pub(super) enum Verdict {
    Step(u64),
    Enrol,
    Refused(Reason),
}

pub(super) fn check_second_factor(
    row: &StaffRow,
    credentials: &Credentials,
    reading: Reading,
    open: impl Fn(&[u8]) -> Result<super::vault::totp::TotpSecret, Reason>,
) -> Result<Verdict, Reason> {
    Ok(match row.status {
        StaffStatus::Proposed | StaffStatus::Suspended => Verdict::Refused(Reason::AccountSuspended),
        StaffStatus::Invited if row.initial_until.is_some_and(|until| until < reading.wall) => {
            Verdict::Refused(Reason::InitialExpired)
        }
        StaffStatus::Invited => Verdict::Enrol,
        StaffStatus::Active => {
            let sealed = row.totp.as_deref().ok_or(Reason::Impossible)?;
            match open(sealed)?.match_step(credentials.code.expose(), reading.wall, row.totp_step) {
                Some(step) => Verdict::Step(step),
                None => Verdict::Refused(Reason::CodeWrong),
            }
        }
    })
}

/// Moves the attempts that were kept outside into the log. They become part of the chain, in their order.
fn take_over_attempts(
    tx: &mut Tx<'_>,
    scribe: &Scribe<'_>,
    pre_login: &PreLogin,
    entropy: &mut dyn crate::domain::entropy::Entropy,
) -> Result<(Vec<Attempt>, Bookmark), Reason> {
    let bookmark = Bookmark {
        lines: u64::from_be_bytes(tx.fact_array(Fact::PreLoginLines)?),
        key: Zeroizing::new(tx.fact_array(Fact::PreLoginKey)?),
    };
    let Found { attempts, altered, bookmark } = pre_login.read_from(&bookmark);
    let system = Scribe { session: None, ..scribe.clone() };
    for attempt in &attempts {
        let outcome = if attempt.is_failure() { Outcome::Failed } else { Outcome::Done };
        let mut note = Note::new(Action::SignInRefusedEarlier, outcome);
        if let Some(account) = attempt.account {
            note.object = (ObjectKind::Account, *account.as_bytes());
            // Somebody else's damaged row keeps nobody out.
            if attempt.is_failure() && matches!(tx.staff(account), Ok(Some(_))) {
                tx.note_failures(account, 1)?;
            }
        }
        note.reason = attempt.reason;
        note.refs.push((RefKey::HappenedAt, attempt.at.micros().to_be_bytes().to_vec()));
        let _ = audit::append(tx, &system, note, entropy)?;
    }
    if altered {
        let _ = audit::append(tx, &system, Note::new(Action::PreLoginFileAltered, Outcome::Failed), entropy)?;
    }
    tx.set_fact(Fact::PreLoginLines, &bookmark.lines.to_be_bytes())?;
    tx.set_fact(Fact::PreLoginKey, bookmark.key.as_ref())?;
    Ok((attempts, bookmark))
}
