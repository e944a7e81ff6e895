//! Reads TOML tables, remembers lines, and collects every problem instead of stopping at the first.
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::bilingual::Bilingual;
use super::mistake::{Mistake, MistakeCode, Place, SchemaProblem, nearest};

/// A form file as it lies in a folder: its name relative to that folder and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub name: String,
    pub text: String,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Located<T> {
    pub value: T,
    pub place: Place,
}

/// Line numbers of one file, and the problems found so far in all of them.
pub struct Document<'a> {
    file: Arc<str>,
    text: &'a str,
    problems: &'a RefCell<Vec<SchemaProblem>>,
}

impl<'a> Document<'a> {
    pub fn new(source: &'a SourceFile, problems: &'a RefCell<Vec<SchemaProblem>>) -> Self {
        Self { file: source.name.as_str().into(), text: &source.text, problems }
    }

    /// Parses the text; every syntax error becomes a problem and what could be read is read.
    pub fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        let (root, errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            return Some(root);
        }
        for error in errors {
            let place = self.place(error.span().unwrap_or_default());
            self.report(&place, not_toml(error.message().lines().next().unwrap_or("TOML")));
        }
        None
    }

    pub fn root<'d>(&'d self, table: &'d Spanned<DeTable<'a>>) -> Table<'d, 'a> {
        Table {
            document: self,
            table: table.get_ref(),
            place: Place { file: self.file.clone(), line: 1 },
            used: RefCell::default(),
        }
    }

    pub fn report(&self, place: &Place, mistake: Mistake) {
        self.problems.borrow_mut().push(mistake.at(place));
    }

    fn place(&self, span: Range<usize>) -> Place {
        let before = self.text.as_bytes().iter().take(span.start);
        Place { file: self.file.clone(), line: 1 + before.filter(|byte| **byte == b'\n').count() }
    }
}

fn not_toml(said: &str) -> Mistake {
    if said.starts_with("duplicate") {
        return Mistake::new(
            MistakeCode::Duplicate,
            Bilingual::new("同じ名前が二度書かれています。", "The same name is written twice."),
            Bilingual::new(
                "一方を消してください。ファイルの残りはまだ調べていません。",
                "Remove one of them; the rest of the file was not checked.",
            ),
        );
    }
    Mistake::new(
        MistakeCode::Syntax,
        Bilingual::new(format!("TOML として読めません: {said}."), format!("This is not TOML: {said}.")),
        Bilingual::new(
            "この行を直してください。ファイルの残りはまだ調べていません。",
            "Correct this line; the rest of the file was not checked.",
        ),
    )
}

/// One TOML table that must be used up: what nobody asked for is an unknown key.
pub struct Table<'d, 'a> {
    document: &'d Document<'a>,
    table: &'d DeTable<'a>,
    pub place: Place,
    used: RefCell<BTreeSet<&'static str>>,
}

impl<'d, 'a> Table<'d, 'a> {
    pub fn text(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(self.located(value, text.to_string())),
            _ => self.wrong_type(key, value, "text in quotes", "引用符で囲んだ文字列"),
        }
    }

    pub fn integer(&self, key: &'static str) -> Option<Located<i64>> {
        let value = self.value(key)?;
        self.read_integer(key, value)
    }

    fn read_integer(&self, key: &str, value: &'d Spanned<DeValue<'a>>) -> Option<Located<i64>> {
        match value.get_ref() {
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Some(self.located(value, number)),
                Err(_) => self.wrong_type(key, value, "a smaller whole number", "桁の少ない整数"),
            },
            _ => self.wrong_type(key, value, "a whole number", "整数"),
        }
    }

    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        self.located_boolean(key).map(|located| located.value)
    }

    pub fn located_boolean(&self, key: &'static str) -> Option<Located<bool>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(yes) => Some(self.located(value, *yes)),
            _ => self.wrong_type(key, value, "true or false", "true か false "),
        }
    }

    /// `{ ja = "...", en = "..." }`
    pub fn bilingual(&self, key: &'static str) -> Option<Bilingual> {
        let inner = self.table(key)?;
        let ja = inner.required("ja", Self::text);
        let en = inner.required("en", Self::text);
        inner.finish();
        Some(Bilingual::new(ja?.value, en?.value))
    }

    pub fn texts(&self, key: &'static str) -> Vec<Located<String>> {
        self.value(key).and_then(|value| self.read_texts(key, value)).unwrap_or_default()
    }

    fn read_texts(&self, key: &str, value: &'d Spanned<DeValue<'a>>) -> Option<Vec<Located<String>>> {
        let DeValue::Array(array) = value.get_ref() else {
            return self.wrong_type(key, value, "a list of texts", "文字列の並び [\"...\"] ");
        };
        let texts = array
            .iter()
            .filter_map(|entry| match entry.get_ref() {
                DeValue::String(text) => Some(self.located(entry, text.to_string())),
                _ => self.wrong_type(key, entry, "text in quotes", "引用符で囲んだ文字列"),
            })
            .collect();
        Some(texts)
    }

    pub fn table(&self, key: &'static str) -> Option<Table<'d, 'a>> {
        let value = self.value(key)?;
        self.as_table(key, value)
    }

    /// `[[key]]`, or a list of inline tables.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'d, 'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            return self.wrong_type(key, value, "a list of tables", "表の並び [[...]] ").unwrap_or_default();
        };
        array.iter().filter_map(|entry| self.as_table(key, entry)).collect()
    }

    /// `[key.NAME]` for any names, in the order in which they stand in the file.
    pub fn named_tables(&self, key: &'static str) -> Vec<(Located<String>, Table<'d, 'a>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Table(outer) = value.get_ref() else {
            return self.wrong_type(key, value, "a table", "表").unwrap_or_default();
        };
        let mut entries: Vec<_> = outer.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        entries
            .into_iter()
            .filter_map(|(name, value)| {
                let name =
                    Located { value: name.get_ref().to_string(), place: self.document.place(name.span()) };
                let table = self.as_table(key, value)?;
                Some((name.clone(), Table { place: name.place, ..table }))
            })
            .collect()
    }

    /// `NAME = ["text", ...]` of the whole table, in the order in which they stand in the file.
    pub fn lists(&self) -> Vec<(Located<String>, Vec<Located<String>>)> {
        self.entries()
            .into_iter()
            .filter_map(|(name, value)| {
                let texts = self.read_texts(&name.value, value)?;
                Some((name, texts))
            })
            .collect()
    }

    /// `NAME = 3` of the whole table.
    pub fn integers(&self) -> Vec<Located<(String, i64)>> {
        self.entries()
            .into_iter()
            .filter_map(|(name, value)| {
                let number = self.read_integer(&name.value, value)?;
                Some(Located { value: (name.value, number.value), place: name.place })
            })
            .collect()
    }

    fn entries(&self) -> Vec<(Located<String>, &'d Spanned<DeValue<'a>>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let located = |name: &Spanned<_>| self.document.place(name.span());
        entries
            .into_iter()
            .map(|(name, value)| (Located { value: name.get_ref().to_string(), place: located(name) }, value))
            .collect()
    }

    /// `"name" = "text"` of the whole table, in the order in which they stand in the file.
    pub fn located_pairs(&self) -> Vec<(Located<String>, Located<String>)> {
        self.entries()
            .into_iter()
            .filter_map(|(name, value)| match value.get_ref() {
                DeValue::String(text) => Some((name, self.located(value, text.to_string()))),
                _ => self.wrong_type(&name.value, value, "text in quotes", "引用符で囲んだ文字列"),
            })
            .collect()
    }

    /// Reads with `read`, and reports the key as missing when it does not stand there.
    pub fn required<T>(
        &self,
        key: &'static str,
        read: impl Fn(&Self, &'static str) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.used.borrow_mut().insert(key);
            self.report(Mistake::new(
                MistakeCode::MissingKey,
                Bilingual::new(format!("「{key}」がありません。"), format!("\"{key}\" is missing.")),
                Bilingual::new(
                    format!("「{key} = ...」を書いてください。"),
                    format!("Add \"{key} = ...\" here."),
                ),
            ));
            return None;
        }
        read(self, key)
    }

    /// Whether the key stands here; from now on it is one that may.
    pub fn knows(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub fn report(&self, mistake: Mistake) {
        self.document.report(&self.place, mistake);
    }

    pub fn report_at(&self, place: &Place, mistake: Mistake) {
        self.document.report(place, mistake);
    }

    /// Reports every key that was not asked for.
    pub fn finish(&self) {
        let used = self.used.borrow();
        for name in self.table.keys() {
            if used.contains(name.get_ref().as_ref()) {
                continue;
            }
            let word = name.get_ref();
            let all = used.iter().copied().collect::<Vec<_>>().join(", ");
            let remedy = nearest(word, used.iter().copied()).map_or_else(
                || Bilingual::new(format!("使えるのは: {all}"), format!("Known here: {all}.")),
                |meant| {
                    Bilingual::new(format!("「{meant}」のことですか。"), format!("Did you mean \"{meant}\"?"))
                },
            );
            self.document.report(
                &self.document.place(name.span()),
                Mistake::new(
                    MistakeCode::UnknownKey,
                    Bilingual::new(
                        format!("「{word}」はここでは使えません。"),
                        format!("\"{word}\" is not known here."),
                    ),
                    remedy,
                ),
            );
        }
    }

    fn value(&self, key: &'static str) -> Option<&'d Spanned<DeValue<'a>>> {
        self.used.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn as_table(&self, key: &str, value: &'d Spanned<DeValue<'a>>) -> Option<Table<'d, 'a>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Table {
                document: self.document,
                table,
                place: self.document.place(value.span()),
                used: RefCell::default(),
            }),
            _ => self.wrong_type(key, value, "a table", "表 { ... } "),
        }
    }

    fn located<T>(&self, value: &Spanned<DeValue<'a>>, inner: T) -> Located<T> {
        Located { value: inner, place: self.document.place(value.span()) }
    }

    fn wrong_type<T>(&self, key: &str, value: &Spanned<DeValue<'a>>, en: &str, ja: &str) -> Option<T> {
        self.document.report(
            &self.document.place(value.span()),
            Mistake::new(
                MistakeCode::WrongType,
                Bilingual::new(
                    format!("「{key}」の書き方が違います。"),
                    format!("\"{key}\" has the wrong type."),
                ),
                Bilingual::new(format!("{ja}で書いてください。"), format!("Write {en}.")),
            ),
        );
        None
    }
}
