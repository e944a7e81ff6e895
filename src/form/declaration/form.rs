//! A whole form, and the frame that many forms are set in.
use super::item::OverrideDecl;
use super::parts::Parts;
use super::{bad, unknown_word};
use crate::form::bilingual::Bilingual;
use crate::form::mistake::{Mistake, Place};
use crate::form::reader::{Located, Table};
use crate::form::schema::{Class, Deadline, Head, Parent, Source};
use crate::form::version::FormVersion;

#[derive(Clone, Debug)]
pub struct PageDecl {
    pub place: Place,
    pub title: Bilingual,
    pub content: Vec<Located<String>>,
}

/// How a form is laid out.
#[derive(Clone, Debug)]
pub enum BodyDecl {
    /// By itself.
    Pages(Vec<PageDecl>),
    /// As a frame says, with what the frame leaves open.
    Frame { name: Located<String>, slots: Vec<SlotDecl> },
}

/// What a form puts into a slot of its frame.
#[derive(Clone, Debug)]
pub struct SlotDecl {
    pub name: Located<String>,
    pub content: Vec<Located<String>>,
}

/// What a form or its frame says about every record entered with it.
#[derive(Clone, Debug, Default)]
pub struct TermsDecl {
    pub retention_years: Option<Located<i64>>,
    pub legal_basis: Option<Bilingual>,
    pub recipient: Option<Bilingual>,
    pub course: Option<CourseDecl>,
}

impl TermsDecl {
    fn read(table: &Table<'_, '_>) -> Self {
        Self {
            retention_years: table.integer("retention_years"),
            legal_basis: table.bilingual("legal_basis"),
            recipient: table.bilingual("recipient"),
            course: table.table("course").and_then(|course| CourseDecl::read(&course)),
        }
    }

    /// The terms of a form, completed by those of its frame.
    pub fn or(&self, frame: &Self) -> Self {
        Self {
            retention_years: self.retention_years.clone().or_else(|| frame.retention_years.clone()),
            legal_basis: self.legal_basis.clone().or_else(|| frame.legal_basis.clone()),
            recipient: self.recipient.clone().or_else(|| frame.recipient.clone()),
            course: self.course.clone().or_else(|| frame.course.clone()),
        }
    }
}

/// `forms/NAME.toml`
#[derive(Clone, Debug)]
pub struct FormDecl {
    pub place: Place,
    pub head: Head,
    /// Where the name and the version stand.
    pub id_place: Place,
    pub version_place: Place,
    /// Where each of the parents is named.
    pub parent_places: Vec<Place>,
    /// Where the item stands that the deadline counts from.
    pub deadline_place: Option<Place>,
    pub terms: TermsDecl,
    pub source: Source,
    pub results: Option<ResultsDecl>,
    pub leaves_open: Option<LeavesOpenDecl>,
    /// The item that names whom the paper is for.
    pub addressee: Option<Located<String>>,
    pub body: BodyDecl,
    /// The highest number of rows of groups that come from blocks.
    pub repeats: Vec<Located<(String, i64)>>,
    pub overrides: Vec<(Located<String>, OverrideDecl)>,
    pub parts: Parts,
}

impl FormDecl {
    pub fn read(table: &Table<'_, '_>) -> Option<Self> {
        let id = table.required("id", Table::text);
        let version = table.required("version", read_version);
        let released = table.boolean("released").unwrap_or_default();
        let title = table.required("title", Table::bilingual);
        let short = table.bilingual("short");
        let kana = table.required("kana", Table::text);
        let aliases = table.texts("aliases").into_iter().map(|alias| alias.value).collect();
        let class = table.required("class", read_class);
        let number = table.required("number", Table::text);
        let form_number = table.text("form_number").map(|t| t.value);
        let deadline = table.required("deadline", read_deadline);
        let belongs_to = table.texts("belongs_to");
        let answers = table.boolean("answers").unwrap_or_default();
        if answers && belongs_to.iter().all(|word| word.value == Parent::NOTHING) {
            table.report(answer_of_nothing());
        }
        let second_entry = table.boolean("second_entry").unwrap_or_default();
        let terms = TermsDecl::read(table);
        let verified = table.boolean("verified").unwrap_or_default();
        let source = table.required("source", Table::text);
        let leaves_open = table.table("leaves_open").and_then(|open| read_leaves_open(&open));
        if let Some(open) = leaves_open.as_ref().filter(|_| !answers) {
            table.report_at(&open.item.place, nothing_open());
        }
        let results = table.table("results").and_then(|results| read_results(&results));
        let addressee = table.text("addressee");
        let body = read_body(table);
        if terms.recipient.is_none() && matches!(body, BodyDecl::Pages(_)) {
            table.required("recipient", Table::bilingual);
        }
        let repeats = table.table("repeat").map(|repeat| repeat.integers()).unwrap_or_default();
        let overrides = read_overrides(table);
        let parts = Parts::read(table);
        table.finish();
        let (id, version, (deadline, deadline_place)) = (id?, version?, deadline?);
        let head = Head {
            id: id.value,
            version: version.value,
            released,
            title: title?,
            short,
            kana: kana?.value,
            aliases,
            class: class?,
            number: number?.value,
            form_number,
            deadline,
            belongs_to: belongs_to.iter().map(|word| parent(&word.value)).collect(),
            answers,
            second_entry,
        };
        Some(Self {
            place: table.place.clone(),
            head,
            parent_places: belongs_to.into_iter().map(|word| word.place).collect(),
            id_place: id.place,
            version_place: version.place,
            deadline_place,
            terms,
            source: Source { verified, text: source?.value },
            results,
            leaves_open,
            addressee,
            body,
            repeats,
            overrides,
            parts,
        })
    }
}

/// `[course]`
#[derive(Clone, Debug)]
pub struct CourseDecl {
    pub on: Vec<Located<String>>,
    pub shows: Vec<Located<String>>,
}

impl CourseDecl {
    fn read(table: &Table<'_, '_>) -> Option<Self> {
        let required = table.required("on", |table, key| table.has(key).then_some(()));
        let (on, shows) = (table.texts("on"), table.texts("shows"));
        table.finish();
        required.map(|()| Self { on, shows })
    }
}

/// `leaves_open = { item = "answer", answers = ["declined"] }`
#[derive(Clone, Debug)]
pub struct LeavesOpenDecl {
    pub item: Located<String>,
    pub answers: Vec<Located<String>>,
}

fn read_leaves_open(table: &Table<'_, '_>) -> Option<LeavesOpenDecl> {
    let item = table.required("item", Table::text);
    table.required("answers", |table, key| table.has(key).then_some(()));
    let answers = table.texts("answers");
    table.finish();
    Some(LeavesOpenDecl { item: item?, answers })
}

fn nothing_open() -> Mistake {
    bad(
        "leaves_open は answers = true の様式だけに書けます。",
        "Only a form with answers = true can have \"leaves_open\".",
        "answers を書くか、leaves_open を消してください。",
        "Add \"answers\", or remove \"leaves_open\".",
    )
}

/// `[results]`
#[derive(Clone, Debug)]
pub struct ResultsDecl {
    pub on: Located<String>,
    pub count: Vec<Located<String>>,
    pub cross: Vec<Located<String>>,
}

fn read_results(table: &Table<'_, '_>) -> Option<ResultsDecl> {
    let on = table.required("on", Table::text);
    let count = table.texts("count");
    let cross = table.texts("cross");
    table.finish();
    Some(ResultsDecl { on: on?, count, cross })
}

/// `frames/NAME.toml`: what many forms have in common, and the slots that each of them fills.
#[derive(Clone, Debug)]
pub struct FrameDecl {
    pub terms: TermsDecl,
    pub pages: Vec<PageDecl>,
    pub overrides: Vec<(Located<String>, OverrideDecl)>,
    pub parts: Parts,
}

impl FrameDecl {
    pub fn read(table: &Table<'_, '_>) -> Self {
        let terms = TermsDecl::read(table);
        if terms.recipient.is_none() {
            table.required("recipient", Table::bilingual);
        }
        let pages = read_pages(table);
        let overrides = read_overrides(table);
        let parts = Parts::read(table);
        table.finish();
        Self { terms, pages, overrides, parts }
    }
}

fn parent(word: &str) -> Parent {
    match word {
        Parent::NOTHING => Parent::Nothing,
        Parent::ANY_REPORT => Parent::AnyReport,
        form => Parent::Form(form.to_owned()),
    }
}

fn answer_of_nothing() -> Mistake {
    bad(
        "answers は belongs_to のある様式だけに書けます。",
        "Only a form with \"belongs_to\" can have \"answers\".",
        "belongs_to を書くか、answers を消してください。",
        "Add \"belongs_to\", or remove \"answers\".",
    )
}

fn read_body(table: &Table<'_, '_>) -> BodyDecl {
    let Some(name) = table.text("frame") else { return BodyDecl::Pages(read_pages(table)) };
    let slots = table.table("slot").map(|slots| slots.lists()).unwrap_or_default();
    if !table.tables("page").is_empty() {
        table.report_at(&name.place, frame_and_pages());
    }
    let slots = slots.into_iter().map(|(name, content)| SlotDecl { name, content }).collect();
    BodyDecl::Frame { name, slots }
}

fn frame_and_pages() -> Mistake {
    bad(
        "frame のある様式に [[page]] は書けません。",
        "A form with a \"frame\" has no [[page]] of its own.",
        "[slot] に書くか、frame を消してください。",
        "Fill its slots in [slot], or remove \"frame\".",
    )
}

pub fn read_overrides(table: &Table<'_, '_>) -> Vec<(Located<String>, OverrideDecl)> {
    table.named_tables("override").into_iter().map(|(key, t)| (key, OverrideDecl::read(&t))).collect()
}

fn read_pages(table: &Table<'_, '_>) -> Vec<PageDecl> {
    table.tables("page").iter().filter_map(read_page).collect()
}

fn read_page(table: &Table<'_, '_>) -> Option<PageDecl> {
    let title = table.required("title", Table::bilingual);
    let content = table.texts("content");
    table.finish();
    Some(PageDecl { place: table.place.clone(), title: title?, content })
}

pub fn read_version(table: &Table<'_, '_>, key: &'static str) -> Option<Located<FormVersion>> {
    let version = table.integer(key)?;
    match u32::try_from(version.value).ok().and_then(|version| FormVersion::new(version, 0)) {
        Some(value) => Some(Located { value, place: version.place }),
        None => {
            table.report_at(
                &version.place,
                bad(
                    "version は 1 から 999 の整数です。",
                    "\"version\" counts from 1 to 999.",
                    "直してください。",
                    "Correct it.",
                ),
            );
            None
        }
    }
}

fn read_class(table: &Table<'_, '_>, key: &'static str) -> Option<Class> {
    let word = table.text(key)?;
    let found = Class::NAMES.iter().find(|(name, _)| *name == word.value);
    if found.is_none() {
        let known: Vec<&str> = Class::NAMES.iter().map(|(name, _)| *name).collect();
        table.report_at(&word.place, unknown_word(key, &word.value, &known));
    }
    found.map(|(_, class)| *class)
}

/// `{ days = 7, from = "diagnosed" }`, `{ immediately = true }` or `{ none = true }`.
fn read_deadline(table: &Table<'_, '_>, key: &'static str) -> Option<(Deadline, Option<Place>)> {
    let inner = table.table(key)?;
    for (word, deadline) in [("immediately", Deadline::Immediately), ("none", Deadline::None)] {
        if inner.boolean(word).unwrap_or_default() {
            inner.finish();
            return Some((deadline, None));
        }
    }
    let days = inner.required("days", Table::integer);
    let from = inner.required("from", Table::text);
    inner.finish();
    let (days, from) = (days?, from?);
    let Some(count) = u16::try_from(days.value).ok().filter(|days| (1..=366).contains(days)) else {
        let mistake =
            bad("days は 1 から 366 です。", "\"days\" is 1 to 366.", "直してください。", "Correct it.");
        table.report_at(&days.place, mistake);
        return None;
    };
    Some((Deadline::Days { days: count, from: from.value }, Some(from.place)))
}
