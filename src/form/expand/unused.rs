//! What is declared but stands on no page: nobody would ever see it.
use std::collections::BTreeSet;

use crate::form::bilingual::Bilingual;
use crate::form::declaration::Parts;
use crate::form::mistake::{Mistake, MistakeCode, SchemaProblem};

/// Items and groups of `parts` that are not among those used (groups as `group:NAME`).
pub fn unused(parts: &Parts, used: &BTreeSet<String>) -> Vec<SchemaProblem> {
    let items = parts.items.iter().filter(|(key, _)| !used.contains(&key.value));
    let items = items.map(|(key, item)| {
        let required = item.required == Some(true) || item.required_if.is_some();
        unused_item(&key.value, required).at(&key.place)
    });
    let groups = parts.groups.iter().filter(|(key, _)| !used.contains(&format!("group:{}", key.value)));
    items.chain(groups.map(|(key, _)| unused_group(&key.value).at(&key.place))).collect()
}

fn unused_item(name: &str, required: bool) -> Mistake {
    let (ja, en) = if required { ("必須なのに、", "is required but ") } else { ("", "") };
    Mistake::new(
        MistakeCode::Unused,
        Bilingual::new(
            format!("「{name}」は{ja}どのページにもありません。"),
            format!("\"{name}\" {en}stands on no page."),
        ),
        Bilingual::new(
            "ページの content に加えるか、消してください。",
            "Add it to a page's \"content\", or remove it.",
        ),
    )
}

fn unused_group(name: &str) -> Mistake {
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
    )
}
