//! One item as a file declares it, or the change of one.
use super::options::{OptionsChange, OptionsDecl};
use super::register::RegisterDecl;
use super::unknown_word;
use crate::form::bilingual::Bilingual;
use crate::form::mistake::Place;
use crate::form::reader::{Located, Table};

/// `[item.KEY]`, or the properties that `[override.KEY]` replaces: everything optional.
#[derive(Clone, Debug)]
pub struct ItemDecl {
    pub place: Place,
    pub label: Option<Bilingual>,
    pub number: Option<String>,
    pub kind: Option<KindDecl>,
    pub required: Option<bool>,
    pub required_if: Option<Located<String>>,
    pub shown_if: Option<Located<String>>,
    pub default: Option<Located<String>>,
    pub default_from: Option<Located<String>>,
    pub sensitive: Option<bool>,
    pub identity: Option<Located<String>>,
    pub help: Option<Bilingual>,
    pub second_entry: Option<bool>,
    pub household: Option<Located<bool>>,
    pub carried_from: Option<Located<String>>,
    pub phrases: Option<Located<String>>,
    pub register: Option<RegisterDecl>,
    pub verified: Option<bool>,
    pub source: Option<String>,
}

/// `[override.KEY]`: changes single properties of an item that stands in a block or a frame.
#[derive(Clone, Debug)]
pub struct OverrideDecl {
    pub properties: ItemDecl,
    pub options: OptionsChange,
}

impl OverrideDecl {
    pub fn read(table: &Table<'_, '_>) -> Self {
        let properties = ItemDecl::read_properties(table);
        let options = OptionsChange::read(table);
        table.finish();
        Self { properties, options }
    }
}

impl ItemDecl {
    pub fn read(table: &Table<'_, '_>) -> Self {
        let decl = Self::read_properties(table);
        let kind = KindDecl::read(table);
        table.required("label", |t, key| t.has(key).then_some(()));
        table.finish();
        Self { kind, ..decl }
    }

    fn read_properties(table: &Table<'_, '_>) -> Self {
        Self {
            place: table.place.clone(),
            label: table.bilingual("label"),
            number: table.text("number").map(|t| t.value),
            kind: None,
            required: table.boolean("required"),
            required_if: table.text("required_if"),
            shown_if: table.text("shown_if"),
            default: table.text("default"),
            default_from: table.text("default_from"),
            sensitive: table.boolean("sensitive"),
            identity: table.text("identity"),
            help: table.bilingual("help"),
            second_entry: table.boolean("second_entry"),
            household: table.located_boolean("household"),
            carried_from: table.text("carried_from"),
            phrases: table.text("phrases"),
            register: table.table("register").and_then(|table| RegisterDecl::read(&table)),
            verified: table.boolean("verified"),
            source: table.text("source").map(|t| t.value),
        }
    }

    /// This declaration with what the override names replaced; `None` when it gives answers to an item without any.
    pub fn overridden_by(&self, over: &OverrideDecl) -> Option<Self> {
        let mut kind = self.kind.clone();
        if !over.options.is_empty() {
            match &mut kind {
                Some(KindDecl::Choice { options } | KindDecl::Choices { options }) => {
                    *options = options.changed_by(&over.options);
                }
                _ => return None,
            }
        }
        Some(Self { kind, ..self.with(&over.properties) })
    }

    fn with(&self, over: &Self) -> Self {
        fn pick<T: Clone>(over: &Option<T>, base: &Option<T>) -> Option<T> {
            over.clone().or_else(|| base.clone())
        }
        // "required" and "required_if" answer one question, as do the two kinds of default.
        let asks = over.required.is_some() || over.required_if.is_some();
        let gives = over.default.is_some() || over.default_from.is_some();
        Self {
            place: self.place.clone(),
            label: pick(&over.label, &self.label),
            number: pick(&over.number, &self.number),
            kind: self.kind.clone(),
            required: if asks { over.required } else { self.required },
            required_if: if asks { over.required_if.clone() } else { self.required_if.clone() },
            shown_if: pick(&over.shown_if, &self.shown_if),
            default: if gives { over.default.clone() } else { self.default.clone() },
            default_from: if gives { over.default_from.clone() } else { self.default_from.clone() },
            sensitive: pick(&over.sensitive, &self.sensitive),
            identity: pick(&over.identity, &self.identity),
            help: pick(&over.help, &self.help),
            household: pick(&over.household, &self.household),
            carried_from: pick(&over.carried_from, &self.carried_from),
            phrases: pick(&over.phrases, &self.phrases),
            register: pick(&over.register, &self.register),
            second_entry: pick(&over.second_entry, &self.second_entry),
            verified: pick(&over.verified, &self.verified),
            source: pick(&over.source, &self.source),
        }
    }
}

#[derive(Clone, Debug)]
pub enum KindDecl {
    Text { max: i64, input: Option<Located<String>> },
    MultiLine { max: i64 },
    Reading { max: i64 },
    Name { max: i64 },
    Date { style: Option<Located<String>>, past_only: bool },
    Integer { min: i64, max: i64, unit: Bilingual },
    Decimal { min: String, max: String, places: i64, unit: Bilingual },
    Time,
    Phone,
    Fax,
    PostalCode { fills: Option<Located<String>> },
    Choice { options: OptionsDecl },
    Choices { options: OptionsDecl },
    Computed { compute: Located<String>, unit: Bilingual },
}

/// Wide enough for any name or address; longer texts belong into a multi-line item.
const DEFAULT_TEXT_MAX: i64 = 60;

impl KindDecl {
    fn read(table: &Table<'_, '_>) -> Option<Self> {
        let kind = table.required("kind", Table::text)?;
        let max = || table.integer("max").map_or(DEFAULT_TEXT_MAX, |max| max.value);
        let unit = || table.bilingual("unit").unwrap_or_default();
        Some(match kind.value.as_str() {
            "text" => Self::Text { max: max(), input: table.text("input") },
            "multi_line" => Self::MultiLine { max: table.integer("max").map_or(400, |max| max.value) },
            "reading" => Self::Reading { max: max() },
            "name" => Self::Name { max: max() },
            "date" => Self::Date {
                style: table.text("style"),
                past_only: table.boolean("past_only").unwrap_or_default(),
            },
            "integer" => {
                let min = table.required("min", Table::integer);
                let max = table.required("max", Table::integer);
                let unit = unit();
                Self::Integer { min: min?.value, max: max?.value, unit }
            }
            "decimal" => {
                let min = table.required("min", Table::text);
                let max = table.required("max", Table::text);
                let places = table.required("places", Table::integer);
                let unit = unit();
                Self::Decimal { min: min?.value, max: max?.value, places: places?.value, unit }
            }
            "time" => Self::Time,
            "phone" => Self::Phone,
            "fax" => Self::Fax,
            "postal_code" => Self::PostalCode { fills: table.text("fills") },
            "choice" => Self::Choice { options: OptionsDecl::read(table)? },
            "choices" => Self::Choices { options: OptionsDecl::read(table)? },
            "computed" => {
                let compute = table.required("compute", Table::text);
                let unit = unit();
                Self::Computed { compute: compute?, unit }
            }
            other => {
                table.report_at(&kind.place, unknown_word("kind", other, &KINDS));
                return None;
            }
        })
    }
}

const KINDS: [&str; 14] = [
    "text",
    "multi_line",
    "reading",
    "name",
    "date",
    "integer",
    "decimal",
    "time",
    "phone",
    "fax",
    "postal_code",
    "choice",
    "choices",
    "computed",
];
