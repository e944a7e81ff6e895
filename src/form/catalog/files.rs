//! Reads every form file into declarations; what is broken is reported and left behind.
use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::form::bilingual::Bilingual;
use crate::form::declaration::{BlockDecl, FormDecl, FrameDecl, OverlayDecl, read_choices};
use crate::form::expand::Shared;
use crate::form::mistake::{Mistake, MistakeCode, Place, SchemaProblem};
use crate::form::phrase::read_phrases;
use crate::form::purpose::Purpose;
use crate::form::reader::{Document, Located, SourceFile};

/// The file of the pins, in either place.
pub const PINS: &str = "released.toml";

/// What was read from all files.
#[derive(Default)]
pub struct Files {
    pub shared: Shared,
    pub forms: Vec<FormDecl>,
    pub overlays: Vec<OverlayDecl>,
    /// Digests of released versions, by `id@version`.
    pub pins: Vec<(String, Located<String>)>,
    /// The purposes of the program, which were checked before it was built.
    pub shipped_purposes: BTreeSet<String>,
}

impl Files {
    pub fn read(&mut self, source: &SourceFile, problems: &RefCell<Vec<SchemaProblem>>) {
        let before = problems.borrow().len();
        let document = Document::new(source, problems);
        let parsed = document.parse();
        let table = parsed.as_ref().map(|root| document.root(root));
        let sound = || problems.borrow().len() == before;
        let stem = source.name.strip_suffix(".toml").unwrap_or(&source.name);
        match stem.split_once('/') {
            Some(("frames", name)) => {
                let frame = table.map(|table| FrameDecl::read(&table)).filter(|_| sound());
                self.shared.frames.insert(name.to_owned(), frame);
            }
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
            Some(("phrases", name)) => {
                let phrases = table.map(|table| read_phrases(&table)).unwrap_or_default();
                let known = self.shared.phrases.entry(name.to_owned()).or_default();
                known.retain(|old| phrases.iter().all(|new| new.text != old.text));
                known.splice(0..0, phrases);
            }
            Some(("purposes", name)) => {
                let purpose = table.and_then(|table| Purpose::read(name, &table)).filter(|_| sound());
                self.shared.purposes.insert(name.to_owned(), purpose);
            }
            Some(("overlays", _)) => {
                self.overlays.extend(table.and_then(|table| OverlayDecl::read(&table)).filter(|_| sound()));
            }
            Some(("forms", _)) => {
                // A form with mistakes in its own text is not expanded: half of its items would be missing.
                self.forms.extend(table.and_then(|table| FormDecl::read(&table)).filter(|_| sound()));
            }
            None if source.name == PINS => {
                for (name, digest) in table.into_iter().flat_map(|table| table.located_pairs()) {
                    if self.pins.iter().any(|(known, _)| *known == name.value) {
                        document.report(&digest.place, reserved(&name.value));
                    } else {
                        self.pins.push((name.value, digest));
                    }
                }
            }
            _ => document.report(&first_line(&source.name), unknown_file(&source.name)),
        }
    }
}

pub fn first_line(file: &str) -> Place {
    Place { file: file.into(), line: 1 }
}

pub fn reserved(name: &str) -> Mistake {
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

pub fn unreadable(name: &str) -> Mistake {
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
            "forms/, overlays/, frames/, blocks/, lists/, phrases/, purposes/ のどれかに置いてください。",
            "Put it into forms/, overlays/, frames/, blocks/, lists/, phrases/ or purposes/.",
        ),
    )
}
