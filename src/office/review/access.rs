//! One event of the log, as far as the review asks.
use crate::domain::ids::{AccountId, DestinationId, RecordId};
use crate::domain::sensitive::Personal;
use crate::domain::time::Timestamp;
use crate::office::audit::event::Event;
use crate::office::audit::{Action, ObjectKind, Outcome, RefKey};
use crate::office::reason::Reason;

/// Who did what to what, decoded from the sealed record.
#[derive(Clone, Debug)]
pub struct Access {
    pub seq: u64,
    pub at: Timestamp,
    /// Who did it; for a refused sign-in the account that it was tried with.
    pub actor: Option<AccountId>,
    pub action: Action,
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    pub record: Option<RecordId>,
    /// The record that this one belongs to: work on a part is work on the case.
    pub case: Option<RecordId>,
    pub destination: Option<DestinationId>,
    pub version: Option<u32>,
    /// What was looked for, until it is erased.
    pub term: Option<Personal<String>>,
}

/// What an action is to the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// What a record says was shown.
    Look,
    /// Somebody was looked for.
    Search,
    /// It leaves something at a record: this is what explains looks.
    Work,
    /// The same for whoever sends, unless it goes out on a medium.
    Prepare,
    /// A blind check, which shows nothing and is work even when it fails.
    Check,
    /// The register of destinations was changed.
    RegisterChange,
    SignIn,
    ClockStep,
    PreLoginAltered,
    /// Something that happens to the log itself, and that more than one person has to know of.
    LogItself,
    /// Nothing that says anything about a person outside.
    Other,
}

impl Access {
    pub fn of(event: &Event, detail: Option<String>) -> Self {
        let id = |key| event.reference(key).and_then(|value| <[u8; 16]>::try_from(value).ok());
        let number =
            |key| event.reference(key).and_then(|value| Some(u32::from_be_bytes(value.try_into().ok()?)));
        let named = id(RefKey::Record).map(RecordId::from_bytes);
        let (kind, object) = event.object;
        let (record, case) = match kind {
            ObjectKind::Record => (Some(RecordId::from_bytes(object)), named),
            _ => (named, None),
        };
        let of_destination = (kind == ObjectKind::Destination).then(|| DestinationId::from_bytes(object));
        let of_account = (kind == ObjectKind::Account).then(|| AccountId::from_bytes(object));
        Self {
            seq: event.seq,
            at: event.clock.wall,
            actor: event.actor.or(of_account),
            action: event.action,
            outcome: event.outcome,
            reason: Reason::from_code(event.reason),
            record,
            case,
            destination: of_destination.or_else(|| id(RefKey::Destination).map(DestinationId::from_bytes)),
            version: number(RefKey::Version),
            term: detail.filter(|_| event.action == Action::SearchRecords).map(Personal::new),
        }
    }

    pub fn is_done(&self) -> bool {
        self.outcome == Outcome::Done
    }

    pub fn is_prepared(&self) -> bool {
        self.deed() == Deed::Prepare && self.is_done()
    }

    /// Every action has its place here, or this does not compile: a new way to look at people must not escape.
    pub const fn deed(&self) -> Deed {
        match self.action {
            Action::ShowRecord
            | Action::ShowTimeline
            | Action::ReviseRecord
            | Action::ShowIncident
            | Action::ShowAccesses
            | Action::PrintAccesses => Deed::Look,
            Action::SearchRecords => Deed::Search,
            Action::OpenDraft
            | Action::RegisterDraft
            | Action::UndoRegistration
            | Action::NoteTranscription
            | Action::DeclareDifferent
            | Action::DeclareSame
            | Action::BeginConfirmation
            | Action::ConfirmTransmission
            | Action::ReturnTransmission
            | Action::WithdrawTransmission
            | Action::AcknowledgeArrival
            | Action::ReconcileTransmission
            | Action::NoteManualFax => Deed::Work,
            Action::MatchTransmission => Deed::Check,
            Action::PrepareTransmission => Deed::Prepare,
            Action::ProposeDestination | Action::ImportDestinations => Deed::RegisterChange,
            Action::SignIn | Action::SignInRefusedEarlier | Action::StepUp => Deed::SignIn,
            Action::ClockStep => Deed::ClockStep,
            Action::PreLoginFileAltered => Deed::PreLoginAltered,
            Action::EpochStart
            | Action::TailBroken
            | Action::ProposeLogPurge
            | Action::ApproveLogPurge
            | Action::ExportLog => Deed::LogItself,
            // Sound, it is daily work.
            Action::NoteVerification if matches!(self.outcome, Outcome::Failed) => Deed::LogItself,
            // Lists and drafts of one's own: neither opens somebody's record. What a list shows is bounded by the day's
            // work; who pages through lists to find somebody opens or searches in the end.
            Action::Genesis
            | Action::Checkpoint
            | Action::Heartbeat
            | Action::NoteVerification
            | Action::TakeCheckpoint
            | Action::SummariseLog
            | Action::ListClockSteps
            | Action::AcknowledgeClock
            | Action::SignOut
            | Action::Enrol
            | Action::ChangePassword
            | Action::ListRecords
            | Action::ResumeDraft
            | Action::DiscardDraft
            | Action::ListInstitutions
            | Action::KeepInstitution
            | Action::ListUnanswered
            | Action::CountResults
            | Action::FindSimilar
            | Action::ListDestinations
            | Action::ConfirmDestination
            | Action::FreezeDestination
            | Action::ShowDestination
            | Action::PrepareTestPage
            | Action::NoteCallBack
            | Action::ListMedia
            | Action::ListDrills
            | Action::ListTransmissions
            | Action::TakeReceipt
            | Action::AllowThirdAttempt
            | Action::ApproveMedium
            | Action::ReturnMedium
            | Action::PlantDrill
            | Action::ReportMisdelivery
            | Action::NoteIncidentStep
            | Action::CloseIncident
            | Action::ListIncidents
            | Action::ListLog
            | Action::ReviewEvent
            | Action::VerifyLog
            | Action::OpenReview
            | Action::SignOffReview
            | Action::TakeBackReview
            | Action::ListReviews
            | Action::DeclareKin
            | Action::ListStaff
            | Action::ProposeStaff
            | Action::ApproveStaff
            | Action::SuspendStaff => Deed::Other,
        }
    }
}
