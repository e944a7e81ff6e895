//! What a site adds to forms that it did not make.
use super::item::OverrideDecl;
use super::parts::Parts;
use super::{bad, form};
use crate::form::mistake::{Mistake, Place};
use crate::form::reader::{Located, Table};
use crate::form::schema::Source;
use crate::form::version::FormVersion;

/// `overlays/NAME.toml`
#[derive(Clone, Debug)]
pub struct OverlayDecl {
    pub place: Place,
    pub id: String,
    pub version: Located<FormVersion>,
    pub released: bool,
    /// The versions of forms that it is for (`measles@1`).
    pub forms: Vec<Located<Target>>,
    /// The disease is named twice.
    pub second_entry: bool,
    pub source: Source,
    pub inserts: Vec<InsertDecl>,
    pub overrides: Vec<(Located<String>, OverrideDecl)>,
    pub parts: Parts,
}

/// One version of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub form: String,
    pub version: FormVersion,
}

/// What stands after an item of the form.
#[derive(Clone, Debug)]
pub struct InsertDecl {
    pub after: Located<String>,
    pub content: Vec<Located<String>>,
}

impl OverlayDecl {
    pub fn is_for(&self, form: &str) -> bool {
        self.forms.iter().any(|target| target.value.form == form)
    }

    pub fn read(table: &Table<'_, '_>) -> Option<Self> {
        let id = table.required("id", Table::text);
        let version = table.required("version", form::read_version);
        let released = table.boolean("released").unwrap_or_default();
        table.required("forms", |t, key| t.has(key).then_some(()));
        let forms = table.texts("forms");
        let second_entry = table.boolean("second_entry").unwrap_or_default();
        let verified = table.boolean("verified").unwrap_or_default();
        let source = table.required("source", Table::text);
        let inserts = table.tables("insert").iter().filter_map(read_insert).collect();
        let overrides = form::read_overrides(table);
        let parts = Parts::read(table);
        table.finish();
        Some(Self {
            place: table.place.clone(),
            id: id?.value,
            version: version?,
            released,
            forms: forms.iter().filter_map(|word| read_target(table, word)).collect(),
            second_entry,
            source: Source { verified, text: source?.value },
            inserts,
            overrides,
            parts,
        })
    }
}

fn read_insert(table: &Table<'_, '_>) -> Option<InsertDecl> {
    let after = table.required("after", Table::text);
    let content = table.texts("content");
    table.finish();
    Some(InsertDecl { after: after?, content })
}

fn read_target(table: &Table<'_, '_>, word: &Located<String>) -> Option<Located<Target>> {
    let target = word.value.split_once('@').and_then(|(form, version)| {
        let version = FormVersion::new(version.parse().ok()?, 0)?;
        Some(Target { form: form.to_owned(), version })
    });
    if target.is_none() {
        table.report_at(&word.place, no_target(&word.value));
    }
    target.map(|value| Located { value, place: word.place.clone() })
}

fn no_target(word: &str) -> Mistake {
    bad(
        format!("「{word}」では様式の版が分かりません。"),
        format!("\"{word}\" does not name a version of a form."),
        "「measles@1」のように、様式の名と version を @ でつないでください。",
        "Write the name of the form and its version, as in \"measles@1\".",
    )
}
