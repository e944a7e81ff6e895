//! All forms: loaded from the files of the program and of the site, every problem at once.
use std::cell::RefCell;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::bilingual::Bilingual;
use super::declaration::{BlockDecl, FormDecl, read_choices};
use super::expand::{Shared, expand};
use super::mistake::{Mistake, MistakeCode, Place, SchemaProblem};
use super::reader::{Document, Located, SourceFile};
use super::schema::{Class, Form};
use super::search_words::{fold, loosen, search_romaji};
use crate::domain::digest::Digest;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schemas");

/// The file of the pins, in either place.
const PINS: &str = "released.toml";

/// The form files that come with the program.
pub fn shipped_sources() -> Vec<SourceFile> {
    let mut sources = Vec::new();
    collect(&SHIPPED, &mut sources);
    sources
}

fn collect(dir: &Dir<'_>, sources: &mut Vec<SourceFile>) {
    for file in dir.files().filter(|file| file.path().extension().is_some_and(|e| e == "toml")) {
        let name = file.path().to_string_lossy().replace('\\', "/");
        sources.push(SourceFile { name, text: String::from_utf8_lossy(file.contents()).into_owned() });
    }
    dir.dirs().for_each(|inner| collect(inner, sources));
}

/// The outcome of loading: the sound forms, and everything that is wrong with the others.
#[derive(Debug)]
pub struct Loaded {
    pub catalog: Catalog,
    pub problems: Vec<SchemaProblem>,
}

/// Form files of a site, and the names of those that could not be read.
#[derive(Debug, Default)]
pub struct SiteFiles {
    pub sources: Vec<SourceFile>,
    pub unreadable: Vec<String>,
}

/// The forms that are sound.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Sorted by id, then version.
    forms: Vec<Form>,
}

/// How often each form was used, by id; orders the picker.
pub type Usage = BTreeMap<String, u64>;

impl Catalog {
    pub fn load(sources: Vec<SourceFile>) -> Loaded {
        Self::load_with_site(sources, SiteFiles::default())
    }

    /// The forms of the program, then those of a site. A site adds; it never takes the place of what is shipped, because
    /// a pin or a list of answers that a site may exchange protects nobody's released form.
    pub fn load_with_site(mut shipped: Vec<SourceFile>, mut site: SiteFiles) -> Loaded {
        shipped.sort_by(|a, b| a.name.cmp(&b.name));
        site.sources.sort_by(|a, b| a.name.cmp(&b.name));
        let problems = RefCell::new(Vec::new());
        let mut files = Files::default();
        for source in &shipped {
            files.read(source, &problems);
        }
        for name in &site.unreadable {
            problems.borrow_mut().push(unreadable(name).at(&first_line(name)));
        }
        for source in &site.sources {
            // The file of the pins may be in both places: each pin of it is looked at.
            if source.name != PINS && shipped.iter().any(|known| known.name == source.name) {
                problems.borrow_mut().push(reserved(&source.name).at(&first_line(&source.name)));
            } else {
                files.read(source, &problems);
            }
        }
        let mut problems = problems.into_inner();
        let mut catalog = Self::default();
        for decl in &files.forms {
            let (form, mut found) = expand(decl, &files.shared);
            problems.append(&mut found);
            let Some(form) = form else { continue };
            match catalog.objection(&form, decl, &files.pins) {
                Some(problem) => problems.push(problem),
                None => catalog.forms.push(form),
            }
        }
        catalog.forms.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
        // Problems of a block appear once, however many forms use it.
        problems.sort();
        problems.dedup();
        Loaded { catalog, problems }
    }

    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.forms.iter()
    }

    /// Exactly this version, as a record remembers it.
    pub fn form(&self, id: &str, version: u32) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id && form.version == version)
    }

    /// The version in which new records are entered.
    pub fn latest(&self, id: &str) -> Option<&Form> {
        self.forms.iter().rfind(|form| form.id == id)
    }

    /// The newest versions that a person may mean, best first.
    ///
    /// A word matches an alias or a number exactly, or the beginning of the kana (typed in kana or romaji), the
    /// title or an alias. Within one quality of match the more used form comes first.
    pub fn find(&self, query: &str, usage: &Usage) -> Vec<&Form> {
        let word = fold(query);
        let romaji = loosen(query);
        let newest =
            self.forms.iter().filter(|form| self.latest(&form.id).is_some_and(|l| l.version == form.version));
        let mut found: Vec<_> = newest
            .filter_map(|form| {
                let rank = rank(form, &word, &romaji)?;
                let used = usage.get(&form.id).copied().unwrap_or(0);
                Some(((rank, u64::MAX - used, form.class, form.number.as_str()), form))
            })
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.into_iter().map(|(_, form)| form).collect()
    }

    /// Why a sound form must still not be used.
    fn objection(
        &self,
        form: &Form,
        decl: &FormDecl,
        pins: &[(String, Located<String>)],
    ) -> Option<SchemaProblem> {
        let name = form.id_and_version();
        if self.form(&form.id, form.version).is_some() {
            let mistake = Mistake::new(
                MistakeCode::Duplicate,
                Bilingual::new(
                    format!("「{name}」が二度あります。"),
                    format!("The form {name} is there twice."),
                ),
                Bilingual::new(
                    "一方の id か version を変えてください。",
                    "Change the id or the version of one of them.",
                ),
            );
            return Some(mistake.at(&decl.id.place));
        }
        let pinned = pins.iter().find(|(pin, _)| *pin == name).map(|(_, digest)| digest)?;
        let digest = form.definition_digest().to_string();
        let changed = !form.released || pinned.value != digest;
        changed.then(|| released_changed(&name, &digest).at(&decl.version.place))
    }
}

/// How well a form matches: lower is better.
fn rank(form: &Form, word: &str, romaji: &str) -> Option<u8> {
    if word.is_empty() {
        return Some(0);
    }
    let aliases: Vec<String> = form.aliases.iter().map(|alias| fold(alias)).collect();
    let number = fold(&form.number);
    let form_number = form.form_number.as_deref().map(fold);
    if aliases.iter().any(|a| a == word) || number == word || form_number.as_deref() == Some(word) {
        return Some(0);
    }
    if fold(&form.title.ja).starts_with(word) || fold(&form.kana).starts_with(word) {
        return Some(1);
    }
    let sound = search_romaji(&form.kana);
    if !romaji.is_empty() && sound.starts_with(romaji) {
        return Some(2);
    }
    if number.starts_with(word) || aliases.iter().any(|a| a.starts_with(word)) {
        return Some(3);
    }
    fold(&form.title.ja).contains(word).then_some(4)
}

impl Form {
    /// Identifies what this version of the form asks; released versions keep theirs for ever.
    pub fn definition_digest(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).expect("a form holds text and numbers only"))
    }

    /// Whether the form is a referral and not a report under the act.
    pub fn is_home_care(&self) -> bool {
        self.class == Class::HomeCare
    }
}

fn released_changed(name: &str, digest: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Released,
        Bilingual::new(
            format!("公開済みの「{name}」の内容が変わっています。"),
            format!("The released form {name} was changed."),
        ),
        Bilingual::new(
            format!("元に戻し、新しい version のファイルを作ってください (今の内容: {digest})。"),
            format!("Undo the change and add a file with a new version instead (content now: {digest})."),
        ),
    )
}

/// What was read from all files.
struct Files {
    shared: Shared,
    forms: Vec<FormDecl>,
    pins: Vec<(String, Located<String>)>,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            shared: Shared { blocks: BTreeMap::new(), lists: BTreeMap::new() },
            forms: Vec::new(),
            pins: Vec::new(),
        }
    }
}

impl Files {
    fn read(&mut self, source: &SourceFile, problems: &RefCell<Vec<SchemaProblem>>) {
        let before = problems.borrow().len();
        let document = Document::new(source, problems);
        let parsed = document.parse();
        let table = parsed.as_ref().map(|root| document.root(root));
        let sound = || problems.borrow().len() == before;
        let stem = source.name.strip_suffix(".toml").unwrap_or(&source.name);
        match stem.split_once('/') {
            Some(("blocks", name)) => {
                let block = table.map(|table| BlockDecl::read(&table)).filter(|_| sound());
                self.shared.blocks.insert(name.to_owned(), block);
            }
            Some(("lists", name)) => {
                let choices = table.map(|table| {
                    let choices = read_choices(&table);
                    table.finish();
                    choices
                });
                self.shared.lists.insert(name.to_owned(), choices.filter(|_| sound()));
            }
            Some(("forms", _)) => {
                // A form with mistakes in its own text is not expanded: half of its items would be missing.
                self.forms.extend(table.and_then(|table| FormDecl::read(&table)).filter(|_| sound()));
            }
            None if source.name == PINS => {
                for (name, digest) in table.into_iter().flat_map(|table| table.pairs()) {
                    if self.pins.iter().any(|(known, _)| *known == name) {
                        document.report(&digest.place, reserved(&name));
                    } else {
                        self.pins.push((name, digest));
                    }
                }
            }
            _ => document.report(&first_line(&source.name), unknown_file(&source.name)),
        }
    }
}

fn first_line(file: &str) -> Place {
    Place { file: file.into(), line: 1 }
}

fn reserved(name: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Reserved,
        Bilingual::new(
            format!("「{name}」はプログラムに付いている名前です。こちらは使われません。"),
            format!("The name \"{name}\" belongs to the program; this one is not used."),
        ),
        Bilingual::new(
            "別の名前にしてください。様式を変えるには、別の名前のファイルで version を上げてください。",
            "Use another name. To change a form, raise its version in a file with another name.",
        ),
    )
}

fn unreadable(name: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Unreadable,
        Bilingual::new(format!("「{name}」を読めません。"), format!("\"{name}\" cannot be read.")),
        Bilingual::new(
            "リンクでない 1 MB までのファイルにし、読む権限を確かめてください。",
            "Make it a file of at most 1 MB that is no link, and check the permission to read it.",
        ),
    )
}

fn unknown_file(name: &str) -> Mistake {
    Mistake::new(
        MistakeCode::UnknownFile,
        Bilingual::new(
            format!("「{name}」が何のファイルか分かりません。"),
            format!("It is not clear what \"{name}\" is."),
        ),
        Bilingual::new(
            "forms/, blocks/, lists/ のどれかに置いてください。",
            "Put it into forms/, blocks/ or lists/.",
        ),
    )
}
