//! Loading: the forms of the program, then those of a site.
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::files::{Files, PINS, first_line, reserved, unreadable};
use super::{Catalog, Listed, Loaded, SiteFiles};
use crate::form::bilingual::Bilingual;
use crate::form::declaration::{FormDecl, OverlayDecl, Target};
use crate::form::expand::{Expanded, expand, unknown, unused};
use crate::form::mistake::{Mistake, MistakeCode, Place, SchemaProblem};
use crate::form::reader::{Located, SourceFile};
use crate::form::schema::{Carried, Form, Head, Parent};
use crate::form::version::FormVersion;

/// How far the forms of the program are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Everything is put together and checked.
    Whole,
    /// The forms of the program are believed: they were checked before it was built.
    Site,
}

impl Catalog {
    pub fn load(sources: Vec<SourceFile>) -> Loaded {
        Self::load_with_site(sources, SiteFiles::default())
    }

    /// The forms of the program, then those of a site, each of them checked.
    pub fn load_with_site(shipped: Vec<SourceFile>, site: SiteFiles) -> Loaded {
        Self::read(shipped, site, Depth::Whole)
    }

    /// For daily work: the forms of the site are checked, those of the program put together when they are opened.
    pub fn open(shipped: Vec<SourceFile>, site: SiteFiles) -> Loaded {
        Self::read(shipped, site, Depth::Site)
    }

    /// A site adds; it never takes the place of what is shipped, because a pin or a list of answers that a site may
    /// exchange protects nobody's released form.
    fn read(mut shipped: Vec<SourceFile>, mut site: SiteFiles, depth: Depth) -> Loaded {
        shipped.sort_by(|a, b| a.name.cmp(&b.name));
        site.sources.sort_by(|a, b| a.name.cmp(&b.name));
        let problems = RefCell::new(Vec::new());
        let mut files = Files::default();
        for source in &shipped {
            files.read(source, &problems);
        }
        let of_program = files.forms.len();
        files.shipped_purposes = files.shared.purposes.keys().cloned().collect();
        for name in &site.unreadable {
            problems.borrow_mut().push(unreadable(name).at(&first_line(name)));
        }
        for source in &site.sources {
            // The file of the pins may be in both places: each pin of it is looked at. Phrases bind nobody.
            let may_be_twice = source.name == PINS || source.name.starts_with("phrases/");
            if !may_be_twice && shipped.iter().any(|known| known.name == source.name) {
                problems.borrow_mut().push(reserved(&source.name).at(&first_line(&source.name)));
            } else {
                files.read(source, &problems);
            }
        }
        let mut work = Loading {
            problems: problems.into_inner(),
            files,
            shelf: Vec::new(),
            parts: Parts::default(),
            carried: Vec::new(),
        };
        let declared: BTreeSet<String> = work.files.forms.iter().map(|decl| decl.head.id.clone()).collect();
        for (at, decl) in std::mem::take(&mut work.files.forms).into_iter().enumerate() {
            if depth == Depth::Site && at < of_program {
                work.shelf.push(Listed::believed(decl));
            } else {
                work.check(Arc::new(decl), None);
            }
        }
        work.check_overlays();
        work.check_parents(&declared);
        work.check_carried(depth);
        work.check_purposes(depth);
        if depth == Depth::Whole {
            work.check_blocks();
        }
        work.done()
    }
}

struct Loading {
    problems: Vec<SchemaProblem>,
    files: Files,
    shelf: Vec<Listed>,
    parts: Parts,
    /// What each form takes over from the records to which its own belong.
    carried: Vec<(Head, Located<String>)>,
}

/// What became of the declarations in shared files.
#[derive(Default)]
struct Parts {
    left_out: BTreeSet<Place>,
    used: BTreeSet<Place>,
    picked: BTreeSet<(String, String)>,
}

impl Loading {
    /// Puts a form together; what is sound goes on the shelf.
    fn check(&mut self, decl: Arc<FormDecl>, overlay: Option<Arc<OverlayDecl>>) {
        let Expanded { form, mut problems, left_out, used, picked, carried } =
            expand(&decl, overlay.as_deref(), &self.files.shared);
        self.problems.append(&mut problems);
        self.parts.left_out.extend(left_out);
        self.parts.used.extend(used);
        self.parts.picked.extend(picked);
        self.carried.extend(carried.into_iter().map(|word| (decl.head.clone(), word)));
        let Some(form) = form else { return };
        let (id, version) = match &overlay {
            None => (&decl.id_place, &decl.version_place),
            Some(overlay) => (&overlay.place, &overlay.version.place),
        };
        match self.objection(&form, id, version) {
            Some(problem) => self.problems.push(problem),
            None => {
                let head = form.head.clone();
                self.shelf.push(Listed { decl, overlay, head, form: OnceLock::from(Some(form)) });
            }
        }
    }

    /// A record can only belong to what there is; that a parent has mistakes of its own is told there.
    fn check_parents(&mut self, declared: &BTreeSet<String>) {
        for listed in &self.shelf {
            for (parent, place) in listed.head.belongs_to.iter().zip(&listed.decl.parent_places) {
                let Parent::Form(id) = parent else { continue };
                if !declared.contains(id) {
                    let mistake = unknown("様式", "form", id, declared.iter().map(String::as_str));
                    self.problems.push(mistake.at(place));
                }
            }
        }
    }

    /// What is taken over must be known to a form to which one belongs. What a frame or a block offers, some form can
    /// use; whether any does is seen only with all forms.
    fn check_carried(&mut self, depth: Depth) {
        let mut mistakes: BTreeMap<Place, Option<Mistake>> = BTreeMap::new();
        for (head, word) in &self.carried {
            let Carried::Item(key) = Carried::read(&word.value) else { continue };
            if depth == Depth::Site && word.place.is_shared() {
                continue;
            }
            let parents = self.shelf.iter().filter(|listed| head.may_belong_to(&listed.head));
            let forms = parents.filter_map(|parent| parent.form(&self.files.shared));
            let known: BTreeSet<&str> =
                forms.flat_map(|form| form.items.iter().map(|item| item.key.as_str())).collect();
            let mistake = (!known.contains(key.as_str()))
                .then(|| unknown("元の記録の項目", "item of what a record belongs to", &key, known));
            let of_place = mistakes.entry(word.place.clone()).or_insert_with(|| mistake.clone());
            *of_place = of_place.take().and(mistake);
        }
        let found = mistakes.into_iter().filter_map(|(place, mistake)| Some(mistake?.at(&place)));
        self.problems.extend(found);
    }

    /// What may be sent for a purpose must be there. The purposes of the program are believed in daily work.
    fn check_purposes(&mut self, depth: Depth) {
        for purpose in self.files.shared.purposes.values().flatten() {
            if depth == Depth::Site && self.files.shipped_purposes.contains(&purpose.id) {
                continue;
            }
            let admitted = self.shelf.iter().filter(|listed| purpose.admits(&listed.head));
            let forms: Vec<&Form> = admitted.filter_map(|listed| listed.form(&self.files.shared)).collect();
            let heads: Vec<&Head> = self.shelf.iter().map(|listed| &listed.head).collect();
            self.problems.extend(purpose.check(&heads, &forms));
        }
    }

    /// What a site adds to forms, each version of it to the versions that it names.
    fn check_overlays(&mut self) {
        let overlays: Vec<Arc<OverlayDecl>> =
            std::mem::take(&mut self.files.overlays).into_iter().map(Arc::new).collect();
        for overlay in &overlays {
            for target in &overlay.forms {
                let Target { form, version } = &target.value;
                let base = self.shelf.iter().find(|listed| listed.is(form, *version));
                let Some(decl) = base.map(|listed| Arc::clone(&listed.decl)) else {
                    self.problems.push(no_such_form(form, *version).at(&target.place));
                    continue;
                };
                if overlays.iter().any(|other| other.id < overlay.id && other.is_for(form)) {
                    self.problems.push(second_overlay(form).at(&target.place));
                    continue;
                }
                let newest = self.shelf.iter().filter(|listed| listed.head.id == *form);
                let newest = newest.map(|listed| listed.head.version.form()).max();
                let same = overlays.iter().filter(|other| other.id == overlay.id);
                if same
                    .flat_map(|other| &other.forms)
                    .all(|target| target.value.form != *form || Some(target.value.version.form()) != newest)
                {
                    self.problems.push(outgrown(form, newest.unwrap_or_default()).at(&target.place));
                }
                self.check(decl, Some(Arc::clone(overlay)));
            }
        }
    }

    /// What no form at all can use is a mistake of the file that offers it.
    fn check_blocks(&mut self) {
        for place in self.parts.left_out.difference(&self.parts.used) {
            self.problems.push(of_no_use().at(place));
        }
        for (name, block) in &self.files.shared.blocks {
            let Some(block) = block else { continue };
            let in_content = block.content.iter().map(|word| word.value.clone());
            let in_groups = block.parts.groups.iter().flat_map(|(_, group)| &group.content);
            let picked = self.parts.picked.iter().filter(|(of, _)| of == name).map(|(_, item)| item.clone());
            let used = in_content.chain(in_groups.map(|word| word.value.clone())).chain(picked).collect();
            self.problems.extend(unused(&block.parts, &used));
        }
    }

    fn done(mut self) -> Loaded {
        self.shelf.sort_by(|a, b| (&a.head.id, a.head.version).cmp(&(&b.head.id, b.head.version)));
        // Problems of a block appear once, however many forms use it.
        self.problems.sort();
        self.problems.dedup();
        Loaded { catalog: Catalog { shelf: self.shelf, shared: self.files.shared }, problems: self.problems }
    }

    /// Why a sound form must still not be used.
    fn objection(&self, form: &Form, id: &Place, version: &Place) -> Option<SchemaProblem> {
        let name = form.head.id_and_version();
        if self.shelf.iter().any(|listed| listed.is(&form.head.id, form.head.version)) {
            return Some(twice(&name).at(id));
        }
        let pins: &[(String, Located<String>)] = &self.files.pins;
        let pinned = pins.iter().find(|(pin, _)| *pin == name).map(|(_, digest)| digest)?;
        let digest = form.definition_digest().to_string();
        let changed = !form.head.released || pinned.value != digest;
        changed.then(|| released_changed(&name, &digest).at(version))
    }
}

fn twice(name: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Duplicate,
        Bilingual::new(format!("「{name}」が二度あります。"), format!("The form {name} is there twice.")),
        Bilingual::new(
            "一方の id か version を変えてください。",
            "Change the id or the version of one of them.",
        ),
    )
}

fn no_such_form(form: &str, version: FormVersion) -> Mistake {
    Mistake::new(
        MistakeCode::UnknownReference,
        Bilingual::new(
            format!("様式「{form}@{version}」はないか、まちがいがあります。"),
            format!("There is no sound form {form}@{version}."),
        ),
        Bilingual::new(
            "uketsuke schema list で様式の名と version を確かめてください。",
            "See \"uketsuke schema list\" for names and versions.",
        ),
    )
}

fn second_overlay(form: &str) -> Mistake {
    Mistake::new(
        MistakeCode::Duplicate,
        Bilingual::new(
            format!("「{form}」にはもう別の上乗せがあります。"),
            format!("Another overlay is already for \"{form}\"."),
        ),
        Bilingual::new(
            "一つの様式への上乗せは一つの id にまとめてください。",
            "Put what is added to one form into overlays of one id.",
        ),
    )
}

fn outgrown(form: &str, newest: u32) -> Mistake {
    Mistake::new(
        MistakeCode::Outgrown,
        Bilingual::new(
            format!("「{form}」の新しい版 ({newest}) には上乗せがありません。"),
            format!("The newest version ({newest}) of \"{form}\" has no overlay."),
        ),
        Bilingual::new(
            format!("内容を確かめ、version を上げたファイルの forms に「{form}@{newest}」を加えてください。"),
            format!("Check it, and add \"{form}@{newest}\" to \"forms\" in a file with a raised version."),
        ),
    )
}

fn of_no_use() -> Mistake {
    Mistake::new(
        MistakeCode::Unreachable,
        Bilingual::new(
            "どの様式でも使われることのない項目か規則です。",
            "No form can ever use this item or rule.",
        ),
        Bilingual::new(
            "shown_if や when を直すか、消してください。",
            "Correct its \"shown_if\" or \"when\", or remove it.",
        ),
    )
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
