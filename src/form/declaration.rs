//! What form files declare, read but not yet put together.
use super::bilingual::Bilingual;
use super::mistake::{Mistake, MistakeCode, Place};
use super::reader::{Located, Table};
use super::schema::Source;

/// `[item.KEY]` or `[override.KEY]`; everything optional, so that an override can replace single properties.
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
    pub verified: Option<bool>,
    pub source: Option<String>,
}

impl ItemDecl {
    pub fn read(table: &Table<'_, '_>) -> Self {
        let decl = Self::read_properties(table);
        let kind = KindDecl::read(table);
        table.required("label", |t, key| t.has(key).then_some(()));
        table.finish();
        Self { kind, ..decl }
    }

    pub fn read_override(table: &Table<'_, '_>) -> Self {
        let decl = Self::read_properties(table);
        table.finish();
        decl
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
            verified: table.boolean("verified"),
            source: table.text("source").map(|t| t.value),
        }
    }

    /// This declaration with the properties that `over` names replaced.
    pub fn overridden_by(&self, over: &Self) -> Self {
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
    Phone,
    Fax,
    PostalCode { fills: Option<Located<String>> },
    Choice { options: OptionsDecl },
    Choices { options: OptionsDecl },
    Computed { compute: Located<String>, unit: Bilingual },
}

#[derive(Clone, Debug)]
pub enum OptionsDecl {
    List(Located<String>),
    Here(Vec<ChoiceDecl>),
}

#[derive(Clone, Debug)]
pub struct ChoiceDecl {
    pub code: Located<String>,
    pub label: Bilingual,
    pub key: Option<Located<String>>,
    pub exclusive: bool,
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

const KINDS: [&str; 13] = [
    "text",
    "multi_line",
    "reading",
    "name",
    "date",
    "integer",
    "decimal",
    "phone",
    "fax",
    "postal_code",
    "choice",
    "choices",
    "computed",
];

impl OptionsDecl {
    fn read(table: &Table<'_, '_>) -> Option<Self> {
        if let Some(list) = table.text("list") {
            return Some(Self::List(list));
        }
        if !table.has("choices") {
            table.required("list", Table::text);
            return None;
        }
        Some(Self::Here(read_choices(table)))
    }
}

/// `choices = [{ code = "...", ja = "...", en = "..." }]`, or `[[choices]]`.
pub fn read_choices(table: &Table<'_, '_>) -> Vec<ChoiceDecl> {
    table
        .tables("choices")
        .iter()
        .filter_map(|choice| {
            let code = choice.required("code", Table::text);
            let ja = choice.required("ja", Table::text);
            let en = choice.required("en", Table::text);
            let key = choice.text("key");
            let exclusive = choice.boolean("exclusive").unwrap_or_default();
            choice.finish();
            Some(ChoiceDecl { code: code?, label: Bilingual::new(ja?.value, en?.value), key, exclusive })
        })
        .collect()
}

#[derive(Clone, Debug)]
pub struct GroupDecl {
    pub place: Place,
    pub label: Bilingual,
    pub min: i64,
    pub max: i64,
    pub content: Vec<Located<String>>,
}

#[derive(Clone, Debug)]
pub struct RuleDecl {
    pub place: Place,
    pub id: Located<String>,
    pub for_each: Option<Located<String>>,
    pub when: Option<Located<String>>,
    pub assert: Located<String>,
    pub level: Located<String>,
    pub items: Vec<Located<String>>,
    pub message: Bilingual,
}

/// The parts that blocks and forms have in common.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    pub items: Vec<(Located<String>, ItemDecl)>,
    pub groups: Vec<(Located<String>, GroupDecl)>,
    pub rules: Vec<RuleDecl>,
}

impl Parts {
    fn read(table: &Table<'_, '_>) -> Self {
        let items =
            table.named_tables("item").into_iter().map(|(key, t)| (key, ItemDecl::read(&t))).collect();
        let groups = table
            .named_tables("group")
            .into_iter()
            .filter_map(|(key, t)| Some((key, read_group(&t)?)))
            .collect();
        let rules = table.tables("rule").iter().filter_map(read_rule).collect();
        Self { items, groups, rules }
    }
}

fn read_group(table: &Table<'_, '_>) -> Option<GroupDecl> {
    let label = table.required("label", Table::bilingual);
    let repeat = table.required("repeat", Table::table);
    let (min, max) = repeat.map_or((None, None), |repeat| {
        let limits = (repeat.required("min", Table::integer), repeat.required("max", Table::integer));
        repeat.finish();
        limits
    });
    let content = table.texts("content");
    table.finish();
    Some(GroupDecl { place: table.place.clone(), label: label?, min: min?.value, max: max?.value, content })
}

fn read_rule(table: &Table<'_, '_>) -> Option<RuleDecl> {
    let id = table.required("id", Table::text);
    let for_each = table.text("for_each");
    let when = table.text("when");
    let assert = table.required("assert", Table::text);
    let level = table.required("level", Table::text);
    let items = table.texts("items");
    let message = table.required("message", Table::bilingual);
    table.finish();
    Some(RuleDecl {
        place: table.place.clone(),
        id: id?,
        for_each,
        when,
        assert: assert?,
        level: level?,
        items,
        message: message?,
    })
}

/// `blocks/NAME.toml`
#[derive(Clone, Debug)]
pub struct BlockDecl {
    pub content: Vec<Located<String>>,
    pub parts: Parts,
}

impl BlockDecl {
    pub fn read(table: &Table<'_, '_>) -> Self {
        let content = table.texts("content");
        let parts = Parts::read(table);
        table.finish();
        Self { content, parts }
    }
}

#[derive(Clone, Debug)]
pub struct PageDecl {
    pub place: Place,
    pub title: Bilingual,
    pub content: Vec<Located<String>>,
}

#[derive(Clone, Debug)]
pub enum DeadlineDecl {
    Immediately,
    Days { days: i64, from: Located<String> },
}

/// `forms/NAME.toml`
#[derive(Clone, Debug)]
pub struct FormDecl {
    pub place: Place,
    pub id: Located<String>,
    pub version: Located<i64>,
    pub released: bool,
    pub title: Bilingual,
    pub kana: String,
    pub aliases: Vec<String>,
    pub class: Located<String>,
    pub number: String,
    pub form_number: Option<String>,
    pub deadline: DeadlineDecl,
    pub retention_years: Option<Located<i64>>,
    pub legal_basis: Option<Bilingual>,
    pub recipient: Bilingual,
    pub source: Source,
    pub pages: Vec<PageDecl>,
    pub overrides: Vec<(Located<String>, ItemDecl)>,
    pub parts: Parts,
}

impl FormDecl {
    pub fn read(table: &Table<'_, '_>) -> Option<Self> {
        let id = table.required("id", Table::text);
        let version = table.required("version", Table::integer);
        let released = table.boolean("released").unwrap_or_default();
        let title = table.required("title", Table::bilingual);
        let kana = table.required("kana", Table::text);
        let aliases = table.texts("aliases").into_iter().map(|alias| alias.value).collect();
        let class = table.required("class", Table::text);
        let number = table.required("number", Table::text);
        let form_number = table.text("form_number").map(|t| t.value);
        let deadline = table.required("deadline", read_deadline);
        let retention_years = table.integer("retention_years");
        let legal_basis = table.bilingual("legal_basis");
        let recipient = table.required("recipient", Table::bilingual);
        let verified = table.boolean("verified").unwrap_or_default();
        let source = table.required("source", Table::text);
        let pages = table.tables("page").iter().filter_map(read_page).collect();
        let overrides = table
            .named_tables("override")
            .into_iter()
            .map(|(key, t)| (key, ItemDecl::read_override(&t)))
            .collect();
        let parts = Parts::read(table);
        table.finish();
        Some(Self {
            place: table.place.clone(),
            id: id?,
            version: version?,
            released,
            title: title?,
            kana: kana?.value,
            aliases,
            class: class?,
            number: number?.value,
            form_number,
            deadline: deadline?,
            retention_years,
            legal_basis,
            recipient: recipient?,
            source: Source { verified, text: source?.value },
            pages,
            overrides,
            parts,
        })
    }
}

fn read_page(table: &Table<'_, '_>) -> Option<PageDecl> {
    let title = table.required("title", Table::bilingual);
    let content = table.texts("content");
    table.finish();
    Some(PageDecl { place: table.place.clone(), title: title?, content })
}

/// `deadline = { days = 7, from = "diagnosed" }` or `deadline = { immediately = true }`.
fn read_deadline(table: &Table<'_, '_>, key: &'static str) -> Option<DeadlineDecl> {
    let inner = table.table(key)?;
    if inner.boolean("immediately").unwrap_or_default() {
        inner.finish();
        return Some(DeadlineDecl::Immediately);
    }
    let days = inner.required("days", Table::integer);
    let from = inner.required("from", Table::text);
    inner.finish();
    Some(DeadlineDecl::Days { days: days?.value, from: from? })
}

/// A word that is not among those that may stand here.
pub fn unknown_word(key: &str, word: &str, known: &[&str]) -> Mistake {
    let all = known.join(", ");
    Mistake::new(
        MistakeCode::BadValue,
        Bilingual::new(
            format!("{key} に「{word}」は使えません。"),
            format!("\"{word}\" is not known for \"{key}\"."),
        ),
        super::mistake::nearest(word, known.iter().copied()).map_or_else(
            || Bilingual::new(format!("使えるのは: {all}"), format!("Use one of: {all}.")),
            |meant| {
                Bilingual::new(format!("「{meant}」のことですか。"), format!("Did you mean \"{meant}\"?"))
            },
        ),
    )
}
