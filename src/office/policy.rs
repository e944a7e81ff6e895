//! Who may do what. Pure, except that a permit can only be minted inside a transaction.
//!
//! `tests/it/output/permissions.txt` is this file as a table that people review.
use std::marker::PhantomData;

use super::audit::ObjectKind;
use super::reason::Reason;
use super::store::Tx;
use crate::domain::ids::{AccountId, DestinationId, DraftId, IncidentId, PersonId, RecordId, TransmissionId};
use crate::domain::staff::{Actor, Pair, Party, Role};

mod sealed {
    pub trait Sealed {}
}

/// A kind of permission, and the thing it is about.
pub trait Permission: sealed::Sealed {
    type Target: Target;
    /// The facts the decision rests on, read in the same transaction that will act.
    type Facts;
    const NAME: &'static str;
    /// Roles that may do it at all.
    const ROLES: &'static [Role];
    /// What else must hold for this person and this thing.
    fn check(actor: &Actor, facts: &Self::Facts) -> Result<(), Reason>;
}

/// What a permission can be about, and how the log names it.
pub trait Target: Copy {
    fn object(self) -> (ObjectKind, [u8; 16]);
}

/// The office as a whole.
impl Target for () {
    fn object(self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Nothing, [0; 16])
    }
}

/// A row of the log, which has a number and no name.
impl Target for u64 {
    fn object(self) -> (ObjectKind, [u8; 16]) {
        (ObjectKind::Nothing, [0; 16])
    }
}

macro_rules! targets {
    ($($id:ident is $kind:ident),+ $(,)?) => {
        $(impl Target for $id {
            fn object(self) -> (ObjectKind, [u8; 16]) {
                (ObjectKind::$kind, *self.as_bytes())
            }
        })+
    };
}
targets! {
    RecordId is Record, DraftId is Draft, DestinationId is Destination, TransmissionId is Transmission,
    IncidentId is Incident, AccountId is Account,
}

/// Proof that `actor` may exercise `P` on exactly one target, in exactly one transaction.
///
/// The target is inside the permit: store calls take it from here, so a permit for one record can never be spent on
/// another. Neither `Clone` nor `Copy`.
#[must_use]
pub struct Authorized<'tx, P: Permission> {
    actor: Actor,
    target: P::Target,
    _tx: PhantomData<&'tx mut ()>,
}

impl<P: Permission> Authorized<'_, P> {
    pub const fn actor(&self) -> Actor {
        self.actor
    }
    pub const fn account(&self) -> AccountId {
        self.actor.party.account
    }
    pub const fn target(&self) -> P::Target {
        self.target
    }
}

/// The decision itself.
pub fn decide<P: Permission>(actor: &Actor, facts: &P::Facts) -> Result<(), Reason> {
    if !P::ROLES.iter().any(|role| actor.roles.contains(*role)) {
        return Err(Reason::RoleForbids);
    }
    P::check(actor, facts)
}

pub fn authorize<'tx, P: Permission>(
    _tx: &Tx<'tx>,
    actor: &Actor,
    target: P::Target,
    facts: &P::Facts,
) -> Result<Authorized<'tx, P>, Reason> {
    decide::<P>(actor, facts)?;
    Ok(Authorized { actor: *actor, target, _tx: PhantomData })
}

/// Two people and what ties them: for permissions that must not be exercised on one's own work.
#[derive(Clone, Debug)]
pub struct OtherPerson {
    /// Who did the first half.
    pub first: Party,
    /// The people who edited the content of this version.
    pub editors: Vec<PersonId>,
    /// Who keyed this version of the destination first.
    pub entered_by: Option<PersonId>,
    /// One of the two issued the other's credentials less than seven days ago.
    pub credential_ties: bool,
    /// Has looked at the answer since it was prepared.
    pub looked: bool,
}

impl OtherPerson {
    fn check(&self, actor: &Actor) -> Result<(), Reason> {
        if actor.party.account == self.first.account {
            return Err(Reason::OwnWork);
        }
        if Pair::new(self.first, actor.party).is_none() {
            return Err(Reason::SamePerson);
        }
        if self.editors.contains(&actor.party.person) {
            return Err(Reason::EditedIt);
        }
        if self.entered_by == Some(actor.party.person) {
            return Err(Reason::EnteredDestination);
        }
        if self.credential_ties {
            return Err(Reason::CredentialTies);
        }
        if self.looked {
            return Err(Reason::LookedAtAddress);
        }
        Ok(())
    }
}

use Role::{Administrator, Clerk, Confirmer, Supervisor};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident [$($role:ident),*] $text:literal $target:ty, $facts:ty => |$actor:ident, $f:ident| $check:expr;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;
            impl sealed::Sealed for $name {}
            impl Permission for $name {
                type Target = $target;
                type Facts = $facts;
                const NAME: &'static str = $text;
                const ROLES: &'static [Role] = &[$($role),*];
                fn check($actor: &Actor, $f: &Self::Facts) -> Result<(), Reason> {
                    $check
                }
            }
        )*
        /// Every permission with the roles that may ever have it: the rows of the reviewed table.
        #[cfg(test)]
        const MATRIX: &[(&str, &[Role])] = &[$(($text, &[$($role),*])),*];
    };
}

permissions! {
    /// Ending one's own session.
    EndSession [Clerk, Confirmer, Supervisor, Administrator] "end-session" (), () => |_actor, _facts| Ok(());
    /// Seeing lists of records with names, and searching them.
    ListRecords [Clerk, Confirmer, Supervisor] "list-records" (), () => |_actor, _facts| Ok(());
    /// Reading one record.
    ReadRecord [Clerk, Confirmer, Supervisor] "read-record" RecordId, () => |_actor, _facts| Ok(());
    /// Starting a new record.
    StartRecord [Clerk] "start-record" (), () => |_actor, _facts| Ok(());
    /// Taking up or correcting a record.
    ReviseRecord [Clerk] "revise-record" RecordId, () => |_actor, _facts| Ok(());
    /// Stamping a record as copied into another system.
    NoteTranscription [Clerk] "note-transcription" RecordId, () => |_actor, _facts| Ok(());
    /// Counting what was done in a month, without names.
    CountResults [Clerk, Confirmer, Supervisor] "count-results" (), () => |_actor, _facts| Ok(());
    /// Seeing the register of institutions.
    ListInstitutions [Clerk, Confirmer, Supervisor, Administrator] "list-institutions" (), () => |_actor, _facts| Ok(());
    /// Entering and changing institutions.
    KeepInstitution [Clerk, Supervisor, Administrator] "keep-institution" (), () => |_actor, _facts| Ok(());
    /// Working on one's own open draft.
    EditDraft [Clerk] "edit-draft" DraftId, AccountId => |actor, holder|
        if actor.party.account == *holder { Ok(()) } else { Err(Reason::NotHolder) };
    /// Taking back one's own registration.
    UndoRegistration [Clerk] "undo-registration" RecordId, AccountId => |actor, editor|
        if actor.party.account == *editor { Ok(()) } else { Err(Reason::NotHolder) };
    /// Deciding whether two records are about one person.
    DecideLikeness [Clerk] "decide-likeness" RecordId, () => |_actor, _facts| Ok(());
    /// Seeing the destination register.
    ListDestinations [Clerk, Confirmer, Supervisor, Administrator] "list-destinations" (), () => |_actor, _facts| Ok(());
    /// Entering a destination, or a new version of one.
    ProposeDestination [Clerk, Supervisor] "propose-destination" (), () => |_actor, _facts| Ok(());
    /// Taking a list of destinations over.
    ImportDestinations [Supervisor] "import-destinations" (), () => |_actor, _facts| Ok(());
    /// Keying a destination a second time, blind.
    ConfirmDestination [Clerk, Confirmer, Supervisor] "confirm-destination" DestinationId, OtherPerson => |actor, pair| pair.check(actor);
    /// Looking at the address of a destination.
    ShowDestination [Clerk, Confirmer, Supervisor] "show-destination" DestinationId, () => |_actor, _facts| Ok(());
    /// Preparing a test page to a new destination.
    PrepareTestPage [Clerk] "prepare-test-page" DestinationId, () => |_actor, _facts| Ok(());
    /// Recording that somebody at a new destination read the test page out.
    NoteCallBack [Clerk, Confirmer, Supervisor] "note-call-back" DestinationId, () => |_actor, _facts| Ok(());
    /// Stopping a destination for everybody.
    FreezeDestination [Clerk, Confirmer, Supervisor] "freeze-destination" DestinationId, () => |_actor, _facts| Ok(());
    /// Reporting a misdelivery: by whoever learns of it, not only by whoever sent it.
    ReportMisdelivery [Clerk, Confirmer, Supervisor] "report-misdelivery" DestinationId, () => |_actor, _facts| Ok(());
    /// Seeing which misdeliveries there are.
    ListIncidents [Clerk, Confirmer, Supervisor] "list-incidents" (), () => |_actor, _facts| Ok(());
    /// Seeing the course of one, and recording what was done about it.
    FollowIncident [Clerk, Confirmer, Supervisor] "follow-incident" IncidentId, () => |_actor, _facts| Ok(());
    /// Closing one that another person reported.
    CloseIncident [Supervisor] "close-incident" IncidentId, Party => |actor, reporter|
        if Pair::new(*reporter, actor.party).is_some() { Ok(()) } else { Err(Reason::OwnReport) };
    /// Preparing a record for sending.
    PrepareTransmission [Clerk] "prepare-transmission" RecordId, () => |_actor, _facts| Ok(());
    /// Seeing what is on its way.
    ListTransmissions [Clerk, Confirmer, Supervisor] "list-transmissions" (), () => |_actor, _facts| Ok(());
    /// Confirming what another person prepared.
    ConfirmTransmission [Clerk, Confirmer] "confirm-transmission" TransmissionId, OtherPerson => |actor, pair| pair.check(actor);
    /// Letting a third attempt be made after two misses.
    AllowThirdAttempt [Supervisor] "allow-third-attempt" TransmissionId, Party => |actor, author|
        if Pair::new(*author, actor.party).is_some() { Ok(()) } else { Err(Reason::OwnWork) };
    /// Letting a medium out of the house.
    ApproveMedium [Supervisor] "approve-medium" TransmissionId, Party => |actor, author|
        if Pair::new(*author, actor.party).is_some() { Ok(()) } else { Err(Reason::OwnWork) };
    /// Planting a drill.
    PlantDrill [Supervisor] "plant-drill" (), () => |_actor, _facts| Ok(());
    /// Seeing how drills ended.
    ListDrills [Supervisor] "list-drills" (), () => |_actor, _facts| Ok(());
    /// Taking a medium back.
    ReturnMedium [Clerk, Confirmer, Supervisor] "return-medium" TransmissionId, () => |_actor, _facts| Ok(());
    /// Taking a transmission back before it leaves.
    WithdrawTransmission [Clerk, Supervisor] "withdraw-transmission" TransmissionId, Party => |actor, author|
        if actor.party.account == author.account || actor.roles.contains(Supervisor) { Ok(()) } else { Err(Reason::NotAuthor) };
    /// Recording what became of a transmission.
    FollowTransmission [Clerk, Confirmer, Supervisor] "follow-transmission" TransmissionId, () => |_actor, _facts| Ok(());
    /// Reading the access log.
    ListLog [Supervisor] "list-log" (), () => |_actor, _facts| Ok(());
    /// Seeing who had to do with a person's records.
    ShowAccesses [Supervisor] "show-accesses" RecordId, () => |_actor, _facts| Ok(());
    /// Making a paper of that.
    PrintAccesses [Supervisor] "print-accesses" RecordId, () => |_actor, _facts| Ok(());
    /// Seeing the figures of the access log.
    SummariseLog [Supervisor] "summarise-log" (), () => |_actor, _facts| Ok(());
    /// Deciding about one event of another person.
    ReviewEvent [Supervisor] "review-event" u64, Option<PersonId> => |actor, subject|
        if *subject == Some(actor.party.person) { Err(Reason::OwnRow) } else { Ok(()) };
    /// Saying that a step of the clock was looked into: each person once.
    AcknowledgeClock [Supervisor] "acknowledge-clock" u64, Vec<PersonId> => |actor, people|
        if people.contains(&actor.party.person) { Err(Reason::ClockAcknowledged) } else { Ok(()) };
    /// Reading the queue of a week.
    OpenReview [Supervisor] "open-review" (), () => |_actor, _facts| Ok(());
    /// Ending the review of a week.
    SignOffReview [Supervisor] "sign-off-review" (), () => |_actor, _facts| Ok(());
    /// Saying who is near to oneself.
    DeclareKin [Clerk, Confirmer, Supervisor, Administrator] "declare-kin" (), () => |_actor, _facts| Ok(());
    /// Verifying the access log.
    VerifyLog [Supervisor, Administrator] "verify-log" (), () => |_actor, _facts| Ok(());
    /// Taking size and root of the log out of the house, which says nothing about anybody.
    TakeCheckpoint [Clerk, Confirmer, Supervisor, Administrator] "take-checkpoint" (), () => |_actor, _facts| Ok(());
    /// Handing the log out for checking elsewhere.
    ExportLog [Supervisor] "export-log" (), () => |_actor, _facts| Ok(());
    /// Asking for an erasure in the log.
    PurgeLog [Supervisor] "purge-log" (), () => |_actor, _facts| Ok(());
    /// Agreeing to an erasure that another person asked for.
    ApproveLogPurge [Supervisor] "approve-log-purge" (), Party => |actor, proposer|
        if Pair::new(*proposer, actor.party).is_some() { Ok(()) } else { Err(Reason::OwnWork) };
    /// Seeing who works here.
    ListStaff [Supervisor, Administrator] "list-staff" (), () => |_actor, _facts| Ok(());
    /// Entering a new account.
    ProposeStaff [Administrator] "propose-staff" (), () => |_actor, _facts| Ok(());
    /// Approving an account that another administrator entered.
    ApproveStaff [Administrator] "approve-staff" AccountId, Party => |actor, proposer|
        if Pair::new(*proposer, actor.party).is_some() { Ok(()) } else { Err(Reason::ApproverSame) };
    /// Suspending an account.
    SuspendStaff [Administrator] "suspend-staff" AccountId, () => |_actor, _facts| Ok(());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;
    use crate::domain::staff::Roles;

    fn actor(account: u8, person: u8, roles: &[Role]) -> Actor {
        Actor {
            party: Party {
                account: AccountId::from_bytes([account; 16]),
                person: PersonId::from_bytes([person; 16]),
            },
            roles: Roles::of(roles),
        }
    }

    fn first() -> OtherPerson {
        OtherPerson {
            first: actor(1, 1, &[]).party,
            editors: vec![PersonId::from_bytes([3; 16])],
            entered_by: Some(PersonId::from_bytes([4; 16])),
            credential_ties: false,
            looked: false,
        }
    }

    #[test]
    fn confirming_takes_another_person() {
        let decide = |actor: &Actor, facts: &OtherPerson| decide::<ConfirmTransmission>(actor, facts);
        assert_eq!(decide(&actor(2, 2, &[Confirmer]), &first()), Ok(()));
        assert_eq!(decide(&actor(2, 2, &[Clerk]), &first()), Ok(()), "a clerk may confirm another's sending");
        assert_eq!(decide(&actor(1, 1, &[Confirmer]), &first()), Err(Reason::OwnWork));
        assert_eq!(decide(&actor(2, 1, &[Confirmer]), &first()), Err(Reason::SamePerson));
        assert_eq!(decide(&actor(3, 3, &[Confirmer]), &first()), Err(Reason::EditedIt));
        assert_eq!(decide(&actor(5, 3, &[Confirmer]), &first()), Err(Reason::EditedIt), "with any account");
        assert_eq!(decide(&actor(4, 4, &[Confirmer]), &first()), Err(Reason::EnteredDestination));
        assert_eq!(decide(&actor(2, 2, &[Supervisor, Administrator]), &first()), Err(Reason::RoleForbids));
        let tied = OtherPerson { credential_ties: true, ..first() };
        assert_eq!(decide(&actor(2, 2, &[Confirmer]), &tied), Err(Reason::CredentialTies));
        let looked = OtherPerson { looked: true, ..first() };
        assert_eq!(decide(&actor(2, 2, &[Confirmer]), &looked), Err(Reason::LookedAtAddress));
    }

    #[test]
    fn an_administrator_reads_no_records() {
        let admin = actor(9, 9, &[Administrator]);
        assert_eq!(decide::<ReadRecord>(&admin, &()), Err(Reason::RoleForbids));
        assert_eq!(decide::<ListRecords>(&admin, &()), Err(Reason::RoleForbids));
        assert_eq!(decide::<ConfirmTransmission>(&admin, &first()), Err(Reason::RoleForbids));
    }

    /// The reviewed table: a change of who may do what shows as a change of this file.
    #[test]
    fn the_matrix_is_the_reviewed_one() {
        let mut table = format!(
            "{:<24}{:<10}{:<11}{:<12}{}\n",
            "permission", "clerk", "confirmer", "supervisor", "administrator"
        );
        for (name, roles) in MATRIX {
            let cell = |role: Role| if roles.contains(&role) { "yes" } else { "-" };
            table.push_str(&format!(
                "{name:<24}{:<10}{:<11}{:<12}{}\n",
                cell(Clerk),
                cell(Confirmer),
                cell(Supervisor),
                cell(Administrator)
            ));
        }
        let reviewed = include_str!("../../tests/it/output/permissions.txt");
        assert_eq!(
            table, reviewed,
            "who may do what has changed: review it and update tests/it/output/permissions.txt"
        );
    }
}
