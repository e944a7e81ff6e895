//! Signing in: password and one-time code, both, always.
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::Office;
use super::audit::append::Scribe;
use super::audit::preauth::{Attempt, Bookmark, Found, PreLogin};
use super::audit::{self, Action, Note, ObjectKind, Outcome, RefKey};
use super::enrol::Enrolment;
use super::house::{Generation, House, VaultName};
use super::lockout::Lockout;
use super::reason::Reason;
use super::session::{Face, FreshCode, Session, SessionKeys, open_totp};
use super::store::meta::Fact;
use super::store::staff::{StaffRow, StaffStatus};
use super::store::{Store, Tx};
use super::vault::keys::{Purpose, VaultKey};
use super::vault::slot::{self, PersonalKeys, Slot};
use crate::domain::ids::{AccountId, SessionId, StaffNumber};
use crate::domain::sensitive::Secret;
use crate::domain::time::Reading;
use crate::os::files;

const VAULT_FILE_MAX: u64 = 256 * 1024;

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

impl Office {
    /// Opens a session. The answer and the time it takes are the same for an unknown number, a wrong password and a
    /// wrong code.
    pub fn sign_in(&self, credentials: &Credentials) -> Result<SignedIn, Reason> {
        let house = self.house();
        let generation = house.generation()?;
        let reading = house.clock.read();
        let folded: String = credentials.number.nfkc().filter(|c| !c.is_whitespace()).collect();
        let number = StaffNumber::parse(&folded);
        let slot = number.as_ref().and_then(|number| read_slot(&generation, number));
        // A number that is no number at all still costs an attempt.
        let counter = number.clone().or_else(|| StaffNumber::parse("0")).ok_or(Reason::Impossible)?;
        let lockout = Lockout::of(&generation, &counter, slot.is_some());
        lockout.count_attempt(reading.wall)?;

        let pre_login = PreLogin::new(&generation.seal_dir());
        let refused = |account: Option<AccountId>| -> Reason {
            let attempt = Attempt { at: reading.wall, account, reason: Reason::SignInWrong.code() };
            // An attempt that cannot be written down must not succeed or fail silently.
            pre_login.record(&attempt).map_or_else(Reason::from, |()| Reason::SignInWrong)
        };
        let Some(slot) = slot else {
            slot::spend_the_time(&credentials.password);
            return Err(refused(None));
        };
        let Ok(personal) = slot.open(&credentials.password) else { return Err(refused(Some(slot.account))) };

        let opened = Opened::open(house, &generation, &slot, personal)?;
        let signed_in = opened.check_in(house, &slot, credentials, reading, &pre_login)?;
        lockout.clear()?;
        Ok(signed_in)
    }
}

/// The slot of a number, if there is a sound one.
pub(super) fn read_slot(generation: &Generation, number: &StaffNumber) -> Option<Slot> {
    let bytes = files::read_limited(&generation.slot(number), slot::SIZE_MAX).ok()?;
    Slot::parse(&bytes).ok().filter(|slot| slot.number == *number)
}

/// The vault is open, the person is not in yet.
struct Opened {
    store: Store,
    vault_key: VaultKey,
    name: VaultName,
    personal: PersonalKeys,
}

impl Opened {
    fn open(
        _house: &House,
        generation: &Generation,
        slot: &Slot,
        personal: PersonalKeys,
    ) -> Result<Self, Reason> {
        let sealed = files::read_limited(&generation.vault_file(), VAULT_FILE_MAX)?;
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
        let session = SessionId::make(reading.wall, entropy.as_mut());
        let mut tx = self.store.begin()?;
        let log = house.log_name(&tx)?;
        let scribe = Scribe { log, reading, actor: None, session: Some(session), origin: &house.origin };

        let row = tx.staff(slot.account)?.filter(|row| row.number == slot.number).ok_or(Reason::Damaged)?;
        let earlier = take_over_attempts(&mut tx, &scribe, pre_login, entropy.as_mut())?;
        let failures =
            row.failures + earlier.iter().filter(|a| a.account == Some(slot.account)).count() as u32;

        let verdict = check_second_factor(&row, credentials, reading, |sealed| {
            open_totp(&self.vault_key, self.name, slot.account, sealed)
        })?;
        let mut note = Note::new(Action::SignIn, Outcome::Done);
        note.object = (ObjectKind::Account, *slot.account.as_bytes());
        match verdict {
            Verdict::Refused(reason) => {
                note.outcome = Outcome::Failed;
                note.reason = reason.code();
                tx.note_failures(slot.account, 1)?;
            }
            Verdict::Enrol => {}
            Verdict::Step(step) => {
                if !tx.consume_totp_step(slot.account, step)? {
                    note.outcome = Outcome::Failed;
                    note.reason = Reason::CodeWrong.code();
                }
                note.refs.push((RefKey::TotpStep, step.to_be_bytes().to_vec()));
                tx.note_sign_in(slot.account, reading.wall, &house.origin.terminal)?;
            }
        }
        let refused = note.outcome != Outcome::Done;
        let reason = note.reason;
        let office = String::from_utf8(tx.fact(Fact::OfficeName)?).map_err(|_| Reason::Damaged)?;
        let entry = audit::append(&mut tx, &scribe, note, entropy.as_mut())?;
        tx.commit(entry)?;
        if refused {
            // Whoever knows the password may be told that the account is closed; a wrong code is not told apart.
            return Err(match Reason::from_code(reason) {
                Some(told @ (Reason::AccountSuspended | Reason::InitialExpired)) => told,
                _ => Reason::SignInWrong,
            });
        }

        let keys = SessionKeys::new(self.vault_key, self.name, self.personal.signing.clone());
        let face = Face {
            account: slot.account,
            number: row.number.clone(),
            name: row.name.clone(),
            section: row.section.clone(),
            roles: row.roles,
            office,
            signed_in_at: reading.wall,
            last_sign_in_at: row.last_sign_in_at,
            last_terminal: row.last_terminal.clone(),
            failures,
        };
        let fresh = match verdict {
            Verdict::Step(totp_step) => {
                Some(FreshCode { totp_step, previous: row.totp_step.unwrap_or(0), at: reading.wall })
            }
            Verdict::Enrol | Verdict::Refused(_) => None,
        };
        let session = Session {
            house: house.clone(),
            store: self.store,
            keys,
            id: session,
            account: slot.account,
            face,
            fresh,
        };
        Ok(match verdict {
            Verdict::Enrol => {
                SignedIn::MustEnrol(Box::new(Enrolment::new(session, self.personal, entropy.as_mut())))
            }
            _ => {
                let mut session = session;
                super::reconcile::after_sign_in(&mut session)?;
                SignedIn::In(Box::new(session))
            }
        })
    }
}

enum Verdict {
    Step(u64),
    Enrol,
    Refused(Reason),
}

fn check_second_factor(
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
) -> Result<Vec<Attempt>, Reason> {
    let bookmark = Bookmark {
        lines: u64::from_be_bytes(tx.fact_array(Fact::PreLoginLines)?),
        key: Zeroizing::new(tx.fact_array(Fact::PreLoginKey)?),
    };
    let Found { attempts, altered, bookmark } = pre_login.read_from(&bookmark);
    let system = Scribe { session: None, ..scribe.clone() };
    for attempt in &attempts {
        let mut note = Note::new(Action::SignInRefusedEarlier, Outcome::Failed);
        if let Some(account) = attempt.account {
            note.object = (ObjectKind::Account, *account.as_bytes());
            if tx.staff(account)?.is_some() {
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
    Ok(attempts)
}
