//! A checked form: what an entry screen, a validator and a printer need to know.
use serde::Serialize;

use super::bilingual::Bilingual;
use super::expression::Expression;
use super::register::Register;
use super::version::FormVersion;

/// What a form is called and when it is due: enough to find and to list it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    pub id: String,
    pub version: FormVersion,
    pub released: bool,
    pub title: Bilingual,
    /// For lists, where the official title is long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<Bilingual>,
    /// The reading of the Japanese title in katakana.
    pub kana: String,
    /// Other names that people type (`o157`, `ehec`).
    pub aliases: Vec<String>,
    pub class: Class,
    /// Short number in lists (`031`).
    pub number: String,
    /// Number of the printed form (`3-3`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_number: Option<String>,
    pub deadline: Deadline,
    /// What a record of this form belongs to; empty when it stands alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub belongs_to: Vec<Parent>,
    /// It is the answer that the record waits for to which it belongs.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub answers: bool,
}

/// What a record may belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Parent {
    /// Any report of a notifiable disease.
    AnyReport,
    /// A record of this form.
    Form(String),
}

impl Parent {
    /// How it is written in a form file.
    pub(super) const ANY_REPORT: &'static str = "report";

    pub fn admits(&self, head: &Head) -> bool {
        match self {
            Self::AnyReport => head.class.is_notifiable(),
            Self::Form(id) => *id == head.id,
        }
    }
}

impl Head {
    /// Whether a record of this form may belong to a record of that one.
    pub fn may_belong_to(&self, parent: &Self) -> bool {
        self.belongs_to.iter().any(|allowed| allowed.admits(parent))
    }

    /// `ehec@1`
    pub fn id_and_version(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// The title for lists and headings.
    pub fn short_title(&self) -> &Bilingual {
        self.short.as_ref().unwrap_or(&self.title)
    }
}

/// One version of one form, expanded: blocks are merged, repeated groups have all their rows.
#[derive(Debug, Serialize)]
pub struct Form {
    #[serde(flatten)]
    pub head: Head,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_years: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<Bilingual>,
    pub recipient: Bilingual,
    pub source: Source,
    /// What is counted month by month, without names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Results>,
    pub pages: Vec<Page>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// In the order in which they stand on the pages.
    pub items: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Item indices such that every item comes after those that its expressions name.
    #[serde(skip)]
    pub(super) order: Vec<usize>,
}

impl Form {
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    pub fn with_identity(&self, identity: Identity) -> Option<&Item> {
        self.items.iter().find(|item| item.identity == Some(identity))
    }

    /// The items of a page, in order.
    pub fn items_of_page(&self, page: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.page == page)
    }
}

/// The class of the infectious diseases act, or a home-care referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Class1,
    Class2,
    Class3,
    Class4,
    Class5,
    /// 新型インフルエンザ等感染症 (article 6, paragraph 7)
    PandemicInfluenza,
    /// 指定感染症 (article 6, paragraph 8)
    Designated,
    /// 新感染症 (article 6, paragraph 9)
    NewInfectiousDisease,
    HomeCare,
    /// What comes after a report: specimens, observation, contacts, placement.
    FollowUp,
}

impl Class {
    /// Whether the act wants it reported (article 12).
    pub const fn is_notifiable(self) -> bool {
        !matches!(self, Self::HomeCare | Self::FollowUp)
    }

    pub(super) const NAMES: [(&'static str, Self); 10] = [
        ("class1", Self::Class1),
        ("class2", Self::Class2),
        ("class3", Self::Class3),
        ("class4", Self::Class4),
        ("class5", Self::Class5),
        ("pandemic_influenza", Self::PandemicInfluenza),
        ("designated", Self::Designated),
        ("new_infectious_disease", Self::NewInfectiousDisease),
        ("home_care", Self::HomeCare),
        ("follow_up", Self::FollowUp),
    ];
}

/// How soon the report is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// No law and no agreement sets one.
    None,
    Immediately,
    /// Days after the date in the item `from`; the first day does not count (Civil Code, article 140).
    Days {
        days: u16,
        from: String,
    },
}

/// What a monthly report (実績報告) counts: keys of items, so that no answer in words and no name can get into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Results {
    /// The date item that decides the month.
    pub on: String,
    /// Choice items, each counted by itself.
    pub count: Vec<String>,
    /// Two choice items that are counted against each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    pub title: Bilingual,
}

/// Rows that repeat; the rows are already among the items of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    pub key: String,
    pub label: Bilingual,
    pub min: usize,
    pub max: usize,
}

/// Where an item of a repeated group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    pub group: usize,
    pub row: usize,
}

#[derive(Debug, Serialize)]
pub struct Item {
    /// Stable; `vaccination[0].kind` in a repeated group.
    pub key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<Row>,
    pub page: usize,
    pub label: Bilingual,
    /// The number on the printed form (`18-1`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<Required>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<Expression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Default>,
    /// Says who a person is, or what ails them more than the form itself does.
    pub sensitive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Bilingual>,
    /// Keyed twice, the second time blind (double entry).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub second_entry: bool,
    /// The same for the members of one household, so that it can be copied from one report to the next. A help for
    /// typing and no part of what the form asks.
    #[serde(skip)]
    pub household: bool,
    /// The list of words that are offered here (`phrases/NAME.toml`). A help for typing too: a site adds to it freely.
    #[serde(skip)]
    pub phrases: Option<String>,
    #[serde(skip_serializing_if = "Register::only_helps")]
    pub register: Option<Register>,
    pub source: Source,
}

impl Item {
    /// Whether the value can stand here at all.
    pub fn accepts(&self, value: &super::value::Value, today: chrono::NaiveDate) -> bool {
        super::kind::check(&self.kind, value, today).is_none()
    }

    /// Every expression of the item.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let required = match &self.required {
            Some(Required::If(expression)) => Some(expression),
            _ => None,
        };
        let default = match &self.default {
            Some(Default::From(expression)) => Some(expression),
            _ => None,
        };
        let computed = match &self.kind {
            Kind::Computed { compute, .. } => Some(compute),
            _ => None,
        };
        self.shown_if.iter().chain(required).chain(default).chain(computed)
    }

    pub(super) fn expressions_mut(&mut self) -> impl Iterator<Item = &mut Expression> {
        let required = match &mut self.required {
            Some(Required::If(expression)) => Some(expression),
            _ => None,
        };
        let default = match &mut self.default {
            Some(Default::From(expression)) => Some(expression),
            _ => None,
        };
        let computed = match &mut self.kind {
            Kind::Computed { compute, .. } => Some(compute),
            _ => None,
        };
        self.shown_if.iter_mut().chain(required).chain(default).chain(computed)
    }
}

/// Where a fact comes from and whether somebody compared it with the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    pub verified: bool,
    pub text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    Always,
    If(Expression),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Default {
    Literal(#[serde(serialize_with = "literal")] super::value::Value),
    From(Expression),
}

/// A default is part of the form, not of a person.
fn literal<S: serde::Serializer>(value: &super::value::Value, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// The few items that say who a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    Name,
    Reading,
    BirthDate,
    Sex,
    Phone,
    Address,
}

impl Identity {
    pub(super) const NAMES: [(&'static str, Self); 6] = [
        ("name", Self::Name),
        ("reading", Self::Reading),
        ("birth_date", Self::BirthDate),
        ("sex", Self::Sex),
        ("phone", Self::Phone),
        ("address", Self::Address),
    ];
}

/// What may be typed, and how.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text {
        max: u16,
        input: InputMode,
    },
    /// Several lines.
    MultiLine {
        max: u16,
    },
    /// Katakana; romaji is converted on the way in.
    Reading {
        max: u16,
    },
    Name {
        max: u16,
    },
    Date {
        style: DateStyle,
        past_only: bool,
    },
    Integer {
        min: i64,
        max: i64,
        unit: Bilingual,
    },
    Decimal {
        min: String,
        max: String,
        places: u8,
        unit: Bilingual,
    },
    Phone,
    Fax,
    PostalCode {
        /// The item that receives the address found.
        #[serde(skip_serializing_if = "Option::is_none")]
        fills: Option<String>,
    },
    Choice {
        options: Vec<Choice>,
    },
    Choices {
        options: Vec<Choice>,
    },
    /// A whole number that follows from other items and is not typed.
    Computed {
        compute: Expression,
        unit: Bilingual,
    },
}

impl Kind {
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Choice { options } | Self::Choices { options } => options,
            _ => &[],
        }
    }

    /// Whether a digit typed into the item becomes content or a choice (no automatic advance into such an item).
    pub fn takes_digits(&self) -> bool {
        match self {
            Self::Text { input, .. } => *input != InputMode::Kana,
            Self::MultiLine { .. }
            | Self::Date { .. }
            | Self::Integer { .. }
            | Self::Decimal { .. }
            | Self::Phone
            | Self::Fax
            | Self::PostalCode { .. }
            | Self::Choice { .. }
            | Self::Choices { .. } => true,
            Self::Reading { .. } | Self::Name { .. } | Self::Computed { .. } => false,
        }
    }
}

/// The state in which the input method should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InputMode {
    Kana,
    Alphanumeric,
    Ime,
}

impl InputMode {
    pub(super) const NAMES: [(&'static str, Self); 3] =
        [("kana", Self::Kana), ("alphanumeric", Self::Alphanumeric), ("ime", Self::Ime)];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateStyle {
    /// `14` means the last 14th.
    Recent,
    /// Era digit and six digits.
    Birth,
}

impl DateStyle {
    pub(super) const NAMES: [(&'static str, Self); 2] = [("recent", Self::Recent), ("birth", Self::Birth)];
}

/// One answer of a choice item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub code: String,
    pub label: Bilingual,
    /// The key that chooses it: 0-9, then a-z.
    pub key: char,
    /// Excludes every other answer (`なし`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// Nobody compared this answer with the original, although the item was.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Error,
    Warning,
}

/// A check across items.
#[derive(Debug, Serialize)]
pub struct Rule {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Expression>,
    pub assert: Expression,
    pub level: Level,
    /// The items that the message belongs to.
    pub items: Vec<usize>,
    pub message: Bilingual,
}
