//! The sentences of mistakes that several parts report.
use crate::form::bilingual::Bilingual;
pub use crate::form::declaration::bad;
use crate::form::mistake::{Mistake, MistakeCode, nearest};

/// Lower-case English snake_case: keys are part of stored records and of the command line.
pub fn is_key(key: &str) -> bool {
    const MAX_KEY: usize = 40;
    key.len() <= MAX_KEY
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !matches!(key, "today" | "received_on" | "true" | "false" | "null" | "in")
}

pub fn not_a_key(key: &str) -> Mistake {
    bad(
        format!("「{key}」は名前に使えません。"),
        format!("\"{key}\" cannot be a name."),
        "英小文字で始め、英小文字・数字・_ だけの 40 字以内にし、式の語 (today など) は避けてください。",
        "Begin with a lower-case letter; use a-z, 0-9 and _ only, at most 40, and no word of the expressions (today).",
    )
}

pub fn min_over_max(key: &str) -> Mistake {
    bad(
        format!("「{key}」の min, max, places が合いません。"),
        format!("\"min\", \"max\" and \"places\" of \"{key}\" do not fit."),
        "min <= max、places は 6 以下にしてください。",
        "Use min <= max and at most 6 places.",
    )
}

pub fn duplicate(name: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Duplicate,
        Bilingual::new(format!("「{name}」が二度あります。"), format!("\"{name}\" is there twice.")),
        Bilingual::new(
            "一方を消してください。ブロックの項目を変えるときは [override] を使います。",
            "Remove one; to change an item of a block use [override].",
        ),
    )
}

pub fn unknown<'n>(ja: &str, en: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> Mistake {
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
            |meant| {
                Bilingual::new(format!("「{meant}」のことですか。"), format!("Did you mean \"{meant}\"?"))
            },
        ),
    )
}
