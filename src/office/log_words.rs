//! The codes of the access log in words; every code has one, or this does not compile.
use super::ops::Verdict;
use super::{Action, ObjectKind, Outcome};
use crate::japanese::width::fold_ascii;
use crate::text::review::*;
use crate::text::{Lang, Text, fill};
use std::collections::BTreeSet;

/// What was done, in words.
pub const fn action(action: Action) -> Text {
    match action {
        Action::Genesis => ACT_GENESIS,
        Action::Checkpoint => ACT_CHECKPOINT,
        Action::Heartbeat => ACT_HEARTBEAT,
        Action::EpochStart => ACT_EPOCH_START,
        Action::TailBroken => ACT_TAIL_BROKEN,
        Action::NoteVerification => ACT_NOTE_VERIFICATION,
        Action::ProposeLogPurge => ACT_PROPOSE_PURGE,
        Action::ApproveLogPurge => ACT_APPROVE_PURGE,
        Action::TakeCheckpoint => ACT_TAKE_CHECKPOINT,
        Action::ExportLog => ACT_EXPORT_LOG,
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
        Action::ShowAccesses => ACT_SHOW_ACCESSES,
        Action::PrintAccesses => ACT_PRINT_ACCESSES,
        Action::SummariseLog => ACT_SUMMARISE_LOG,
        Action::OpenReview => ACT_OPEN_REVIEW,
        Action::SignOffReview => ACT_SIGN_OFF,
        Action::TakeBackReview => ACT_TAKE_BACK,
        Action::ListReviews => ACT_LIST_REVIEWS,
        Action::DeclareKin => ACT_DECLARE_KIN,
        Action::ListStaff => ACT_LIST_STAFF,
        Action::ProposeStaff => ACT_PROPOSE_STAFF,
        Action::ApproveStaff => ACT_APPROVE_STAFF,
        Action::SuspendStaff => ACT_SUSPEND_STAFF,
        Action::ClockStep => ACT_CLOCK_STEP,
        Action::AcknowledgeClock => ACT_ACKNOWLEDGE_CLOCK,
        Action::ListClockSteps => ACT_LIST_CLOCK,
    }
}

/// How far the clock was moved, in the largest units that say it: `+32日 4時間`, `-12分 30秒`.
pub fn clock_size(micros: i64, lang: Lang) -> String {
    let seconds = micros.unsigned_abs() / 1_000_000;
    let parts = [
        (seconds / 86_400, DAYS),
        (seconds / 3600 % 24, HOURS),
        (seconds / 60 % 60, MINUTES),
        (seconds % 60, SECONDS),
    ];
    let from = parts.iter().position(|(count, _)| *count > 0).unwrap_or(parts.len() - 1);
    let said: Vec<String> =
        parts.iter().skip(from).take(2).map(|(count, unit)| fill(unit.in_lang(lang), &[count])).collect();
    format!("{}{}", if micros < 0 { '-' } else { '+' }, said.join(" "))
}

/// The actions whose name, in either language, has these words in it; exactly one where it is the whole name.
pub fn actions_named(words: &str) -> BTreeSet<Action> {
    let wanted = fold_ascii(words).to_ascii_lowercase();
    let names = |known: Action| {
        let text = action(known);
        [text.ja.to_owned(), text.en.to_ascii_lowercase(), known.label().to_owned()]
    };
    let all = || Action::ALL.iter().copied();
    let whole: BTreeSet<Action> = all().filter(|action| names(*action).contains(&wanted)).collect();
    if !whole.is_empty() {
        return whole;
    }
    all().filter(|action| names(*action).iter().any(|name| name.contains(&wanted))).collect()
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
