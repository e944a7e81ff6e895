//! Puts a form together: blocks merged, groups unrolled, words checked, expressions compiled.
mod items;
mod kinds;
mod layout;
mod leave_out;
mod overlay;
mod overrides;
mod register;
mod results;
mod rules;
mod unused;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use self::unused::unused;
pub use self::words::unknown;

use self::words::{bad, is_key, not_a_key};
use super::check_expression::Type;
use super::declaration::{
    BlockDecl, BodyDecl, ChoiceDecl, FormDecl, FrameDecl, ItemDecl, KindDecl, OverlayDecl, PageDecl,
    RuleDecl, unknown_word,
};
use super::lint;
use super::mistake::{Mistake, Place, SchemaProblem};
use super::phrase::Phrase;
use super::purpose::Purpose;
use super::reader::Located;
use super::schema::{Deadline, Form, Group, Head, Kind, Page, Row};

/// More than any paper form has; keeps a faulty file from filling the memory.
const MAX_ITEMS: usize = 400;

/// Everything that forms refer to; `None` where the file had problems of its own.
#[derive(Debug, Default)]
pub struct Shared {
    pub frames: BTreeMap<String, Option<FrameDecl>>,
    pub blocks: BTreeMap<String, Option<BlockDecl>>,
    pub lists: BTreeMap<String, Option<Vec<ChoiceDecl>>>,
    /// Words that are typed often; those of the site come first.
    pub phrases: BTreeMap<String, Vec<Phrase>>,
    /// What something may be sent for.
    pub purposes: BTreeMap<String, Option<Purpose>>,
}

/// What came of one form.
pub struct Expanded {
    /// `None` and at least one problem (its own, or one of a file that it uses).
    pub form: Option<Form>,
    pub problems: Vec<SchemaProblem>,
    /// Declarations of shared files that this form cannot use.
    pub left_out: Vec<Place>,
    /// Declarations of shared files that this form uses.
    pub used: Vec<Place>,
    /// Block and item of every single item that was picked.
    pub picked: BTreeSet<(String, String)>,
    /// What is taken over from the record to which one belongs.
    pub carried: Vec<Located<String>>,
}

/// Puts a form together, with what a site adds to it.
pub fn expand(decl: &FormDecl, overlay: Option<&OverlayDecl>, shared: &Shared) -> Expanded {
    let frame = match &decl.body {
        BodyDecl::Frame { name, .. } => shared.frames.get(&name.value).and_then(Option::as_ref),
        BodyDecl::Pages(_) => None,
    };
    let mut work = Expansion {
        decl,
        frame,
        overlay,
        shared,
        problems: Vec::new(),
        broken: false,
        entries: Vec::new(),
        groups: Vec::new(),
        rules: Vec::new(),
        of_shared: BTreeSet::new(),
        picked: BTreeSet::new(),
        left_out: Vec::new(),
    };
    let form = work.form();
    let sound = work.problems.is_empty() && !work.broken;
    let items = work.entries.iter().map(|entry| &entry.decl.place);
    let used = items.chain(work.rules.iter().map(|rule| &rule.place)).filter(|place| place.is_shared());
    Expanded {
        form: form.filter(|_| sound),
        used: used.cloned().collect(),
        problems: work.problems,
        left_out: work.left_out,
        picked: work.picked,
        carried: work.entries.into_iter().filter_map(|entry| entry.decl.carried_from).collect(),
    }
}

/// An item at its place on a page, before its words are understood.
struct Entry {
    key: String,
    page: usize,
    row: Option<Row>,
    decl: ItemDecl,
}

struct Expansion<'a> {
    decl: &'a FormDecl,
    frame: Option<&'a FrameDecl>,
    overlay: Option<&'a OverlayDecl>,
    shared: &'a Shared,
    problems: Vec<SchemaProblem>,
    /// A frame, block or list could not be read; the problem is reported there.
    broken: bool,
    entries: Vec<Entry>,
    groups: Vec<Group>,
    rules: Vec<RuleDecl>,
    /// Keys that come from the frame and from blocks.
    of_shared: BTreeSet<String>,
    picked: BTreeSet<(String, String)>,
    left_out: Vec<Place>,
}

impl<'a> Expansion<'a> {
    fn form(&mut self) -> Option<Form> {
        let decl = self.decl;
        self.lay_out();
        self.apply_overrides();
        if let Some(overlay) = self.overlay {
            self.lay_over(overlay);
        }
        self.check_header();
        if self.entries.len() > MAX_ITEMS {
            self.report(
                &decl.place,
                bad(
                    format!("項目が多すぎます (上限 {MAX_ITEMS})。"),
                    format!("The form has more than {MAX_ITEMS} items."),
                    "くり返しを減らすか、様式を分けてください。",
                    "Lower a \"repeat\", or split the form.",
                ),
            );
            return None;
        }
        let kinds: Vec<Option<(Kind, Type)>> = (0..self.entries.len()).map(|at| self.kind_of(at)).collect();
        if kinds.iter().any(Option::is_none) {
            return None;
        }
        let types: Vec<Type> = kinds.iter().flatten().map(|(_, t)| t.clone()).collect();
        let items = self.items(kinds.into_iter().flatten().map(|(k, _)| k).collect(), &types);
        let rules = self.compile_rules(&types);
        let terms = self.frame.map_or_else(|| decl.terms.clone(), |frame| decl.terms.or(&frame.terms));
        let mut form = Form {
            head: self.head(),
            retention_years: terms.retention_years.and_then(|years| u16::try_from(years.value).ok()),
            legal_basis: terms.legal_basis,
            // Where it is missing, that was reported with the form or its frame.
            recipient: terms.recipient.unwrap_or_default(),
            source: decl.source.clone(),
            results: decl.results.as_ref().and_then(|results| self.results(results)),
            leaves_open: decl.leaves_open.as_ref().and_then(|open| self.leaves_open(open)),
            addressee: decl.addressee.as_ref().and_then(|item| self.addressee(item)),
            course: terms.course.as_ref().map(|course| self.course(course)).unwrap_or_default(),
            pages: self.pages().iter().map(|page| Page { title: page.title.clone() }).collect(),
            groups: std::mem::take(&mut self.groups),
            items,
            rules,
            order: Vec::new(),
        };
        if self.problems.is_empty() && !self.broken {
            let own = self.own_file();
            self.left_out = leave_out::leave_out(&mut form, &mut self.entries, &mut self.rules, &own);
            let places = lint::Places {
                form: &decl.place,
                own: &own,
                items: self.entries.iter().map(|entry| &entry.decl).collect(),
                rules: &self.rules,
            };
            self.problems = lint::lint(&mut form, &places);
        }
        Some(form)
    }

    /// Under an overlay the form is a version of its own, released when both are.
    fn head(&self) -> Head {
        let mut head = self.decl.head.clone();
        if let Some(overlay) = self.overlay {
            head.released = head.released && overlay.released;
            head.version = head.version.under(overlay.version.value);
            head.second_entry |= overlay.second_entry;
        }
        head
    }

    /// The file that answers for this version: what it declares must be of use here.
    fn own_file(&self) -> Arc<str> {
        self.overlay.map_or(&self.decl.place, |overlay| &overlay.place).file.clone()
    }

    fn check_header(&mut self) {
        let decl = self.decl;
        if !is_key(&decl.head.id) {
            self.report(&decl.id_place, not_a_key(&decl.head.id));
        }
        let head = self.head();
        if head.second_entry && !head.class.is_notifiable() {
            let place = self.overlay.map_or(&decl.place, |overlay| &overlay.place).clone();
            self.report(&place, no_disease());
        }
        self.check_deadline();
        let frame_years = self.frame.and_then(|frame| frame.terms.retention_years.as_ref());
        let years = decl.terms.retention_years.as_ref().or(frame_years);
        if let Some(years) = years.filter(|years| !(1..=100).contains(&years.value)) {
            let place = years.place.clone();
            self.report(
                &place,
                bad(
                    "保存年数は 1 から 100 です。",
                    "\"retention_years\" is 1 to 100.",
                    "直してください。",
                    "Correct it.",
                ),
            );
        }
        if self.pages().is_empty() && matches!(decl.body, BodyDecl::Pages(_)) {
            self.report(
                &decl.place,
                bad(
                    "ページがありません。",
                    "The form has no page.",
                    "[[page]] を書いてください。",
                    "Add a [[page]].",
                ),
            );
        }
    }

    fn pages(&self) -> &'a [PageDecl] {
        match &self.decl.body {
            BodyDecl::Pages(pages) => pages,
            BodyDecl::Frame { .. } => self.frame.map_or(&[], |frame| &frame.pages),
        }
    }

    /// The item that the deadline counts from must be a date of the form.
    fn check_deadline(&mut self) {
        let Deadline::Days { from, .. } = &self.decl.head.deadline else { return };
        let dates = self.entries.iter().filter(|e| matches!(e.decl.kind, Some(KindDecl::Date { .. })));
        let dates = dates.map(|entry| entry.key.as_str());
        if !dates.clone().any(|date| date == from) {
            let mistake = unknown("日付の項目", "date item", from, dates);
            let place = self.decl.deadline_place.as_ref().unwrap_or(&self.decl.place);
            self.report(place, mistake);
        }
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key == key)
    }

    fn word<T: Copy>(&mut self, key: &str, word: &Located<String>, names: &[(&'static str, T)]) -> Option<T> {
        let found = names.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            self.report(&word.place, unknown_word(key, &word.value, &known));
        }
        found
    }

    fn report(&mut self, place: &Place, mistake: Mistake) {
        let problem = mistake.at(place);
        // The rows of a group share one declaration: say it once.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

fn no_disease() -> Mistake {
    bad(
        "疾患を二度入れるのは、疾患の届出だけです。",
        "Only a report of a disease can have its disease keyed twice.",
        "先頭の second_entry を消すか、項目の override に書いてください。",
        "Remove \"second_entry\" at the head, or write it into an override of an item.",
    )
}
