//! The first sign-in: an own password, an own token.
use super::audit::append::Scribe;
use super::audit::clock::WallClock;
use super::audit::{self, Action, Note, ObjectKind, Outcome, RefKey};
use super::reason::Reason;
use super::room::{self, Refused};
use super::session::Session;
use super::store::staff::StaffStatus;
use super::vault::password::{self, PasswordFault};
use super::vault::slot::{PersonalKeys, Slot};
use super::vault::totp::{STEP_S, TotpSecret};
use crate::domain::entropy::Entropy;
use crate::domain::sensitive::Secret;
use crate::domain::time::{Reading, Timestamp};
use crate::os::files;

/// A person who came in with an initial password and has to choose an own one.
pub struct Enrolment {
    session: Session,
    personal: PersonalKeys,
    totp: TotpSecret,
}

/// What the person's phone or token needs.
#[derive(Clone, Debug)]
pub struct TokenOffer {
    /// For the QR code.
    pub uri: Secret,
    /// For typing.
    pub base32: Secret,
}

impl TokenOffer {
    pub(super) fn of(secret: &TotpSecret, number: &str) -> Self {
        Self { uri: secret.uri("uketsuke", number), base32: secret.base32() }
    }

    /// The code that the token shows at `now`: a training directory plays the phones of its people.
    pub fn code_of(base32: &Secret, now: Timestamp) -> Option<Secret> {
        let step = u64::try_from(now.seconds()).ok()? / STEP_S;
        let secret = TotpSecret::from_base32(base32)?;
        Some(Secret::new(secret.code_at(step).to_string()))
    }
}

impl Enrolment {
    pub(super) fn new(session: Session, personal: PersonalKeys, entropy: &mut dyn Entropy) -> Self {
        Self { session, personal, totp: TotpSecret::make(entropy) }
    }

    pub const fn face(&self) -> &super::session::Face {
        self.session.face()
    }

    pub fn token(&self) -> TokenOffer {
        TokenOffer::of(&self.totp, self.session.face.number.as_str())
    }

    /// Checks a new password without storing anything.
    pub fn check_password(&self, new: &Secret) -> Result<(), Reason> {
        let known = [self.session.face.number.as_str(), self.session.face.office.as_str()];
        password::check_new(new, &known).map_err(Reason::from)
    }

    /// Stores password and token, and lets the person in. On a refusal nothing has changed and the enrolment goes on.
    pub fn finish(mut self, new: &Secret, code: &Secret) -> Result<Session, (Box<Self>, Reason)> {
        let reading = self.session.house.clock.read();
        match self.store_credentials(new, code, reading) {
            Ok(()) => Ok(self.session),
            Err(reason) => {
                let reason = self.settle(reason, reading);
                Err((Box::new(self), reason))
            }
        }
    }

    /// A full disk is on record, too.
    fn settle(&mut self, reason: Reason, reading: Reading) -> Reason {
        let Session { store, house, account, id, keys, .. } = &mut self.session;
        let who = Refused { host: keys.host(), actor: Some(*account), session: Some(*id), reading };
        let mut note = Note::new(Action::Enrol, Outcome::Failed);
        note.object = (ObjectKind::Account, *account.as_bytes());
        room::settle(store, house, &who, note, reason)
    }

    fn store_credentials(&mut self, new: &Secret, code: &Secret, reading: Reading) -> Result<(), Reason> {
        self.check_password(new)?;
        let session = &mut self.session;
        let step = self.totp.match_step(code.expose(), reading.wall, None).ok_or(Reason::CodeWrong)?;
        let mut entropy = session.house.entropy();
        let name = session.keys.vault_name();
        let slot = Slot::close(
            name.vault,
            session.account,
            &session.face.number,
            &self.personal,
            new,
            entropy.as_mut(),
        )
        .map_err(|_| Reason::StoreRefused)?;
        let sealed = session.keys.seal_totp(session.account, &self.totp, entropy.as_mut());
        let slot_file = session.house.generation()?.slot(&session.face.number);

        let mut tx = session.store.begin()?;
        // The sign-in may be long ago: the screen waits for as long as a person does.
        let row = tx.staff(session.account)?.ok_or(Reason::SessionEnded)?;
        match row.status {
            StaffStatus::Invited if row.initial_until.is_some_and(|until| until < reading.wall) => {
                return Err(Reason::InitialExpired);
            }
            StaffStatus::Invited => {}
            StaffStatus::Proposed | StaffStatus::Active | StaffStatus::Suspended => {
                return Err(Reason::SessionEnded);
            }
        }
        let mut note = Note::new(Action::Enrol, Outcome::Done);
        note.object = (ObjectKind::Account, *session.account.as_bytes());
        let scribe = Scribe {
            log: session.house.log_name(&tx)?,
            reading,
            actor: Some(session.account),
            session: Some(session.id),
            origin: &session.house.origin,
            host: session.keys.host(),
        };
        // The clock may have been moved since the sign-in, too.
        if let Err(reason) = WallClock::Trusted.check(&tx, reading) {
            (note.outcome, note.reason) = (Outcome::Denied, reason.code());
            let entry = audit::append(&mut tx, &scribe, note, entropy.as_mut())?;
            tx.commit(entry)?;
            return Err(reason);
        }
        tx.enrol_staff(session.account, &sealed, step)?;
        tx.note_sign_in(session.account, reading.wall, &session.house.origin.terminal)?;
        // The slot first: if the commit then fails, the new password opens the slot and enrolment starts again.
        files::write_atomically(&slot_file, &slot.to_bytes())?;
        note.refs.push((RefKey::TotpStep, step.to_be_bytes().to_vec()));
        let entry = audit::append(&mut tx, &scribe, note, entropy.as_mut())?;
        Ok(tx.commit(entry)?)
    }
}

impl From<PasswordFault> for Reason {
    fn from(fault: PasswordFault) -> Self {
        match fault {
            PasswordFault::TooShort => Self::PasswordTooShort,
            PasswordFault::TooLong => Self::PasswordTooLong,
            PasswordFault::Untypable => Self::PasswordUntypable,
            PasswordFault::TooCommon => Self::PasswordTooCommon,
        }
    }
}
