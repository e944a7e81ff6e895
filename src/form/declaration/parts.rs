//! What blocks, frames, forms and overlays have in common: items, groups, rules.
use super::item::ItemDecl;
use crate::form::bilingual::Bilingual;
use crate::form::mistake::Place;
use crate::form::reader::{Located, Table};

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
