//! What blocks, frames, forms and overlays have in common: items, groups, rules.
use super::bad;
use super::item::ItemDecl;
use crate::form::bilingual::Bilingual;
use crate::form::mistake::{Mistake, Place};
use crate::form::reader::{Located, Table};

#[derive(Clone, Debug)]
pub struct GroupDecl {
    pub place: Place,
    pub label: Bilingual,
    /// How the label of an item is made in a row: `{0}` its number, `{1}` the label.
    pub row_label: Bilingual,
    pub min: i64,
    pub max: i64,
    pub content: Vec<Located<String>>,
}

impl GroupDecl {
    /// Vaccinations and the like are counted in times.
    fn in_times(label: &Bilingual) -> Bilingual {
        Bilingual::new(format!("{} {{0}}回目 {{1}}", label.ja), format!("{} {{0}}: {{1}}", label.en))
    }

    pub fn label_in_row(&self, row: usize, label: &Bilingual) -> Bilingual {
        let number = (row + 1).to_string();
        let fill = |template: &str, label: &str| template.replace("{0}", &number).replace("{1}", label);
        Bilingual::new(fill(&self.row_label.ja, &label.ja), fill(&self.row_label.en, &label.en))
    }
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
    pub fn read(table: &Table<'_, '_>) -> Self {
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
    let row_label = table.bilingual("row_label");
    if row_label.as_ref().is_some_and(|row| [&row.ja, &row.en].iter().any(|text| !names_both(text))) {
        table.report(row_label_incomplete());
    }
    let content = table.texts("content");
    table.finish();
    let label = label?;
    Some(GroupDecl {
        place: table.place.clone(),
        row_label: row_label.unwrap_or_else(|| GroupDecl::in_times(&label)),
        label,
        min: min?.value,
        max: max?.value,
        content,
    })
}

fn names_both(template: &str) -> bool {
    template.contains("{0}") && template.contains("{1}")
}

fn row_label_incomplete() -> Mistake {
    bad(
        "row_label には {0} (番号) と {1} (項目名) が要ります。",
        "\"row_label\" needs {0} (the number) and {1} (the label).",
        "{0} と {1} を書いてください。",
        "Write both of them.",
    )
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
        // What holds for the block holds for each item that does not say otherwise.
        let household = table.located_boolean("household");
        let content = table.texts("content");
        let mut parts = Parts::read(table);
        for (_, item) in &mut parts.items {
            item.household = item.household.take().or_else(|| household.clone());
        }
        table.finish();
        Self { content, parts }
    }
}
