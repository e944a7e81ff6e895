//! One file per verb. Adding a verb is adding a file and one line to the list below.
mod acknowledge_clock;
mod allow_third_attempt;
mod approve_log_purge;
mod approve_medium;
mod approve_staff;
mod begin_confirmation;
mod close_incident;
mod confirm_destination;
mod confirm_transmission;
mod count_results;
mod declare_different;
mod declare_kin;
mod declare_same;
mod discard_draft;
mod export_log;
mod find_similar;
mod follow_transmission;
mod freeze_destination;
mod import_destinations;
mod keep_institution;
mod list_clock_steps;
mod list_destinations;
mod list_drills;
mod list_incidents;
mod list_institutions;
mod list_log;
mod list_media;
mod list_records;
mod list_reviews;
mod list_staff;
mod list_transmissions;
mod list_unanswered;
mod log_lines;
#[cfg(feature = "bench-fill")]
mod log_many;
mod match_transmission;
mod note_call_back;
mod note_incident_step;
mod note_manual_fax;
mod note_transcription;
mod note_verification;
mod open_draft;
mod open_review;
mod plant_drill;
mod prepare_test_page;
mod prepare_transmission;
mod print_accesses;
mod propose_destination;
mod propose_log_purge;
mod propose_staff;
mod read_slip;
mod register_draft;
#[cfg(feature = "bench-fill")]
mod register_many;
mod report_misdelivery;
mod resume_draft;
mod return_medium;
mod return_transmission;
mod review_event;
mod revise_record;
mod save_draft;
mod search_records;
mod show_accesses;
mod show_destination;
mod show_incident;
mod show_record;
mod show_timeline;
mod sign_off_review;
mod sign_out;
mod summarise_log;
mod suspend_staff;
mod take_back_review;
mod take_checkpoint;
mod undo_registration;
mod verify_log;
mod withdraw_transmission;

pub use crate::export::channel::channel_name;
pub use acknowledge_clock::AcknowledgeClock;
pub use allow_third_attempt::AllowThirdAttempt;
pub use approve_log_purge::ApproveLogPurge;
pub use approve_medium::ApproveMedium;
pub use approve_staff::ApproveStaff;
pub use begin_confirmation::{BeginConfirmation, ConfirmationTask, PersonCheck, Proof};
pub use close_incident::CloseIncident;
pub use confirm_destination::{ConfirmDestination, DestinationConfirmed, KEY_TAIL};
pub use confirm_transmission::{ConfirmTransmission, Confirmed};
pub use count_results::{CountResults, ItemTally, Tally};
pub use declare_different::DeclareDifferent;
pub use declare_kin::{DeclareKin, Declared, KinChange};
pub use declare_same::DeclareSame;
pub use discard_draft::DiscardDraft;
pub use export_log::ExportLog;
pub use find_similar::{FindSimilar, PersonTyped, SIMILAR_MAX, SimilarPerson};
pub use follow_transmission::{AcknowledgeArrival, Reconcile, ReconcileTransmission, TakeReceipts};
pub use freeze_destination::FreezeDestination;
pub use import_destinations::{Import, ImportDestinations, ImportedDestination};
pub use keep_institution::KeepInstitution;
pub use list_clock_steps::{ClockStepLine, ListClockSteps};
pub use list_destinations::{
    CallLine, DestinationLine, DestinationStatus, ListDestinations, ListPurpose, Near, NearMiss, UseOfIt,
};
pub use list_drills::{DrillLine, DrillStanding, Flaw, ListDrills};
pub use list_incidents::{IncidentLine, ListIncidents, Reporting};
pub use list_institutions::ListInstitutions;
pub use list_log::{ListLog, LogPage, LogQuery, LogRow, Whom};
pub use list_media::{ListMedia, MediumLine};
pub use list_records::{ListRecords, RecordLine, RecordPage, RecordState};
pub use list_reviews::{ListReviews, WeekLine};
pub use list_staff::{ListStaff, StaffLine};
pub use list_transmissions::{ListTransmissions, SentTo, TransmissionLine};
pub use list_unanswered::ListUnanswered;
pub use log_lines::{LogLine, NamedRecord};
pub use match_transmission::{BlindAnswers, DrillResult, MatchOutcome, MatchTransmission, Reveal, Revealed};
pub use note_call_back::NoteCallBack;
pub use note_incident_step::NoteIncidentStep;
pub use note_manual_fax::{MachineReport, NoteManualFax};
pub use note_transcription::NoteTranscription;
pub use open_draft::{OpenDraft, OpenedDraft};
pub use open_review::{OpenReview, ReviewPage, ReviewRow, RowEvent, SignedOff, WorkItem};
pub use plant_drill::{PlantDrill, Planted, PlantedFlaw};
pub use prepare_test_page::{PrepareTestPage, PreparedTestPage};
pub use prepare_transmission::{PrepareOutcome, PrepareTransmission, Prepared};
pub use print_accesses::{AccessPaper, PrintAccesses, why_words};
pub use propose_destination::{DestinationProposal, ProposeDestination, ProposedDestination, ProposedLock};
pub use propose_log_purge::ProposeLogPurge;
pub use propose_staff::{ProposeStaff, ProposedStaff, StaffProposal};
pub use read_slip::{PrintedSlip, ReadSlip};
pub use register_draft::{RegisterDraft, RegisterOutcome, Registered};
#[cfg(feature = "bench-fill")]
pub use register_many::RegisterMany;
pub use report_misdelivery::{MisdeliveryReported, ReportMisdelivery};
pub use resume_draft::ResumeDraft;
pub use return_medium::ReturnMedium;
pub use return_transmission::{ReturnTransmission, Returned};
pub use review_event::{ReviewEvent, Verdict};
pub use revise_record::ReviseRecord;
pub use save_draft::SaveDraft;
pub use search_records::SearchRecords;
pub use show_accesses::{AccessLine, Accesses, ShowAccesses, Unread, Why};
pub use show_destination::{DestinationShown, ShowDestination};
pub use show_incident::{IncidentView, ShowIncident, StepView, noted_name, step_name};
pub use show_record::{RecordView, ShowRecord};
pub use show_timeline::{Happened, ShowTimeline, Timeline, TimelineEntry, TimelineOf};
pub use sign_off_review::SignOffReview;
pub use sign_out::SignOut;
pub use summarise_log::{Busy, Checks, Figures, LATENCIES, PairShare, SummariseLog, WeekReview};
pub use suspend_staff::SuspendStaff;
pub use take_back_review::TakeBackReview;
pub use take_checkpoint::TakeCheckpoint;
pub use undo_registration::UndoRegistration;
#[cfg(test)]
pub(in crate::office) use verify_log::Tools as VerifyTools;
pub use verify_log::VerifyLog;
// What a verification says, for those who show it.
pub use crate::log::finding::{Class, Finding, Weight, What};
pub use crate::log::statement::{EpochCause, Erasure};
pub use crate::log::verify::{Report as LogReport, Tier};
pub use withdraw_transmission::WithdrawTransmission;

pub(super) use read_slip::of_set_up;

use super::perform::Operation;
use super::reason::Reason;
use super::session::Session;

/// The list of everything the office can be asked: one line makes a verb a request and a reply.
macro_rules! operations {
    ($($name:ident),* $(,)?) => {
        /// One question to the office, as it travels to the office thread.
        pub enum Request {
            $($name($name),)*
            /// Autosave of one's own open draft: rests on the row that opened it.
            SaveDraft(SaveDraft),
        }

        /// The answer to a request of the same name.
        #[expect(clippy::large_enum_variant, reason = "one reply at a time crosses the channel, in a box")]
        pub enum Reply {
            $($name(Result<<$name as Operation>::Outcome, Reason>),)*
            SaveDraft(Result<<SaveDraft as save_draft::Autosave>::Outcome, Reason>),
            /// Reads on after its own row is written, and is asked for otherwise: see `Session::verify_log`.
            VerifyLog(Result<LogReport, Reason>),
        }

        impl Request {
            pub fn perform(self, session: &mut Session) -> Reply {
                match self {
                    $(Self::$name(operation) => Reply::$name(session.perform(operation)),)*
                    Self::SaveDraft(save) => Reply::SaveDraft(session.save_draft(&save)),
                }
            }
        }

        $(impl From<$name> for Request {
            fn from(operation: $name) -> Self {
                Self::$name(operation)
            }
        })*
    };
}

operations! {
    SignOut, ListRecords, SearchRecords, ShowRecord, OpenDraft, ResumeDraft, ReviseRecord, DiscardDraft, RegisterDraft,
    UndoRegistration, ShowTimeline, NoteTranscription, ListUnanswered, CountResults, ListInstitutions, KeepInstitution, ListDestinations, ProposeDestination, ConfirmDestination, FreezeDestination, PrepareTransmission,
    ListTransmissions, BeginConfirmation, MatchTransmission, ConfirmTransmission, ReturnTransmission,
    WithdrawTransmission, TakeReceipts, AcknowledgeArrival, ReconcileTransmission, ListLog, ReviewEvent, TakeCheckpoint, ReadSlip, ProposeLogPurge, ApproveLogPurge, ShowAccesses, PrintAccesses, SummariseLog,
    ImportDestinations, ShowDestination, PrepareTestPage, NoteCallBack, AllowThirdAttempt, ApproveMedium, ReturnMedium, ListMedia, NoteManualFax, PlantDrill, ListDrills, ReportMisdelivery, ListIncidents, ShowIncident, NoteIncidentStep, CloseIncident, ListStaff, ProposeStaff, ApproveStaff, SuspendStaff, FindSimilar, DeclareDifferent, DeclareSame, ListClockSteps, AcknowledgeClock,
    OpenReview, TakeBackReview, SignOffReview, ListReviews, DeclareKin,
}

impl From<SaveDraft> for Request {
    fn from(save: SaveDraft) -> Self {
        Self::SaveDraft(save)
    }
}
