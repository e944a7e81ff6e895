//! `register = { ... }`: that every item it names is there and can hold what the register knows.
use super::words::{bad, unknown};
use super::{Entry, Expansion};
use crate::domain::institution::Band;
use crate::form::declaration::{KindDecl, RegisterDecl};
use crate::form::mistake::Mistake;
use crate::form::reader::Located;
use crate::form::register::{ContractItems, Fact, Register};
use crate::form::schema::Kind;

/// Which register.
#[derive(Clone, Copy)]
enum Of {
    Institutions,
    Partners,
}

impl Of {
    const NAMES: [(&'static str, Self); 2] =
        [("institutions", Self::Institutions), ("partners", Self::Partners)];
}

impl Expansion<'_> {
    pub(super) fn register(&mut self, decl: &RegisterDecl, kind: &Kind) -> Option<Register> {
        let of = self.word("register", &decl.of, &Of::NAMES)?;
        if !matches!(kind, Kind::Text { .. }) {
            self.report(&decl.place, no_number());
        }
        let named = [
            (Fact::Name, &decl.name),
            (Fact::Address, &decl.address),
            (Fact::Phone, &decl.phone),
            (Fact::Fax, &decl.fax),
        ];
        let fills = named
            .into_iter()
            .filter_map(|(fact, word)| Some((fact, self.held(word.as_ref()?, |kind| holds(fact, kind))?)))
            .collect();
        let doctor = decl
            .doctor
            .as_ref()
            .and_then(|word| self.held(word, |kind| matches!(kind, KindDecl::Name { .. })));
        let contract = match (of, &decl.on, &decl.hours) {
            (Of::Institutions, None, None) => None,
            (Of::Partners, Some(on), Some(hours)) => {
                let on = self.held(on, |kind| matches!(kind, KindDecl::Date { .. }));
                let at = hours;
                let hours = self.held(hours, |kind| matches!(kind, KindDecl::Choice { .. }));
                self.check_hours(at);
                Some(ContractItems { on: on?, hours: hours? })
            }
            _ => {
                self.report(&decl.place, contract_items());
                return None;
            }
        };
        Some(Register { fills, doctor, contract })
    }

    /// The key of an item that can hold what is meant for it.
    fn held(&mut self, word: &Located<String>, fits: impl Fn(&KindDecl) -> bool) -> Option<String> {
        let found = self.entries.iter().find(|entry| entry.key == word.value);
        let mistake = match found {
            Some(Entry { decl, .. }) if decl.kind.as_ref().is_some_and(fits) => {
                return Some(word.value.clone());
            }
            Some(_) => wrong_kind(&word.value),
            None => unknown("項目", "item", &word.value, self.entries.iter().map(|entry| entry.key.as_str())),
        };
        self.report(&word.place, mistake);
        None
    }

    /// The answers of the item are the hours that contracts know.
    fn check_hours(&mut self, word: &Located<String>) {
        let Some(at) = self.entries.iter().position(|entry| entry.key == word.value) else { return };
        let Some((Kind::Choice { options }, _)) = self.kind_of(at) else { return };
        if options.iter().any(|option| Band::from_code(&option.code).is_none()) {
            self.report(&word.place, no_hours());
        }
    }
}

const fn holds(fact: Fact, kind: &KindDecl) -> bool {
    match fact {
        Fact::Name | Fact::Address => matches!(kind, KindDecl::Text { .. }),
        Fact::Phone => matches!(kind, KindDecl::Phone),
        Fact::Fax => matches!(kind, KindDecl::Fax),
    }
}

fn no_number() -> Mistake {
    bad(
        "台帳の番号は text の項目に入ります。",
        "A number of the register stands in an item of kind \"text\".",
        "kind を text にするか、register を消してください。",
        "Make its kind \"text\", or remove \"register\".",
    )
}

fn wrong_kind(key: &str) -> Mistake {
    bad(
        format!("「{key}」の種類では台帳の内容が入りません。"),
        format!("The kind of \"{key}\" cannot hold what the register knows."),
        "name と address は text、phone は phone、fax は fax、doctor は name、on は date、hours は choice の項目です。",
        "\"name\" and \"address\" are text, \"phone\" phone, \"fax\" fax, \"doctor\" name, \"on\" a date, \"hours\" a choice.",
    )
}

fn contract_items() -> Mistake {
    bad(
        "on と hours は、of = \"partners\" のときだけ、両方書きます。",
        "\"on\" and \"hours\" belong to of = \"partners\", both of them.",
        "契約の日と時間帯の項目を書くか、消してください。",
        "Name the items of the day and the hours, or remove them.",
    )
}

fn no_hours() -> Mistake {
    let codes = Band::ALL.map(Band::code).join(", ");
    bad(
        "契約にない時間帯の選択肢があります。",
        "There are answers that no contract knows as hours.",
        format!("選択肢の符号は {codes} から選んでください。"),
        format!("Codes of the answers are of: {codes}."),
    )
}
