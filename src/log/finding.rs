//! What a check can find. One line each: `CLASS number word`.
use std::fmt;

macro_rules! findings {
    ($($(#[$doc:meta])* $name:ident = $class:ident $word:literal $weight:ident),* $(,)?) => {
        /// What is not as it should be, or should be known. When each is given stands in `docs/audit-log.md`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum What { $($(#[$doc])* $name),* }

        impl What {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            pub const fn class(self) -> Class {
                match self { $(Self::$name => Class::$class),* }
            }
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
            pub const fn weight(self) -> Weight {
                match self { $(Self::$name => Weight::$weight),* }
            }
        }
    };
}

/// Whether the log can still be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It cannot, as it stands: people have to look into it.
    Alarm,
    /// It can; this is something that people should know.
    Remark,
}

/// The part of the log that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Format,
    Chain,
    Column,
    Detail,
    Clock,
    Heartbeat,
    Checkpoint,
    Purge,
    Epoch,
    Seal,
    Paper,
    People,
    Record,
    Register,
    Database,
}

impl Class {
    /// Fixed words, so that a script or a reviewer finds them in any language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "FORMAT",
            Self::Chain => "CHAIN",
            Self::Column => "COLUMN",
            Self::Detail => "DETAIL",
            Self::Clock => "CLOCK",
            Self::Heartbeat => "HEARTBEAT",
            Self::Checkpoint => "CKPT",
            Self::Purge => "PURGE",
            Self::Epoch => "EPOCH",
            Self::Seal => "SEAL",
            Self::Paper => "PAPER",
            Self::People => "PEOPLE",
            Self::Record => "RECORD",
            Self::Register => "REGISTER",
            Self::Database => "DATABASE",
        }
    }
}

findings! {
    FormatLine = Format "line" Alarm,
    ChainGap = Chain "gap" Alarm,
    ChainHash = Chain "hash" Alarm,
    ChainUnreadable = Chain "unreadable" Alarm,
    ChainMisplaced = Chain "misplaced" Alarm,
    ChainPrevious = Chain "previous" Alarm,
    ChainTransaction = Chain "transaction" Alarm,
    ChainErased = Chain "erased" Alarm,
    ColumnDiffers = Column "differs" Alarm,
    DetailAltered = Detail "altered" Alarm,
    DetailOrphan = Detail "orphan" Alarm,
    DetailMissing = Detail "missing" Alarm,
    ClockUnrecorded = Clock "unrecorded" Alarm,
    ClockStep = Clock "step" Remark,
    HeartbeatMissing = Heartbeat "missing" Alarm,
    HeartbeatQuiet = Heartbeat "quiet" Remark,
    CheckpointNote = Checkpoint "note" Alarm,
    CheckpointSignature = Checkpoint "signature" Alarm,
    CheckpointRoot = Checkpoint "root" Alarm,
    CheckpointBeyond = Checkpoint "beyond" Alarm,
    CheckpointUnnamed = Checkpoint "unnamed" Alarm,
    CheckpointMissing = Checkpoint "missing" Alarm,
    CheckpointCosignature = Checkpoint "cosignature" Alarm,
    CheckpointPlace = Checkpoint "place" Alarm,
    CheckpointHostKey = Checkpoint "host-key" Alarm,
    CheckpointAggregate = Checkpoint "aggregate" Alarm,
    PurgeUnsigned = Purge "unsigned" Alarm,
    PurgeRoot = Purge "root" Alarm,
    EpochUnsigned = Epoch "unsigned" Alarm,
    EpochRoot = Epoch "root" Alarm,
    EpochStarted = Epoch "started" Remark,
    EpochGap = Epoch "gap" Remark,
    SealMissing = Seal "missing" Alarm,
    SealAhead = Seal "ahead" Alarm,
    SealBehind = Seal "behind" Alarm,
    SealEpoch = Seal "epoch" Alarm,
    SealKey = Seal "key" Alarm,
    SealForged = Seal "forged" Alarm,
    PaperForeign = Paper "foreign" Alarm,
    PaperShorter = Paper "shorter" Alarm,
    PaperRoot = Paper "root" Alarm,
    PaperDeclared = Paper "declared" Remark,
    PeopleRoster = People "roster" Alarm,
    RecordLost = Record "lost" Alarm,
    RecordDiffers = Record "differs" Alarm,
    RecordUnlogged = Record "unlogged" Alarm,
    RegisterLost = Register "lost" Alarm,
    RegisterDiffers = Register "differs" Alarm,
    DatabaseIntegrity = Database "integrity" Alarm,
}

/// One thing that was found, and where: a sequence number, a size, or 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    pub what: What,
    pub at: u64,
}

impl Finding {
    pub const fn new(what: What, at: u64) -> Self {
        Self { what, at }
    }
    pub const fn is_alarm(self) -> bool {
        matches!(self.what.weight(), Weight::Alarm)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.what.class().name(), self.at, self.what.word())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_findings_read_the_same_and_the_docs_have_them_all() {
        let doc = include_str!("../../docs/audit-log.md");
        let mut seen = BTreeSet::new();
        for what in What::ALL {
            assert!(seen.insert((what.class().name(), what.word())), "{what:?}");
            let listed = doc.lines().any(|line| {
                line.starts_with('|') && line.contains(what.class().name()) && line.contains(what.word())
            });
            assert!(listed, "{what:?} is not in docs/audit-log.md");
            let remark = what.weight() == Weight::Remark;
            let starred = doc.contains(&format!("{} *", what.word()));
            assert!(!remark || starred, "{what:?} is a remark and not marked as one");
        }
    }
}
