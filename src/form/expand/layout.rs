//! Which item stands where: pages, blocks, repeated groups, overrides.
use std::collections::{BTreeMap, BTreeSet};

use super::unused::unused;
use super::words::{bad, duplicate, is_key, not_a_key, unknown};
use super::{Entry, Expansion};
use crate::form::declaration::{
    BlockDecl, BodyDecl, GroupDecl, ItemDecl, PageDecl, Parts, SlotDecl, unknown_word,
};
use crate::form::mistake::Place;
use crate::form::reader::Located;
use crate::form::schema::{Group, Row};
use crate::form::value::row_key;

/// A person scrolls through no more; four vaccinations are usual.
const MAX_ROWS: i64 = 20;

/// Where names of items and groups are looked up while a page is laid out, and which of them were found there.
pub(super) struct Scope<'a> {
    items: BTreeMap<&'a str, &'a ItemDecl>,
    groups: BTreeMap<&'a str, &'a GroupDecl>,
    used: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    pub(super) fn of(parts: &'a Parts) -> Self {
        Self {
            items: parts.items.iter().map(|(key, item)| (key.value.as_str(), item)).collect(),
            groups: parts.groups.iter().map(|(key, group)| (key.value.as_str(), group)).collect(),
            used: BTreeSet::new(),
        }
    }

    /// Keys of items and `group:NAME` that were found here.
    pub(super) fn used(&self) -> &BTreeSet<String> {
        &self.used
    }
}

impl<'a> Expansion<'a> {
    pub(super) fn lay_out(&mut self) {
        let decl = self.decl;
        let mut own = Scope::of(&decl.parts);
        match &decl.body {
            BodyDecl::Pages(pages) => self.own_pages(pages, &mut own),
            BodyDecl::Frame { name, slots } => self.framed_pages(name, slots, &mut own),
        }
        self.check_repeats();
        let mut rules = decl.parts.rules.clone();
        self.rules.append(&mut rules);
        for (key, _) in &decl.parts.items {
            if !self.of_shared.contains(&key.value) {
                continue;
            }
            self.report(&key.place, duplicate(&key.value));
            own.used.insert(key.value.clone());
        }
        self.problems.extend(unused(&decl.parts, &own.used));
    }

    fn own_pages(&mut self, pages: &'a [PageDecl], own: &mut Scope<'a>) {
        for (number, page) in pages.iter().enumerate() {
            let before = self.entries.len();
            page.content.iter().for_each(|word| self.place_word(number, word, own));
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
    }

    fn framed_pages(&mut self, name: &Located<String>, slots: &'a [SlotDecl], own: &mut Scope<'a>) {
        let Some(frame) = self.frame else {
            return self.no_frame(name);
        };
        let mut scope = Scope::of(&frame.parts);
        let mut open = Vec::new();
        for (number, page) in frame.pages.iter().enumerate() {
            for word in &page.content {
                let Some(("slot", slot)) = word.value.split_once(':') else {
                    self.place_word(number, word, &mut scope);
                    continue;
                };
                open.push(slot);
                let filled = slots.iter().filter(|filled| filled.name.value == slot);
                filled.flat_map(|filled| &filled.content).for_each(|word| self.place_word(number, word, own));
            }
        }
        for slot in slots.iter().filter(|slot| !open.contains(&slot.name.value.as_str())) {
            let mistake = unknown("差し込み口", "slot", &slot.name.value, open.iter().copied());
            self.report(&slot.name.place, mistake);
        }
        self.problems.extend(unused(&frame.parts, &scope.used));
        self.of_shared.append(&mut scope.used);
        self.rules.extend(frame.parts.rules.iter().cloned());
    }

    /// A number of rows for a group that is not there would be lost without a word.
    fn check_repeats(&mut self) {
        for Located { value: (name, _), place } in &self.decl.repeats {
            let laid_out = self.groups.iter().any(|group| group.key == *name);
            if laid_out || self.broken || self.problems.iter().any(|known| known.is_at(place)) {
                continue;
            }
            let known = self.groups.iter().map(|group| group.key.as_str());
            let mistake = unknown("くり返しの組", "group", name, known);
            self.report(place, mistake);
        }
    }

    fn no_frame(&mut self, name: &Located<String>) {
        match self.shared.frames.get(&name.value) {
            Some(_) => self.broken = true,
            None => {
                let known = self.shared.frames.keys().map(String::as_str);
                let mistake = unknown("枠", "frame", &name.value, known);
                self.report(&name.place, mistake);
            }
        }
    }

    /// One word of a content: an item, a group, a block, or one item of a block.
    pub(super) fn place_word(&mut self, page: usize, word: &Located<String>, scope: &mut Scope<'a>) {
        match word.value.split_once(':') {
            Some(("block", name)) => match name.split_once('/') {
                Some((block, item)) => self.pick(page, block, item, &word.place),
                None => self.block(page, name, &word.place),
            },
            Some(("group", name)) => match scope.groups.get(name) {
                Some(group) => self.group(page, name, group, word, scope),
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
                Some(item) => {
                    scope.used.insert(word.value.clone());
                    self.enter(page, None, word.value.clone(), (*item).clone(), &word.place);
                }
                None => {
                    let mistake = unknown("項目", "item", &word.value, scope.items.keys().copied());
                    self.report(&word.place, mistake);
                }
            },
        }
    }

    /// A block by name; `None` once it was said what is wrong with the name, or when the block itself is broken.
    fn block_named(&mut self, name: &str, place: &Place) -> Option<&'a BlockDecl> {
        let shared = self.shared;
        match shared.blocks.get(name) {
            Some(Some(block)) => Some(block),
            Some(None) => {
                self.broken = true;
                None
            }
            None => {
                let mistake = unknown("ブロック", "block", name, shared.blocks.keys().map(String::as_str));
                self.report(place, mistake);
                None
            }
        }
    }

    fn block(&mut self, page: usize, name: &str, place: &Place) {
        let Some(block) = self.block_named(name, place) else { return };
        if block.content.is_empty() {
            self.report(
                place,
                bad(
                    format!("ブロック「{name}」は項目を選んで使うものです。"),
                    format!("The block \"{name}\" is a library of single items."),
                    format!("「block:{name}/項目」と書いてください。"),
                    format!("Write \"block:{name}/ITEM\"."),
                ),
            );
            return;
        }
        let mut scope = Scope::of(&block.parts);
        for word in &block.content {
            // A second declaration is a mistake of the form: it is reported where the block is named.
            let word = Located { value: word.value.clone(), place: place.clone() };
            self.place_word(page, &word, &mut scope);
        }
        self.of_shared.append(&mut scope.used);
        self.rules.extend(block.parts.rules.iter().cloned());
    }

    fn pick(&mut self, page: usize, block: &str, item: &str, place: &Place) {
        let Some(decl) = self.block_named(block, place) else { return };
        let mut scope = Scope::of(&decl.parts);
        let word = Located { value: item.to_owned(), place: place.clone() };
        self.place_word(page, &word, &mut scope);
        self.picked.insert((block.to_owned(), item.to_owned()));
        self.of_shared.append(&mut scope.used);
    }

    fn group(
        &mut self,
        page: usize,
        name: &str,
        group: &'a GroupDecl,
        word: &Located<String>,
        scope: &mut Scope<'a>,
    ) {
        if !is_key(name) {
            self.report(&group.place, not_a_key(name));
        }
        let first = scope.used.insert(format!("group:{name}"));
        // Where the rows are wrong, it is not said as well that nobody uses the items.
        let known = group.content.iter().filter(|item| scope.items.contains_key(item.value.as_str()));
        scope.used.extend(known.map(|item| item.value.clone()));
        let Some((min, max)) = self.rows(name, group) else { return };
        if !first || self.groups.iter().any(|known| known.key == name) {
            self.report(&word.place, duplicate(name));
            return;
        }
        let at = self.groups.len();
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
                decl.label = decl.label.map(|label| group.label_in_row(row, &label));
                self.enter(
                    page,
                    Some(Row { group: at, row }),
                    row_key(name, row, &item.value),
                    decl,
                    &item.place,
                );
            }
        }
    }

    /// The least and the highest number of rows; a form may lower what a block allows.
    fn rows(&mut self, name: &str, group: &GroupDecl) -> Option<(usize, usize)> {
        let lowered = self.decl.repeats.iter().find(|repeat| repeat.value.0 == name);
        let (max, place) =
            lowered.map_or((group.max, &group.place), |repeat| (repeat.value.1, &repeat.place));
        if group.min < 0 || max < 1 || group.min > max || max > group.max || group.max > MAX_ROWS {
            let place = place.clone();
            self.report(
                &place,
                bad(
                    "repeat は 0 <= min <= max <= 20 で、様式は max を減らすだけです。",
                    "\"repeat\" needs 0 <= min <= max <= 20, and a form can only lower the max.",
                    "直してください。",
                    "Correct the numbers.",
                ),
            );
            return None;
        }
        Some((usize::try_from(group.min).unwrap_or(0), usize::try_from(max).unwrap_or(0)))
    }

    fn enter(&mut self, page: usize, row: Option<Row>, key: String, decl: ItemDecl, place: &Place) {
        if row.is_none() && !is_key(&key) {
            self.report(&decl.place, not_a_key(&key));
        }
        if self.position(&key).is_some() {
            self.report(place, duplicate(&key));
            return;
        }
        self.entries.push(Entry { key, page, row, decl });
    }
}
