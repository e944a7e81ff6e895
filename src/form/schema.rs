//! A checked form: what an entry screen, a validator and a printer need to know.
use serde::Serialize;

use super::bilingual::Bilingual;
use super::expression::Expression;
use super::register::{Fact, Register};
use crate::japanese::width::fold_ascii_char;

pub use super::head::{Class, Deadline, Head, Parent};

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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaves_open: Option<LeavesOpen>,
    /// The item that names whom the paper is for, where the register of partners does not. It is compared before anything
    /// is sent and is no part of what the form asks.
    #[serde(skip)]
    pub addressee: Option<String>,
    /// A help for reading and no part of what the form asks.
    #[serde(skip)]
    pub course: Course,
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

/// The items of a form that name whom a paper is for; a report of the law names nobody but its office.
#[derive(Clone, Copy, Debug)]
pub struct Addressee<'f> {
    pub number: Option<&'f Item>,
    pub name: Option<&'f Item>,
}

impl Form {
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }

    pub fn with_identity(&self, identity: Identity) -> Option<&Item> {
        self.items.iter().find(|item| item.identity == Some(identity))
    }

    /// Where a paper of this form names whom it is for: its number in a register, and its name.
    pub fn addressee(&self) -> Addressee<'_> {
        let partner = self
            .items
            .iter()
            .find(|item| item.register.as_ref().is_some_and(|register| register.contract.is_some()));
        let filled = |item: &Item| {
            let fills = item.register.as_ref().map(|register| register.fills.as_slice()).unwrap_or_default();
            fills.iter().find(|(fact, _)| *fact == Fact::Name).map(|(_, key)| key.clone())
        };
        let name = self.addressee.clone().or_else(|| partner.and_then(filled));
        Addressee { number: partner, name: name.and_then(|key| self.item(&key)) }
    }

    /// The postal code of where the person lives: it goes where the address goes.
    pub fn postal_code_of_person(&self) -> Option<&Item> {
        let address = self.with_identity(Identity::Address)?;
        self.items.iter().find(
            |item| matches!(&item.kind, Kind::PostalCode { fills: Some(filled) } if *filled == address.key),
        )
    }

    /// Somebody who was near a case. What else belongs to a record is about the person of that record.
    pub fn is_of_a_contact(&self) -> bool {
        self.head.class == Class::FollowUp && self.with_identity(Identity::Name).is_some()
    }

    /// How many items the paper has, and how many of them are required. Of repeated rows the first counts, and as
    /// required only where there is always one.
    pub fn extent(&self) -> (usize, usize) {
        let in_fewest = |row: Row| self.groups.get(row.group).is_some_and(|group| row.row < group.min);
        let first = self.items.iter().filter(|item| item.row.is_none_or(|row| row.row == 0));
        let required =
            first.clone().filter(|item| item.required.is_some() && item.row.is_none_or(in_fewest)).count();
        (first.count(), required)
    }

    /// The items of a page, in order.
    pub fn items_of_page(&self, page: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.page == page)
    }
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

/// Answers to a request after which it still waits: whoever declined has seen nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeavesOpen {
    /// A choice item.
    pub item: String,
    pub answers: Vec<String>,
}

/// How a record stands in the course of a case (経過): keys of items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Date items; the first that is answered is the day that the record is about.
    pub on: Vec<String>,
    /// What matters most in it, in a few words.
    pub shows: Vec<String>,
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
    /// What the record says of it to which this one belongs: a draft begins with that. A help for typing.
    #[serde(skip)]
    pub carried_from: Option<Carried>,
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

    /// Whether a number of the register belongs here and the text has not one digit.
    pub fn lacks_its_number(&self, text: &str) -> bool {
        self.register.is_some() && !text.chars().any(|c| fold_ascii_char(c).is_ascii_digit())
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

/// What a draft takes over from the record that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The value of that item, where its form has one.
    Item(String),
    /// What its form is called: of a report, the disease.
    Title,
    /// Its number with a check digit.
    Number,
}

impl Carried {
    /// How it is written in a form file.
    const TITLE: &'static str = "@title";
    const NUMBER: &'static str = "@number";

    pub(super) fn read(word: &str) -> Self {
        match word {
            Self::TITLE => Self::Title,
            Self::NUMBER => Self::Number,
            item => Self::Item(item.to_owned()),
        }
    }
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
    /// A time of day.
    Time,
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
            | Self::Time
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
