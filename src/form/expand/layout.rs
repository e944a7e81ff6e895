//! Which item stands where: pages, blocks, repeated groups, overrides.
use std::collections::{BTreeMap, BTreeSet};

use super::words::{bad, duplicate, is_key, not_a_key, unknown};
use super::{Entry, Expansion};
use crate::form::bilingual::Bilingual;
use crate::form::declaration::{GroupDecl, ItemDecl, unknown_word};
use crate::form::mistake::{Mistake, MistakeCode, Place};
use crate::form::reader::Located;
use crate::form::schema::{Group, Row};
use crate::form::value::row_key;

/// A person scrolls through no more; four vaccinations are usual.
const MAX_ROWS: i64 = 20;

/// Where names of items and groups are looked up while a page is laid out.
struct Scope<'a> {
    items: BTreeMap<&'a str, &'a ItemDecl>,
    groups: BTreeMap<&'a str, &'a GroupDecl>,
}

impl Expansion<'_> {
    pub(super) fn lay_out(&mut self) {
        let decl = self.decl;
        let own = Scope {
            items: decl.parts.items.iter().map(|(key, item)| (key.value.as_str(), item)).collect(),
            groups: decl.parts.groups.iter().map(|(key, group)| (key.value.as_str(), group)).collect(),
        };
        let mut used = BTreeSet::new();
        let mut of_blocks = BTreeSet::new();
        for (number, page) in decl.pages.iter().enumerate() {
            let before = self.entries.len();
            for word in &page.content {
                match word.value.split_once(':') {
                    Some(("block", name)) => self.block(number, name, &word.place, &mut of_blocks),
                    _ => self.content_word(number, word, &own, &mut used),
                }
            }
            if self.entries.len() == before && !self.broken {
                self.report(
                    &page.place,
                    bad(
                        "ページに項目がありません。",
                        "The page has no items.",
                        "content に項目を書いてください。",
                        "List items in \"content\".",
                    ),
                );
            }
        }
        let mut rules = decl.parts.rules.clone();
        self.rules.append(&mut rules);
        for (key, _) in decl.parts.items.iter().filter(|(key, _)| of_blocks.contains(&key.value)) {
            self.report(&key.place, duplicate(&key.value));
            used.insert(key.value.clone());
        }
        self.unused(&decl.parts.items, &decl.parts.groups, &used);
    }

    fn block(&mut self, page: usize, name: &str, place: &Place, of_blocks: &mut BTreeSet<String>) {
        let shared = self.shared;
        match shared.blocks.get(name) {
            None => {
                let mistake = unknown("ブロック", "block", name, shared.blocks.keys().map(String::as_str));
                self.report(place, mistake);
            }
            Some(None) => self.broken = true,
            Some(Some(block)) => {
                let scope = Scope {
                    items: block.parts.items.iter().map(|(key, item)| (key.value.as_str(), item)).collect(),
                    groups: block
                        .parts
                        .groups
                        .iter()
                        .map(|(key, group)| (key.value.as_str(), group))
                        .collect(),
                };
                let mut used = BTreeSet::new();
                for word in &block.content {
                    // A second declaration is a mistake of the form: it is reported where the block is named.
                    let word = Located { value: word.value.clone(), place: place.clone() };
                    self.content_word(page, &word, &scope, &mut used);
                }
                self.unused(&block.parts.items, &block.parts.groups, &used);
                of_blocks.append(&mut used);
                self.rules.extend(block.parts.rules.iter().cloned());
            }
        }
    }

    fn content_word(
        &mut self,
        page: usize,
        word: &Located<String>,
        scope: &Scope<'_>,
        used: &mut BTreeSet<String>,
    ) {
        match word.value.split_once(':') {
            Some(("group", name)) => match scope.groups.get(name) {
                Some(group) => self.group(page, name, group, word, scope, used),
                None => {
                    let mistake = unknown("くり返しの組", "group", name, scope.groups.keys().copied());
                    self.report(&word.place, mistake);
                }
            },
            Some((prefix, _)) => {
                let mistake = unknown_word("content", prefix, &["block", "group"]);
                self.report(&word.place, mistake);
            }
            None => match scope.items.get(word.value.as_str()) {
                Some(item) => self.enter(page, None, word.value.clone(), (*item).clone(), &word.place, used),
                None => {
                    let mistake = unknown("項目", "item", &word.value, scope.items.keys().copied());
                    self.report(&word.place, mistake);
                }
            },
        }
    }

    fn group(
        &mut self,
        page: usize,
        name: &str,
        group: &GroupDecl,
        word: &Located<String>,
        scope: &Scope<'_>,
        used: &mut BTreeSet<String>,
    ) {
        let (min, max) = (group.min, group.max);
        if !is_key(name) {
            self.report(&group.place, not_a_key(name));
        }
        if min < 0 || max < 1 || min > max || max > MAX_ROWS {
            self.report(
                &group.place,
                bad(
                    "repeat は 0 <= min <= max <= 20 です。",
                    "\"repeat\" needs 0 <= min <= max <= 20.",
                    "直してください。",
                    "Correct the numbers.",
                ),
            );
            return;
        }
        if !used.insert(format!("group:{name}")) {
            self.report(&word.place, duplicate(name));
            return;
        }
        let at = self.groups.len();
        let (min, max) = (usize::try_from(min).unwrap_or(0), usize::try_from(max).unwrap_or(0));
        self.groups.push(Group { key: name.to_owned(), label: group.label.clone(), min, max });
        for row in 0..max {
            for item in &group.content {
                let Some(decl) = scope.items.get(item.value.as_str()) else {
                    if row == 0 {
                        let mistake = unknown("項目", "item", &item.value, scope.items.keys().copied());
                        self.report(&item.place, mistake);
                    }
                    continue;
                };
                let mut decl = (*decl).clone();
                decl.label = decl.label.map(|label| {
                    Bilingual::new(
                        format!("{} {}回目 {}", group.label.ja, row + 1, label.ja),
                        format!("{} {}: {}", group.label.en, row + 1, label.en),
                    )
                });
                used.insert(item.value.clone());
                self.enter(
                    page,
                    Some(Row { group: at, row }),
                    row_key(name, row, &item.value),
                    decl,
                    &item.place,
                    used,
                );
            }
        }
    }

    fn enter(
        &mut self,
        page: usize,
        row: Option<Row>,
        key: String,
        decl: ItemDecl,
        place: &Place,
        used: &mut BTreeSet<String>,
    ) {
        if row.is_none() && !is_key(&key) {
            self.report(&decl.place, not_a_key(&key));
        }
        let again = self.entries.iter().any(|entry| entry.key == key);
        used.insert(key.clone());
        if again {
            self.report(place, duplicate(&key));
            return;
        }
        self.entries.push(Entry { key, page, row, decl });
    }

    /// What is declared in a form but stands on no page can never be seen.
    fn unused(
        &mut self,
        items: &[(Located<String>, ItemDecl)],
        groups: &[(Located<String>, GroupDecl)],
        used: &BTreeSet<String>,
    ) {
        for (key, item) in items.iter().filter(|(key, _)| !used.contains(&key.value)) {
            let required = item.required == Some(true) || item.required_if.is_some();
            let name = &key.value;
            let what = if required {
                Bilingual::new(
                    format!("「{name}」は必須なのに、どのページにもありません。"),
                    format!("\"{name}\" is required but stands on no page."),
                )
            } else {
                Bilingual::new(
                    format!("「{name}」はどのページにもありません。"),
                    format!("\"{name}\" stands on no page."),
                )
            };
            let remedy = Bilingual::new(
                "ページの content に加えるか、消してください。",
                "Add it to a page's \"content\", or remove it.",
            );
            self.report(&key.place, Mistake::new(MistakeCode::Unused, what, remedy));
        }
        for (key, _) in groups.iter().filter(|(key, _)| !used.contains(&format!("group:{}", key.value))) {
            let name = &key.value;
            self.report(
                &key.place,
                Mistake::new(
                    MistakeCode::Unused,
                    Bilingual::new(
                        format!("くり返しの組「{name}」はどのページにもありません。"),
                        format!("The group \"{name}\" stands on no page."),
                    ),
                    Bilingual::new(
                        format!("content に「group:{name}」を加えるか、消してください。"),
                        format!("Add \"group:{name}\" to a page's \"content\", or remove it."),
                    ),
                ),
            );
        }
    }

    pub(super) fn apply_overrides(&mut self) {
        let decl = self.decl;
        for (key, over) in &decl.overrides {
            let own = decl.parts.items.iter().any(|(own, _)| own.value == key.value);
            match self.entries.iter_mut().find(|entry| entry.key == key.value && !own) {
                Some(entry) => entry.decl = entry.decl.overridden_by(over),
                None if own => {
                    let name = &key.value;
                    self.report(
                        &key.place,
                        bad(
                            format!("「{name}」はこの様式の項目です。"),
                            format!("\"{name}\" is an item of this form."),
                            "[item] の方を直してください。",
                            "Change its [item] instead; overrides are for items of blocks.",
                        ),
                    );
                }
                None => {
                    let mistake = unknown(
                        "項目",
                        "item",
                        &key.value,
                        self.entries.iter().map(|entry| entry.key.as_str()),
                    );
                    self.report(&key.place, mistake);
                }
            }
        }
    }
}
