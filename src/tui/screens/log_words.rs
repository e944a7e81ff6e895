//! The codes of the access log in words; every code has one, or this does not compile.
use crate::office::ops::Verdict;
use crate::office::{Action, Finding, ObjectKind, Outcome};
use crate::text::review::*;
use crate::text::{Lang, Text, fill};

/// What was done, in words.
pub const fn action(action: Action) -> Text {
    match action {
        Action::Genesis => ACT_GENESIS,
        Action::SignIn => ACT_SIGN_IN,
        Action::SignOut => ACT_SIGN_OUT,
        Action::StepUp => ACT_STEP_UP,
        Action::SignInRefusedEarlier => ACT_REFUSED_EARLIER,
        Action::PreLoginFileAltered => ACT_PRE_LOGIN_ALTERED,
        Action::Enrol => ACT_ENROL,
        Action::ChangePassword => ACT_CHANGE_PASSWORD,
        Action::ListRecords => ACT_LIST_RECORDS,
        Action::SearchRecords => ACT_SEARCH_RECORDS,
        Action::ShowRecord => ACT_SHOW_RECORD,
        Action::OpenDraft => ACT_OPEN_DRAFT,
        Action::ResumeDraft => ACT_RESUME_DRAFT,
        Action::DiscardDraft => ACT_DISCARD_DRAFT,
        Action::RegisterDraft => ACT_REGISTER_DRAFT,
        Action::ReviseRecord => ACT_REVISE_RECORD,
        Action::UndoRegistration => ACT_UNDO_REGISTRATION,
        Action::ShowTimeline => ACT_SHOW_TIMELINE,
        Action::NoteTranscription => ACT_NOTE_TRANSCRIPTION,
        Action::ListInstitutions => ACT_LIST_INSTITUTIONS,
        Action::KeepInstitution => ACT_KEEP_INSTITUTION,
        Action::ListUnanswered => ACT_LIST_UNANSWERED,
        Action::CountResults => ACT_COUNT_RESULTS,
        Action::FindSimilar => ACT_FIND_SIMILAR,
        Action::DeclareDifferent => ACT_DECLARE_DIFFERENT,
        Action::DeclareSame => ACT_DECLARE_SAME,
        Action::ListDestinations => ACT_LIST_DESTINATIONS,
        Action::ProposeDestination => ACT_PROPOSE_DESTINATION,
        Action::ConfirmDestination => ACT_CONFIRM_DESTINATION,
        Action::FreezeDestination => ACT_FREEZE_DESTINATION,
        Action::ShowDestination => ACT_SHOW_DESTINATION,
        Action::PrepareTestPage => ACT_TEST_PAGE,
        Action::NoteCallBack => ACT_CALL_BACK,
        Action::ImportDestinations => ACT_IMPORT_DESTINATIONS,
        Action::AllowThirdAttempt => ACT_ALLOW,
        Action::NoteManualFax => ACT_MANUAL_FAX,
        Action::ApproveMedium => ACT_APPROVE_MEDIUM,
        Action::ReturnMedium => ACT_RETURN_MEDIUM,
        Action::PlantDrill => ACT_PLANT_DRILL,
        Action::ReportMisdelivery => ACT_REPORT_MISDELIVERY,
        Action::NoteIncidentStep => ACT_INCIDENT_STEP,
        Action::CloseIncident => ACT_CLOSE_INCIDENT,
        Action::ListIncidents => ACT_LIST_INCIDENTS,
        Action::ShowIncident => ACT_SHOW_INCIDENT,
        Action::ListDrills => ACT_LIST_DRILLS,
        Action::ListMedia => ACT_LIST_MEDIA,
        Action::ListTransmissions => ACT_LIST_TRANSMISSIONS,
        Action::PrepareTransmission => ACT_PREPARE,
        Action::BeginConfirmation => ACT_BEGIN,
        Action::MatchTransmission => ACT_MATCH,
        Action::ConfirmTransmission => ACT_CONFIRM,
        Action::ReturnTransmission => ACT_RETURN,
        Action::WithdrawTransmission => ACT_WITHDRAW,
        Action::TakeReceipt => ACT_RECEIPT,
        Action::AcknowledgeArrival => ACT_ACKNOWLEDGE,
        Action::ReconcileTransmission => ACT_RECONCILE,
        Action::ListLog => ACT_LIST_LOG,
        Action::ReviewEvent => ACT_REVIEW,
        Action::VerifyLog => ACT_VERIFY,
        Action::ListStaff => ACT_LIST_STAFF,
        Action::ProposeStaff => ACT_PROPOSE_STAFF,
        Action::ApproveStaff => ACT_APPROVE_STAFF,
        Action::SuspendStaff => ACT_SUSPEND_STAFF,
        Action::ClockStep => ACT_CLOCK_STEP,
    }
}

/// What it was done to, when it is no record.
pub const fn kind(kind: ObjectKind) -> Text {
    match kind {
        ObjectKind::Nothing => KIND_NOTHING,
        ObjectKind::Account => KIND_ACCOUNT,
        ObjectKind::Record => KIND_RECORD,
        ObjectKind::Draft => KIND_DRAFT,
        ObjectKind::Destination => KIND_DESTINATION,
        ObjectKind::Transmission => KIND_TRANSMISSION,
        ObjectKind::Institution => KIND_INSTITUTION,
        ObjectKind::Incident => KIND_INCIDENT,
        ObjectKind::Drill => KIND_DRILL,
    }
}

pub const fn outcome(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Done => OUTCOME_DONE,
        Outcome::Denied => OUTCOME_DENIED,
        Outcome::Failed => OUTCOME_FAILED,
    }
}

pub const fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Work => VERDICT_WORK,
        Verdict::Ask => VERDICT_ASK,
        Verdict::Doubtful => VERDICT_DOUBTFUL,
        Verdict::Later => VERDICT_LATER,
    }
}

/// What was found wrong, in words.
pub fn finding(finding: &Finding, lang: Lang) -> String {
    let at = |seq: &u64, text: Text| fill(FINDING_AT.in_lang(lang), &[seq, &text.in_lang(lang)]);
    match finding {
        Finding::Gap { seq } => at(seq, FINDING_GAP),
        Finding::Unreadable { seq } => at(seq, FINDING_UNREADABLE),
        Finding::Hash { seq } => at(seq, FINDING_HASH),
        Finding::Previous { seq } => at(seq, FINDING_PREVIOUS),
        Finding::Misplaced { seq } => at(seq, FINDING_MISPLACED),
        Finding::Column { seq } => at(seq, FINDING_COLUMN),
        Finding::Detail { seq } => at(seq, FINDING_DETAIL),
        Finding::OrphanDetail { seq } => at(seq, FINDING_ORPHAN),
        Finding::MissingDetail { seq } => at(seq, FINDING_MISSING_DETAIL),
        Finding::Clock { seq } => at(seq, FINDING_CLOCK),
        Finding::SealAhead { sealed, events } | Finding::SealBehind { sealed, events } => {
            format!("{} ({sealed}/{events})", FINDING_SEAL.in_lang(lang))
        }
        Finding::SealBroken => FINDING_SEAL.in_lang(lang).to_owned(),
        Finding::SealKey => FINDING_SEAL_KEY.in_lang(lang).to_owned(),
        Finding::Silence { hours } => fill(FINDING_SILENCE.in_lang(lang), &[hours]),
        Finding::Database => FINDING_DATABASE.in_lang(lang).to_owned(),
    }
}
