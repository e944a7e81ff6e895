//! Items with their expressions, compiled when the types of all items are known.
use super::words::{bad, unknown};
use super::{Entry, Expansion};
use crate::form::bilingual::Bilingual;
use crate::form::check_expression::Type;
use crate::form::declaration::{ItemDecl, KindDecl};
use crate::form::expression::{Expression, Slot};
use crate::form::kind;
use crate::form::mistake::{Mistake, MistakeCode};
use crate::form::reader::Located;
use crate::form::schema::{Carried, Default, Identity, Item, Kind, Required, Row, Source};
use crate::form::value::row_key;

impl Expansion<'_> {
    pub(super) fn items(&mut self, kinds: Vec<Kind>, types: &[Type]) -> Vec<Item> {
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
            Some(KindDecl::Computed { compute, unit }) => Kind::Computed {
                compute: self.compile(compute, row, types, &Type::Integer)?,
                unit: unit.clone(),
            },
            _ => kind,
        };
        self.check_contradictions(&key, &decl, &kind);
        let required = match &decl.required_if {
            Some(source) => self.compile(source, row, types, &Type::Bool).map(Required::If),
            None => decl.required.unwrap_or_default().then_some(Required::Always),
        };
        let shown_if =
            decl.shown_if.as_ref().and_then(|source| self.compile(source, row, types, &Type::Bool));
        let default = self.default(&decl, &kind, row, types.get(at)?, types);
        let identity = match &decl.identity {
            Some(word) => self.word("identity", word, &Identity::NAMES),
            None => None,
        };
        let source = self.source_of(&decl);
        let household = decl.household.as_ref().filter(|household| household.value);
        if let Some(household) = household.filter(|_| identity.is_some()) {
            self.report(&household.place, copied_identity(&key));
        }
        let phrases = decl.phrases.as_ref().and_then(|name| self.phrases_of(name, &kind));
        let register = decl.register.as_ref().and_then(|register| self.register(register, &kind));
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
            household: household.is_some(),
            carried_from: decl.carried_from.as_ref().map(|word| Carried::read(&word.value)),
            phrases,
            register,
            second_entry: decl.second_entry.unwrap_or_default(),
            source,
        })
    }

    /// Where the item comes from: as it says itself, else as the form or the overlay says that declares it.
    fn source_of(&self, decl: &ItemDecl) -> Source {
        let added = self.overlay.filter(|overlay| overlay.place.file == decl.place.file);
        let general = added.map_or(&self.decl.source, |overlay| &overlay.source);
        Source {
            verified: decl.verified.unwrap_or(general.verified),
            text: decl.source.clone().unwrap_or_else(|| general.text.clone()),
        }
    }

    /// What one item cannot say together.
    fn check_contradictions(&mut self, key: &str, decl: &ItemDecl, kind: &Kind) {
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
    }

    /// The list of phrases, when there is one and somebody can type them here.
    fn phrases_of(&mut self, name: &Located<String>, kind: &Kind) -> Option<String> {
        let shared = self.shared;
        if !matches!(kind, Kind::Text { .. } | Kind::MultiLine { .. }) {
            self.report(&name.place, no_text_for_phrases());
        } else if !shared.phrases.contains_key(&name.value) {
            let known = shared.phrases.keys().map(String::as_str);
            self.report(&name.place, unknown("語句の一覧", "list of phrases", &name.value, known));
        } else {
            return Some(name.value.clone());
        }
        None
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
    pub(super) fn compile(
        &mut self,
        source: &Located<String>,
        row: Option<Row>,
        types: &[Type],
        wanted: &Type,
    ) -> Option<Expression> {
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
            Ok(_) => {
                Bilingual::new("式の結果の種類が違います。", "The expression yields the wrong kind of value.")
            }
            Err(mismatch) => mismatch.0,
        };
        let remedy = Bilingual::new(
            "項目名、選択肢の符号、型を schemas/README.md の「式」の節と見くらべてください。",
            "Compare names, codes and types with the section on expressions in schemas/README.md.",
        );
        self.report(&source.place, Mistake::new(MistakeCode::Expression, what, remedy));
        None
    }
}

fn no_text_for_phrases() -> Mistake {
    bad(
        "語句の一覧は文字の項目 (text, multi_line) だけのものです。",
        "Only items of text (text, multi_line) can have phrases.",
        "phrases を消すか、kind を直してください。",
        "Remove \"phrases\", or correct \"kind\".",
    )
}

fn copied_identity(key: &str) -> Mistake {
    bad(
        format!("「{key}」は本人の項目なので写せません。"),
        format!("\"{key}\" says who a person is: it is never copied."),
        "household か identity を消してください。",
        "Remove \"household\" or \"identity\".",
    )
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
