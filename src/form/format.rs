//! How values look to a person.
use super::schema::{Choice, Form, Item, Kind};
use super::value::Value;
use crate::japanese::era::EraDate;
use crate::japanese::phone::Phone;
use crate::text::Lang;

impl Form {
    /// The value as it is shown and printed. A value of the wrong kind is shown plainly rather than not at all.
    pub fn format_value(&self, item: &Item, value: &Value, lang: Lang) -> String {
        match (&item.kind, value) {
            (Kind::Choice { options }, Value::Choice(code)) => label(options, code, lang),
            (Kind::Choices { options }, Value::Choices(codes)) => {
                let separator = if lang == Lang::Ja { "、" } else { ", " };
                codes.iter().map(|code| label(options, code, lang)).collect::<Vec<_>>().join(separator)
            }
            (Kind::PostalCode { .. }, Value::Text(digits)) => match digits.split_at_checked(3) {
                Some((area, town)) => format!("{area}-{town}"),
                None => digits.clone(),
            },
            (
                Kind::Integer { unit, .. } | Kind::Decimal { unit, .. } | Kind::Computed { unit, .. },
                value,
            ) => {
                let unit = unit.in_lang(lang);
                let space = if lang == Lang::En && !unit.is_empty() { " " } else { "" };
                format!("{}{space}{unit}", value.canonical().1)
            }
            (Kind::Phone | Kind::Fax, Value::Text(digits)) => {
                Phone::parse(digits).map_or_else(|_| digits.clone(), |phone| phone.to_string())
            }
            (_, Value::Date(date)) if lang == Lang::Ja => {
                EraDate::from_date(*date).map_or_else(|| date.to_string(), EraDate::padded)
            }
            (_, value) => value.canonical().1,
        }
    }
}

fn label(options: &[Choice], code: &str, lang: Lang) -> String {
    options.iter().find(|o| o.code == code).map_or(code, |o| o.label.in_lang(lang)).to_owned()
}
