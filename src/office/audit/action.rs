//! The registry of codes. A number, once used, never means anything else.

macro_rules! registry {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal $label:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum $name { $($(#[$vdoc])* $variant = $code),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub const fn code(self) -> u16 {
                self as u16
            }
            pub fn from_code(code: u16) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
            /// The stable name in JSON and in tables.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }
    };
}

registry! {
    /// What was done or tried.
    Action {
        Genesis = 1 "genesis",
        Checkpoint = 2 "checkpoint",
        /// The checkpoint that the first event of each day brings along.
        Heartbeat = 3 "heartbeat",
        EpochStart = 4 "epoch-start",
        /// The events since the last checkpoint were not sound when somebody signed in.
        TailBroken = 5 "tail-broken",
        NoteVerification = 6 "note-verification",
        SignIn = 10 "sign-in",
        SignOut = 11 "sign-out",
        StepUp = 12 "step-up",
        /// An attempt that failed before the database could be opened, taken over from the pre-login file.
        SignInRefusedEarlier = 13 "sign-in-refused-earlier",
        /// The pre-login file does not continue where it was last read.
        PreLoginFileAltered = 14 "pre-login-file-altered",
        Enrol = 15 "enrol",
        ChangePassword = 16 "change-password",
        ListRecords = 20 "list-records",
        SearchRecords = 21 "search-records",
        ShowRecord = 22 "show-record",
        OpenDraft = 23 "open-draft",
        ResumeDraft = 24 "resume-draft",
        DiscardDraft = 25 "discard-draft",
        RegisterDraft = 26 "register-draft",
        ReviseRecord = 27 "revise-record",
        UndoRegistration = 28 "undo-registration",
        ShowTimeline = 29 "show-timeline",
        NoteTranscription = 30 "note-transcription",
        ListInstitutions = 31 "list-institutions",
        KeepInstitution = 32 "keep-institution",
        ListUnanswered = 33 "list-unanswered",
        CountResults = 34 "count-results",
        FindSimilar = 35 "find-similar",
        DeclareDifferent = 36 "declare-different",
        DeclareSame = 37 "declare-same",
        ListDestinations = 40 "list-destinations",
        ProposeDestination = 41 "propose-destination",
        ConfirmDestination = 42 "confirm-destination",
        FreezeDestination = 43 "freeze-destination",
        ShowDestination = 44 "show-destination",
        PrepareTestPage = 45 "prepare-test-page",
        NoteCallBack = 46 "note-call-back",
        ImportDestinations = 47 "import-destinations",
        ListMedia = 48 "list-media",
        ListDrills = 49 "list-drills",
        ListTransmissions = 50 "list-transmissions",
        PrepareTransmission = 51 "prepare-transmission",
        BeginConfirmation = 52 "begin-confirmation",
        MatchTransmission = 53 "match-transmission",
        ConfirmTransmission = 54 "confirm-transmission",
        ReturnTransmission = 55 "return-transmission",
        WithdrawTransmission = 56 "withdraw-transmission",
        TakeReceipt = 57 "take-receipt",
        AcknowledgeArrival = 58 "acknowledge-arrival",
        ReconcileTransmission = 59 "reconcile-transmission",
        AllowThirdAttempt = 60 "allow-third-attempt",
        NoteManualFax = 61 "note-manual-fax",
        ApproveMedium = 62 "approve-medium",
        ReturnMedium = 63 "return-medium",
        PlantDrill = 64 "plant-drill",
        ReportMisdelivery = 65 "report-misdelivery",
        NoteIncidentStep = 66 "note-incident-step",
        CloseIncident = 67 "close-incident",
        ListIncidents = 68 "list-incidents",
        ShowIncident = 69 "show-incident",
        ListLog = 70 "list-log",
        ReviewEvent = 71 "review-event",
        VerifyLog = 72 "verify-log",
        OpenReview = 73 "open-review",
        SignOffReview = 74 "sign-off-review",
        TakeBackReview = 75 "take-back-review",
        ListReviews = 76 "list-reviews",
        DeclareKin = 77 "declare-kin",
        ShowAccesses = 78 "show-accesses",
        PrintAccesses = 79 "print-accesses",
        SummariseLog = 84 "summarise-log",
        ListStaff = 80 "list-staff",
        ProposeStaff = 81 "propose-staff",
        ApproveStaff = 82 "approve-staff",
        SuspendStaff = 83 "suspend-staff",
        ProposeLogPurge = 86 "propose-log-purge",
        /// An erasure in the log that two people agreed to.
        ApproveLogPurge = 87 "approve-log-purge",
        TakeCheckpoint = 88 "take-checkpoint",
        ExportLog = 89 "export-log",
        /// The wall clock was moved. One that failed blocks until two people have acknowledged it.
        ClockStep = 90 "clock-step",
        AcknowledgeClock = 91 "acknowledge-clock",
        ListClockSteps = 92 "list-clock-steps",
    }
}

registry! {
    /// How it ended.
    Outcome {
        Done = 1 "done",
        /// The rules forbid it to this person.
        Denied = 2 "denied",
        /// Allowed, but it could not be done; nothing was changed but what the reason says.
        Failed = 3 "failed",
    }
}

registry! {
    /// What the object id names.
    ObjectKind {
        Nothing = 0 "nothing",
        Account = 1 "account",
        Record = 2 "record",
        Draft = 3 "draft",
        Destination = 4 "destination",
        Transmission = 5 "transmission",
        Institution = 6 "institution",
        Incident = 7 "incident",
        Drill = 8 "drill",
    }
}

registry! {
    /// What a reference value is. Values are ids, counters and hashes: never personal data.
    RefKey {
        /// First sequence number of the same database transaction (u64be).
        TransactionFirst = 1 "transaction-first",
        /// Version of the record or entry that was seen or made (u32be).
        Version = 2 "version",
        /// How many rows were shown (u32be).
        Rows = 3 "rows",
        /// Autosaves that rested on the draft's lease (u32be).
        Saves = 4 "saves",
        /// The record that the object belongs to (16 bytes).
        Record = 5 "record",
        /// SHA-256 of the signed statement (32 bytes).
        Statement = 6 "statement",
        /// Signature of the submitter over the statement (64 bytes).
        SubmitSignature = 7 "submit-signature",
        /// Signature of the confirmer (64 bytes).
        ConfirmSignature = 8 "confirm-signature",
        /// The other person of a two-person act (16 bytes).
        OtherAccount = 9 "other-account",
        /// SHA-256 of the first seal key, so that the auditor's envelope can be checked (32 bytes).
        SealKeyDigest = 10 "seal-key-digest",
        /// TOTP step that was consumed (u64be).
        TotpStep = 11 "totp-step",
        /// The destination entry of a transmission (16 bytes).
        Destination = 12 "destination",
        /// Sequence number of the event that was reviewed (u64be).
        ReviewedEvent = 13 "reviewed-event",
        /// Verdict of a review (u16be).
        Verdict = 14 "verdict",
        /// When an event of the pre-login file happened (i64be microseconds).
        HappenedAt = 15 "happened-at",
        /// Size of a clock step: the wall clock against the boot clock, or against the last event of another boot (i64be
        /// microseconds).
        StepSize = 16 "step-size",
        /// Version of the signed roster (u32be).
        RosterVersion = 17 "roster-version",
        /// Attempts so far (u32be).
        Attempts = 18 "attempts",
        /// The record that the object was compared with (16 bytes).
        OtherRecord = 19 "other-record",
        /// The transmission that the object is about (16 bytes).
        Transmission = 20 "transmission",
        /// Number of events that a checkpoint covers (u64be).
        CheckpointSize = 21 "checkpoint-size",
        /// Tree hash over them (32 bytes).
        CheckpointRoot = 22 "checkpoint-root",
        /// What an erasure takes away (u16be).
        Erasure = 26 "erasure",
        /// Why an epoch began (u16be).
        EpochCause = 27 "epoch-cause",
        /// Aggregate of the seal at a checkpoint (32 bytes).
        Aggregate = 28 "aggregate",
        /// Public key that this installation signs checkpoints with (32 bytes).
        HostKey = 29 "host-key",
        /// Transmissions that were taken back because of the object (16 bytes each).
        Stopped = 30 "stopped",
        /// Highest size that two people found on paper (u64be).
        PaperSize = 60 "paper-size",
        /// Its root (32 bytes).
        PaperRoot = 61 "paper-root",
        /// Alarms of a verification (u32be).
        Alarms = 62 "alarms",
        /// How far the wall clock of a clock step is from that of the event before it (i64be microseconds).
        WallMoved = 40 "wall-moved",
        /// Sequence number of the clock step that was acknowledged (u64be).
        AcknowledgedStep = 41 "acknowledged-step",
        /// SHA-256 of the paper that was made (32 bytes).
        Paper = 55 "paper",
        /// How many events the log had when it was read for this (u64be).
        LogSize = 56 "log-size",
        /// The week of a review: year and ISO week, as 202628 (u32be).
        Week = 45 "week",
        /// What the random part of a queue was drawn with (32 bytes).
        SampleSeed = 46 "sample-seed",
        /// The last event of a week (u64be).
        LastEvent = 47 "last-event",
        /// A declaration of kin (16 bytes).
        Kin = 48 "kin",
        /// Size of an earlier checkpoint whose slip was printed again (u64be).
        SlipSize = 63 "slip-size",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_and_labels_are_unique() {
        let codes: BTreeSet<u16> = Action::ALL.iter().map(|action| action.code()).collect();
        let labels: BTreeSet<&str> = Action::ALL.iter().map(|action| action.label()).collect();
        assert_eq!((codes.len(), labels.len()), (Action::ALL.len(), Action::ALL.len()));
        assert_eq!(Action::from_code(54), Some(Action::ConfirmTransmission));
        assert_eq!(Action::from_code(9999), None);
    }
}
