//! What is wrong with the values of a record, item by item, without ever saying the value.
use super::bilingual::Bilingual;
use super::remedy;
use super::schema::{Item, Level};
use crate::text::{Text, problem as words};

macro_rules! codes {
    ($($name:ident $id:literal $text:ident;)+) => {
        /// Stable codes of problems; a rule of the form has its own id.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ProblemCode { $($name,)+ Rule(String) }

        impl ProblemCode {
            /// All but the rules of forms.
            #[cfg(test)]
            pub const FIXED: &[Self] = &[$(Self::$name),+];
            pub fn as_str(&self) -> &str {
                match self { $(Self::$name => $id,)+ Self::Rule(id) => id }
            }
            /// What is true whatever the item is; [`remedy`] knows more.
            pub(super) const fn text(&self) -> Text {
                match self { $(Self::$name => words::$text,)+ Self::Rule(_) => words::WRONG_KIND }
            }
        }
    };
}

codes! {
    Required "required" REQUIRED;
    WrongKind "wrong-kind" WRONG_KIND;
    TooLong "too-long" TOO_LONG;
    ControlCharacter "control-character" CONTROL_CHARACTER;
    NotKana "not-kana" NOT_KANA;
    NotAscii "not-ascii" NOT_ASCII;
    NotANumber "not-a-number" NOT_A_NUMBER;
    NotPhone "not-phone" NOT_PHONE;
    NotPostalCode "not-postal-code" NOT_POSTAL_CODE;
    NotTime "not-time" NOT_TIME;
    OutOfRange "out-of-range" WRONG_KIND;
    TooManyPlaces "too-many-places" WRONG_KIND;
    UnknownChoice "unknown-choice" UNKNOWN_CHOICE;
    ExclusiveChoice "exclusive-choice" EXCLUSIVE_CHOICE;
    FutureDate "future-date" FUTURE_DATE;
    AbsurdDate "absurd-date" ABSURD_DATE;
    DiffersFromComputed "differs-from-computed" DIFFERS_FROM_COMPUTED;
    UnknownItem "unknown-item" UNKNOWN_ITEM;
    NotReadable "not-readable" WRONG_KIND;
    Repeated "repeated" REPEATED;
    NotAnObject "not-an-object" NOT_AN_OBJECT;
    HiddenItem "hidden-item" HIDDEN_ITEM;
    NoPartner "no-partner" NO_PARTNER;
    ContractOver "contract-over" CONTRACT_OVER;
    ContractHours "contract-hours" CONTRACT_HOURS;
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
