//! Values written by hand or by another program as plain JSON: `{"onset": "2026-07-09", "symptoms": ["fever"]}`.
use serde_json::{Map, Value as Json};

use super::kind;
use super::problem::{Problem, ProblemCode};
use super::schema::{Form, Item, Kind};
use super::value::{Value, Values, row_key};
use crate::text::problem as words;

impl Form {
    /// Reads plain JSON, or lists everything that does not fit. Answers are given by code or Japanese label,
    /// repeated groups as lists of objects, `null` stands for nothing.
    pub fn parse_json_values(&self, bytes: &[u8]) -> Result<Values, Vec<Problem>> {
        // The parser's error quotes the text, so it is dropped.
        let Ok(Json::Object(object)) = serde_json::from_slice(bytes) else {
            return Err(vec![Problem::error("", ProblemCode::NotAnObject)]);
        };
        let mut reading = Reading { form: self, values: Values::new(), problems: Vec::new() };
        for (key, json) in &object {
            match self.groups.iter().find(|group| group.key == *key) {
                Some(group) => reading.group(&group.key, json),
                None => reading.item(key.clone(), json),
            }
        }
        if reading.problems.is_empty() { Ok(reading.values) } else { Err(reading.problems) }
    }
}

struct Reading<'a> {
    form: &'a Form,
    values: Values,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn group(&mut self, group: &str, json: &Json) {
        let Json::Array(rows) = json else {
            self.problems.push(rows_wanted(group));
            return;
        };
        for (row, json) in rows.iter().enumerate() {
            let empty = Map::new();
            let object = match json {
                Json::Object(object) => object,
                Json::Null => &empty,
                _ => {
                    self.problems.push(rows_wanted(group));
                    continue;
                }
            };
            for (key, json) in object {
                self.item(row_key(group, row, key), json);
            }
        }
    }

    fn item(&mut self, key: String, json: &Json) {
        if json.is_null() {
            return;
        }
        let Some(item) = self.form.item(&key) else {
            self.problems.push(Problem::error(key, ProblemCode::UnknownItem));
            return;
        };
        match value_of(item, json) {
            Some(value) => {
                self.values.set(key, value);
            }
            None => self.problems.push(Problem::of(item, ProblemCode::NotReadable)),
        }
    }
}

fn rows_wanted(group: &str) -> Problem {
    Problem { text: words::ROWS_WANTED.into(), ..Problem::error(group, ProblemCode::WrongKind) }
}

/// A value of the shape that the item takes; whether it is in range is for the view to say.
fn value_of(item: &Item, json: &Json) -> Option<Value> {
    match (&item.kind, json) {
        (Kind::Choices { options }, Json::Array(entries)) => {
            let codes: Vec<String> =
                entries.iter().map(|e| kind::code_of(options, e.as_str()?)).collect::<Option<_>>()?;
            let ordered =
                options.iter().filter(|o| codes.contains(&o.code)).map(|o| o.code.clone()).collect();
            Some(Value::Choices(ordered))
        }
        (Kind::Choice { options } | Kind::Choices { options }, Json::String(text)) => {
            let code = kind::code_of(options, text)?;
            Some(if matches!(item.kind, Kind::Choice { .. }) {
                Value::Choice(code)
            } else {
                Value::Choices(vec![code])
            })
        }
        (Kind::Integer { .. } | Kind::Computed { .. }, Json::Number(number)) => {
            number.as_i64().map(Value::Integer)
        }
        (Kind::Integer { .. } | Kind::Computed { .. }, Json::String(text)) => {
            text.parse().ok().map(Value::Integer)
        }
        (Kind::Decimal { .. }, Json::Number(number)) => number.to_string().parse().ok().map(Value::Decimal),
        (Kind::Decimal { .. }, Json::String(text)) => text.parse().ok().map(Value::Decimal),
        (Kind::Date { .. }, Json::String(text)) => kind::iso_date(text).map(Value::Date),
        (Kind::Date { .. }, _) => None,
        (kind, Json::String(text)) if kind.options().is_empty() => {
            // Too long or not kana is worth an own message, so such text is taken and reported by the view.
            Some(kind::parse_literal(kind, text).unwrap_or_else(|| Value::Text(text.clone())))
        }
        _ => None,
    }
}
