//! What something may be sent for (提供の目的): `purposes/NAME.toml` says which forms, which of their items, and by which law.
//!
//! A destination of the register has some of these; what none of them covers is not sent there, whoever asks.
use std::collections::BTreeSet;

use super::bilingual::Bilingual;
use super::declaration::bad;
use super::expand::unknown;
use super::head::{Head, Parent};
use super::mistake::{Mistake, SchemaProblem};
use super::reader::{Located, Table};
use super::schema::{Form, Source};

/// One purpose, and what it lets a destination know.
#[derive(Clone, Debug)]
pub struct Purpose {
    /// The name of its file: what the register of destinations keeps.
    pub id: String,
    pub title: Bilingual,
    /// The law or agreement that allows it.
    pub basis: Bilingual,
    pub source: Source,
    forms: Vec<Located<String>>,
    items: ItemSet,
}

/// Which items of a form may be known.
#[derive(Clone, Debug)]
enum ItemSet {
    All,
    Only(Vec<Located<String>>),
    Without(Vec<Located<String>>),
}

impl Purpose {
    /// Whether a record of this form may be sent for it.
    pub fn admits(&self, head: &Head) -> bool {
        self.forms.iter().any(|form| parent(&form.value).admits(head))
    }

    /// Whether it is for the reports of the infectious diseases act.
    pub fn is_for_reports(&self) -> bool {
        self.forms.iter().any(|form| parent(&form.value) == Parent::AnyReport)
    }

    /// Whether the destination may know this item.
    pub fn tells(&self, item: &str) -> bool {
        let named = |keys: &[Located<String>]| keys.iter().any(|key| key.value == item);
        match &self.items {
            ItemSet::All => true,
            ItemSet::Only(keys) => named(keys),
            ItemSet::Without(keys) => !named(keys),
        }
    }

    pub(super) fn read(id: &str, table: &Table<'_, '_>) -> Option<Self> {
        let title = table.required("title", Table::bilingual);
        let basis = table.required("basis", Table::bilingual);
        let forms = table.texts("forms");
        if forms.is_empty() {
            table.report(no_forms());
        }
        let (only, without) = (table.texts("only"), table.texts("without"));
        let items = match (only.is_empty(), without.is_empty()) {
            (true, true) => ItemSet::All,
            (false, true) => ItemSet::Only(only),
            (true, false) => ItemSet::Without(without),
            (false, false) => {
                table.report(both_sets());
                return None;
            }
        };
        let verified = table.boolean("verified").unwrap_or_default();
        let source = table.required("source", Table::text);
        table.finish();
        let source = Source { verified, text: source?.value };
        Some(Self { id: id.to_owned(), title: title?, basis: basis?, source, forms, items })
    }

    /// Forms and items that nothing is known of: a slip would leave out too little.
    pub(super) fn check(&self, heads: &[&Head], admitted: &[&Form]) -> Vec<SchemaProblem> {
        let ids = || heads.iter().map(|head| head.id.as_str());
        let unknown_forms = self.forms.iter().filter_map(|form| match parent(&form.value) {
            Parent::AnyReport => None,
            _ if ids().any(|id| id == form.value) => None,
            _ => Some(unknown("様式", "form", &form.value, ids()).at(&form.place)),
        });
        let keys: BTreeSet<&str> =
            admitted.iter().flat_map(|form| form.items.iter().map(|item| item.key.as_str())).collect();
        let unknown_items = self.named_items().iter().filter(|key| !keys.contains(key.value.as_str()));
        let unknown_items =
            unknown_items.map(|key| unknown("項目", "item", &key.value, keys.iter().copied()).at(&key.place));
        unknown_forms.chain(unknown_items).collect()
    }

    fn named_items(&self) -> &[Located<String>] {
        match &self.items {
            ItemSet::All => &[],
            ItemSet::Only(keys) | ItemSet::Without(keys) => keys,
        }
    }
}

fn parent(word: &str) -> Parent {
    match word {
        Parent::ANY_REPORT => Parent::AnyReport,
        form => Parent::Form(form.to_owned()),
    }
}

fn no_forms() -> Mistake {
    bad(
        "forms に様式がありません。",
        "\"forms\" names no form.",
        "送ってよい様式の id を書いてください。発生届すべては \"report\" です。",
        "Name the forms that may be sent; \"report\" means every notifiable disease.",
    )
}

fn both_sets() -> Mistake {
    bad(
        "only と without の両方があります。",
        "There are both \"only\" and \"without\".",
        "どちらか一方にしてください。",
        "Keep one of them.",
    )
}
