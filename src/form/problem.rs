//! What is wrong with the values of a record, item by item, without ever saying the value.
use super::bilingual::Bilingual;
use super::remedy;
use super::schema::{Item, Level};
use crate::text::{Text, problem as words};

/// Stable codes of problems; a rule of the form has its own id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    Required,
    WrongKind,
    TooLong,
    ControlCharacter,
    NotKana,
    NotAscii,
    NotANumber,
    NotPhone,
    NotPostalCode,
    NotTime,
    OutOfRange,
    TooManyPlaces,
    UnknownChoice,
    ExclusiveChoice,
    FutureDate,
    AbsurdDate,
    DiffersFromComputed,
    UnknownItem,
    NotReadable,
    NotAnObject,
    HiddenItem,
    NoPartner,
    ContractOver,
    ContractHours,
    Rule(String),
}

impl ProblemCode {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Required => "required",
            Self::WrongKind => "wrong-kind",
            Self::TooLong => "too-long",
            Self::ControlCharacter => "control-character",
            Self::NotKana => "not-kana",
            Self::NotAscii => "not-ascii",
            Self::NotANumber => "not-a-number",
            Self::NotPhone => "not-phone",
            Self::NotPostalCode => "not-postal-code",
            Self::NotTime => "not-time",
            Self::OutOfRange => "out-of-range",
            Self::TooManyPlaces => "too-many-places",
            Self::UnknownChoice => "unknown-choice",
            Self::ExclusiveChoice => "exclusive-choice",
            Self::FutureDate => "future-date",
            Self::AbsurdDate => "absurd-date",
            Self::DiffersFromComputed => "differs-from-computed",
            Self::UnknownItem => "unknown-item",
            Self::NotReadable => "not-readable",
            Self::NotAnObject => "not-an-object",
            Self::HiddenItem => "hidden-item",
            Self::NoPartner => "no-partner",
            Self::ContractOver => "contract-over",
            Self::ContractHours => "contract-hours",
            Self::Rule(id) => id,
        }
    }

    /// What is true whatever the item is; [`remedy`] knows more.
    pub(super) fn text(&self) -> Text {
        match self {
            Self::Required => words::REQUIRED,
            Self::WrongKind | Self::OutOfRange | Self::TooManyPlaces | Self::NotReadable | Self::Rule(_) => {
                words::WRONG_KIND
            }
            Self::TooLong => words::TOO_LONG,
            Self::ControlCharacter => words::CONTROL_CHARACTER,
            Self::NotKana => words::NOT_KANA,
            Self::NotAscii => words::NOT_ASCII,
            Self::NotANumber => words::NOT_A_NUMBER,
            Self::NotPhone => words::NOT_PHONE,
            Self::NotPostalCode => words::NOT_POSTAL_CODE,
            Self::NotTime => words::NOT_TIME,
            Self::UnknownChoice => words::UNKNOWN_CHOICE,
            Self::ExclusiveChoice => words::EXCLUSIVE_CHOICE,
            Self::FutureDate => words::FUTURE_DATE,
            Self::AbsurdDate => words::ABSURD_DATE,
            Self::DiffersFromComputed => words::DIFFERS_FROM_COMPUTED,
            Self::UnknownItem => words::UNKNOWN_ITEM,
            Self::NotAnObject => words::NOT_AN_OBJECT,
            Self::HiddenItem => words::HIDDEN_ITEM,
            Self::NoPartner => words::NO_PARTNER,
            Self::ContractOver => words::CONTRACT_OVER,
            Self::ContractHours => words::CONTRACT_HOURS,
        }
    }
}

/// One problem of one item. Errors keep a record from being complete, warnings do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key of the item; empty when the problem is not of one item.
    pub item: String,
    pub code: ProblemCode,
    pub level: Level,
    pub text: Bilingual,
}

impl Problem {
    pub fn error(item: impl Into<String>, code: ProblemCode) -> Self {
        let text = code.text().into();
        Self { item: item.into(), code, level: Level::Error, text }
    }

    /// An error of a value, with what the item takes instead.
    pub fn of(item: &Item, code: ProblemCode) -> Self {
        let text = remedy::sentence(&item.kind, &code);
        Self { text, ..Self::error(&item.key, code) }
    }

    pub fn warning(item: impl Into<String>, code: ProblemCode) -> Self {
        Self { level: Level::Warning, ..Self::error(item, code) }
    }

    /// Whether somebody has to say why it stands. What is merely not used is told and needs no answer; what the office
    /// will decide anyway needs none yet.
    pub fn wants_reason(&self) -> bool {
        let told = [
            ProblemCode::HiddenItem,
            ProblemCode::NoPartner,
            ProblemCode::ContractOver,
            ProblemCode::ContractHours,
        ];
        self.level == Level::Warning && !told.contains(&self.code)
    }

    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}
