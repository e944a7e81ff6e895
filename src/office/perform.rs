//! authorize + act + log, once, for every operation there is.
use super::audit::append::Scribe;
use super::audit::clock::WallClock;
use super::audit::{self, Action, Note, ObjectKind, Outcome, RefKey};
use super::policy::{self, Authorized, Permission, Target as _};
use super::reason::Reason;
use super::room::{self, Refused, Room};
use super::session::{FreshCode, Session};
use super::store::staff::StaffStatus;
use super::store::{self, Tx};
use crate::domain::entropy::Entropy;
use crate::domain::ids::{AccountId, TransmissionId};
use crate::domain::sensitive::Secret;
use crate::domain::time::{Reading, Timestamp};

pub(in crate::office) mod sealed {
    pub trait Sealed {}
}

/// One thing a person may ask the office to do. Sealed: only `office::ops` can add to the list.
pub trait Operation: sealed::Sealed {
    type Needs: Permission;
    type Outcome;
    const ACTION: Action;
    /// Whether it has to wait while a step of the clock stands that nobody has looked at.
    const CLOCK: WallClock = WallClock::Any;
    /// Whether it is refused while a full disk leaves no reserve.
    const ROOM: Room = Room::Reserve;

    /// What the permit will be about.
    fn target(&self) -> <Self::Needs as Permission>::Target;
    /// What the log row will be about: the same, unless the act makes it or nobody needs leave for it.
    fn object(&self) -> (ObjectKind, [u8; 16]) {
        self.target().object()
    }
    /// Facts for the decision; `None` when the thing does not exist.
    fn facts(
        &self,
        tx: &Tx<'_>,
        desk: &Desk<'_>,
    ) -> store::Result<Option<<Self::Needs as Permission>::Facts>>;
    /// The password that the person gave with it. It is counted as an attempt and checked before the house is locked,
    /// because that takes long on purpose; what came of it stands in [`Desk::password`].
    fn password(&self) -> Option<&Secret> {
        None
    }
    fn act<'tx>(
        self,
        tx: &mut Tx<'tx>,
        permit: Authorized<'tx, Self::Needs>,
        desk: &mut Desk<'_>,
    ) -> Result<Acted<Self::Outcome>, Reason>;
}

/// What an operation has at hand besides the store.
pub struct Desk<'a> {
    pub now: Timestamp,
    pub entropy: &'a mut dyn Entropy,
    pub house: &'a super::House,
    pub keys: &'a super::session::SessionKeys,
    pub account: AccountId,
    /// Whether the password given with the operation is the person's.
    pub(super) password: Option<Result<(), Reason>>,
    /// The code of the sign-in, until it is spent as evidence.
    pub(super) fresh: &'a mut Option<FreshCode>,
}

/// How an operation ended, and what its log row should say.
pub struct Acted<T> {
    pub value: T,
    /// Set when the act is kept but counts as failed: a mismatch that was counted, for example.
    pub failed: Option<Reason>,
    pub refs: Vec<(RefKey, Vec<u8>)>,
    pub detail: Option<String>,
    /// Replaces the operation's object when it was only made by the act.
    pub object: Option<(ObjectKind, [u8; 16])>,
    pub after: Option<AfterCommit>,
    /// The log gets a checkpoint in the same transaction, over everything before it.
    pub with_checkpoint: bool,
}

/// Files that follow from the database and are written once it is durable (and again after a crash).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterCommit {
    EmitOrder(TransmissionId),
    EmitRoster,
    /// Orders that an earlier attempt could not write.
    EmitMissing,
    /// The vault key is sealed anew to those who may open it.
    SealVault,
    /// The newest checkpoint, for the courier.
    KeepCheckpoint,
}

impl<T> Acted<T> {
    pub const fn done(value: T) -> Self {
        Self {
            value,
            failed: None,
            refs: Vec::new(),
            detail: None,
            object: None,
            after: None,
            with_checkpoint: false,
        }
    }
    /// The same with another answer.
    pub fn with_value<U>(self, value: U) -> Acted<U> {
        let Self { value: _, failed, refs, detail, object, after, with_checkpoint } = self;
        Acted { value, failed, refs, detail, object, after, with_checkpoint }
    }
    pub fn with_ref(mut self, key: RefKey, value: &[u8]) -> Self {
        self.refs.push((key, value.to_vec()));
        self
    }
    /// What came along with the answer, where something did.
    pub fn with_ref_to(self, key: RefKey, id: Option<&[u8; 16]>) -> Self {
        match id {
            Some(id) => self.with_ref(key, id),
            None => self,
        }
    }
    pub fn with_detail(mut self, text: String) -> Self {
        self.detail = Some(text);
        self
    }
    pub const fn about(mut self, kind: ObjectKind, id: [u8; 16]) -> Self {
        self.object = Some((kind, id));
        self
    }
    pub const fn but_failed(mut self, reason: Reason) -> Self {
        self.failed = Some(reason);
        self
    }
    pub const fn with_checkpoint(mut self) -> Self {
        self.with_checkpoint = true;
        self
    }
    pub const fn then(mut self, after: AfterCommit) -> Self {
        self.after = Some(after);
        self
    }
}

/// The answer to an act, and what follows from it.
type Answered<T> = (Result<T, Reason>, Option<AfterCommit>);

impl Session {
    /// Exactly one log row per call, whatever happens; or, if even that cannot be written, nothing.
    pub fn perform<O: Operation>(&mut self, operation: O) -> Result<O::Outcome, Reason> {
        let reading = self.house.clock.read();
        let object = operation.object();
        let (result, after) = self.transact(operation, reading).map_err(|reason| {
            let who = Refused {
                host: self.keys.host(),
                actor: Some(self.account),
                session: Some(self.id),
                reading,
            };
            let note = Note { object, ..Note::new(O::ACTION, Outcome::Failed) };
            room::settle(&mut self.store, &self.house, &who, note, reason)
        })?;
        if let Some(after) = after {
            // The act stands, whatever becomes of its files: that must not read as if nothing had happened.
            self.carry_out(after).map_err(|_| Reason::FilesPending)?;
        }
        result
    }

    /// The error outside means that nothing is on record.
    fn transact<O: Operation>(
        &mut self,
        operation: O,
        reading: Reading,
    ) -> Result<Answered<O::Outcome>, Reason> {
        let mut entropy = self.house.entropy();
        let object = operation.object();
        let password = operation.password().map(|password| self.check_password(password, reading.wall));
        let room = O::ROOM.check(&self.store.reserve());
        let mut desk = Desk {
            now: reading.wall,
            password,
            entropy: entropy.as_mut(),
            house: &self.house,
            keys: &self.keys,
            account: self.account,
            fresh: &mut self.fresh,
        };
        let mut tx = self.store.begin()?;
        let verdict = judge(&tx, &operation, &desk, reading, room)?;

        let mut note = Note { object, ..Note::new(O::ACTION, Outcome::Done) };
        let mut after = None;
        let result = match verdict {
            Err((outcome, reason)) => Err(ended(&mut note, outcome, reason)),
            Ok(permit) => match tx.attempt(|tx| operation.act(tx, permit, &mut desk))? {
                Ok(acted) => {
                    note.object = acted.object.unwrap_or(object);
                    note.refs = acted.refs;
                    note.detail = acted.detail;
                    note.with_checkpoint = acted.with_checkpoint;
                    if let Some(reason) = acted.failed {
                        ended(&mut note, Outcome::Failed, reason);
                    }
                    after = acted.after;
                    Ok(acted.value)
                }
                Err(reason) => Err(ended(&mut note, Outcome::Failed, reason)),
            },
        };

        let scribe = Scribe {
            log: self.house.log_name(&tx)?,
            reading,
            actor: Some(self.account),
            session: Some(self.id),
            origin: &self.house.origin,
            host: self.keys.host(),
        };
        let entry = audit::append(&mut tx, &scribe, note, desk.entropy)?;
        // After the act, so that whoever reports sees it at once. A row that cannot be read must not undo the act.
        let warning = tx.warning();
        tx.commit(entry)?;
        if let Ok(warning) = warning {
            self.warning = warning;
        }
        Ok((result, after))
    }
}

/// A permit, or how the row of the attempt ends.
type Verdict<'tx, P> = Result<Authorized<'tx, P>, (Outcome, Reason)>;

/// Whether the act may be tried.
fn judge<'tx, O: Operation>(
    tx: &Tx<'tx>,
    operation: &O,
    desk: &Desk<'_>,
    reading: Reading,
    room: Result<(), Reason>,
) -> Result<Verdict<'tx, O::Needs>, Reason> {
    let denied = |reason| (Outcome::Denied, reason);
    // Roles and status are read again each time: a suspension ends every open session at its next act.
    let Some(me) = tx.staff(desk.account)?.filter(|row| row.status == StaffStatus::Active) else {
        return Ok(Err(denied(Reason::SessionEnded)));
    };
    let facts = match operation.facts(tx, desk) {
        // A damaged row: the attempt is on record all the same.
        Err(error) => return Ok(Err((Outcome::Failed, error.into()))),
        Ok(None) => return Ok(Err(denied(Reason::NoSuchThing))),
        Ok(Some(facts)) => facts,
    };
    Ok(policy::authorize::<O::Needs>(tx, &me.actor(), operation.target(), &facts)
        .and_then(|permit| O::CLOCK.check(tx, reading).map(|()| permit))
        .map_err(denied)
        .and_then(|permit| room.map(|()| permit).map_err(|reason| (Outcome::Failed, reason))))
}

/// What the row says of an act that was not done, or not as it was meant.
fn ended(note: &mut Note, outcome: Outcome, reason: Reason) -> Reason {
    (note.outcome, note.reason) = (outcome, reason.code());
    reason
}
