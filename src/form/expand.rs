//! Puts a form together: blocks merged, groups unrolled, words checked, expressions compiled.
use std::collections::{BTreeMap, BTreeSet};

use super::bilingual::Bilingual;
use super::check_expression::{Codes, Type};
use super::declaration::{
    BlockDecl, ChoiceDecl, DeadlineDecl, FormDecl, GroupDecl, ItemDecl, KindDecl, OptionsDecl, RuleDecl, unknown_word,
};
use super::expression::{Expression, Slot};
use super::mistake::{Mistake, MistakeCode, Place, SchemaProblem, nearest};
use super::reader::Located;
use super::schema::{
    Choice, Class, DateStyle, Deadline, Default, Form, Group, Identity, InputMode, Item, Kind, Level, Page, Required,
    Row, Rule, Source,
};
use super::value::{Decimal, row_key};
use super::{kind, lint};

/// More than any paper form has; keeps a faulty file from filling the memory.
const MAX_ITEMS: usize = 400;
const MAX_ROWS: i64 = 20;
const MAX_TEXT: i64 = 2000;

/// Everything that forms refer to.
pub struct Shared {
    /// `None` where the file had problems of its own.
    pub blocks: BTreeMap<String, Option<BlockDecl>>,
    pub lists: BTreeMap<String, Option<Vec<ChoiceDecl>>>,
}

/// The form, or `None` and at least one problem (its own, or one of a block or list that it uses).
pub fn expand(decl: &FormDecl, shared: &Shared) -> (Option<Form>, Vec<SchemaProblem>) {
    let mut work = Expansion { decl, shared, problems: Vec::new(), broken: false, entries: Vec::new(), groups: Vec::new(), rules: Vec::new() };
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

/// Where names of items and groups are looked up while a page is laid out.
struct Scope<'a> {
    items: BTreeMap<&'a str, &'a ItemDecl>,
    groups: BTreeMap<&'a str, &'a GroupDecl>,
}

impl<'a> Expansion<'a> {
    fn form(&mut self) -> Option<Form> {
        let decl = self.decl;
        self.check_header();
        self.lay_out();
        self.apply_overrides();
        if self.entries.len() > MAX_ITEMS {
            self.report(&decl.place, bad("項目が多すぎます。", "The form has too many items.", "分けてください。", "Split it."));
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
                bad("version は 1 からの整数です。", "\"version\" counts from 1.", "1 以上にしてください。", "Use 1 or more."),
            );
        }
        if let Some(years) = decl.retention_years.as_ref().filter(|years| !(1..=100).contains(&years.value)) {
            let place = years.place.clone();
            self.report(
                &place,
                bad("保存年数は 1 から 100 です。", "\"retention_years\" is 1 to 100.", "直してください。", "Correct it."),
            );
        }
        if decl.pages.is_empty() {
            self.report(
                &decl.place,
                bad("ページがありません。", "The form has no page.", "[[page]] を書いてください。", "Add a [[page]]."),
            );
        }
    }

    fn lay_out(&mut self) {
        let decl = self.decl;
        let own = Scope {
            items: decl.parts.items.iter().map(|(key, item)| (key.value.as_str(), item)).collect(),
            groups: decl.parts.groups.iter().map(|(key, group)| (key.value.as_str(), group)).collect(),
        };
        let mut used = BTreeSet::new();
        for (number, page) in decl.pages.iter().enumerate() {
            let before = self.entries.len();
            for word in &page.content {
                match word.value.split_once(':') {
                    Some(("block", name)) => self.block(number, name, &word.place, &mut used),
                    _ => self.content_word(number, word, &own, &mut used),
                }
            }
            if self.entries.len() == before && !self.broken {
                self.report(
                    &page.place,
                    bad("ページに項目がありません。", "The page has no items.", "content に項目を書いてください。", "List items in \"content\"."),
                );
            }
        }
        let mut rules = decl.parts.rules.clone();
        self.rules.append(&mut rules);
        self.unused(&decl.parts.items, &decl.parts.groups, &used);
    }

    fn block(&mut self, page: usize, name: &str, place: &Place, used: &mut BTreeSet<String>) {
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
                    groups: block.parts.groups.iter().map(|(key, group)| (key.value.as_str(), group)).collect(),
                };
                for word in &block.content {
                    // A second declaration is a mistake of the form: it is reported where the block is named.
                    let word = Located { value: word.value.clone(), place: place.clone() };
                    self.content_word(page, &word, &scope, used);
                }
                self.rules.extend(block.parts.rules.iter().cloned());
            }
        }
    }

    fn content_word(&mut self, page: usize, word: &Located<String>, scope: &Scope<'_>, used: &mut BTreeSet<String>) {
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
                self.enter(page, Some(Row { group: at, row }), row_key(name, row, &item.value), decl, &item.place, used);
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

    fn apply_overrides(&mut self) {
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
                    let mistake =
                        unknown("項目", "item", &key.value, self.entries.iter().map(|entry| entry.key.as_str()));
                    self.report(&key.place, mistake);
                }
            }
        }
    }

    fn kind_of(&mut self, at: usize) -> Option<(Kind, Type)> {
        let entry = self.entries.get(at)?;
        let (place, key) = (entry.decl.place.clone(), entry.key.clone());
        let decl = entry.decl.kind.clone()?;
        Some(match decl {
            KindDecl::Text { max, input } => {
                let input = match input {
                    Some(word) => self.word("input", &word, &InputMode::NAMES)?,
                    None => InputMode::Ime,
                };
                (Kind::Text { max: self.text_max(max, &place)?, input }, Type::Text)
            }
            KindDecl::MultiLine { max } => (Kind::MultiLine { max: self.text_max(max, &place)? }, Type::Text),
            KindDecl::Reading { max } => (Kind::Reading { max: self.text_max(max, &place)? }, Type::Text),
            KindDecl::Name { max } => (Kind::Name { max: self.text_max(max, &place)? }, Type::Text),
            KindDecl::Date { style, past_only } => {
                let style = match style {
                    Some(word) => self.word("style", &word, &DateStyle::NAMES)?,
                    None => DateStyle::Recent,
                };
                (Kind::Date { style, past_only }, Type::Date)
            }
            KindDecl::Integer { min, max, unit } => {
                if min > max {
                    self.report(&place, min_over_max(&key));
                    return None;
                }
                (Kind::Integer { min, max, unit }, Type::Integer)
            }
            KindDecl::Decimal { min, max, places, unit } => {
                let limits = min.parse::<Decimal>().ok().zip(max.parse::<Decimal>().ok());
                let places = u8::try_from(places).ok().filter(|places| *places <= Decimal::MAX_PLACES);
                let (Some((low, high)), Some(places)) = (limits, places) else {
                    self.report(&place, min_over_max(&key));
                    return None;
                };
                if low.to_f64() > high.to_f64() {
                    self.report(&place, min_over_max(&key));
                    return None;
                }
                (Kind::Decimal { min, max, places, unit }, Type::Decimal)
            }
            KindDecl::Phone => (Kind::Phone, Type::Text),
            KindDecl::Fax => (Kind::Fax, Type::Text),
            KindDecl::PostalCode { fills } => {
                if let Some(word) = fills.as_ref().filter(|w| !self.entries.iter().any(|e| e.key == w.value)) {
                    let mistake =
                        unknown("項目", "item", &word.value, self.entries.iter().map(|entry| entry.key.as_str()));
                    self.report(&word.place, mistake);
                    return None;
                }
                (Kind::PostalCode { fills: fills.map(|word| word.value) }, Type::Text)
            }
            KindDecl::Choice { options } => {
                let (options, codes) = self.options(&options, &place)?;
                (Kind::Choice { options }, Type::Choice(codes))
            }
            KindDecl::Choices { options } => {
                let (options, codes) = self.options(&options, &place)?;
                (Kind::Choices { options }, Type::Choices(codes))
            }
            KindDecl::Computed { .. } => {
                // The expression is compiled when all types are known; the number stands in until then.
                (Kind::Integer { min: 0, max: 0, unit: Bilingual::default() }, Type::Integer)
            }
        })
    }

    fn text_max(&mut self, max: i64, place: &Place) -> Option<u16> {
        let sound = u16::try_from(max).ok().filter(|_| (1..=MAX_TEXT).contains(&max));
        if sound.is_none() {
            self.report(
                place,
                bad("max は 1 から 2000 です。", "\"max\" is 1 to 2000.", "直してください。", "Correct it."),
            );
        }
        sound
    }

    fn options(&mut self, decl: &OptionsDecl, place: &Place) -> Option<(Vec<Choice>, Codes)> {
        let shared = self.shared;
        let choices = match decl {
            OptionsDecl::Here(choices) => choices,
            OptionsDecl::List(name) => match shared.lists.get(&name.value) {
                None => {
                    let mistake = unknown("一覧", "list", &name.value, shared.lists.keys().map(String::as_str));
                    self.report(&name.place, mistake);
                    return None;
                }
                Some(None) => {
                    self.broken = true;
                    return None;
                }
                Some(Some(choices)) => choices,
            },
        };
        match kind::number_choices(choices) {
            Ok(options) => {
                let codes = options.iter().map(|choice| choice.code.clone()).collect();
                Some((options, codes))
            }
            Err((at, mistake)) => {
                let place = at.unwrap_or_else(|| place.clone());
                self.report(&place, mistake);
                None
            }
        }
    }

    fn items(&mut self, kinds: Vec<Kind>, types: &[Type]) -> Vec<Item> {
        let mut items = Vec::with_capacity(kinds.len());
        for (at, kind) in kinds.into_iter().enumerate() {
            if let Some(item) = self.item(at, kind, types) {
                items.push(item);
            }
        }
        items
    }

    fn item(&mut self, at: usize, kind: Kind, types: &[Type]) -> Option<Item> {
        let Entry { key, page, row, decl } = self.entries.get(at)?;
        let (key, page, row, decl) = (key.clone(), *page, *row, decl.clone());
        let kind = match &decl.kind {
            Some(KindDecl::Computed { compute, unit }) => {
                Kind::Computed { compute: self.compile(compute, row, types, &Type::Integer)?, unit: unit.clone() }
            }
            _ => kind,
        };
        let computed = matches!(kind, Kind::Computed { .. });
        let fixed = decl.default.is_some() || decl.default_from.is_some();
        if computed && (fixed || decl.required == Some(true) || decl.required_if.is_some()) {
            self.report(
                &decl.place,
                bad(
                    format!("計算項目「{key}」には既定値も必須も付けられません。"),
                    format!("\"{key}\" is computed: it can have no default and cannot be required."),
                    "どちらかを消してください。",
                    "Remove the one or the other.",
                ),
            );
        }
        for (both, a, b) in [
            (decl.required == Some(true) && decl.required_if.is_some(), "required", "required_if"),
            (decl.default.is_some() && decl.default_from.is_some(), "default", "default_from"),
        ] {
            if both {
                self.report(
                    &decl.place,
                    bad(
                        format!("{a} と {b} は同時に書けません。"),
                        format!("\"{a}\" and \"{b}\" exclude each other."),
                        "どちらかを消してください。",
                        "Remove one of them.",
                    ),
                );
            }
        }
        let required = match &decl.required_if {
            Some(source) => self.compile(source, row, types, &Type::Bool).map(Required::If),
            None => decl.required.unwrap_or_default().then_some(Required::Always),
        };
        let shown_if = decl.shown_if.as_ref().and_then(|source| self.compile(source, row, types, &Type::Bool));
        let default = self.default(&decl, &kind, row, types.get(at)?, types);
        let identity = match &decl.identity {
            Some(word) => self.word("identity", word, &Identity::NAMES),
            None => None,
        };
        Some(Item {
            key,
            row,
            page,
            label: decl.label.unwrap_or_default(),
            number: decl.number,
            kind,
            required,
            shown_if,
            default,
            sensitive: decl.sensitive.unwrap_or(identity.is_some()),
            identity,
            help: decl.help,
            source: Source {
                verified: decl.verified.unwrap_or(self.decl.source.verified),
                text: decl.source.unwrap_or_else(|| self.decl.source.text.clone()),
            },
        })
    }

    fn default(
        &mut self,
        decl: &ItemDecl,
        kind: &Kind,
        row: Option<Row>,
        own: &Type,
        types: &[Type],
    ) -> Option<Default> {
        if let Some(source) = &decl.default_from {
            return self.compile(source, row, types, own).map(Default::From);
        }
        let literal = decl.default.as_ref()?;
        match kind::parse_literal(kind, &literal.value) {
            Some(value) => Some(Default::Literal(value)),
            None => {
                self.report(
                    &literal.place,
                    bad(
                        format!("既定値「{}」はこの項目に入りません。", literal.value),
                        format!("The default \"{}\" does not fit the item.", literal.value),
                        "選択肢なら符号、日付なら 2026-07-14 の形で書いてください。",
                        "Write a code for a choice, 2026-07-14 for a date.",
                    ),
                );
                None
            }
        }
    }

    /// Compiles one expression of the wanted type; names are looked up in the own row first.
    fn compile(&mut self, source: &Located<String>, row: Option<Row>, types: &[Type], wanted: &Type) -> Option<Expression> {
        let compiled = {
            let lookup = |name: &str| -> Option<(Slot, Type)> {
                match name {
                    "today" => return Some((Slot::Today, Type::Date)),
                    "received_on" => return Some((Slot::ReceivedOn, Type::Date)),
                    _ => {}
                }
                let sibling = row.and_then(|row| {
                    let group = self.groups.get(row.group)?;
                    self.position(&row_key(&group.key, row.row, name))
                });
                let index = sibling.or_else(|| self.position(name))?;
                Some((Slot::Item(index), types.get(index)?.clone()))
            };
            Expression::compile(&source.value, &lookup)
        };
        let what = match compiled {
            Ok(expression) if fits(expression.result(), wanted) => return Some(expression),
            Ok(_) => Bilingual::new("式の結果の種類が違います。", "The expression yields the wrong kind of value."),
            Err(mismatch) => mismatch.0,
        };
        let remedy = Bilingual::new(
            "項目名、選択肢の符号、型を schemas/README.md の「式」の節と見くらべてください。",
            "Compare names, codes and types with the section on expressions in schemas/README.md.",
        );
        self.report(&source.place, Mistake::new(MistakeCode::Expression, what, remedy));
        None
    }

    fn compile_rules(&mut self, types: &[Type]) -> Vec<Rule> {
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
                let mistake =
                    unknown("くり返しの組", "group", &name.value, self.groups.iter().map(|group| group.key.as_str()));
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
        let level = self.word("level", &decl.level, &[("error", Level::Error), ("warning", Level::Warning)])?;
        let mut items = Vec::new();
        for name in &decl.items {
            let sibling = row.and_then(|row| {
                let group = self.groups.get(row.group)?;
                self.position(&row_key(&group.key, row.row, &name.value))
            });
            match sibling.or_else(|| self.position(&name.value)) {
                Some(index) => items.push(index),
                None => {
                    let mistake =
                        unknown("項目", "item", &name.value, self.entries.iter().map(|entry| entry.key.as_str()));
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

    fn deadline(&mut self) -> Deadline {
        let decl = self.decl;
        let DeadlineDecl::Days { days, from } = &decl.deadline else { return Deadline::Immediately };
        let date = self.entries.iter().any(|entry| {
            entry.key == from.value && matches!(entry.decl.kind, Some(KindDecl::Date { .. }))
        });
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

/// Whether a value of one type can become the value of an item of another.
fn fits(given: &Type, wanted: &Type) -> bool {
    match (given, wanted) {
        (Type::Choice(given), Type::Choice(wanted)) | (Type::Choices(given), Type::Choices(wanted)) => {
            given.iter().all(|code| wanted.contains(code))
        }
        (Type::Literal(code), Type::Choice(codes)) => codes.contains(code),
        (Type::Literal(_), Type::Text) => true,
        (given, wanted) => given == wanted,
    }
}

/// Lower-case English snake_case: keys are part of stored records and of the command line.
fn is_key(key: &str) -> bool {
    const MAX_KEY: usize = 40;
    key.len() <= MAX_KEY
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !matches!(key, "today" | "received_on" | "true" | "false" | "null" | "in")
}

fn not_a_key(key: &str) -> Mistake {
    bad(
        format!("「{key}」は名前に使えません。"),
        format!("\"{key}\" cannot be a name."),
        "英小文字で始め、英小文字・数字・_ だけの 40 字以内にしてください。",
        "Begin with a lower-case letter; use a-z, 0-9 and _ only, at most 40, and no word of the expressions.",
    )
}

fn min_over_max(key: &str) -> Mistake {
    bad(
        format!("「{key}」の min, max, places が合いません。"),
        format!("\"min\", \"max\" and \"places\" of \"{key}\" do not fit."),
        "min <= max、places は 6 以下にしてください。",
        "Use min <= max and at most 6 places.",
    )
}

fn duplicate(name: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Duplicate,
        Bilingual::new(format!("「{name}」が二度あります。"), format!("\"{name}\" is there twice.")),
        Bilingual::new(
            "一方を消してください。ブロックの項目を変えるときは [override] を使います。",
            "Remove one; to change an item of a block use [override].",
        ),
    )
}

fn unknown<'n>(ja: &str, en: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> Mistake {
    Mistake::new(
        MistakeCode::UnknownReference,
        Bilingual::new(format!("{ja}「{name}」はありません。"), format!("There is no {en} \"{name}\".")),
        nearest(name, known).map_or_else(
            || {
                Bilingual::new(
                    "名前を確かめるか、先に作ってください。",
                    "Check the name, or declare it first.",
                )
            },
            |meant| Bilingual::new(format!("「{meant}」のことですか。"), format!("Did you mean \"{meant}\"?")),
        ),
    )
}

fn bad(
    ja: impl Into<String>,
    en: impl Into<String>,
    remedy_ja: impl Into<String>,
    remedy_en: impl Into<String>,
) -> Mistake {
    Mistake::new(MistakeCode::BadValue, Bilingual::new(ja, en), Bilingual::new(remedy_ja, remedy_en))
}
