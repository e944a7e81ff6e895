//! Rules across items, once for every row where they are for a group.
use super::Expansion;
use super::words::{bad, duplicate, unknown};
use crate::form::check_expression::Type;
use crate::form::declaration::RuleDecl;
use crate::form::schema::{Level, Row, Rule};
use crate::form::value::row_key;

impl Expansion<'_> {
    pub(super) fn compile_rules(&mut self, types: &[Type]) -> Vec<Rule> {
        let mut compiled = Vec::new();
        let mut rows = Vec::new();
        for decl in std::mem::take(&mut self.rules) {
            if compiled.iter().any(|rule: &Rule| rule.id == decl.id.value) {
                self.report(&decl.id.place, duplicate(&decl.id.value));
                continue;
            }
            for row in self.rows_of(&decl) {
                if let Some(rule) = self.rule(&decl, row, types) {
                    compiled.push(rule);
                    rows.push(decl.clone());
                }
            }
        }
        self.rules = rows;
        compiled
    }

    /// `None` once for an ordinary rule, or every row of the group that it is for.
    fn rows_of(&mut self, decl: &RuleDecl) -> Vec<Option<Row>> {
        let Some(name) = &decl.for_each else { return vec![None] };
        match self.groups.iter().position(|group| group.key == name.value) {
            Some(group) => {
                let max = self.groups.get(group).map_or(0, |group| group.max);
                (0..max).map(|row| Some(Row { group, row })).collect()
            }
            None => {
                let mistake = unknown(
                    "くり返しの組",
                    "group",
                    &name.value,
                    self.groups.iter().map(|group| group.key.as_str()),
                );
                self.report(&name.place, mistake);
                Vec::new()
            }
        }
    }

    fn rule(&mut self, decl: &RuleDecl, row: Option<Row>, types: &[Type]) -> Option<Rule> {
        let when = match &decl.when {
            Some(source) => Some(self.compile(source, row, types, &Type::Bool)?),
            None => None,
        };
        let assert = self.compile(&decl.assert, row, types, &Type::Bool)?;
        let level =
            self.word("level", &decl.level, &[("error", Level::Error), ("warning", Level::Warning)])?;
        let mut items = Vec::new();
        for name in &decl.items {
            let sibling = row.and_then(|row| {
                let group = self.groups.get(row.group)?;
                self.position(&row_key(&group.key, row.row, &name.value))
            });
            match sibling.or_else(|| self.position(&name.value)) {
                Some(index) => items.push(index),
                None => {
                    let mistake = unknown(
                        "項目",
                        "item",
                        &name.value,
                        self.entries.iter().map(|entry| entry.key.as_str()),
                    );
                    self.report(&name.place, mistake);
                }
            }
        }
        if decl.items.is_empty() {
            self.report(
                &decl.place,
                bad(
                    "規則に items がありません。",
                    "The rule names no items.",
                    "どの項目に示すかを items に書いてください。",
                    "List in \"items\" where the message belongs.",
                ),
            );
        }
        Some(Rule { id: decl.id.value.clone(), when, assert, level, items, message: decl.message.clone() })
    }
}
