//! Values written by hand or by another program as plain JSON: `{"onset": "2026-07-09", "symptoms": ["fever"]}`.
use super::kind;
use super::problem::{Problem, ProblemCode};
use super::schema::{Form, Item, Kind};
use super::value::{Value, Values, row_key};
use super::written_json::Written;
use crate::text::problem as words;

impl Form {
    /// Reads plain JSON, or lists everything that does not fit. Answers are given by code or Japanese label,
    /// repeated groups as lists of objects, `null` stands for nothing. A key stands once in an object.
    pub fn parse_json_values(&self, bytes: &[u8]) -> Result<Values, Vec<Problem>> {
        let Some(Written::Object(object)) = Written::read(bytes) else {
            return Err(vec![Problem::error("", ProblemCode::NotAnObject)]);
        };
        let mut reading = Reading { form: self, values: Values::new(), problems: Vec::new() };
        for (at, (key, json)) in object.iter().enumerate() {
            if reading.is_repeated(&object, at, key) {
                continue;
            }
            match self.groups.iter().find(|group| group.key == *key) {
                Some(group) => reading.group(&group.key, json),
                // The key of a row's item has one place: in its row. Elsewhere it would be a second one.
                None if key.contains('[') => {
                    reading.problems.push(Problem::error(key, ProblemCode::UnknownItem));
                }
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
    fn group(&mut self, group: &str, json: &Written) {
        let Written::List(rows) = json else {
            self.problems.push(rows_wanted(group));
            return;
        };
        for (row, json) in rows.iter().enumerate() {
            let object = match json {
                Written::Object(object) => object.as_slice(),
                Written::Null => &[],
                _ => {
                    self.problems.push(rows_wanted(group));
                    continue;
                }
            };
            for (at, (key, json)) in object.iter().enumerate() {
                let in_row = row_key(group, row, key);
                if !self.is_repeated(object, at, &in_row) {
                    self.item(in_row, json);
                }
            }
        }
    }

    /// Whether the entry's key stood in the object before; said once for each repetition.
    fn is_repeated(&mut self, object: &[(String, Written)], at: usize, item: &str) -> bool {
        let repeated = object[..at].iter().any(|(before, _)| *before == object[at].0);
        if repeated {
            self.problems.push(Problem::error(item, ProblemCode::Repeated));
        }
        repeated
    }

    fn item(&mut self, key: String, json: &Written) {
        if matches!(json, Written::Null) {
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
fn value_of(item: &Item, json: &Written) -> Option<Value> {
    match (&item.kind, json) {
        (Kind::Choices { options }, Written::List(entries)) => {
            let codes: Vec<String> =
                entries.iter().map(|e| kind::code_of(options, e.as_text()?)).collect::<Option<_>>()?;
            let ordered =
                options.iter().filter(|o| codes.contains(&o.code)).map(|o| o.code.clone()).collect();
            Some(Value::Choices(ordered))
        }
        (Kind::Choice { options } | Kind::Choices { options }, Written::Text(text)) => {
            let code = kind::code_of(options, text)?;
            Some(if matches!(item.kind, Kind::Choice { .. }) {
                Value::Choice(code)
            } else {
                Value::Choices(vec![code])
            })
        }
        (Kind::Integer { .. } | Kind::Computed { .. }, Written::Number(number)) => {
            number.as_i64().map(Value::Integer)
        }
        (Kind::Integer { .. } | Kind::Computed { .. }, Written::Text(text)) => {
            text.parse().ok().map(Value::Integer)
        }
        (Kind::Decimal { .. }, Written::Number(number)) => {
            number.to_string().parse().ok().map(Value::Decimal)
        }
        (Kind::Decimal { .. }, Written::Text(text)) => text.parse().ok().map(Value::Decimal),
        (Kind::Date { .. }, Written::Text(text)) => kind::iso_date(text).map(Value::Date),
        (Kind::Date { .. }, _) => None,
        (kind, Written::Text(text)) if kind.options().is_empty() => {
            // Too long or not kana is worth an own message, so such text is taken and reported by the view.
            Some(kind::parse_literal(kind, text).unwrap_or_else(|| Value::Text(text.clone())))
        }
        _ => None,
    }
}
