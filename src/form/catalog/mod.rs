//! All forms: loaded from the files of the program and of the site, every problem at once.
mod files;
mod load;
mod rank;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};

use self::rank::{Query, UNFINISHED, rank};
use super::declaration::{FormDecl, OverlayDecl};
use super::expand::{Shared, expand};
use super::mistake::SchemaProblem;
use super::phrase::Phrase;
use super::purpose::Purpose;
use super::reader::SourceFile;
use super::schema::{Form, Head};
use super::version::FormVersion;
use crate::domain::digest::Digest;

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schemas");

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
    shelf: Vec<Listed>,
    shared: Shared,
}

/// A form that is put together when somebody opens it: an office receives few of the hundred diseases on one day.
#[derive(Debug)]
struct Listed {
    decl: Arc<FormDecl>,
    overlay: Option<Arc<OverlayDecl>>,
    head: Head,
    form: OnceLock<Option<Form>>,
}

impl Listed {
    /// A form of the program, believed and put together later.
    fn believed(decl: FormDecl) -> Self {
        Self { head: decl.head.clone(), decl: Arc::new(decl), overlay: None, form: OnceLock::new() }
    }

    fn form(&self, shared: &Shared) -> Option<&Form> {
        self.form.get_or_init(|| expand(&self.decl, self.overlay.as_deref(), shared).form).as_ref()
    }

    fn is(&self, id: &str, version: FormVersion) -> bool {
        self.head.id == id && self.head.version == version
    }
}

/// How often each form was used, by id; orders the picker.
pub type Usage = BTreeMap<String, u64>;

impl Catalog {
    /// What every version of every form is called.
    pub fn heads(&self) -> impl Iterator<Item = &Head> {
        self.shelf.iter().map(|listed| &listed.head)
    }

    /// Every version of every form, put together.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.shelf.iter().filter_map(|listed| listed.form(&self.shared))
    }

    /// The words of a list that the site and the program have, those of the site first.
    pub fn phrases(&self, name: &str) -> &[Phrase] {
        self.shared.phrases.get(name).map_or(&[], Vec::as_slice)
    }

    /// What something may be sent for: first the reports of the law, then in the order of the names.
    pub fn purposes(&self) -> Vec<&Purpose> {
        let mut purposes: Vec<&Purpose> = self.shared.purposes.values().flatten().collect();
        purposes.sort_by_key(|purpose| !purpose.is_for_reports());
        purposes
    }

    /// The purpose of this name, if its file is sound.
    pub fn purpose(&self, id: &str) -> Option<&Purpose> {
        self.shared.purposes.get(id).and_then(Option::as_ref)
    }

    /// Exactly this version, as a record remembers it.
    pub fn form(&self, id: &str, version: FormVersion) -> Option<&Form> {
        self.shelf.iter().find(|listed| listed.is(id, version))?.form(&self.shared)
    }

    /// The version in which new records are entered.
    pub fn latest(&self, id: &str) -> Option<&Form> {
        self.latest_listed(id)?.form(&self.shared)
    }

    /// What the version is called in which new records are entered.
    pub fn head(&self, id: &str) -> Option<&Head> {
        self.latest_listed(id).map(|listed| &listed.head)
    }

    /// What this version is called.
    pub fn head_of(&self, id: &str, version: FormVersion) -> Option<&Head> {
        self.shelf.iter().find(|listed| listed.is(id, version)).map(|listed| &listed.head)
    }

    fn latest_listed(&self, id: &str) -> Option<&Listed> {
        self.shelf.iter().rfind(|listed| listed.head.id == id)
    }

    /// The newest versions that a person may mean, best first.
    ///
    /// A word matches an alias or a number exactly, or the beginning of the kana (typed in kana or romaji), the
    /// title or an alias. Within one quality of match the more used form comes first.
    pub fn find(&self, query: &str, usage: &Usage) -> Vec<&Head> {
        self.matching(query, usage, Head::may_stand_alone)
    }

    /// The same among the forms of which a record can come from a record of `parent`: what belongs to it, and for a
    /// contact the report of the case that the contact became.
    pub fn find_from(&self, parent: &Head, query: &str, usage: &Usage) -> Vec<&Head> {
        let contact = self.latest(&parent.id).is_some_and(Form::is_of_a_contact);
        self.matching(query, usage, |head| {
            head.may_belong_to(parent) || contact && head.class.is_notifiable()
        })
    }

    /// Whether a record of this form waits for an answer.
    pub fn is_answered(&self, request: &Head) -> bool {
        self.heads().any(|head| head.answers && head.may_belong_to(request))
    }

    /// The forms that a word means equally well, without regard to how often each was used: one, if the word says enough.
    /// A number counts when it is whole.
    pub fn meant(&self, query: &str) -> Vec<&Head> {
        let query = Query::new(query);
        let newest = self.shelf.iter().map(|listed| &listed.head).filter(|head| {
            head.may_stand_alone() && self.head(&head.id).is_some_and(|newest| newest.version == head.version)
        });
        let ranked = newest.filter_map(|head| Some((rank(head, &query)?, head)));
        let ranked: Vec<_> = ranked.filter(|(rank, _)| *rank < UNFINISHED).collect();
        let best = ranked.iter().map(|(rank, _)| *rank).min();
        ranked.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, head)| head).collect()
    }

    fn matching(&self, query: &str, usage: &Usage, offered: impl Fn(&Head) -> bool) -> Vec<&Head> {
        let query = Query::new(query);
        let heads = self.shelf.iter().map(|listed| &listed.head);
        let newest =
            heads.filter(|head| self.head(&head.id).is_some_and(|newest| newest.version == head.version));
        let mut found: Vec<_> = newest
            .filter(|head| offered(head))
            .filter_map(|head| {
                let used = usage.get(&head.id).copied().unwrap_or(0);
                // In the midst of a case, what is made for that comes before what also stands alone.
                let order = (head.may_stand_alone(), head.class, head.number.as_str());
                Some(((rank(head, &query)?, u64::MAX - used, order), head))
            })
            .collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found.into_iter().map(|(_, head)| head).collect()
    }
}

impl Form {
    /// Identifies what this version of the form asks; released versions keep theirs for ever.
    pub fn definition_digest(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).expect("a form holds text and numbers only"))
    }
}
