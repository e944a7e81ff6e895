//! The answers of a choice item: a shared list, or answers of its own, all of them or some.
use crate::form::bilingual::Bilingual;
use crate::form::reader::{Located, Table};

/// Where answers come from.
#[derive(Clone, Debug)]
pub enum AnswersDecl {
    List(Located<String>),
    Here(Vec<ChoiceDecl>),
}

#[derive(Clone, Debug)]
pub struct OptionsDecl {
    pub answers: AnswersDecl,
    /// What the answers were before an override: expressions of a shared part may go on naming them.
    pub before: Option<AnswersDecl>,
    /// These answers only, in this order.
    pub only: Option<Vec<Located<String>>>,
    /// Answers that nobody compared with the original although the item was.
    pub unverified: Vec<Located<String>>,
}

/// What an override says about answers; everything optional.
#[derive(Clone, Debug)]
pub struct OptionsChange {
    pub answers: Option<AnswersDecl>,
    pub only: Option<Vec<Located<String>>>,
    pub unverified: Option<Vec<Located<String>>>,
}

#[derive(Clone, Debug)]
pub struct ChoiceDecl {
    pub code: Located<String>,
    pub label: Bilingual,
    pub key: Option<Located<String>>,
    pub exclusive: bool,
}

impl OptionsDecl {
    pub fn read(table: &Table<'_, '_>) -> Option<Self> {
        let change = OptionsChange::read(table);
        if change.answers.is_none() {
            table.required("list", Table::text);
        }
        Some(Self {
            answers: change.answers?,
            before: None,
            only: change.only,
            unverified: change.unverified.unwrap_or_default(),
        })
    }

    /// With what the override says; new answers come without the selection made among the old ones.
    pub fn changed_by(&self, change: &OptionsChange) -> Self {
        let renewed = change.answers.is_some();
        let kept = if renewed { None } else { self.only.clone() };
        Self {
            answers: change.answers.clone().unwrap_or_else(|| self.answers.clone()),
            before: renewed.then(|| self.answers.clone()).or_else(|| self.before.clone()),
            only: change.only.clone().or(kept),
            unverified: change.unverified.clone().unwrap_or_else(|| self.unverified.clone()),
        }
    }
}

impl OptionsChange {
    pub fn read(table: &Table<'_, '_>) -> Self {
        let list = table.text("list");
        let choices = table.knows("choices").then(|| AnswersDecl::Here(read_choices(table)));
        let answers = list.map(AnswersDecl::List).or(choices);
        let only = table.knows("only").then(|| table.texts("only"));
        let unverified = table.knows("unverified").then(|| table.texts("unverified"));
        Self { answers, only, unverified }
    }

    pub fn is_empty(&self) -> bool {
        self.answers.is_none() && self.only.is_none() && self.unverified.is_none()
    }
}

/// `choices = [{ code = "...", ja = "...", en = "..." }]`, or `[[choices]]`.
pub fn read_choices(table: &Table<'_, '_>) -> Vec<ChoiceDecl> {
    table
        .tables("choices")
        .iter()
        .filter_map(|choice| {
            let code = choice.required("code", Table::text);
            let ja = choice.required("ja", Table::text);
            let en = choice.required("en", Table::text);
            let key = choice.text("key");
            let exclusive = choice.boolean("exclusive").unwrap_or_default();
            choice.finish();
            Some(ChoiceDecl { code: code?, label: Bilingual::new(ja?.value, en?.value), key, exclusive })
        })
        .collect()
}
