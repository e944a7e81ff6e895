//! Puts a form together: blocks merged, groups unrolled, words checked, expressions compiled.
mod items;
mod kinds;
mod layout;
mod rules;
mod words;

use std::collections::BTreeMap;

use self::words::{bad, is_key, not_a_key, unknown};
use super::check_expression::Type;
use super::declaration::{
    BlockDecl, ChoiceDecl, DeadlineDecl, FormDecl, ItemDecl, KindDecl, RuleDecl, unknown_word,
};
use super::lint;
use super::mistake::{Mistake, Place, SchemaProblem};
use super::reader::Located;
use super::schema::{Class, Deadline, Form, Group, Kind, Page, Row};

/// More than any paper form has; keeps a faulty file from filling the memory.
const MAX_ITEMS: usize = 400;

/// Everything that forms refer to.
pub struct Shared {
    /// `None` where the file had problems of its own.
    pub blocks: BTreeMap<String, Option<BlockDecl>>,
    pub lists: BTreeMap<String, Option<Vec<ChoiceDecl>>>,
}

/// The form, or `None` and at least one problem (its own, or one of a block or list that it uses).
pub fn expand(decl: &FormDecl, shared: &Shared) -> (Option<Form>, Vec<SchemaProblem>) {
    let mut work = Expansion {
        decl,
        shared,
        problems: Vec::new(),
        broken: false,
        entries: Vec::new(),
        groups: Vec::new(),
        rules: Vec::new(),
    };
    let form = work.form();
    let sound = work.problems.is_empty() && !work.broken;
    (form.filter(|_| sound), work.problems)
}

/// An item at its place on a page, before its words are understood.
struct Entry {
    key: String,
    page: usize,
    row: Option<Row>,
    decl: ItemDecl,
}

struct Expansion<'a> {
    decl: &'a FormDecl,
    shared: &'a Shared,
    problems: Vec<SchemaProblem>,
    /// A block or list could not be read; the problem is reported there.
    broken: bool,
    entries: Vec<Entry>,
    groups: Vec<Group>,
    rules: Vec<RuleDecl>,
}

impl<'a> Expansion<'a> {
    fn form(&mut self) -> Option<Form> {
        let decl = self.decl;
        self.check_header();
        self.lay_out();
        self.apply_overrides();
        if self.entries.len() > MAX_ITEMS {
            self.report(
                &decl.place,
                bad("項目が多すぎます。", "The form has too many items.", "分けてください。", "Split it."),
            );
            return None;
        }
        let kinds: Vec<Option<(Kind, Type)>> = (0..self.entries.len()).map(|at| self.kind_of(at)).collect();
        if kinds.iter().any(Option::is_none) {
            return None;
        }
        let types: Vec<Type> = kinds.iter().flatten().map(|(_, t)| t.clone()).collect();
        let items = self.items(kinds.into_iter().flatten().map(|(k, _)| k).collect(), &types);
        let rules = self.compile_rules(&types);
        let mut form = Form {
            id: decl.id.value.clone(),
            version: u32::try_from(decl.version.value).unwrap_or_default(),
            released: decl.released,
            title: decl.title.clone(),
            kana: decl.kana.clone(),
            aliases: decl.aliases.clone(),
            class: self.word("class", &decl.class, &Class::NAMES)?,
            number: decl.number.clone(),
            form_number: decl.form_number.clone(),
            deadline: self.deadline(),
            retention_years: decl.retention_years.as_ref().and_then(|years| u16::try_from(years.value).ok()),
            legal_basis: decl.legal_basis.clone(),
            recipient: decl.recipient.clone(),
            source: decl.source.clone(),
            pages: decl.pages.iter().map(|page| Page { title: page.title.clone() }).collect(),
            groups: std::mem::take(&mut self.groups),
            items,
            rules,
            order: Vec::new(),
        };
        if self.problems.is_empty() && !self.broken {
            let places = lint::Places {
                form: &decl.place,
                items: self.entries.iter().map(|entry| &entry.decl).collect(),
                rules: &self.rules,
            };
            self.problems = lint::lint(&mut form, &places);
        }
        Some(form)
    }

    fn check_header(&mut self) {
        let decl = self.decl;
        if !is_key(&decl.id.value) {
            self.report(&decl.id.place, not_a_key(&decl.id.value));
        }
        if !(1..=9999).contains(&decl.version.value) {
            self.report(
                &decl.version.place,
                bad(
                    "version は 1 からの整数です。",
                    "\"version\" counts from 1.",
                    "1 以上にしてください。",
                    "Use 1 or more.",
                ),
            );
        }
        if let Some(years) = decl.retention_years.as_ref().filter(|years| !(1..=100).contains(&years.value)) {
            let place = years.place.clone();
            self.report(
                &place,
                bad(
                    "保存年数は 1 から 100 です。",
                    "\"retention_years\" is 1 to 100.",
                    "直してください。",
                    "Correct it.",
                ),
            );
        }
        if decl.pages.is_empty() {
            self.report(
                &decl.place,
                bad(
                    "ページがありません。",
                    "The form has no page.",
                    "[[page]] を書いてください。",
                    "Add a [[page]].",
                ),
            );
        }
    }

    fn deadline(&mut self) -> Deadline {
        let decl = self.decl;
        let DeadlineDecl::Days { days, from } = &decl.deadline else { return Deadline::Immediately };
        let date = self
            .entries
            .iter()
            .any(|entry| entry.key == from.value && matches!(entry.decl.kind, Some(KindDecl::Date { .. })));
        if !date {
            let mistake = unknown("日付の項目", "date item", &from.value, []);
            self.report(&from.place, mistake);
        }
        let count = u16::try_from(*days).ok().filter(|days| (1..=366).contains(days));
        if count.is_none() {
            self.report(
                &from.place,
                bad("days は 1 から 366 です。", "\"days\" is 1 to 366.", "直してください。", "Correct it."),
            );
        }
        Deadline::Days { days: count.unwrap_or(1), from: from.value.clone() }
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key == key)
    }

    fn word<T: Copy>(&mut self, key: &str, word: &Located<String>, names: &[(&'static str, T)]) -> Option<T> {
        let found = names.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            self.report(&word.place, unknown_word(key, &word.value, &known));
        }
        found
    }

    fn report(&mut self, place: &Place, mistake: Mistake) {
        let problem = mistake.at(place);
        // The rows of a group share one declaration: say it once.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
