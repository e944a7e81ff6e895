//! What a command prints: lines for a person or one JSON document for a script, never both.
use std::io::{self, Write};

use serde_json::{Value, json};

use super::failure::Failure;
use crate::japanese::screen::{display_width, fit_to_width, for_display};
use crate::text::Lang;

/// The result of one command in both shapes.
#[derive(Clone, Debug, Default)]
pub struct Output {
    lines: Vec<String>,
    json: Value,
    /// A sentence for stderr when the command was carried out and found something wrong: exit status 1.
    found: Option<Failure>,
}

impl Output {
    pub const fn new(json: Value) -> Self {
        Self { lines: Vec::new(), json, found: None }
    }
    /// Nothing more to say: the screens have said it.
    pub const fn silent() -> Self {
        Self::new(Value::Null)
    }
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }
    #[must_use]
    pub fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.lines.extend(lines);
        self
    }
    /// Carried out, but what was found is not in order.
    #[must_use]
    pub fn but(mut self, found: Failure) -> Self {
        self.found = Some(found);
        self
    }
    pub const fn found(&self) -> Option<&Failure> {
        self.found.as_ref()
    }
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Json,
}

/// Prints the result of a command. Control characters out of data never reach a terminal.
pub fn print(
    output: &Output,
    shape: Shape,
    lang: Lang,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<()> {
    match shape {
        Shape::Text => {
            for line in &output.lines {
                writeln!(out, "{}", for_display(line))?;
            }
            if let Some(found) = &output.found {
                writeln!(err, "{}", for_display(found.sentence(lang)))?;
            }
        }
        Shape::Json => {
            let mut document = output.json.clone();
            if let (Some(found), Value::Object(object)) = (&output.found, &mut document) {
                object.insert("error".to_owned(), error_json(found));
            }
            writeln!(out, "{}", escaped(&document))?;
        }
    }
    out.flush()
}

/// Prints why a command failed: one sentence on stderr, and with JSON the document on stdout too.
pub fn print_failure(
    failure: &Failure,
    shape: Shape,
    lang: Lang,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<()> {
    if shape == Shape::Json {
        writeln!(out, "{}", escaped(&json!({ "error": error_json(failure) })))?;
        out.flush()?;
    }
    writeln!(err, "{}", for_display(failure.sentence(lang)))
}

/// Rows under each other, columns as wide as their widest cell.
pub fn table(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| display_width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| fit_to_width(cell, *width)).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

fn error_json(failure: &Failure) -> Value {
    json!({ "code": failure.code, "ja": failure.sentence(Lang::Ja), "en": failure.sentence(Lang::En) })
}

/// JSON whose every character is harmless on a terminal: what JSON itself leaves alone (C1, bidirectional controls) is escaped.
fn escaped(document: &Value) -> String {
    let plain = document.to_string();
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        let harmless = !c.is_control()
            && !matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
        if harmless {
            out.push(c);
        } else {
            // All of these lie in the first plane: one escape is enough.
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Reason;

    fn printed(output: &Output, shape: Shape) -> (String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        print(output, shape, Lang::En, &mut out, &mut err).unwrap();
        (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let output = Output::new(json!({ "name": "a\u{1b}[2J\u{9b}\u{202e}b" })).line("a\u{1b}[2J\u{9b}b");
        for shape in [Shape::Text, Shape::Json] {
            let (out, _) = printed(&output, shape);
            assert!(out.trim_end().chars().all(|c| !c.is_control() && c != '\u{202e}'), "{out:?}");
        }
        let (out, _) = printed(&output, Shape::Json);
        assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["name"], "a\u{1b}[2J\u{9b}\u{202e}b");
    }

    #[test]
    fn findings_are_printed_with_what_was_done() {
        let output = Output::new(json!({ "n": 1 })).line("1").but(Reason::LogBroken.into());
        assert_eq!(
            printed(&output, Shape::Text),
            ("1\n".to_owned(), format!("{}\n", Reason::LogBroken.text().en))
        );
        let (out, _) = printed(&output, Shape::Json);
        let document: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&document["n"], &document["error"]["code"]), (&json!(1), &json!("log-broken")));
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [vec!["受付".to_owned(), "x".to_owned()], vec!["1".to_owned(), "y".to_owned()]];
        assert_eq!(table(&rows), ["受付  x", "1     y"]);
    }
}
