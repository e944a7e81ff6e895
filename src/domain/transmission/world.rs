//! A small world that attacks the state machine: three accounts of two people, two destinations, three contents.
//!
//! It is the executable model of the two-person protocol, ported to run against the real [`State::step`] and the real
//! guards. Every action is tried in every state. The oracle ([`World::violation_of`]) looks only at what really happened
//! in the world, never at what the guards were told; a switched-off guard is one that is told a pleasant lie.
use super::fixtures::NOON;
use super::*;
use crate::domain::destination::{Address, Channel};
use crate::domain::ids::{AccountId, PersonId};

/// One tick of the world: two of them are more than a confirmation lives, three stay within one day.
const TICK_S: i64 = 3 * 3600;
const TICKS_MAX: u8 = 3;
const EDITS_MAX: u32 = 2;
/// 09:00 in Japan.
const MORNING: Timestamp = NOON.plus_seconds(-TICK_S);

/// Three accounts; 0 and 2 belong to the same human being.
const USERS: [u8; 3] = [0, 1, 2];
const PERSON: [u8; 3] = [1, 2, 1];

macro_rules! guards {
    ($($name:ident),+ $(,)?) => {
        /// What can be switched off, numbered as in the model.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Guard { $($name),+ }
        use Guard::*;
        pub const GUARDS: &[Guard] = &[$($name),+];
    };
}
guards! {
    G1ConfirmerIsNotSubmitter,
    G2ConfirmerEditedNothing,
    G3DistinctPerson,
    G4ConfirmerActive,
    G5PartiesActiveAtClaim,
    G6EditVoids,
    G7BlindAddress,
    G8ArtefactHash,
    G9TransportArgument,
    G10ConfirmationAge,
    G11EntryVersion,
    G12ClaimIsCompareAndSet,
    G13NoAutomaticRetry,
    G14NoCredentialReset,
    G15CodeOnce,
    G16EvidenceBound,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    EditContent(u8),
    EditDestination(u8),
    Submit(u8),
    Confirm { user: u8, typed: u8, foreign: bool },
    Seal,
    CodeUsedElsewhere,
    Tick,
    Deactivate(u8),
    RegisterChanges,
    ResetByFirst,
    SwapArtefact,
    Claim,
    PutBack,
    Transport { address: u8, crash: bool },
    Reconcile(Finding),
    Resubmit,
}

pub fn acts() -> Vec<Act> {
    let mut acts = vec![
        Act::Seal,
        Act::CodeUsedElsewhere,
        Act::Tick,
        Act::RegisterChanges,
        Act::ResetByFirst,
        Act::SwapArtefact,
        Act::Claim,
        Act::PutBack,
        Act::Reconcile(Finding::Sent),
        Act::Reconcile(Finding::NotSent),
        Act::Resubmit,
    ];
    for user in USERS {
        acts.extend([
            Act::EditContent(user),
            Act::EditDestination(user),
            Act::Submit(user),
            Act::Deactivate(user),
        ]);
        for typed in [0, 1] {
            acts.extend([false, true].map(|foreign| Act::Confirm { user, typed, foreign }));
        }
    }
    for address in [0, 1] {
        acts.extend([false, true].map(|crash| Act::Transport { address, crash }));
    }
    acts
}

/// What was really frozen at submission.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Snap {
    by: u8,
    version: u32,
    content: u8,
    destination: u8,
    editors: Vec<u8>,
    register: u8,
}

/// What really happened at confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Conf {
    by: u8,
    typed: u8,
    tick: u8,
    foreign: bool,
    replayed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub state: State,
    version: u32,
    content: u8,
    destination: u8,
    editors: Vec<u8>,
    snap: Option<Snap>,
    conf: Option<Conf>,
    /// The bytes in the outbox; 2 is an attacker's.
    artefact: Option<u8>,
    active: Vec<u8>,
    reset: bool,
    tick: u8,
    register: u8,
    /// Since the last submission: (bytes, address).
    pub sent: Vec<(u8, u8)>,
    codes_used: Vec<(u8, u8)>,
}

impl World {
    pub fn new() -> Self {
        Self {
            state: State::Draft,
            version: 0,
            content: 0,
            destination: 0,
            editors: vec![0],
            snap: None,
            conf: None,
            artefact: None,
            active: USERS.to_vec(),
            reset: false,
            tick: 0,
            register: 0,
            sent: vec![],
            codes_used: vec![],
        }
    }

    /// The world after the act; `None` when the code under test (or the world's size) refuses it.
    pub fn after(&self, act: Act, off: Option<Guard>) -> Option<Self> {
        let mut next = self.clone();
        match act {
            Act::EditContent(user) => next.edit(user, off, |w| w.content = 1 - w.content)?,
            Act::EditDestination(user) => next.edit(user, off, |w| w.destination = 1 - w.destination)?,
            Act::Submit(user) => next.submit(user)?,
            Act::Confirm { user, typed, foreign } => next.confirm(user, typed, foreign, off)?,
            Act::Seal => next.state = next.state.step(Step::Seal).ok()?,
            Act::CodeUsedElsewhere => insert(&mut next.codes_used, (1, next.tick))?,
            Act::Tick => next.tick = (next.tick < TICKS_MAX).then_some(next.tick + 1)?,
            Act::Deactivate(user) => {
                next.active.retain(|u| *u != user);
                (next.active.len() < self.active.len() && !next.active.is_empty()).then_some(())?;
            }
            Act::RegisterChanges => next.register = (next.register == 0).then_some(1)?,
            Act::ResetByFirst => next.reset = (!next.reset).then_some(true)?,
            Act::SwapArtefact => {
                next.artefact.filter(|bytes| *bytes != 2)?;
                next.artefact = Some(2);
            }
            Act::Claim => next.claim(off)?,
            Act::PutBack => next.state = next.state.step(Step::PutBack).ok()?,
            Act::Transport { address, crash } => next.transport(address, crash, off)?,
            Act::Reconcile(finding) => next.reconcile(finding)?,
            Act::Resubmit => next.state = next.state.step(Step::Resubmit).ok()?,
        }
        Some(next)
    }

    fn edit(&mut self, user: u8, off: Option<Guard>, change: fn(&mut Self)) -> Option<()> {
        (self.active.contains(&user) && self.version < EDITS_MAX).then_some(())?;
        let after = self.state.step(Step::Edit);
        if off == Some(G6EditVoids) && self.snap.is_some() {
            // The edit happens behind the back of the state machine, and the artefact is quietly rebuilt.
            change(self);
            self.artefact = self.artefact.map(|_| self.content);
        } else {
            self.state = after.ok()?;
            change(self);
            self.forget();
        }
        self.version += 1;
        let _ = insert(&mut self.editors, user);
        Some(())
    }

    fn forget(&mut self) {
        (self.snap, self.conf, self.artefact) = (None, None, None);
    }

    fn submit(&mut self, user: u8) -> Option<()> {
        self.active.contains(&user).then_some(())?;
        let _ = insert(&mut self.editors, user);
        let snap = Snap {
            by: user,
            version: self.version,
            content: self.content,
            destination: self.destination,
            editors: self.editors.clone(),
            register: self.register,
        };
        let submission = Submission {
            by: party(user),
            version: self.version,
            statement: Digest::of(format!("{snap:?} {}", self.tick).as_bytes()),
            artefact: bytes(self.content),
            destination: Digest::of(&[self.destination, self.register]),
            entry_version: self.register.into(),
            at: self.now(),
        };
        self.state = self.state.step(Step::Submit(submission)).ok()?;
        (self.snap, self.conf, self.artefact, self.sent) = (Some(snap), None, Some(self.content), vec![]);
        Some(())
    }

    fn confirm(&mut self, user: u8, typed: u8, foreign: bool, off: Option<Guard>) -> Option<()> {
        let State::Awaiting { submission, .. } = self.state else {
            return None;
        };
        let snap = self.snap.clone()?;
        let lie = |guard| off == Some(guard);
        let mut confirmer = party(user);
        if lie(G1ConfirmerIsNotSubmitter) && user == snap.by {
            confirmer = stranger(user);
        }
        if lie(G3DistinctPerson) && user != snap.by {
            confirmer.person = stranger(user).person;
        }
        let editors: Vec<PersonId> = snap.editors.iter().map(|u| party(*u).person).collect();
        let resetters = [party(0).person];
        let reset = Reset { by: &resetters, at: MORNING, own_password_since: true };
        let replayed = self.codes_used.contains(&(user, self.tick));
        let last_step =
            self.codes_used.iter().filter(|(u, _)| *u == user).map(|(_, t)| u64::from(*t) + 1).max();
        let facts = ConfirmFacts {
            now: self.now(),
            submission: &submission,
            confirmer,
            confirmer_active: lie(G4ConfirmerActive) || self.active.contains(&user),
            editors: if lie(G2ConfirmerEditedNothing) { &[] } else { &editors },
            content_version: if lie(G6EditVoids) { submission.version } else { self.version },
            entry: self.entry(&submission, off),
            address_matches: lie(G7BlindAddress) || typed == snap.destination,
            step_up: StepUp {
                statement: if foreign && !lie(G16EvidenceBound) {
                    Digest::of(b"another")
                } else {
                    submission.statement
                },
                used: false,
                at: self.now(),
                totp_step: u64::from(self.tick) + 1,
                last_step: if lie(G15CodeOnce) { 0 } else { last_step.unwrap_or(0) },
            },
            confirmer_reset: (self.reset && user == 1 && !lie(G14NoCredentialReset)).then_some(reset),
            submitter_reset: (self.reset && snap.by == 1 && !lie(G14NoCredentialReset)).then_some(reset),
            clock_stepped: false,
        };
        let agreement = check_confirm(&facts).ok()?;
        self.state = self.state.step(Step::Confirm(agreement)).ok()?;
        self.conf = Some(Conf { by: user, typed, tick: self.tick, foreign, replayed });
        let _ = insert(&mut self.codes_used, (user, self.tick));
        Some(())
    }

    fn claim(&mut self, off: Option<Guard>) -> Option<()> {
        let lie = |guard| off == Some(guard);
        // Without compare-and-set a second dispatcher acts on what it read before; a retry acts as if nothing happened.
        let believed = match self.state {
            State::Dispatching(agreement) if lie(G12ClaimIsCompareAndSet) => State::Queued(agreement),
            State::Uncertain(agreement) if lie(G13NoAutomaticRetry) => State::Queued(agreement),
            other => other,
        };
        let agreement = *believed.agreement()?;
        let submission = *agreement.submission();
        let (snap, conf) = (self.snap.as_ref()?, self.conf.as_ref()?);
        let facts = ClaimFacts {
            now: if lie(G10ConfirmationAge) { agreement.at() } else { self.now() },
            agreement: &agreement,
            submitter_active: lie(G5PartiesActiveAtClaim) || self.active.contains(&snap.by),
            confirmer_active: lie(G5PartiesActiveAtClaim) || self.active.contains(&conf.by),
            content_version: if lie(G6EditVoids) { submission.version } else { self.version },
            entry: self.entry(&submission, off),
            artefact: if lie(G8ArtefactHash) { submission.artefact } else { bytes(self.artefact?) },
            clock_stepped: false,
        };
        let clearance = check_claim(&facts).ok()?;
        self.state = believed.step(Step::Claim(clearance)).ok()?;
        Some(())
    }

    fn transport(&mut self, address: u8, crash: bool, off: Option<Guard>) -> Option<()> {
        let agreement = *self.state.agreement()?;
        let (snap, artefact) = (self.snap.as_ref()?, self.artefact?);
        let agreed = folder(snap.destination);
        let used = if off == Some(G9TransportArgument) { agreed.clone() } else { folder(address) };
        let found =
            if off == Some(G8ArtefactHash) { agreement.submission().artefact } else { bytes(artefact) };
        check_handover(&HandoverFacts {
            agreement: &agreement,
            artefact: found,
            agreed: &agreed,
            used: &used,
        })
        .ok()?;
        self.state = self.state.step(if crash { Step::Unclear } else { Step::Accepted }).ok()?;
        self.sent.push((artefact, address));
        Some(())
    }

    /// A person reads the carrier's log, which says the truth.
    fn reconcile(&mut self, finding: Finding) -> Option<()> {
        let truth = if self.sent.is_empty() { Finding::NotSent } else { Finding::Sent };
        (finding == truth).then_some(())?;
        self.state = self.state.step(Step::Reconcile(finding)).ok()?;
        Some(())
    }

    fn entry(&self, submission: &Submission, off: Option<Guard>) -> Entry {
        let version =
            if off == Some(G11EntryVersion) { submission.entry_version } else { u32::from(self.register) };
        Entry { version, confirmed: true, valid_until: MORNING.plus_seconds(10 * TICK_S), frozen: false }
    }

    fn now(&self) -> Timestamp {
        MORNING.plus_seconds(i64::from(self.tick) * TICK_S)
    }

    /// Which invariant the act broke that led from `self` to `next`, judged by what really happened.
    pub fn violation_of(&self, act: Act, next: &Self) -> Option<&'static str> {
        let (Some(snap), Some(conf)) = (&next.snap, &next.conf) else {
            return next.state.agreement().map(|_| "I1 an agreement without a confirmation");
        };
        let active = |user: u8| self.active.contains(&user);
        let first =
            |broken: &[(bool, &'static str)]| broken.iter().find(|(bad, _)| *bad).map(|(_, name)| *name);
        match act {
            Act::Confirm { .. } => first(&[
                (!active(conf.by), "I1 inactive confirmer"),
                (conf.by == snap.by, "I1 submitter confirmed own package"),
                (PERSON[usize::from(conf.by)] == PERSON[usize::from(snap.by)], "I1 one person, two accounts"),
                (snap.editors.contains(&conf.by), "I1 confirmer is an editor"),
                (self.reset && (snap.by, conf.by) == (0, 1), "I11 submitter holds confirmer's credential"),
                (conf.replayed, "I6 code replayed"),
                (conf.foreign, "I6 evidence for another package"),
                (conf.typed != snap.destination, "I3 re-keyed destination differs"),
            ]),
            Act::Claim => first(&[
                (!active(conf.by) || !active(snap.by), "I1 inactive party at dispatch"),
                (snap.version != self.version, "I4 stale version dispatched"),
                (self.tick - conf.tick > 1, "I5 expired confirmation dispatched"),
                (self.register != snap.register, "I10 register entry changed"),
                (matches!(self.state, State::Dispatching(_)), "I7 two dispatchers in flight"),
            ]),
            Act::Transport { .. } => {
                let (sent, address) = *next.sent.last()?;
                first(&[
                    (sent != snap.content, "I2 other bytes than confirmed"),
                    (address != conf.typed, "I3 other destination than confirmed"),
                    (next.sent.len() > 1, "I7 sent twice"),
                ])
            }
            _ => None,
        }
    }
}

fn party(user: u8) -> Party {
    Party {
        account: AccountId::from_bytes([10 + user; 16]),
        person: PersonId::from_bytes([PERSON[usize::from(user)]; 16]),
    }
}

fn stranger(user: u8) -> Party {
    Party { account: AccountId::from_bytes([90 + user; 16]), person: PersonId::from_bytes([90 + user; 16]) }
}

fn bytes(content: u8) -> Digest {
    Digest::of(&[content])
}

fn folder(destination: u8) -> Address {
    let text = format!("131016-000{destination}");
    Address::from_canonical(Channel::Folder, &text).expect("a good address")
}

fn insert<T: PartialEq + Ord>(list: &mut Vec<T>, item: T) -> Option<()> {
    (!list.contains(&item)).then(|| {
        list.push(item);
        list.sort();
    })
}
